"""Whether articles that belong together are in one split, in a dataset of any size."""

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tasrih.columnar import Flags, Layout, take
from tasrih.dataset.facts import members_of
from tasrih.dataset.shards import File
from tasrih.dataset.splits import Member, groups
from tasrih.validation.uniqueness import NEAR, Fingerprints, fingerprints, overlap, same_bands


class Leak(NamedTuple):
    """An article that should be elsewhere: its file, its row in it, and why."""

    file: str
    row: int
    why: str


class _Group(NamedTuple):
    """A row group of articles: the number of its first among all, its file, its number and first row in that."""

    first: int
    file: File
    number: int
    row: int


class Seen:
    """What the articles of a dataset are judged by; some 200 bytes each."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._members: list[Member] = []
        self._fingerprints = Fingerprints()
        self._groups: list[_Group] = []
        self._paragraphs = lru_cache(maxsize=4)(self._read)

    def note(self, file: File, number: int, row: int, articles: pa.RecordBatch, readable: Flags) -> None:
        """Takes a row group, the first row of which is that row of the file; `readable` tells whose text is there."""
        first = len(self._members)
        self._groups.append(_Group(first, file, number, row))
        self._members += members_of(articles)
        rows = np.flatnonzero(readable)
        if len(rows):
            layout = Layout(pa.RecordBatch.from_struct_array(take(articles.to_struct_array(), rows)))
            numbers = (rows + first).tolist()
            self._fingerprints.extend(fingerprints(layout, numbers, np.ones(len(rows), np.bool_)), 0)

    def leaks(self) -> Iterator[Leak]:
        """Articles whose id is taken, or that are in another split than one of their group."""
        ids: dict[str, int] = {}
        first: dict[str, int] = {}
        for number, (member, name) in enumerate(zip(self._members, groups(self._members, self._near()), strict=True)):
            other = ids.setdefault(member.id, number)
            if other != number:
                yield self._leak(number, f"the id {member.id} is taken: {self._group(other).file.path} has it, too")
            other = first.setdefault(name, number)
            if self._group(other).file.split != self._group(number).file.split:
                where = f"{self._members[other].id} in {self._group(other).file.split}"
                yield self._leak(number, f"{member.id} belongs together with {where}, by its story or its text")

    def _near(self) -> list[tuple[int, int]]:
        places = self._fingerprints.offsets
        pairs = ((places[one], places[other]) for one, other in same_bands(self._fingerprints))
        return [pair for pair in pairs if overlap(*map(self._record, pair)) >= NEAR]

    def _leak(self, number: int, why: str) -> Leak:
        group = self._group(number)
        return Leak(group.file.path, group.row + number - group.first, why)

    def _group(self, number: int) -> _Group:
        return self._groups[bisect_right(self._groups, number, key=lambda group: group.first) - 1]

    def _record(self, number: int) -> dict[str, Any]:
        group = self._group(number)
        return {"paragraphs": self._paragraphs(group.file.path, group.number)[number - group.first].as_py()}

    def _read(self, path: str, number: int) -> pa.ChunkedArray:
        with pq.ParquetFile(self._folder / path) as parquet:
            return parquet.read_row_group(number, ["paragraphs"])["paragraphs"]
