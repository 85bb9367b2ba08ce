"""The pages of readings: where two readers of an article disagreed, and what the decided record took."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from tasrih import record
from tasrih.article import Article
from tasrih.differences import Difference, Side, Taken, decided
from tasrih.differences.guides import Guide, guide
from tasrih.errors import unreadable
from tasrih.explorer.marks import Mark, Opening, Piece, marked_pieces
from tasrih.explorer.site import Entry, Page, Section, Site, article_path
from tasrih.explorer.told import headline
from tasrih.register import invalid
from tasrih.scoring.counting import Compared, Tally, summed, tally
from tasrih.standoff.filling import read_article
from tasrih.standoff.models import is_mask

READINGS = ("first", "second")
FIGURES = ("quotes exact", "quotes overlap", "attribution", "terms overlap", "mentions exact", "mentions overlap")
_LONGEST = 70  # letters of what a side has
_WITHHELD_A_PAGE = 30
_ALIKE = 60  # letters of a stretch that both sides have alike; of a longer one the ends are shown
_Found = tuple[Difference, Taken]


class _Row(NamedTuple):
    """An article in the index."""

    path: str
    name: str
    id: str
    found: int
    tally: Tally


class _Beside(NamedTuple):
    """A paragraph as both have it."""

    id: str
    sides: list[list[Piece]]


class Readings(Section):
    """The pages `readings.html` and `readings/<id>.html`, of a corpus that has both readings under `annotations/`.

    An article on which the readers agree in everything has no page, but a line in the index. Those whose words are
    withheld are many a page, `readings/withheld/<number>.html`: of them there is only a table to see.
    """

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._folders = [site.identity.home / "annotations" / name for name in READINGS] if site.identity.home else []
        if self._folders and all(folder.is_dir() for folder in self._folders):
            self.entry = Entry("Readings", "readings.html")
        self._rows: list[_Row] = []
        self._kinds: Counter[tuple[str, str]] = Counter()
        self._taken: Counter[Taken] = Counter()
        self._withheld: list[tuple[str, list[tuple[str, str]], list[_Found]]] = []
        self._pages = 0

    def of(self, article: Article) -> Iterator[Page]:
        """The page of an article that was read twice, and not alike."""
        files = [folder / f"{article.id}.json" for folder in self._folders] if self.entry else []
        if not files or not all(file.is_file() for file in files):
            return
        first, second = map(_read, files)
        found = decided(first, second, article.record)
        counts = tally(Compared(first, second))
        path = self._path(article, found)
        self._rows.append(_Row(path, headline(article), article.id, len(found), counts))
        self.site.more += [Entry("two readings of it", path)] if found else []
        self._kinds.update((one.layer, one.what) for one, _ in found)
        self._taken.update(which for _, which in found)
        if found and article.is_withheld:
            self._withheld.append((article.id, shown_figures(counts), found))
        elif found:
            yield self._page(article, (first, second), found)
        if len(self._withheld) == _WITHHELD_A_PAGE:
            yield self._page_of_withheld()

    def _path(self, article: Article, found: list[_Found]) -> str:
        if not found:
            return article_path(article.id)
        return f"{_withheld(self._pages + 1)}#{article.id}" if article.is_withheld else f"readings/{article.id}.html"

    def _page_of_withheld(self) -> Page:
        self._pages += 1
        articles, self._withheld = self._withheld, []
        return self.site.page(_withheld(self._pages), "readings-withheld.html", articles=articles, said=_said)

    def _page(self, article: Article, sides: tuple[record.Article, ...], found: list[_Found]) -> Page:
        return self.site.page(
            f"readings/{article.id}.html",
            "reading.html",
            article=article,
            found=found,
            said=_said,
            figures=shown_figures(self._rows[-1].tally),
            beside=list(_beside(sides, [one for one, _ in found])),
        )

    def rest(self) -> Iterator[Page]:
        """The index."""
        if not self.entry:
            return
        if self._withheld:
            yield self._page_of_withheld()
        rows = sorted(self._rows, key=lambda row: (-row.found, row.id))
        guides: dict[tuple[str, str], Guide] = {kind: guide(*kind, "") for kind in self._kinds}
        yield self.site.page(
            self.entry.path,
            "readings.html",
            rows=rows,
            kinds=self._kinds.most_common(),
            guides=guides,
            taken=self._taken,
            figures=shown_figures(summed(row.tally for row in rows)),
        )


def _read(file: Path) -> record.Article:
    try:
        return read_article(file.read_bytes())
    except ValidationError as error:
        raise invalid(str(file), error) from error
    except OSError as error:
        raise unreadable(file, error) from error


def shown_figures(counts: Tally) -> list[tuple[str, str]]:
    """F1 of what matters most, by name, as people read it."""
    rates = [(name, counts[name].f1) for name in FIGURES if name in counts]
    return [(name.replace(" overlap", " ≥ ½"), "–" if rate is None else f"{rate:.3f}") for name, rate in rates]


def _said(side: Side | None) -> str:
    """What a side has, on few words; where they are withheld, where it stands."""
    if side is None:
        return ""
    if is_mask(side.words.replace(" … ", " ")):
        return ", ".join(f"{place.start}–{place.end}" for place in side.places[:2])
    return side.words if len(side.words) <= _LONGEST else f"{side.words[:_LONGEST].rsplit(' ', 1)[0]} …"


def _beside(sides: tuple[record.Article, ...], found: list[Difference]) -> Iterator[_Beside]:
    """The paragraphs in which the sides differ, with the quotes of each and what differs."""
    marks = [_marks(side, [(one.ours, one.theirs)[number] for one in found]) for number, side in enumerate(sides)]
    lit = {place.paragraph for one in found for side in (one.ours, one.theirs) if side for place in side.places}
    for paragraph in sides[0].paragraphs:
        if paragraph.id in lit:
            cut = [list(_shortened(marked_pieces(paragraph.text or "", own.get(paragraph.id, ())))) for own in marks]
            yield _Beside(paragraph.id, cut)


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


def _withheld(number: int) -> str:
    return f"readings/withheld/{number}.html"
