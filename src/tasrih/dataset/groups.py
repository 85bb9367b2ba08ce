"""What only the corpus as a whole shows: ids taken twice, near-duplicates, groups, and the splits they fall into.

Every shard leaves a table of its articles, and their keys (see `tasrih.dataset.keys`). What the articles of all shards
have in common is looked for in one range of hashes after another, each a job, so that it runs on any engine and no
process holds a column of the whole corpus; only what is found comes back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, groupby
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import Numbers, flags, integers, strings
from tasrih.dataset import keys
from tasrih.dataset.splits import Member, merged, split_of
from tasrih.doubles import Fingerprints, together
from tasrih.engines import Engine, scheduled
from tasrih.errors import InvalidError
from tasrih.files import file_sha256
from tasrih.overlap import near, same
from tasrih.reading import Place, Slice, fetched, from_offset, line_counter, read_again
from tasrih.resources import is_url
from tasrih.standoff.filling import opened

_ALONE = 200_000  # so few articles are looked through more quickly than processes start
_PAIRS = 500
_ROUND = 100_000  # pairs of which it is known at once who they are
_FILES = 64  # tables of shards in which a job looks for names
_TOLD = (*Member._fields, "name")
SCHEMA = pa.schema([*((name, pa.string()) for name in _TOLD), ("part", pa.int32()), ("offset", pa.uint64())])

_Schedule = Callable[..., Iterator[Any]]
"""What has a job done for each thing given, by an engine."""


class _Found(NamedTuple):
    """An article by its number, with what is known of it and where its record is."""

    number: int
    member: Member
    place: Place


def keys_of(file: str) -> str:
    """Where the keys of the articles are that a table has."""
    return f"{file.removesuffix('.arrow')}.keys"


def write(file: Path, members: Sequence[Sequence[pa.Array]], seen: Sequence[Sequence[Fingerprints]]) -> None:
    """Writes what the articles of a shard are judged by, a row each, and their keys beside.

    `members` are the fields of `Member` of each batch, and its name; `seen` has an entry for each slice of the shard.
    """
    every = together(some for part in seen for some in part)
    part = np.repeat(np.arange(len(seen)), [sum(map(len, part)) for part in seen])
    columns = [pa.concat_arrays(fields) for fields in zip(*members, strict=True)] or [strings([])] * len(_TOLD)
    columns += [integers(part, pa.int32()), integers(every["offset"], pa.uint64())]
    batch = pa.RecordBatch.from_arrays(columns, schema=SCHEMA)
    with pa.OSFile(str(file), "wb") as stream, pa.ipc.new_file(stream, SCHEMA) as writer:
        writer.write_batch(batch)
    keys.write(Path(keys_of(str(file))), every, batch["story"].to_pylist(), batch["split"].to_pylist())


def sha256(file: Path) -> str:
    """A hash of what `write` wrote. Raises OSError when it cannot be read."""
    return file_sha256(file) + file_sha256(Path(keys_of(str(file))))


def moved(
    files: Sequence[str], shards: Sequence[Sequence[Slice]], articles: int, jobs: int = 1, engine: Engine = "local"
) -> list[Mapping[str, str]]:
    """For each shard the names of `Member` whose split is not their own, with the split of the group they are in.

    `files` are what `write` wrote of the shards, `shards` the slices that those were made of; there are so many
    `articles` in them, about. Raises TasrihError when an id is taken twice, and when articles that belong together are
    given two splits.
    """
    jobs = jobs if articles > _ALONE else 1
    schedule = partial(scheduled, jobs=jobs, engine=engine)
    look = partial(keys.found, [keys_of(file) for file in files])
    alike = keys.ordered(schedule(look, keys.parts(articles)))
    rows = partial(_rows, files, shards)
    same_hash = rows(alike.ids)
    _refuse_doubles([(same_hash[one], same_hash[other]) for one, other in alike.ids.tolist()])
    told = {number: found.member for number, found in rows(alike.stories).items()}
    doubles: list[tuple[Member, Member]] = []
    for start in range(0, len(alike.bands), _ROUND):
        pairs = alike.bands[start : start + _ROUND]
        known = rows(pairs)
        for one, other in _near([(known[one], known[other]) for one, other in pairs.tolist()], jobs, schedule):
            told |= {one: known[one].member, other: known[other].member}
            doubles.append((told[one], told[other]))
    return _of_shards(files, told, merged(doubles), schedule)


def _near(pairs: Sequence[tuple[_Found, _Found]], jobs: int, schedule: _Schedule) -> Iterator[tuple[int, int]]:
    """The pairs of which one nearly repeats the other, by their numbers."""
    step = max(_PAIRS, len(pairs) // (4 * jobs))  # packed lines are unpacked for each chunk
    chunks = [pairs[start : start + step] for start in range(0, len(pairs), step)]
    return chain.from_iterable(schedule(_confirmed, chunks))


def _read(file: str) -> pa.Table:
    if is_url(file):
        return pa.ipc.open_file(pa.BufferReader(fetched(file))).read_all()
    with pa.memory_map(file) as source:
        return pa.ipc.open_file(source).read_all()


def _rows(files: Sequence[str], shards: Sequence[Sequence[Slice]], numbers: Numbers) -> dict[int, _Found]:
    """The articles of these numbers."""
    found = {}
    for shard, group in groupby(np.unique(numbers).tolist(), lambda number: keys.shard_and_row(number)[0]):
        several = list(group)
        places = np.array([keys.shard_and_row(number)[1] for number in several])
        rows = _read(files[shard]).take(integers(places)).to_pylist()
        for number, row in zip(several, rows, strict=True):
            member = Member(*(row[name] for name in Member._fields))
            found[number] = _Found(number, member, (shards[shard][row["part"]], row["offset"]))
    return found


def _refuse_doubles(pairs: Sequence[tuple[_Found, _Found]]) -> None:
    for one, other in same(pairs, lambda found: found.member.id):
        places = " and ".join(_place_told(found.place) for found in (one, other))
        raise InvalidError(f"The id {one.member.id} is taken twice, in {places}. Give one another id.")


def _place_told(place: Place) -> str:
    """The file that an article is in, and the line in it."""
    part = from_offset(*place)
    with read_again([place]) as document_at:
        document = document_at(place)
    return replace(document, line=1 + line_counter()(part)).place if part.start else document.place


def _confirmed(pairs: Sequence[tuple[_Found, _Found]]) -> list[tuple[int, int]]:
    """The pairs of which one nearly repeats the other, by their numbers."""
    with read_again(found.place for pair in pairs for found in pair) as document_at:

        def record(of: _Found) -> dict[str, Any]:
            return opened(orjson.loads(document_at(of.place).read()))

        return [(one.number, other.number) for one, other, _ in near(pairs, record)]


def _of_shards(
    files: Sequence[str], told: dict[int, Member], names: Mapping[str, str], schedule: _Schedule
) -> list[Mapping[str, str]]:
    """For each shard those of its names that fall into another split than by themselves.

    `told` are near-duplicates, and the articles of stories that are not all given the same split, by their numbers.
    """
    stories = {member.name for member in told.values() if member.name in names and member.story}
    only = _only_group(files, names)
    if only is not None:
        names = dict.fromkeys(only, "")
        stories |= only - {member.name for member in told.values()}
    told |= _named(files, stories, schedule)
    given = _given([told[number] for number in sorted(told)], names)
    odd = {name: given.get(group) or (split_of(group) if group else "train") for name, group in names.items()}
    odd |= {group: split for group, split in given.items() if group not in names}
    odd = {name: split for name, split in odd.items() if split != split_of(name) or names.get(name, name) in given}
    found: list[dict[str, str]] = [{} for _ in files]
    for number, member in told.items():
        if member.name in odd:
            found[keys.shard_and_row(number)[0]][member.name] = odd[member.name]
    return list(found)


def _only_group(files: Sequence[str], names: Mapping[str, str]) -> set[str] | None:
    """The names of all articles, if they are one group."""
    known: set[str] = set()
    for file in files:
        known.update(pc.unique(_read(file)["name"]).to_pylist())
        if len({names.get(name, name) for name in known}) > 1:
            return None
    return known


def _named(files: Sequence[str], names: set[str], schedule: _Schedule) -> dict[int, Member]:
    """The articles of these names, by their numbers."""
    starts = range(0, len(files), _FILES) if names else ()
    chunks = [(start, files[start : start + _FILES]) for start in starts]
    return dict(chain.from_iterable(schedule(partial(_looked_up, names), chunks)))


def _looked_up(names: set[str], chunk: tuple[int, Sequence[str]]) -> list[tuple[int, Member]]:
    first, files = chunk
    wanted = strings(sorted(names))
    found: list[tuple[int, Member]] = []
    for shard, file in enumerate(files, first):
        table = _read(file)
        rows = np.flatnonzero(flags(pc.is_in(table["name"].combine_chunks(), value_set=wanted)))
        members = (Member(**row) for row in table.select(Member._fields).take(integers(rows)).to_pylist())
        found += zip(keys.numbered(shard, rows).tolist(), members, strict=True)
    return found


def _given(members: Sequence[Member], names: Mapping[str, str]) -> dict[str, str]:
    """The splits that articles are given, by the name of their group.

    Raises TasrihError when articles of one group are given two.
    """
    found: dict[str, Member] = {}
    for member in members:
        if not member.split:
            continue
        first = found.setdefault(names.get(member.name, member.name), member)
        if first.split != member.split:
            raise InvalidError(
                f"{first.id} and {member.id} belong together, by their story or their text, and are given "
                f"{first.split} and {member.split}. Give both the same `metadata.split`."
            )
    return {group: str(member.split) for group, member in found.items()}
