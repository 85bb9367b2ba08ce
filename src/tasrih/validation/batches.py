"""From the bytes of records to findings, many records at once."""

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path as FilePath
from typing import NamedTuple

import numpy as np
import orjson
import pyarrow as pa

from tasrih import columnar
from tasrih.choices import Schema
from tasrih.columnar import Flags, Layout
from tasrih.doubles import Fingerprints, fingerprints
from tasrih.reading import MAX_BYTES, Document, Slice, batched, documents_in, inner
from tasrih.record import Json
from tasrih.resources import REGISTER, corpus_for
from tasrih.standoff.filling import filled, masked
from tasrih.standoff.models import is_standoff, without_text
from tasrih.validation.fast import schema
from tasrih.validation.fast.columns import Columns
from tasrih.validation.fast.doubts import doubts
from tasrih.validation.findings import Finding, Fix, Problem, Report
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.parsing import parse
from tasrih.validation.placement import flawed, placed
from tasrih.validation.register import check_register
from tasrih.validation.registry import FILE, PAIR, STANDOFF, chosen
from tasrih.validation.rules.schema import validator, violations
from tasrih.validation.verdicts import enter, problems

_BATCH_BYTES = 4 * 2**20


@dataclass
class Inspection:
    """What was found in a slice, and what its records are held against, by the folder they are in.

    Lines count from the slice's first.
    """

    report: Report = field(default_factory=Report)
    seen: list[Fingerprints] = field(default_factory=list)
    folders: dict[str, Surroundings] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """What is asked: in which corpus folder records are, of which files to report, whether to look for doubles.

    `wanted` are the codes of the rules that are asked.
    """

    within: FilePath | None = None
    touched: frozenset[FilePath] | None = None
    doubles: bool = False
    wanted: frozenset[str] = field(default_factory=chosen)


Placed = tuple[Inspection, Document]


def check(file: str, data: bytes, *, within: str | os.PathLike[str] | None = None) -> Report:
    """What is wrong with the bytes of one record, as if the file held them."""
    inspection = Inspection()
    task = Task(FilePath(within) if within is not None else None)
    deque(_examined(task, [(inspection, Document(file, None, data))]), 0)
    return inspection.report


def inspect(task: Task, parts: list[Slice]) -> list[Inspection]:
    """What is found in each slice."""
    inspections = inspections_of(parts)
    deque(examined(task, parts, inspections), 0)
    return inspections


def inspections_of(parts: list[Slice]) -> list[Inspection]:
    """An empty inspection for each slice; they look up the surroundings of records together."""
    folders: dict[str, Surroundings] = {}
    return [Inspection(folders=folders) for _ in parts]


def examined(task: Task, parts: list[Slice], inspections: list[Inspection]) -> Iterator[pa.RecordBatch]:
    """The records of slices that keep the schema, in batches, once what is wrong with them is entered."""
    pairs = zip(inspections, parts, strict=True)
    placed = ((inspection, document) for inspection, part in pairs for document in documents_in(part))
    for batch in _batched(placed):
        yield from _examined(task, batch)


def _batched(pairs: Iterator[Placed]) -> Iterator[list[Placed]]:
    """Documents of one folder, and lines or files only, as many as are quickly looked through together."""
    for _, alike in groupby(pairs, lambda pair: (os.path.dirname(pair[1].file), pair[1].line is None)):  # noqa: PTH120
        read = ((inspection, _read(found)) for inspection, found in alike)
        yield from batched(read, _BATCH_BYTES, lambda pair: len(pair[1].data or b""))


def _read(document: Document) -> Document:
    """A document with its bytes, or with what keeps them from being read."""
    try:
        return replace(document, data=document.read())
    except OSError as error:
        return replace(document, broken=error)


def _examined(task: Task, pairs: list[Placed]) -> Iterator[pa.RecordBatch]:
    batch = _batch_of([document for _, document in pairs])
    if batch is not None:
        _check_batch(task, pairs, batch, None)
        yield batch
        return
    for kept in batched(_one_by_one(task, pairs), _BATCH_BYTES, _size):
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


class _Kept(NamedTuple):
    """A document that keeps the schema, its record, whether it has no words, and whether that has masks for them."""

    pair: Placed
    record: Json
    withheld: bool = False
    masked: bool = False


