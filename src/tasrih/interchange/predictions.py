"""JSON Lines of predictions, as the benchmark has them (docs/benchmark.md): an article a line, by offsets.

The text is that of a corpus, into whose records predictions are put. What stands where something of the record stands
is that, and keeps its id and what no prediction says; what a line does not try stays as it is. Written lines have the
ids of quotes and terms, `form` and `kind` besides: the scorer ignores other keys.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, count
from typing import TYPE_CHECKING, Any

import orjson

from tasrih.errors import TasrihError
from tasrih.interchange.formats import Files, Format, Stream
from tasrih.interchange.inputs import Source
from tasrih.interchange.losses import ROUND_ARTICLES, Loss
from tasrih.interchange.readings import to_record
from tasrih.interchange.regions import SEPARATOR, Marked, Piece, Region, Relation, regions_of
from tasrih.record import Json
from tasrih.standoff.models import MASK, is_standoff, without_text

if TYPE_CHECKING:
    from tasrih import record

NAME = "predictions.jsonl"
_ELSEWHERE = "no prediction says it"
LOSSES = (
    *ROUND_ARTICLES,
    Loss("paragraphs", "they are those of the gold standard"),
    *(Loss(f"quotes[].{name}", _ELSEWHERE) for name in ("addressee", "parent", "continues", "phenomena", "provenance")),
    Loss("quotes[].speaker.others", "one speaker is asked for"),
    *(Loss(f"terms[].{name}", _ELSEWHERE) for name in ("entity", "provenance")),
    *(Loss(f"entities[].{name}", _ELSEWHERE) for name in ("name", "value", "link", "identifiers")),
    Loss("entities[].mentions[].provenance", _ELSEWHERE),
)


def _written(article: Json) -> Files:
    return {NAME: orjson.dumps(line_of(article), option=orjson.OPT_APPEND_NEWLINE)}


def line_of(article: Json) -> Json:
    """The line of predictions that says of an article what its record does, by offsets."""
    entities = article["entities"]
    return {
        "id": article["id"],
        "quotes": [_quote(quote) for quote in article["quotes"]],
        "terms": [{"id": term["id"], "span": _place(term["span"]), "kind": term["kind"]} for term in article["terms"]],
        "mentions": [
            {"span": _place(one), "type": entity["type"], "entity": entity["id"], "form": one["form"]}
            for entity in entities
            for one in entity["mentions"]
        ],
    }


def _quote(quote: Json) -> Json:
    cue, speaker = quote["cue"], quote["speaker"]
    phrase = {"span": _place(speaker["span"])} if speaker and speaker["span"] else {}
    return {
        "id": quote["id"],
        "spans": list(map(_place, quote["spans"])),
        "type": quote["type"],
        "cue": cue and _place(cue) | {"kind": cue["kind"]},
        "speaker": speaker and {"entity": speaker["entity"], **phrase, "form": speaker["form"]},
    }


def _place(span: Json) -> Json:
    return {name: span[name] for name in ("paragraph", "start", "end")}


def _read(source: Source) -> Iterator[Json | TasrihError]:
    for number, line in source.lines():
        if not line.strip():
            continue
        try:
            said = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield source.error(f"it is no JSON ({error}).", number)
            continue
        if not isinstance(said, dict) or not isinstance(said.get("id"), str) or "paragraphs" in said:
            yield source.error('it is no prediction: an object with the "id" of an article.', number)
            continue
        try:
            yield from _Completion(said, source.known(said["id"]), source, number).completed()
        except TasrihError as error:
            yield error if error.path else source.error(str(error), number)


class _Completion:
    """A line put into a record of the corpus."""

    def __init__(self, line: Json, base: Json, source: Source, number: int) -> None:
        from tasrih.scoring.answers import Answers
        from tasrih.scoring.places import Places
        from tasrih.standoff.filling import read_article

        self.line, self.base, self.source, self.number = line, base, source, number
        self.gold = read_article(orjson.dumps(base))
        self.found = Answers(line, Places(self.gold))
        self.marked = regions_of(base)
        self.known = {region.id: region for region in self.marked.regions}
        self.links = {(one.kind, one.source): one.target for one in self.marked.relations}
        self.regions: list[Region] = []
        self.relations: list[Relation] = []

    def error(self, message: str) -> TasrihError:
        return self.source.error(f"{self.base['id']}: {message}", self.number)

    def completed(self) -> Iterator[Json | TasrihError]:
        """The record with what the line says; before it, what was wrong."""
        yield from (self.error(f"{at}: {reason}.") for at, reason in self.found.problems)
        tried = self.found.tried
        kept = ["paragraph"]
        for kind, is_tried, add in (
            ("mention", not tried.isdisjoint({"mentions", "ner_tags"}), self._mentions),
            ("term", "terms" in tried, self._terms),
            ("quote", not tried.isdisjoint({"quotes", "quote_tags"}), self._quotes),
        ):
            if is_tried:
                yield from add()
            else:
                kept.append(kind)
        regions, relations = self._kept(kept)
        whole = Marked(
            self.base["id"], self._text, regions + self.regions, relations + self.relations, self.marked.about
        )
        for made in to_record(whole, self.source):
            yield self._as_the_base(made) if isinstance(made, dict) else made

    def _kept(self, kinds: Sequence[str]) -> tuple[list[Region], list[Relation]]:
        """What stays of the record: regions of some kinds, and the cues and phrases that quotes have still."""
        own = [one for one in self.marked.relations if self.known[one.source].kind in kinds]
        used = {one.target for one in chain(own, self.relations) if one.kind in ("cue", "speaker", "addressee")}
        regions = [
            one
            for one in self.marked.regions
            if one.kind in kinds or (one.id in used and one.kind in ("cue", "phrase"))
        ]
        return regions, own + [one for one in self.marked.relations if one.kind == "refers" and one.source in used]

    @property
    def _text(self) -> str:
        if self.marked.text is not None:
            return self.marked.text
        return SEPARATOR.join(MASK * paragraph["length"] for paragraph in self.base["paragraphs"])

    def _as_the_base(self, made: Json) -> Json:
        bare: Json = without_text(made) if is_standoff(self.base) else made
        return bare | {"paragraphs": self.base["paragraphs"]}

    def _piece(self, span: "record.Span") -> Iterator[Piece]:
        """Where a span is in the text; nowhere where it could not be read."""
        if paragraph := self.known.get(span.paragraph):
            offset = paragraph.pieces[0][0]
            yield offset + span.start, offset + span.end

    def _pieces(self, spans: Sequence["record.Span"]) -> tuple[Piece, ...]:
        return tuple(piece for span in spans for piece in self._piece(span))

    def _given(self, layer: str) -> Iterator[Json]:
        """The answers of a layer as the line has them; for those of tags, which come after, nothing."""
        given = self.line.get(layer)
        yield from (one if isinstance(one, dict) else {} for one in (given if isinstance(given, list) else ()))
        while True:
            yield {}

    # Entities

    @cached_property
    def _names(self) -> dict[str, str]:
        """The ids of entities by what the answers call them: those of the record that they are, or new ones."""
        from tasrih.scoring.matching import item, meetings, same_entities

        sides = (
            [item([one]) for entity in each.entities for one in entity.mentions] for each in (self.gold, self._new)
        )
        same = same_entities(self.gold, self._new, meetings(*sides))
        names = {new: old for old, new in same.items()}
        free = _free("e", self.base["entities"])
        for entity in self._new.entities:
            if entity.id not in names:
                names[entity.id] = next(free)
        return names

    @property
    def _new(self) -> "record.Article":
        return self.found.article

    def _mentions(self) -> Iterator[TasrihError]:
        forms = {region.pieces: region.attributes["form"] for region in self._of("mention")}
        heads: dict[str, Region] = {}
        for number, (entity, given) in enumerate(zip(self._new.entities, self._given("mentions"), strict=False)):
            name, pieces = self._names[entity.id], self._pieces(entity.mentions)
            if not pieces:
                continue
            form = _said(given, "form") or forms.get(pieces)
            attributes = {"type": entity.type} | ({"form": form} if form else {})
            if name not in heads:
                heads[name] = Region(f"{name}.1", "mention", pieces, attributes | self._called(name))
                self.regions.append(heads[name])
                continue
            if entity.type != heads[name].attributes["type"]:
                yield self.error(f"/mentions/{number}: another mention of {name} has another type; that was taken.")
            self.regions.append(Region(f"{name}.1.{number}", "mention", pieces, attributes))
            self.relations.append(Relation("same", f"{name}.1.{number}", f"{name}.1"))

    def _called(self, entity: str) -> dict[str, str]:
        """The name of an entity that is one of the record."""
        known = self.known.get(f"{entity}.1")
        return {"name": known.attributes["name"]} if known else {}

    # Terms and quotes

    def _terms(self) -> tuple[TasrihError, ...]:
        names = self._matched("terms", [(term.span,) for term in self.gold.terms], [(t.span,) for t in self._new.terms])
        for term, name in zip(self._new.terms, names, strict=True):
            if pieces := self._pieces((term.span,)):
                self.regions.append(Region(name, "term", pieces, self._label(name, "kind", term.kind)))
        return ()  # nothing of a term can be wrong beyond what was told of the answer

    def _label(self, name: str, attribute: str, label: str) -> dict[str, str]:
        """The class of a quote or term, or where none is given that which it has in the record."""
        from tasrih.scoring.answers import NOT_READ

        if label == NOT_READ:
            return {attribute: self.known[name].attributes[attribute]} if name in self.known else {}
        return {attribute: label}

    def _quotes(self) -> Iterator[TasrihError]:
        names = self._matched("quotes", [q.spans for q in self.gold.quotes], [q.spans for q in self._new.quotes])
        bare = 0
        for quote, name, given in zip(self._new.quotes, names, self._given("quotes"), strict=False):
            pieces = self._pieces(quote.spans)
            bare += not quote.spans
            if not pieces:
                continue
            self.regions.append(Region(name, "quote", pieces, self._label(name, "type", quote.type)))
            self._cue(name, quote, given)
            yield from self._speaker(name, quote, given)
        if bare:
            yield self.error(f"{bare} tags of cues and speakers belong to no quote; they were left out.")

    def _cue(self, name: str, quote: "record.Quote", given: Json) -> None:
        if "cue" not in given:
            self._keep("cue", name)
        elif quote.cue and (pieces := self._pieces((quote.cue,))):
            kinds = {region.pieces: region.attributes["kind"] for region in self._of("cue")}
            kind = _said(given["cue"], "kind") or kinds.get(pieces)
            self._add(f"{name} cue", Region(f"{name} cue", "cue", pieces, {"kind": kind} if kind else {}), "cue", name)

    def _keep(self, kind: str, quote: str) -> None:
        """Keeps what a quote has in the record."""
        if target := self.links.get((kind, quote)):
            self.relations.append(Relation(kind, quote, target))

    def _add(self, target: str, region: Region, kind: str, quote: str) -> None:
        self.regions.append(region)
        self.relations.append(Relation(kind, quote, target))

    def _speaker(self, name: str, quote: "record.Quote", given: Json) -> Iterator[TasrihError]:
        if "speaker" not in given:
            self._keep("speaker", name)
            return
        if quote.speaker is None:
            return
        entity = self._first_mention(quote.speaker.entity)
        pieces = self._pieces((quote.speaker.span,)) if quote.speaker.span else ()
        if pieces:
            form = _said(given["speaker"], "form") or self._form(pieces)
            self._add(f"{name} phrase", Region(f"{name} phrase", "phrase", pieces, {"form": form}), "speaker", name)
            self.relations += [Relation("refers", f"{name} phrase", entity)] if entity else []
        elif entity and self._is_elided(name, entity, given):
            self.relations.append(Relation("speaker", name, entity))
            if _said(given["speaker"], "form") != "elided":
                yield self.error(f"{name}: no words are given that say who speaks; the record has an elided speaker.")
        elif entity:
            self._keep("speaker", name)

    def _is_elided(self, quote: str, entity: str, given: Json) -> bool:
        """Whether a speaker has no words: they are said to have none, or the record has none of this speaker."""
        phrase = self.links.get(("speaker", quote), "")
        return _said(given["speaker"], "form") == "elided" or self.links.get(("refers", phrase)) != entity

    def _first_mention(self, entity: str) -> str | None:
        """The first mention of an entity as the answers call it."""
        if entity.startswith("="):
            return f"{entity[1:]}.1"
        return f"{self._names[entity]}.1" if entity in self._names else None

    def _form(self, pieces: tuple[Piece, ...]) -> str:
        """How a phrase refers to somebody: as it does in the record, or as the first mention in it does."""
        (start, end), phrases = pieces[0], {one.pieces: one.attributes["form"] for one in self._of("phrase")}
        mentions = (one for one in self._of("mention") if start <= one.pieces[0][0] and one.pieces[0][1] <= end)
        return phrases.get(pieces) or next((one.attributes["form"] for one in mentions), "nominal")

    def _of(self, kind: str) -> Iterator[Region]:
        return (region for region in self.marked.regions if region.kind == kind)

    def _matched(
        self, layer: str, old: Sequence[Sequence["record.Span"]], new: Sequence[Sequence["record.Span"]]
    ) -> list[str]:
        """The ids of answers: those that they say, or of what stands there in the record, or new ones."""
        from tasrih.scoring.matching import item, matches

        ids = [one["id"] for one in self.base[layer]]
        said = dict.fromkeys(_said(given, "id") for given, _ in zip(self._given(layer), new, strict=False))
        names: dict[int, str] = {}
        for number, (given, _) in enumerate(zip(self._given(layer), new, strict=False)):
            own = _said(given, "id")
            if own in ids and own not in names.values():
                names[number] = own
        left = [number for number, name in enumerate(ids) if name not in said]
        rest = [number for number in range(len(new)) if number not in names]
        found = matches([item(old[one]) for one in left], [item(new[one]) for one in rest])
        names |= {rest[there]: ids[left[here]] for here, there in found.items()}
        free = _free(layer[0], self.base[layer])
        return [names.get(number) or next(free) for number in range(len(new))]


def _said(given: Any, name: str) -> str:
    value = given.get(name) if isinstance(given, Mapping) else None
    return value if isinstance(value, str) else ""


def _free(letter: str, items: Sequence[Json]) -> Iterator[str]:
    """Ids that nothing of a record has."""
    numbers = (int(one["id"][1:]) for one in items)
    return (f"{letter}{number}" for number in count(1 + max(chain((0,), numbers))))


PREDICTIONS = Format(
    label="Predictions",
    about="What a system found, as the benchmark asks for it: an object an article, on a line. The text is that of the "
    "corpus of `--onto`. What a line does not try stays as it is, and what stands where something of the record stands "
    "is that.",
    suffixes=(".jsonl",),
    read=_read,
    write=_written,
    losses=LOSSES,
    printed="json",
    stream=Stream(NAME),
    without_words=True,
    textless=True,
)
