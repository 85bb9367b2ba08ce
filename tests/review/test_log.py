"""The log of decisions: lines that others wrote, lines that are torn, and what can be taken back by it."""

import json
import os
import resource
from pathlib import Path

import orjson
import pytest

from review.desks import NAME, drafted, place
from tasrih.errors import RefusedError, TasrihError
from tasrih.review import desk as desks
from tasrih.review.changes import CHANGES

KEY = desks.key_of(f"{NAME}.json")


@pytest.fixture
def draft():
    return drafted()


@pytest.fixture
def at(tmp_path, draft):
    (tmp_path / f"{NAME}.json").write_bytes(draft)
    return desks.desk(tmp_path, "reader-1")


def file_of(at):
    return at.folder / f"{NAME}.json"


def log_of(at):
    return at.folder / f"{NAME}.decisions.jsonl"


def version(at):
    return desks.version_of(file_of(at).read_bytes())


def decide(at, op, /, **fields):
    return desks.decide(at, KEY, version(at), CHANGES.validate_json(json.dumps({"op": op, **fields})))


def undo(at, number=None):
    return desks.undo(at, KEY, version(at), number)


def numbers(at):
    return desks.decisions(at, KEY)["standing"]


FOREIGN = {"number": 1, "change": {"op": "accept"}, "changed": [], "before": "a", "after": "b", "items": []}
THING = {"at": "quotes/q1", "from": None, "to": None}


@pytest.mark.parametrize(
    "line",
    [
        *({name: value for name, value in FOREIGN.items() if name != gone} for gone in FOREIGN),
        FOREIGN | {"number": True},
        FOREIGN | {"number": 2**64 - 1},
        FOREIGN | {"change": {}},
        FOREIGN | {"change": {"op": "undo", "number": [1]}},
        FOREIGN | {"noted": ["q1.cue"]},
        FOREIGN | {"noted": "q1.cue"},
        FOREIGN | {"items": 5},
        FOREIGN | {"changed": [1, None]},
        FOREIGN | {"changed": [{"at": "quotes/q1"}]},
        FOREIGN | {"why": json.loads("[" * 400 + "]" * 400)},
        [],
        b"\xff\x00",
    ],
    ids=str,
)
def test_a_line_that_is_no_decision_hinders_nothing(at, line):
    data = line if isinstance(line, bytes) else json.dumps(line).encode()
    log_of(at).write_bytes(data + b"\n")
    assert desks.listing(at)["articles"][0]["open"]
    assert orjson.dumps(desks.article(at, KEY))
    assert desks.decisions(at, KEY) == {"entries": [], "standing": [], "torn": False, "odd": 1}
    with pytest.raises(RefusedError, match="no decision"):
        undo(at)
    assert decide(at, "remove", item="e4")["decisions"] == 1
    undo(at)
    assert log_of(at).read_bytes().startswith(data)


@pytest.mark.parametrize("was", [5, {"id": "q1"}, {"id": 1, "spans": []}, {"id": "q9", "spans": [{"start": "x"}]}])
def test_what_was_in_no_record_is_not_put_back(at, was, draft):
    log_of(at).write_text(json.dumps(FOREIGN | {"changed": [THING | {"at": "quotes/q9", "from": was}]}) + "\n")
    with pytest.raises(TasrihError):
        undo(at)
    assert file_of(at).read_bytes() == draft


def test_what_was_taken_back_and_made_again_is_taken_back_again(at, draft):
    decide(at, "remove", item="e4")
    decide(at, "set_type", item="q3", type="direct")
    undo(at)
    undo(at, 3)
    assert numbers(at) == [1, 2, 4]
    undo(at)
    undo(at)
    assert file_of(at).read_bytes() == draft
    assert numbers(at) == [4, 5, 6]


