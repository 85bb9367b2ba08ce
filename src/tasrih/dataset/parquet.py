"""Parquet files as they are written: a row group at a time, with the digest of their rows."""

import dataclasses
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasrih.dataset.digests import Digest, file_sha256
from tasrih.dataset.manifest import File


class Sink:
    """A file for Arrow that keeps to itself that it cannot be written: Arrow would abort the process."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb", buffering=2**20)
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


class Writer:
    """One Parquet file; each batch is a row group."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self._path, self._digest, self._rows = path, Digest(), 0
        self._sink = Sink(path)
        self._parquet = pq.ParquetWriter(
            pa.PythonFile(self._sink, "w"),
            schema,
            compression="zstd",
            write_page_index=True,
            write_page_checksum=True,
            use_content_defined_chunking=True,
        )

    def __enter__(self) -> "Writer":
        return self

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
