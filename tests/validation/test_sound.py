"""The fast way finds everything that the rules find."""

import copy
from datetime import date

import orjson
import pytest
from conftest import RECORD, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from make_corpus import articles as articles_made
from strategies import articles, places

from tasrih import columnar
from tasrih.validation import RULES
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.rules.structure import violations
from tasrih.validation.sound import FAMILIES, Facts, doubtful

REGISTER = {entry["id"]: entry for entry in orjson.loads((ROOT / "corpus/entities.json").read_bytes())["entities"]}
AROUND = Surroundings(ROOT / "corpus", REGISTER, date(2026, 1, 1))
FACTS = [path for path, value in places(RECORD) if path and not isinstance(value, dict | list)]
PLAIN = next(articles_made(1, 1))
LETTERS = st.sampled_from(
    [
        '"',
        "«",
        "»",
        "'",
        "''",
        "`",
        "<<",
        ",,",
        "❝",
        "」",
        "O'N",
        "5'",
        " ",
        "  ",
        "\u00a0",
        "ـ",
        "ّ",
        "َّ",
        "و",
        "x",
        "ک",
        "\u200f",
        "\ufb50",
        "Ø§",
        "ط§ظ„",
        "\ufffe",
        "﴿",
        "&nbsp;",
        "|",
    ]
)


def is_structurally_valid(record):
    return not list(violations(orjson.loads(orjson.dumps(record))))


def doubts(*records):
    """For each record the families of rules that are asked."""
    found = doubtful(Facts(columnar.read(b"\n".join(map(orjson.dumps, records))), AROUND))
    return [{family for family in FAMILIES if found[family][row]} for row in range(len(records))]


def assert_nothing_missed(record, neighbour=PLAIN):
    asked = doubts(neighbour, record, neighbour)
    assert asked[0] == asked[2] == set()
    for family in FAMILIES:
        if family not in asked[1]:
            rules = [rule for rule in RULES.values() if rule.code[0] == family and rule.code != "M121"]
            assert [(rule.code, found) for rule in rules for found in rule.check(Index(record, AROUND))] == []


@st.composite
def changes(draw, value):
    """A value like the one given, and yet another."""
    if isinstance(value, int):
        return max(0, value + draw(st.sampled_from([-2, -1, 1, 2, 40])))
    if value is None:
        return draw(st.sampled_from(["q1", "e1", "e16", "p1", "sergey-lavrov", "2021"]))
    others = [other for path, other in places(RECORD) if path and isinstance(other, str)]
    place = draw(st.integers(0, len(value)))
    inserted = value[:place] + draw(LETTERS) + value[place:]
    return draw(st.sampled_from([inserted, value[:place] + value[place + 1 :], draw(st.sampled_from(others))]))


@settings(max_examples=600)
@given(st.data())
def test_nothing_is_missed_in_a_changed_record(data):
    record = copy.deepcopy(RECORD)
    for _ in range(data.draw(st.integers(1, 2))):
        path = data.draw(st.sampled_from(FACTS))
        parent = record
        for step in path[:-1]:
            parent = parent[step]
        parent[path[-1]] = data.draw(changes(parent[path[-1]]))
    if is_structurally_valid(record):
        assert_nothing_missed(record)


@settings(max_examples=200)
@given(st.data())
def test_nothing_is_missed_when_items_go_or_change_places(data):
    record = copy.deepcopy(RECORD)
    kind = data.draw(st.sampled_from(["paragraphs", "quotes", "terms", "entities"]))
    record[kind] = data.draw(st.permutations(record[kind]).map(lambda items: items[: len(items) - 1] or items))
    assert_nothing_missed(record)


@settings(max_examples=200)
@given(articles())
def test_nothing_is_missed_in_a_made_record(record):
    assert_nothing_missed(record)


@pytest.mark.parametrize("path", sorted((ROOT / "tests/rules").glob("T*/*.json")), ids=lambda path: str(path)[-24:])
def test_nothing_is_missed_in_the_examples_of_the_rules_of_text(path):
    assert_nothing_missed(orjson.loads(path.read_bytes()))


def test_plain_records_go_the_fast_way():
    assert doubts(*articles_made(20, 0), RECORD) == [set()] * 20 + [{"M"}]


@settings(max_examples=300)
@given(st.data())
def test_nothing_is_missed_in_a_changed_plain_record(data):
    record = copy.deepcopy(PLAIN)
    path = data.draw(st.sampled_from([path for path, value in places(PLAIN) if not isinstance(value, dict | list)]))
    parent = record
    for step in path[:-1]:
        parent = parent[step]
    parent[path[-1]] = data.draw(changes(parent[path[-1]]))
    if is_structurally_valid(record):
        assert_nothing_missed(record)
