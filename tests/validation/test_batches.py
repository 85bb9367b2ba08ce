"""Records looked through together are judged as each is alone."""

import copy
import hashlib

import orjson
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from make_corpus import articles as articles_made

from tasrih.reading import Slice
from tasrih.validation import batches, plain
from tasrih.validation.batches import Task, inspect
from tasrih.validation.fast import schema

PLAIN = list(articles_made(4, 1))
TOLD = ("authors", "cue", "editions", "furniture", "holder", "license", "phenomena", "published", "publisher")
TOLD += ("source", "span", "speaker", "waivers")
_MAY_BE_ABSENT = {True: ["waivers"], False: ["authors", "phenomena"]}
VALUES = [None, [], {}, "x", ["x"], [{"rule": "Q101", "at": "", "reason": "x"}]]


def spelt(line, name, how):
    """A line in which the first key of that name is spelt in another way that means the same."""
    key = f'"{name}":'.encode()
    escaped = f'"{name[:-1]}\\u{ord(name[-1]):04x}":'.encode()
    first = f'"\\u{ord(name[0]):04x}{name[1:]}":'.encode()
    ways = {
        "spaced": key[:-1] + b" :",
        "tab": key[:-1] + b"\t:",
        "escaped": escaped,
        "first": first,
        "wide": key + b" ",
    }
    return line.replace(key, ways[how], 1)


@st.composite
def lines(draw):
    """A record with some fields absent, null or of another kind, and keys spelt in odd ways."""
    record = copy.deepcopy(draw(st.sampled_from(PLAIN)))
    objects = [record, record["metadata"], record["metadata"]["rights"], record["quotes"][0]]
    objects += [record["quotes"][0]["speaker"] or {}, record["quotes"][-1]]
    names = []
    for _ in range(draw(st.integers(0, 2))):
        parent = draw(st.sampled_from(objects))
        name = draw(st.sampled_from([name for name in TOLD if name in parent] + _MAY_BE_ABSENT[parent is record]))
        names.append(name)
        if name in parent and draw(st.booleans()):
            del parent[name]
        else:
            parent[name] = draw(st.sampled_from([None, *VALUES]))
    line = orjson.dumps(record)
    for name in names:
        line = spelt(line, name, draw(st.sampled_from(["spaced", "tab", "escaped", "first", "wide"])))
    return line


def findings(*records):
    """What is found in each of these lines, when they are looked through together."""
    found = inspect(Task(), [Slice("", data=line, name=str(number)) for number, line in enumerate(records)])
    return [sorted((f.code, f.pointer, f.message) for f in inspection.report) for inspection in found]


@settings(max_examples=80)
@given(st.lists(lines(), min_size=2, max_size=4))
def test_a_batch_of_changed_records_is_judged_as_each_alone(batch):
    assert findings(*batch) == [findings(line)[0] for line in batch]


@pytest.mark.parametrize("how", ["spaced", "tab", "escaped", "first", "wide"])
@pytest.mark.parametrize("name", ["authors", "waivers", "phenomena", "editions"])
def test_a_null_that_is_not_allowed_is_found_however_it_is_spelt(name, how):
    record, other = copy.deepcopy(PLAIN[0]), copy.deepcopy(PLAIN[1])
    for holder, value in ((record, None), (other, [])):
        (holder if name == "waivers" else holder["metadata"])[name] = value
    odd, plain = spelt(orjson.dumps(record), name, how), orjson.dumps(record)
    filled = spelt(orjson.dumps(other), name, how)
    assert [[code for code, *_ in found] for found in findings(odd)] == [["S203"]]
    together = [[code for code, *_ in found] for found in findings(plain, filled)]
    assert together == [["S203"], ["M126"] if name == "phenomena" else []]


def test_no_name_is_that_of_a_field_that_may_be_absent_and_of_one_that_may_be_null():
    """What the fast way counts over a batch then cannot cancel."""
    article = schema.published("article")
    objects = [one for one in (article, *article["$defs"].values()) if "properties" in one]
    told = [field for one in objects for field in schema._properties(one) if field.is_told_by_key]
    assert {field.name for field in told if field.required}.isdisjoint(
        field.name for field in told if not field.required
    )


def test_what_is_not_a_number_is_found_beside_numbers():
    bad, good = ((ROOT / f"tests/rules/S107/{name}.json").read_bytes() for name in ("bad", "good"))
    assert "NaN" in str(findings(bad, good))
    assert findings(bad, good) == findings(bad) + findings(good)


BREAKS = ["\n", "\n\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\xa0\n", "\n \n"]


@settings(max_examples=60)
@given(st.data())
def test_a_source_is_cut_into_lines_as_rules_cut_it(tmp_path_factory, data):
    """Whatever breaks its lines, of which some are furniture, told by right or wrong numbers."""
    corpus = tmp_path_factory.mktemp("corpus")
    record = copy.deepcopy(PLAIN[0])
    lines = [paragraph["text"] for paragraph in record["paragraphs"]]
    apart = data.draw(st.sampled_from(["Ru En", "Ru\xa0En", "طباعة"]))
    lines.insert(data.draw(st.integers(0, 2)), apart)
    breaks = st.sampled_from(["\n", data.draw(st.sampled_from(BREAKS))])
    raw = "".join(line + data.draw(breaks) for line in lines)
    right = [line.strip() for line in raw.splitlines()].index(apart) + 1
    number, text = data.draw(st.sampled_from([(right, apart), (right, apart), (right + 1, apart), (right, "Ru En")]))
    (corpus / "sources").mkdir()
    (corpus / "sources/x.txt").write_bytes(raw.encode())
    source = {"path": "sources/x.txt", "sha256": hashlib.sha256(raw.encode()).hexdigest()}
    furniture = [{"line": number, "text": text, "kind": "other"}] * data.draw(st.sampled_from([1, 1, 2, 0]))
    record["metadata"] |= {"collection": "news", "origin": "published", "source": source | {"furniture": furniture}}
    part = Slice("", data=orjson.dumps(record), name="record")
    together, alone = (road.inspect(Task(corpus), [part])[0].report for road in (batches, plain))
    assert {finding.code for finding in alone} <= {"M108", "M109", "M110"}
    assert sorted(map(str, together)) == sorted(map(str, alone))
