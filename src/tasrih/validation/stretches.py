"""Which stretches of text hold, meet or cross others: found by their order, so that no two lists are compared in full.

A stretch is a span as records have it: `paragraph`, `start` and `end`.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

from tasrih.record import Json
from tasrih.spans import Located

_LOOKED_AT = 64  # more than that around one place are no speech, and Q105 or Q119 has told of them


class _Paragraph(NamedTuple):
    """Stretches of a paragraph by their start: how far those up to each reach, and where those from it on first end."""

    starts: list[int]
    latest: list[int]
    soonest: list[int]


Stretches = dict[str, _Paragraph]


def stretches(spans: Iterable[Json]) -> Stretches:
    """Some spans in the order that the questions below need."""
    places = sorted((span["paragraph"], span["start"], span["end"]) for span in spans)
    rows: Stretches = {}
    for paragraph, group in groupby(places, itemgetter(0)):
        _, starts, ends = zip(*group, strict=True)
        soonest = list(accumulate(reversed(ends), min))[::-1]
        rows[paragraph] = _Paragraph(list(starts), list(accumulate(ends, max)), soonest)
    return rows


def one_holds(found: Stretches, span: Json) -> bool:
    """Whether one of the stretches holds a span."""
    row = found.get(span["paragraph"])
    before = bisect_right(row.starts, span["start"]) if row else 0
    return bool(row and before and row.latest[before - 1] >= span["end"])


def one_is_in(found: Stretches, span: Json) -> bool:
    """Whether a span holds one of the stretches."""
    row = found.get(span["paragraph"])
    after = bisect_left(row.starts, span["start"]) if row else 0
    return bool(row and after < len(row.starts) and row.soonest[after] <= span["end"])


def one_meets(found: Stretches, span: Json) -> bool:
    """Whether one of the stretches shares characters with a span."""
    row = found.get(span["paragraph"])
    before = bisect_left(row.starts, span["end"]) if row else 0
    return bool(row and before and row.latest[before - 1] > span["start"])


def overlapping(spans: Sequence[Json]) -> Iterator[int]:
    """The numbers of the spans that share characters with an earlier one."""
    taken: dict[str, tuple[list[int], list[int]]] = {}
    for number, span in enumerate(spans):
        starts, ends = taken.setdefault(span["paragraph"], ([], []))
        start, end = span["start"], span["end"]
        first, last = bisect_right(ends, start), bisect_left(starts, end)
        if first < last:
            yield number
            start, end = min(start, starts[first]), max(end, ends[last - 1])
        if start < end:
            starts[first:last], ends[first:last] = [start], [end]


def crossing(spans: Iterable[Located], *, of_one: bool = True) -> Iterator[tuple[Located, Located]]:
    """Spans that begin inside another and end outside, each with one that it crosses, which comes first.

    Without `of_one` that is one of another owner.
    """
    in_order = sorted(spans, key=lambda located: (located.place[0], located.place[1], -located.place[2]))
    for _, group in groupby(in_order, lambda located: located.place[0]):
        opened: list[tuple[int, int, Located]] = []
        for number, second in enumerate(group):
            _, start, end = second.place
            del opened[: bisect_right(opened, start, key=itemgetter(0))]
            crossed = opened[: min(_LOOKED_AT, bisect_left(opened, end, key=itemgetter(0)))]
            first = next((first for *_, first in crossed if of_one or first.at[:2] != second.at[:2]), None)
            if first:
                yield first, second
            insort(opened, (end, number, second), key=itemgetter(0, 1))


def around(spans: Iterable[Located]) -> Iterator[tuple[Located, list[Located]]]:
    """Each span and those that may hold it, of equal ones each other, the innermost last."""
    opened: list[Located] = []
    in_order = sorted(spans, key=lambda located: (located.place[0], located.place[1], -located.place[2]))
    for (paragraph, start, _), group in groupby(in_order, lambda located: located.place):
        while opened and (opened[-1].place[0] != paragraph or opened[-1].place[2] <= start):
            opened.pop()
        alike = list(group)
        opened += alike
        yield from ((located, opened[-_LOOKED_AT:]) for located in alike)
