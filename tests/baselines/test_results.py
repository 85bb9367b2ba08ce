"""Published results are those of the predictions beside them, which hold no words."""

import gzip
import json

import pytest
import update_results
from conftest import ROOT

RESULTS = sorted((ROOT / "results").glob("*.json"))


@pytest.mark.parametrize("result", RESULTS, ids=[result.stem for result in RESULTS])
def test_predictions_are_offsets_and_no_words(result):
    about = json.loads(result.read_text("utf-8"))
    lines = gzip.decompress((result.parent / about["predictions"]).read_bytes()).decode()
    assert about["system"] == result.stem
    assert lines.isascii()
    assert lines.count("\n") == about["figures"]["all"]["articles"]


def test_figures_are_what_the_scorer_says():
    pytest.importorskip("tasrih.scoring.bootstrap", reason="the scorer of predictions is not there yet")
    result = ROOT / "results/floor.json"
    assert update_results.measured(result) == result.read_text("utf-8")


def test_the_table_is_that_of_the_results():
    found = [(result.stem, json.loads(result.read_text("utf-8"))) for result in RESULTS]
    assert update_results.page(found) == update_results.PAGE.read_text("utf-8")
