"""What is marked in the text of an article: pieces with classes for the styles, and names for the script.

A piece is an element of its own, side by side with others, so that marks may overlap as they like.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tasrih.article import Article, Participant, Span
from tasrih.marking import marked
from tasrih.pieces import pieces

_BACKGROUNDS = ("direct", "partial", "indirect", "unmarked")
_WORD = "LMN"  # categories of characters that words are made of


class Mark(NamedTuple):
    """A stretch of a paragraph: its kind, the id that lights with it, and the label above its beginning, if any."""

    start: int
    end: int
    kind: str
    name: str
    label: str = ""


class Piece(NamedTuple):
    """A piece of a text: its classes, and the ids that it belongs to, those of one stretch joined by +."""

    text: str
    classes: str = ""
    names: str = ""
    label: str = ""


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
    """A paragraph in pieces. A label is left out where it would part the letters of a word."""
    place = 0
    for part, over in pieces(text, marks):
        begun = [mark.label for mark in over if mark.start == place and mark.label]
        label = "" if place and unicodedata.category(text[place - 1])[0] in _WORD else " ".join(begun)
        yield Piece(part, _classes(over), _names(over), label)
        place += len(part)


def _classes(over: Sequence[Mark]) -> str:
    """Of several quotes the type of the inner one, which is said to be an inner one; none where only entities are."""
    types = [mark.kind for mark in over if mark.kind in _BACKGROUNDS]
    others = dict.fromkeys(mark.kind for mark in over if mark.kind not in _BACKGROUNDS)
    classes = [*types[-1:], *(["inner"] if len(types) > 1 else []), *others]
    return "" if classes == ["entity"] else " ".join(classes)  # the most frequent by far


def _names(over: Sequence[Mark]) -> str:
    stretches: dict[tuple[int, int], dict[str, None]] = {}
    for mark in over:
        stretches.setdefault((mark.start, mark.end), {})[mark.name] = None
    return " ".join("+".join(names) for names in stretches.values())


def together(participant: Participant) -> list[str]:
    """The names of who speaks, or is spoken to: of one, and of others with them."""
    return [participant.name, *(entity.name for entity in participant.others)]
