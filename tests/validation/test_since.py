"""What a branch touched is reported; what it did not is only looked through for doubles."""

import json
import shutil
import subprocess
import sys

import pytest
from conftest import RECORD, ROOT, SEED, commit, few_of_the_corpus

import tasrih

NEWS = "corpus/articles/news"


@pytest.fixture
def repository(tmp_path):
    """A repository of few articles with two faulty records on main, and a branch."""
    few_of_the_corpus(tmp_path / "corpus")
    for name in ("2021-10-13-old-a", "2021-10-13-old-b"):
        write(tmp_path, name, changed(f"{name} x{{}}"))
    commit(tmp_path)
    subprocess.run(["git", "-C", tmp_path, "checkout", "-q", "-b", "article"], check=True)
    return tmp_path


def changed(words):
    """A record that lacks its licence, with words of its own."""
    record = json.loads((ROOT / "tests/rules/M115/bad.json").read_text(encoding="utf-8"))
    record["paragraphs"].append({"id": "p4", "role": "note", "text": " ".join(words.format(n) for n in range(40))})
    return record


def write(repository, name, record):
    folder = repository / f"corpus/articles/{record['metadata']['collection']}"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.json").write_text(json.dumps(record | {"id": name}), encoding="utf-8")


def found(repository):
    report = tasrih.validate([repository / "corpus"], since="main")
    return report.records, [(finding.code, finding.file.rpartition("/")[2]) for finding in report]


def test_nothing_touched_nothing_reported(repository):
    assert found(repository) == (0, [])
    assert len(tasrih.validate([repository / "corpus"])) > 0


def test_new_changed_and_uncommitted_files_are_reported(repository):
    write(repository, "new", changed("new y{}"))
    commit(repository)
    write(repository, "newer", changed("newer z{}"))
    assert found(repository) == (2, [("M115", "new.json"), ("M115", "newer.json")])


def test_a_double_of_an_untouched_record_is_reported_on_the_touched_one(repository):
    record = changed("2021-10-13-old-a x{}")
    write(repository, "a-first", record)
    assert ("C102", "a-first.json") in found(repository)[1]
    folder = repository / "corpus/articles/composed"
    (folder / "copy").mkdir()
    shutil.copy(folder / "2021-10-13-old-a.json", folder / "copy/2021-10-13-old-a.json")
    report = tasrih.validate([repository / "corpus"], since="main")
    assert [finding.file for finding in report if finding.code == "C101"] == [
        str(folder / "copy/2021-10-13-old-a.json")
    ]


def test_a_touched_source_or_register_concerns_the_records_that_rest_on_it(repository):
    source = repository / "corpus" / RECORD["metadata"]["source"]["path"]
    source.write_text(source.read_text(encoding="utf-8") + "x", encoding="utf-8")
    assert {(code, f"{SEED}.json") for code in ("M107", "M108", "M109")} == set(found(repository)[1])
    few = [path for path in (repository / "corpus/articles").rglob("*.json") if "-old-" not in path.name]
    register = repository / "corpus/entities.json"
    register.write_text(register.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert found(repository)[0] == 2 + len(few)


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_a_revision_that_is_none_is_explained(repository, revision):
    with pytest.raises(tasrih.TasrihError, match="--since"):
        tasrih.validate([repository / "corpus"], since=revision)
    assert not (repository / "x").exists()


def test_outside_a_repository_it_is_explained(tmp_path):
    few_of_the_corpus(tmp_path / "corpus")
    code = "from tasrih.cli import main; main(prog_name='tasrih')"
    run = subprocess.run(
        [sys.executable, "-c", code, "validate", tmp_path / "corpus", "--since", "main"],
        capture_output=True,
        check=False,
    )
    assert run.returncode == 2
    assert b"not a git repository" in run.stderr
    assert b"Traceback" not in run.stderr
