"""Which annotation of one record is which of another."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from tasrih import record

HALF = 0.5


class Item(NamedTuple):
    """Stretches of text (paragraph, start, end) with a class; two items match only when their classes are the same."""

    spans: tuple[tuple[str, int, int], ...]
    label: str = ""


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
    pairs = sorted(
        (-alike, left, right)
        for left, right in _neighbours(gold, predicted)
        if gold[left].label == predicted[right].label and (alike := overlap(gold[left], predicted[right])) >= least
    )
    return _one_to_one((left, right) for _, left, right in pairs)


def _neighbours(gold: Sequence[Item], predicted: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """The numbers of items of two sides that have a paragraph in common: others share nothing."""
    here: dict[str, list[int]] = {}
    for number, one in enumerate(predicted):
        for paragraph in dict.fromkeys(paragraph for paragraph, _, _ in one.spans):
            here.setdefault(paragraph, []).append(number)
    for left, one in enumerate(gold):
        found = (here.get(paragraph, []) for paragraph, _, _ in one.spans)
        yield from ((left, right) for right in dict.fromkeys(chain.from_iterable(found)))


def _one_to_one(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
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


def same_entities(gold: record.Article, predicted: record.Article) -> dict[str, str]:
    """For ids of entities of one record the id of the same entity in the other: the one with most mentions in common.

    Mentions are in common when they overlap by half; of two entities with as many, the one of the same type counts.
    """
    owners = [
        [(entity, mention) for entity in side.entities for mention in entity.mentions] for side in (gold, predicted)
    ]
    places = [[item([mention]) for _, mention in side] for side in owners]
    shared = Counter(
        (owners[0][left][0].id, owners[1][right][0].id)
        for left, right in _neighbours(*places)
        if overlap(places[0][left], places[1][right]) >= HALF
    )
    types = (
        {entity.id: entity.type for entity in gold.entities},
        {entity.id: entity.type for entity in predicted.entities},
    )
    ordered = sorted(shared, key=lambda pair: (-shared[pair], types[0][pair[0]] != types[1][pair[1]]))
    left, right = ({entity.id: n for n, entity in enumerate(side.entities)} for side in (gold, predicted))
    found = _one_to_one((left[one], right[other]) for one, other in ordered)
    return {gold.entities[one].id: predicted.entities[other].id for one, other in found.items()}
