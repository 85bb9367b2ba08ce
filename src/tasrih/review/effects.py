"""What the changes do: applied to the plain data of a record, with what had to go with them told in words.

Ids stay, the words of a span are taken from its paragraph, and waivers follow what they are about. Nothing here reads
or writes a file.
"""

import copy
from collections.abc import Callable
from typing import Any, NamedTuple

import orjson
from pydantic import BaseModel, ValidationError

from tasrih.errors import InvalidError, RefusedError
from tasrih.record import Article, Json, schema_version
from tasrih.register import flaw
from tasrih.review import changes
from tasrih.review.items import PARTS, items, mention_name
from tasrih.review.numbering import participants, renumber
from tasrih.review.outline import in_reading_order, named, numbered, outline
from tasrih.review.parts import (
    cue_at,
    item_of,
    known_entity,
    mention_of,
    missing,
    new_id,
    person_of,
    sort_mentions,
    span_at,
)
from tasrih.review.removals import remove, remove_mention


class Changed(NamedTuple):
    """The record after a change, what the reader is told of what went with it, and the items that it decided."""

    record: Json
    told: list[str]
    decided: list[str]


def changed(record: Json, change: Any) -> Changed:
    """A record after a change; the one given stays as it was.

    Raises TasrihError when something is meant that is not there, when what points to it keeps it from being removed,
    and when the result would be no record.
    """
    outline(record)  # refuses a record in which two things have one name
    after = copy.deepcopy(record)
    waived = [(waiver, named(record, waiver["at"])) for waiver in after.get("waivers", ())]
    told, decided = _APPLIED[type(change)](after, change)
    for kind in ("quotes", "terms"):
        after[kind] = in_reading_order(after, kind)
    if not isinstance(change, changes.Waive | changes.Unwaive | changes.Renumber):
        told += _rewaived(after, waived)
    if schema_version(after) > after["schema_version"]:
        after["schema_version"] = schema_version(after)
        told.append(f"schema_version is {after['schema_version']} now.")
    return Changed(valid(after), told, decided)


def valid(record: Json) -> Json:
    """The record, if it keeps the schema. Raises TasrihError that says what does not."""
    try:
        Article.model_validate_json(orjson.dumps(record))
    except ValidationError as error:
        raise InvalidError(f"This would be no record: {flaw(error)}.") from error
    except orjson.JSONEncodeError as error:
        raise InvalidError(f"This would be no record: {error}.") from error
    return record


def _rewaived(record: Json, waived: list[tuple[Json, str]]) -> list[str]:
    """Points waivers to where their items are now; says which are gone with theirs."""
    if not waived:
        return []
    names = {item["id"] for kind in ("paragraphs", "quotes", "terms", "entities") for item in record[kind]}
    told: list[str] = []
    kept: list[Json] = []
    for waiver, at in waived:
        steps = at.split("/")
        if len(steps) > 2 and steps[1] in ("quotes", "terms", "entities") and steps[2] not in names:
            told.append(f"The waiver of {waiver['rule']} at {steps[2]} is gone with it.")
        else:
            kept.append(waiver | {"at": numbered(record, at)})
    record["waivers"] = kept
    return told


Applied = tuple[list[str], list[str]]


def _accept(record: Json, change: changes.Accept) -> Applied:
    known = {item.item: item for item in items(record)}
    for name in change.items:
        if name not in known:
            raise missing(name)
        item = known[name]
        if item.kind in ("cue", "speaker", "addressee"):
            continue
        if item.kind == "question":
            raise RefusedError("A question is answered with a reason, or by removing what it is about.")
        for drafted in [item.value, *(item.spans if item.kind == "entity" else [])]:
            drafted.pop("provenance", None)
    return [], list(change.items)


def _set_spans(record: Json, change: changes.SetSpans) -> Applied:
    spans = [span_at(record, place) for place in change.spans]
    name = change.item
    if name.startswith("q") and "." not in name:
        quote = item_of(record, "quotes", name)
        quote["spans"] = spans
        quote.pop("provenance", None)
        return [], [name]
    if len(spans) > 1:
        raise RefusedError(f"{name} stands on one stretch.")
    return [], [_set_span(record, name, spans[0])]


