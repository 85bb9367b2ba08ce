"""What is counted is what the record holds, and DATASHEET.md says the same."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from conftest import ROOT, SEED, few_of_the_corpus

from tasrih.record import Article
from tasrih.statistics import statistics


def test_the_seed_in_numbers(seed):
    counted = statistics([Article.model_validate_json(json.dumps(seed))])
    assert vars(counted) == {
        "sizes": {"articles": 1, "paragraphs": 14, "characters": 2182, "tokens": 351},
        "collections": {"news": 1},
        "origins": {"published": 1},
        "redistribution": {"unknown": 1},
        "annotators": {"model": 2},
        "paragraphs": {"headline": 1, "body": 10, "signoff": 1, "credit": 1, "source": 1},
        "phenomena": dict.fromkeys(seed["metadata"]["phenomena"], 1),
        "quotes_per_article": {"13": 1},
        "quotes": {"direct": 6, "indirect": 6, "partial": 1},
        "cues": {"verb": 11, "participle": 1, "punctuation": 1},
        "speakers": {"named": 7, "nominal": 3, "elided": 3},
        "terms": {"name": 6},
        "entities": {
            "PERS": 2, "OCC": 2, "ORG": 8, "NORP": 3, "GPE": 6, "EVENT": 2, "LOC": 2, "LAW": 1, "DATE": 5,
        },
        "mentions": {
            "PERS": 8, "OCC": 6, "ORG": 15, "NORP": 6, "GPE": 13, "EVENT": 2, "LOC": 3, "LAW": 1, "DATE": 5,
        },
        "forms": {"named": 42, "nominal": 17},
    }  # fmt: skip


def test_articles_add_up_in_one_pass_and_absence_is_counted(seed):
    silent = json.loads(json.dumps(seed))
    for quote in silent["quotes"]:
        quote["cue"] = quote["speaker"] = None
    counted = statistics(Article.model_validate_json(json.dumps(article)) for article in (seed, silent))
    assert counted.sizes["tokens"] == 702
    assert counted.cues == {"none": 13, "verb": 11, "participle": 1, "punctuation": 1}
    assert counted.speakers == {"none": 13, "named": 7, "nominal": 3, "elided": 3}


def test_nothing_counts_nothing():
    counted = statistics([])
    assert counted.sizes["articles"] == counted.quotes["direct"] == counted.mentions.total() == 0


@pytest.fixture
def checkout(tmp_path):
    """What the datasheet is made from, with a few articles of each collection."""
    few_of_the_corpus(tmp_path / "corpus")
    for folder in ("scripts", "benchmarks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "DATASHEET.md", tmp_path)
    return tmp_path


@pytest.fixture
def unread(checkout):
    """A checkout without the readings, whose agreement takes the most of the time."""
    shutil.rmtree(checkout / "corpus/annotations")
    assert update(checkout).returncode == 0
    return checkout


def update(checkout, *arguments):
    command = [sys.executable, checkout / "scripts/update_datasheet.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_datasheet_is_current():
    assert update(ROOT, "--check").returncode == 0


def test_a_changed_figure_is_noticed_and_mended(unread):
    sheet = unread / "DATASHEET.md"
    current = sheet.read_bytes()
    changed = re.sub(rb"tokens \| \d+", b"tokens | 0", current)
    sheet.write_bytes(changed)
    run = update(unread, "--check")
    assert run.returncode == 1
    assert "update_datasheet.py" in run.stderr
    assert sheet.read_bytes() == changed
    assert update(unread).returncode == 0
    assert sheet.read_bytes() == current != changed


def test_a_changed_record_is_noticed(unread):
    replace(unread / f"corpus/articles/news/{SEED}.json", '"kind": "participle"', '"kind": "noun"')
    assert update(unread, "--check").returncode == 1
    assert update(unread).returncode == 0
    assert "| noun |" in (unread / "DATASHEET.md").read_text(encoding="utf-8")


def test_figures_without_a_place_are_noticed(unread):
    replace(unread / "DATASHEET.md", "<!-- figures:cues -->", "<!-- figures:clues -->")
    run = update(unread)
    assert run.returncode == 1
    assert "clues" in run.stderr


def test_agreement_of_two_readings_is_filled_in(checkout):
    shutil.rmtree(checkout / "corpus/annotations", ignore_errors=True)
    for reading in ("first", "second"):
        (checkout / "corpus/annotations" / reading).mkdir(parents=True)
        shutil.copy(ROOT / f"corpus/articles/news/{SEED}.json", checkout / "corpus/annotations" / reading)
    replace(checkout / f"corpus/annotations/second/{SEED}.json", '"kind": "participle"', '"kind": "noun"')
    replace(checkout / f"corpus/annotations/second/{SEED}.json", '"type": "partial"', '"type": "direct"')
    assert update(checkout, "--check").returncode == 1
    assert update(checkout).returncode == 0
    sheet = (checkout / "DATASHEET.md").read_text(encoding="utf-8")
    assert "| same type |  |  | 0.923 |" in sheet
    assert "| mentions | 1.000 | 1.000 | 1.000 |" in sheet
