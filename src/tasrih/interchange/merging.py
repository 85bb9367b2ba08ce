"""A record that comes back from another format, put into the record of the corpus that it was made of.

Items are matched by their ids, spans by their places. What the format cannot say is kept from the corpus; what it says
alike is left as it stands, so that a diff shows what was changed and nothing else.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

import orjson

from tasrih.arguments import shown
from tasrih.errors import InvalidError
from tasrih.formatting import valid
from tasrih.interchange.inputs import Source
from tasrih.interchange.losses import Keys, Loss, said
from tasrih.reading import Document, documents
from tasrih.record import Json, schema_version
from tasrih.standoff.models import is_standoff, model_of, withheld

MARKED = ("quotes", "terms", "entities")
_ITEMS = ("paragraphs", *MARKED)
_LINKS = {
    "entity": "entities",
    "others": "entities",
    "parent": "quotes",
    "continues": "quotes",
    "repeats": "paragraphs",
}
"""The fields that hold ids, and of what."""


class Base:
    """The records of a corpus by their ids: they are looked through once, and read when something comes back."""

    def __init__(self, path: str) -> None:
        """Raises TasrihError when there is no record at a path, or two have one id."""
        self.path = path
        self._came: dict[str, str] = {}
        self._documents: dict[str, Document] = {}
        for document in documents([path]):
            self._enter(document)

    def _enter(self, document: Document) -> None:
        try:
            name = orjson.loads(document.told())["id"]
        except (orjson.JSONDecodeError, LookupError, TypeError) as error:
            raise InvalidError("is no record.", path=document.file, line=document.line) from error
        if name in self._documents:
            raise InvalidError(f"the id {name} is taken twice.", path=document.file, line=document.line)
        self._documents[name] = document

    def known(self, name: str) -> Json:
        """The record of an id as plain data. Raises TasrihError when there is none."""
        if name not in self._documents:
            raise InvalidError(f"{name}: {self.path} has no record of this id. Import it without --onto.")
        document = self._documents[name]
        record: Json = valid(model_of(document.told()), document).model_dump(mode="json", exclude_unset=True)
        return record

    def record(self, name: str, source: Source) -> tuple[Document, Json]:
        """The document of a record, and the record as plain data.

        Raises TasrihError when there is none, and when it was asked for before: one would undo what the other changed.
        """
        if name in self._came:
            raise source.error(f"{name} came back already, in {self._came[name]}; only that was taken.")
        try:
            record = self.known(name)
        except InvalidError as error:
            raise error if error.path else source.error(str(error)) from error
        self._came[name] = source.name
        return self._documents[name], record


def named(record: Json) -> Json:
    """A record whose entities have names: one that came without gets the longest of its mentions."""
    if all("name" in entity for entity in record["entities"]):
        return record
    longest = [max((one.get("text", "") for one in entity["mentions"]), key=len) for entity in record["entities"]]
    pairs = zip(longest, record["entities"], strict=True)
    return record | {"entities": [{"id": entity["id"], "name": name} | entity for name, entity in pairs]}


def _with_what_was_said(base: Json, new: Json) -> Json:
    """A record in which entities that came with their mentions alone have what the corpus says of them."""
    known = {entity["id"]: entity for entity in base["entities"]}
    kept = [
        {name: value for name, value in known.get(entity["id"], {}).items() if "name" not in entity} | entity
        for entity in new["entities"]
    ]
    return named(new | {"entities": kept})


def merged(base: Json, new: Json, losses: Iterable[Loss]) -> tuple[Json, list[str]]:
    """A record with what another says of it but for the losses, and what referred to something that is gone.

    Both are plain data of one id. A record without words stays one. What is said of an entity is kept where it came
    with its mentions and no name: in many formats it goes with the mention that had it. Raises InvalidError when their
    texts differ: spans of one would select other words in the other.
    """
    lost = {loss.keys for loss in losses}
    new = withheld(new) if is_standoff(base) and not is_standoff(new) else new
    _refuse_other_text(base, new)
    whole: Json = _merged(base, _with_what_was_said(base, new), (), lost)
    told = list(_mended(whole))
    if whole.get("waivers"):
        whole["waivers"] = _followed(base, whole, told)
    if ("schema_version",) in lost and whole != base:
        whole["schema_version"] = max(base["schema_version"], schema_version(whole))
    return whole, told


def _refuse_other_text(base: Json, new: Json) -> None:
    measure = "sha256" if is_standoff(base) else "text"
    for before, after in zip_longest(base["paragraphs"], new["paragraphs"]):
        if before is None or after is None or before[measure] != after.get(measure):
            where = (before or after)["id"]
            if measure == "text" and before and after:
                pairs = enumerate(zip(before["text"], f"{after.get('text', '')}\0", strict=False))
                first = next((place for place, (one, other) in pairs if one != other), len(before["text"]))
                where = f"{where} from character {first} on ({shown(before['text'][first:] or after['text'][first:])})"
            raise InvalidError(f"the text is not that of the corpus: it differs in {where}. Import it without --onto.")


def _merged(base: Any, new: Any, keys: Keys, lost: set[Keys]) -> Any:
    if keys in lost:
        return base
    if isinstance(base, dict) and isinstance(new, dict):
        names = [*base, *(name for name in new if name not in base)]
        fields = {name: _field(base, new, (*keys, name), lost) for name in names}
        return {name: value for name, value in fields.items() if value is not _ABSENT}
    if isinstance(base, list) and isinstance(new, list | tuple):
        before = list(_matched(base, new))
        return [item if old is None else _merged(old, item, keys, lost) for old, item in zip(before, new, strict=True)]
    return base if not said(base) and not said(new) else new


_ABSENT = object()


def _field(base: Json, new: Json, keys: Keys, lost: set[Keys]) -> Any:
    """A field of a merged object, or that it has none."""
    name = keys[-1]
    if name not in base:
        return new[name] if said(new[name]) and keys not in lost else _ABSENT
    if name not in new and keys not in lost:
        return base[name] if not said(base[name]) else _ABSENT
    return _merged(base[name], new.get(name), keys, lost)


def _matched(base: Sequence[Any], new: Sequence[Any]) -> Iterator[Any]:
    """For each new item the one that it was: that of its id, or of its place, or else one that it overlaps."""
    free = list(base)
    known: dict[int, Any] = {}
    for is_same in (_is_same, _overlaps):
        for number, item in enumerate(new):
            old = None if number in known else next((one for one in free if is_same(one, item)), None)
            if old is not None:
                known[number] = old
                free = [one for one in free if one is not old]
    return (known.get(number) for number in range(len(new)))


def _is_same(old: Any, new: Any) -> bool:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return bool(old == new)
    if "id" in old:
        return bool(old["id"] == new.get("id"))
    return _place(old) == _place(new) if "paragraph" in old else old == new


def _overlaps(old: Any, new: Any) -> bool:
    if not isinstance(old, dict) or "paragraph" not in old:
        return False
    (there, start, end), (here, first, last) = _place(old), _place(new)
    return bool(there == here and start < last and first < end)


def _place(span: Json) -> tuple[str, int, int]:
    return span["paragraph"], span["start"], span["end"]


def _mended(record: Json) -> Iterator[str]:
    """Takes out what refers to what is gone, and tells it."""
    known = {kind: {item["id"] for item in record[kind]} for kind in _ITEMS}
    for kind in ("paragraphs", "quotes", "terms"):
        for item in record[kind]:
            for role in ("speaker", "addressee"):
                person = item.get(role)
                if person and person["entity"] not in known["entities"]:
                    yield f"the {role} of {item['id']} was {person['entity']}, which is gone."
                    item[role] = None
                elif person:
                    yield from _unlinked(person, f"the {role} of {item['id']}", known)
            yield from _unlinked(item, item["id"], known)


def _unlinked(holder: Json, name: str, known: dict[str, set[str]]) -> Iterator[str]:
    for field, kind in _LINKS.items():
        linked = holder.get(field)
        gone = [one for one in (linked if isinstance(linked, list) else [linked]) if one and one not in known[kind]]
        if gone:
            yield f"{field} of {name} was {', '.join(gone)}, which is gone."
            holder[field] = [one for one in linked if one not in gone] if isinstance(linked, list) else None


def _followed(base: Json, whole: Json, told: list[str]) -> list[Json]:
    """The waivers with pointers to where their items are now; one whose item is gone has nothing left to waive.

    Formats keep them as they were: what was in the corpus already points into the record that was there.
    """
    waivers = []
    for waiver in whole["waivers"]:
        is_known = waiver in base.get("waivers", ())
        at = _pointer(waiver["at"].split("/"), base, whole) if is_known else waiver["at"]
        if at is None:
            told.append(f"the waiver of {waiver['rule']} was at {waiver['at']}, which is gone.")
        else:
            waivers.append(waiver | {"at": at})
    return waivers


def _pointer(steps: list[str], base: Json, whole: Json) -> str | None:
    kind, place = (*steps, "", "")[1:3]
    if kind not in _ITEMS or not place.isdecimal() or int(place[:9]) >= len(base[kind]):
        return "/".join(steps)
    ids = [item["id"] for item in whole[kind]]
    name = base[kind][int(place)]["id"]
    return "/".join([*steps[:2], str(ids.index(name)), *steps[3:]]) if name in ids else None
