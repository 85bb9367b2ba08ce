"""Parquet files, written and read a row group at a time, with the digest of their rows."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasrih.dataset.configs import ARTICLES
from tasrih.dataset.digests import Digest
from tasrih.dataset.manifest import File
from tasrih.dataset.paths import Folder
from tasrih.dataset.splits import SPLITS
from tasrih.files import file_sha256
from tasrih.reading import seekable


class Sink:
    """A file for Arrow that keeps to itself that it cannot be written: Arrow would abort the process."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=2**17)
        self.error: BaseException | None = None
        self.closed = False

    def write(self, data: bytes) -> int:
        """Writes, unless that failed before."""
        self._attempt(lambda: self._file.write(data))
        return len(data)

    def flush(self) -> None:
        """Writes what is buffered."""
        self._attempt(self._file.flush)

    def close(self) -> None:
        """Writes what is buffered, and closes the file."""
        self._attempt(self._file.close)
        self.closed = True

    def _attempt(self, action: Callable[[], object]) -> None:
        try:
            if self.error is None:
                action()
        except BaseException as error:  # noqa: BLE001  # a signal to end, too, is for `write` to raise
            self.error = self.error or error


class Writer(AbstractContextManager["Writer"]):
    """One Parquet file; each batch is a row group.

    Pages are not cut by their content, which takes a sixth of the time: row groups are, and most columns of one are
    smaller than what is uploaded at once.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path, self._digest, self._rows = path, Digest(), 0
        self._sink = Sink(path)
        self._parquet = pq.ParquetWriter(
            pa.PythonFile(self._sink, "w"),
            schema,
            compression="zstd",
            write_page_index=True,
            write_page_checksum=True,
        )

    def __exit__(self, *_: object) -> None:
        self._parquet.close()
        self._sink.close()

    def write(self, batches: list[pa.RecordBatch]) -> None:
        """Adds a row group, unless there are no rows: `datasets` cannot read one that is empty."""
        group = pa.Table.from_batches(batches)
        if group.num_rows:
            self._parquet.write_table(group, row_group_size=group.num_rows)
        self._rows += group.num_rows
        if self._sink.error:
            raise self._sink.error
        for batch in batches:
            self._digest.update(batch)

    def file(self, config: str, split: str) -> File:
        """What was written."""
        if self._sink.error:
            raise self._sink.error
        size, digest = self._path.stat().st_size, self._digest.hexdigest()
        return File(self._path.name, config, split, self._rows, size, file_sha256(self._path), digest)


def written(folder: Path, path: str, split: str, schema: pa.Schema, groups: Iterable[pa.RecordBatch]) -> File:
    """Writes row groups to a Parquet file at `data/CONFIG/NAME` in a folder, and tells what it is."""
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    with Writer(folder / path, schema) as writer:
        for group in groups:
            writer.write([group])
    return dataclasses.replace(writer.file(Path(path).parent.name, split), path=path)


def row_group(parquet: pq.ParquetFile, number: int, columns: Sequence[str] | None = None) -> pa.RecordBatch:
    """A row group as one batch, with some columns or all. Raises pyarrow.ArrowException or OSError when damaged."""
    batch = _whole(parquet.read_row_group(number, columns and list(columns), use_threads=False))
    batch.validate(full=True)
    return batch


def table(file: Path | str) -> pq.ParquetFile:
    """A Parquet file by its path or URL, opened so that pages are held against their checksums."""
    source = seekable(file) if isinstance(file, str) else file
    return pq.ParquetFile(source, page_checksum_verification=True)


class Following:
    """A flat table beside `articles`: a row group holds the rows of one of articles, and where there are none, is left
    out.
    """

    def __init__(self, parquet: pq.ParquetFile) -> None:
        self.first = 0
        """The first row of those that were asked for last, or of those that are left."""
        self._parquet, self._number, self._rows = parquet, 0, 0
        self._waiting: pa.RecordBatch | None = None

    def of(self, articles: Collection[str]) -> pa.RecordBatch:
        """The rows of the next articles, by their ids. Raises pyarrow.ArrowException or OSError when damaged."""
        self.first = self._rows
        following = self._following()
        if following is None or following.column("article_id")[0].as_py() not in articles:
            return pa.RecordBatch.from_pylist([], self._parquet.schema_arrow)
        self._rows += following.num_rows
        self._waiting = None
        return following

    def is_over(self) -> bool:
        """Whether all rows were asked for."""
        self.first = self._rows
        return self._following() is None

    def _following(self) -> pa.RecordBatch | None:
        while self._waiting is None and self._number < self._parquet.num_row_groups:
            self._number += 1
            found = row_group(self._parquet, self._number - 1)
            self._waiting = found if found.num_rows else None
        return self._waiting


def first_articles(folder: Folder, files: Collection[File], count: int) -> pa.RecordBatch:
    """So many articles, or all there are, from the beginning of the tables that a sample is taken from."""
    every = (batch for file in sampled(files) for batch in batches(folder / file.path))
    return joined(_until(count, every)).slice(0, count)


def sampled(files: Collection[File]) -> list[File]:
    """The tables that a sample is taken from: the first split of articles, of stand-off ones if all are such."""
    kinds = ([file for file in files if file.config == config] for config in ARTICLES)
    articles = next(filter(None, kinds), [])
    first = first_split(articles)
    return sorted((file for file in articles if file.split == first), key=attrgetter("path"))


def batches(file: Path | str, columns: Sequence[str] | None = None) -> Iterator[pa.RecordBatch]:
    """The row groups of a Parquet file, one after another, with some columns or all."""
    with table(file) as parquet:
        yield from (row_group(parquet, number, columns) for number in range(parquet.num_row_groups))


def _until(count: int, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches with so many rows together, if there are as many."""
    for batch in batches:
        yield batch
        count -= batch.num_rows
        if count <= 0:
            return


def first_split(files: Iterable[File]) -> str:
    """The first split that some files have."""
    return min((file.split for file in files), key=SPLITS.index)


def joined(batches: Iterable[pa.RecordBatch], schema: pa.Schema | None = None) -> pa.RecordBatch:
    """Batches one after another as one; for none of them a schema is needed."""
    return _whole(pa.Table.from_batches(list(batches), schema))


def _whole(table: pa.Table) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)
