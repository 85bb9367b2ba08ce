"""A small model between records and formats that mark regions of one text: brat, Label Studio, CAS, Web Annotation.

What a record says becomes regions of the article's text, each of a kind, with attributes, and relations between them:

- `paragraph`: role; relation `repeats` to a paragraph.
- `quote`: type, phenomena, rule, confidence; relations `cue`, `speaker`, `addressee`, `other-speaker`,
  `other-addressee`, `parent`, `continues`.
- `cue`: kind. `phrase`: form, the phrase of a speaker or addressee; relation `refers` to a mention.
- `term`: kind, rule, confidence; relation `names` to a mention.
- `mention`: type, form, rule, confidence; relation `same` to the first mention of its entity, which has what is said of
  the entity: name, value, link, wikidata, iso3166, geonames.

Who speaks by a phrase is related to the phrase, who is elided to the first mention of the entity. Quotes share a cue or
phrase that is the same. `to_record` in `tasrih.interchange.readings` goes the other way.
"""

import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from tasrih.errors import InvalidError
from tasrih.record import Json

_ID = re.compile(r"[pqte][1-9][0-9]{0,5}")
SEPARATOR = "\n"
"""What stands between two paragraphs in the text of an article, which has one a line."""
KINDS: dict[str, tuple[str, ...]] = {
    "paragraph": ("role",),
    "quote": ("type", "phenomena", "rule", "confidence"),
    "cue": ("kind",),
    "phrase": ("form",),
    "term": ("kind", "rule", "confidence"),
    "mention": ("type", "form", "rule", "confidence", "name", "value", "link", "wikidata", "iso3166", "geonames"),
}
"""The kinds of regions with the attributes that each may have."""
RELATIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "cue": (("quote",), ("cue",)),
    "speaker": (("quote",), ("phrase", "mention")),
    "addressee": (("quote",), ("phrase", "mention")),
    "other-speaker": (("quote",), ("mention",)),
    "other-addressee": (("quote",), ("mention",)),
    "parent": (("quote",), ("quote",)),
    "continues": (("quote",), ("quote",)),
    "refers": (("phrase",), ("mention",)),
    "names": (("term",), ("mention",)),
    "same": (("mention",), ("mention",)),
    "repeats": (("paragraph",), ("paragraph",)),
}
"""The kinds of relations with those of the regions that they lead from and to."""
Piece = tuple[int, int]
"""A stretch of a text: its first code point and one past its last."""


@dataclass(frozen=True)
class Region:
    """Something marked in a text, in one piece or several, in reading order.

    `id` is that of the record: `p1`, `q1`, `t1`, `e1.1` for the first mention of an entity, `c1` for cues, `s1` for
    phrases; anything else for what was new in a tool. `line` says where it was read, for messages.
    """

    id: str
    kind: str
    pieces: tuple[Piece, ...]
    attributes: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None


class Relation(NamedTuple):
    """A relation between two regions, by their ids; `line` says where it was read."""

    kind: str
    source: str
    target: str
    line: int | None = None


class Marked(NamedTuple):
    """An article as a text with what is marked in it.

    `text` is None where the words are withheld. `about` is what is said of the article as a whole, for formats that can
    keep it: `schema_version`, `metadata`, `waivers`.
    """

    id: str
    text: str | None
    regions: Sequence[Region]
    relations: Sequence[Relation]
    about: Json


def utf16(text: str) -> list[int]:
    """For each code point of a text, and its end, how many units of UTF-16 stand before it."""
    return list(accumulate((1 + (letter > "\uffff") for letter in text), initial=0))


def text_of(record: Json) -> str | None:
    """The text of an article, one paragraph a line; None without its words. Raises InvalidError for paragraphs with
    line breaks in them.
    """
    texts = [paragraph.get("text") for paragraph in record["paragraphs"]]
    if any(text is None for text in texts):
        return None
    for paragraph in record["paragraphs"]:
        if len(paragraph["text"].splitlines()) > 1:
            raise InvalidError(f"{paragraph['id']} has a line break in it, and the format has one paragraph a line.")
    return SEPARATOR.join(texts)


def regions_of(record: Json) -> Marked:
    """What is marked in a valid record, with or without its words.

    Raises InvalidError where its ids do not count, or a reference leads nowhere.
    """
    text = text_of(record)
    marking = _Marking(record)
    return Marked(record["id"], text, marking.regions, marking.relations, _about(record))


def _about(record: Json) -> Json:
    return {name: record[name] for name in ("schema_version", "metadata", "waivers") if name in record}