def _set_span(record: Json, name: str, span: Json) -> str:
    """Sets the one span of an item, and gives its name after that."""
    if "@" in name:
        entity, mention = mention_of(record, name)
        mention |= span
        mention.pop("provenance", None)
        sort_mentions(record, entity)
        return mention_name(entity["id"], mention)
    if name.startswith("t"):
        term = item_of(record, "terms", name)
        term["span"] = span
        term.pop("provenance", None)
        return name
    quote, _, part = name.partition(".")
    found = item_of(record, "quotes", quote).get(part) if part in PARTS else None
    if found is None:
        raise missing(name)
    if part == "cue":
        found |= span
    else:
        found["span"] = span
    return name


def _set_type(record: Json, change: changes.SetType) -> Applied:
    quote = item_of(record, "quotes", change.item)
    quote["type"] = change.type
    quote.pop("provenance", None)
    return [], [change.item]


def _set_cue(record: Json, change: changes.SetCue) -> Applied:
    item_of(record, "quotes", change.item)["cue"] = cue_at(record, change.cue)
    return [], [f"{change.item}.cue"]


def _set_speaker(record: Json, change: changes.SetSpeaker) -> Applied:
    item_of(record, "quotes", change.item)["speaker"] = person_of(record, change.speaker)
    return [], [f"{change.item}.speaker"]


def _set_addressee(record: Json, change: changes.SetAddressee) -> Applied:
    item_of(record, "quotes", change.item)["addressee"] = person_of(record, change.addressee)
    return [], [f"{change.item}.addressee"]


def _set_relations(record: Json, change: changes.SetRelations) -> Applied:
    quote = item_of(record, "quotes", change.item)
    for relation, other in (("parent", change.parent), ("continues", change.continues)):
        if other is not None:
            item_of(record, "quotes", other)
        if quote.get(relation) != other:
            quote[relation] = other
    return [], []


def _set_term(record: Json, change: changes.SetTerm) -> Applied:
    term = item_of(record, "terms", change.item)
    term["kind"] = change.kind
    if change.entity or term.get("entity"):
        term["entity"] = known_entity(record, change.entity)
    term.pop("provenance", None)
    return [], [change.item]


def _set_entity(record: Json, change: changes.SetEntity) -> Applied:
    entity = item_of(record, "entities", change.item)
    told = []
    identifiers = change.identifiers and change.identifiers.model_dump(exclude_none=True)
    if "identifiers" not in change.model_fields_set:
        identifiers = entity.get("identifiers")
        if identifiers and entity.get("link") != change.link:
            identifiers = None
            told.append(f"The identifiers of {change.item} are gone: they were those of its earlier link.")
    entity |= {"type": change.type, "name": change.name}
    for name, value in (("value", change.value), ("link", change.link), ("identifiers", identifiers)):
        _set_or_remove(entity, name, value)
    return told, [change.item]


def _set_or_remove(item: Json, name: str, value: Any) -> None:
    if value is None:
        item.pop(name, None)
    else:
        item[name] = value


def _set_mention(record: Json, change: changes.SetMention) -> Applied:
    entity, mention = mention_of(record, change.item)
    told: list[str] = []
    if entity["id"] != change.entity:
        other = item_of(record, "entities", change.entity)
        told, _ = remove_mention(record, change.item)
        other["mentions"].append(mention)
        sort_mentions(record, other)
    mention["form"] = change.form
    mention.pop("provenance", None)
    return told, [mention_name(change.entity, mention)]


def _merge(record: Json, change: changes.Merge) -> Applied:
    gone, into = item_of(record, "entities", change.item), item_of(record, "entities", change.into)
    if gone is into:
        raise RefusedError(f"{change.item} is one with itself already.")
    for _, person in participants(record):
        _repoint(person, gone["id"], into["id"])
    for term in record["terms"]:
        if term.get("entity") == gone["id"]:
            term["entity"] = into["id"]
    taken = {mention_name("", mention) for mention in into["mentions"]}
    into["mentions"] += [mention for mention in gone["mentions"] if mention_name("", mention) not in taken]
    sort_mentions(record, into)
    record["entities"] = [entity for entity in record["entities"] if entity is not gone]
    return [f"{gone['id']} is gone: what it was is {into['id']} now."], [change.into]


