"""Texts put back into a dataset that was built without those that may not be passed on."""

import copy
import os
import shutil
from collections.abc import Iterator
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from tasrih import arguments
from tasrih.columnar import Layout
from tasrih.corpus import Corpus, load
from tasrih.dataset import CONFIGS
from tasrih.dataset.configs import HASHES, SAMPLE, STANDOFF, table_beside
from tasrih.dataset.documents import DATASHEET, Belongings, describe
from tasrih.dataset.folder import beside, refuse_other
from tasrih.dataset.manifest import File, Manifest
from tasrih.dataset.parquet import Following, row_group, table, written
from tasrih.dataset.rights import put_back, texts_by_hash
from tasrih.dataset.schemas import schema
from tasrih.dataset.tables import cut
from tasrih.dataset.verify.folder import whole
from tasrih.errors import ArgumentError, InvalidError, RefusedError
from tasrih.identity import identity
from tasrih.record import Json
from tasrih.resources import register_of
from tasrih.spans import SPANS, located
from tasrih.standoff.models import digest

_NOTHING = "was built with all texts, so there is nothing to put back."
_STANDOFF = " The words of its stand-off articles are put back into their records: hydrate these, and build them again."
_Given = str | os.PathLike[str]


class Hydrated(NamedTuple):
    """A folder that was written, and the texts that could not be put back: the article, where in it, and why."""

    folder: Path
    lost: tuple[str, ...]


def hydrated(dataset: _Given, source: _Given | None, out: _Given, *, partial: bool, force: bool) -> Hydrated:
    """Writes a dataset with its withheld texts put back to the folder `out`, and what was left out of it.

    `tasrih.hydrate` does this with datasets; an earlier one in `out` is replaced only with `force`. Stand-off configs
    stay as they are: a dataset has no hashes of their texts, which are put back into the records.
    """
    if source is None:
        raise ArgumentError("A dataset does not say where its texts are. Give full records with --from.")
    target, folder = Path(arguments.path("out", out)), arguments.dataset(dataset)
    if os.path.lexists(target) and not force:
        raise RefusedError(
            "is there already. Choose another folder, or replace that dataset with --force.", path=target
        )
    refuse_other(target)
    manifest = whole(folder)
    standoff = [file for file in manifest.files if file.config in STANDOFF.values()]
    if manifest.rights == "all":
        raise InvalidError(_NOTHING + (_STANDOFF if standoff else ""), path=folder)
    filling, known = _Filling(folder, load(arguments.path("source", source))), identity([folder])
    with beside(target, keep=False) as scratch:
        new = scratch / "new"
        tables = list(_tables(filling, manifest, new))
        _refuse_lost(filling, partial=partial)
        tables += [_copied(folder, file, new) for file in standoff]
        if filling.lost:
            tables += _still_withheld(filling, manifest, new)
        tables.sort(key=attrgetter("config"))  # the order that a build has
        sample = sum(file.rows for file in manifest.files if file.config == SAMPLE)
        rights = "partial" if filling.lost else "all"
        datasheet = identity([source]).document(DATASHEET)
        describe(new, tables, rights, Belongings(known, _register(folder), datasheet), sample)
    return Hydrated(target, tuple(why for reasons in filling.lost.values() for why in reasons))


def _copied(folder: Path, file: File, new: Path) -> File:
    """A table that stays as it is."""
    (new / file.path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / file.path, new / file.path)
    return file


def _register(folder: Path) -> bytes | None:
    file = register_of(folder)
    return file.read_bytes() if file else None


class _Filling:
    """A dataset and the records that its texts come from, what was put back, and what could not be."""

    def __init__(self, folder: Path, corpus: Corpus) -> None:
        self.folder, self.corpus = folder, corpus
        self.filled = 0
        self.lost: dict[str, list[str]] = {}


def _refuse_lost(filling: _Filling, *, partial: bool) -> None:
    if filling.lost and not (partial and filling.filled):
        told = (why for reasons in filling.lost.values() for why in reasons)
        what = "No text could be put back" if partial else "Not all texts can be put back; --partial leaves these out"
        raise InvalidError(f"{what}:", *told)


def _tables(filling: _Filling, manifest: Manifest, new: Path) -> Iterator[File]:
    """The tables with the texts: the articles filled, and the others cut from them anew."""
    shards = [file for file in manifest.files if file.config == "articles"]
    for shard in shards:
        yield _written(new, shard, "articles", _filled_groups(filling, shard))
    for config in sorted({*CONFIGS} - {"articles"}):
        for shard in shards:
            yield _written(new, shard, config, _cut_groups(new / shard.path, config))


def _still_withheld(filling: _Filling, manifest: Manifest, new: Path) -> Iterator[File]:
    """The hashes of the articles that could not be filled."""
    for file in manifest.files:
        if file.config == HASHES:
            with table(filling.folder / file.path) as hashes:
                groups = [row_group(hashes, number) for number in range(hashes.num_row_groups)]
            lost = pa.array(list(filling.lost), pa.string())
            kept = (group.filter(pc.is_in(group.column("article_id"), value_set=lost)) for group in groups)
            yield _written(new, file, HASHES, kept)


def _written(new: Path, shard: File, config: str, groups: Iterator[pa.RecordBatch]) -> File:
    return written(new, table_beside(shard.path, config), shard.split, schema(config), groups)


def _cut_groups(articles: Path, config: str) -> Iterator[pa.RecordBatch]:
    with table(articles) as parquet:
        for number in range(parquet.num_row_groups):
            yield cut(Layout(row_group(parquet, number)), config, schema(config))


def _filled_groups(filling: _Filling, shard: File) -> Iterator[pa.RecordBatch]:
    hashes = filling.folder / table_beside(shard.path, HASHES)
    with table(filling.folder / shard.path) as articles, table(hashes) as withheld:
        following = Following(withheld)
        for number in range(articles.num_row_groups):
            batch = row_group(articles, number)
            due: dict[str, dict[str, str]] = {}
            for row in following.of(set(batch.column("id").to_pylist())).to_pylist():
                due.setdefault(row["article_id"], {})[row["at"]] = row["sha256"]
            rows = [_filled(filling, row, due[row["id"]]) if row["id"] in due else row for row in batch.to_pylist()]
            yield pa.RecordBatch.from_pylist(rows, schema=batch.schema)


def _filled(filling: _Filling, row: Json, due: dict[str, str]) -> Json:
    """An article with its words: those of spans by their offsets, all others by their hash. If any is lost, without."""
    name = row["id"]
    if name not in filling.corpus:
        filling.lost[name] = [f"{name}: the article is missing among the records"]
        return row
    known = texts_by_hash(filling.corpus[name].record.model_dump())
    full = copy.deepcopy(row)
    lost = put_back(full, {at: sha256 for at, sha256 in due.items() if at.startswith("/paragraphs/")}, known)
    if not lost:
        texts = {paragraph["id"]: paragraph["text"] for paragraph in full["paragraphs"]}
        for _, span in (found for name in SPANS for found in located(full, name)):
            span["text"] = texts[span["paragraph"]][span["start"] : span["end"]]
            known[digest(span["text"])] = span["text"]
    lost += put_back(full, {at: sha256 for at, sha256 in due.items() if not at.startswith("/paragraphs/")}, known)
    if lost:
        filling.lost[name] = [f"{name}: the records have other words at {at}" for at in lost]
        return row
    filling.filled += 1
    return full
