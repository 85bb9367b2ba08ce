"""From records to a dataset folder: shards by an engine, then the corpus as a whole, then names, card and manifest."""

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from itertools import accumulate, chain, groupby
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from tasrih import arguments
from tasrih.dataset import RIGHTS, Rights, remote
from tasrih.dataset.configs import configs, table_path
from tasrih.dataset.folder import beside, refuse_other
from tasrih.dataset.groups import moved
from tasrih.dataset.manifest import File
from tasrih.dataset.schemas import schema
from tasrih.dataset.shards import MEMBERS, Portion, Shard, build_shard
from tasrih.dataset.splits import SPLITS
from tasrih.engines import Engine, check, scheduled
from tasrih.errors import InvalidError, MissingError, UnavailableError
from tasrih.identity import identity
from tasrih.reading import Slice, slices
from tasrih.resources import corpus_folder
from tasrih.terminal import progress

SHARD_BYTES = 64 * 2**20
Target = TypeVar("Target", bound=str | os.PathLike[str])  # a Path, which no URL is, gives a Path


def build(  # noqa: PLR0913
    out: Target,
    sources: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None = None,
    *,
    within: str | os.PathLike[str] | None = None,
    engine: Engine = "local",
    jobs: int = 1,
    resume: bool = False,
    rights: Rights = "all",
    sample: int = 0,
) -> Path | Target:
    """Writes the dataset of records (the bundled corpus by default) to the folder or URL `out`, and returns that.

    `sources` are a path or several: files, folders and JSON Lines, on this machine or by a URL that fsspec knows;
    `within` is the corpus folder that they belong to, whichever they are in. The dataset takes the register and the
    documents of that corpus: the one named, or the one that all records are in. Registers of several corpora are put
    together; records in none have no register, and no documents. `jobs` is the number of processes. With `resume`, what
    a build that did not end had finished is kept in a folder beside `out`, and not done again. With the rights
    `redistributable` the text of articles that may not be passed on is left out (see `tasrih.hydrate`). `sample` is the
    number of articles in an extra config to look at.

    An earlier dataset in a folder `out` stays whole until the new one is complete. At a URL that fsspec knows, such as
    `s3://bucket/prefix`, there must be none: nothing is replaced there. Workers write to it directly; it is a dataset
    when its manifest is there, which comes last, and one build may work on it at a time.

    Raises TasrihError when `out` holds something that is not a dataset, when records have errors, or when it cannot be
    written.

    >>> folder = tasrih.build("dataset", "harbour/corpus")
    >>> tasrih.verify(folder)
    []
    """
    from tasrih.dataset.documents import DATASHEET, Belongings, describe, register

    check(engine, jobs)
    arguments.one_of("no such rights", rights, RIGHTS)
    sample = arguments.number("sample", sample)
    target = arguments.path("out", out)
    is_store = remote.is_store(target)
    if not is_store:
        refuse_other(Path(target))
    given = arguments.several(corpus_folder() if sources is None else sources)
    paths = [arguments.path("sources", source) for source in given]
    folder = None if within is None else arguments.folder("within", within)
    known = identity(paths, folder)
    cut = _sources(paths, folder)
    belongings = Belongings(known, register(cut), known.document(DATASHEET))
    with remote.below(target, keep=resume) if is_store else beside(Path(target), keep=resume) as scratch:
        shards = f"{scratch}/shards" if rights == "all" else f"{scratch}/shards-{rights}"
        shard = remote.build_shard if is_store else partial(build_shard, keep=resume)
        job = partial(shard, _schemas(rights), shards)
        tables = dict(_placed(shards, _rows(job, shards, cut, engine, jobs)))
        complete = partial(describe, tables=list(tables), rights=rights, belongings=belongings, sample=sample)
        if is_store:
            remote.publish(target, complete, {file.path: place for file, place in tables.items()})
            return out
        new = Path(scratch, "new")
        _assembled(tables, new)
        complete(new)
    return Path(target)


def _schemas(rights: Rights) -> dict[str, pa.Schema]:
    return {config: schema(config) for config in configs(rights)}


