"""Which annotation of one side is which of the other: each at most once, whichever side comes first."""

from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest

from tasrih import record
from tasrih.differences.items import Owner, Place
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

    def rank(one: Meeting) -> tuple[object, ...]:
        left, right = ours[one.left], theirs[one.right]
        alike = len(left.values if left.values == right.values else left.values.items() & right.values.items())
        numbers = (one.left, one.right) if one.left <= one.right else (one.right, one.left)
        places = (left.places, right.places) if left.places <= right.places else (right.places, left.places)
        return -one.alike, left.label != right.label, -alike, places, numbers

    return sorted(_met(ours, theirs), key=rank)


def _met(ours: Sequence[Owner], theirs: Sequence[Owner]) -> list[Meeting]:
    """The annotations that meet. Most stand alone in the same place on both sides: what else they meet is left out."""
    places, others = _alone(ours), _alone(theirs)
    same = {number: others[place] for place, number in places.items() if place in others}
    found = [Meeting(1.0, *pair, is_same_class=True) for pair in same.items()]
    taken_up = set(same.values())
    left = [number for number in range(len(ours)) if number not in same]
    right = [number for number in range(len(theirs)) if number not in taken_up]
    met = meetings([Item(ours[number].places) for number in left], [Item(theirs[number].places) for number in right])
    return found + [one._replace(left=left[one.left], right=right[one.right]) for one in met]


def _alone(side: Sequence[Owner]) -> dict[Place, int]:
    """By their place those that nothing else of their side has; none, where something has several places."""
    if not all(len(owner.places) == 1 for owner in side):
        return {}
    ordered = sorted((owner.places[0], number) for number, owner in enumerate(side))
    counted = Counter(place for place, _ in ordered)
    return {place: number for place, number in ordered if counted[place] == 1 and place.start < place.end}


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
