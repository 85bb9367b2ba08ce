"""The corpus as rows."""

import json

import pytest
from conftest import ROOT, SEED

import tasrih
from tasrih.dataset import CONFIGS
from tasrih.dataset.features import FEATURES
from tasrih.record import Article

NEWS = ROOT / f"corpus/articles/news/{SEED}.json"


def test_articles_come_back_as_the_records_they_were():
    row = tasrih.load(NEWS).to_dataset("articles")[0]
    record = tasrih.load(NEWS)[SEED].record
    again = Article.model_validate_json(json.dumps(row))
    assert again == record


def test_quotes_have_their_speakers():
    rows = tasrih.load(NEWS).to_dataset("quotes")
    assert [row["type"] for row in rows].count("direct") == 6
    assert [row["speaker"] for row in rows][:11] == ["سيرغي لافروف"] * 11
    assert all(row["paragraph"][row["start"] : row["end"]] == row["text"] for row in rows)


def test_terms_are_one_row_each_with_the_entity_that_they_name():
    news = tasrih.load(NEWS)
    rows = news.to_dataset("terms")
    assert [row["term_id"] for row in rows] == [term.id for term in news[SEED].terms]
    assert [row["entity"] for row in rows] == [term.entity and term.entity.name for term in news[SEED].terms]
    assert all(row["paragraph"][row["start"] : row["end"]] == row["text"] for row in rows)
    assert ("طالبان", "ORG") in {(row["text"], row["entity_type"]) for row in rows}


def test_the_configs_have_one_list():
    assert tuple(FEATURES) == CONFIGS


def test_entities_are_one_row_a_mention():
    frame = tasrih.load(NEWS).to_pandas("entities")
    assert len(frame) == sum(1 for _ in tasrih.load(NEWS)[SEED].mentions())
    assert set(frame[frame.wikidata == "Q58217"]["name"]) == {"سيرغي لافروف"}


def test_an_unknown_config_is_explained():
    with pytest.raises(tasrih.TasrihError, match="choose one of articles"):
        tasrih.load().to_dataset("sentences")