def _sources(paths: Sequence[str], within: str | None) -> list[Portion]:
    """The input cut into shards, the same whoever works on it: ranges of JSON Lines, and files that lie together."""
    if not paths:
        raise MissingError("There are no records to build from. Is it the right folder or file?")
    parts = groupby(slices(sorted(paths), sys.maxsize), attrgetter("is_lines"))
    cut = chain.from_iterable(_shared_out(list(alike)) for _, alike in parts)
    return [Portion(number, batch, within) for number, batch in enumerate(cut)]


def _shared_out(parts: Sequence[Slice]) -> Iterator[tuple[Slice, ...]]:
    """Parts as shards of one size, as far as they can be cut: no process works on long after the others.

    There is one, or a multiple of four: so two and four processes come to an end together, too.
    """
    sizes = [part.size for part in parts]
    total = max(sum(sizes), 1)
    needed = -(-total // SHARD_BYTES)
    count = needed if needed == 1 else -(-needed // 4) * 4
    begins = accumulate(sizes, initial=0)
    every = chain.from_iterable(_pieces(part, begin, total, count) for part, begin in zip(parts, begins, strict=False))
    for _, alike in groupby(every, itemgetter(0)):
        yield tuple(piece for _, piece in alike)


def _pieces(part: Slice, begin: int, total: int, count: int) -> Iterator[tuple[int, Slice]]:
    """A part that begins at a place of all that is given, with the shard of `count` that it falls into: one, or ranges
    of lines for several.
    """
    if part.end is None:
        yield begin * count // total, part
        return
    while part.start < part.end:
        shard = begin * count // total
        next_begin = min(-(-(shard + 1) * total // count), begin + part.end - part.start)
        end = part.start + next_begin - begin
        yield shard, part._replace(end=end)
        part, begin = part._replace(start=end), next_begin


def _rows(
    job: Callable[[Portion], Shard], shards: str, cut: Sequence[Portion], engine: Engine, jobs: int
) -> list[Shard]:
    """What the shards came to, each article in the split that the corpus as a whole decides."""
    rows = _built(job, cut, engine, jobs)
    members = [f"{_folder(shards, row)}/{MEMBERS}" for row in rows]
    odd = moved(members, [source.parts for source in cut], sum(row.records for row in rows), jobs, engine)
    again = [replace(cut[number], moved=names) for number, names in enumerate(odd) if names]
    for row in _built(job, again, engine, jobs):
        rows[row.number] = row
    return rows


def _built(job: Callable[[Portion], Shard], sources: Sequence[Portion], engine: Engine, jobs: int) -> list[Shard]:
    """The rows of the shards in their order. Raises TasrihError when records have errors."""
    rows = []
    try:
        with closing(scheduled(job, sources, jobs, engine)) as results:  # no process is left when this is broken off
            for row in progress(results, "shards"):
                if row.errors:
                    remedies = "`tasrih validate` lists all with their remedies."
                    raise InvalidError(f"The records have errors; {remedies}", *row.told)
                rows.append(replace(row, sources=()))  # nobody asks for them here, and there are as many as articles
    except OSError as error:
        raise UnavailableError(f"{error.filename or 'A shard'}: cannot be written ({error.strerror}).") from error
    return rows


def _folder(shards: str, row: Shard) -> str:
    return f"{shards}/{row.number:05}"


def _placed(shards: str, rows: Sequence[Shard]) -> Iterator[tuple[File, str]]:
    """The files of the shards as they are called in the dataset, and where they are."""
    found = [(file.config, SPLITS.index(file.split), row.number, file) for row in rows for file in row.files]
    found.sort(key=itemgetter(0, 1, 2))
    for (config, split), group in groupby(found, itemgetter(0, 1)):
        alike = list(group)
        for number, (*_, shard, file) in enumerate(alike):
            path = table_path(config, SPLITS[split], number, len(alike))
            yield replace(file, path=path), f"{_folder(shards, rows[shard])}/{file.path}"


def _assembled(tables: Mapping[File, str], new: Path) -> None:
    """Puts the files of the shards to where they belong in the dataset."""
    if new.exists():
        shutil.rmtree(new)
    for file, place in tables.items():
        (new / file.path).parent.mkdir(parents=True, exist_ok=True)
        _link(Path(place), new / file.path)


def _link(one: Path, other: Path) -> None:
    try:
        os.link(one, other)
    except OSError:
        shutil.copyfile(one, other)
