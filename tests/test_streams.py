"""Long inputs: JSON Lines in ranges and in several processes, lines of any length, files that break off."""

import copy
import gzip
import json

import pytest
from conftest import RECORD, ROOT, calls

import tasrih
from tasrih import reading
from tasrih.engines import local
from tasrih.validation import run

WITHIN = ROOT / "corpus"


def line(number, *, faulty=False):
    record = copy.deepcopy(RECORD)
    record["id"] = f"2021-10-13-{number}"
    record["metadata"]["source"] = None
    for paragraph in record["paragraphs"]:
        paragraph["text"] += "".join(f" {number}x{place}" for place in range(60))
    if faulty:
        record["quotes"][0]["speaker"]["entity"] = "e99"
    return json.dumps(record, ensure_ascii=bool(number % 2)).encode()


def many():
    return [b"" if number % 5 == 0 else line(number, faulty=number % 7 == 0) for number in range(1, 60)]


@pytest.fixture
def lines():
    """Lines of JSON Lines, blank ones among them, each seventh with a fault."""
    return many()


@pytest.fixture(scope="module")
def judged(tmp_path_factory):
    """A file of such lines, and what is found in it when it is read in one piece."""
    file = tmp_path_factory.mktemp("judged") / "a.jsonl"
    file.write_bytes(b"\n".join(many()))
    return file, tasrih.validate([file], within=WITHIN)


def places(report, code):
    return [finding.line for finding in report if finding.code == code]


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("size", [10_000, 50_001])
def test_ranges_and_processes_change_nothing(judged, monkeypatch, size, jobs):
    file, whole = judged
    monkeypatch.setattr(reading.slices, "__defaults__", (size,))
    monkeypatch.setattr(run, "_BATCH_BYTES", size)
    monkeypatch.setattr(run, "_PROCESS_BYTES", size)
    cut = tasrih.validate([file], within=WITHIN, jobs=jobs)
    assert places(whole, "Q113") == [number for number in range(1, 60) if number % 7 == 0 and number % 5]
    assert cut.to_json() == whole.to_json()
    assert cut.records == 48


def test_doubles_are_found_across_ranges(tmp_path, monkeypatch, lines):
    lines[40], lines[41] = lines[1], lines[2].replace(b"2021-10-13-3", b"2021-10-13-x")
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    with gzip.open(tmp_path / "a.jsonl.gz", "wb") as file:
        file.write(b"\n".join(lines))
    monkeypatch.setattr(reading.slices, "__defaults__", (10_000,))
    for name in ("a.jsonl", "a.jsonl.gz"):
        report = tasrih.validate([tmp_path / name], within=WITHIN)
        doubles = [(finding.code, finding.line, finding.message) for finding in report if finding.code[0] == "C"]
        assert [double[:2] for double in doubles] == [("C101", 41), ("C102", 42)]
        assert f"{name}:2 already" in doubles[0][2]
        assert f"100% overlap with {tmp_path / name}:3" in doubles[1][2]


def test_a_line_that_is_too_long_is_one_finding(tmp_path, monkeypatch, lines):
    monkeypatch.setattr(reading, "MAX_BYTES", 200_000)
    monkeypatch.setattr("tasrih.validation.rules.syntax.MAX_BYTES", 200_000)
    monkeypatch.setattr("tasrih.validation.parsing.MAX_BYTES", 200_000)
    lines[3] = b'{"id": "' + b"x" * 3_000_000 + b'"}'
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    report = tasrih.validate([tmp_path / "a.jsonl"], within=WITHIN)
    assert places(report, "S102") == [4]
    assert report.records == 48
    (tmp_path / "b.json").write_bytes(lines[3])
    assert tasrih.validate([tmp_path / "b.json"]).by_code() == {"S102": 1}


def test_a_file_that_breaks_off_hides_no_other(tmp_path, lines):
    packed = gzip.compress(b"\n".join(lines))
    (tmp_path / "a.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "b.jsonl").write_bytes(line(7, faulty=True))
    (tmp_path / "c.jsonl.zst").write_bytes(b"no zstd")
    names = ["a.jsonl.gz", "b.jsonl", "c.jsonl.zst"]
    report = tasrih.validate([tmp_path / name for name in names], within=WITHIN)
    unreadable = [finding.file for finding in report if finding.code == "S101"]
    assert unreadable == [str(tmp_path / "a.jsonl.gz"), str(tmp_path / "c.jsonl.zst")]
    assert [finding.file for finding in report if finding.code == "Q113"][-1] == str(tmp_path / "b.jsonl")


def test_files_in_several_processes_are_reported_in_their_order(tmp_path, monkeypatch):
    for number in range(8):
        (tmp_path / f"2021-10-13-{number}.json").write_bytes(line(number, faulty=True))
    monkeypatch.setattr(run, "_BATCH_BYTES", 1)
    assert calls(local._started, lambda: tasrih.validate([tmp_path], within=WITHIN, jobs=2)) == 0
    monkeypatch.setattr(run, "_PROCESS_BYTES", 1)
    assert calls(local._started, lambda: tasrih.validate([tmp_path], within=WITHIN, jobs=2)) == 2
    report = tasrih.validate([tmp_path], within=WITHIN, jobs=2)
    files = [finding.file for finding in report if finding.code == "Q113"]
    assert files == sorted(map(str, tmp_path.iterdir()))


def test_an_entry_of_a_source_cannot_lead_out_of_the_corpus(tmp_path, seed):
    (tmp_path / "secret.txt").write_text("a secret line\n", encoding="utf-8")
    corpus = tmp_path / "corpus"
    (corpus / "articles/news").mkdir(parents=True)
    (corpus / "sources").mkdir()
    (corpus / "sources/a.txt").symlink_to("../../secret.txt")
    seed["metadata"]["source"]["path"] = "sources/a.txt"
    (corpus / f"articles/news/{seed['id']}.json").write_text(json.dumps(seed), encoding="utf-8")
    report = tasrih.validate([corpus])
    assert "M106" in report.by_code()
    assert "secret" not in report.to_json().replace(str(tmp_path), "")
