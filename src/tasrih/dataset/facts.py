"""What only the corpus as a whole shows: ids taken twice, near-duplicates, groups, and the split of every article."""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa

from tasrih.dataset.splits import Member, assigned, groups, split_of
from tasrih.errors import TasrihError
from tasrih.reading import Slice, document_at
from tasrih.validation.uniqueness import BANDS, NEAR, Fingerprints, overlap, same_bands, same_ids

SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in Member._fields),
        ("bands", pa.binary(4 * BANDS)),
        ("part", pa.int64()),
        ("offset", pa.uint64()),
    ]
)


def write(file: Path, members: Sequence[Member], seen: Sequence[Fingerprints]) -> None:
    """Writes what the articles of a shard are judged by, a row each; `seen` has an entry for each of its slices."""
    bands = pa.py_buffer(b"".join(part.bands.tobytes() for part in seen))
    part = np.repeat(np.arange(len(seen)), [len(part.ids) for part in seen])
    columns: list[Any] = [[getattr(member, name) for member in members] for name in Member._fields]
    columns.append(pa.FixedSizeBinaryArray.from_buffers(pa.binary(4 * BANDS), len(members), [None, bands]))
    columns += [part.tolist(), [offset for part in seen for offset in part.offsets]]
    batch = pa.record_batch(columns, schema=SCHEMA)
    with pa.OSFile(str(file), "wb") as stream, pa.ipc.new_file(stream, SCHEMA) as writer:
        writer.write_batch(batch)


def moved(files: Sequence[Path], shards: Sequence[Sequence[Slice]]) -> list[dict[str, str]]:
    """For each shard the articles whose split is not that of their own story or id, with the split they belong to.

    `files` hold the facts of the shards, `shards` the slices that those were made of. Raises TasrihError when an id is
    taken twice.
    """
    tables = [_read(file) for file in files]
    facts = pa.concat_tables(tables)
    shard = np.repeat(np.arange(len(tables)), [table.num_rows for table in tables])
    members = [Member(*values) for values in zip(*(facts[name].to_pylist() for name in Member._fields), strict=True)]
    corpus = _Corpus(members, _fingerprints(facts), shards, shard.tolist(), facts["part"].to_pylist())
    corpus.refuse_doubles()
    splits = assigned(groups(members, corpus.near()))
    found: list[dict[str, str]] = [{} for _ in files]
    for number, member, split in zip(corpus.shard, members, splits, strict=True):
        if split != split_of(member.name):
            found[number][member.id] = split
    return found


def _read(file: Path) -> pa.Table:
    with pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all()


def _fingerprints(facts: pa.Table) -> Fingerprints:
    bands = array("I")
    for chunk in facts["bands"].chunks:
        data = chunk.buffers()[1].to_pybytes()
        bands.frombytes(data[chunk.offset * 4 * BANDS : (chunk.offset + len(chunk)) * 4 * BANDS])
    size = facts.num_rows
    ids = array("Q", (hash(name) & 0xFFFFFFFFFFFFFFFF for name in facts["id"].to_pylist()))
    offsets = array("Q", facts["offset"].to_pylist())
    return Fingerprints(ids, bands, array("I", range(size)), offsets, bytearray(b"\1" * size))


class _Corpus:
    """The articles of all shards, and where they can be read again: the shard, and the slice in it."""

    def __init__(
        self,
        members: list[Member],
        seen: Fingerprints,
        shards: Sequence[Sequence[Slice]],
        shard: list[int],
        part: list[int],
    ) -> None:
        self.members, self.seen, self.shards, self.shard, self.part = members, seen, shards, shard, part
        self._record = lru_cache(maxsize=64)(self._read)

    def near(self) -> list[tuple[int, int]]:
        """The pairs of articles of which one nearly repeats the other."""
        return [pair for pair in same_bands(self.seen) if overlap(*map(self._record, pair)) >= NEAR]

    def refuse_doubles(self) -> None:
        """Raises TasrihError for an id that two articles have."""
        for one, other in same_ids(self.seen):
            if self.members[one].id == self.members[other].id:
                places = " and ".join(self._slice(number).file for number in (one, other))
                raise TasrihError(f"The id {self.members[one].id} is taken twice, in {places}. Give one another id.")

    def _slice(self, number: int) -> Slice:
        return self.shards[self.shard[number]][self.part[number]]

    def _read(self, number: int) -> dict[str, Any]:
        record: dict[str, Any] = orjson.loads(document_at(self._slice(number), self.seen.offsets[number]).read())
        return record
