"""What is counted over the tables of a dataset, a row group at a time and only in the columns that it takes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tasrih.columnar import child
from tasrih.dataset.manifest import File
from tasrih.dataset.rights import restricted

_METADATA = ("collection", "publisher", "published", "rights.redistribution")
Balance = dict[str, Counter[str]]


@dataclass
class Figures:
    """Counts over a dataset; those by split have a counter of values for each."""

    articles: int = 0
    restricted: int = 0
    """Articles whose text may not be passed on."""
    newest: str | None = None
    """The latest day of publication."""
    balance: dict[str, Balance] = field(default_factory=dict)
    """Articles by collection and by publisher, quotes by type."""
    bytes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By config and split: bytes of the values, before compression."""


def figures(folder: Path, files: Iterable[File]) -> Figures:
    """Counts over the tables of a folder."""
    counted = Figures(balance={"collection": {}, "publisher": {}, "type": {}})
    for file in files:
        with pq.ParquetFile(folder / file.path) as parquet:
            groups = (parquet.metadata.row_group(number) for number in range(parquet.num_row_groups))
            counted.bytes[file.config, file.split] += sum(group.total_byte_size for group in groups)
            if file.config == "articles":
                for batch in _columns(parquet, [f"metadata.{name}" for name in _METADATA]):
                    _count_articles(counted, file.split, batch)
            elif file.config == "quotes":
                for batch in _columns(parquet, ["type"]):
                    _count(counted.balance["type"], file.split, batch.column("type"))
    return counted


def _columns(parquet: pq.ParquetFile, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    return parquet.iter_batches(columns=list(names), use_threads=False)  # type: ignore[no-any-return]


def _count_articles(counted: Figures, split: str, batch: pa.RecordBatch) -> None:
    metadata = batch.column("metadata")
    counted.articles += batch.num_rows
    counted.restricted += int(np.count_nonzero(restricted(batch)))
    newest = pc.max(child(metadata, "published")).as_py()
    counted.newest = max(filter(None, (counted.newest, newest)), default=None)
    for name in ("collection", "publisher"):
        _count(counted.balance[name], split, child(metadata, name))


def _count(balance: Balance, split: str, column: pa.Array) -> None:
    counter = balance.setdefault(split, Counter())
    for pair in pc.value_counts(column).to_pylist():
        counter[pair["values"] or "unknown"] += pair["counts"]
