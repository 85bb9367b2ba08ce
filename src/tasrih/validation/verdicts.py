"""What rules find in one record, and what of it the record waives."""

from collections.abc import Collection

from tasrih.record import Json
from tasrih.validation.findings import Finding, Problem, Report, pointer
from tasrih.validation.index import Index
from tasrih.validation.registry import RECORD, WAIVERS

_ON_SPANS = "AQE"  # families of rules that find at a quote, term or entity what may come of a span that went adrift
Found = list[tuple[str, Problem]]


def problems(index: Index, asked: Collection[str], *, wordless: bool = False) -> Found:
    """What the rules of these codes, and those that it waives, find in a record, and waivers that waive nothing.

    Of a record that is `wordless`, having masks for its words, only those rules are asked that look at none.
    """
    asked = {*asked, *(waiver["rule"] for waiver in index.record.get("waivers", []))}
    rules = [rule for code, rule in RECORD.rules.items() if code in asked and rule.wordless >= wordless]
    found = [(rule.code, problem) for rule in rules for problem in rule.check(index)]
    at = {(code, pointer(problem.at)) for code, problem in found}
    if not wordless:
        found += [(code, problem) for code, rule in WAIVERS.rules.items() for problem in rule.check(index, at)]
    return _without_consequences(found, index)


def _without_consequences(found: Found, index: Index) -> Found:
    """The problems without those that come of a span which points to the wrong place."""
    told = {code for code, rule in RECORD.rules.items() if rule.adrift}
    adrift = {problem.at[:2] for code, problem in found if code in told}
    if not adrift:
        return found
    adrift |= {("paragraphs", index.place(span)[0]) for at, span in index.spans if at[:2] in adrift}
    return [
        (code, problem)
        for code, problem in found
        if code in told or code[0] not in _ON_SPANS or problem.at[:2] not in adrift
    ]


def enter(report: Report, record: Json, findings: list[Finding]) -> None:
    """Enters findings into a report, those apart that the record waives."""
    waivers = {(waiver["rule"], waiver["at"]) for waiver in record.get("waivers", [])}
    for finding in findings:
        waived = (finding.code, finding.pointer) in waivers
        (report.waived if waived else report.findings).append(finding)
