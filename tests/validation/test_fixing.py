"""Fixes are safe: what they change is where things are, never what is said."""

import copy
import json

from conftest import RECORD, ROOT, SEED
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import places

from tasrih.validation.fixes import fixed
from tasrih.validation.roads import check

WITHIN = ROOT / "corpus"
FILE = str(WITHIN / f"articles/news/{SEED}.json")
POSITIONS = {"start", "end", "parent", "form"}
SPANS = [path for path, value in places(RECORD) if isinstance(value, dict) and {"start", "end"} <= value.keys()]


def meaning(data):
    """Everything a record says but for where it says it is, and what it waives."""
    record = json.loads(data)
    record.pop("waivers", None)
    for entity in record["entities"]:
        entity["mentions"].sort(key=lambda mention: (mention["text"], mention["paragraph"]))
    return [
        (path, value)
        for path, value in places(record)
        if not isinstance(value, dict | list) and path[-1] not in POSITIONS
    ]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(SPANS), st.integers(-3, 3), st.integers(-3, 3)), max_size=4), st.booleans())
def test_fixes_are_idempotent_and_keep_the_meaning(shifts, reverse):
    record = copy.deepcopy(RECORD)
    for path, left, right in shifts:
        span = record
        for step in path:
            span = span[step]
        span["start"], span["end"] = max(0, span["start"] + left), max(0, span["end"] + right)
    if reverse:
        record["entities"][0]["mentions"].reverse()
    record["waivers"] = [{"rule": "Q101", "at": "/quotes/0", "reason": "x"}]
    before = json.dumps(record, ensure_ascii=False).encode()
    after = fixed(FILE, before, WITHIN)
    assert meaning(after) == meaning(before)
    assert fixed(FILE, after, WITHIN) == after
    assert len(check(FILE, after, within=WITHIN)) <= len(check(FILE, before, within=WITHIN))
    assert json.loads(after)["waivers"] == []


def test_what_has_no_finding_is_left_alone():
    data = json.dumps(RECORD).encode()
    assert fixed(FILE, data, WITHIN) == data


def test_what_could_be_in_two_places_is_left_to_the_reader():
    record = copy.deepcopy(RECORD)
    record["quotes"][1]["cue"] |= {"paragraph": "p5", "start": 0, "end": 4, "text": "في"}
    data = json.dumps(record).encode()
    assert fixed(FILE, data, WITHIN) == data
