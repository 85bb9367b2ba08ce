"""The official splits: every article has one, test can tell systems apart, and its page is current."""

import json
import shutil
import subprocess
import sys
from collections import Counter

from conftest import ROOT, corpus

ARTICLES = [article.record for article in corpus()]
NEWS = [one for one in ARTICLES if one.metadata.collection == "news"]


def assign(root, *arguments):
    command = [sys.executable, root / "scripts/assign_splits.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_every_article_has_a_split_and_test_has_enough_real_ones():
    splits = Counter(one.metadata.split for one in NEWS)
    assert None not in {one.metadata.split for one in ARTICLES}
    assert splits["test"] >= 40
    assert sum(len(one.quotes) for one in NEWS if one.metadata.split == "test") >= 300


def test_test_has_outlets_that_no_other_split_has():
    seen = {one.metadata.publisher for one in NEWS if one.metadata.split != "test"}
    new = [one for one in NEWS if one.metadata.publisher not in seen]
    assert len({one.metadata.publisher for one in new}) >= 4
    assert len(new) >= 20


def test_the_page_is_current():
    assert assign(ROOT, "--check").returncode == 0


def test_what_has_a_split_keeps_it_and_what_has_none_gets_one(tmp_path):
    for folder in ("corpus/articles", "scripts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "corpus/entities.json", tmp_path / "corpus")
    (tmp_path / "docs").mkdir()
    paths = sorted((tmp_path / "corpus/articles/news").glob("*.json"))
    before = {path.name: path.read_bytes() for path in paths}
    new = paths[-1]
    record = json.loads(new.read_bytes())
    split = record["metadata"].pop("split")
    assert split
    new.write_text(json.dumps(record), encoding="utf-8")
    assert assign(tmp_path).returncode == 0
    assert json.loads(new.read_bytes())["metadata"]["split"] in ("train", "validation", "test")
    assert {path.name: path.read_bytes() for path in paths[:-1]} == {
        name: data for name, data in before.items() if name != new.name
    }
