"""Parts of a record in plain data, found by name or made from what a change says of them."""

from tasrih.errors import RefusedError
from tasrih.record import Json
from tasrih.review import changes
from tasrih.review.items import mention_name


def item_of(record: Json, kind: str, name: str) -> Json:
    """The item of that id; RefusedError if there is none."""
    for item in record.get(kind, ()):
        if item["id"] == name:
            found: Json = item
            return found
    raise missing(name)


def known_entity(record: Json, name: str | None) -> str | None:
    """The id, if an entity has it or none is named; else RefusedError."""
    if name is not None:
        item_of(record, "entities", name)
    return name


def mention_of(record: Json, name: str) -> tuple[Json, Json]:
    """An entity and the one of its mentions that has that name; RefusedError if there is none."""
    entity = item_of(record, "entities", name.partition("@")[0])
    for mention in entity["mentions"]:
        if mention_name(entity["id"], mention) == name:
            return entity, mention
    raise missing(name)


def missing(name: str) -> RefusedError:
    """What to raise where something is meant that is not there."""
    return RefusedError(f"There is no {name[:80]} in the record any more.")


def span_at(record: Json, place: changes.Place) -> Json:
    """A span with the words that stand there; RefusedError where no words can."""
    text: str = item_of(record, "paragraphs", place.paragraph)["text"]
    if not place.start < place.end <= len(text):
        raise RefusedError(f"{place.start} to {place.end} is no stretch of {place.paragraph}: it has {len(text)}.")
    words = text[place.start : place.end]
    return {"paragraph": place.paragraph, "start": place.start, "end": place.end, "text": words}


def cue_at(record: Json, cue: changes.CueAt | None) -> Json | None:
    """A cue with its words, or none."""
    return None if cue is None else span_at(record, cue) | {"kind": cue.kind}


def person_of(record: Json, who: changes.Who | None) -> Json | None:
    """A speaker or addressee with its words, or none; RefusedError where an entity is not there."""
    if who is None:
        return None
    for entity in (who.entity, *who.others):
        item_of(record, "entities", entity)
    span = None if who.span is None else span_at(record, who.span)
    person: Json = {"entity": who.entity, "form": who.form, "span": span}
    return person | ({"others": list(who.others)} if who.others else {})


def sort_mentions(record: Json, entity: Json) -> None:
    """Puts the mentions of an entity into the order of the text."""
    numbers = {paragraph["id"]: number for number, paragraph in enumerate(record["paragraphs"])}
    entity["mentions"].sort(key=lambda span: (numbers.get(span["paragraph"], 0), span["start"], -span["end"]))


def new_id(record: Json, kind: str) -> str:
    """An id that no item of the kind has: one more than the greatest."""
    numbers = [int(item["id"][1:]) for item in record[kind]]
    return f"{kind[0]}{max(numbers, default=0) + 1}"
