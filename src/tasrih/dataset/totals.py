"""What is counted over the tables of a dataset, a row group at a time and only in the columns that it takes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tasrih.columnar import child, items, numbers, says
from tasrih.dataset.configs import ARTICLES, plain
from tasrih.dataset.manifest import File
from tasrih.dataset.parquet import table
from tasrih.dataset.paths import Folder
from tasrih.dataset.rights import restricted

_METADATA = ("collection", "publisher", "published", "origin", "rights", "annotation.annotators")
Balance = dict[str, Counter[str]]


class Text(NamedTuple):
    """What the record of an article says of its text: where it comes from, and what may be done with it."""

    origin: str
    license: str | None
    redistribution: str


@dataclass
class Totals:
    """Counts over a dataset; those by split have a counter of values for each."""

    articles: int = 0
    standoff: int = 0
    """Those of them whose words are not in their records."""
    restricted: int = 0
    """Those of the others whose text may not be passed on."""
    texts: Counter[Text] = field(default_factory=Counter)
    """Articles by what is known of their text, but stand-off ones."""
    absent: Counter[Text] = field(default_factory=Counter)
    """Stand-off articles by what is known of their text."""
    annotators: Counter[str] = field(default_factory=Counter)
    """Articles by the kinds of annotators that they have: an article counts for each."""
    quotes: int = 0
    interrupted: Counter[str] = field(default_factory=Counter)
    """By config: quotes of more than one stretch."""
    newest: str | None = None
    """The latest day of publication."""
    balance: dict[str, Balance] = field(default_factory=dict)
    """Articles by collection and by publisher, quotes by type."""
    bytes: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By config and split: bytes of the values, before compression."""

    @property
    def origins(self) -> Counter[str]:
        """Articles by origin."""
        counted = Counter[str]()
        for text, articles in (self.texts + self.absent).items():
            counted[text.origin] += articles
        return counted


def totals(folder: Folder, files: Iterable[File]) -> Totals:
    """Counts over the tables of a folder."""
    counted = Totals(balance={"collection": {}, "publisher": {}, "type": {}})
    for file in files:
        with table(folder / file.path) as parquet:
            groups = (parquet.metadata.row_group(number) for number in range(parquet.num_row_groups))
            counted.bytes[file.config, file.split] += sum(group.total_byte_size for group in groups)
            if file.config in ARTICLES:
                for batch in _columns(parquet, [f"metadata.{name}" for name in _METADATA]):
                    _count_articles(counted, file, batch)
            elif plain(file.config) == "quotes":
                for batch in _columns(parquet, ["type", "spans.list.element.start"]):
                    _count(counted.balance["type"], file.split, batch.column("type"))
                    counted.quotes += batch.num_rows
                    counted.interrupted[file.config] += int(
                        np.count_nonzero(numbers(pc.list_value_length(batch["spans"])) > 1)
                    )
    return counted


def _columns(parquet: pq.ParquetFile, names: Sequence[str]) -> Iterator[pa.RecordBatch]:
    return parquet.iter_batches(columns=list(names), use_threads=False)  # type: ignore[no-any-return]


def _count_articles(counted: Totals, file: File, batch: pa.RecordBatch) -> None:
    metadata = batch.column("metadata")
    counted.articles += batch.num_rows
    if file.config == "articles":
        counted.restricted += int(np.count_nonzero(restricted(batch)))
    else:
        counted.standoff += batch.num_rows
    _count_texts(counted.texts if file.config == "articles" else counted.absent, metadata)
    newest = pc.max(child(metadata, "published")).as_py()
    counted.newest = max(filter(None, (counted.newest, newest)), default=None)
    for name in ("collection", "publisher"):
        _count(counted.balance[name], file.split, child(metadata, name))
    _count_annotators(counted, child(metadata, "annotation", "annotators"))


def _count_texts(counted: Counter[Text], metadata: pa.StructArray) -> None:
    paths = (("origin",), ("rights", "license"), ("rights", "redistribution"))
    columns = (child(metadata, *path).to_pylist() for path in paths)
    counted.update(map(Text, *columns))  # to group a table would import pandas


def _count_annotators(counted: Totals, annotators: pa.ListArray) -> None:
    every = items(annotators)
    kinds = child(every.values, "kind")
    for kind in pc.unique(kinds).to_pylist():
        counted.annotators[kind] += len(np.unique(every.owner[says(kinds, kind)]))


def _count(balance: Balance, split: str, column: pa.Array) -> None:
    counter = balance.setdefault(split, Counter())
    for pair in pc.value_counts(column).to_pylist():
        counter[pair["values"] or "unknown"] += pair["counts"]
