"""Every fact of a record is guarded: change one, and validation names it."""

import copy
from functools import reduce
from operator import getitem

import pytest
from conftest import RECORD, ROOT, SEED
from strategies import places

import tasrih


def changed(path, value):
    record = copy.deepcopy(RECORD)
    parent = record
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = value
    return record


def value_at(path):
    return reduce(getitem, path, RECORD)


def found_in(records):
    """What is found in each of these records, doubles apart, when they are validated together."""
    found = {f"<record {number}>": [] for number in range(1, len(records) + 1)}
    for finding in tasrih.validate(records, within=ROOT / "corpus", ignore="C"):
        found[finding.file].append(finding)
    return list(found.values())


def codes_at(findings, path):
    """The codes found at a path, inside it, or at what holds it."""
    pointer = "".join(f"/{step}" for step in path)
    return {f.code for f in findings if f.pointer.startswith(pointer) or pointer.startswith(f.pointer)}


OFFSETS = [path for path, _ in places(RECORD) if path and path[-1] in ("start", "end")]
IDS = [
    path
    for path, value in places(RECORD)
    if path
    and value
    and path[-1] in ("id", "entity", "parent", "link", "paragraph", "wikidata")
    and "annotation" not in path
]
MARKS = [
    ((*path, "text"), place)
    for path, value in places(RECORD)
    if len(path) == 2 and path[0] == "paragraphs"
    for place, letter in enumerate(value["text"])
    if letter == '"'
]


def test_the_corpus_is_clean():
    report = tasrih.validate()
    assert report.records == len(tasrih.load())
    assert report.by_code() == {}
    assert report.ok


@pytest.mark.parametrize("by", [-1, 1])
def test_every_offset_is_guarded(by):
    assert len(OFFSETS) > 180
    found = found_in([changed(path, value_at(path) + by) for path in OFFSETS])
    for path, findings in zip(OFFSETS, found, strict=True):
        assert codes_at(findings, path[:-1]) & {"A102", "A103", "A104", "S206"}, path


def test_every_id_is_guarded():
    assert len(IDS) > 150
    others = {"p": "p99", "q": "q99", "t": "t99", "e": "e99"}
    values = [(path, value_at(path)) for path in IDS]
    found = found_in(
        [changed(path, others.get(value[0], "someone-else") if len(value) < 4 else "Q1") for path, value in values]
    )
    for path, findings in zip(IDS, found, strict=True):
        assert findings, path


def test_every_quotation_mark_is_guarded():
    assert len(MARKS) == 26
    for path, place in MARKS:
        text = RECORD["paragraphs"][path[1]]["text"]
        others = [text[:place] + mark + text[place + 1 :] for mark in ("_", "")]
        replaced, dropped = found_in([changed(path, other) for other in others])
        assert codes_at(replaced, path[:2]) & {"M108", "Q101"}
        assert "M108" in codes_at(dropped, path)


def test_an_unannotated_pair_is_named():
    record = copy.deepcopy(RECORD)
    del record["terms"][5]
    found = list(tasrih.validate([record], within=ROOT / "corpus"))
    assert {finding.code for finding in found} == {"Q101"}
    assert {finding.pointer for finding in found} == {"/paragraphs/11/text"}


def test_findings_say_where_they_are_in_the_file(tmp_path):
    text = (ROOT / f"corpus/articles/news/{SEED}.json").read_text(encoding="utf-8")
    file = tmp_path / f"{SEED}.json"
    file.write_text(text.replace('"start": 22, "end": 218', '"start": 23, "end": 218'), encoding="utf-8")
    (finding,) = (f for f in tasrih.validate([file], within=ROOT / "corpus") if f.code == "A104")
    line = file.read_text(encoding="utf-8").split("\n")[finding.line - 1]
    assert line[finding.column - 1 :].startswith('{"paragraph": "p4", "start": 23')
    assert finding.pointer == "/quotes/3/spans/0"
    assert "is at 22 to 218" in finding.suggestion


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "S103"),
        (b" \n", "S103"),
        (b'{"id": "a', "S109"),
        (b"[" * 100_000, "S106"),
        (b"\xef\xbb\xbf{}", "S105"),
        ('{"id": "مقال"}'.encode("utf-16"), "S104"),
        ('{"id": "مقال"}'.encode("cp1256"), "S104"),
        (b'{"id": NaN}', "S107"),
        (b'{"id": "\\ud800"}', "S108"),
        (b'{"id": "a", "id": "b"}', "S110"),
        (b'{"id": "a", "id" :"b"}', "S110"),
        (b"17", "S203"),
        (b"null", "S203"),
        (b"{}", "S201"),
    ],
)
def test_what_is_no_record_is_one_finding_and_hides_nothing_else(tmp_path, data, code):
    (tmp_path / "a.json").write_bytes(data)
    (tmp_path / "b.json").mkdir()
    (tmp_path / "c.json").symlink_to("c.json")
    report = tasrih.validate([tmp_path], within=ROOT / "corpus")
    assert not report.ok
    assert {finding.code for finding in report if finding.file.endswith("a.json")} == {code}
    assert [finding.code for finding in report if not finding.file.endswith("a.json")] == ["S101", "S101"]
    assert report.records == 3


def test_a_structural_failure_hides_what_it_caused():
    record = changed(("quotes", 0, "spans", 0, "start"), -1)
    assert [f.code for f in tasrih.validate([record])] == ["S206"]


def test_a_waiver_acknowledges_a_finding_and_an_unused_one_is_found():
    record = copy.deepcopy(RECORD)
    del record["terms"][5]
    waiver = {"rule": "Q101", "at": "/paragraphs/11/text", "reason": "Read twice."}
    record["waivers"] = [waiver, waiver | {"rule": "Q102"}]
    report = tasrih.validate([record], within=ROOT / "corpus")
    assert {finding.code for finding in report.waived} == {"Q101"}
    assert [(finding.code, finding.pointer) for finding in report] == [("M121", "/waivers/1")]


def test_an_id_is_given_once():
    report = tasrih.validate([RECORD, RECORD], within=ROOT / "corpus")
    assert report.by_code() == {"C101": 1}
