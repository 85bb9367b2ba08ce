"""From a text with what is marked in it, as `tasrih.interchange.regions` has it, to a record.

Whatever was done to it in a tool: what makes no sense is told and left out, and the rest is kept.
"""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import count
from typing import Annotated, Any, NamedTuple

from pydantic import BaseModel, TypeAdapter, ValidationError

from tasrih import record
from tasrih.arguments import shown
from tasrih.errors import TasrihError
from tasrih.guidelines import VERSIONS
from tasrih.interchange.inputs import Source
from tasrih.interchange.regions import KINDS, RELATIONS, Marked, Piece, Region, Relation
from tasrih.record import Json, schema_version

_BLANK = " \t\r"
_ID = re.compile(r"([qte][1-9][0-9]{0,5})(?:\.[0-9]+)?")
_LINE = re.compile(r"[^\n]+")


class _Placed(NamedTuple):
    """A region with its spans in paragraphs; `order`: where it begins, where it ends with a minus, and its number."""

    region: Region
    spans: list[Json]
    order: tuple[int, int, int]


def to_record(marked: Marked, source: Source) -> Iterator[Json | TasrihError]:
    """The record that a marked text says; before it, errors for what is marked and makes no sense.

    Every line of the text that is not blank is a paragraph. Items keep the ids that they have, and get the next free
    ones. What the text does not say of the article as a whole is filled in as little as a record needs.
    """
    reading = _Reading(marked, source)
    made = reading.record() if reading.paragraphs else None
    yield from reading.told
    if made is None:
        yield source.error(f"{marked.id}: there is no text in it.")
    else:
        yield made


def about_article(about: Json) -> Json:
    """What a record needs to say of an article as a whole, with what is known of it."""
    metadata = {
        "language": "ar",
        "collection": "imported",
        "origin": "published",
        "published": None,
        "publisher": None,
        "rights": {"holder": None, "license": None, "redistribution": "unknown"},
        "source": None,
        "annotation": {"status": "draft", "guidelines": VERSIONS[-1], "annotators": []},
    }
    return {"metadata": metadata} | about


