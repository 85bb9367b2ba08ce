"""From the bytes of records to findings."""

import os
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import groupby, repeat
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasrih import columnar
from tasrih.columnar import Flags, Layout
from tasrih.doubles import Fingerprints, fingerprints
from tasrih.reading import MAX_BYTES, Document, Slice, documents_in, inner
from tasrih.resources import REGISTER, corpus_for
from tasrih.validation import shape
from tasrih.validation.excerpts import excerpts
from tasrih.validation.finding import Finding, Problem, Report, pointer
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.locate import lines_and_columns, locate
from tasrih.validation.parsing import Flaws, parse
from tasrih.validation.registry import RULES
from tasrih.validation.rules import corpus, metadata, reading
from tasrih.validation.rules.structure import validator, violations
from tasrih.validation.sound import Facts, doubtful

_FAMILIES = {family: [rule for rule in RULES.values() if rule.code[0] == family] for family in "TAQEM"}
_BATCH_BYTES = 4 * 2**20
_ADRIFT = ("A101", "A102", "A103", "A104")
Record = dict[str, Any]
Found = list[tuple[str, Problem]]


@dataclass
class Inspection:
    """What was found in a slice, and what its records are held against, by the folder they are in.

    Lines count from the slice's first.
    """

    report: Report = field(default_factory=Report)
    seen: Fingerprints = field(default_factory=Fingerprints)
    folders: dict[str, Surroundings] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """What is asked: in which corpus folder records are, of which files to report, whether to look for doubles."""

    within: FilePath | None = None
    touched: frozenset[FilePath] | None = None
    doubles: bool = False


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
        batch: list[Placed] = []
        size = 0
        for pair in alike:
            batch.append(pair)
            size += pair[1].size
            if size >= _BATCH_BYTES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch


def _examined(task: Task, pairs: list[Placed]) -> Iterator[pa.RecordBatch]:
    records: list[Record] | None = None
    batch = _batch_of([document for _, document in pairs])
    if batch is None:
        pairs, records = _one_by_one(task, pairs)
        batch = columnar.of_records(records)
    if pairs:
        _check_facts(task, pairs, batch, records)
        yield batch


def _batch_of(documents: list[Document]) -> pa.RecordBatch | None:
    """The batch of lines that all keep the schema, if that is quickly seen."""
    if any(document.line is None or document.data is None or len(document.data) > MAX_BYTES for document in documents):
        return None
    lines = b"\n".join([document.data or b"" for document in documents])
    try:
        batch = columnar.read(lines)
    except pa.ArrowInvalid:
        return None
    return batch if shape.is_valid(batch, lines) else None


def _one_by_one(task: Task, pairs: list[Placed]) -> tuple[list[Placed], list[Record]]:
    """The documents that keep the schema, and their records; what is wrong with the others is entered."""
    kept: list[Placed] = []
    records: list[Record] = []
    for inspection, document in pairs:
        document, record, findings = _structured(document)  # noqa: PLW2901
        if not findings:
            kept.append((inspection, document))
            records.append(record)
        elif _is_touched(task, document.file):
            inspection.report.records += 1
            inspection.report.findings += findings
    return kept, records


def _structured(document: Document) -> tuple[Document, Record, list[Finding]]:
    """A document that is read, and its record, or what keeps it from being one."""
    try:
        data = document.read()
    except OSError as error:
        return document, {}, _flawed(document, b"", [("S101", reading.unreadable(error))])
    record, flaws = parse(data)
    findings = _flawed(document, data, flaws)
    if not flaws and not validator("article").is_valid(record):
        findings = placed(document, data, list(violations(record)))
    return replace(document, data=data), record, findings


def _check_facts(task: Task, pairs: list[Placed], batch: pa.RecordBatch, records: list[Record] | None) -> None:
    first, document = pairs[0]
    around = _around(first, task, document)
    facts = Facts(batch, around, in_files=document.line is None)
    concerned = _concerned(task, around, pairs, batch)
    if task.doubles:
        _enter_fingerprints(facts.layout, pairs, concerned)
    doubts = doubtful(facts)
    waived = columnar.numbers(pc.list_value_length(batch.column("waivers"))) > 0
    for (inspection, _), counts in zip(pairs, concerned.tolist(), strict=True):
        inspection.report.records += counts
    for row in np.flatnonzero(concerned & np.logical_or.reduce([waived, *doubts.values()])).tolist():
        inspection, document = pairs[row]
        data = document.read()
        record = records[row] if records else parse(data)[0]
        index = Index(record, around, FilePath(inner(document.file)) if document.line is None else None)
        found = _problems(index, [family for family, rows in doubts.items() if rows[row]])
        enter(inspection.report, record, placed(document, data, found, record))


