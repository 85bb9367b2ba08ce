"""Two readings of one article: what they disagree on, as items to decide, and theirs in the place of ours."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import orjson

from tasrih import record as models
from tasrih.differences import Difference, Side, differences
from tasrih.differences.facts import mentions_of, quotes_of
from tasrih.differences.pairing import paired, paired_mentions
from tasrih.errors import RefusedError
from tasrih.record import Json
from tasrih.review.items import Item, mention_name
from tasrih.scoring.matching import same_entities
from tasrih.validation.findings import pointer

_FACTS_OF_SPEECH = {"speaker": "set_speaker", "addressee": "set_addressee", "cue": "set_cue"}


class Readings(NamedTuple):
    """Both readings of an article, what they disagree on by names of items, and ids of theirs with those of ours."""

    ours: Json
    theirs: Json
    found: dict[str, Difference]
    entities: dict[str, str]
    quotes: dict[str, str]


def readings(ours: Json, theirs: Json) -> Readings:
    """What two readings disagree on; `entities` and `quotes` have for ids of theirs those of ours that are the same.

    Raises TasrihError when they are not of one text.
    """
    one, other = (models.Article.model_validate_json(orjson.dumps(side)) for side in (ours, theirs))
    found = {_name(difference): difference for difference in differences(one, other)}
    met = paired_mentions(mentions_of(one), mentions_of(other))
    entities = {right: left for left, right in same_entities(one, other, met, least=0).items()}
    pairs = paired(quotes_of(one), quotes_of(other))
    quotes = {other.quotes[right].id: one.quotes[left].id for left, right in pairs.items()}
    return Readings(ours, theirs, found, entities, quotes)


def disputed(both: Readings, kept: dict[str, Any]) -> list[Item]:
    """What two readings disagree on, as items; decided is what a reader has kept as it is."""
    return [_item(both, name, one, decided=bool(kept.get(name))) for name, one in both.found.items()]


def taking(both: Readings, name: str) -> list[Json]:
    """The changes by which ours says what theirs does, each with its `op`. Raises TasrihError for none of the items."""
    difference = both.found.get(name)
    if difference is None:
        raise RefusedError(f"The readings do not disagree on {name[:80]} any more.")
    ours, theirs = difference.ours, difference.theirs
    if ours and theirs:
        return list(_FACTS[difference.layer](both, difference.what, ours, theirs))
    return list(_removed(both, difference.layer, ours) if ours else _added(both, difference.layer, theirs))


def _name(one: Difference) -> str:
    """A name that stays while other things change: of what is said on both sides, and where in the text.

    Several quotes may differ in the same words, such as those of a cue that they share, or in none, such as whom they
    are said to. The ids of theirs tell them apart, which stay as their file has them.
    """
    sides = [side and ([tuple(place) for place in side.places], side.words) for side in (one.ours, one.theirs)]
    told = orjson.dumps([one.layer, one.what, one.theirs.id if one.theirs else one.label, sides])
    return f"d-{hashlib.sha256(told).hexdigest()[:16]}"


def _item(both: Readings, name: str, one: Difference, *, decided: bool) -> Item:
    own = one.ours or one.theirs
    spans = [place._asdict() | {"text": _words(both.ours, place)} for place in (own.places if own else ())]
    value = {
        "layer": one.layer,
        "what": one.what,
        "label": one.label,
        "ours": _side(both.ours, one.ours),
        "theirs": _side(both.theirs, one.theirs),
        "guide": one.guide._asdict(),
    }
    of = one.ours.id if one.ours else name
    return Item(name, "difference", of, one.ours.at if one.ours else (), value, spans, decided, 0.0)


def _side(record: Json, side: Side | None) -> Json | None:
    if side is None:
        return None
    places = [place._asdict() | {"text": _words(record, place)} for place in side.places]
    return {"id": side.id, "at": pointer(side.at), "words": side.words, "places": places}


def _words(record: Json, place: Any) -> str:
    text: str = next((one["text"] for one in record["paragraphs"] if one["id"] == place.paragraph), "")
    return text[place.start : place.end]


def _held(record: Json, side: Side) -> Any:
    """What holds a side in its record: the quote, term or paragraph, the mention, or the entity."""
    length = 4 if side.at[2:3] == ("mentions",) else 2
    value: Any = record
    for step in side.at[:length]:
        value = value[step]
    return value


Steps = Iterator[Json]


def _removed(both: Readings, layer: str, ours: Side) -> Steps:
    yield {"op": "remove", "item": mention_name(ours.id, _held(both.ours, ours)) if layer == "mention" else ours.id}


def _added(both: Readings, layer: str, theirs: Side | None) -> Steps:
    if theirs is None:
        return
    held = _held(both.theirs, theirs)
    if layer == "mention":
        mention = _place(held) | {"form": held["form"]}
        yield {"op": "add_mention", "item": _ours(both, theirs.id), "mention": mention}
    elif layer == "entity":
        yield _entity(held, held["mentions"])
    elif layer == "term":
        yield {"op": "add_term", "kind": held["kind"], "span": _place(held["span"]), "entity": _named(both, held)}
    else:
        people = {role: _person(both, held.get(role)) for role in ("speaker", "addressee")}
        spans = [_place(span) for span in held["spans"]]
        yield {"op": "add_quote", "type": held["type"], "spans": spans, "cue": _cue(held), **people}


def _entity(held: Json, mentions: list[Json]) -> Json:
    """An entity like one of theirs, with some mentions."""
    mentions = [_place(mention) | {"form": mention["form"]} for mention in mentions]
    facts = {name: held.get(name) for name in ("type", "name", "value", "link")}
    return {"op": "add_entity", **facts, "mentions": mentions}


def _of_quote(both: Readings, what: str, own: Side, other: Side) -> Steps:
    ours, theirs = _held(both.ours, own), _held(both.theirs, other)
    role = what.split(maxsplit=1)[0]
    if what == "span":
        yield {"op": "set_spans", "item": ours["id"], "spans": [_place(span) for span in theirs["spans"]]}
    elif what == "type":
        yield {"op": "set_type", "item": ours["id"], "type": theirs["type"]}
    elif role in _FACTS_OF_SPEECH:
        value = _cue(theirs) if role == "cue" else _person(both, theirs.get(role))
        yield {"op": _FACTS_OF_SPEECH[role], "item": ours["id"], role: value}
    else:
        relations = {name: ours.get(name) for name in ("parent", "continues")}
        yield {"op": "set_relations", "item": ours["id"], **relations, what: _quote(both, theirs.get(what))}


def _of_term(both: Readings, what: str, own: Side, other: Side) -> Steps:
    ours, theirs = _held(both.ours, own), _held(both.theirs, other)
    if what == "span":
        yield {"op": "set_spans", "item": ours["id"], "spans": [_place(theirs["span"])]}
    elif what == "kind":
        yield {"op": "set_term", "item": ours["id"], "kind": theirs["kind"], "entity": ours.get("entity")}
    else:
        yield {"op": "set_term", "item": ours["id"], "kind": ours["kind"], "entity": _named(both, theirs)}


def _of_entity(both: Readings, what: str, own: Side, other: Side) -> Steps:
    ours, theirs = _held(both.ours, own), _held(both.theirs, other)
    if what != "cluster":
        facts = {name: ours.get(name) for name in ("type", "name", "value", "link")}
        yield {"op": "set_entity", "item": ours["id"], **facts, what: theirs.get(what)}
        return
    moved = [mention for mention in ours["mentions"] if tuple(_place(mention).values()) in own.places]
    names = [mention_name(ours["id"], mention) for mention in moved]
    into = both.entities.get(theirs["id"])
    if into is None:
        yield _entity(theirs, moved)
        yield from ({"op": "remove", "item": name} for name in names)
        return
    for name, mention in zip(names, moved, strict=True):
        yield {"op": "set_mention", "item": name, "form": mention["form"], "entity": into}


def _of_mention(both: Readings, what: str, own: Side, other: Side) -> Steps:
    ours, theirs = _held(both.ours, own), _held(both.theirs, other)
    name = mention_name(own.id, ours)
    if what == "form":
        yield {"op": "set_mention", "item": name, "form": theirs["form"], "entity": own.id}
    else:
        yield {"op": "set_spans", "item": name, "spans": [_place(theirs)]}


def _of_paragraph(both: Readings, what: str, own: Side, other: Side) -> Steps:
    ours, theirs = _held(both.ours, own), _held(both.theirs, other)
    role = {"op": "set_role", "item": ours["id"], "role": ours["role"]}
    yield role | ({"role": theirs["role"]} if what == "role" else {"repeats": theirs.get("repeats")})


_FACTS: dict[str, Callable[[Readings, str, Side, Side], Steps]] = {
    "paragraph": _of_paragraph,
    "quote": _of_quote,
    "term": _of_term,
    "entity": _of_entity,
    "mention": _of_mention,
}


def _place(span: Json) -> Json:
    return {name: span[name] for name in ("paragraph", "start", "end")}


def _named(both: Readings, term: Json) -> str | None:
    return _ours(both, term["entity"]) if term.get("entity") else None


def _cue(quote: Json) -> Json | None:
    cue = quote.get("cue")
    return _place(cue) | {"kind": cue["kind"]} if cue else None


def _person(both: Readings, person: Json | None) -> Json | None:
    if not person:
        return None
    span = _place(person["span"]) if person.get("span") else None
    others = [_ours(both, other) for other in person.get("others", ())]
    return {"entity": _ours(both, person["entity"]), "form": person["form"], "span": span, "others": others}


def _ours(both: Readings, name: str) -> str:
    """The entity of ours that one of theirs is. Raises TasrihError when there is none."""
    if name not in both.entities:
        called = next((one["name"] for one in both.theirs["entities"] if one["id"] == name), name)
        raise RefusedError(f"Ours has no entity for {called}. Take the entity of theirs first.")
    return both.entities[name]


def _quote(both: Readings, name: str | None) -> str | None:
    if name is None:
        return None
    if name not in both.quotes:
        raise RefusedError("Ours has no quote like the one that theirs points to. Take that first.")
    return both.quotes[name]