class _Marking:
    """The regions and relations of a record, as they are collected."""

    def __init__(self, record: Json) -> None:
        self.regions: list[Region] = []
        self.relations: list[Relation] = []
        self.offsets = dict(_offsets(record["paragraphs"]))
        self.shared: dict[tuple[object, ...], str] = {}
        self.known = {item["id"] for kind in ("paragraphs", "quotes", "entities") for item in record[kind]}
        for kind in ("paragraphs", "quotes", "terms", "entities"):
            _check_ids(kind, [item["id"] for item in record[kind]])
        for paragraph in record["paragraphs"]:
            self._paragraph(paragraph)
        for entity in record["entities"]:
            self._entity(entity)
        for quote in record["quotes"]:
            self._quote(quote)
        for term in record["terms"]:
            self._add(term["id"], "term", [term["span"]], {"kind": term["kind"]} | _provenance(term))
            self._relate("names", term["id"], self._entity_id(term.get("entity")))

    def _add(self, name: str, kind: str, spans: Iterable[Json], attributes: Mapping[str, str]) -> str:
        self.regions.append(Region(name, kind, tuple(map(self._piece, spans)), attributes))
        return name

    def _piece(self, span: Json) -> Piece:
        if span["paragraph"] not in self.offsets:
            raise InvalidError(f"there is no paragraph {span['paragraph']}. `tasrih validate` says more.")
        offset, length = self.offsets[span["paragraph"]]
        if not span["start"] < span["end"] <= length:
            raise InvalidError(f"a span is not inside {span['paragraph']}. `tasrih validate` says more.")
        return offset + span["start"], offset + span["end"]

    def _relate(self, kind: str, source: str, target: str | None) -> None:
        if target is None:
            return
        if target.partition(".")[0] not in self.known and kind not in ("cue", "speaker", "addressee"):
            raise InvalidError(f"{target.partition('.')[0]} does not exist. `tasrih validate` says more.")
        self.relations.append(Relation(kind, source, target))

    def _entity_id(self, entity: str | None) -> str | None:
        """The id of the first mention of an entity."""
        if entity is not None and entity not in self.known:
            raise InvalidError(f"{entity} does not exist. `tasrih validate` says more.")
        return f"{entity}.1" if entity else None

    def _paragraph(self, paragraph: Json) -> None:
        offset, length = self.offsets[paragraph["id"]]
        self.regions.append(
            Region(paragraph["id"], "paragraph", ((offset, offset + length),), {"role": paragraph["role"]})
        )
        self._relate("repeats", paragraph["id"], paragraph.get("repeats"))

    def _entity(self, entity: Json) -> None:
        about = {name: entity[name] for name in ("name", "value", "link") if entity.get(name)}
        about |= {name: value for name, value in (entity.get("identifiers") or {}).items() if value}
        for number, mention in enumerate(entity["mentions"], 1):
            attributes = {"type": entity["type"], "form": mention["form"]} | _provenance(mention)
            name = self._add(
                f"{entity['id']}.{number}", "mention", [mention], attributes | (about if number == 1 else {})
            )
            self._relate("same", name, None if number == 1 else f"{entity['id']}.1")

    def _quote(self, quote: Json) -> None:
        attributes = {"type": quote["type"]} | _provenance(quote)
        attributes |= {"phenomena": " ".join(quote["phenomena"])} if quote.get("phenomena") else {}
        name = self._add(quote["id"], "quote", quote["spans"], attributes)
        if cue := quote["cue"]:
            self._relate("cue", name, self._once("c", "cue", cue, {"kind": cue["kind"]}))
        for role in ("speaker", "addressee"):
            if person := quote.get(role):
                self._person(name, role, person)
        for link in ("parent", "continues"):
            self._relate(link, name, quote.get(link))

    def _person(self, quote: str, role: str, person: Json) -> None:
        first = self._entity_id(person["entity"])
        if person["span"] is None and person["form"] != "elided":
            raise InvalidError(f"the {role} of {quote} has no phrase and is not elided. `tasrih validate` says more.")
        if person["span"] is None:
            self._relate(role, quote, first)
        else:
            attributes = {"form": person["form"]}
            is_new = len(self.regions)
            phrase = self._once("s", "phrase", person["span"], attributes, person["entity"])
            self._relate(role, quote, phrase)
            self._relate("refers", phrase, first if len(self.regions) > is_new else None)
        for other in person.get("others") or ():
            self._relate(f"other-{role}", quote, self._entity_id(other))

    def _once(self, letter: str, kind: str, span: Json, attributes: Mapping[str, str], entity: str = "") -> str:
        """The region of a cue or a phrase, which quotes share."""
        key = kind, self._piece(span), *attributes.values(), entity
        if key not in self.shared:
            number = 1 + sum(known[0] == kind for known in self.shared)
            self.shared[key] = self._add(f"{letter}{number}", kind, [span], attributes)
        return self.shared[key]


def _check_ids(kind: str, ids: Sequence[str]) -> None:
    """Ids count upwards; those of paragraphs from 1, without gaps. What was taken out of the others leaves one."""
    numbers = [int(one[1:]) if _ID.fullmatch(one) and one[0] == kind[0] else 0 for one in ids]
    whole = numbers == list(range(1, len(ids) + 1))
    if not whole and (kind == "paragraphs" or not all(map(operator.lt, [0, *numbers], numbers))):
        raise InvalidError(f"the ids of its {kind} do not count from 1. `tasrih validate` says more.")


def _offsets(paragraphs: Iterable[Json]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where each paragraph begins in the text of the article, and how long it is."""
    offset = 0
    for paragraph in paragraphs:
        length = len(paragraph["text"]) if "text" in paragraph else paragraph["length"]
        yield paragraph["id"], (offset, length)
        offset += length + len(SEPARATOR)


def _provenance(item: Json) -> dict[str, str]:
    provenance = item.get("provenance")
    return {"rule": provenance["rule"], "confidence": str(provenance["confidence"])} if provenance else {}
