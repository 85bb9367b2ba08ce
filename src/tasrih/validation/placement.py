"""From what rules find to findings: at which line and column of which file, in which words."""

from itertools import repeat

from tasrih.reading import Document
from tasrih.record import Json
from tasrih.validation.excerpts import excerpts
from tasrih.validation.findings import Finding, Flaw, Problem, pointer
from tasrih.validation.locate import lines_and_columns, locate
from tasrih.validation.registry import RULES


def placed(
    document: Document, data: bytes, found: list[tuple[str, Problem]], record: Json | None = None
) -> list[Finding]:
    """Findings in the order of the file; the text is searched only where there are any."""
    text = data.decode() if found else ""
    places = lines_and_columns(text, locate(text, [problem.at for _, problem in found]))
    words = excerpts(record, [problem.at for _, problem in found]) if record else repeat("")
    findings = [
        _finding(code, document, place, problem, excerpt)
        for (code, problem), place, excerpt in zip(found, places, words, strict=False)
    ]
    return sorted(findings, key=lambda finding: (finding.line, finding.column, finding.code))


def flawed(document: Document, data: bytes, flaws: list[tuple[str, Flaw]]) -> list[Finding]:
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
