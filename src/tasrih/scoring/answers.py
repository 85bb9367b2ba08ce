"""One line of predictions as a record on the text of the gold standard."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from tasrih import record
from tasrih.arguments import shown
from tasrih.instances import instance
from tasrih.record import EntityType, Json, QuoteType, TermKind
from tasrih.scoring.lines import Offsets, Span, Words
from tasrih.scoring.places import Places, UnreadableError, stretch
from tasrih.scoring.tags import COLUMNS, tagged

LAYERS = ("quotes", "terms", "mentions", "tags")
NOT_READ = "?"
"""The class, and the speaker, of an answer that cannot be read: no other is the same."""
_QUOTE_TYPES, _ENTITY_TYPES, _KINDS = get_args(QuoteType), get_args(EntityType), get_args(TermKind)
_SPAN: TypeAdapter[Offsets | Words] = TypeAdapter(Span)


class Answers:
    """What a line says, as an article: its quotes, terms and mentions on the text of the gold standard.

    What cannot be read becomes something that matches nothing. `answers` is the number of quotes, terms, mentions and
    rows of tags; `problems` has for each that is invalid where in the line it is, and why; `tried` names what the line
    has answers for.
    """

    def __init__(self, line: Json, places: Places) -> None:
        self.answers = 0
        self.problems: list[tuple[str, str]] = []
        self.tried: set[str] = set()
        self._reasons: list[str] = []
        self._lost = 0
        self._places = places
        self._own: set[str] = set()
        self._mentions: list[tuple[str, str, record.Span]] = []
        self._bare: list[record.Quote] = []
        for item in self._items(line, "mentions"):
            self._mention(item)
        quotes = [self._quote(item) for item in self._items(line, "quotes")]
        terms = [self._term(item) for item in self._items(line, "terms")]
        quotes += self._tags(line.get("tags"))
        self.article = places.article.model_copy(
            update={
                "quotes": (*quotes, *self._bare),
                "terms": tuple(terms),
                "entities": tuple(_entity(*mention) for mention in self._mentions),
            }
        )

    def _items(self, line: Json, layer: str) -> Iterator[Json]:
        """The answers of a layer, one by one; what is wrong with one is entered when the next is asked for."""
        given = line.get(layer)
        if given is None:
            return
        self.tried.add(layer)
        if not isinstance(given, list):
            self._enter(f"/{layer}", f"{shown(given)} is no list")
            return
        for number, answer in enumerate(given):
            if not isinstance(answer, dict):
                self._reasons.append(f"{shown(answer)} is no object")
            yield answer if isinstance(answer, dict) else {}
            self._enter(f"/{layer}/{number}", *self._reasons)

    def _enter(self, at: str, *reasons: str) -> None:
        self.answers += 1
        if reasons:
            self.problems.append((at, reasons[0]))
        self._reasons = []

    def _mention(self, given: Json) -> None:
        span, label = self._span(given.get("span")), self._one_of(given.get("type"), _ENTITY_TYPES)
        entity, name = given.get("entity"), f"#{len(self._mentions)}"
        if isinstance(entity, str) and entity:
            self._own.add(entity)
            name = f"@{entity}"
        elif entity is not None:
            self._reasons.append(f"{shown(entity)} is no text, as the entity of a mention is")
        self._mentions.append((name, label, span))

    def _quote(self, given: Json) -> record.Quote:
        self.tried |= {"quote"} | (given.keys() & {"type", "cue", "speaker"})
        spans = given.get("spans")
        if not isinstance(spans, list) or not spans:
            self._reasons.append("a quote has spans, a list with one at least")
            spans = [None]
        label = given.get("type")
        cue, speaker = given.get("cue"), given.get("speaker")
        return _quote(
            tuple(map(self._span, spans)),
            NOT_READ if label is None else self._one_of(label, _QUOTE_TYPES),
            None if cue is None else self._span(cue),
            None if speaker is None else self._speaker(speaker),
        )

    def _term(self, given: Json) -> record.Term:
        kind = given.get("kind")
        label = NOT_READ if kind is None else self._one_of(kind, _KINDS)
        return _made(record.Term, kind=label, span=self._span(given.get("span")))

    def _one_of(self, given: object, allowed: tuple[str, ...]) -> str:
        if isinstance(given, str) and given in allowed:
            return given
        self._reasons.append(f"{shown(given)} is none of {', '.join(allowed)}")
        return NOT_READ

    def _span(self, given: object) -> record.Span:
        """The stretch that an answer means, or one that is nowhere."""
        try:
            return self._places.span(_SPAN.validate_python(given))
        except ValidationError:
            reason = f"{shown(given)} is no span: it has paragraph, start and end, or text"
        except UnreadableError as error:
            reason = str(error)
        self._reasons.append(reason)
        self._lost += 1
        return stretch("", self._lost, self._lost + 1)

    def _speaker(self, given: object) -> record.Participant:
        """Who speaks: by the entity, or else the name, or else the phrase that are given."""
        known = given if isinstance(given, dict) else {}
        span = self._span(known["span"]) if "span" in known else None
        self.tried |= {"phrase"} if span else {"person"}
        entities: tuple[str, ...] = ()
        if "entity" in known:
            entities = self._looked_up(self._entity, known["entity"])
        elif "name" in known:
            entities = self._looked_up(self._places.called, known["name"])
        elif span:
            entities = self._places.referred(span) if span.paragraph else ()
        else:
            self._reasons.append(f"{shown(given)} is no speaker: it has span, name or entity")
        return _participant(entities, span)

    def _looked_up(self, find: Callable[[str], tuple[str, ...]], given: object) -> tuple[str, ...]:
        try:
            if not isinstance(given, str):
                raise UnreadableError(f"{shown(given)} is no text, as the name or entity of a speaker is")
            return find(given)
        except UnreadableError as error:
            self._reasons.append(str(error))
            return ()

    def _entity(self, name: str) -> tuple[str, ...]:
        return (f"@{name}",) if name in self._own else self._places.identified(name)

    def _tags(self, given: object) -> Iterator[record.Quote]:
        """The quotes that tags mark; mentions, cues and phrases are kept."""
        if given is None:
            return
        if not isinstance(given, dict):
            self._enter("/tags", f"{shown(given)} is no object")
            return
        for column, rows in given.items():
            if column not in COLUMNS:
                self._enter(f"/tags/{shown(column)}", f"there is no such column; choose of {', '.join(COLUMNS)}")
                continue
            for span, label in self._marked(column, rows):
                yield from self._marks(COLUMNS[column], span, label)

    def _marked(self, column: str, rows: object) -> Iterator[tuple[record.Span, str]]:
        self.tried.add(column)
        tokens = self._places.tokens
        if not isinstance(rows, list) or len(rows) != len(tokens):
            self._enter(f"/tags/{column}", f"the article has {len(tokens)} paragraphs: a list of tags for each")
            return
        for number, (row, (paragraph, places)) in enumerate(zip(rows, tokens, strict=True)):
            try:
                yield from tagged(COLUMNS[column], row, paragraph, places)
            except UnreadableError as error:
                self._reasons.append(str(error))
            self._enter(f"/tags/{column}/{number}", *self._reasons)

    def _marks(self, layer: str, span: record.Span, label: str) -> Iterator[record.Quote]:
        """A quote that a tag marks; what else it marks is entered: cues and phrases with no quote of their own."""
        if layer == "quote":
            yield _quote((span,), label)
        elif layer == "ner":
            self._mentions.append((f"#{len(self._mentions)}", label, span))
        else:
            cue, speaker = (span, None) if layer == "cue" else (None, _participant((), span))
            self._bare.append(_quote((), NOT_READ, cue, speaker))


def _quote(spans: tuple[record.Span, ...], label: str, cue: Any = None, speaker: Any = None) -> record.Quote:
    return _made(record.Quote, spans=spans, type=label, cue=cue, speaker=speaker)


def _participant(entities: tuple[str, ...], span: record.Span | None) -> record.Participant:
    first, *others = entities or (NOT_READ,)
    return _made(record.Participant, entity=first, form="named", span=span, others=tuple(others))


def _entity(name: str, label: str, span: record.Span) -> record.Entity:
    return _made(record.Entity, id=name, type=label, name=name, mentions=(span,))


Model = TypeVar("Model", bound=BaseModel)


def _made(model: type[Model], **values: object) -> Model:
    """A part of a record that no reader has checked; what an answer does not say is as where nothing is known."""
    return instance(model, {**_unsaid(model), **values})


@cache
def _unsaid(model: type[BaseModel]) -> dict[str, object]:
    return {name: "" if field.is_required() else field.get_default() for name, field in model.model_fields.items()}
