"""What is marked in the text of an article: elements with classes for the styles, and names for the script."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from tasrih.article import Article, Participant, Span
from tasrih.marking import marked
from tasrih.pieces import pieces

_BACKGROUNDS = ("direct", "partial", "indirect", "unmarked")
LAYERS = (*_BACKGROUNDS, "cue", "speaker", "addressee", "term", "entity")
"""What can be marked, in the order in which it is told."""
_Stretch = tuple[int, int]
_WORD = "LMN"  # categories of characters that words are made of


class Mark(NamedTuple):
    """A stretch of a paragraph: its kind, the id that lights with it, and the label above its beginning, if any."""

    start: int
    end: int
    kind: str
    name: str
    label: str = ""


class Opening(NamedTuple):
    """Where an element begins: its classes, the ids of the marks that have this stretch, joined by +, and its label."""

    classes: str
    names: str
    label: str


Piece = Opening | str | None
"""A stretch of text, or where an element begins, or (None) where the innermost one ends."""


def marks_of(article: Article) -> dict[str, list[Mark]]:
    """All marks of an article, by the id of their paragraph."""
    found: dict[str, list[Mark]] = {}
    for mark, span in _marks(article):
        found.setdefault(span.record.paragraph, []).append(mark)
    return found


def _marks(article: Article) -> Iterator[tuple[Mark, Span]]:
    types = {quote.id: quote.type for quote in article.quotes}
    seen = set[str]()
    for kind, name, span, quote in marked(article):
        if kind == "quote":
            label = f"{name} …" if name in seen else name
            seen.add(name)
            yield Mark(span.start, span.end, types[name], name, label), span
        else:
            yield Mark(span.start, span.end, kind, quote or name, name if kind == "term" else ""), span
    yield from _addressees(article)


def _addressees(article: Article) -> Iterator[tuple[Mark, Span]]:
    for quote in article.quotes:
        if quote.addressee and quote.addressee.span:
            span = quote.addressee.span
            yield Mark(span.start, span.end, "addressee", quote.id), span


def marked_pieces(text: str, marks: Iterable[Mark]) -> Iterator[Piece]:
    """A paragraph in pieces: an element for each stretch with marks, cut where one begins inside and ends outside.

    What begins together has one label; it is left out where it would part the letters of a word.
    """
    place, opened = 0, list[_Stretch]()
    for part, over in pieces(text, marks):
        stretches: dict[_Stretch, list[Mark]] = {}
        for mark in over:
            stretches.setdefault((mark.start, mark.end), []).append(mark)
        wanted = list(stretches)
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(opened, wanted, strict=False)))
        yield from [None] * (len(opened) - kept)
        label = "" if _is_inside_a_word(text, place) else " ".join(_labels(over, place))
        for number in range(kept, len(wanted)):
            outer = [mark for stretch in wanted[:number] for mark in stretches[stretch]]
            yield _opening(stretches[wanted[number]], outer, label)
            label = ""
        yield part
        place, opened = place + len(part), wanted
    yield from [None] * len(opened)


def _is_inside_a_word(text: str, place: int) -> bool:
    return place > 0 and unicodedata.category(text[place - 1])[0] in _WORD


def _labels(over: Sequence[Mark], place: int) -> list[str]:
    return [mark.label for mark in over if mark.start == place and mark.label]


def _opening(marks: Sequence[Mark], outer: Sequence[Mark], label: str) -> Opening:
    """An element; of several quotes it has the type of the inner one, and one in another is said to be an inner one."""
    types = [mark.kind for mark in marks if mark.kind in _BACKGROUNDS]
    is_inner = len(types) > 1 or (types and any(mark.kind in _BACKGROUNDS for mark in outer))
    others = dict.fromkeys(mark.kind for mark in marks if mark.kind not in _BACKGROUNDS)
    classes = [*types[-1:], *(["inner"] if is_inner else []), *others]
    names = "+".join(dict.fromkeys(mark.name for mark in marks))
    return Opening("" if classes == ["entity"] else " ".join(classes), names, label)  # the most frequent by far


def together(participant: Participant) -> list[str]:
    """The names of who speaks, or is spoken to: of one, and of others with them."""
    return [participant.name, *(entity.name for entity in participant.others)]
