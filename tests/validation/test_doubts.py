"""Where a rule is not asked of a record, it would have found nothing."""

import copy
from dataclasses import replace
from datetime import date
from itertools import count, islice
from random import Random

import numpy as np
import orjson
import pytest
from changes import changed
from conftest import RECORD, ROOT, WITH_WORDS
from hypothesis import given, settings
from hypothesis import strategies as st
from make_corpus import articles as articles_made
from strategies import articles, places

from tasrih import columnar
from tasrih.standoff.filling import masked
from tasrih.standoff.models import is_standoff
from tasrih.validation.fast.columns import Columns
from tasrih.validation.fast.doubts import doubts
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.registry import RECORD as RECORDS
from tasrih.validation.schemas import validator

REGISTER = {entry["id"]: entry for entry in orjson.loads((ROOT / "corpus/entities.json").read_bytes())["entities"]}
RECORD_RULES = RECORDS.rules
EVERY = frozenset(RECORD_RULES)
EXAMPLES = ROOT / "tests/rules/corpus"
EXAMPLE_REGISTER = {entry["id"]: entry for entry in orjson.loads((EXAMPLES / "entities.json").read_bytes())["entities"]}
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
    return validator("article").is_valid(orjson.loads(orjson.dumps(record)))


def asked(*records, around=AROUND):
    """For each record the codes of the rules that are asked of it."""
    columns = Columns(columnar.read(list(map(orjson.dumps, records))), around)
    found = doubts(columns, EVERY)
    assert [bool(rows) for rows in found.rows.tolist()] == [bool(found.asked(row)) for row in range(len(records))]
    return [found.asked(row) for row in range(len(records))]


def assert_nothing_missed(*records, around=AROUND):
    """No rule finds anything of which it is not asked, whatever stands beside the record."""
    told = asked(PLAIN, *records, PLAIN, around=around)
    assert told[0] == told[-1] == set()
    for record, codes in zip(records, told[1:-1], strict=True):
        left = [rule for code, rule in RECORD_RULES.items() if code not in codes]
        assert [(rule.code, found) for rule in left for found in rule.check(Index(record, around))] == []


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


def change(data, record, paths):
    """Changes the fact at one of these paths."""
    *way, name = data.draw(st.sampled_from(paths))
    parent = record
    for step in way:
        parent = parent[step]
    parent[name] = data.draw(changes(parent[name]))


@settings(max_examples=60)
@given(st.data())
def test_nothing_is_missed_in_a_changed_record(data):
    record = copy.deepcopy(RECORD)
    for _ in range(data.draw(st.integers(1, 2))):
        change(data, record, FACTS)
    if is_structurally_valid(record):
        assert_nothing_missed(record)


@settings(max_examples=60)
@given(st.data())
def test_nothing_is_missed_when_items_go_or_change_places(data):
    record = copy.deepcopy(RECORD)
    kind = data.draw(st.sampled_from(["paragraphs", "quotes", "terms", "entities"]))
    record[kind] = data.draw(st.permutations(record[kind]).map(lambda items: items[: len(items) - 1] or items))
    assert_nothing_missed(record)


@settings(max_examples=60)
@given(articles())
def test_nothing_is_missed_in_a_made_record(record):
    assert_nothing_missed(record)


@pytest.mark.parametrize("path", sorted((ROOT / "tests/rules").glob("T*/*.json")), ids=lambda path: str(path)[-24:])
def test_nothing_is_missed_in_the_examples_of_the_rules_of_text(path):
    assert_nothing_missed(orjson.loads(path.read_bytes()))


def test_plain_records_go_the_fast_way():
    *plain, real = asked(*articles_made(20, 0), RECORD)
    assert plain == [set()] * 20
    assert real <= {"E116", "E117", "E118", "E119", "M126", "M133"}


def test_words_in_latin_letters_are_looked_at_by_no_rule_unless_they_touch_arabic_ones():
    apart, touching = copy.deepcopy(PLAIN), copy.deepcopy(PLAIN)
    apart["paragraphs"][-1]["text"] += " NATO (Reuters) #COP28"
    touching["paragraphs"][-1]["text"] += " الNATO"
    assert asked(apart) == [set()]
    assert "T107" in asked(touching)[0]
    assert_nothing_missed(apart, touching)


FIXTURES = [
    path
    for path in sorted((ROOT / "tests/rules").glob("[AEMQT]*/*.json"))
    if not is_standoff(orjson.loads(path.read_bytes()))
]
EACH = -(-22_000 // len(FIXTURES))


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: str(path)[-24:])
def test_nothing_is_missed_in_changed_examples_of_rules(path):
    record, rng = orjson.loads(path.read_bytes()), Random(str(path.relative_to(ROOT)))
    around = replace(AROUND, folder=EXAMPLES, register=EXAMPLE_REGISTER)
    others = (changed(record, rng) for _ in count())
    assert_nothing_missed(*islice(filter(is_structurally_valid, others), EACH), around=around)


@settings(max_examples=50)
@given(st.data())
def test_nothing_is_missed_in_a_changed_plain_record(data):
    record = copy.deepcopy(PLAIN)
    change(data, record, [path for path, value in places(PLAIN) if not isinstance(value, dict | list)])
    if is_structurally_valid(record):
        assert_nothing_missed(record)


def test_nothing_is_missed_in_changed_records_without_words():
    """Of a record that has masks for its words, only rules are asked that look at none, and of few of them."""
    given = (orjson.loads(path.read_bytes()) for path in sorted((ROOT / "corpus/articles/news").glob("*.json"))[::15])
    rng, standing = Random(1), [masked(record) for record in given if is_standoff(record)]
    others = [changed(record, rng) for record in standing for _ in range(40)]
    records = [*standing, *filter(is_structurally_valid, others)]
    columns = Columns(columnar.read(list(map(orjson.dumps, records))), AROUND, masked=np.ones(len(records), np.bool_))
    found = doubts(columns, EVERY)
    assert len(records) > 200
    assert not found.groundless[: len(standing)].any()
    for row, record in enumerate(records):
        left = [rule for code, rule in RECORD_RULES.items() if rule.wordless and code not in found.asked(row)]
        assert [(rule.code, one) for rule in left for one in rule.check(Index(record, AROUND))] == []


def test_nothing_is_missed_in_the_corpus():
    """Every record, asked of both ways."""
    assert_nothing_missed(*(orjson.loads(file.read_bytes()) for file in WITH_WORDS))