def _repoint(person: Json, gone: str, into: str) -> None:
    if person["entity"] == gone:
        person["entity"] = into
    if person.get("others"):
        others = dict.fromkeys(into if other == gone else other for other in person["others"])
        person["others"] = [other for other in others if other != person["entity"]]


def _set_role(record: Json, change: changes.SetRole) -> Applied:
    paragraph = item_of(record, "paragraphs", change.item)
    paragraph["role"] = change.role
    if "repeats" in change.model_fields_set:
        _set_or_remove(paragraph, "repeats", change.repeats)
    return [], []


def _add_quote(record: Json, change: changes.AddQuote) -> Applied:
    name = new_id(record, "quotes")
    quote: Json = {
        "id": name,
        "type": change.type,
        "spans": [span_at(record, place) for place in change.spans],
        "cue": cue_at(record, change.cue),
        "speaker": person_of(record, change.speaker),
    }
    if change.addressee:
        quote["addressee"] = person_of(record, change.addressee)
    record["quotes"].append(quote)
    return [], [name]


def _add_term(record: Json, change: changes.AddTerm) -> Applied:
    name = new_id(record, "terms")
    term: Json = {"id": name, "kind": change.kind, "span": span_at(record, change.span)}
    if change.entity:
        term["entity"] = known_entity(record, change.entity)
    record["terms"].append(term)
    return [], [name]


def _add_entity(record: Json, change: changes.AddEntity) -> Applied:
    name = new_id(record, "entities")
    facts = {"id": name, "type": change.type, "name": change.name, "value": change.value, "link": change.link}
    entity: Json = {key: fact for key, fact in facts.items() if fact is not None}
    entity["mentions"] = [span_at(record, place) | {"form": place.form} for place in change.mentions]
    sort_mentions(record, entity)
    record["entities"].append(entity)
    return [], [name]


def _add_mention(record: Json, change: changes.AddMention) -> Applied:
    entity = item_of(record, "entities", change.item)
    mention = span_at(record, change.mention) | {"form": change.mention.form}
    name = mention_name(change.item, mention)
    if any(mention_name(change.item, other) == name for other in entity["mentions"]):
        raise RefusedError(f"{change.item} has that mention already.")
    entity["mentions"].append(mention)
    sort_mentions(record, entity)
    return [], [name]


def _waive(record: Json, change: changes.Waive) -> Applied:
    waivers = record.get("waivers", [])
    same = [number for number, one in enumerate(waivers) if (one["rule"], one["at"]) == (change.rule, change.at)]
    kept = [one for number, one in enumerate(waivers) if number not in same]
    kept.insert(same[0] if same else len(kept), {"rule": change.rule, "at": change.at, "reason": change.reason})
    record["waivers"] = kept
    return [], []


def _unwaive(record: Json, change: changes.Unwaive) -> Applied:
    waivers = record.get("waivers", [])
    kept = [one for one in waivers if (one["rule"], one["at"]) != (change.rule, change.at)]
    if len(kept) == len(waivers):
        raise RefusedError(f"No waiver of {change.rule} at {change.at}.")
    record["waivers"] = kept
    return [], []


def _renumber(record: Json, _: changes.Renumber) -> Applied:
    waived = [(waiver, named(record, waiver["at"])) for waiver in record.get("waivers", ())]
    for kind in ("quotes", "terms"):
        record[kind] = in_reading_order(record, kind)
    _rewaived(record, waived)
    renumber(record)
    return [], []


_APPLIED: dict[type[BaseModel], Callable[[Json, Any], Applied]] = {
    changes.Accept: _accept,
    changes.Remove: remove,
    changes.SetSpans: _set_spans,
    changes.SetType: _set_type,
    changes.SetCue: _set_cue,
    changes.SetSpeaker: _set_speaker,
    changes.SetAddressee: _set_addressee,
    changes.SetRelations: _set_relations,
    changes.SetTerm: _set_term,
    changes.SetEntity: _set_entity,
    changes.SetMention: _set_mention,
    changes.Merge: _merge,
    changes.SetRole: _set_role,
    changes.AddQuote: _add_quote,
    changes.AddTerm: _add_term,
    changes.AddEntity: _add_entity,
    changes.AddMention: _add_mention,
    changes.Waive: _waive,
    changes.Unwaive: _unwaive,
    changes.Renumber: _renumber,
}
