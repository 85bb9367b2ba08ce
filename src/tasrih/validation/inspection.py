"""What is asked of records, and which of them keep the schema: what both roads of validation begin with.

One road takes many records at once, as columns (`batches`); the other takes each by itself, without Arrow (`plain`).
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from tasrih.choices import Schema
from tasrih.reading import Document, Slice, documents_in
from tasrih.record import Json
from tasrih.resources import corpus_for
from tasrih.standoff.filling import filled, masked
from tasrih.standoff.models import is_standoff, without_text
from tasrih.validation.findings import Finding, Fix, Problem, Report
from tasrih.validation.index import Surroundings
from tasrih.validation.parsing import parse
from tasrih.validation.placement import flawed, placed
from tasrih.validation.register import check_register
from tasrih.validation.registry import FILE, STANDOFF, chosen
from tasrih.validation.rules.schema import violations
from tasrih.validation.schemas import validator
from tasrih.validation.verdicts import enter


@dataclass
class Inspection:
    """What was found in a slice, and what its records are held against, by the folder they are in.

    Lines count from the slice's first.
    """

    report: Report = field(default_factory=Report)
    seen: list[Any] = field(default_factory=list)
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


def inspections_of(parts: list[Slice]) -> list[Inspection]:
    """An empty inspection for each slice; they look up the surroundings of records together."""
    folders: dict[str, Surroundings] = {}
    return [Inspection(folders=folders) for _ in parts]


def placed_in(parts: list[Slice], inspections: list[Inspection]) -> Iterator[Placed]:
    """The documents of slices, each with the inspection of its slice."""
    pairs = zip(inspections, parts, strict=True)
    return ((inspection, document) for inspection, part in pairs for document in documents_in(part))


def read(document: Document) -> Document:
    """A document with its bytes, or with what keeps them from being read."""
    if document.data is not None:
        return document
    try:
        return Document(document.file, document.line, document.read(), document.offset)
    except OSError as error:
        return replace(document, broken=error)


class Kept(NamedTuple):
    """A document that keeps the schema, its record, whether it has no words, and whether that has masks for them."""

    pair: Placed
    record: Json
    withheld: bool = False
    masked: bool = False


def kept_one_by_one(task: Task, pairs: list[Placed]) -> Iterator[Kept]:
    """The documents that keep the schema; what is wrong with the others is entered."""
    for inspection, document in pairs:
        record, findings = _structured(document)
        if findings and is_touched(task, document.file):
            inspection.report.records += 1
            inspection.report.findings += findings
        elif not findings and is_standoff(record):
            raw = _source(record, around_of(inspection, task, document))
            full = filled(record, raw) if raw else None
            if is_touched(task, document.file):
                odd = None if full else raw  # a source that fills the record needs no second look
                wrong = [(code, one) for code, rule in STANDOFF.rules.items() for one in rule.check(record, odd)]
                enter(inspection.report, record, placed(document, document.read(), wrong))
            yield Kept((inspection, document), full or masked(record), withheld=True, masked=not full)
        elif not findings:
            yield Kept((inspection, document), record)


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


def wordless(problem: Problem) -> Problem:
    """A problem of a stand-off record: its remedy puts no words into it."""
    fix = problem.fix
    if fix is None or fix.at[-1] == "text":
        return problem._replace(fix=None)
    return problem._replace(fix=Fix(fix.at, without_text(fix.value)))


def is_touched(task: Task, *path: str | FilePath) -> bool:
    """Whether a file is one of those to report of."""
    return task.touched is None or FilePath(*path).resolve() in task.touched


def around_of(inspection: Inspection, task: Task, document: Document) -> Surroundings:
    """What the record of a document is held against."""
    inside = os.path.dirname(document.file)  # noqa: PTH120
    if inside not in inspection.folders:
        folder = task.within or corpus_for(document.file)
        inspection.folders[inside] = Surroundings(folder, check_register(folder)[0], datetime.now(UTC).date())
    return inspection.folders[inside]
