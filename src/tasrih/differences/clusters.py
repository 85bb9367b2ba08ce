"""What two annotations say of who is who: entities, their mentions, and which mentions are of one entity."""

from collections.abc import Iterator, Sequence

from tasrih.differences.facts import Facts
from tasrih.differences.items import Difference, Owner, Place, Side, between
from tasrih.differences.pairing import Pairs

Both = tuple[Sequence[Owner], Sequence[Owner]]


def entity_differences(ours: Facts, theirs: Facts, pairs: Pairs, same: dict[str, str]) -> Iterator[Difference]:
    """The differences of entities and mentions.

    An entity none of whose mentions has a counterpart is one difference, and its mentions are not told one by one.
    """
    entities, mentions = (ours.entities, theirs.entities), (ours.mentions, theirs.mentions)
    for one, other in same.items():
        yield from between(entities[0][one], entities[1][other], ({}, {}))
    yield from _clusters(entities, mentions, pairs, same)
    for left, right in pairs.items():
        if mentions[0][left].values != mentions[1][right].values:  # they are alike, nearly always
            yield from between(mentions[0][left], mentions[1][right], ({}, {}))
    yield from _only(mentions[0], set(pairs), entities[0], is_ours=True)
    yield from _only(mentions[1], set(pairs.values()), entities[1], is_ours=False)


def _only(
    mentions: Sequence[Owner], met: set[int], entities: dict[str, Owner], *, is_ours: bool
) -> Iterator[Difference]:
    """The mentions without a counterpart, and the entities that have no other mentions."""
    known = {mentions[number].id for number in met}
    yield from (owner.only(is_ours=is_ours) for name, owner in entities.items() if name not in known)
    for number, mention in enumerate(mentions):
        if number not in met and mention.id in known:
            yield mention.only(is_ours=is_ours)


def _clusters(
    entities: tuple[dict[str, Owner], dict[str, Owner]], mentions: Both, pairs: Pairs, same: dict[str, str]
) -> Iterator[Difference]:
    """Mentions that are of one entity here, and of another there: those of the same two entities together."""
    moved: dict[tuple[str, str], list[tuple[Place, ...]]] = {}
    for left, right in pairs.items():
        one, other = mentions[0][left], mentions[1][right]
        if same.get(one.id) != other.id:
            moved.setdefault((one.id, other.id), []).append((*one.places, *other.places))
    for (name, other_name), found in moved.items():
        ours, theirs = entities[0][name], entities[1][other_name]
        sides = (
            Side(owner.id, owner.at, tuple(places[number] for places in found), owner.words)
            for number, owner in enumerate((ours, theirs))
        )
        yield Difference("entity", "cluster", ours.label, found[0][0], *sides)
