"""What a reader decides of a record, item by item, least certain first.

Items have names that stay while others come and go: `q1`, `t1`, `e1` by their ids, `q1.cue`, `q1.speaker` and
`q1.addressee` for the parts of a quote, `e1@p2.19.30` for the mention of an entity in a paragraph, from one character
to another, `w0` for a waiver whose reason leaves a question open, and `d-…` for what two readings disagree on.
"""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from tasrih.guidelines import UNDECIDED
from tasrih.record import Json, Path
from tasrih.validation.findings import Finding, path_of, pointer

Kind = Literal["quote", "cue", "speaker", "addressee", "term", "entity", "mention", "question", "difference"]
PARTS: tuple[Literal["cue", "speaker", "addressee"], ...] = ("cue", "speaker", "addressee")


class Item(NamedTuple):
    """One thing to decide: its name, its kind, where it is, what it says, and whether a reader has decided it.

    `of` is the item that it belongs to, itself for most. `confidence` is None where no program has drafted it.
    """

    item: str
    kind: Kind
    of: str
    at: Path
    value: Json
    spans: list[Json]
    decided: bool
    confidence: float | None = None
    rule: str | None = None


def mention_name(entity: str, span: Json) -> str:
    """The name of the mention of an entity."""
    return f"{entity}@{span['paragraph']}.{span['start']}.{span['end']}"


def items(record: Json, noted: dict[str, Any] | None = None) -> list[Item]:
    """The items of a record, in the order of its lists.

    `noted` is what readers have decided of parts of quotes and of entities, which no record can say; it counts while
    they are as they were then.
    """
    known = noted or {}
    return [*_of_quotes(record, known), *_of_terms(record), *_of_entities(record, known), *_questions(record)]


def ordered(found: list[Item], record: Json, wrong: set[str]) -> list[Item]:
    """Items in the order in which they are to be decided: the `wrong` ones, then open ones, the unsure ones first.

    What is alike in that stands in reading order; what is decided and not wrong comes at the end.
    """
    numbers = {paragraph["id"]: number for number, paragraph in enumerate(record["paragraphs"])}
    first = {item.item: _first(item, numbers) for item in found}

    def rank(item: Item) -> tuple[bool, bool, float, tuple[int, int]]:
        confidence = 1.0 if item.confidence is None else item.confidence
        is_right = item.item not in wrong
        return is_right, item.decided, confidence, first.get(item.of, first[item.item])

    return sorted(found, key=rank)


def item_of(record: Json, finding: Finding) -> str | None:
    """The item, or the id of the paragraph, that a finding is about; None when it is about the article."""
    steps = path_of(finding.pointer)
    if len(steps) < 2 or steps[0] not in ("quotes", "terms", "entities", "paragraphs", "waivers"):
        return None
    kind, number = steps[0], steps[1]
    if not isinstance(number, int) or number >= len(record.get(str(kind), ())):
        return None
    if kind == "waivers":
        return f"w{number}"
    item = record[str(kind)][number]
    name: str = item["id"]
    rest = steps[2:]
    if kind == "quotes" and rest and rest[0] in PARTS and item.get(str(rest[0])):
        return f"{name}.{rest[0]}"
    if kind == "entities" and len(rest) > 1 and isinstance(rest[1], int) and rest[1] < len(item["mentions"]):
        return mention_name(name, item["mentions"][rest[1]])
    return name


def as_json(item: Item) -> Json:
    """An item for the page."""
    return item._asdict() | {"at": pointer(item.at)}


def _first(item: Item, numbers: dict[str, int]) -> tuple[int, int]:
    places = [(numbers.get(span["paragraph"], len(numbers)), span["start"]) for span in item.spans]
    return min(places, default=(len(numbers), 0))


def _provenance(item: Json) -> Json:
    return item.get("provenance") or {}


def _of_quotes(record: Json, noted: dict[str, Any]) -> Iterator[Item]:
    for number, quote in enumerate(record["quotes"]):
        name, at, drafted = quote["id"], ("quotes", number), _provenance(quote)
        sure = drafted.get("confidence"), drafted.get("rule")
        yield Item(name, "quote", name, at, quote, quote["spans"], not drafted, *sure)
        for part in PARTS:
            value = quote.get(part)
            if value:
                own = f"{name}.{part}"
                spans = [value] if part == "cue" else [value["span"]] if value.get("span") else []
                decided = not drafted or noted.get(own) == value
                yield Item(own, part, name, (*at, part), value, spans, decided, *sure)


def _of_terms(record: Json) -> Iterator[Item]:
    for number, term in enumerate(record["terms"]):
        drafted = _provenance(term)
        sure = drafted.get("confidence"), drafted.get("rule")
        yield Item(term["id"], "term", term["id"], ("terms", number), term, [term["span"]], not drafted, *sure)


def _of_entities(record: Json, noted: dict[str, Any]) -> Iterator[Item]:
    for number, entity in enumerate(record["entities"]):
        name, at, mentions = entity["id"], ("entities", number), entity["mentions"]
        drafted = [found for mention in mentions if (found := _provenance(mention))]
        least = min(drafted, key=lambda found: found["confidence"], default={})
        value = {key: field for key, field in entity.items() if key != "mentions"}
        sure = least.get("confidence"), least.get("rule")
        decided = not drafted or noted.get(name) == value
        yield Item(name, "entity", name, at, value, mentions, decided, *sure)
        for place, mention in enumerate(mentions):
            own = _provenance(mention)
            where = (*at, "mentions", place)
            sure = own.get("confidence"), own.get("rule")
            yield Item(mention_name(name, mention), "mention", name, where, mention, [mention], not own, *sure)


def _questions(record: Json) -> Iterator[Item]:
    for number, waiver in enumerate(record.get("waivers", ())):
        if waiver["reason"].startswith(UNDECIDED):
            yield Item(f"w{number}", "question", f"w{number}", ("waivers", number), waiver, [], False, 0.0)
