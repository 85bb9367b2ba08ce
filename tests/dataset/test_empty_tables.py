"""Tables without rows: every config and split that the card names is one that programs can load."""

import copy
import json
import os
import shutil
import subprocess
import sys

import duckdb
import pandas
import polars
import pyarrow.parquet as pq
import pytest
import yaml
from make_corpus import articles
from test_verify import listed

import tasrih
from tasrih.dataset.features import ALL, FEATURES

LOADED = """
import sys, json
from datasets import get_dataset_config_names, load_dataset, load_dataset_builder

found = {}
for folder in sys.argv[1:]:
    found[folder] = {}
    for config in get_dataset_config_names(folder):
        read = load_dataset(folder, config, verification_mode="all_checks")
        stream = load_dataset(folder, config, streaming=True)
        counts = {name: len(split) for name, split in read.items()}
        assert counts == {name: sum(1 for _ in split) for name, split in stream.items()}
        assert all(read[name].features == stream[name].features for name in counts)
        found[folder][config] = counts
    load_dataset(folder)
print(json.dumps(found))
"""


def plain(number):
    """An article of one paragraph in which nobody says anything."""
    text = f"افتتح المتحف الجديد أبوابه صباح اليوم رقم {number} " + " ".join(
        f"كلمة{number}و{place}" for place in range(20)
    )
    record = copy.deepcopy(next(articles(1, 0))) | {"id": f"plain-{number}", "quotes": [], "terms": [], "entities": []}
    record["paragraphs"] = [
        {"id": "p1", "role": "headline", "text": f"عنوان {number}"},
        {"id": "p2", "role": "body", "text": text},
    ]
    return record


def permitted(records):
    for record in records:
        record["metadata"]["rights"]["redistribution"] = "permitted"
    return records


def forbidden(records):
    for record in records:
        record["metadata"]["rights"]["redistribution"] = "forbidden"
    return records


def speaking():
    return next(articles(1, 5))


