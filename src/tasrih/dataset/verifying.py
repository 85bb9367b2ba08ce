"""Whether a dataset folder is what a build makes: its files, columns, keys, spans and splits."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tasrih import arguments
from tasrih.columnar import Flags
from tasrih.dataset import manifest as manifests
from tasrih.dataset.contents import differences, wrong
from tasrih.dataset.digests import Digest
from tasrih.dataset.features import ALL, FEATURES, SAMPLE
from tasrih.dataset.folder import visible
from tasrih.dataset.leaks import Seen
from tasrih.dataset.manifest import Manifest
from tasrih.dataset.rights import HASHES, restricted
from tasrih.dataset.rows import first_articles, joined, row_group
from tasrih.dataset.shards import File, sha256
from tasrih.dataset.splits import SPLITS
from tasrih.errors import TasrihError
from tasrih.terminal import one_line, progress

_TOLD = 5


@dataclass(frozen=True, repr=False)
class Fault:
    """What is wrong with a dataset: the file, where it can be told the row (from 0) and the column, and why."""

    file: str
    why: str
    row: int | None = None
    column: str | None = None

    def __repr__(self) -> str:
        return one_line(f"<Fault {self}>")

    def __str__(self) -> str:
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{row}{column}: {self.why}"


def verify(dataset: str | os.PathLike[str]) -> list[Fault]:
    """What is wrong with a dataset folder; nothing when it is whole, and what a build of its articles would be.

    Looked at are the files against the manifest, the columns against the package, every row of a config against its
    article, every span against its text, and the splits: no group of articles may be in two. Of faults that are alike,
    the first in a row group is told. Raises TasrihError when the folder is not a dataset.
    """
    folder = Path(arguments.path("dataset", dataset))
    try:
        manifest = manifests.read(folder)
    except ValueError as error:
        return [Fault(manifests.NAME, f"it is damaged ({error})")]
    with ExitStack() as stack:
        tables = _Tables(folder, manifest, stack)
        return [*_files(folder, manifest), *_names(manifest), *tables.faults()]


def whole(folder: Path) -> Manifest:
    """The manifest of a dataset folder. Raises TasrihError when there are faults."""
    faults = verify(folder)
    if faults:
        told = "\n".join(map(str, faults[:_TOLD]))
        raise TasrihError(f"{folder}: not whole; `tasrih verify` lists all that is wrong. Build it again.\n{told}")
    return manifests.read(folder)


def _files(folder: Path, manifest: Manifest) -> Iterator[Fault]:
    """Files that are missing, unlisted, or not the listed ones."""
    there, listed = visible(folder), manifest.listed
    for path in sorted(there.keys() - listed.keys() - {manifests.NAME}):
        yield Fault(path, "the manifest does not list it")
    for path, file in progress(sorted(listed.items()), "files"):
        if path not in there:
            yield Fault(path, "it is missing")
        elif there[path].stat().st_size != file.bytes:
            yield Fault(path, f"it has {there[path].stat().st_size} bytes, and {file.bytes} by the manifest")
        elif sha256(there[path]) != file.sha256:
            yield Fault(path, "its SHA-256 is not that of the manifest")


def _names(manifest: Manifest) -> Iterator[Fault]:
    """Tables that are not called by their config, split and number: every config has as many as `articles`."""
    configs = [*FEATURES, *([HASHES] if manifest.rights == "redistributable" else [])]
    shards = Counter(file.split for file in manifest.files if file.config == "articles") or {"train": 1}
    names = [f"{split}-{number:05}-of-{count:05}" for split, count in shards.items() for number in range(count)]
    due = {f"data/{config}/{name}.parquet": config for config in configs for name in names}
    due |= {f"data/{SAMPLE}/{split}-00000-of-00001.parquet": SAMPLE for split in SPLITS}
    for file in manifest.files:
        if due.pop(file.path, None) != file.config or not file.path.startswith(f"data/{file.config}/{file.split}-"):
            yield Fault(file.path, f"no such table of {file.config} belongs in the dataset")
    yield from (Fault(path, "the manifest lacks it") for path, config in due.items() if config != SAMPLE)


class _Tables:
    """The Parquet files of a folder, looked through side by side."""

    def __init__(self, folder: Path, manifest: Manifest, stack: ExitStack) -> None:
        self._folder, self._rights, self._stack = folder, manifest.rights, stack
        self._files = {file.path: file for file in manifest.files if file.config in ALL and file.split in SPLITS}
        self._opened: dict[str, pq.ParquetFile] = {}
        self._seen = Seen(folder)

    def faults(self) -> Iterator[Fault]:
        """Those in what the tables hold."""
        for file in self._files.values():
            yield from self._open(file)
        for file in progress(list(self._files.values()), "tables"):
            if file.config == "articles" and file.path in self._opened:
                yield from self._shard(file)
            elif file.config == SAMPLE and file.path in self._opened:
                yield from self._sample(file)
        yield from (Fault(leak.file, leak.why, leak.row, "id") for leak in self._seen.leaks())

    def _open(self, file: File) -> Iterator[Fault]:
        if not (self._folder / file.path).is_file():
            return
        try:
            parquet = self._stack.enter_context(pq.ParquetFile(self._folder / file.path))
            faults = list(_columns(file, parquet))
        except (OSError, pa.ArrowException) as error:
            faults = [_unreadable(file, error)]
        if not faults:
            self._opened[file.path] = parquet
        yield from faults

    def _shard(self, articles: File) -> list[Fault]:
        """The same articles in every config."""
        paths = {config: f"data/{config}/{Path(articles.path).name}" for config in ALL if config != SAMPLE}
        files = {config: self._files[path] for config, path in paths.items() if path in self._opened}
        counts = {self._opened[file.path].num_row_groups for file in files.values()}
        if len(counts) > 1:
            return [Fault(articles.path, "its row groups are more or fewer than those of the other configs")]
        digests = {config: Digest() for config in files}
        found = [fault for number in range(*counts) for fault in self._row_group(files, digests, number)]
        odd = [file for config, file in files.items() if digests[config].hexdigest() != file.digest]
        return found or [Fault(file.path, "its rows have another digest than the manifest says") for file in odd]

    def _row_group(self, files: dict[str, File], digests: dict[str, Digest], number: int) -> list[Fault]:
        batches: dict[str, pa.RecordBatch] = {}
        for config, file in files.items():
            try:
                batches[config] = row_group(self._opened[file.path], number)
            except (OSError, pa.ArrowException) as error:
                return [_unreadable(file, error)]
            digests[config].update(batches[config])
        first = {config: self._first_row(file, number) for config, file in files.items()}
        found = wrong(batches, self._rights)
        if not any(flaw.config == "articles" for flaw in found):
            self._seen.note(files["articles"], number, first["articles"], batches["articles"], self._readable(batches))
        return [Fault(files[config].path, why, first[config] + row, column) for config, row, column, why in found]

    def _first_row(self, file: File, number: int) -> int:
        metadata = self._opened[file.path].metadata
        return sum(metadata.row_group(earlier).num_rows for earlier in range(number))

    def _readable(self, batches: dict[str, pa.RecordBatch]) -> Flags:
        """Which articles have their text."""
        articles = batches["articles"]
        return ~restricted(articles) if self._rights == "redistributable" else np.ones(articles.num_rows, np.bool_)

    def _sample(self, file: File) -> Iterator[Fault]:
        try:
            with pq.ParquetFile(self._folder / file.path) as parquet:
                sample = joined(row_group(parquet, number) for number in range(parquet.num_row_groups))
            due = first_articles(self._folder, [self._files[path] for path in self._opened], sample.num_rows)
        except (OSError, pa.ArrowException) as error:
            yield _unreadable(file, error)
            return
        for _, row, column, why in differences(SAMPLE, sample, due, "is not what the article has"):
            yield Fault(file.path, why, row, column)


def _columns(file: File, parquet: pq.ParquetFile) -> Iterator[Fault]:
    """Columns that are not those of the package, and rows that are more or fewer than listed."""
    due, found = ALL[file.config].arrow_schema, parquet.schema_arrow
    if not found.equals(due):
        odd = [field.name for field in found if field.name not in due.names or not field.equals(due.field(field.name))]
        missing = [name for name in due.names if name not in found.names]
        yield Fault(
            file.path, "it is missing, not in its place, or of another type", None, (odd + missing + due.names)[0]
        )
    elif found.metadata != due.metadata:
        yield Fault(file.path, "the features in its metadata are not those of the package")
    if parquet.metadata.num_rows != file.rows:
        yield Fault(file.path, f"it has {parquet.metadata.num_rows} rows, and {file.rows} by the manifest")


def _unreadable(file: File, error: Exception) -> Fault:
    return Fault(file.path, f"it cannot be read ({error})")
