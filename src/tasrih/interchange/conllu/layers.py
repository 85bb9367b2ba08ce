"""Layers: which stretches of a text say what, as the cells of words.

A cell names what its word is part of, the outermost first: `q1:direct;q2`. What follows the id stands at the first
word alone. `q1/2` is the second piece of q1, and `e1.2` the second mention of e1.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from tasrih.interchange.conllu.lines import Complain
from tasrih.record import Json
from tasrih.text.tokens import tokens

ROLES = ("speaker", "addressee")
ENTITY = "ENTITY"

_ITEM = re.compile(r"([eqt][1-9][0-9]{0,5})(?:[/.]([1-9][0-9]{0,5}))?((?::[^:]*)*)")


class Mark(NamedTuple):
    """A stretch of a paragraph that belongs to something: offsets in code points, `number` 0 where it is the only."""

    layer: str
    start: int
    end: int
    id: str
    number: int
    said: str

    @property
    def name(self) -> str:
        """The id, with the number of the piece where there are several."""
        return name_of(self.layer, self.id, self.number)

    @property
    def item(self) -> str:
        """What the cell of its first word says."""
        return f"{self.name}:{self.said}" if self.said else self.name


def name_of(layer: str, name: str, number: int) -> str:
    """How cells and comments call a piece of something."""
    return f"{name}{'.' if layer == ENTITY else '/'}{number}" if number else name


class Item(NamedTuple):
    """What a cell says of its word: the id of what it is part of, the number of the piece or 0, and the rest."""

    id: str
    number: int
    said: tuple[str, ...]


class Piece(NamedTuple):
    """Words on end, of one paragraph, that a file says belong to something; `last` is the last word itself."""

    id: str
    number: int
    paragraph: int
    first: int
    last: int
    said: tuple[str, ...]
    line: int


def marks(record: Json) -> dict[str, list[Mark]]:
    """What is marked in each paragraph of a record, in reading order and the longer first."""
    found: dict[str, list[Mark]] = {paragraph["id"]: [] for paragraph in record["paragraphs"]}
    for span, mark in _marked(record):
        found[span["paragraph"]].append(mark)
    for here in found.values():
        here.sort(key=lambda mark: (mark.start, -mark.end, mark.layer, mark.id, mark.number))
    return found


def _marked(record: Json) -> Iterator[tuple[Json, Mark]]:
    for quote in record["quotes"]:
        yield from _of_quote(quote)
    for term in record["terms"]:
        entity = f":{term['entity']}" if term.get("entity") else ""
        yield _mark("TERM", term["span"], term["id"], term["kind"] + entity)
    for entity in record["entities"]:
        for number, span in enumerate(entity["mentions"], 1):
            yield _mark(ENTITY, span, entity["id"], f"{entity['type']}:{span['form']}", number)


def _of_quote(quote: Json) -> Iterator[tuple[Json, Mark]]:
    several = len(quote["spans"]) > 1
    for number, span in enumerate(quote["spans"], 1):
        yield _mark("QUOTE", span, quote["id"], quote["type"], number if several else 0)
    if quote["cue"]:
        yield _mark("CUE", quote["cue"], quote["id"], quote["cue"]["kind"])
    for role in ROLES:
        if (person := quote.get(role)) and person["span"]:
            yield _mark(role.upper(), person["span"], quote["id"], participant(person))


def _mark(layer: str, span: Json, name: str, said: str, number: int = 0) -> tuple[Json, Mark]:
    return span, Mark(layer, span["start"], span["end"], name, number, said)


def participant(person: Json) -> str:
    """A speaker or addressee as a cell says it: `named:e1`, and with others `named:e1+e2`."""
    return f"{person['form']}:{'+'.join([person['entity'], *person.get('others', ())])}"


class Words(NamedTuple):
    """The words of a paragraph: where each begins and ends, and in which token it is."""

    starts: list[int]
    ends: list[int]
    tokens: list[int]

    def of(self, mark: Mark) -> range:
        """The words of a mark."""
        return range(bisect_left(self.starts, mark.start), bisect_left(self.starts, mark.end))

    def are(self, mark: Mark) -> bool:
        """Whether a mark begins and ends with words, and not in white space."""
        own = self.of(mark)
        return bool(own) and (self.starts[own[0]], self.ends[own[-1]]) == (mark.start, mark.end)


def words(text: str, here: list[Mark]) -> Words:
    """The words of a text: its tokens, each cut where something begins or ends in it, so after a proclitic."""
    bounds = sorted({edge for mark in here for edge in (mark.start, mark.end)})
    found = Words([], [], [])
    for number, (start, end) in enumerate(tokens(text)):
        cuts = bounds[bisect_right(bounds, start) : bisect_left(bounds, end)]
        found.starts.extend([start, *cuts])
        found.ends.extend([*cuts, end])
        found.tokens.extend([number] * (len(cuts) + 1))
    return found


def cells(here: list[Mark], found: Words, layer: str) -> dict[int, list[str]]:
    """What a layer says of words, by their numbers from 0."""
    said: dict[int, list[str]] = {}
    for mark in (mark for mark in here if mark.layer == layer):
        for place, word in enumerate(found.of(mark)):
            said.setdefault(word, []).append(mark.name if place else mark.item)
    return said


Pieces = dict[tuple[str, int], list[Piece]]
"""The pieces of a layer by id and number, as they are found."""


def take_in(pieces: Pieces, item: Item, paragraph: int, word: int, line: int) -> None:
    """Puts a word to the piece that it goes on with, or begins one with it; words have to come in their order."""
    mine = pieces.setdefault((item.id, item.number), [])
    if mine and (mine[-1].paragraph, mine[-1].last) == (paragraph, word - 1):
        mine[-1] = mine[-1]._replace(last=word, said=mine[-1].said or item.said)
    else:
        mine.append(Piece(item.id, item.number, paragraph, word, word, item.said, line))


def items(cell: str, layer: str, line: int, complain: Complain) -> Iterator[Item]:
    """What a cell says. What begins with no id of the layer is told of."""
    letter = {"TERM": "t", ENTITY: "e"}.get(layer, "q")
    for item in cell.split(";"):
        found = _ITEM.fullmatch(item)
        if found and found[1][0] == letter:
            yield Item(found[1], int(found[2] or 0), tuple(found[3].split(":")[1:]))
        else:
            complain(line, f"{layer} {item!r} does not begin with an id like {letter}1; it was left out.")
