"""Which articles belong together, and which split they fall into.

A group is the articles of one story, and near-duplicates of one another; it never falls apart. Its split is a function
of its name alone, so that another article moves none.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

SPLITS = ("train", "validation", "test")
_BOUNDS = (0.8, 0.9)


class Member(NamedTuple):
    """What groups are made of: an article's id, story and day of publication."""

    id: str
    story: str | None
    published: str | None

    @property
    def name(self) -> str:
        """The name of the group that the article is in by itself."""
        return f"story {self.story}" if self.story else f"article {self.id}"


def split_of(name: str) -> str:
    """The split of the group of that name: 80 % of names are in train, 10 % in validation, 10 % in test."""
    place = int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) / 2**64
    return SPLITS[sum(place >= bound for bound in _BOUNDS)]


def groups(members: list[Member], near: Iterable[tuple[int, int]]) -> list[str]:
    """The name of each article's group; `near` are the numbers of near-duplicates.

    A group is called by its story, or else by its earliest article, so that a later double joins the split of the
    article it repeats.
    """
    parents = list(range(len(members)))

    def root(number: int) -> int:
        while parents[number] != number:
            parents[number] = parents[parents[number]]
            number = parents[number]
        return number

    stories: dict[str, int] = {}
    for number, member in enumerate(members):
        if member.story:
            parents[root(number)] = root(stories.setdefault(member.story, number))
    for one, other in near:
        parents[root(other)] = root(one)
    return _named(members, [root(number) for number in range(len(members))])


def _named(members: list[Member], roots: list[int]) -> list[str]:
    def rank(member: Member) -> tuple[bool, str, str]:
        return not member.story, member.story or member.published or "9999", member.id

    first: dict[int, Member] = {}
    for number, member in zip(roots, members, strict=True):
        first[number] = min(first.get(number, member), member, key=rank)
    return [first[number].name for number in roots]


def assigned(names: list[str]) -> list[str]:
    """The split of each article by the name of its group; a single group is not divided."""
    if len(set(names)) == 1:
        return ["train"] * len(names)
    known = {name: split_of(name) for name in set(names)}
    return [known[name] for name in names]
