"""A record as what can change in it, each by a name that does not move: what a decision changed, and how to undo it."""

from typing import Any

from tasrih.errors import RefusedError
from tasrih.record import Json
from tasrih.validation.findings import path_of, pointer

LISTS = ("paragraphs", "quotes", "terms", "entities")
Outline = dict[str, Any]
"""Values by names: `schema_version`, `metadata`, `quotes/q1`, `waivers/Q101 /quotes/q1`; `waivers`, where they are."""


def outline(record: Json) -> Outline:
    """What can change in a record, by name. Raises TasrihError when two things have one name."""
    found: Outline = {key: value for key, value in record.items() if key not in (*LISTS, "waivers")}
    for kind in LISTS:
        for item in record[kind]:
            _put(found, f"{kind}/{item['id']}", item)
    if "waivers" in record:
        found["waivers"] = []
    for waiver in record.get("waivers", ()):
        at = named(record, waiver["at"])
        name = f"waivers/{waiver['rule']} {at}"
        while name in found:  # one of a place that is waived twice is no more than a warning
            name += "+"
        found[name] = waiver | {"at": at}
    return found


def record_of(found: Outline, order: dict[str, list[str]], places: dict[str, int]) -> Json:
    """The record that an outline is of; quotes and terms stand in reading order.

    `order` has the names of each list as they were before; what is new in an outline comes behind, or where `places`
    says that it was.
    """
    record: Json = {key: value for key, value in found.items() if "/" not in key}
    for kind in LISTS:
        record[kind] = [found[name] for name in _names(found, kind, order[kind], places)]
    for kind in ("quotes", "terms"):
        record[kind] = in_reading_order(record, kind)
    waivers = _names(found, "waivers", order.get("waivers", []), places)
    if waivers or "waivers" in found:
        record["waivers"] = [found[name] | {"at": numbered(record, found[name]["at"])} for name in waivers]
    return record


def _names(found: Outline, kind: str, order: list[str], places: dict[str, int]) -> list[str]:
    names = [name for name in order if name in found]
    new = [name for name in found if name.startswith(f"{kind}/") and name not in names]
    for name in sorted(new, key=lambda name: places.get(name, len(found))):
        names.insert(places.get(name, len(names)), name)
    return names


def order_of(record: Json) -> dict[str, list[str]]:
    """The names of what a record lists, in its order."""
    order: dict[str, list[str]] = {kind: [] for kind in (*LISTS, "waivers") if kind in record}
    for name in outline(record):
        if "/" in name:
            order[name.partition("/")[0]].append(name)
    return order


def differences(before: Json, after: Json) -> list[Json]:
    """What a decision changed: the name of each thing, from what, to what (None: not there), and its place before."""
    one, other, order = outline(before), outline(after), order_of(before)
    changed = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return [{"at": name, "from": one.get(name), "to": other.get(name)} | _placed(name, order) for name in changed]


def _placed(name: str, order: dict[str, list[str]]) -> dict[str, int]:
    names = order.get(name.partition("/")[0], [])
    return {"place": names.index(name)} if name in names else {}


def undone(record: Json, changes: list[Json]) -> Json:
    """A record without what a decision changed. Raises TasrihError when something else has changed there since."""
    found = outline(record)
    for change in changes:
        name = change["at"]
        if found.get(name) != change["to"]:
            raise RefusedError(f"{name} has changed since. Undo the later decision first, or decide it anew.")
        if change["from"] is None:
            del found[name]
        else:
            found[name] = change["from"]
    places = {change["at"]: change["place"] for change in changes if "place" in change}
    try:
        return record_of(found, order_of(record), places)
    except (AttributeError, IndexError, KeyError, TypeError) as error:
        raise RefusedError("What the log says was there before is in no record. Decide it anew.") from error


def in_reading_order(record: Json, kind: str) -> list[Json]:
    """Quotes or terms sorted by their first character, of two that start together the longer first."""
    numbers = {paragraph["id"]: number for number, paragraph in enumerate(record["paragraphs"])}

    def rank(item: Json) -> tuple[int, int, int]:
        span = item["spans"][0] if kind == "quotes" else item["span"]
        return numbers.get(span["paragraph"], len(numbers)), span["start"], -span["end"]

    return sorted(record[kind], key=rank)


def named(record: Json, at: str) -> str:
    """A JSON Pointer in which ids stand for numbers in lists, and places in the text for those of mentions."""
    steps = list(path_of(at))
    if len(steps) > 1 and steps[0] in LISTS and _is_number(steps[1], record[str(steps[0])]):
        item = record[str(steps[0])][steps[1]]
        steps[1] = item["id"]
        if len(steps) > 3 and steps[2] == "mentions" and _is_number(steps[3], item["mentions"]):
            steps[3] = _place(item["mentions"][steps[3]])
    return pointer(tuple(steps))


def numbered(record: Json, at: str) -> str:
    """The JSON Pointer that such a name is; what is not there any more stays as it is."""
    steps = list(path_of(at))
    if len(steps) > 1 and steps[0] in LISTS:
        ids = [item["id"] for item in record[str(steps[0])]]
        if steps[1] in ids:
            number = ids.index(str(steps[1]))
            mentions = [_place(mention) for mention in record[str(steps[0])][number].get("mentions", ())]
            steps[1] = number
            if len(steps) > 3 and steps[3] in mentions:
                steps[3] = mentions.index(str(steps[3]))
    return pointer(tuple(steps))


def _place(span: Json) -> str:
    return f"{span['paragraph']}.{span['start']}.{span['end']}"


def _is_number(step: object, within: list[Json]) -> bool:
    return isinstance(step, int) and step < len(within)


def _put(found: Outline, name: str, value: Any) -> None:
    if name in found:
        raise RefusedError(f"{name} is there twice. Mend the file by hand: `tasrih validate` says where.")
    found[name] = value
