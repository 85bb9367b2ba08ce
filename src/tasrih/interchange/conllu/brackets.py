"""Mentions as CorefUD has them: brackets in `Entity=`, opened at the first word and closed at the last.

`(eid-etype-head-other` opens a mention, `eid)` closes it, and `(eid-etype-head-other)` is one of a single word. In
`other` are the form of the mention, its id of ours, and the type by the names of Wojood, which tells places apart.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, get_args

from tasrih.interchange.conllu.lines import Complain, Row
from tasrih.record import EntityType

GLOBAL = "eid-etype-head-other"
ETYPES: dict[str, str] = {
    "PERS": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "NORP": "person",
    "OCC": "abstract",
    "EVENT": "event",
    "LAW": "abstract",
    "DATE": "time",
}
"""The type of CorefUD for each of ours."""
TYPES = {etype: kind for kind in reversed(get_args(EntityType)) for etype in [ETYPES[kind]]} | {"abstract": "LAW"}
"""Ours for each of CorefUD that has one, where a file does not say it."""

_CHUNK = re.compile(r"\(([^()]++)(\))?|(?<![^()])([^()]++)\)")
_PART = re.compile(r"(?<![^\[\]])([^\[\]]++)\[([1-9]\d*)/([1-9]\d*)\]")


class Bracketed(NamedTuple):
    """A mention to be written: the nodes from the first to the last, and which of them, from 1, is its head."""

    eid: str
    etype: str
    first: int
    last: int
    head: int
    other: tuple[tuple[str, str], ...]

    @property
    def opening(self) -> str:
        """What its first node says."""
        return f"({self.eid}-{self.etype}-{self.head}-" + ",".join(f"{key}:{value}" for key, value in self.other)


def written(mentions: Iterable[Bracketed]) -> dict[int, str]:
    """`Entity=` of nodes: what closes before what opens, the longer opened first and closed last."""
    opening: dict[int, list[Bracketed]] = {}
    single: dict[int, list[Bracketed]] = {}
    closing: dict[int, list[Bracketed]] = {}
    for one in mentions:
        if one.first == one.last:
            single.setdefault(one.first, []).append(one)
        else:
            opening.setdefault(one.first, []).append(one)
            closing.setdefault(one.last, []).append(one)
    return {
        node: _at_node(opening.get(node, []), single.get(node, []), closing.get(node, []))
        for node in {*opening, *single, *closing}
    }


def _at_node(opening: list[Bracketed], single: list[Bracketed], closing: list[Bracketed]) -> str:
    opens = "".join(one.opening for one in sorted(opening, key=lambda one: -one.last))
    alone = "".join(f"{one.opening})" for one in single)
    closes = "".join(f"{one.eid})" for one in sorted(closing, key=lambda one: -one.first))
    return closes + opens + alone if opens else alone + closes


class Found(NamedTuple):
    """A mention that was read. Its words are from `first` to `last`; of one on empty nodes alone `last` is less."""

    eid: str
    etype: str
    other: dict[str, str]
    first: int
    last: int
    row: Row


class _Open(NamedTuple):
    chunk: str
    fields: dict[str, str]
    first: int
    row: Row


def read(nodes: Iterable[tuple[Row, int]], names: list[str], complain: Complain) -> Iterator[Found]:
    """The mentions of a paragraph: of its words and empty nodes, each with how many words there are before it.

    `names` are the fields of a mention, as `global.Entity` has them.
    """
    opened: list[_Open] = []
    for row, before in nodes:
        at_word = 0 if row.kind == "empty" else 1
        for attributes, whole, name in _CHUNK.findall(row.misc.get("Entity", "")):
            if attributes:
                fields = dict(zip(names, attributes.split("-"), strict=False))
                opened.append(_Open(fields.get("eid", ""), fields, before, row))
            if whole or name:
                yield from _closed(opened, name or opened[-1].chunk, before + at_word - 1, row, complain)
    for one in opened:
        complain(one.row.line, f"Entity: {one.chunk} is opened here and closed nowhere; it was left out.")


def _closed(opened: list[_Open], name: str, last: int, row: Row, complain: Complain) -> Iterator[Found]:
    place = next((place for place in reversed(range(len(opened))) if opened[place].chunk == name), None)
    if place is None:
        complain(row.line, f"Entity: {name} is closed here and was not opened; the bracket was left out.")
        return
    one = opened.pop(place)
    part = _PART.fullmatch(name)
    if part and part[2] == "1":
        complain(one.row.line, f"Entity: {part[1]} is in pieces here, which no mention can be; its first was kept.")
    if not part or part[2] == "1":
        other = dict(_pair(pair) for pair in one.fields.get("other", "").split(",") if pair)
        yield Found(part[1] if part else name, one.fields.get("etype", ""), other, one.first, last, one.row)


def _pair(pair: str) -> tuple[str, str]:
    key, _, value = pair.partition(":")
    return key, value
