"""What is told of stretches by their order is what comparing each with each tells."""

from hypothesis import given
from hypothesis import strategies as st

from tasrih.validation.index import Located
from tasrih.validation.stretches import around, crossing, one_holds, one_is_in, one_meets, overlapping, stretches

SPANS = st.builds(
    lambda paragraph, start, end: {"paragraph": paragraph, "start": start, "end": end},
    st.sampled_from(["p1", "p2"]),
    st.integers(0, 12),
    st.integers(0, 12),
)
SOUND = SPANS.filter(lambda span: span["start"] < span["end"])


def holds(outer, inner):
    same = outer["paragraph"] == inner["paragraph"]
    return same and outer["start"] <= inner["start"] and inner["end"] <= outer["end"]


def meets(one, other):
    same = one["paragraph"] == other["paragraph"]
    return same and one["start"] < other["end"] and other["start"] < one["end"]


def crosses(first, second):
    return meets(first, second) and first["start"] < second["start"] and first["end"] < second["end"]


def located(spans):
    return [Located(("quotes", number % 3, "spans", number), span) for number, span in enumerate(spans)]


@given(st.lists(SOUND, max_size=8), SOUND)
def test_a_span_is_held_or_met_by_one_of_some(spans, span):
    found = stretches(spans)
    assert one_holds(found, span) == any(holds(one, span) for one in spans)
    assert one_is_in(found, span) == any(holds(span, one) for one in spans)
    assert one_meets(found, span) == any(meets(one, span) for one in spans)


@given(st.lists(SOUND, max_size=8))
def test_those_that_overlap_an_earlier_one(spans):
    naive = [number for number, span in enumerate(spans) if any(meets(one, span) for one in spans[:number])]
    assert list(overlapping(spans)) == naive


@given(st.lists(SPANS, max_size=8))
def test_each_that_crosses_another_is_told_once_with_one_that_it_crosses(spans):
    for of_one in (True, False):
        found = list(crossing(located(spans), of_one=of_one))
        assert all(crosses(first.span, second.span) for first, second in found)
        assert all(of_one or first.at[:2] != second.at[:2] for first, second in found)
        naive = {
            second.at[3]
            for second in located(spans)
            for first in located(spans)
            if crosses(first.span, second.span) and (of_one or first.at[:2] != second.at[:2])
        }
        assert sorted(second.at[3] for _, second in found) == sorted(naive)


@given(st.lists(SOUND, max_size=8))
def test_all_that_hold_a_span_are_around_it(spans):
    found = {inner.at[3]: {other.at[3] for other in others} for inner, others in around(located(spans))}
    assert found.keys() == set(range(len(spans)))
    for number, span in enumerate(spans):
        assert {other for other, outer in enumerate(spans) if holds(outer, span)} <= found[number]
