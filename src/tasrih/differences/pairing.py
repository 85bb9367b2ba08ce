"""Which annotation of one side is which of the other: each at most once, whichever side comes first."""

from collections.abc import Sequence
from itertools import zip_longest

from tasrih import record
from tasrih.differences.items import Owner
from tasrih.errors import ArgumentError
from tasrih.scoring.matching import HALF, Item, Meeting, meetings, one_to_one
from tasrih.standoff.models import is_mask

Pairs = dict[int, int]
"""For numbers of one side those of the other."""


def paired(ours: Sequence[Owner], theirs: Sequence[Owner]) -> Pairs:
    """Annotations that share something of the text: the most alike first, then those with most facts in common."""
    return one_to_one((one.left, one.right) for one in _ordered(ours, theirs))


def paired_mentions(ours: Sequence[Owner], theirs: Sequence[Owner]) -> list[Meeting]:
    """Mentions that share half of the text, or are of one type: names inside names meet many that they are not."""
    ordered = [
        one for one in _ordered(ours, theirs) if one.alike >= HALF or ours[one.left].label == theirs[one.right].label
    ]
    chosen = one_to_one((one.left, one.right) for one in ordered)
    return [one for one in ordered if chosen.get(one.left) == one.right]


def _ordered(ours: Sequence[Owner], theirs: Sequence[Owner]) -> list[Meeting]:
    """The annotations that meet, the likeliest pairs first: in an order that is the same with the sides changed."""
    met = meetings(*([Item(owner.places) for owner in side] for side in (ours, theirs)))

    def rank(one: Meeting) -> tuple[object, ...]:
        left, right = ours[one.left], theirs[one.right]
        alike = sum(fact.value == right.facts[what].value for what, fact in left.facts.items() if what in right.facts)
        either_way = sorted((left.places, right.places)), sorted((one.left, one.right))
        return -one.alike, left.label != right.label, -alike, *either_way

    return sorted(met, key=rank)


def same_text(ours: record.Article, theirs: record.Article) -> None:
    """Raises TasrihError when two records are not of one text; a mask has the length of what it stands for."""
    for number, (one, other) in enumerate(zip_longest(ours.paragraphs, theirs.paragraphs), 1):
        if one is None or other is None or one.id != other.id or not _is_same(one.text, other.text):
            raise ArgumentError(
                f"{ours.id}: the text of paragraph {number} is not the same in both records. Annotations can be "
                "compared on the same text only."
            )


def _is_same(one: str | None, other: str | None) -> bool:
    if one is None or other is None or one == other:
        return True
    return len(one) == len(other) and (is_mask(one) or is_mask(other))
