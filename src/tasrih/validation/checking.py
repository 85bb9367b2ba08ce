"""From documents to a report."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path as FilePath
from typing import Any

import orjson

from tasrih.reading import Document, documents
from tasrih.resources import corpus_folder
from tasrih.validation import sound
from tasrih.validation.finding import Finding, Problem, Report, pointer
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.locate import line_and_column, locate
from tasrih.validation.parsing import parse
from tasrih.validation.registry import RULES
from tasrih.validation.rules import corpus, metadata, reading
from tasrih.validation.rules.structure import validator, violations

_FAMILIES = {family: [rule for rule in RULES.values() if rule.code[0] == family] for family in "TAQEM"}
_SOUND = {"T": sound.text, "A": sound.anchors, "Q": sound.speech, "E": sound.people}
Record = dict[str, Any]
_WHOLE = Problem(())
_ADRIFT = ("A101", "A102", "A103", "A104")
_Found = list[tuple[str, Problem]]


def validate(
    sources: Iterable[str | os.PathLike[str] | Record] | None = None, *, within: str | os.PathLike[str] | None = None
) -> Report:
    """What is wrong with records: files, folders, JSON Lines, "-", or records as dicts; by default the bundled corpus.

    A record is held against the corpus folder it is in; `within` names another (or one for records that are in
    none). Raises TasrihError for a path that does not exist.
    """
    session = _Session(FilePath(within) if within is not None else None)
    for document in _documents([corpus_folder()] if sources is None else sources):
        session.check(document)
    return session.report


def check(file: str, data: bytes, *, within: str | os.PathLike[str] | None = None) -> Report:
    """What is wrong with the bytes of one record, as if the file held them."""
    session = _Session(FilePath(within) if within is not None else None)
    session.check(Document(file, None, data))
    return session.report


def _documents(sources: Iterable[str | os.PathLike[str] | Record]) -> Iterator[Document]:
    for number, source in enumerate(sources):
        if isinstance(source, dict):
            yield Document(f"<record {number}>", 1, orjson.dumps(source))
        else:
            yield from documents([source])


@dataclass
class _Session:
    """One validation: its report, and what is remembered from record to record."""

    corpus: FilePath | None
    report: Report = field(default_factory=Report)
    surroundings: dict[FilePath, Surroundings] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def check(self, document: Document) -> None:
        self.report.records += 1
        try:
            data = document.read()
        except OSError as error:
            flaw = reading.unreadable(error)
            self.report.findings.append(_finding("S101", document, (1, 1), flaw.detail))
            return
        record, flaws = parse(data)
        if flaws:
            self.report.findings += [_flawed(document, data, code, flaw) for code, flaw in flaws]
        elif broken := [] if validator("article").is_valid(record) else list(violations(record)):
            self.report.findings += _placed(document, data, broken)
        else:
            self._check_facts(document, data, record)

    def _check_facts(self, document: Document, data: bytes, record: Record) -> None:
        file = FilePath(document.file) if document.line is None else None
        index = Index(record, self._around(FilePath(document.file)), file)
        found = list(_problems(index))
        found += self._repeated(record["id"], document)
        at = {(code, pointer(problem.at)) for code, problem in found}
        found += [("M121", problem) for problem in metadata.unused_waiver(index, at)]
        waivers = {(waiver["rule"], waiver["at"]) for waiver in record.get("waivers", [])}
        for finding in _placed(document, data, _without_consequences(found, index)):
            waived = (finding.code, finding.pointer) in waivers
            (self.report.waived if waived else self.report.findings).append(finding)

    def _repeated(self, article_id: str, document: Document) -> _Found:
        places = [self.places.setdefault(article_id, document.place), document.place]
        return [("C101", problem) for problem in corpus.id_taken(article_id, sorted(set(places), key=places.index))]

    def _around(self, file: FilePath) -> Surroundings:
        folder = self.corpus or _corpus_of(file)
        if folder not in self.surroundings:
            self.surroundings[folder] = Surroundings(folder, self._register(folder), datetime.now(UTC).date())
        return self.surroundings[folder]

    def _register(self, folder: FilePath) -> dict[str, Record]:
        document = Document(str(folder / "entities.json"))
        if not FilePath(document.file).is_file():
            return {}
        data = document.read()
        value, flaws = parse(data)
        broken = list(violations(value, "entities")) if not flaws else []
        self.report.findings += [_flawed(document, data, code, flaw) for code, flaw in flaws]
        self.report.findings += _placed(document, data, broken)
        return {} if flaws or broken else {entity["id"]: entity for entity in value["entities"]}


def _problems(index: Index) -> Iterator[tuple[str, Problem]]:
    for family, rules in _FAMILIES.items():
        if family == "M" or not _SOUND[family](index):
            yield from ((rule.code, problem) for rule in rules if rule.code != "M121" for problem in rule.check(index))


def _without_consequences(found: _Found, index: Index) -> _Found:
    """The problems without those that come of a span which points to the wrong place."""
    adrift = {problem.at[:2] for code, problem in found if code in _ADRIFT}
    numbers = {paragraph["id"]: number for number, paragraph in enumerate(index.paragraphs)}
    adrift |= {("paragraphs", numbers.get(span["paragraph"], -1)) for at, span in index.spans if at[:2] in adrift}
    return (
        [
            (code, problem)
            for code, problem in found
            if code in _ADRIFT or code[0] in "TM" or problem.at[:2] not in adrift
        ]
        if adrift
        else found
    )


def _corpus_of(file: FilePath) -> FilePath:
    """The nearest folder around a file that holds `articles/`; the bundled corpus if there is none."""
    around = (folder for folder in file.absolute().parents if (folder / "articles").is_dir())
    return next(around, corpus_folder())


def _placed(document: Document, data: bytes, found: _Found) -> list[Finding]:
    """Findings in the order of the file; the text is searched only where there are any."""
    text = data.decode() if found else ""
    findings = [
        _finding(code, document, line_and_column(text, locate(text, problem.at)), problem.detail, problem)
        for code, problem in found
    ]
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code))


def _flawed(document: Document, data: bytes, code: str, flaw: reading.Flaw) -> Finding:
    place = line_and_column(data.decode(errors="replace"), flaw.offset)
    return _finding(code, document, place, flaw.detail, Problem((), suggestion=flaw.suggestion))


def _finding(code: str, document: Document, place: tuple[int, int], detail: str, problem: Problem = _WHOLE) -> Finding:
    rule, (line, column) = RULES[code], place
    return Finding(
        code=code,
        severity=rule.severity,
        message=f"{rule.message}: {detail}" if detail else rule.message,
        file=document.file,
        line=line + (document.line or 1) - 1,
        column=column,
        pointer=pointer(problem.at),
        suggestion=problem.suggestion,
        fix=problem.fix,
    )
