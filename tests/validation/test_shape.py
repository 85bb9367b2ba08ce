"""The fast way through the schema calls nothing valid that is not."""

import copy
import json

import orjson
import pyarrow as pa
import pytest
from conftest import RECORD
from hypothesis import given, settings
from hypothesis import strategies as st
from make_corpus import articles as articles_made
from strategies import articles, places

import tasrih
from tasrih import columnar
from tasrih.validation.fast import schema
from tasrih.validation.schemas import validator

PLAIN = list(articles_made(2, 1))
ODD = st.sampled_from(
    [None, "", 0, -1, 1.0, 2**31, 2**40, True, [], {}, [None], "x", "p0", "e01", "2021-02-30", "ar\n"]
)


def called_valid(*lines):
    try:
        return schema.is_valid(columnar.read(lines), lines)
    except pa.ArrowInvalid:
        return False


def holds(record):
    return validator("article").is_valid(orjson.loads(orjson.dumps(record)))


def parent_of(record, path):
    for step in path[:-1]:
        record = record[step]
    return record


@settings(max_examples=200)
@given(st.data())
def test_no_changed_record_is_called_valid_that_is_not(data):
    record = copy.deepcopy(data.draw(st.sampled_from([RECORD, PLAIN[0]]) | articles()))
    path = data.draw(st.sampled_from([path for path, _ in places(record) if path]))
    parent = parent_of(record, path)
    match data.draw(st.sampled_from(["change", "remove", "add"])):
        case "change":
            parent[path[-1]] = data.draw(ODD)
        case "remove":
            del parent[path[-1]]
        case "add" if isinstance(parent, dict):
            names = ["authors", "waivers", "span", "source", "furniture", "value", "agency", "license", "more"]
            parent[data.draw(st.sampled_from(names))] = data.draw(ODD)
    line = orjson.dumps(record)
    assert not called_valid(orjson.dumps(PLAIN[0]), line, orjson.dumps(PLAIN[1])) or holds(record)


@given(articles())
def test_valid_records_without_oddities_are_called_valid(record):
    assert called_valid(orjson.dumps(record))


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"null",
        b"{} {}",
        b"{}\n{",
        b'{"id": "x", "id": "x"}',
        b"\xef\xbb\xbf{}",
        orjson.dumps(RECORD).replace(b'"ar"', b'"\xff"'),
        orjson.dumps(RECORD).replace(b'"language":"ar"', b'"language":"ar","language":"ar"'),
        orjson.dumps(RECORD).replace(b'"p1"', b'"p1\\u0000"', 1),
        orjson.dumps(RECORD).replace(b'"ar"', b'"\\ud800"'),
        orjson.dumps(RECORD)[:-1],
        orjson.dumps(RECORD) + orjson.dumps(RECORD),
        orjson.dumps(RECORD)[:-1] + b"}null{}",
    ],
)
def test_what_is_no_record_is_not_called_valid(line):
    plain = orjson.dumps(PLAIN[0])
    assert not called_valid(plain, line, plain)


def test_other_spellings_of_a_valid_record_are_found_valid_all_the_same(tmp_path, seed):
    seed["metadata"] |= {"source": None, "origin": "composed", "collection": "composed"}
    spaced = json.dumps(seed, ensure_ascii=False, separators=(" , ", " : "))
    floats = json.dumps(seed).replace('"start": 0,', '"start": 0.0,')
    assert floats != json.dumps(seed)
    for name, line in {"spaced": spaced, "floats": floats}.items():
        file = tmp_path / f"{name}.jsonl"
        file.write_text(f"  {line}  \n", encoding="utf-8")
        assert set(tasrih.validate([file]).by_code()) <= {"M101", "E113", "M124"}
        assert next(iter(tasrih.load(file))).record == tasrih.record.Article.model_validate_json(json.dumps(seed))
