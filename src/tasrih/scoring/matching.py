"""Which annotation of one record is which of another."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from tasrih import record

HALF = 0.5


class Item(NamedTuple):
    """Stretches of text (paragraph, start, end) with a class; two items match only when their classes are the same."""

    spans: tuple[tuple[str, int, int], ...]
    label: str = ""


class Meeting(NamedTuple):
    """Two items that share characters, by their numbers on each side: how alike they are, and whether of one class."""

    alike: float
    left: int
    right: int
    is_same_class: bool


def item(spans: Iterable[record.Span], label: str = "") -> Item:
    """An annotation as an item."""
    return Item(tuple((span.paragraph, span.start, span.end) for span in spans), label)


def overlap(one: Item, other: Item) -> float:
    """The code points that two items share, divided by those of either: 1 for the same stretches, 0 for none."""
    if len(one.spans) == len(other.spans) == 1:
        return _overlap(*one.spans[0], *other.spans[0])
    left, right = _characters(one), _characters(other)
    return len(left & right) / len(left | right)


def _overlap(paragraph: str, start: int, end: int, other: str, first: int, last: int) -> float:
    """The same of two stretches, without a look at every code point."""
    shared = min(end, last) - max(start, first) if paragraph == other else 0
    return shared / (max(end, last) - min(start, first)) if shared > 0 else 0.0


@lru_cache(maxsize=1 << 12)
def _characters(one: Item) -> frozenset[tuple[str, int]]:
    return frozenset((paragraph, place) for paragraph, start, end in one.spans for place in range(start, end))


def matches(gold: Sequence[Item], predicted: Sequence[Item], least: float = HALF) -> dict[int, int]:
    """For items of one side the item of the other that is the same: none is used twice, the most alike come first.

    Two items are the same when their `overlap` is at least `least`, which is above 0, and their classes are alike.
    """
    return chosen(meetings(gold, predicted), least)


def chosen(met: Iterable[Meeting], least: float = HALF) -> dict[int, int]:
    """The `matches` among items whose meetings are known: counted exactly and by half, they are looked for once."""
    pairs = sorted(
        (-alike, left, right) for alike, left, right, is_same_class in met if is_same_class and alike >= least
    )
    return one_to_one((left, right) for _, left, right in pairs)


def meetings(gold: Sequence[Item], predicted: Sequence[Item]) -> list[Meeting]:
    """The pairs of items of two sides that share characters."""
    here: dict[str, list[tuple[int, int, int]]] = {}
    for number, one in enumerate(predicted):
        for paragraph, start, end in one.spans:
            here.setdefault(paragraph, []).append((start, end, number))
    return [
        Meeting(overlap(one, predicted[right]), left, right, one.label == predicted[right].label)
        for left, one in enumerate(gold)
        for right in dict.fromkeys(
            number
            for paragraph, start, end in one.spans
            for first, last, number in here.get(paragraph, ())
            if first < end and start < last
        )
    ]


def one_to_one(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Of pairs of numbers those whose numbers no earlier pair has."""
    found: dict[int, int] = {}
    used: set[int] = set()
    for left, right in pairs:
        if left not in found and right not in used:
            found[left] = right
            used.add(right)
    return found


def of_gold(entity: str) -> str:
    """How a predicted speaker is called that is an entity of the gold standard, and none of the prediction's own."""
    return f"={entity}"


def same_entities(
    gold: record.Article, predicted: record.Article, met: Iterable[Meeting], least: float = HALF
) -> dict[str, str]:
    """For ids of entities of one record the id of the same entity in the other: the one with most mentions in common.

    `met` are the meetings of their mentions, in the order of entities. Mentions are in common when they overlap by
    `least`; of two entities with as many, the one of the same type counts.
    """
    owners = [[entity.id for entity in side.entities for _ in entity.mentions] for side in (gold, predicted)]
    shared = Counter((owners[0][one.left], owners[1][one.right]) for one in met if one.alike >= least)
    types = (
        {entity.id: entity.type for entity in gold.entities},
        {entity.id: entity.type for entity in predicted.entities},
    )
    ordered = sorted(shared, key=lambda pair: (-shared[pair], types[0][pair[0]] != types[1][pair[1]]))
    left, right = ({entity.id: n for n, entity in enumerate(side.entities)} for side in (gold, predicted))
    found = one_to_one((left[one], right[other]) for one, other in ordered)
    return {gold.entities[one].id: predicted.entities[other].id for one, other in found.items()}
