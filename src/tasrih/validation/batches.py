"""From the bytes of records to findings, many records at once."""

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path as FilePath

import numpy as np
import orjson
import pyarrow as pa

from tasrih import columnar, doubles
from tasrih.columnar import Flags, Layout
from tasrih.doubles import Fingerprints, fingerprints
from tasrih.instances import without_collecting
from tasrih.overlap import Pair
from tasrih.reading import MAX_BYTES, Document, Slice, batched, inner
from tasrih.resources import REGISTER
from tasrih.validation.fast import schema
from tasrih.validation.fast.columns import Columns
from tasrih.validation.fast.doubts import doubts
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.inspection import (
    Inspection,
    Kept,
    Placed,
    Task,
    around_of,
    inspections_of,
    is_touched,
    kept_one_by_one,
    placed_in,
    read,
    wordless,
)
from tasrih.validation.placement import placed
from tasrih.validation.registry import PAIR
from tasrih.validation.verdicts import enter, problems

_BATCH_BYTES = 4 * 2**20


def inspect(task: Task, parts: list[Slice]) -> list[Inspection]:
    """What is found in each slice."""
    inspections = inspections_of(parts)
    with without_collecting():
        deque(examined(task, parts, inspections), 0)
    return inspections


def look(task: Task, inspection: Inspection, document: Document) -> None:
    """Enters what is wrong with one document."""
    deque(_examined(task, [(inspection, document)]), 0)


def examined(task: Task, parts: list[Slice], inspections: list[Inspection]) -> Iterator[pa.RecordBatch]:
    """The records of slices that keep the schema, in batches, once what is wrong with them is entered."""
    for batch in _batched(placed_in(parts, inspections)):
        yield from _examined(task, batch)


def _batched(pairs: Iterator[Placed]) -> Iterator[list[Placed]]:
    """Documents of one folder, and lines or files only, as many as are quickly looked through together."""
    for _, alike in groupby(pairs, lambda pair: (os.path.dirname(pair[1].file), pair[1].line is None)):  # noqa: PTH120
        pieces = ((inspection, read(found)) for inspection, found in alike)
        yield from batched(pieces, _BATCH_BYTES, lambda pair: len(pair[1].data or b""))


def _examined(task: Task, pairs: list[Placed]) -> Iterator[pa.RecordBatch]:
    batch = _batch_of([document for _, document in pairs])
    if batch is not None:
        _check_batch(task, pairs, batch, None)
        yield batch
        return
    for kept in batched(kept_one_by_one(task, pairs), _BATCH_BYTES, _size):
        batch = columnar.of_records([one.record for one in kept])
        _check_batch(task, [one.pair for one in kept], batch, kept)
        yield batch


def _batch_of(documents: list[Document]) -> pa.RecordBatch | None:
    """The batch of documents that all keep the schema, if that is quickly seen."""
    if any(document.broken or document.data is None or len(document.data) > MAX_BYTES for document in documents):
        return None
    objects = [(document.data or b"").strip() for document in documents]
    try:
        batch = columnar.read(objects)
    except pa.ArrowInvalid:
        return None
    return batch if schema.is_valid(batch, objects) else None


def _size(kept: Kept) -> int:
    """How much there is to look through: a few bytes may stand for a long text of masks."""
    masks = sum(len(paragraph["text"]) for paragraph in kept.record["paragraphs"]) if kept.masked else 0
    return max(masks, len(kept.pair[1].data or b""))


def _check_batch(task: Task, pairs: list[Placed], batch: pa.RecordBatch, kept: list[Kept] | None) -> None:
    """Enters what is wrong with the records of a batch, which were parsed one by one already where that was needed."""
    masks = np.array([one.masked for one in kept]) if kept else np.zeros(len(pairs), np.bool_)
    first, document = pairs[0]
    around = around_of(first, task, document)
    files = [inner(document.file) if document.line is None else None for _, document in pairs]
    columns = Columns(batch, around, files, masks)
    concerned = _concerned(task, around, pairs, batch)
    if task.doubles and PAIR.rules.keys() & task.wanted:
        _enter_fingerprints(columns.layout, pairs, concerned, _whole(kept))
    for (inspection, _), counts in zip(pairs, concerned.tolist(), strict=True):
        inspection.report.records += counts
    found = doubts(columns, task.wanted)
    for row in np.flatnonzero(concerned & (found.rows | columns.waived)).tolist():
        inspection, document = pairs[row]
        data = document.read()
        record = kept[row].record if kept else orjson.loads(data)
        file = files[row]
        wrong = problems(
            Index(record, around, FilePath(file) if file else None), found.asked(row), wordless=bool(masks[row])
        )
        if kept and kept[row].withheld:
            wrong = [(code, wordless(problem)) for code, problem in wrong]
        enter(inspection.report, record, placed(document, data, wrong, record))


def _whole(kept: list[Kept] | None) -> dict[int, str]:
    """The masks for the words of records, by their rows."""
    masks = ((row, one.record) for row, one in enumerate(kept or ()) if one.masked)
    return {row: "\n".join(paragraph["text"] for paragraph in record["paragraphs"]) for row, record in masks}


def _enter_fingerprints(layout: Layout, pairs: list[Placed], concerned: Flags, whole: dict[int, str]) -> None:
    """Enters the fingerprints of a batch into the inspections of its slices."""
    every = fingerprints(layout, [document.offset for _, document in pairs], concerned, whole)
    start = 0
    for _, alike in groupby(pairs, lambda pair: id(pair[0])):
        mine = list(alike)
        mine[0][0].seen.append(every[start : start + len(mine)])
        start += len(mine)


def _concerned(task: Task, around: Surroundings, pairs: list[Placed], batch: pa.RecordBatch) -> Flags:
    """Of which records to report: those whose file is touched, or one that they depend on."""
    if task.touched is None or is_touched(task, around.folder, REGISTER):
        return np.ones(len(pairs), np.bool_)
    sources = columnar.child(batch.column("metadata"), "source", "path").to_pylist()
    return np.array(
        [
            is_touched(task, document.file) or (path is not None and is_touched(task, around.folder, path))
            for (_, document), path in zip(pairs, sources, strict=True)
        ]
    )


def numbered(inspections: Iterable[Inspection], first: int) -> Fingerprints:
    """The fingerprints in inspections, each with its number from `first` on."""
    parts = [(number, part) for number, found in enumerate(inspections, first) for part in found.seen]
    for number, part in parts:
        part["slice"] = number
    return together(part for _, part in parts)


def together(parts: Iterable[Fingerprints]) -> Fingerprints:
    """Fingerprints one after another."""
    return doubles.together(parts)


def places(seen: Fingerprints, number: int) -> tuple[int, int]:
    """The number of the slice in which a record is, and its offset there."""
    return int(seen["slice"][number]), int(seen["offset"][number])


def candidates(seen: Fingerprints) -> tuple[list[Pair], list[Pair]]:
    """Pairs of records whose ids may be alike, and whose texts may be; the one to report on last."""
    return doubles.same_ids(seen), doubles.same_bands(seen)
