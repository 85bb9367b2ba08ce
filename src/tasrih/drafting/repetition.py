"""What an article says twice: names that stand in marks again, and speech that a headline takes from the body."""

from collections import Counter
from collections.abc import Iterable

from tasrih.drafting.scenes import Attribution
from tasrih.text.words import all_folded, bare, words_in

Text = tuple[str, str]
_SHORT, _OFTEN = 3, 4  # words of a name; how often one stands in an article that nobody need call so
_SURE = ("no-cue", "weakly-governed", "far-from-cue")
_OWN = ("described", "pronoun", "colon")


def settle(paragraphs: list[Text], by_paragraph: list[list[Attribution]]) -> None:
    """Makes a fragment a name where the article has it as one, and marked words of a headline speech of the body."""
    fragments = [(number, other) for number, others in enumerate(by_paragraph) for other in others if _is_short(other)]
    if not fragments:
        return
    named = {
        _inside(paragraphs, number, other): other.type
        for number, other in fragments
        if not other.is_speech and other.rule not in _SURE
    }
    again = [(number, other) for number, other in fragments if _may_be_name(paragraphs[number][0], other)]
    counts = _counts(paragraphs, {_inside(paragraphs, *fragment) for fragment in again})
    for number, other in again:
        inside = _inside(paragraphs, number, other)
        if inside in named or counts[inside] >= _OFTEN:
            other.type, other.rule = named.get(inside, "name"), "named-again"
            other.cue, other.subject = None, ()
    titles = [(number, other) for number, other in fragments if _may_be_said(paragraphs[number][0], other)]
    spoken = " ".join(_spoken(paragraphs, by_paragraph)) if titles else ""
    for number, other in titles:
        inside = _inside(paragraphs, number, other)
        if inside and inside not in named and f" {' '.join(inside)} " in spoken:
            other.type, other.rule = "partial", "said-in-body"


def _may_be_name(role: str, attribution: Attribution) -> bool:
    return attribution.type == "partial" and attribution.rule not in _OWN and role == "body"


def _may_be_said(role: str, attribution: Attribution) -> bool:
    return attribution.rule == "no-cue" and role != "body"


def _is_short(attribution: Attribution) -> bool:
    return attribution.is_marked and (attribution.type == "partial" or not attribution.is_speech)


def _inside(paragraphs: list[Text], number: int, attribution: Attribution) -> tuple[str, ...]:
    """The words of a stretch, the first without its article."""
    found = words_in(paragraphs[number][1], attribution.pair.start, attribution.pair.end)
    return tuple(word.folded for word in found)


def _counts(paragraphs: list[Text], wanted: set[tuple[str, ...]]) -> Counter[tuple[str, ...]]:
    """How often each of some runs of words stands in an article, proclitics of its first word aside."""
    wanted = {inside for inside in wanted if 0 < len(inside) <= _SHORT}
    if not wanted:
        return Counter()
    first = {inside[0] for inside in wanted}
    counts: Counter[tuple[str, ...]] = Counter()
    for _, text in paragraphs:
        found = all_folded(text)
        begun = [(place, bare(word)) for place, word in enumerate(found) if not first.isdisjoint(bare(word))]
        for place, forms in begun:
            for form in first.intersection(forms):
                runs = ((form, *found[place + 1 : place + length]) for length in range(1, _SHORT + 1))
                counts.update(run for run in set(runs) & wanted)
    return counts


def _spoken(paragraphs: list[Text], by_paragraph: list[list[Attribution]]) -> Iterable[str]:
    """The words of all marked speech of the body."""
    for number, others in enumerate(by_paragraph):
        if paragraphs[number][0] == "body":
            speech = (_inside(paragraphs, number, other) for other in others if other.is_speech and other.is_marked)
            yield from (f" {' '.join(inside)} " for inside in speech)