def test_a_killed_desk_that_was_to_take_something_back_has_not_taken_it_back(at, draft):
    decide(at, "set_type", item="q3", type="direct")
    decide(at, "remove", item="e4")
    before = file_of(at).read_bytes()
    undo(at)
    file_of(at).write_bytes(before)  # as it was when the line was written
    assert numbers(at) == [1, 2]
    assert undo(at)["told"] == ["Decision 2 is taken back."]
    assert undo(at)["told"] == ["Decision 1 is taken back."]
    assert file_of(at).read_bytes() == draft


def test_what_was_accepted_is_so_again_when_a_later_decision_is_taken_back(at):
    cue = {"paragraph": "p2", "start": 0, "end": 3, "kind": "noun"}
    decide(at, "accept", items=["q1.cue"])
    decide(at, "set_cue", item="q1", cue=cue)
    assert "q1.cue" in {item["item"] for item in undo(at)["items"] if item["decided"]}
    assert "q1.cue" not in {item["item"] for item in undo(at)["items"] if item["decided"]}


def test_all_is_taken_back_to_the_first_byte(at, draft):
    assert b"waivers" not in draft
    decide(at, "waive", rule="Q101", at="/quotes/0", reason="so it stands there")
    decide(at, "unwaive", rule="Q101", at="/quotes/0")
    decide(at, "waive", rule="Q102", at="/quotes/99999999999999999999", reason="so it stands there")
    decide(at, "renumber")
    while numbers(at) and any(entry["change"]["op"] != "undo" for entry in standing(at)):
        undo(at)
    assert file_of(at).read_bytes() == draft


def standing(at):
    found = desks.decisions(at, KEY)
    return [entry for entry in found["entries"] if entry["number"] in found["standing"]]


def test_a_last_line_without_its_end_is_a_decision_nevertheless(at):
    decide(at, "remove", item="e4")
    log_of(at).write_bytes(log_of(at).read_bytes().rstrip(b"\n"))
    assert desks.article(at, KEY)["torn"] is False
    assert decide(at, "remove", item="e3")["decisions"] == 2
    assert len(log_of(at).read_bytes().splitlines()) == 2


def test_a_disk_that_is_full_keeps_the_log_whole(at, draft):
    decide(at, "accept", items=["q1.cue"])
    before = log_of(at).read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, limits[1]))
    try:
        with pytest.raises(TasrihError, match="cannot be written"):
            decide(at, "accept", items=["q3.cue"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert log_of(at).read_bytes() == before
    assert file_of(at).read_bytes() == draft
    assert decide(at, "accept", items=["q3.cue"])["decisions"] == 2


def test_what_is_confirmed_is_so_though_its_log_cannot_be_written(tmp_path):
    folder = place(tmp_path)
    at = desks.desk(folder / "drafts", "reader-1", corpus=folder / "corpus")
    found = desks.article(at, KEY)["items"]
    ids = [one["item"] for one in found if not one["decided"]]
    seen = decide(at, "accept", items=ids)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = log_of(at).read_bytes()
    assert len(before) > len(file_of(at).read_bytes())
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) + 20, limits[1]))
    try:
        done = desks.confirm(at, KEY, seen["version"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert Path(done["moved"]).is_file()
    assert "is not in the log" in done["told"][0]
    assert log_of(at).read_bytes() == before


def test_what_lies_where_torn_lines_go_is_no_trap(at):
    log_of(at).write_bytes(b"{torn")
    os.mkfifo(log_of(at).with_suffix(".torn"))
    with pytest.raises(RefusedError, match="no file"):
        decide(at, "remove", item="e4")


def test_odd_files_hinder_no_other(at):
    (at.folder / f"{'x' * 245}.json").write_bytes(file_of(at).read_bytes())
    (at.folder / "deep.json").write_bytes(b'{"id": "a", "metadata": ' + b'{"a":' * 600 + b"1" + b"}" * 601)
    listed = desks.listing(at)["articles"]
    assert ["error" in one for one in listed] == [False, True, True]
