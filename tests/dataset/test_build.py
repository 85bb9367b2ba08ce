"""The dataset folder, read by the real library in a fresh cache."""

import hashlib
import json
import os
import signal
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
import yaml
from conftest import ROOT
from datasets import Features
from make_corpus import articles

import tasrih
from tasrih.dataset import folder
from tasrih.dataset.features import FEATURES
from tasrih.dataset.folder import swap

NEWS = ROOT / "corpus/articles/news"


@pytest.fixture(scope="module")
def built(whole_dataset):
    return whole_dataset


def contents(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def header(out):
    """The YAML at the top of the card."""
    return yaml.safe_load((out / "README.md").read_text(encoding="utf-8").split("---\n")[1])


LOADED = """
import json, sys
import tasrih
from datasets import load_dataset
from tasrih.dataset.configs import STANDOFF

same, corpus = {}, tasrih.load()
for config in sys.argv[2:]:
    names, made = {config, STANDOFF.get(config, config)}, corpus.to_dataset(config)
    read = [split for name in names for split in load_dataset(sys.argv[1], name).values()]
    features = all(split.features == made.features for split in read)
    rows = sorted(str(row) for split in read for row in split.to_list()) == sorted(map(str, made.to_list()))
    same[config] = [features, rows]
print(json.dumps(same))
"""


def test_load_dataset_gives_the_rows_and_features_of_the_corpus(built, tmp_path):
    environment = os.environ | {"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"}
    run = subprocess.run(
        [sys.executable, "-c", LOADED, built, *FEATURES], env=environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {config: [True, True] for config in FEATURES}


@pytest.mark.parametrize("config", list(FEATURES))
def test_the_card_and_the_tables_name_the_same_features(built, config):
    features = FEATURES[config]
    (info,) = [info for info in header(built)["dataset_info"] if info["config_name"] == config]
    assert list(Features._from_yaml_list(info["features"]).items()) == list(features.items())
    table = pq.ParquetFile(built / f"data/{config}/train-00000-of-00001.parquet")
    embedded = json.loads(table.schema_arrow.metadata[b"huggingface"])["info"]["features"]
    assert list(Features.from_dict(embedded).items()) == list(features.items())
    assert table.num_row_groups == 1


def test_the_manifest_names_every_table(built):
    files = json.loads((built / "manifest.json").read_text())["files"]
    assert {file["path"] for file in files} == {str(path.relative_to(built)) for path in built.rglob("*.parquet")}
    assert all(hashlib.sha256((built / file["path"]).read_bytes()).hexdigest() == file["sha256"] for file in files)


@pytest.mark.parametrize(
    ("name", "source"),
    [("LICENSE", "LICENSE-DATA.md"), ("CHANGELOG.md", "CHANGELOG.md"), ("CITATION.cff", "CITATION.cff")],
)
def test_the_documents_come_along(built, name, source):
    assert (built / name).read_bytes() == (ROOT / source).read_bytes()


def test_a_sample_is_a_config_of_its_own(tmp_path):
    (tmp_path / "made.jsonl").write_text("".join(json.dumps(made) + "\n" for made in articles(40, 0)))
    out = tasrih.build(tmp_path / "out", [tmp_path / "made.jsonl"], sample=3)
    sample = pq.read_table(out / "data/sample/train-00000-of-00001.parquet")
    assert sample.equals(pq.read_table(out / "data/articles/train-00000-of-00001.parquet").slice(0, 3))
    assert "sample" in [config["config_name"] for config in header(out)["configs"]]
    assert tasrih.verify(out) == []


def test_rights_that_there_are_not_are_refused(tmp_path):
    with pytest.raises(tasrih.TasrihError, match="choose one of all, redistributable"):
        tasrih.build(tmp_path / "out", rights="most")


def test_two_builds_give_the_same_bytes(built, tmp_path):
    again = tasrih.build(tmp_path / "again")
    assert contents(again) == contents(built)
    assert tasrih.build(again) == again
    assert [path.name for path in tmp_path.iterdir()] == ["again"]


def test_what_is_not_a_dataset_is_not_replaced(tmp_path):
    (tmp_path / "diary.txt").write_text("kept")
    with pytest.raises(tasrih.TasrihError, match="not a dataset"):
        tasrih.build(tmp_path)
    assert (tmp_path / "diary.txt").read_text() == "kept"


@pytest.fixture
def earlier(tmp_path, seed):
    """A dataset of another corpus, and what its files hold."""
    (tmp_path / "other.jsonl").write_text(json.dumps(seed | {"id": "another-article"}))
    out = tasrih.build(tmp_path / "out/tasrih", [tmp_path / "other.jsonl"], within=ROOT / "corpus")
    return out, contents(out)


KILLED_BUILD = """
import os, shutil, signal, sys
import tasrih
from tasrih.dataset import building, groups, folder, shards

place, out, *records = sys.argv[1:]
owner = next(module for module in (building, groups, folder, shards, shutil) if hasattr(module, place))
setattr(owner, place, lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
tasrih.build(out, records)
"""


@pytest.fixture(scope="module")
def news(tmp_path_factory):
    """What the dataset of the first article alone holds."""
    return contents(tasrih.build(tmp_path_factory.mktemp("news") / "tasrih", [NEWS]))


@pytest.mark.parametrize("place", ["cut", "write", "_assembled", "_placed", "swap", "rmtree"])
def test_a_killed_build_leaves_a_whole_dataset_and_the_next_one_succeeds(news, earlier, place):
    out, before = earlier
    killed = subprocess.run([sys.executable, "-c", KILLED_BUILD, place, out, NEWS], capture_output=True, check=False)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert [path.name for path in out.parent.iterdir()] != ["tasrih"], "it was killed with its work unfinished"
    assert contents(out) == (news if place == "rmtree" else before)
    assert contents(tasrih.build(out, [NEWS])) == news


def test_a_dataset_is_replaced_where_folders_cannot_change_places(built, earlier, monkeypatch):
    out, _ = earlier
    monkeypatch.setattr(folder, "swap", lambda *_: False)
    assert contents(tasrih.build(out)) == contents(built)
    assert [path.name for path in out.parent.iterdir()] == ["tasrih"]


@pytest.mark.skipif(sys.platform != "linux", reason="RENAME_EXCHANGE is a call of Linux")
def test_two_folders_change_places(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert swap(tmp_path / "one", tmp_path / "other")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["other"]
    assert not swap(tmp_path / "one", tmp_path / "missing")
    assert [path.name for path in (tmp_path / "one").iterdir()] == ["other"]
