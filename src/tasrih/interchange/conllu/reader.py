"""From the documents of a CoNLL-U file to records, by the small model of regions that formats share."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from itertools import accumulate, count
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson
from pydantic import BaseModel, ValidationError

from tasrih.arguments import shown
from tasrih.errors import TasrihError
from tasrih.interchange.conllu import brackets
from tasrih.interchange.conllu.documents import Document, Said, documents
from tasrih.interchange.conllu.layers import ENTITY, ROLES, Piece, name_of
from tasrih.interchange.conllu.lines import Complain, sentences
from tasrih.interchange.inputs import Source
from tasrih.interchange.readings import about_article, to_record
from tasrih.interchange.regions import SEPARATOR, Marked, Region, Relation
from tasrih.record import Json, Metadata, Waiver

_BREAKS = str.maketrans("\r\n", "  ")
_ID = re.compile("e[1-9][0-9]{0,5}")
_REFERENCES = ("pronoun", "elided")
"""The forms of mentions in brackets that are none in a record: they say to whom a speaker or addressee refers."""


def read(source: Source) -> Iterator[Json | TasrihError]:
    """The records in a file, as they are read; before each what is wrong with its part of the file."""
    errors: list[TasrihError] = []
    taken: dict[str, int] = {}

    def complain(line: int, message: str) -> None:
        errors.append(source.error(message, line))

    for found in documents(sentences(source.lines(), complain), source.stem, complain):
        made: list[Json | TasrihError] = []
        if found.name in taken:
            complain(found.line, f"newdoc id {found.name} is that of line {taken[found.name]} too; it was left out.")
        elif found.paragraphs:
            taken[found.name] = found.line
            made += to_record(_Marking(found, complain).marked(_about(found, complain)), source)
        yield from errors
        errors.clear()
        yield from made
    yield from errors


def _about(document: Document, complain: Complain) -> Json:
    """What comments say of the article as a whole; what a record cannot say so is told, and left out."""
    said = {name: one for name, one in document.comments.get("metadata", {}).items() if name in Metadata.model_fields}
    needed = about_article({})["metadata"]
    if not said:
        complain(document.line, "no comments # tasrih.metadata say what is known of it; the least was filled in.")
    metadata = needed | {name: one.value for name, one in said.items()}
    for name in _wrong(Metadata, metadata):
        complain(said[name].line, f"metadata.{name} cannot be {shown(metadata.pop(name))}; it was left out.")
    about = {"metadata": needed | metadata}
    waivers = document.comments.get("record", {}).get("waivers")
    if waivers and isinstance(waivers.value, list):
        about["waivers"] = [waiver for waiver in waivers.value if not _wrong(Waiver, waiver)]
        if len(about["waivers"]) < len(waivers.value):
            complain(waivers.line, "some waivers are none; they were left out.")
    return about


def _wrong(model: type[BaseModel], value: Any) -> set[str]:
    """The fields of a value that a model cannot hold."""
    try:
        model.model_validate_json(orjson.dumps(value))
    except ValidationError as error:
        return {str((*one["loc"], "")[0]) for one in error.errors(include_url=False)}
    return set()


class _Stretch(NamedTuple):
    """A piece of something with its place in the text of the article, and its paragraph, first and last word."""

    number: int
    start: int
    end: int
    said: tuple[str, ...]
    line: int
    words: tuple[int, ...]


class _Marking:
    """The regions and relations of a document, as they are collected."""

    def __init__(self, document: Document, complain: Complain) -> None:
        self.document, self.complain = document, complain
        texts = [paragraph.text.translate(_BREAKS) for paragraph in document.paragraphs]
        self.text = SEPARATOR.join(texts)
        self.offsets = list(accumulate((len(text) + len(SEPARATOR) for text in texts), initial=0))
        self.exact = dict(self._exact())
        self.regions: list[Region] = []
        self.relations: list[Relation] = []
        self.mentions: dict[str, str] = {}
        """A region of each entity, by its id in cells, and by that in brackets behind `Entity=`."""
        self.first: dict[str, str] = {}
        """The first region of the entity that a mention is of, by its own."""
        self.numbers: dict[str, Iterator[int]] = {}
        """The numbers that mentions of an entity may still have."""
        self.referred: dict[tuple[int, ...], set[str]] = {}
        """To which entities brackets refer at words, or at the line of an empty node, that are no mentions."""

    def marked(self, about: Json) -> Marked:
        """The article as a text with what is marked in it."""
        for number, paragraph in enumerate(self.document.paragraphs):
            name = paragraph.name or f"p{number + 1}"
            rest = self._rest("paragraph", name)
            place = self.offsets[number], self.offsets[number + 1] - len(SEPARATOR)
            self._relate("repeats", name, rest.pop("repeats", None), paragraph.line)
            self.regions.append(Region(name, "paragraph", (place,), rest, paragraph.line))
        self._clusters()
        self._listed()
        for name, stretches in self._grouped("QUOTE").items():
            self._quote(name, stretches)
        for name, stretches in self._grouped("CUE").items():
            self._add(f"cue.{name}", "cue", stretches, ("kind",))
            self._relate("cue", name, f"cue.{name}", stretches[0].line)
        for role in ROLES:
            for name, stretches in self._grouped(role.upper()).items():
                self._person(role, name, stretches[0].said, stretches[0].words, stretches)
        for silent in self.document.silent:
            self._person(silent.role, silent.item.id, silent.item.said, (silent.line,), [])
        for name, stretches in self._grouped("TERM").items():
            self._add(name, "term", stretches, ("kind",), self._rest("term", name))
            self._relate("names", name, self._mention("".join(stretches[0].said[1:2])), stretches[0].line)
        return Marked(self.document.name, self.text, self.regions, self.relations, about)

    # What there is

    def _clusters(self) -> None:
        """The mentions in brackets, entity by entity."""
        clusters: dict[str, list[tuple[int, brackets.Found]]] = {}
        for number, found in self.document.mentions:
            is_empty = found.first > found.last
            if is_empty or found.other.get("form") in _REFERENCES:
                key = (found.row.line,) if is_empty else (number, found.first, found.last)
                self.referred.setdefault(key, set()).add(f"Entity={found.eid}")
            else:
                clusters.setdefault(found.eid, []).append((number, found))
        own = {found.other["id"].partition(".")[0] for _, found in self.document.mentions if "id" in found.other}
        for eid, mentions in clusters.items():
            tail = eid.rpartition(".")[2]
            is_new = not any("id" in found.other for _, found in mentions)
            is_new = is_new and tail not in own and bool(_ID.fullmatch(tail))  # Udapi's first new entity is e1
            for number, found in mentions:
                base, _, order = found.other.get("id", tail if is_new else "").partition(".")
                piece = Piece(base, _number(order), number, found.first, found.last, (), found.row.line)
                if kind := self._kind(found):
                    attributes = {"type": kind} | {key: found.other[key] for key in ("form",) if key in found.other}
                    self._add_mention(f"Entity={eid}", base, self._stretch(ENTITY, piece), attributes)

    def _kind(self, found: brackets.Found) -> str | None:
        """The type of a mention in brackets: as it says itself, unless somebody changed that of CorefUD."""
        kind = found.other.get("type", "")
        if brackets.ETYPES.get(kind) == found.etype:
            return kind
        if found.etype not in brackets.TYPES:
            self.complain(found.row.line, f"Entity: no type of ours is {found.etype!r}; {found.eid} was left out.")
        return brackets.TYPES.get(found.etype)

    def _listed(self) -> None:
        """The mentions in cells."""
        for name, stretches in self._grouped(ENTITY).items():
            for stretch in stretches:
                attributes = {key: value for key, value in zip(("type", "form"), stretch.said, strict=False) if value}
                self._add_mention(name, name, stretch, attributes)

    def _add_mention(self, entity: str, base: str, stretch: _Stretch, attributes: dict[str, str]) -> None:
        """Adds a mention of an entity, by the name that it has: `e1.2`, or the next that is free."""
        name = f"{base}.{stretch.number}"
        if not base or not stretch.number or name in self.first:
            numbers = self.numbers.setdefault(base or entity, count(1))
            free = (f"{base or entity}.{number}" for number in numbers)
            name = next(name for name in free if name not in self.first and not self._says("mention", name))
        rest = self._rest("mention", name)
        place = stretch.start, stretch.end
        self.regions.append(Region(name, "mention", (place,), rest | attributes, stretch.line))
        self.first[name] = self.mentions.setdefault(entity, name)
        self._relate("same", self.first[name], name if name != self.first[name] else None, stretch.line)
        if base:
            self.mentions.setdefault(base, name)

    def _quote(self, name: str, stretches: list[_Stretch]) -> None:
        rest = self._rest("quote", name)
        line = stretches[0].line
        for link in ("parent", "continues"):
            self._relate(link, name, rest.pop(link, None), line)
        for role in ROLES:
            if role in rest:
                self._person(role, name, tuple(rest.pop(role).split(":")), (line,), [])
        self._add(name, "quote", stretches, ("type",), rest)

    def _person(
        self, role: str, quote: str, said: tuple[str, ...], key: tuple[int, ...], phrase: list[_Stretch]
    ) -> None:
        """Adds who speaks or is spoken to, by a phrase or without words; `key` is where brackets may refer to them."""
        form, entities = (*said, "", "")[:2]
        first, *others = (self._mention(entity) for entity in entities.split("+"))
        there = {self.mentions[entity] for entity in self.referred.get(key, ()) if entity in self.mentions}
        if form in _REFERENCES and len(there) == 1 and not there & {first, self.first.get(first)}:
            first = there.pop()
        line = phrase[0].line if phrase else key[0]
        if phrase:
            self._add(f"{role}.{quote}", "phrase", phrase, ("form",))
            self._relate(role, quote, f"{role}.{quote}", line)
            self._relate("refers", f"{role}.{quote}", first, line)
        else:
            self._relate(role, quote, first or "nobody", line)
        for other in others:
            self._relate(f"other-{role}", quote, other, line)

    def _add(
        self,
        name: str,
        kind: str,
        stretches: list[_Stretch],
        said: tuple[str, ...],
        rest: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Adds a region; `said` names what its first cell says of it."""
        told = next((one.said for one in stretches if one.said), ())
        attributes = dict(rest) | {key: value for key, value in zip(said, told, strict=False) if value}
        pieces = tuple((one.start, one.end) for one in stretches)
        self.regions.append(Region(name, kind, pieces, attributes, stretches[0].line))

    def _relate(self, kind: str, source: str, target: str | None, line: int) -> None:
        if target:
            self.relations.append(Relation(kind, source, target, line))

    def _mention(self, entity: str) -> str:
        """A mention of an entity; of one that nothing mentions its name, which is told of as what is not there."""
        return self.mentions.get(entity, entity)

    # What is said of it, and where it is

    def _says(self, kind: str, name: str) -> Said | None:
        return self.document.comments.get(kind, {}).get(name)

    def _rest(self, kind: str, name: str) -> dict[str, str]:
        """What a comment says of something that no cell does."""
        said = self._says(kind, name)
        if said is None:
            return {}
        if isinstance(said.value, dict) and all(isinstance(value, str) for value in said.value.values()):
            return dict(said.value)
        self.complain(said.line, f"what tasrih.{kind}.{name} says is no object of strings; it was left out.")
        return {}

    def _grouped(self, layer: str) -> dict[str, list[_Stretch]]:
        """The stretches of each thing in the cells of a layer, by their ids."""
        found: dict[str, list[_Stretch]] = {}
        for pieces in self.document.layers.get(layer, {}).values():
            for piece in pieces:
                found.setdefault(piece.id, []).append(self._stretch(layer, piece))
        for name, stretch in self._wordless(layer):
            found.setdefault(name, []).append(stretch)
        for stretches in found.values():
            stretches.sort(key=lambda one: (one.start, one.end))
        return found

    def _stretch(self, layer: str, piece: Piece) -> _Stretch:
        """A piece with its place: that of its words, or one in the white space around them that a comment says."""
        paragraph, offset = self.document.paragraphs[piece.paragraph], self.offsets[piece.paragraph]
        words = piece.paragraph, piece.first, piece.last
        start, end = paragraph.starts[piece.first], paragraph.ends[piece.last]
        exact = self.exact.get((layer, name_of(layer, piece.id, piece.number)))
        if exact and exact.words == words:
            start, end, offset = exact.start, exact.end, 0
        return _Stretch(piece.number, offset + start, offset + end, piece.said, piece.line, words)

    def _wordless(self, layer: str) -> Iterator[tuple[str, _Stretch]]:
        """The stretches of white space alone, by the ids of what they belong to."""
        for (its_layer, name), exact in self.exact.items():
            if its_layer == layer and exact.words[1] > exact.words[2]:
                yield re.split("[./]", name)[0], exact

    def _exact(self) -> Iterator[tuple[tuple[str, str], _Stretch]]:
        """The places that comments say, of what begins or ends in white space: by layers and names of pieces."""
        for key, said in self.document.comments.get("place", {}).items():
            layer, _, name = key.partition(".")
            number = _number((*re.split("[./]", name), "")[1])
            try:
                paragraph, start, end, told = said.value
                found = self.document.paragraphs[paragraph - 1]
                words = paragraph - 1, bisect_left(found.starts, start), bisect_left(found.starts, end) - 1
                offset = self.offsets[paragraph - 1]
                yield (
                    (layer, name),
                    _Stretch(number, offset + start, offset + end, tuple(told.split(":")), said.line, words),
                )
            except (TypeError, ValueError, LookupError, AttributeError):
                self.complain(said.line, f"what tasrih.place.{key} says is no place; it was left out.")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
