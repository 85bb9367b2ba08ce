"""What becomes of a record when some of its spans are not found any more: the rest, whole in itself."""

from collections.abc import Sequence
from typing import Any

from tasrih.record import Json
from tasrih.standoff.places import Edges

Places = dict[str, tuple[str, str, Edges]]
"""By the ids of paragraphs that are found: the id of the paragraph that they are in now, its text, and their spans."""

_KINDS = ("paragraphs", "quotes", "terms", "entities")
_DIGITS = 10  # of a number in a pointer; Python reads no more than some thousands
_IDS = frozenset(["id", "paragraph", "entity", "parent", "continues", "repeats"])


def kept(record: Json, places: Places) -> tuple[Json, list[str]]:
    """A full record of what is found, and what is lost, by the ids that it had.

    Ids are counted anew where something is gone; pointers of waivers follow.
    """
    lost: list[str] = []
    full = record | {
        "metadata": record["metadata"] | ({"source": dict(source)} if (source := record["metadata"]["source"]) else {}),
        "paragraphs": _paragraphs(record, places, lost),
        "entities": _entities(record, places, lost),
    }
    full["quotes"] = _quotes(record, places, {entity["id"] for entity in full["entities"]}, lost)
    full["terms"] = _terms(record, places, {entity["id"] for entity in full["entities"]}, lost)
    if "waivers" in record:
        full["waivers"] = _waivers(record, full, places, lost)
    return _renumbered(record, full), lost


def _placed(span: Json, places: Places) -> Json | None:
    """A span where it is now, with its text."""
    if span["paragraph"] not in places:
        return None
    paragraph, text, edges = places[span["paragraph"]]
    found = edges(span["start"], span["end"])
    if found is None or not found[0] < found[1] <= len(text):
        return None
    start, end = found
    return {"paragraph": paragraph, "start": start, "end": end, "text": text[start:end]} | {
        key: value for key, value in span.items() if key not in ("paragraph", "start", "end")
    }


def _paragraphs(record: Json, places: Places, lost: list[str]) -> list[Json]:
    paragraphs = []
    for paragraph in record["paragraphs"]:
        now, text, _ = places.get(paragraph["id"], (None, "", None))
        if now == paragraph["id"]:
            rest = {key: value for key, value in paragraph.items() if key not in ("length", "sha256", "words")}
            again = {"repeats": places[first][0] if first in places else None} if (first := rest.get("repeats")) else {}
            paragraphs.append(rest | again | {"text": text})
        elif now is None:
            lost.append(paragraph["id"])
    return paragraphs


def _entities(record: Json, places: Places, lost: list[str]) -> list[Json]:
    entities = []
    for entity in record["entities"]:
        mentions = []
        for mention in entity["mentions"]:
            placed = _placed(mention, places)
            if placed:
                mentions.append(placed)
            else:
                lost.append(f"a mention of {entity['id']} in {mention['paragraph']}")
        if mentions:
            entities.append(entity | {"mentions": mentions})
        else:
            lost.append(entity["id"])
    return entities


def _quotes(record: Json, places: Places, entities: set[str], lost: list[str]) -> list[Json]:
    quotes = []
    for quote in record["quotes"]:
        spans = [placed for span in quote["spans"] if (placed := _placed(span, places))]
        if not spans:
            lost.append(quote["id"])
            continue
        lost += [f"a part of {quote['id']}"] * (len(quote["spans"]) - len(spans))
        cue = _cue(quote, places, lost)
        people = {
            role: _participant(quote[role], f"{role} of {quote['id']}", places, entities, lost)
            for role in ("speaker", "addressee")
            if quote.get(role)
        }
        quotes.append(quote | {"spans": spans, "cue": cue} | people)
    ids = {quote["id"] for quote in quotes}
    for quote in quotes:
        quote.update({link: None for link in ("parent", "continues") if link in quote and quote[link] not in ids})
    return quotes