def _enter_fingerprints(layout: Layout, pairs: list[Placed], concerned: Flags) -> None:
    """Enters the fingerprints of a batch into the inspections of its slices."""
    every = fingerprints(layout, [document.offset for _, document in pairs], concerned)
    start = 0
    for _, alike in groupby(pairs, lambda pair: id(pair[0])):
        mine = list(alike)
        mine[0][0].seen.extend(every.part(start, start + len(mine)), 0)
        start += len(mine)


def _problems(index: Index, families: list[str]) -> Found:
    """What the rules of these families find in a record, and waivers that waive nothing."""
    rules = [rule for family in families for rule in _FAMILIES[family] if rule.code != "M121"]
    found = [(rule.code, problem) for rule in rules for problem in rule.check(index)]
    at = {(code, pointer(problem.at)) for code, problem in found}
    found += [("M121", problem) for problem in metadata.unused_waiver(index, at)]
    return _without_consequences(found, index)


def enter(report: Report, record: Record, findings: list[Finding]) -> None:
    """Enters findings into a report, those apart that the record waives."""
    waivers = {(waiver["rule"], waiver["at"]) for waiver in record.get("waivers", [])}
    for finding in findings:
        waived = (finding.code, finding.pointer) in waivers
        (report.waived if waived else report.findings).append(finding)


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


def check_register(folder: FilePath) -> tuple[dict[str, Record], list[Finding]]:
    """The known entities of a corpus folder by id, and what is wrong with the file that lists them."""
    document = Document(str(folder / REGISTER))
    if not FilePath(document.file).is_file():
        return {}, []
    data = document.read()
    value, flaws = parse(data)
    if flaws:
        return {}, _flawed(document, data, flaws)
    broken = list(violations(value, "entities"))
    if broken:
        return {}, placed(document, data, broken)
    found = [(code, problem) for code, ask in corpus.REGISTER_RULES.items() for problem in ask(value["entities"])]
    return {entity["id"]: entity for entity in value["entities"]}, placed(document, data, found)


def _without_consequences(found: Found, index: Index) -> Found:
    """The problems without those that come of a span which points to the wrong place."""
    adrift = {problem.at[:2] for code, problem in found if code in _ADRIFT}
    if not adrift:
        return found
    numbers = {paragraph["id"]: number for number, paragraph in enumerate(index.paragraphs)}
    adrift |= {("paragraphs", numbers.get(span["paragraph"], -1)) for at, span in index.spans if at[:2] in adrift}
    return [
        (code, problem) for code, problem in found if code in _ADRIFT or code[0] in "TM" or problem.at[:2] not in adrift
    ]


def placed(document: Document, data: bytes, found: Found, record: Record | None = None) -> list[Finding]:
    """Findings in the order of the file; the text is searched only where there are any."""
    text = data.decode() if found else ""
    places = lines_and_columns(text, locate(text, [problem.at for _, problem in found]))
    words = excerpts(record, [problem.at for _, problem in found]) if record else repeat("")
    findings = [
        _finding(code, document, place, problem, excerpt)
        for (code, problem), place, excerpt in zip(found, places, words, strict=False)
    ]
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code))


def _flawed(document: Document, data: bytes, flaws: Flaws) -> list[Finding]:
    """Findings in what is no record."""
    places = lines_and_columns(data.decode(errors="replace"), [flaw.offset for _, flaw in flaws])
    return [
        _finding(code, document, place, Problem((), flaw.detail, flaw.suggestion))
        for (code, flaw), place in zip(flaws, places, strict=True)
    ]


def _finding(code: str, document: Document, place: tuple[int, int], problem: Problem, words: str = "") -> Finding:
    rule, (line, column) = RULES[code], place
    return Finding(
        code=code,
        severity=rule.severity,
        message=f"{rule.message}: {problem.detail}" if problem.detail else rule.message,
        file=document.file,
        line=line + (document.line or 1) - 1,
        column=column,
        pointer=pointer(problem.at),
        excerpt=words,
        suggestion=problem.suggestion,
        fix=problem.fix,
    )
