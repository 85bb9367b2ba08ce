"""A report for a person, a program, GitHub, or whatever reads SARIF. Nothing in a record can steer the reader."""

import json
import os
from collections.abc import Callable
from itertools import islice
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from tasrih.choices import Rendering
from tasrih.terminal import clean, message
from tasrih.validation.findings import Finding, Report
from tasrih.validation.registry import RULES
from tasrih.version import __version__

_FULL, _ALSO = 3, 8


def as_text(report: Report, most: int | None = None) -> str:
    """For a person: of a rule that is broken often in a file, the first places in full and the others by line."""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in report:
        groups.setdefault((finding.file, finding.code), []).append(finding)
    told = [entry for group in groups.values() for entry in _told_of(group)]
    entries = [_entry(*entry) for entry in islice(told, most)]
    rest = [f"{len(told) - len(entries)} more entries not shown (--max {most})"] if len(told) > len(entries) else []
    return "\n".join([*entries, *rest, report.summary()])


def _told_of(group: list[Finding]) -> list[tuple[Finding, list[Finding]]]:
    """Findings to print in full, the last one with those that are only named."""
    full = group if len(group) <= _FULL + 1 else group[:_FULL]
    return [*((finding, []) for finding in full[:-1]), (full[-1], group[len(full) :])]


def _entry(finding: Finding, others: list[Finding]) -> str:
    head = f"{finding.file}:{finding.line}:{finding.column}: {finding.code} {finding.severity}: {finding.message}"
    lines = [head, *([f"    at: {finding.pointer}"] if finding.pointer else [])]
    lines += [*([f"    text: “{finding.excerpt}”"] if finding.excerpt else [])]
    lines += [f"    help: {finding.suggestion}"] if finding.suggestion else []
    also = ", ".join(f"{other.line}:{other.column}" for other in others[:_ALSO])
    more = ", …" if len(others) > _ALSO else ""
    lines += [f"{finding.file}: {finding.code}: {len(others)} more, at {also}{more}"] if also else []
    return "\n".join(message(line.replace("\n", " ")) for line in lines)


def as_json(report: Report, most: int | None = None) -> str:
    """For a program: the report as one JSON document."""
    return Report(report.findings[:most], report.waived, report.records).to_json() if most else report.to_json()


def as_github(report: Report, most: int | None = None) -> str:
    """For GitHub Actions: a workflow command a finding, which annotates the line, and the summary."""
    commands = [
        f"::{finding.severity} file={_property(_relative(finding.file))},line={finding.line},col={finding.column},"
        f"title={_property(finding.code)}::{_data(_words(finding))}"
        for finding in islice(report, most)
    ]
    return "\n".join([*commands, _data(report.summary())])


def _words(finding: Finding) -> str:
    parts = [finding.message, f"“{finding.excerpt}”" if finding.excerpt else "", finding.suggestion]
    return "\n".join(message(part.replace("\n", " ")) for part in parts if part)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(clean(text)).replace(":", "%3A").replace(",", "%2C")


def as_sarif(report: Report, most: int | None = None) -> str:
    """For code scanning: SARIF 2.1.0; waived findings are in it as suppressed."""
    waived = [_result(finding) | {"suppressions": [{"kind": "inSource"}]} for finding in report.waived]
    run = {
        "tool": {"driver": {"name": "tasrih", "version": __version__, "rules": _rules()}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in islice(report, most)] + waived,
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rules() -> list[dict[str, Any]]:
    return [
        {
            "id": rule.code,
            "name": rule.name,
            "shortDescription": {"text": rule.message},
            "fullDescription": {"text": rule.explanation},
            "help": {"text": rule.explanation},
            "defaultConfiguration": {"level": rule.severity},
        }
        for rule in RULES.values()
    ]


def _result(finding: Finding) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(os.fsencode(_relative(finding.file)))},
        "region": {"startLine": finding.line, "startColumn": finding.column},
    }
    return {
        "ruleId": finding.code,
        "ruleIndex": list(RULES).index(finding.code),
        "level": finding.severity,
        "message": {"text": _words(finding)},
        "locations": [
            {"physicalLocation": place, "logicalLocations": [{"fullyQualifiedName": finding.pointer or "/"}]}
        ],
    }


def _relative(file: str) -> str:
    """A path as seen from the folder at hand, with forward slashes; one outside it stays as it is."""
    path = Path(os.path.normpath(file))
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    return PurePath(path).as_posix()


RENDERED: dict[Rendering, Callable[[Report, int | None], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}
