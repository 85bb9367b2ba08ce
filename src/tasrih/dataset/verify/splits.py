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
from tasrih.dataset.manifest import File
from tasrih.dataset.splits import Member, members
from tasrih.dataset.verify import Fault
from tasrih.doubles import Fingerprints, fingerprints, same_bands, taken, together
from tasrih.overlap import near


class _RowGroup(NamedTuple):
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
        self._fingerprints: list[Fingerprints] = []
        self._groups: list[_RowGroup] = []
        self._paragraphs = lru_cache(maxsize=4)(self._read)

    def note(self, file: File, number: int, row: int, articles: pa.RecordBatch, readable: Flags) -> None:
        """Takes a row group, the first row of which is that row of the file; `readable` tells whose text is there."""
        first = len(self._members)
        self._groups.append(_RowGroup(first, file, number, row))
        self._members += map(Member, *(column.to_pylist() for column in members(articles)))
        rows = np.flatnonzero(readable)
        if len(rows):
            layout = Layout(pa.RecordBatch.from_struct_array(take(articles.to_struct_array(), rows)))
            numbers = (rows + first).tolist()
            self._fingerprints.append(fingerprints(layout, numbers, np.ones(len(rows), np.bool_), {}))

    def leaks(self) -> Iterator[Fault]:
        """Articles whose id is taken, or that are in another split than they are given or their group is in."""
        for number, member in enumerate(self._members):
            if member.split and member.split != self._group(number).file.split:
                yield self._leak(number, f"{member.id} is given to {member.split}")
        ids = [member.id for member in self._members]
        for one, other in taken(ids):
            yield self._leak(other, f"the id {ids[one]} is taken: {self._group(one).file.path} has it, too")
        names: dict[str, int] = {}
        together = self._near()
        for number, member in enumerate(self._members):
            together.append((names.setdefault(member.name, number), number))
        for one, other in together:
            one_split, split = (self._group(number).file.split for number in (one, other))
            if one_split != split:
                why = f"{self._members[one].id} in {one_split}, by its story or its text"
                yield self._leak(other, f"{self._members[other].id} belongs together with {why}")

    def _near(self) -> list[tuple[int, int]]:
        seen = together(self._fingerprints)
        places = seen["offset"].tolist()
        pairs = ((places[one], places[other]) for one, other in same_bands(seen))
        return [(one, other) for one, other, _ in near(pairs, self._record)]

    def _leak(self, number: int, why: str) -> Fault:
        group = self._group(number)
        return Fault(group.file.path, why, group.row + number - group.first, "id")

    def _group(self, number: int) -> _RowGroup:
        return self._groups[bisect_right(self._groups, number, key=lambda group: group.first) - 1]

    def _record(self, number: int) -> dict[str, Any]:
        group = self._group(number)
        return {"paragraphs": self._paragraphs(group.file.path, group.number)[number - group.first].as_py()}

    def _read(self, path: str, number: int) -> pa.ChunkedArray:
        with pq.ParquetFile(self._folder / path) as parquet:
            return parquet.read_row_group(number, ["paragraphs"])["paragraphs"]
