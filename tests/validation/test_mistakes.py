"""What the rules notice of single mistakes, by kind: as much as the committed figures say."""

import json
from datetime import date

import pytest
from conftest import ROOT, WITH_WORDS
from corruptions import KINDS, corrupted, noticed
from update_corruptions import PAGE, RESULTS, page

from tasrih.validation.index import Surroundings
from tasrih.validation.register import check_register
from tasrih.validation.schemas import validator

CORPUS = ROOT / "corpus"
FILES = {path.stem: path for path in WITH_WORDS}
FIGURES = json.loads(RESULTS.read_text(encoding="utf-8"))
LEAST = 0.7


@pytest.fixture(scope="module")
def around():
    return Surroundings(CORPUS, check_register(CORPUS)[0], date(2026, 1, 1))


@pytest.fixture(scope="module")
def records():
    return {path.stem: json.loads(path.read_bytes()) for path in FILES.values()}


def test_every_kind_that_can_be_made_has_figures(records):
    unmade = set(KINDS) - set(FIGURES)
    assert set(FIGURES) <= set(KINDS)
    assert [kind for kind in unmade for record in records.values() if corrupted(record, kind)] == []


@pytest.mark.parametrize("kind", FIGURES)
def test_a_kind_of_mistake_is_noticed_where_it_was(kind, records, around):
    tried = {name: corrupted(records[name], kind) for name in FIGURES[kind]["sample"]}
    assert all(validator("article").is_valid(record) for record in tried.values())
    found = {name: noticed(record, around, FILES[name]) for name, record in tried.items()}
    assert [name for name, was_noticed in FIGURES[kind]["sample"].items() if was_noticed and not found[name]] == []


def test_most_kinds_are_noticed():
    made, seen = (sum(figure[name] for figure in FIGURES.values()) for name in ("made", "noticed"))
    assert len(FIGURES) >= 105
    assert seen / made >= LEAST


def test_the_same_mistake_is_made_every_time(records):
    record = records[min(records)]
    assert [kind for kind in KINDS if corrupted(record, kind) != corrupted(record, kind)] == []


def test_nothing_is_noticed_in_the_records_as_they_are(records, around):
    assert [name for name, record in records.items() if noticed(record, around, FILES[name])] == []


def test_the_page_has_the_figures():
    assert PAGE.read_text(encoding="utf-8") == page(FIGURES)
