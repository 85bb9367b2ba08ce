"""What only the corpus as a whole shows: ids taken twice, near-duplicates, groups, and the splits they fall into.

Every shard leaves a small table of its articles. What must be looked for in all of them together is one job a column,
so that it runs on any engine; only what is found comes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import Numbers, buffered, integers, strings
from tasrih.dataset.splits import Member, merged, split_of
from tasrih.doubles import BANDS, Fingerprints, alike, together
from tasrih.engines import Engine, scheduled
from tasrih.errors import InvalidError
from tasrih.overlap import near, same
from tasrih.reading import Place, Slice, from_offset, line_counter, read_again
from tasrih.standoff.filling import opened

_BANDS = tuple(f"band_{number}" for number in range(BANDS))
_ALONE = 200_000  # so few articles are looked through more quickly than processes start
_PAIRS = 500
Found = tuple[Member, Place]
_TOLD = (*Member._fields, "name")
SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in _TOLD),
        ("hash", pa.uint64()),
        *((band, pa.uint32()) for band in _BANDS),
        ("part", pa.int32()),
        ("offset", pa.uint64()),
    ]
)


def write(file: Path, members: Sequence[Sequence[pa.Array]], seen: Sequence[Sequence[Fingerprints]]) -> None:
    """Writes what the articles of a shard are judged by, a row each.

    `members` are the fields of `Member` of each batch, and its name; `seen` has an entry for each slice of the shard.
    """
    every = together(some for part in seen for some in part)
    part = np.repeat(np.arange(len(seen)), [sum(map(len, part)) for part in seen])
    columns = [pa.concat_arrays(fields) for fields in zip(*members, strict=True)] or [strings([])] * len(_TOLD)
    columns.append(integers(every["id"], pa.uint64()))
    columns += [integers(band, pa.uint32()) for band in every["bands"].T]
    columns += [integers(part, pa.int32()), integers(every["offset"], pa.uint64())]
    batch = pa.RecordBatch.from_arrays(columns, schema=SCHEMA)
    with pa.OSFile(str(file), "wb") as stream, pa.ipc.new_file(stream, SCHEMA) as writer:
        writer.write_batch(batch)


def moved(
    files: Sequence[Path], shards: Sequence[Sequence[Slice]], jobs: int = 1, engine: Engine = "local"
) -> list[Mapping[str, str]]:
    """For each shard the names of `Member` whose split is not their own, with the split of the group they are in.

    `files` are what `write` wrote of the shards, `shards` the slices that those were made of. Raises TasrihError when
    an id is taken twice, and when articles that belong together are given two splits.
    """
    tables = [_read(file) for file in files]
    starts = np.cumsum([0, *(table.num_rows for table in tables)])
    jobs = jobs if starts[-1] > _ALONE else 1
    ids, *bands = scheduled(partial(_alike, files), ("hash", *_BANDS), jobs, engine)

    def found(number: int) -> Found:
        shard = int(np.searchsorted(starts, number, side="right")) - 1
        row = tables[shard].slice(number - int(starts[shard]), 1).to_pylist()[0]
        return Member(*(row[name] for name in Member._fields)), (shards[shard][row["part"]], row["offset"])

    _refuse_doubles([(found(one), found(other)) for one, other in ids.tolist()])
    pairs = [(found(one), found(other)) for one, other in np.unique(np.concatenate(bands), axis=0).tolist()]
    step = max(_PAIRS, len(pairs) // (4 * jobs))  # packed lines are unpacked for each chunk
    chunks = [pairs[start : start + step] for start in range(0, len(pairs), step)]
    confirmed = [pair for found in scheduled(_confirmed, chunks, jobs, engine) for pair in found]
    return _of_shards(tables, merged(confirmed))


def _read(file: Path) -> pa.Table:
    with pa.memory_map(str(file)) as source:
        return pa.ipc.open_file(source).read_all()


def _alike(files: Sequence[Path], name: str) -> Numbers:
    """The pairs of articles, by their numbers in all shards, that have the same value in a column."""
    return alike(np.concatenate([buffered(chunk) for file in files for chunk in _read(file)[name].chunks]))


def _refuse_doubles(pairs: Sequence[tuple[Found, Found]]) -> None:
    for (member, here), (_, there) in same(pairs, lambda found: found[0].id):
        places = " and ".join(map(_place_told, (here, there)))
        raise InvalidError(f"The id {member.id} is taken twice, in {places}. Give one another id.")


def _place_told(place: Place) -> str:
    """The file that an article is in, and the line in it."""
    part = from_offset(*place)
    with read_again([place]) as document_at:
        document = document_at(place)
    return replace(document, line=1 + line_counter()(part)).place if part.start else document.place


def _confirmed(pairs: Sequence[tuple[Found, Found]]) -> list[tuple[Member, Member]]:
    """The pairs of which one nearly repeats the other."""
    with read_again(place for pair in pairs for _, place in pair) as document_at:

        def record(of: Found) -> dict[str, Any]:
            return opened(orjson.loads(document_at(of[1]).read()))

        return [(one[0], other[0]) for one, other, _ in near(pairs, record)]


def _of_shards(tables: Sequence[pa.Table], names: Mapping[str, str]) -> list[Mapping[str, str]]:
    """For each shard those of its names that fall into another split than by themselves."""
    every = [table["name"] for table in tables]
    known = pc.unique(pa.chunked_array([chunk for column in every for chunk in column.chunks], pa.string()))
    if len(known) == 1 or (len(known) == len(names) and len(set(names.values())) == 1):
        names = dict.fromkeys(known.to_pylist(), "")
    given = _given(tables, names)
    odd = {name: given.get(group) or (split_of(group) if group else "train") for name, group in names.items()}
    odd |= {group: split for group, split in given.items() if group not in names}
    odd = {name: split for name, split in odd.items() if split != split_of(name) or names.get(name, name) in given}
    wanted = strings(list(odd))
    found = [set(column.filter(pc.is_in(column, value_set=wanted)).to_pylist()) for column in every]
    return [{name: split for name, split in odd.items() if name in mine} for mine in found]


def _given(tables: Sequence[pa.Table], names: Mapping[str, str]) -> dict[str, str]:
    """The splits that articles are given, by group, of stories and of groups that have several names.

    An article that is a group by itself keeps its split without being looked up. Raises TasrihError when articles of
    one group are given two.
    """
    merged_names = strings(list(names))
    found: dict[str, Member] = {}
    for table in tables:
        shared = pc.or_(pc.is_valid(table["story"]), pc.is_in(table["name"], value_set=merged_names))
        for row in table.filter(pc.and_(pc.is_valid(table["split"]), shared)).select(Member._fields).to_pylist():
            member = Member(**row)
            first = found.setdefault(names.get(member.name, member.name), member)
            if first.split != member.split:
                raise InvalidError(
                    f"{first.id} and {member.id} belong together, by their story or their text, and are given "
                    f"{first.split} and {member.split}. Give both the same `metadata.split`."
                )
    return {group: str(member.split) for group, member in found.items()}
