"""From the bytes of records to findings."""

import gc
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import Any

from tasrih.reading import Document, Slice, documents_in
from tasrih.resources import corpus_folder
from tasrih.validation import sound
from tasrih.validation.excerpts import excerpt
from tasrih.validation.finding import Finding, Problem, Report, pointer
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.locate import line_and_column, locate
from tasrih.validation.parsing import parse
from tasrih.validation.registry import RULES
from tasrih.validation.rules import corpus, metadata, reading
from tasrih.validation.rules.structure import validator, violations
from tasrih.validation.uniqueness import Fingerprints

_FAMILIES = {family: [rule for rule in RULES.values() if rule.code[0] == family] for family in "TAQEM"}
_SOUND = {"T": sound.text, "A": sound.anchors, "Q": sound.speech, "E": sound.people, "M": sound.publication}
_ADRIFT = ("A101", "A102", "A103", "A104")
REGISTER = "entities.json"
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


def check(file: str, data: bytes, *, within: str | os.PathLike[str] | None = None) -> Report:
    """What is wrong with the bytes of one record, as if the file held them."""
    inspection = Inspection()
    _inspect(inspection, Task(FilePath(within) if within is not None else None), Document(file, None, data))
    return inspection.report


def inspect(task: Task, parts: list[Slice]) -> list[Inspection]:
    """What is found in each slice. No garbage is collected meanwhile: nothing here makes cycles."""
    folders: dict[str, Surroundings] = {}
    inspections = [Inspection(folders=folders) for _ in parts]
    collecting = gc.isenabled()
    gc.disable()
    try:
        for inspection, part in zip(inspections, parts, strict=True):
            for document in documents_in(part):
                _inspect(inspection, task, document)
    finally:
        if collecting:
            gc.enable()
    return inspections


def _inspect(inspection: Inspection, task: Task, document: Document) -> None:
    report, concerned = inspection.report, _is_touched(task, document.file)
    try:
        data = document.read()
    except OSError as error:
        report.records += concerned
        report.findings += [_flawed(document, b"", "S101", reading.unreadable(error))] if concerned else []
        return
    record, flaws = parse(data)
    broken = [] if flaws or validator("article").is_valid(record) else list(violations(record))
    if not (flaws or broken):
        around = _around(inspection, task, document)
        concerned = concerned or _depends_on_touched(task, around, record)
        if task.doubles:
            inspection.seen.add(record, document.offset, counts=concerned)
    report.records += concerned
    if concerned and flaws:
        report.findings += [_flawed(document, data, code, flaw) for code, flaw in flaws]
    elif concerned and broken:
        report.findings += placed(document, data, broken)
    elif concerned:
        _check_facts(report, around, document, data, record)


def _check_facts(report: Report, around: Surroundings, document: Document, data: bytes, record: Record) -> None:
    index = Index(record, around, FilePath(document.file) if document.line is None else None)
    found = list(_problems(index))
    if found or record.get("waivers"):
        at = {(code, pointer(problem.at)) for code, problem in found}
        found += [("M121", problem) for problem in metadata.unused_waiver(index, at)]
        enter(report, record, placed(document, data, _without_consequences(found, index), record))


def enter(report: Report, record: Record, findings: list[Finding]) -> None:
    """Enters findings into a report, those apart that the record waives."""
    waivers = {(waiver["rule"], waiver["at"]) for waiver in record.get("waivers", [])}
    for finding in findings:
        waived = (finding.code, finding.pointer) in waivers
        (report.waived if waived else report.findings).append(finding)


def _is_touched(task: Task, *path: str | FilePath) -> bool:
    return task.touched is None or FilePath(*path).resolve() in task.touched


def _depends_on_touched(task: Task, around: Surroundings, record: Record) -> bool:
    source = record["metadata"]["source"]
    files = [REGISTER, *([source["path"]] if source else [])]
    return any(_is_touched(task, around.folder, file) for file in files)


def _around(inspection: Inspection, task: Task, document: Document) -> Surroundings:
    inside = os.path.dirname(document.file)  # noqa: PTH120
    if inside not in inspection.folders:
        folder = task.within or _corpus_of(FilePath(document.file))
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
        return {}, [_flawed(document, data, code, flaw) for code, flaw in flaws]
    broken = list(violations(value, "entities"))
    if broken:
        return {}, placed(document, data, broken)
    found = [(code, problem) for code, ask in corpus.REGISTER_RULES.items() for problem in ask(value["entities"])]
    return {entity["id"]: entity for entity in value["entities"]}, placed(document, data, found)


def _problems(index: Index) -> Iterator[tuple[str, Problem]]:
    for family, rules in _FAMILIES.items():
        if not _SOUND[family](index):
            yield from ((rule.code, problem) for rule in rules if rule.code != "M121" for problem in rule.check(index))


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


def _corpus_of(file: FilePath) -> FilePath:
    """The nearest folder around a file that holds `articles/`; the bundled corpus if there is none."""
    around = (folder for folder in file.absolute().parents if (folder / "articles").is_dir())
    return next(around, corpus_folder())


def placed(document: Document, data: bytes, found: Found, record: Record | None = None) -> list[Finding]:
    """Findings in the order of the file; the text is searched only where there are any."""
    text = data.decode() if found else ""
    findings = [
        _finding(
            code,
            document,
            line_and_column(text, locate(text, problem.at)),
            problem,
            excerpt(record, problem.at) if record else "",
        )
        for code, problem in found
    ]
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code))


def _flawed(document: Document, data: bytes, code: str, flaw: reading.Flaw) -> Finding:
    place = line_and_column(data.decode(errors="replace"), flaw.offset)
    return _finding(code, document, place, Problem((), flaw.detail, flaw.suggestion))


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
