"""The rows of the tables of a dataset folder, a row group at a time."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasrih.dataset.shards import File
from tasrih.dataset.splits import SPLITS


def row_group(parquet: pq.ParquetFile, number: int) -> pa.RecordBatch:
    """A row group as one batch. Raises pyarrow.ArrowException or OSError when it is damaged."""
    table = parquet.read_row_group(number, use_threads=False)
    batch = pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)
    batch.validate(full=True)
    return batch


def first_articles(folder: Path, files: Iterable[File], count: int) -> pa.RecordBatch:
    """So many articles, or all there are, from the beginning of the first split that there is."""
    articles = [file for file in files if file.config == "articles"]
    first = first_split(articles)
    alike = sorted((file for file in articles if file.split == first), key=attrgetter("path"))
    return joined(_until(count, (batch for file in alike for batch in _batches(folder / file.path)))).slice(0, count)


def _batches(file: Path) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(file) as parquet:
        yield from (row_group(parquet, number) for number in range(parquet.num_row_groups))


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


def joined(batches: Iterable[pa.RecordBatch]) -> pa.RecordBatch:
    """Batches one after another as one."""
    table = pa.Table.from_batches(list(batches))
    return pa.RecordBatch.from_arrays([column.combine_chunks() for column in table.columns], schema=table.schema)