class _Reading:
    """A record as it is put together; `told` is what was wrong."""

    def __init__(self, marked: Marked, source: Source) -> None:
        self.marked, self.source = marked, source
        self.told: list[TasrihError] = []
        text = marked.text or ""
        lines = [(found.start(), found[0]) for found in _LINE.finditer(text)]
        stripped = [(start + len(line) - len(line.lstrip(_BLANK)), line.strip(_BLANK)) for start, line in lines]
        self.paragraphs = [(start, line) for start, line in stripped if line]
        self.starts = [start for start, _ in self.paragraphs]
        self.placed = self._placed()
        self.links = self._links()

    def tell(self, message: str, line: int | None = None) -> None:
        """Something is wrong."""
        self.told.append(self.source.error(f"{self.marked.id}: {message}", line))

    def record(self) -> Json:
        """The record."""
        entities = self._entities()
        of = {name: entity["id"] for entity, group in entities for name in group}
        made: Json = {
            "id": self.marked.id,
            **about_article(self.marked.about),
            "paragraphs": self._paragraphs(),
            "quotes": self._items("quote", partial(self._quote, of)),
            "terms": self._items("term", partial(self._term, of)),
            "entities": [entity for entity, _ in entities],
        }
        return {"schema_version": schema_version(made)} | made

    # What is marked, in its place

    def _of(self, *kinds: str) -> list[_Placed]:
        return [one for one in self.placed.values() if one.region.kind in kinds]

    def _placed(self) -> dict[str, _Placed]:
        """The regions that are in the text, by their ids."""
        placed: dict[str, _Placed] = {}
        for number, region in enumerate(self.marked.regions):
            if region.kind not in KINDS:
                self.tell(f"{shown(region.kind)} is no kind of what is marked; it was left out.", region.line)
            elif region.id in placed:
                self.tell(f"the id {shown(region.id)} is taken twice; the second was left out.", region.line)
            elif region.kind == "paragraph":
                placed[region.id] = _Placed(region, [], (*(region.pieces or ((0, 0),))[0], number))
            elif spans := self._spans(region):
                placed[region.id] = _Placed(region, spans, (min(region.pieces)[0], -max(region.pieces)[1], number))
        return placed

    def _spans(self, region: Region) -> list[Json]:
        """The spans of a region, one for each piece of a paragraph."""
        pieces = self._pieces(region)
        if region.kind != "quote" and len(pieces) > 1:
            self.tell(f"a {region.kind} is one stretch; it was taken from its first piece to its last.", region.line)
            pieces = [(pieces[0][0], pieces[-1][1])]
        spans = [span for piece in pieces for span in self._in_paragraphs(piece)]
        if region.kind != "quote" and len(spans) > 1:
            self.tell(f"a {region.kind} runs over paragraphs; only what is in the first was taken.", region.line)
            spans = spans[:1]
        if not spans:
            self.tell(f"a {region.kind} is at no place of the text; it was left out.", region.line)
        return spans

    def _pieces(self, region: Region) -> list[Piece]:
        """The pieces of a region that are inside the text, in reading order, none over another."""
        pieces: list[Piece] = []
        for start, end in sorted(region.pieces):
            if not 0 <= start < end <= len(self.marked.text or ""):
                self.tell(
                    f"{start} to {end} is no stretch of the text, which ends at {len(self.marked.text or '')}.",
                    region.line,
                )
            elif pieces and start < pieces[-1][1]:
                self.tell(f"the pieces of a {region.kind} lie over each other; they were joined.", region.line)
                pieces[-1] = pieces[-1][0], max(end, pieces[-1][1])
            else:
                pieces.append((start, end))
        return pieces

    def _in_paragraphs(self, piece: Piece) -> Iterator[Json]:
        """What a piece is of each paragraph that it touches."""
        for number in range(max(bisect_right(self.starts, piece[0]) - 1, 0), len(self.starts)):
            offset, text = self.paragraphs[number]
            start, end = max(piece[0] - offset, 0), min(piece[1] - offset, len(text))
            if piece[1] <= offset:
                return
            if start < end:
                yield {"paragraph": f"p{number + 1}", "start": start, "end": end, "text": text[start:end]}

    def _links(self) -> dict[tuple[str, str], list[Relation]]:
        """The relations that make sense, by their kind and where they lead from."""
        links: dict[tuple[str, str], list[Relation]] = defaultdict(list)
        for relation in self.marked.relations:
            if self._makes_sense(relation):
                links[relation.kind, relation.source].append(relation)
        return links

    def _makes_sense(self, relation: Relation) -> bool:
        kind, source, target, line = relation
        if kind not in RELATIONS:
            self.tell(f"{shown(kind)} is no kind of relation; it was left out.", line)
            return False
        for name, kinds in zip((source, target), RELATIONS[kind], strict=True):
            if name not in self.placed:
                self.tell(f"a {kind} leads to {shown(name)}, which is not there; it was left out.", line)
                return False
            if self.placed[name].region.kind not in kinds:
                found = self.placed[name].region.kind
                self.tell(f"a {kind} leads to or from a {found}, not a {' or '.join(kinds)}; it was left out.", line)
                return False
        return True

    def _target(self, kind: str, source: str) -> _Placed | None:
        """What a relation that there is once leads to."""
        found = list(dict.fromkeys(one.target for one in self.links.get((kind, source), ())))
        if len(found) > 1:
            line = self.links[kind, source][1].line
            self.tell(f"{shown(source)} has more than one {kind}; the first was taken.", line)
        return self.placed[found[0]] if found else None

    # What the record says of it

    def _value(self, model: type[BaseModel], field: str, region: Region, name: str, default: Any) -> Any:
        """An attribute as the value of a field, or the default where there is none, or none that the field can hold."""
        if name not in region.attributes:
            return default
        value = region.attributes[name]
        try:
            return _adapter(model, field).validate_strings(value)
        except ValidationError:
            self.tell(f"the {name} of a {region.kind} cannot be {shown(value)}; it was left out.", region.line)
            return default

    def _provenance(self, region: Region) -> Json:
        if "rule" not in region.attributes:
            return {}
        rule = self._value(record.Provenance, "rule", region, "rule", None)
        confidence = self._value(record.Provenance, "confidence", region, "confidence", 0.0)
        return {"provenance": {"rule": rule, "confidence": confidence}} if rule else {}

    def _paragraphs(self) -> list[Json]:
        marked = {one.order[0]: one.region for one in self._of("paragraph")}
        ids = {region.id: f"p{number}" for number, start in enumerate(self.starts, 1) if (region := marked.get(start))}
        made = []
        for number, (start, text) in enumerate(self.paragraphs, 1):
            role = "headline" if number == 1 < len(self.paragraphs) and not marked else "body"
            paragraph: Json = {"id": f"p{number}", "role": role, "text": text}
            if region := marked.get(start):
                paragraph["role"] = self._value(record.Paragraph, "role", region, "role", role)
                again = self._target("repeats", region.id)
                paragraph |= {"repeats": ids.get(again.region.id)} if again else {}
            made.append(paragraph)
        return made

    def _entities(self) -> list[tuple[Json, list[str]]]:
        """The entities with the ids of their mentions, in the order of their own ids."""
        groups = sorted((sorted(group, key=_order) for group in self._groups()), key=lambda group: group[0].order)
        made = [self._entity(group) for group in groups]
        names = [[one.region.id for one in group] for group in groups]
        _number("e", names, made)
        return sorted(zip(made, names, strict=True), key=lambda one: int(one[0]["id"][1:]))

    def _groups(self) -> list[list[_Placed]]:
        """The mentions that are of one entity."""
        group_of = {one.region.id: [one] for one in self._of("mention")}
        for (kind, source), relations in self.links.items():
            for relation in relations if kind == "same" else ():
                group, other = group_of[source], group_of[relation.target]
                if group is not other:
                    group += other
                    group_of |= dict.fromkeys([one.region.id for one in other], group)
        return list({id(group): group for group in group_of.values()}.values())

    def _entity(self, group: Sequence[_Placed]) -> Json:
        """An entity; what is said of it stands with any of its mentions. It has no name where none of them says it."""
        merged: dict[str, str] = {}
        for one in reversed(group):
            merged |= one.region.attributes
        head = Region(group[0].region.id, "mention", (), merged, group[0].region.line)
        identifiers = {
            name: value
            for name in ("wikidata", "iso3166", "geonames")
            if (value := self._value(record.Identifiers, name, head, name, None))
        }
        optional = {name: self._value(record.Entity, name, head, name, None) for name in ("name", "value", "link")}
        made = {
            "id": None,
            "type": self._value(record.Entity, "type", head, "type", "PERS"),
            **{name: value for name, value in optional.items() if value},
        }
        if identifiers:
            made["identifiers"] = identifiers
        form = [self._value(record.Mention, "form", one.region, "form", "named") for one in group]
        made["mentions"] = [
            one.spans[0] | {"form": how} | self._provenance(one.region) for one, how in zip(group, form, strict=True)
        ]
        return made

    def _quote(self, of: Mapping[str, str], one: _Placed) -> Json:
        name, region = one.region.id, one.region
        cue = self._target("cue", name)
        made: Json = {
            "id": None,
            "type": self._value(record.Quote, "type", region, "type", "direct"),
            "spans": one.spans,
            "cue": cue and cue.spans[0] | {"kind": self._value(record.Cue, "kind", cue.region, "kind", "verb")},
        }
        for role in ("speaker", "addressee"):
            made[role] = self._person(role, one, of)
        for link in ("parent", "continues"):
            linked = self._target(link, name)
            made[link] = linked and linked.region.id
        slugs = [slug for slug in region.attributes.get("phenomena", "").split() if self._is_slug(slug, region)]
        made |= {"phenomena": slugs} if slugs else {}
        return made | self._provenance(region)

    def _is_slug(self, slug: str, region: Region) -> bool:
        one = Region(region.id, region.kind, (), {"phenomena": slug}, region.line)
        return self._value(record.Metadata, "story", one, "phenomena", None) is not None

    def _person(self, role: str, quote: _Placed, of: Mapping[str, str]) -> Json | None:
        """Who speaks or is spoken to: by a phrase, or elided where the relation leads to a mention."""
        found = self._target(role, quote.region.id)
        if found is None:
            return None
        if found.region.kind == "mention":
            person: Json = {"entity": of[found.region.id], "form": "elided", "span": None}
        elif (mention := self._target("refers", found.region.id) or self._inside(found)) is None:
            self.tell(f"a phrase refers to no mention; it is nobody's {role}.", found.region.line)
            return None
        else:
            form = self._value(record.Participant, "form", found.region, "form", "named")
            person = {"entity": of[mention.region.id], "form": form, "span": found.spans[0]}
        others = [of[one.target] for one in self.links.get((f"other-{role}", quote.region.id), ())]
        return person | ({"others": others} if others else {})

    def _inside(self, phrase: _Placed) -> _Placed | None:
        """The first mention in a phrase that refers to none."""
        (span,) = phrase.spans
        for one in sorted(self._of("mention"), key=lambda one: one.order):
            (mention,) = one.spans
            is_here = mention["paragraph"] == span["paragraph"]
            if is_here and span["start"] <= mention["start"] and mention["end"] <= span["end"]:
                return one
        return None

    def _term(self, of: Mapping[str, str], one: _Placed) -> Json:
        kind = self._value(record.Term, "kind", one.region, "kind", "other")
        made: Json = {"id": None, "kind": kind, "span": one.spans[0]}
        named = self._target("names", one.region.id)
        made["entity"] = named and of[named.region.id]
        return made | self._provenance(one.region)

    def _items(self, kind: str, made: Callable[[_Placed], Json]) -> list[Json]:
        """The quotes or terms: in the order of their ids, and new ones where they stand in the text."""
        found = self._of(kind)
        items = [made(one) for one in found]
        names = _number(kind[0], [[one.region.id] for one in found], items)
        for item in items:
            item.update({link: names[item[link]] for link in ("parent", "continues") if item.get(link)})
        ordered: list[tuple[_Placed, Json]] = []
        for one, item in sorted(zip(found, items, strict=True), key=lambda pair: int(pair[1]["id"][1:])):
            if item["id"] == one.region.id:
                ordered.append((one, item))
            else:
                after = (number for number, (other, _) in enumerate(ordered) if other.order > one.order)
                ordered.insert(next(after, len(ordered)), (one, item))
        return [item for _, item in ordered]


def _order(one: _Placed) -> tuple[int, int, int]:
    return one.order


def _number(letter: str, names: Sequence[Sequence[str]], items: Sequence[Json]) -> dict[str, str]:
    """Gives items ids: one that their regions have, or the next free one. The ids by those of the regions."""
    taken: set[str] = set()
    for own, item in zip(names, items, strict=True):
        found = (match[1] for name in own if (match := _ID.fullmatch(name)) and match[1][0] == letter)
        item["id"] = next((name for name in found if name not in taken), None)
        taken |= {item["id"]} if item["id"] else set()
    free = count(1 + max((int(name[1:]) for name in taken), default=0))
    for item in items:
        item["id"] = item["id"] or f"{letter}{next(free)}"
    return {name: item["id"] for own, item in zip(names, items, strict=True) for name in own}


@cache
def _adapter(model: type[BaseModel], field: str) -> TypeAdapter[Any]:
    about = model.model_fields[field]
    return TypeAdapter(Annotated[(about.annotation, *about.metadata, None)])  # type: ignore[arg-type]
