"""What a removal does: what pointed to the item points to what comes next, or keeps it from being removed."""

from tasrih.errors import RefusedError
from tasrih.record import Json
from tasrih.review import changes
from tasrih.review.items import PARTS
from tasrih.review.numbering import participants
from tasrih.review.parts import item_of, mention_of, missing


def remove(record: Json, change: changes.Remove) -> tuple[list[str], list[str]]:
    """Removes an item, or a part of a quote; what was told and decided."""
    name, _, part = change.item.partition(".") if "@" not in change.item else (change.item, "", "")
    if "@" in name:
        return remove_mention(record, name)
    if part:
        quote = item_of(record, "quotes", name)
        if part not in PARTS:
            raise missing(change.item)
        quote[part] = None
        return [], [change.item]
    kind = {"q": "quotes", "t": "terms", "e": "entities"}.get(name[:1], "")
    found = item_of(record, kind, name)
    told = {"quotes": _release_quote, "terms": _nothing, "entities": _release_entity}[kind](record, found)
    record[kind] = [item for item in record[kind] if item is not found]
    return told, [name]


def _nothing(_record: Json, _item: Json) -> list[str]:
    return []


def _release_quote(record: Json, gone: Json) -> list[str]:
    """Lets what points to a quote point to what that points to itself."""
    told = []
    for quote in record["quotes"]:
        for relation in ("parent", "continues"):
            if quote.get(relation) == gone["id"]:
                quote[relation] = gone.get(relation)
                told.append(f"{relation} of {quote['id']} is {quote[relation] or 'none'} now.")
    return told


def _release_entity(record: Json, gone: Json) -> list[str]:
    name = gone["id"]
    speaking = [own for own, person in participants(record) if name in (person["entity"], *person.get("others", ()))]
    if speaking:
        raise RefusedError(f"{name} is {', '.join(speaking)}. Change that first, or make {name} one with another.")
    told = []
    for term in record["terms"]:
        if term.get("entity") == name:
            term["entity"] = None
            told.append(f"{term['id']} names nobody now.")
    return told


def remove_mention(record: Json, name: str) -> tuple[list[str], list[str]]:
    """Removes a mention, and the entity with its only one."""
    entity, mention = mention_of(record, name)
    told = []
    if len(entity["mentions"]) == 1:
        told = _release_entity(record, entity)
        record["entities"] = [other for other in record["entities"] if other is not entity]
        told.append(f"{entity['id']} is gone with its only mention.")
    entity["mentions"] = [other for other in entity["mentions"] if other is not mention]
    return told, [name]
