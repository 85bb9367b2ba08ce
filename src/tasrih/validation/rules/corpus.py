"""C: what only several records together can show, and the register of entities."""

from collections.abc import Iterator
from itertools import pairwise

from tasrih.record import Json
from tasrih.validation.findings import Problem, shown
from tasrih.validation.index import again
from tasrih.validation.registry import PAIR, REGISTER, Problems

Entries = list[Json]


@PAIR.rule("C101")
def id_taken(article_id: str, place: str) -> Problem:
    """Two records have the same id.

    An id is unique in the corpus. Give one of them another, and its file another name.
    """
    return Problem(("id",), f"{article_id} is in {place} already")


@PAIR.rule("C102", "warning")
def near_duplicate(place: str, shared: float) -> Problem:
    """Two articles are nearly the same.

    They share most of their word trigrams (the overlap is the Jaccard index). Keep one of them; when both belong in
    the corpus, give them the same `metadata.story`, so that they stay in one split, and waive this.
    """
    return Problem((), f"{shared:.0%} overlap with {place}")


@REGISTER.rule("C103")
def entry_twice(entries: Entries) -> Problems:
    """Two entries of entities.json have the same id.

    An id stands for one entity. Put the entries together, or give one of them another id.
    """
    for number, twice in again(entry["id"] for entry in entries):
        yield Problem(("entities", number, "id"), twice)


@REGISTER.rule("C104", "warning")
def entries_out_of_order(entries: Entries) -> Problems:
    """The entries of entities.json are not sorted by id.

    Sorted, two people who add entries seldom change the same line.
    """
    for number, (before, after) in enumerate(pairwise(entries), 1):
        if before["id"] > after["id"]:
            yield Problem(("entities", number, "id"), f"{after['id']} comes before {before['id']}")


@REGISTER.rule("C105")
def identifier_twice(entries: Entries) -> Problems:
    """Two entries of entities.json have the same identifier.

    An identifier of Wikidata or another register stands for one entity: one of the two is wrong, or they are one.
    """
    seen: dict[tuple[str, str], str] = {}
    for number, entry in enumerate(entries):
        for register, value in _identifiers(entry):
            if (register, value) in seen:
                at = ("entities", number, "identifiers", register)
                yield Problem(at, f"{value} is that of {seen[register, value]}")
            seen.setdefault((register, value), entry["id"])


@REGISTER.rule("C106")
def not_verified(entries: Entries) -> Problems:
    """An identifier in entities.json does not say where it was verified.

    `verified_in` names the source. An identifier that nobody verified is left out.
    """
    for number, entry in enumerate(entries):
        if list(_identifiers(entry)) and not entry.get("verified_in"):
            yield Problem(("entities", number), entry["id"])


@REGISTER.rule("C107", "warning")
def name_twice(entries: Entries) -> Problems:
    """Two entries of entities.json have the same type and name.

    Mostly they are one entity: put them together. When they are two, give each a name that only it has.
    """
    seen: dict[tuple[str, str], str] = {}
    for number, entry in enumerate(entries):
        for place, name in enumerate(entry["names"]["arabic"]):
            other = seen.setdefault((entry["type"], name), entry["id"])
            if other != entry["id"]:
                yield Problem(("entities", number, "names", "arabic", place), f"{shown(name)} is {other}")


def _identifiers(entry: Json) -> Iterator[tuple[str, str]]:
    return ((register, value) for register, value in (entry.get("identifiers") or {}).items() if value)
