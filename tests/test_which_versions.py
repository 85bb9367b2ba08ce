"""`tasrih --version --all` tells apart what has a version of its own, and each is the one that users meet."""

import contextlib
import re

import own
import yaml
from conftest import ROOT, invoke, read_json

import tasrih
from tasrih.version import SCORER


def told(*arguments, cwd=ROOT):
    with contextlib.chdir(cwd):
        done = invoke(*arguments)
    assert done.exit_code == 0, done.stderr
    head, *lines = done.stdout.splitlines()
    assert head == f"tasrih, version {tasrih.__version__}"
    return {line.split()[0]: line.split()[1] for line in lines}


def test_each_version_is_the_one_that_users_meet():
    versions = told("--version", "--all")
    assert list(versions) == ["package", "corpus", "schema", "guidelines", "scorer"]
    assert versions["package"] == tasrih.__version__
    assert versions["corpus"] == yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    schema = read_json(ROOT / "schema/v1/article.schema.json")
    assert versions["schema"] == schema["properties"]["schema_version"]["enum"][-1]
    heading = (ROOT / "corpus/GUIDELINES.md").read_text(encoding="utf-8").splitlines()[0]
    assert heading.endswith(f"version {versions['guidelines']}")
    results = [read_json(path) for path in (ROOT / "results").rglob("*.json") if "scorer" in path.read_text()]
    assert results
    assert {result["scorer"] for result in results} == {versions["scorer"]} == {SCORER}


def test_the_corpus_is_that_of_the_repository(tmp_path):
    repository = own.repository(tmp_path / "marfa")
    assert told("--all", "--version", cwd=repository)["corpus"] == "2.3.0"
    (repository / "CITATION.cff").unlink()
    assert told("--version", "--all", cwd=repository)["corpus"] == "–"


def test_without_all_it_is_one_line_and_all_alone_is_refused(tmp_path):
    assert told("--version") == {}
    with contextlib.chdir(tmp_path):
        assert invoke("--version").stdout.count("\n") == 1
    done = invoke("--all")
    assert done.exit_code == 2
    assert re.search("--all goes with --version", done.stderr)
    (tmp_path / "CITATION.cff").write_text("title: [", encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text('[tool.tasrih]\npaths = ["articles"]\n', encoding="utf-8")
    (tmp_path / "articles").mkdir()
    with contextlib.chdir(tmp_path):
        done = invoke("--version", "--all")
    assert (done.exit_code, "cannot be read as YAML" in done.stderr) == (2, True)
