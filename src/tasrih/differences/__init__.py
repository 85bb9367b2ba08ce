"""What two annotations of one article disagree on, item by item, and the guideline that decides it."""

from collections.abc import Iterable, Iterator

from tasrih import record
from tasrih.differences.clusters import entity_differences
from tasrih.differences.facts import Facts, facts_of
from tasrih.differences.items import ONLY, Difference, Names, Owner, Side, Taken, between
from tasrih.differences.pairing import Pairs, paired, paired_mentions, same_text
from tasrih.scoring.matching import same_entities

__all__ = ["Difference", "Side", "Taken", "decided", "differences", "taken"]
_LAYERS = ("paragraphs", "quotes", "terms", "entities")


def differences(ours: record.Article, theirs: record.Article) -> list[Difference]:
    """What two annotations of the same text differ in, in the order of the text; nothing for the same record twice.

    Quotes, terms and mentions are paired by what they share of the text, entities by their mentions. What has no
    counterpart is one difference (`only`); what has one is a difference for each fact that is not the same. Masks may
    stand for the words on either side. Raises TasrihError when the texts are not the same.
    """
    same_text(ours, theirs)
    return [] if _is_same(ours, theirs) else _differences(facts_of(ours), facts_of(theirs))


def decided(first: record.Article, second: record.Article, article: record.Article) -> list[tuple[Difference, Taken]]:
    """The `differences` of two readings, each with which of them the record followed that was decided.

    The same as `taken` says, with less work. Raises TasrihError when the texts are not the same.
    """
    same_text(first, second)
    if _is_same(first, second):
        return []
    same_text(first, article)
    one, other, final = facts_of(first), facts_of(second), facts_of(article)
    return taken(_differences(one, other), _differences(one, final), _differences(other, final))


def _is_same(ours: record.Article, theirs: record.Article) -> bool:
    return all(getattr(ours, layer) == getattr(theirs, layer) for layer in _LAYERS)


def _differences(ours: Facts, theirs: Facts) -> list[Difference]:
    met = paired_mentions(ours.mentions, theirs.mentions)
    same = same_entities(ours.record, theirs.record, met, least=0)
    pairs = paired(ours.quotes, theirs.quotes)
    numbers = {ours.quotes[left].id: theirs.quotes[right].id for left, right in pairs.items()}
    own = _ids(theirs.record, {})
    names = _ids(ours.record, {**same, **numbers}), _ids(theirs.record, {name: name for name in own})
    every = {paragraph.id: number for number, paragraph in enumerate(ours.paragraphs)}
    found = [
        *_compared((ours.paragraphs, theirs.paragraphs), names, {one: one for one in every.values()}),
        *_compared((ours.quotes, theirs.quotes), names, pairs),
        *_compared((ours.terms, theirs.terms), names, paired(ours.terms, theirs.terms)),
        *entity_differences(ours, theirs, {one.left: one.right for one in met}, same),
    ]
    return sorted(found, key=lambda one: _order(one, every))


def _ids(side: record.Article, counterparts: Names) -> Names:
    """The ids of a side as both sides write them: that of the counterpart; those without one are told apart."""
    own = [*(entity.id for entity in side.entities), *(quote.id for quote in side.quotes)]
    return {name: f"={counterparts[name]}" if name in counterparts else f"-{name}" for name in own}


def _compared(sides: tuple[list[Owner], list[Owner]], names: tuple[Names, Names], pairs: Pairs) -> Iterator[Difference]:
    left, right = sides
    for number, owner in enumerate(left):
        if number in pairs:
            yield from between(owner, right[pairs[number]], names)
        else:
            yield owner.only(is_ours=True)
    taken_up = set(pairs.values())
    yield from (owner.only(is_ours=False) for number, owner in enumerate(right) if number not in taken_up)


def _order(one: Difference, paragraphs: dict[str, int]) -> tuple[object, ...]:
    place = one.place
    beginning = (paragraphs.get(place.paragraph, len(paragraphs)), place.start, place.end) if place else (-1, 0, 0)
    sides = one.ours or one.theirs, one.theirs or one.ours
    return *beginning, one.layer, one.what, *(str(side.at) for side in sides if side)


def taken(
    found: Iterable[Difference], first: Iterable[Difference], second: Iterable[Difference]
) -> list[tuple[Difference, Taken]]:
    """Which of two readings a decided record followed, for each difference that was found between them.

    `first` and `second` are the differences of each reading from the decided record.
    """
    lost = [{(one.what, one.ours.at) for one in side if one.ours} for side in (first, second)]
    return [(one, _taken(one, *lost)) for one in found]


Lost = set[tuple[str, record.Path]]


def _taken(one: Difference, first: Lost, second: Lost) -> Taken:
    kept = _is_kept(one.what, one.ours, first), _is_kept(one.what, one.theirs, second)
    if one.ours is None:
        kept = not kept[1], kept[1]
    elif one.theirs is None:
        kept = kept[0], not kept[0]
    taken_of: dict[tuple[bool, bool], Taken] = {
        (True, True): "both",
        (True, False): "first",
        (False, True): "second",
        (False, False): "neither",
    }
    return taken_of[kept]


def _is_kept(what: str, side: Side | None, lost: Lost) -> bool:
    """Whether a decided record has what a side has: neither is that another there, nor is what holds it missing."""
    if side is None:
        return False
    return (what, side.at) not in lost and not any((ONLY, side.at[:length]) in lost for length in (2, 4))