def _cue(quote: Json, places: Places, lost: list[str]) -> Json | None:
    cue = quote["cue"] and _placed(quote["cue"], places)
    if quote["cue"] and not cue:
        lost.append(f"the cue of {quote['id']}")
    return cue or None


def _participant(person: Json, name: str, places: Places, entities: set[str], lost: list[str]) -> Json | None:
    """Who speaks or is spoken to: elided when the phrase is gone, nobody when the entity is."""
    if person["entity"] not in entities:
        lost.append(f"the {name}")
        return None
    if gone := [other for other in person.get("others", []) if other not in entities]:
        lost += [f"another {name}"] * len(gone)
        person = person | {"others": [other for other in person["others"] if other in entities]}
    span = person.get("span") and _placed(person["span"], places)
    if person.get("span") and not span:
        lost.append(f"the phrase for the {name}")
        return person | {"form": "elided", "span": None}
    return person | {"span": span}


def _terms(record: Json, places: Places, entities: set[str], lost: list[str]) -> list[Json]:
    terms = []
    for term in record["terms"]:
        span = _placed(term["span"], places)
        if span:
            entity = {"entity": None} if term.get("entity") and term["entity"] not in entities else {}
            terms.append(term | {"span": span} | entity)
        else:
            lost.append(term["id"])
    return terms


def _waivers(record: Json, full: Json, places: Places, lost: list[str]) -> list[Json]:
    """Waivers at where their places are now; one whose place is gone has nothing left to waive."""
    waivers = []
    for waiver in record["waivers"]:
        steps = _steps_now(waiver["at"].split("/")[1:], record, full, places)
        if steps is None or (_value(record, waiver["at"].split("/")[1:]) is not None and _value(full, steps) is None):
            lost.append(f"the waiver of {waiver['rule']} at {waiver['at']}")
        else:
            waivers.append(waiver | {"at": "".join(f"/{step}" for step in steps)})
    return waivers


def _steps_now(steps: Sequence[str], record: Json, full: Json, places: Places) -> Sequence[str] | None:
    """Where a place of the record is in the full one; None when it is gone. What leads nowhere is left as it is."""
    if len(steps) < 2 or steps[0] not in _KINDS or (item := _value(record, steps[:2])) is None:
        return steps
    ids = [one["id"] for one in full[steps[0]]]
    here = places[item["id"]][0] if steps[0] == "paragraphs" and item["id"] in places else item["id"]
    if here not in ids:
        return None
    now = [steps[0], str(ids.index(here)), *steps[2:]]
    if steps[2:3] in (["spans"], ["mentions"]) and (span := _value(record, steps[:4])) and len(steps) > 3:
        spans = item[steps[2]][: int(steps[3])]
        now[3] = str(sum(_placed(before, places) is not None for before in spans))
        return now if _placed(span, places) else None
    return now


def _value(record: Json, steps: Sequence[str]) -> Any:
    """What is at a place of a record; None when there is no such place."""
    value: Any = record
    for step in steps:
        if isinstance(value, list):
            is_number = step.isdecimal() and len(step) < _DIGITS
            value = value[int(step)] if is_number and int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value


def _renumbered(record: Json, full: Json) -> Json:
    """The record with ids that count from 1 again where something is gone of a kind that did."""
    ids: dict[str, str] = {}
    for kind in _KINDS:
        given, left = ([item["id"] for item in whole[kind]] for whole in (record, full))
        if given == _counted(kind, len(given)):
            ids |= dict(zip(left, _counted(kind, len(left)), strict=True))
    return {key: _with_ids(value, ids) if key in _KINDS else value for key, value in full.items()}


def _counted(kind: str, size: int) -> list[str]:
    return [f"{kind[0]}{number}" for number in range(1, size + 1)]


def _with_ids(value: Any, ids: dict[str, str]) -> Any:
    """A part of a record with other ids."""
    if isinstance(value, list):  # one of strings holds ids: `others`
        return [ids.get(item, item) if isinstance(item, str) else _with_ids(item, ids) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: ids.get(item, item) if key in _IDS and isinstance(item, str) else _with_ids(item, ids)
        for key, item in value.items()
    }
