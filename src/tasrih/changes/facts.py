"""What two versions of an article say of something: comparable, and as a reader may be told it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from tasrih import record
from tasrih.changes import Change, Layer
from tasrih.changes.versions import Shift
from tasrih.record import Json
from tasrih.scoring.matching import Item
from tasrih.standoff.models import MASK

_SHOWN = 80  # characters of words that a change shows


class Fact(NamedTuple):
    """What is said of something: comparable between versions, and as a reader may be told it; of a list by parts."""

    value: Any
    shown: str | None
    parts: tuple[str, ...] = ()


Facts = Mapping[str, Fact]
_NOTHING = Fact(None, None)


class Side(NamedTuple):
    """One version as it is seen from the new one: where its paragraphs are there, and its items by their ids."""

    article: record.Article
    shifts: Mapping[str, Shift]
    ids: Mapping[str, str]

    def place(self, span: record.Span) -> tuple[str, int, int]:
        """Where a span is in the new version; where nothing is left of it, in no paragraph of that."""
        shift = self.shifts.get(span.paragraph)
        edges = shift.edges(span.start, span.end) if shift else None
        return (shift.paragraph, *edges) if shift and edges else (f"-{span.paragraph}", span.start, span.end)

    def item(self, spans: Iterable[record.Span], label: str = "") -> Item:
        """An annotation as an item of the new version."""
        return Item(tuple(map(self.place, spans)), label)

    def spans(self, *spans: record.Span | None) -> Fact:
        """Where words are."""
        there = [span for span in spans if span]
        return Fact([self.place(span) for span in there], " … ".join(map(_shown_span, there)) or None)

    def one(self, item_id: str | None) -> Fact:
        """Another item of the article."""
        return Fact(item_id and self.ids.get(item_id, f"-{item_id}"), item_id)

    def entity(self, *entity_ids: str | None) -> Fact:
        """Entities of the article, by name."""
        names = {entity.id: entity.name for entity in self.article.entities}
        there = [entity_id for entity_id in entity_ids if entity_id]
        shown = ", ".join(names.get(entity_id, entity_id) for entity_id in there)
        return Fact([self.ids.get(entity_id, f"-{entity_id}") for entity_id in there], shown or None)


def plain(value: Any) -> Fact:
    """A value of a field."""
    parts = tuple(map(_shown, value)) if isinstance(value, list | tuple) else ()
    return Fact(value or None, _shown(value) or None, parts)


def _shown(value: Any) -> str:
    """A value as a reader may be told it."""
    if isinstance(value, dict):
        return " ".join(filter(None, map(_shown, value.values())))
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    return "" if value is None else str(value)


def cut(text: str) -> str:
    """Words that are not too many to be told."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _shown_span(span: record.Span) -> str:
    words = "" if MASK in span.text else f" “{cut(span.text)}”"
    return f"{span.paragraph}[{span.start}:{span.end}]{words}"


def leaves(parts: Json, before: str = "") -> Iterator[tuple[str, Fact]]:
    """The fields of plain data that have a value, by their names with dots between."""
    for name, value in parts.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{before}{name}.")
        elif value is not None and value != []:
            yield f"{before}{name}", plain(value)


def held(layer: Layer, item: str, old: Facts | None, new: Facts | None) -> Iterator[Change]:
    """What differs between what two versions say of one thing; None says that it is not there."""
    if old is None or new is None:
        if old is not new:
            yield Change(layer, "added" if old is None else "removed", item, "", _told(old), _told(new))
        return
    for field in {**old, **new}:
        one, other = old.get(field, _NOTHING), new.get(field, _NOTHING)
        if one.value != other.value:
            yield Change(layer, "changed", item, field, _without(one, other), _without(other, one))


def _without(fact: Fact, other: Fact) -> str | None:
    """What a reader is told of a fact that was or became another: of a list only what the other has not."""
    own = [part for part in fact.parts if part not in other.parts]
    return ", ".join(own) or None if {*fact.parts} != {*other.parts} else fact.shown


def _told(facts: Facts | None) -> str | None:
    return None if facts is None else "; ".join(fact.shown for fact in facts.values() if fact.shown)
