"""Texts put back into a dataset that was built without those that may not be passed on."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasrih import arguments
from tasrih.columnar import Layout
from tasrih.corpus import Corpus, load
from tasrih.dataset.describing import describe
from tasrih.dataset.features import ALL, FEATURES, SAMPLE
from tasrih.dataset.folder import beside, refuse_other
from tasrih.dataset.manifest import Manifest
from tasrih.dataset.rights import HASHES, restricted, sha256
from tasrih.dataset.rows import row_group
from tasrih.dataset.shards import File, written
from tasrih.dataset.tables import cut
from tasrih.dataset.verifying import whole
from tasrih.errors import TasrihError

Json = dict[str, Any]


def hydrate(dataset: str | os.PathLike[str], source: str | os.PathLike[str], out: str | os.PathLike[str]) -> Path:
    """Writes a dataset with its withheld texts put back to the folder `out`, and returns it.

    `source` holds records of the articles: a corpus, a folder or JSON Lines. Only their words are taken, each proved by
    its SHA-256; the annotations are those of the dataset, whatever the records have. Raises TasrihError when the
    dataset is not whole or withholds nothing, when an article is missing in `source`, or when it has other words.
    """
    target = Path(arguments.path("out", out))
    refuse_other(target)
    folder = Path(arguments.path("dataset", dataset))
    manifest = whole(folder)
    if manifest.rights == "all":
        raise TasrihError(f"{folder}: was built with all texts, so there is nothing to put back.")
    corpus = load(arguments.path("source", source))
    with beside(target, keep=False) as scratch:
        new = scratch / "new"
        tables = list(_tables(folder, manifest, corpus, new))
        sample = sum(file.rows for file in manifest.files if file.config == SAMPLE)
        describe(new, tables, "all", Path(source) if Path(source).is_dir() else None, sample)
    return target


def _tables(folder: Path, manifest: Manifest, corpus: Corpus, new: Path) -> Iterator[File]:
    """The tables with all texts: the articles filled, and the others cut from them anew."""
    shards = [file for file in manifest.files if file.config == "articles"]
    for shard in shards:
        yield _written(new, shard, "articles", _filled_groups(folder, shard, corpus))
    for config in sorted(FEATURES.keys() - {"articles"}):
        for shard in shards:
            yield _written(new, shard, config, _cut_groups(new / shard.path, config))


def _written(new: Path, shard: File, config: str, groups: Iterator[pa.RecordBatch]) -> File:
    path = f"data/{config}/{Path(shard.path).name}"
    return written(new, path, shard.split, ALL[config].arrow_schema, groups)


def _cut_groups(articles: Path, config: str) -> Iterator[pa.RecordBatch]:
    with pq.ParquetFile(articles) as parquet:
        for number in range(parquet.num_row_groups):
            yield cut(Layout(row_group(parquet, number)), config, ALL[config].arrow_schema)


def _filled_groups(folder: Path, shard: File, corpus: Corpus) -> Iterator[pa.RecordBatch]:
    hashes = folder / f"data/{HASHES}/{Path(shard.path).name}"
    with pq.ParquetFile(folder / shard.path) as articles, pq.ParquetFile(hashes) as withheld:
        for number in range(articles.num_row_groups):
            batch = row_group(articles, number)
            due: dict[str, dict[str, str]] = {}
            for row in row_group(withheld, number).to_pylist():
                due.setdefault(row["article_id"], {})[row["at"]] = row["sha256"]
            rows = batch.to_pylist()
            for row, is_restricted in zip(rows, restricted(batch).tolist(), strict=True):
                if is_restricted:
                    _fill(row, due[row["id"]], corpus)
            yield pa.RecordBatch.from_pylist(rows, schema=batch.schema)


def _fill(row: Json, due: dict[str, str], corpus: Corpus) -> None:
    """Puts the words of an article back: those of spans by their offsets, all others by their hash."""
    if row["id"] not in corpus:
        raise TasrihError(f"The article {row['id']} is missing among the records, so its text cannot be put back.")
    known = {sha256(text): text for text in _strings(corpus[row["id"]].record.model_dump())}
    _put(row, {at: digest for at, digest in due.items() if at.startswith("/paragraphs/")}, known)
    texts = {paragraph["id"]: paragraph["text"] for paragraph in row["paragraphs"]}
    for span in _spans(row):
        span["text"] = texts[span["paragraph"]][span["start"] : span["end"]]
        known[sha256(span["text"])] = span["text"]
    _put(row, due, known)


def _put(row: Json, due: dict[str, str], known: dict[str, str]) -> None:
    for at, digest in due.items():
        if digest not in known:
            raise TasrihError(f"{row['id']}: the records have other words than the dataset is of at {at}.")
        *steps, last = at.removeprefix("/").split("/")
        inner: Any = row
        for step in steps:
            inner = inner[int(step)] if isinstance(inner, list) else inner[step]
        inner[last] = known[digest]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _spans(value: Any) -> Iterator[Json]:
    if isinstance(value, dict) and "start" in value:
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _spans(inner)
