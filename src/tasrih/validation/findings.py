"""What validation reports: findings, and the report that holds them."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

from tasrih.record import Path
from tasrih.terminal import one_line
from tasrih.text.controls import SURROGATES

_UNPAIRED = re.compile(f"[{SURROGATES}]")  # bytes of a file's name that are not UTF-8
Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Fix:
    """A safe remedy: the value that belongs at a place (keys and indexes)."""

    at: Path
    value: Any


class Problem(NamedTuple):
    """What a rule finds: where in the record (keys and indexes), what exactly, and what may be done about it."""

    at: Path
    detail: str = ""
    suggestion: str = ""
    fix: Fix | None = None


class Flaw(NamedTuple):
    """What is wrong with a file: the offset in its text, in code points, and what exactly."""

    offset: int
    detail: str = ""
    suggestion: str = ""


@dataclass(frozen=True, repr=False)
class Finding:
    """A broken rule at a place: line and column count from 1, in code points; `pointer` is a JSON Pointer.

    `excerpt` is the offending text between ⟦ and ⟧ with what stands around it; empty where no span is concerned.
    """

    code: str
    severity: Severity
    message: str
    file: str
    line: int
    column: int
    pointer: str
    excerpt: str = ""
    suggestion: str = ""
    fix: Fix | None = None

    def __repr__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return one_line(f"<Finding {self.code} {self.severity} at {place} {self.pointer or '/'}: {self.message}>")


@dataclass(repr=False)
class Report:
    """The findings of a validation in the order of the records, how many records were read, and waived findings."""

    findings: list[Finding] = field(default_factory=list)
    waived: list[Finding] = field(default_factory=list)
    records: int = 0

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __repr__(self) -> str:
        return f"<Report of {self.summary()}>"

    def _repr_html_(self) -> str:
        from tasrih.notebook import report_html

        return report_html(self.summary(), list(map(vars, self.findings)))

    def summary(self) -> str:
        """How many records were read, and how many findings there are."""
        warnings = sum(finding.severity == "warning" for finding in self.findings)
        counts = {"record": self.records, "error": len(self) - warnings, "warning": warnings}
        waived = f", {len(self.waived)} waived" if self.waived else ""
        return ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for noun, count in counts.items()) + waived

    @property
    def ok(self) -> bool:
        """Whether there is no error; warnings do not count."""
        return not any(finding.severity == "error" for finding in self.findings)

    def passes(self, *, strict: bool = False) -> bool:
        """Whether there is no error, and when strict no warning either."""
        return self.ok and not (strict and self.findings)

    def by_code(self) -> dict[str, int]:
        """How often each rule was broken."""
        return dict(sorted(Counter(finding.code for finding in self.findings).items()))

    def to_json(self) -> str:
        """The report as a JSON document."""
        lists = {name: [asdict(finding) for finding in getattr(self, name)] for name in ("findings", "waived")}
        report = json.dumps({"ok": self.ok, "records": self.records, **lists}, ensure_ascii=False, indent=2)
        return _UNPAIRED.sub("\N{REPLACEMENT CHARACTER}", report)


def pointer(path: Path) -> str:
    """A path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def path_of(pointer: str) -> Path:
    """The path that a JSON Pointer is; what looks like a number is an index."""
    steps = (step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:])
    return tuple(int(step) if step.isdecimal() else step for step in steps)


def shown(text: str) -> str:
    """Words of a record for a message: quoted, cut to 60 characters, invisible ones by number."""
    short = text if len(text) <= 60 else text[:59] + "…"
    return f"“{printable(short)}”"


def printable(text: str) -> str:
    """Text in which invisible characters are given by number."""
    return "".join(letter if letter.isprintable() else f"<U+{ord(letter):04X}>" for letter in text)
