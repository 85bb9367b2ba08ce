"""The last look at a draft's entities: each stretch one mention, none crossing, and speakers who are mentioned."""

from bisect import bisect_left
from operator import itemgetter
from typing import Any

from tasrih.guidelines import SPEAKERS

Json = dict[str, Any]
Place = tuple[str, int, int]
_TITLE = "OCC"


def settle(entities: list[Json], quotes: list[Json], terms: list[Json]) -> list[Json]:
    """The entities that keep a mention, each called by one of them; who and what cannot point to one points to none."""
    _untangle(entities, quotes)
    present = _united([entity for entity in entities if entity["mentions"]], quotes, terms)
    by_id = {entity["id"]: entity for entity in present}
    inside = _by_paragraph(present)
    for quote in quotes:
        if quote["speaker"] and not _fits(quote["speaker"], by_id, inside):
            quote["speaker"] = None
    places = {(entity["id"], *_place(mention)) for entity in present for mention in entity["mentions"]}
    for term in terms:
        known = "entity" not in term or (term["entity"], *_place(term["span"])) in places
        if not known and not _meets(by_id.get(term["entity"]), term["span"]):
            del term["entity"]
    return present


def _united(entities: list[Json], quotes: list[Json], terms: list[Json]) -> list[Json]:
    """Entities by their names in the text, those of one type that have the same put together."""
    first: dict[tuple[str, str], Json] = {}
    others: dict[str, str] = {}
    for entity in entities:
        entity["name"] = _name(entity)
        key = (entity["type"], entity["value" if entity["type"] == "DATE" else "name"])
        same = first.setdefault(key, entity)
        if same is not entity:
            same["mentions"] = sorted([*same["mentions"], *entity["mentions"]], key=_order)
            others[entity["id"]] = same["id"]
    for item in (*(quote["speaker"] for quote in quotes if quote["speaker"]), *terms):
        if item.get("entity") in others:
            item["entity"] = others[item["entity"]]
    return list(first.values())


def _untangle(entities: list[Json], quotes: list[Json]) -> None:
    """Takes away the mentions that say the same again or cross another; of two the one that a speaker needs stays."""
    needed = {_place(quote["speaker"]["span"]) for quote in quotes if quote["speaker"] and quote["speaker"]["span"]}
    every = [(entity, mention) for entity in entities for mention in entity["mentions"]]
    every.sort(key=lambda pair: (*_order(pair[1]), pair[0]["type"] == _TITLE, pair[1]["form"] != "named"))
    dropped: set[int] = set()
    opened: list[tuple[Json, Json]] = []
    for entity, mention in every:
        while opened and _is_past(opened[-1][1], mention):
            opened.pop()
        crossed = [other for other in opened if _crosses(other[1], mention)]
        twins = [other for other, known in opened if _place(known) == _place(mention)]
        if crossed and _place(mention) in needed and not any(_place(other) in needed for _, other in crossed):
            dropped |= {id(other) for _, other in crossed}
            opened = [other for other in opened if id(other[1]) not in dropped]
        elif crossed or not _may_join(entity, twins):
            dropped.add(id(mention))
            continue
        opened.append((entity, mention))
    for entity in entities:
        entity["mentions"] = [mention for mention in entity["mentions"] if id(mention) not in dropped]


def _order(span: Json) -> tuple[int, int, int]:
    return int(span["paragraph"][1:]), span["start"], -span["end"]


def _place(span: Json) -> Place:
    return span["paragraph"], span["start"], span["end"]


def _is_past(earlier: Json, mention: Json) -> bool:
    return bool(earlier["paragraph"] != mention["paragraph"] or earlier["end"] <= mention["start"])


def _crosses(earlier: Json, mention: Json) -> bool:
    return bool(
        earlier["paragraph"] == mention["paragraph"]
        and earlier["start"] < mention["start"] < earlier["end"] < mention["end"]
    )


def _may_join(entity: Json, twins: list[Json]) -> bool:
    """Whether a stretch that mentions others may mention an entity too: a title, and the person it stands for."""
    titles = [other["type"] for other in (*twins, entity)].count(_TITLE)
    return not twins or (len(twins) == 1 and titles == 1)


def _by_paragraph(entities: list[Json]) -> dict[str, list[tuple[int, Json, Json]]]:
    """The mentions of each paragraph, as start, entity and mention, in reading order."""
    found: dict[str, list[tuple[int, Json, Json]]] = {}
    for entity in entities:
        for mention in entity["mentions"]:
            found.setdefault(mention["paragraph"], []).append((mention["start"], entity, mention))
    for mentions in found.values():
        mentions.sort(key=itemgetter(0))
    return found


def _fits(speaker: Json, by_id: dict[str, Json], inside: dict[str, list[tuple[int, Json, Json]]]) -> bool:
    """Whether a speaker is an entity that its phrase mentions; points to one that it does mention, if any."""
    span, entity = speaker["span"], by_id.get(speaker["entity"])
    if span is None:
        return entity is not None
    near = inside.get(span["paragraph"], [])
    first, last = (bisect_left(near, span[edge], key=itemgetter(0)) for edge in ("start", "end"))
    held = [(other, mention) for _, other, mention in near[first:last] if mention["end"] <= span["end"]]
    own = [pair for pair in held if pair[0] is entity]
    others = [pair for pair in held if pair[0]["type"] in SPEAKERS]
    if not own and others:
        longest = max(others, key=lambda pair: (pair[1]["end"] - pair[1]["start"], -pair[1]["start"]))
        own = [pair for pair in others if pair[0] is longest[0]]
        speaker["entity"] = longest[0]["id"]
    named = any(mention["form"] == "named" for _, mention in own)
    if speaker["form"] in ("named", "nominal"):
        speaker["form"] = "named" if named else "nominal"
    return bool(own)


def _meets(entity: Json | None, span: Json) -> bool:
    """Whether a mention of the entity shares characters with a span."""
    return entity is not None and any(
        mention["paragraph"] == span["paragraph"] and mention["start"] < span["end"] and span["start"] < mention["end"]
        for mention in entity["mentions"]
    )


def _name(entity: Json) -> str:
    """The fullest form that the article has (guidelines 7.8)."""
    named = [str(mention["text"]) for mention in entity["mentions"] if mention["form"] == "named"]
    return max(named or [str(mention["text"]) for mention in entity["mentions"]], key=len)
