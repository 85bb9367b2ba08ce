"""Entities: listed in the header, declared by a mention, or told by their words."""

from dataclasses import dataclass, field
from math import isfinite

from tasrih.interchange.tei.inline import MENTIONS, Mark
from tasrih.interchange.tei.linking import in_order
from tasrih.interchange.tei.markup import Complain, Element, completed
from tasrih.interchange.tei.profile import IDENTIFIERS
from tasrih.record import Json

Texts = list[str]

PLACES = ("GPE", "LOC", "FAC")
NAMES = ("NORP", "EVENT", "LAW")
TYPES = {"persName": "PERS", "orgName": "ORG", "date": "DATE"}


@dataclass(eq=False)
class Declared:
    """An entity with its mentions; `element` declares it, in the header or as a mention."""

    element: Element
    type: str
    marks: list[Mark] = field(default_factory=list)


def groups(header: Element, marks: list[Mark], texts: Texts, complain: Complain) -> list[Declared]:
    """The entities as they are numbered: those of the header, then the others by their first mention."""
    given = [child for child in header.elements if child.tag == "entity"]
    listed = {name: Declared(child, child.get("type") or "") for child in given if (name := child.get("xml:id"))}
    found = dict(listed)
    bare: dict[tuple[str, str], Declared] = {}
    mentions = sorted((mark for mark in marks if mark.tag in MENTIONS), key=lambda mark: mark.order)
    found |= {name: Declared(mark.element, _type(mark)) for mark in mentions if (name := mark.get("xml:id"))}
    for mark in mentions:
        if name := mark.get("xml:id") or mark.get("ref"):
            _join(found.get(name), mark, complain)
    for mark in mentions:
        if not (mark.get("xml:id") or mark.get("ref")):
            _join(_called(mark, found, bare, texts, complain), mark, complain)
    for name, group in listed.items():
        if not group.marks:
            complain(group.element, f'no mention has ref="{name}". Take the entity out, or mark where it is mentioned.')
    others = [group for name, group in found.items() if name not in listed] + list(bare.values())
    return [*listed.values(), *sorted(others, key=lambda group: group.marks[0].order)]


def _type(mark: Mark) -> str:
    """The type that a mention gives the entity that it declares."""
    return TYPES.get(mark.tag) or mark.get("type") or ("GPE" if mark.tag == "placeName" else "")


def _types(mark: Mark) -> tuple[str, ...]:
    """The types that the entity of a mention may have; none for any."""
    said = TYPES.get(mark.tag) or mark.get("type")
    return (said,) if said else PLACES if mark.tag == "placeName" else ()


def _join(group: Declared | None, mark: Mark, complain: Complain) -> None:
    types = _types(mark)
    if group is None:
        unknown = f'the entity "{mark.get("ref")}" is not known. List it in the header, or declare it at a mention with'
        complain(mark.element, f'{unknown} xml:id="{mark.get("ref")}".')
    elif types and group.type not in types:
        complain(mark.element, f"<{mark.tag}> mentions an entity of type {' or '.join(types)}; this is {group.type}.")
    else:
        group.marks.append(mark)


def _called(
    mark: Mark, found: dict[str, Declared], bare: dict[tuple[str, str], Declared], texts: Texts, complain: Complain
) -> Declared:
    """The entity of a mention that does not name it: of its type, and called by the same words or the same date."""
    kind, key = _type(mark), mark.get("when") or words(mark, texts)
    if not kind:
        complain(mark.element, f'<{mark.tag}> needs ref (an entity) or type, such as type="EVENT".')
    alike = [group for group in found.values() if group.type == kind and key in _keys(group, texts)]
    if len(alike) > 1:
        complain(mark.element, "more than one entity is called so. Say which with ref.")
    return alike[0] if alike else bare.setdefault((kind, key), Declared(mark.element, kind))


def _keys(group: Declared, texts: Texts) -> set[str | None]:
    if group.type == "DATE":
        return {_value(group)}
    return {group.element.get("name"), *(words(mark, texts) for mark in group.marks)}


def _value(group: Declared) -> str | None:
    said = [group.element.get("value"), *(mark.get("when") for mark in group.marks)]
    return next((value for value in said if value), None)


def words(mark: Mark, texts: Texts) -> str:
    """What is marked."""
    return texts[mark.paragraph][mark.start : mark.end]


def span(mark: Mark, texts: Texts) -> Json:
    """What is marked, as a span of the record."""
    return {"paragraph": f"p{mark.paragraph + 1}", "start": mark.start, "end": mark.end, "text": words(mark, texts)}


def entity(group: Declared, number: int, texts: Texts, complain: Complain) -> Json:
    """The record of an entity."""
    mentions = [mention(mark, texts, complain) for mark in in_order(group.marks)]
    listed = group.element if group.element.tag == "entity" else Element("entity")
    identifiers = {name: value for name in IDENTIFIERS if (value := listed.get(name))}
    value = _value(group) if group.type == "DATE" else listed.get("value")
    if group.type == "DATE" and {mark.get("when") for mark in group.marks} - {value, None}:
        complain(group.element, "its mentions have different dates in `when`.")
    made = {
        "id": f"e{number}",
        "type": group.type,
        "name": listed.get("name") or _longest(mentions),
        **({"value": value} if value else {}),
        **({"link": listed.get("link")} if listed.get("link") else {}),
        **({"identifiers": identifiers} if identifiers else {}),
        "mentions": mentions,
    }
    return completed(listed, made, complain)


def _longest(mentions: list[Json]) -> str:
    named = [mention["text"] for mention in mentions if mention["form"] == "named"]
    return max(named or [mention["text"] for mention in mentions], key=len, default="")


def mention(mark: Mark, texts: Texts, complain: Complain) -> Json:
    """The record of a mention."""
    made = span(mark, texts) | {"form": mark.get("form") or form(mark)} | provenance(mark.element)
    return completed(mark.element, made, complain)


def form(mark: Mark) -> str:
    """The form of a mention that does not say it."""
    return "nominal" if mark.tag == "rs" and mark.get("type") not in NAMES else "named"


def provenance(element: Element) -> Json:
    """The drafting rule that an item names, with its confidence."""
    if not element.get("rule"):
        return {}
    return {"provenance": {"rule": element.get("rule"), "confidence": _number(element.get("confidence"))}}


def _number(text: str | None) -> float | str | None:
    try:
        number = float(text or "")
    except ValueError:
        return text
    return number if isfinite(number) else text
