"""Which articles belong together, and which split they fall into.

A group is the articles of one story, and near-duplicates of one another; it never falls apart. Its split is the one
that its articles are given, or else a function of its name alone, so that another article moves none.
"""

from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple, get_args

import pyarrow as pa

from tasrih.columnar import child
from tasrih.record import Split

SPLITS: tuple[Split, ...] = get_args(Split)
_BOUNDS = (0.8, 0.9)


class Member(NamedTuple):
    """What groups are made of: an article's id, story and day of publication, and the split that it is given."""

    id: str
    story: str | None = None
    published: str | None = None
    split: str | None = None

    @property
    def name(self) -> str:
        """The name of the group that the article is in by itself."""
        return f"story {self.story}" if self.story else f"article {self.id}"


def split_of(name: str) -> str:
    """The split of the group of that name: 80 % of names are in train, 10 % in validation, 10 % in test."""
    place = int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) / 2**64
    return SPLITS[sum(place >= bound for bound in _BOUNDS)]


def own_split(member: Member) -> str:
    """The split of an article by itself: the one that it is given, or that of its name."""
    return member.split or split_of(member.name)


def members(batch: pa.RecordBatch) -> list[pa.Array]:
    """The fields of `Member`, a column each, of a batch of articles."""
    metadata = batch.column("metadata")
    return [batch.column("id"), *(child(metadata, field) for field in Member._fields[1:])]


def merged(near: Iterable[tuple[Member, Member]]) -> dict[str, str]:
    """For the names of near-duplicates the name of the group that they make up together.

    A group is called by its story, or else by its earliest article, so that a later double joins the split of the
    article that it repeats.
    """
    parents: dict[str, str] = {}

    def root(name: str) -> str:
        parents.setdefault(name, name)
        while parents[name] != name:
            parents[name] = name = parents[parents[name]]
        return name

    members: dict[str, Member] = {}
    for pair in near:
        members |= {member.name: member for member in pair}
        parents[root(pair[1].name)] = root(pair[0].name)
    groups: dict[str, list[Member]] = {}
    for name, member in members.items():
        groups.setdefault(root(name), []).append(member)
    return {member.name: min(group, key=_rank).name for group in groups.values() for member in group}


def _rank(member: Member) -> tuple[bool, str, str]:
    return not member.story, member.story or member.published or "9999", member.id
