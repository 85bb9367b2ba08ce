"""From records to a dataset folder: shards by an engine, then the corpus as a whole, then names, card and manifest."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from functools import partial
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import tasrih
from tasrih.dataset.facts import moved
from tasrih.dataset.folder import beside, refuse_other
from tasrih.dataset.shards import FACTS, File, Row, Source, build_shard
from tasrih.dataset.splits import SPLITS
from tasrih.engines import scheduled
from tasrih.errors import TasrihError
from tasrih.reading import Slice, slices
from tasrih.resources import corpus_folder
from tasrih.statistics import statistics
from tasrih.terminal import progress

SHARD_BYTES = 64 * 2**20
_DRAWN = 2_000  # of so many articles pictures are drawn; counting more would take longer than it is worth


def build(
    out: str | os.PathLike[str],
    sources: Iterable[str | os.PathLike[str]] | None = None,
    *,
    within: str | os.PathLike[str] | None = None,
    engine: str = "local",
    jobs: int = 1,
    resume: bool = False,
) -> Path:
    """Writes the dataset of records (the bundled corpus by default) to the folder `out`, and returns it.

    `sources` are files, folders and JSON Lines, on this machine or by a URL that fsspec knows; `within` is the corpus
    folder of records that are in none. `jobs` is the number of processes. With `resume`, what a build that did not end
    had finished is kept in a folder beside `out`, and not done again.

    An earlier dataset in `out` stays whole until the new one is complete. Raises TasrihError when `out` holds something
    that is not a dataset, when records have errors, or when it cannot be written.
    """
    from tasrih.dataset.features import FEATURES

    target = Path(out)
    refuse_other(target)
    folder = None if within is None else os.fspath(within)
    given = list(_sources([corpus_folder()] if sources is None else sources, folder))
    schemas = {config: features.arrow_schema for config, features in FEATURES.items()}
    with beside(target, keep=resume) as scratch:
        job = partial(build_shard, schemas, str(scratch / "shards"))
        rows = _built(job, given, engine, jobs)
        facts = [_folder(scratch, row) / FACTS for row in rows]
        odd = moved(facts, [source.parts for source in given], jobs, engine)
        again = [replace(given[number], moved=names) for number, names in enumerate(odd) if names]
        for row in _built(job, again, engine, jobs):
            rows[row.number] = row
        _assembled(scratch, rows)
    return target


def _sources(paths: Iterable[str | os.PathLike[str]], within: str | None) -> Iterator[Source]:
    """The input cut into shards, the same whoever works on it: ranges of JSON Lines, and files that lie together."""
    parts: list[Slice] = []
    size = number = 0
    for path in sorted(os.fspath(path) for path in paths):
        for part in slices([path], SHARD_BYTES):
            if parts and (size + part.size > SHARD_BYTES or part.is_lines != parts[-1].is_lines):
                yield Source(number, tuple(parts), within)
                parts, size, number = [], 0, number + 1
            parts.append(part)
            size += part.size
    if not parts:
        raise TasrihError("There are no records to build from. Is it the right folder or file?")
    yield Source(number, tuple(parts), within)


def _built(job: Callable[[Source], Row], sources: Sequence[Source], engine: str, jobs: int) -> list[Row]:
    """The rows of the shards in their order. Raises TasrihError when records have errors."""
    rows = []
    try:
        for row in progress(scheduled(job, sources, jobs, engine), "shards"):
            if row.errors:
                told = "\n".join(row.told)
                raise TasrihError(f"The records have errors; `tasrih validate` lists all with their remedies.\n{told}")
            rows.append(row)
    except OSError as error:
        raise TasrihError(f"{error.filename or 'A shard'}: cannot be written ({error.strerror}).") from error
    return rows


def _folder(scratch: Path, row: Row) -> Path:
    return scratch / "shards" / f"{row.number:05}"


def _assembled(scratch: Path, rows: Sequence[Row]) -> None:
    """Moves the files of the shards to where they belong in the dataset, and describes it."""
    from tasrih.dataset.card import card

    new = scratch / "new"
    if new.exists():
        shutil.rmtree(new)
    files = list(_placed(scratch, rows, new))
    manifest: dict[str, Any] = {"version": tasrih.__version__, "files": [asdict(file) for file in files]}
    (new / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    if sum(file.rows for file in files if file.config == "articles") <= _DRAWN:
        _draw(new)
    (new / "README.md").write_text(card(new, files), encoding="utf-8")


def _draw(folder: Path) -> None:
    """Draws the pictures that the card shows."""
    from tasrih.pictures import overview, phenomena_chart

    counted = statistics(article.record for article in tasrih.load(folder))
    (folder / "corpus.svg").write_text(overview(counted), encoding="utf-8")
    if counted.phenomena:
        (folder / "phenomena.svg").write_text(phenomena_chart(counted), encoding="utf-8")


def _placed(scratch: Path, rows: Sequence[Row], new: Path) -> Iterator[File]:
    found = [(file.config, SPLITS.index(file.split), row.number, file) for row in rows for file in row.files]
    found.sort(key=itemgetter(0, 1, 2))
    for (config, split), group in groupby(found, itemgetter(0, 1)):
        alike = list(group)
        for number, (*_, shard, file) in enumerate(alike):
            path = f"data/{config}/{SPLITS[split]}-{number:05}-of-{len(alike):05}.parquet"
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            _link(_folder(scratch, rows[shard]) / file.path, new / path)
            yield replace(file, path=path)


def _link(one: Path, other: Path) -> None:
    try:
        os.link(one, other)
    except OSError:
        shutil.copyfile(one, other)
