"""What two annotations of one article disagree on, item by item, and the guideline that decides it."""

from collections.abc import Callable, Iterable, Iterator

from tasrih import record
from tasrih.differences.clusters import entity_differences
from tasrih.differences.facts import Names, mentions_of, paragraphs_of, quotes_of, terms_of
from tasrih.differences.items import ONLY, Difference, Owner, Side, Taken, between
from tasrih.differences.pairing import Pairs, paired, paired_mentions, same_text
from tasrih.scoring.matching import same_entities

__all__ = ["Difference", "Side", "Taken", "differences", "taken"]
Owners = Callable[[record.Article, Names], list[Owner]]


def differences(ours: record.Article, theirs: record.Article) -> list[Difference]:
    """What two annotations of the same text differ in, in the order of the text; nothing for the same record twice.

    Quotes, terms and mentions are paired by what they share of the text, entities by their mentions. What has no
    counterpart is one difference (`only`); what has one is a difference for each fact that is not the same. Masks may
    stand for the words on either side. Raises TasrihError when the texts are not the same.
    """
    same_text(ours, theirs)
    mentions = mentions_of(ours), mentions_of(theirs)
    met = paired_mentions(*mentions)
    same = same_entities(ours, theirs, met, least=0)
    quotes = paired(quotes_of(ours, {}), quotes_of(theirs, {}))
    numbers = {ours.quotes[left].id: theirs.quotes[right].id for left, right in quotes.items()}
    own = {name: name for name in _ids(theirs, {})}
    names = _ids(ours, {**same, **numbers}), _ids(theirs, own)
    terms = paired(terms_of(ours, {}), terms_of(theirs, {}))
    every = {paragraph.id: number for number, paragraph in enumerate(ours.paragraphs)}
    found = [
        *_compared(paragraphs_of, (ours, theirs), names, {number: number for number in every.values()}),
        *_compared(quotes_of, (ours, theirs), names, quotes),
        *_compared(terms_of, (ours, theirs), names, terms),
        *entity_differences((ours, theirs), mentions, {one.left: one.right for one in met}, same),
    ]
    return sorted(found, key=lambda one: _order(one, every))


def _ids(side: record.Article, counterparts: Names) -> Names:
    """The ids of a side as both sides write them: that of the counterpart; those without one are told apart."""
    own = [*(entity.id for entity in side.entities), *(quote.id for quote in side.quotes)]
    return {name: f"={counterparts[name]}" if name in counterparts else f"-{name}" for name in own}


def _compared(
    owners: Owners, articles: tuple[record.Article, record.Article], names: tuple[Names, Names], pairs: Pairs
) -> Iterator[Difference]:
    left, right = (owners(article, own) for article, own in zip(articles, names, strict=True))
    for number, owner in enumerate(left):
        if number in pairs:
            yield from between(owner, right[pairs[number]])
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
