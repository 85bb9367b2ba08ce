"""Two readings of an article held against each other, and the decided record: work for any process."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from tasrih import record
from tasrih.article import Article
from tasrih.differences import Difference, Side, Taken, decided
from tasrih.errors import TasrihError, unreadable
from tasrih.explorer.marks import Mark, Opening, Piece, marked_pieces
from tasrih.reading import Document
from tasrih.register import invalid
from tasrih.scoring.counting import Compared, Tally, tally
from tasrih.standoff.filling import read_article

_ALIKE = 60  # letters of a stretch that both sides have alike; of a longer one the ends are shown
Found = tuple[Difference, Taken]


class Beside(NamedTuple):
    """A paragraph as both have it."""

    id: str
    sides: list[list[Piece]]


class Outcome(NamedTuple):
    """What two readings differ in, their figures, and the paragraphs that differ, where there are words to show."""

    found: list[Found]
    tally: Tally
    beside: list[Beside]


class Task(NamedTuple):
    """The files of two readings, and the decided record."""

    readings: tuple[Path, Path]
    decided: Document


def outcomes(tasks: Iterable[Task]) -> list[Outcome | TasrihError]:
    """What comes of tasks: an error, too, since it is told when its article passes, and no earlier."""
    return [_outcome(task) for task in tasks]


def _outcome(task: Task) -> Outcome | TasrihError:
    try:
        return compared(task.readings, read_article(task.decided.told()))
    except ValidationError as error:
        return invalid(task.decided.file, error, task.decided.line)
    except TasrihError as error:
        return error


def compared(readings: tuple[Path, Path], article: record.Article) -> Outcome:
    """The readings in two files. Raises TasrihError for what is none, and for readings of another text."""
    first, second = map(_read, readings)
    found = decided(first, second, article)
    beside = [] if Article(article).is_withheld else list(_beside((first, second), [one for one, _ in found]))
    return Outcome(found, tally(Compared(first, second)), beside)


def _read(file: Path) -> record.Article:
    try:
        return read_article(file.read_bytes())
    except ValidationError as error:
        raise invalid(str(file), error) from error
    except OSError as error:
        raise unreadable(file, error) from error


def _beside(sides: tuple[record.Article, ...], found: list[Difference]) -> Iterator[Beside]:
    """The paragraphs in which the sides differ, with the quotes of each and what differs."""
    marks = [_marks(side, [(one.ours, one.theirs)[number] for one in found]) for number, side in enumerate(sides)]
    lit = {place.paragraph for one in found for side in (one.ours, one.theirs) if side for place in side.places}
    for paragraph in sides[0].paragraphs:
        if paragraph.id in lit:
            cut = [list(_shortened(marked_pieces(paragraph.text or "", own.get(paragraph.id, ())))) for own in marks]
            yield Beside(paragraph.id, cut)


def _shortened(cut: Iterable[Piece]) -> Iterator[Piece]:
    """A paragraph without the middle of long stretches in which nothing differs."""
    opened: list[bool] = []
    for piece in cut:
        if isinstance(piece, Opening):
            opened.append("differs" in piece.classes)
        elif piece is None:
            opened.pop()
        yield _ends(piece) if isinstance(piece, str) and not any(opened) else piece


def _ends(text: str) -> str:
    if len(text) <= _ALIKE:
        return text
    half = _ALIKE // 2
    return f"{text[:half].rpartition(' ')[0]} … {text[-half:].partition(' ')[2]}"


def _marks(side: record.Article, found: Iterable[Side | None]) -> dict[str, list[Mark]]:
    marks: dict[str, list[Mark]] = {}
    for quote in side.quotes:
        for span in quote.spans:
            marks.setdefault(span.paragraph, []).append(Mark(span.start, span.end, quote.type, quote.id))
    for number, one in enumerate(found, 1):
        for place in one.places if one else ():
            mark = Mark(place.start, place.end, "differs", f"d{number}", str(number))
            marks.setdefault(place.paragraph, []).append(mark)
    return marks
