"""The dataset card, as a hub and a reader see it."""

import json
import os
import re
import subprocess
import sys
import tomllib
from importlib.resources import files

import pytest
from datasets import load_dataset
from huggingface_hub import DatasetCard
from make_corpus import articles

import tasrih
from tasrih import build
from tasrih.dataset.columns import columns
from tasrih.dataset.features import FEATURES

FLAT = [config for config in FEATURES if config != "articles"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(tmp_path_factory.mktemp("card") / "path/to/tasrih")


@pytest.fixture(scope="module")
def card(built):
    return DatasetCard.load(built / "README.md")


def block(card, language):
    return re.search(rf"```{language}\n(.*?)```", card.text, re.DOTALL)[1]


def listed(card, config):
    """The rows of the table of columns, as (column, type, meaning)."""
    section = card.text.split(f"\n### `{config}`\n")[1].split("\n#")[0]
    return [tuple(line.strip("| ").split(" | ")) for line in section.splitlines() if line.startswith("| `")]


@pytest.mark.parametrize("config", FLAT)
def test_every_column_has_a_meaning_and_every_meaning_a_column(config):
    meanings = tomllib.loads((files("tasrih.dataset") / "columns.toml").read_text(encoding="utf-8"))
    assert sorted([*meanings["every"], *meanings[config]]) == sorted(FEATURES[config])
    assert set(meanings) == {"every", *FLAT}


@pytest.mark.parametrize("config", list(FEATURES))
def test_every_column_is_described_in_one_line(card, config):
    described = columns(config)
    assert [column.name for column in described if "." not in column.name] == list(FEATURES[config])
    assert all(re.fullmatch(r"[^|\s][^|\n]+\.", column.meaning) for column in described)
    assert listed(card, config) == [(f"`{name}`", type_, meaning) for name, type_, meaning in described]


def test_fields_inside_columns_are_described_with_their_types():
    found = {column.name: column.type for column in columns("articles")}
    assert found["quotes.speaker.span.start"] == "int32"
    assert found["metadata.editions"] == "list of string"
    assert found["entities.mentions"] == "list of struct"


def test_a_hub_can_read_what_the_card_is_about(card):
    data = card.data.to_dict()
    assert (data["language"], data["license"], data["pretty_name"]) == ("ar", "other", "Tasrih")
    assert data["license_name"] == "cc-by-4.0-annotations-only"
    assert data["annotations_creators"] == "machine-generated"
    assert data["source_datasets"] == ["original"]
    assert data["size_categories"] == "n<1K"
    assert "token-classification" in data["task_categories"]
    assert {"arabic", "quotation-attribution"} <= set(data["tags"])


def test_the_size_is_that_of_the_corpus(tmp_path):
    records = tmp_path / "many.jsonl"
    records.write_text("".join(json.dumps(made) + "\n" for made in articles(1000, 0)))
    card = DatasetCard.load(build(tmp_path / "many", [records]) / "README.md")
    assert card.data.size_categories == "1K<n<10K"
    counts = re.findall(r"^\| articles \| (\d+) \| (\d+) \| (\d+) \|$", card.text, re.MULTILINE)
    assert sum(map(int, counts[0])) == 1000


def test_without_direct_speech_there_is_no_example(tmp_path, seed):
    seed["metadata"] |= {"source": None, "origin": "composed", "collection": "composed"}
    bare = seed | {"paragraphs": seed["paragraphs"][:1], "quotes": [], "terms": [], "entities": [], "waivers": []}
    (tmp_path / "bare.jsonl").write_text(json.dumps(bare))
    card = DatasetCard.load(build(tmp_path / "bare", [tmp_path / "bare.jsonl"]) / "README.md")
    assert block(card, "json").strip() == "null"


def test_the_example_is_a_row_of_the_corpus(card):
    example = json.loads(block(card, "json"))
    assert example in list(tasrih.load().to_dataset("quotes"))
    assert example["paragraph"][example["start"] : example["end"]] == example["spans"][0]["text"]


def test_the_code_of_the_card_runs(built, card, tmp_path):
    environment = os.environ | {"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-c", block(card, "python")],
        cwd=built.parents[2],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 0, run.stderr
    first = load_dataset(str(built), "quotes", split="train", cache_dir=str(tmp_path))[0]
    assert run.stdout.startswith(f"{first['speaker']} {first['text']}")
    assert re.search(r"\[\('\S+', '(O|B-[A-Z]+)'\)", run.stdout)


def test_the_card_shows_the_pictures_that_lie_beside_it(built, card):
    shown = re.findall(r"!\[.+\]\((.+)\)", card.text)
    assert "corpus.svg" in shown
    assert sorted(shown) == sorted(path.name for path in built.glob("*.svg"))
