"""Reports as a person, a program, GitHub and code scanning read them."""

import copy
import json
import re

import pytest
from conftest import RECORD, ROOT

from tasrih.validation import RULES, Report, validate
from tasrih.validation.findings import Finding
from tasrih.validation.reports import RENDERED, as_github, as_json, as_sarif, as_text

NASTY = "x\n::error file=a.py::owned\r%0A::set-output name=a::b\x1b[31m\u202e\x07"


@pytest.fixture
def report():
    record = copy.deepcopy(RECORD)
    for number in range(5):
        record["quotes"][number]["speaker"] |= {"entity": "e99"}
    del record["terms"][5]
    record["waivers"] = [{"rule": "Q113", "at": "/quotes/0/speaker/entity", "reason": "Known."}]
    return validate([record], within=ROOT / "corpus")


def nasty_report():
    finding = Finding("Q101", "error", f"m: {NASTY}", f"a{NASTY}.json", 1, 2, "/a", f"⟦{NASTY}⟧", NASTY)
    return Report([finding], [], 1)


def test_what_repeats_is_told_three_times_and_then_by_line(report):
    repeated = Report([report.findings[0]] * 30, [], 1)
    place, code = report.findings[0].line, report.findings[0].code
    text = as_text(repeated)
    assert text.count(" error: ") == 3
    assert f": {code}: 27 more, at {place}:" in text
    assert text.count(f" {place}:") == 8
    assert text.splitlines()[-1] == "1 record, 30 errors, 0 warnings"


def test_few_findings_are_told_in_full(report):
    text = as_text(report)
    assert text.count("Q113 error") == 4
    assert text.count("Q101 error") == 1
    assert text.splitlines()[-1] == "1 record, 5 errors, 0 warnings, 1 waived"


def test_words_of_the_record_stand_in_their_context_and_are_isolated():
    record = copy.deepcopy(RECORD)
    record["quotes"][3]["cue"] |= {"text": "أضافا"}
    lines = as_text(validate([record], within=ROOT / "corpus")).splitlines()
    assert '    text: “\u2067و⟦أضاف⟧ الوزير لافروف: "نتشارك مخاوفنا من أن تخ…\u2069”' in lines


def test_what_is_not_printed_is_counted(report):
    text = as_text(report, 1)
    assert text.count(" error: ") == 1
    assert "4 more entries not shown (--max 1)" in text
    assert text.splitlines()[-1] == "1 record, 5 errors, 0 warnings, 1 waived"


def test_json_holds_everything(report):
    told = json.loads(as_json(report))
    assert told["ok"] is False
    assert told["records"] == 1
    assert len(told["findings"]) == 5
    assert len(told["waived"]) == 1
    assert {"code", "severity", "message", "file", "line", "column", "pointer", "excerpt", "suggestion", "fix"} == set(
        told["findings"][0]
    )


def test_github_gets_one_command_a_finding(report):
    lines = as_github(report).splitlines()
    assert len(lines) == 6
    assert all(re.match(r"::error file=[^,]+,line=\d+,col=\d+,title=Q1\d\d::.", line) for line in lines[:-1])


def test_no_text_forges_a_workflow_command_or_steers_a_terminal():
    lines = as_github(nasty_report()).splitlines()
    assert len(lines) == 2
    assert sum(line.startswith("::") for line in lines) == 1
    properties = lines[0].split("::")[1]
    assert re.fullmatch(r"error file=[^,]*,line=1,col=2,title=Q101", properties)
    assert "%250A" in lines[0]
    for render in (as_text, as_github, as_sarif):
        assert not set("\x1b\x07\u202e\r") & set(render(nasty_report()))
    assert not [line for line in as_text(nasty_report()).splitlines() if line.startswith("::")]


def test_sarif_says_what_code_scanning_needs(report):
    sarif = json.loads(as_sarif(report))
    (run,) = sarif["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert sarif["version"] == "2.1.0"
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    assert len(run["results"]) == 6
    assert [result["suppressions"] for result in run["results"] if "suppressions" in result] == [[{"kind": "inSource"}]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == "error"
        assert result["locations"][0]["physicalLocation"]["region"]["startLine"] >= 1


def test_sarif_names_files_as_addresses(tmp_path, monkeypatch):
    (tmp_path / "مقال 1.json").write_text("{", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    (run,) = json.loads(as_sarif(validate([tmp_path])))["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%D9%85%D9%82%D8%A7%D9%84%201.json"


@pytest.mark.parametrize("name", RENDERED)
def test_an_empty_report_is_fine_everywhere(name):
    assert RENDERED[name](Report(), None)
