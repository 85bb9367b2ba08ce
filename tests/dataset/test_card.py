"""The dataset card, as a hub and a reader see it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from datasets import load_dataset
from huggingface_hub import DatasetCard
from make_corpus import articles

import tasrih
from tasrih import build
from tasrih.dataset.card import as_json
from tasrih.dataset.features import ALL, FEATURES
from tasrih.dataset.schemas import columns

FLAT = [config for config in ALL if ALL[config] != FEATURES["articles"]]


@pytest.fixture(scope="module")
def built(whole_dataset, tmp_path_factory):
    """The dataset where the code of its card says."""
    return Path(shutil.copytree(whole_dataset, tmp_path_factory.mktemp("card") / "path/to/tasrih"))


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
    assert set(meanings[config]) <= set(ALL[config]) <= {*meanings["every"], *meanings[config]}
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


SPECIFIED = {  # the fields of datasetcard.md in huggingface/hub-docs
    *("language", "language_details", "license", "license_name", "license_link", "license_details", "pretty_name"),
    *("tags", "annotations_creators", "language_creators", "size_categories", "source_datasets", "task_categories"),
    *("task_ids", "paperswithcode_id", "configs", "dataset_info", "extra_gated_fields", "extra_gated_prompt"),
    *("train-eval-index", "multilinguality"),
}
LEFT_OUT = {
    "license_details",  # superseded by license_name and license_link
    "paperswithcode_id",  # there is no paper
    *("extra_gated_fields", "extra_gated_prompt"),  # the dataset is open
    "train-eval-index",  # read by a service that is no more
}


def test_the_card_gives_every_field_that_is_specified_but_what_is_not_so(card):
    assert set(card.data.to_dict()) == SPECIFIED - LEFT_OUT


def test_a_hub_can_read_what_the_card_is_about(card):
    data = card.data.to_dict()
    assert (data["language"], data["license"], data["pretty_name"]) == ("ar", "other", "Tasrih")
    assert (data["multilinguality"], data["language_creators"]) == ("monolingual", ["found", "machine-generated"])
    assert data["task_ids"] == ["named-entity-recognition", "multi-class-classification", "multiple-choice-qa"]
    assert data["license_name"] == "cc-by-4.0-except-1-of-121-texts"
    assert data["annotations_creators"] == ["machine-generated"]
    assert data["source_datasets"] == ["original"]
    assert data["size_categories"] == "n<1K"
    assert "token-classification" in data["task_categories"]
    assert {"arabic", "quotation-attribution"} <= set(data["tags"])


def test_every_config_has_a_version_and_one_is_the_default(card):
    configs = card.data.to_dict()["configs"]
    assert {config["version"] for config in configs} == {tasrih.__version__}
    assert [config["config_name"] for config in configs if config.get("default")] == ["articles"]


def test_the_sizes_are_those_of_the_files(built, card):
    for info in card.data.to_dict()["dataset_info"]:
        files = list((built / "data" / info["config_name"]).iterdir())
        assert info["download_size"] == sum(file.stat().st_size for file in files)
        assert info["dataset_size"] == sum(split["num_bytes"] for split in info["splits"]) > 0


def test_the_datasheet_of_the_corpus_is_in_its_card_and_links_nowhere(built, card):
    assert "made where the first could not be seen" in " ".join(card.text.split())
    headings = re.findall(r"^## (.*)$", card.text, re.MULTILINE)
    assert {"How it was annotated", "Uses, misuses and bias", "Rights and removal", "Citation"} <= set(headings)
    links = re.findall(r"\]\(([^)]*)\)", card.text)
    assert all(link.startswith("https://") or (built / link).is_file() for link in links)
    assert "<!--" not in card.text


def test_another_corpus_does_not_get_that_datasheet(tmp_path):
    (tmp_path / "made.jsonl").write_text(json.dumps(next(articles(1, 0))))
    card = (build(tmp_path / "dataset", [tmp_path / "made.jsonl"]) / "README.md").read_text(encoding="utf-8")
    assert "No datasheet came with these records" in card
    assert "Lavrov" not in card


def test_the_balance_is_counted(tmp_path):
    made = list(articles(30, 0))
    for number, record in enumerate(made):
        record["metadata"]["publisher"] = f"outlet {number % 25} | <b>"
    (tmp_path / "made.jsonl").write_text("".join(json.dumps(record) + "\n" for record in made))
    text = (build(tmp_path / "dataset", [tmp_path / "made.jsonl"]) / "README.md").read_text(encoding="utf-8")
    counts = re.search(r"^\| outlet 0 \\\| &lt;b> \|(.*)\|$", text, re.MULTILINE)[1]
    assert sum(map(int, counts.split("|"))) == 2
    assert "There are 5 more." in text
    quotes = sum(len(record["quotes"]) for record in made)
    rows = re.findall(r"^\| (?:direct|indirect|partial) \|(.*)\|$", text, re.MULTILINE)
    assert sum(int(count) for row in rows for count in row.split("|")) == quotes


HOSTILE = [
    "[x](https://a.invalid)",
    "![x](https://a.invalid/x.png)",
    "**x** __y__ ~~z~~",
    "`x` ```",
    "<img src=x> <!-- ",
    "x | y",
    "x\\| y",
    "&lt;b&gt;",
    "https://a.invalid www.a.invalid",
    "$x$",
    "# x",
]


def test_words_of_records_are_no_markdown(tmp_path):
    made = list(articles(len(HOSTILE), 0))
    for record, publisher in zip(made, HOSTILE, strict=True):
        record["metadata"]["publisher"] = publisher
    (tmp_path / "made.jsonl").write_text("".join(json.dumps(record) + "\n" for record in made))
    out = build(tmp_path / "dataset", [tmp_path / "made.jsonl"])
    text = (out / "README.md").read_text(encoding="utf-8")
    table = text.split("| articles of |")[1].split("\n\n")[0].splitlines()[2:]
    assert len(table) == len(HOSTILE)
    for line in table:
        assert len(re.findall(r"(?<!\\)\|", line.replace("\\\\", ""))) == len(table[0].split("|")) - 1
        assert not re.search(r"(?<!\\)[\[\]`*_~$]|<|(?<!\\)://|www\.", line), line
    assert DatasetCard.load(out / "README.md").data.to_dict()["configs"]


def test_the_example_ends_no_block_of_code():
    shown = as_json({"text": "```\n---\n\u202eقال`\u200f"})
    assert json.loads(shown) == {"text": "```\n---\n\u202eقال`\u200f"}
    assert not re.search("[`\u202e\u200f]", shown)


def test_the_size_is_that_of_the_corpus(tmp_path):
    records = tmp_path / "many.jsonl"
    records.write_text("".join(json.dumps(made) + "\n" for made in articles(1000, 0)))
    card = DatasetCard.load(build(tmp_path / "many", [records]) / "README.md")
    assert card.data.size_categories == "1K<n<10K"
    counts = re.findall(r"^\| articles \| (\d+) \| (\d+) \| (\d+) \|$", card.text, re.MULTILINE)
    assert sum(map(int, counts[0])) == 1000


def test_without_direct_speech_there_is_no_example_and_no_question(card, tmp_path, seed):
    seed["metadata"] |= {"source": None, "origin": "composed", "collection": "composed"}
    bare = seed | {"paragraphs": seed["paragraphs"][:1], "quotes": [], "terms": [], "entities": [], "waivers": []}
    (tmp_path / "bare.jsonl").write_text(json.dumps(bare))
    bare_card = DatasetCard.load(build(tmp_path / "bare", [tmp_path / "bare.jsonl"]) / "README.md")
    assert block(bare_card, "json").strip() == "null"
    assert {*card.data["task_categories"]} - {*bare_card.data["task_categories"]} == {"multiple-choice"}


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
