"""Ids that count from 1 in the order of the lists, and all that points to them."""

from collections.abc import Iterator

from tasrih.record import Json

_NUMBERED = ("quotes", "terms", "entities")


def participants(record: Json) -> Iterator[tuple[str, Json]]:
    """Who speaks or is spoken to, with words for where: "speaker of q1"."""
    for quote in record["quotes"]:
        for role in ("speaker", "addressee"):
            if quote.get(role):
                yield f"{role} of {quote['id']}", quote[role]


def renumber(record: Json) -> None:
    """Numbers quotes, terms and entities as they are listed, in place. Ids that nothing has stay as they are."""
    new = {item["id"]: f"{kind[0]}{number}" for kind in _NUMBERED for number, item in enumerate(record[kind], 1)}
    for _, person in participants(record):
        _repoint(person, ("entity",), new)
        if person.get("others"):
            person["others"] = [new.get(other, other) for other in person["others"]]
    for quote in record["quotes"]:
        _repoint(quote, ("id", "parent", "continues"), new)
    for term in record["terms"]:
        _repoint(term, ("id", "entity"), new)
    for entity in record["entities"]:
        _repoint(entity, ("id",), new)


def _repoint(item: Json, fields: tuple[str, ...], new: dict[str, str]) -> None:
    for field in fields:
        if item.get(field) in new:
            item[field] = new[item[field]]