CORPORA = {
    "one without anything": ([plain(1)], {}),
    "forty of which one has quotes": ([speaking(), *map(plain, range(39))], {}),
    "quotes only outside train": ([*map(plain, range(39)), speaking() | {"id": "made-11"}], {}),
    "nothing withheld": (permitted([speaking(), *map(plain, range(20))]), {"rights": "redistributable"}),
    "one withheld": ([*permitted([*map(plain, range(20))]), *forbidden([speaking()])], {"rights": "redistributable"}),
    "a sample": ([speaking(), *map(plain, range(5))], {"sample": 3}),
    "an empty row group before": ([*map(plain, range(20)), *articles(3, 2)], {"GROUP": 4}),
    "two shards": ([*map(plain, range(20)), speaking()], {"SHARD_BYTES": 30_000}),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The datasets by the names of their corpora, each with the quotes that its records have."""
    folder = tmp_path_factory.mktemp("empty")
    found = {}
    for number, (name, (records, options)) in enumerate(CORPORA.items()):
        file = folder / f"{number}.jsonl"
        file.write_text("".join(json.dumps(record) + "\n" for record in records))
        with pytest.MonkeyPatch.context() as patched:
            given = dict(options)
            patched.setattr("tasrih.dataset.building.SHARD_BYTES", given.pop("SHARD_BYTES", 2**26))
            patched.setattr("tasrih.dataset.shards.GROUP", given.pop("GROUP", 512))
            found[name] = tasrih.build(folder / str(number), [file], **given)
    return found


@pytest.fixture(scope="module")
def loaded(built, tmp_path_factory):
    """What `datasets` counts in each, by config and split."""
    environment = os.environ | {"HF_HOME": str(tmp_path_factory.mktemp("home")), "HF_HUB_OFFLINE": "1"}
    folders = list(built.values())
    done = subprocess.run([sys.executable, "-c", LOADED, *folders], env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return dict(zip(built, json.loads(done.stdout).values(), strict=True))


def rows(out):
    """The rows of each config in each split by the manifest, where there are any."""
    found = {}
    for file in json.loads((out / "manifest.json").read_bytes())["files"]:
        if file["rows"]:
            splits = found.setdefault(file["config"], {})
            splits[file["split"]] = splits.get(file["split"], 0) + file["rows"]
    return found


@pytest.mark.parametrize("name", CORPORA)
def test_every_config_and_split_of_the_card_loads_with_its_rows(name, built, loaded):
    records, options = CORPORA[name]
    assert loaded[name] == rows(built[name])
    assert sum(loaded[name]["articles"].values()) == len(records)
    quotes = sum(len(record["quotes"]) for record in records)
    assert sum(loaded[name].get("quotes", {}).values()) == quotes
    assert ("sample" in loaded[name]) == ("sample" in options)


@pytest.mark.parametrize("name", CORPORA)
def test_verify_and_load_find_nothing_wrong(name, built):
    assert tasrih.verify(built[name]) == []
    records, options = CORPORA[name]
    opened = tasrih.load(built[name])
    assert len(opened) == len(records)
    if "rights" not in options:
        assert sum(1 for article in opened for _ in article.quotes) == sum(len(record["quotes"]) for record in records)


@pytest.mark.parametrize("name", CORPORA)
def test_other_programs_read_the_empty_tables_too(name, built):
    for config in {path.name for path in (built[name] / "data").iterdir()}:
        tables = sorted((built[name] / "data" / config).iterdir())
        count = sum(rows(built[name]).get(config, {}).values())
        assert sum(len(pandas.read_parquet(table)) for table in tables) == count
        assert sum(len(polars.read_parquet(table)) for table in tables) == count
        assert [pq.read_schema(table).names for table in tables] == [list(ALL[config])] * len(tables)
        for table in tables:
            metadata = pq.read_metadata(table)
            assert all(metadata.row_group(number).num_rows for number in range(metadata.num_row_groups))
            assert duckdb.read_parquet(str(table)).shape[0] == metadata.num_rows


def test_a_speaker_is_found_behind_articles_without_anybody(built):
    opened = tasrih.load(built["an empty row group before"])
    speaker = next(quote.speaker.name for article in opened for quote in article.quotes)
    assert next(opened.quotes(speaker=speaker)).speaker.name == speaker


def test_an_empty_row_group_and_an_empty_split_in_the_card_are_faults(built, tmp_path):
    for number, config in enumerate(("quotes", "card")):
        out = tmp_path / str(number)
        shutil.copytree(built["one without anything"], out)
        if config == "quotes":
            path = "data/quotes/train-00000-of-00001.parquet"
            table = FEATURES["quotes"].arrow_schema.empty_table()
            with pq.ParquetWriter(out / path, table.schema) as writer:
                writer.write_table(table, row_group_size=1)
            if not pq.read_metadata(out / path).num_row_groups:
                pytest.skip("this pyarrow writes no empty row groups")
        else:
            path = "README.md"
            _, header, body = (out / path).read_text(encoding="utf-8").split("---\n", 2)
            data = yaml.safe_load(header)
            file = {"split": "train", "path": "data/quotes/train-*.parquet"}
            data["configs"].append({"config_name": "quotes", "data_files": [file]})
            (out / path).write_text(f"---\n{yaml.safe_dump(data)}---\n{body}", encoding="utf-8")
        listed(out, path)
        assert path in {fault.file for fault in tasrih.verify(out)}


def test_the_name_of_a_folder_is_no_pattern(built, tmp_path):
    out = tmp_path / "صحيفة [1] {a} *?"
    shutil.copytree(built["a sample"], out)
    assert tasrih.verify(out) == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_the_croissant_of_empty_tables_is_read(built):
    import mlcroissant

    described = mlcroissant.Dataset(jsonld=built["one without anything"] / "croissant.json")
    assert sum(1 for _ in described.records("articles")) == 1