def _one_by_one(task: Task, pairs: list[Placed]) -> Iterator[_Kept]:
    """The documents that keep the schema; what is wrong with the others is entered."""
    for inspection, document in pairs:
        record, findings = _structured(document)
        if findings and _is_touched(task, document.file):
            inspection.report.records += 1
            inspection.report.findings += findings
        elif not findings and is_standoff(record):
            raw = _source(record, _around(inspection, task, document))
            full = filled(record, raw) if raw else None
            if _is_touched(task, document.file):
                odd = None if full else raw  # a source that fills the record needs no second look
                wrong = [(code, one) for code, rule in STANDOFF.rules.items() for one in rule.check(record, odd)]
                enter(inspection.report, record, placed(document, document.read(), wrong))
            yield _Kept((inspection, document), full or masked(record), withheld=True, masked=not full)
        elif not findings:
            yield _Kept((inspection, document), record)


def _size(kept: _Kept) -> int:
    """How much there is to look through: a few bytes may stand for a long text of masks."""
    masks = sum(len(paragraph["text"]) for paragraph in kept.record["paragraphs"]) if kept.masked else 0
    return max(masks, len(kept.pair[1].data or b""))


def _structured(document: Document) -> tuple[Json, list[Finding]]:
    """The record that a document holds, or what keeps it from being one."""
    if document.broken:
        unreadable = [(code, rule.check(document.broken)) for code, rule in FILE.rules.items()]
        return {}, flawed(document, b"", unreadable)
    data = document.read()
    record, flaws = parse(data)
    findings = flawed(document, data, flaws)
    name: Schema = "standoff" if is_standoff(record) else "article"
    if not flaws and not validator(name).is_valid(record):
        findings = placed(document, data, list(violations(record, name)))
    return record, findings


def _source(record: Json, around: Surroundings) -> bytes | None:
    """The bytes of a record's source, where its corpus has it."""
    source = record["metadata"]["source"]
    return around.source(source["path"]) if source else None


def _check_batch(task: Task, pairs: list[Placed], batch: pa.RecordBatch, kept: list[_Kept] | None) -> None:
    """Enters what is wrong with the records of a batch, which were parsed one by one already where that was needed."""
    masks = np.array([one.masked for one in kept]) if kept else np.zeros(len(pairs), np.bool_)
    first, document = pairs[0]
    around = _around(first, task, document)
    files = [FilePath(inner(document.file)) if document.line is None else None for _, document in pairs]
    columns = Columns(batch, around, files)
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
        wrong = problems(Index(record, around, files[row]), found.asked(row), wordless=bool(masks[row]))
        if kept and kept[row].withheld:
            wrong = [(code, _wordless(problem)) for code, problem in wrong]
        enter(inspection.report, record, placed(document, data, wrong, record))


def _wordless(problem: Problem) -> Problem:
    """A problem of a stand-off record: its remedy puts no words into it."""
    fix = problem.fix
    if fix is None or fix.at[-1] == "text":
        return problem._replace(fix=None)
    return problem._replace(fix=Fix(fix.at, without_text(fix.value)))


def _whole(kept: list[_Kept] | None) -> dict[int, str]:
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


def _is_touched(task: Task, *path: str | FilePath) -> bool:
    return task.touched is None or FilePath(*path).resolve() in task.touched


def _concerned(task: Task, around: Surroundings, pairs: list[Placed], batch: pa.RecordBatch) -> Flags:
    """Of which records to report: those whose file is touched, or one that they depend on."""
    if task.touched is None or _is_touched(task, around.folder, REGISTER):
        return np.ones(len(pairs), np.bool_)
    sources = columnar.child(batch.column("metadata"), "source", "path").to_pylist()
    return np.array(
        [
            _is_touched(task, document.file) or (path is not None and _is_touched(task, around.folder, path))
            for (_, document), path in zip(pairs, sources, strict=True)
        ]
    )


def _around(inspection: Inspection, task: Task, document: Document) -> Surroundings:
    inside = os.path.dirname(document.file)  # noqa: PTH120
    if inside not in inspection.folders:
        folder = task.within or corpus_for(document.file)
        inspection.folders[inside] = Surroundings(folder, check_register(folder)[0], datetime.now(UTC).date())
    return inspection.folders[inside]
