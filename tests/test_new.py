"""A corpus repository from `tasrih new` to a pushed dataset: each of its files is in use."""

import contextlib
import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import tomllib

import huggingface_hub
import pytest
import yaml
from conftest import ROOT, commit, invoke
from hub import serve
from packaging.requirements import Requirement

import tasrih
from tasrih.identity import identity
from tasrih.measures.realia import real_names
from tasrih.record import Article
from tasrih.starting import new, templates

NAMES = [
    "marfa-quotes",
    "أقوال المرفأ",
    'a "quoted" \\ name',
    "'single' # {x}: - [y] | `z`",
    "true",
    "12",
    "- list",
    "$title $$ ${{ x }}",
    "x\ty\u202ez\x1b[31m",
    "%s {0} <b> & é",
]


DOWNLOAD = """
import sys
from huggingface_hub import snapshot_download
print(snapshot_download("tester/marfa-quotes", repo_type="dataset", revision="v0.1.0", cache_dir=sys.argv[1]), end="")
"""


@pytest.mark.parametrize("name", NAMES)
def test_any_name_of_a_folder_makes_files_that_can_be_read(name, tmp_path):
    place = new(tmp_path / name, authors=[name, "سلمى"])
    known = identity([place / "corpus"])
    assert f"`tasrih push OWNER/{known.name} --dataset" in (place / "README.md").read_text(encoding="utf-8")
    told = known.citation.title
    assert told == " ".join(re.sub("[\u202e\x1b]", "\ufffd", name).split())
    assert [author.name for author in known.citation.authors] == [told, "سلمى"]
    assert known.version == "0.1.0"
    assert tomllib.loads((place / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["tasrih"]["strict"] is True
    for file in (".github/workflows/corpus.yml", ".github/workflows/dataset.yml", ".pre-commit-config.yaml"):
        assert yaml.safe_load((place / file).read_text(encoding="utf-8"))
    assert tasrih.validate(place / "corpus").passes(strict=True)
    for file in (path for path in place.rglob("*") if path.is_file()):
        text = file.read_text(encoding="utf-8")
        assert text.endswith("\n")
        assert not re.search("[\u202e\x1b\t]", text)


def test_what_is_given_is_taken(tmp_path):
    done = invoke("new", tmp_path / "x", "--title", "Marfa: quotes of a harbour", "--author", "A. Haddad")
    assert done.exit_code == 0
    known = identity([tmp_path / "x/corpus"])
    assert (known.name, known.title, known.citation.authors[0].shown) == (
        "marfa",
        "Marfa: quotes of a harbour",
        "A. Haddad",
    )
    assert "`tasrih push OWNER/marfa --dataset" in (tmp_path / "x/README.md").read_text(encoding="utf-8")
    text = (tmp_path / "x/DATASHEET.md").read_text(encoding="utf-8")
    assert "**Who created it, and on behalf of whom?** A. Haddad." in text


def test_a_folder_that_holds_something_is_refused_and_stays(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full/a\x1b[31m").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    for folder, why in (("full", "is not empty"), ("file", "is no folder"), ("file/inner", "cannot be written")):
        done = invoke("new", tmp_path / folder)
        assert done.exit_code == 2
        assert why in done.stderr
        assert "\x1b" not in done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_a_clone_of_an_empty_repository_is_no_full_folder(tmp_path):
    folder = tmp_path / "empty"
    subprocess.run(["git", "init", "-q", folder], check=True)
    (tmp_path / "link").symlink_to(folder)
    with contextlib.chdir(tmp_path):
        assert invoke("new", "link").exit_code == 0
    assert identity([folder / "corpus"]).title == "link"
    assert (folder / ".git/HEAD").is_file()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "link"]
    assert invoke("new", folder).exit_code == 2


def test_the_example_names_nobody_real(tmp_path):
    (file,) = (new(tmp_path / "x") / "corpus/articles/composed").iterdir()
    article = Article.model_validate_json(file.read_bytes())
    assert article.metadata.origin == "composed"
    assert real_names(article) == []


@pytest.fixture(scope="module")
def repository(tmp_path_factory):
    """The repository, committed; `bin` beside it has the commands that a runner would have installed."""
    folder = tmp_path_factory.mktemp("walk")
    made = new(folder / "marfa-quotes", authors=["Salma Haddad"])
    commit(made)
    (folder / "bin").mkdir()
    (folder / "bin/python").write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n', encoding="utf-8")
    (folder / "bin/python").chmod(0o755)
    return made


def step(repository, workflow, job, name):
    """The lines that a step of a workflow runs."""
    steps = yaml.safe_load((repository / f".github/workflows/{workflow}.yml").read_text())["jobs"][job]["steps"]
    return next(step for step in steps if step.get("name") == name)


def walked(repository, lines, **variables):
    """Runs lines of a shell: those of tasrih in this process, the others as a runner does. The first bad exit code."""
    with contextlib.chdir(repository):
        for line in lines.splitlines():
            if line.startswith("tasrih "):
                done = invoke(*shlex.split(os.path.expandvars(line))[1:], **variables)
                code, told = done.exit_code, done.stderr
            else:
                path = f"{repository.parent / 'bin'}:{os.environ['PATH']}"
                environment = os.environ | variables | {"PATH": path, "PYTHONPATH": str(ROOT / "src")}
                command = ["bash", "-eo", "pipefail", "-c", line]
                done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
                code, told = done.returncode, done.stdout + done.stderr
            if code:
                return code, told
    return 0, ""


def test_its_folder_is_taken_for_the_corpus_in_it(repository, tmp_path):
    corpus = tasrih.load(repository)
    assert corpus.ids == tasrih.load(repository / "corpus").ids
    assert corpus.entities
    assert corpus.identity.home == repository / "corpus"
    assert (tasrih.validate([repository]).records, tasrih.validate([repository]).findings) == (1, [])
    assert tasrih.load(tasrih.build(tmp_path / "dataset", [repository])).ids == corpus.ids
    done = invoke("explore", repository, "--out", tmp_path / "site")
    assert (done.exit_code, done.stdout.count("1 article,")) == (0, 1)


def test_a_register_is_no_record_of_a_folder_and_an_article_may_be_called_so(repository, tmp_path):
    shutil.copytree(repository / "corpus", tmp_path / "several/one")
    report = tasrih.validate([tmp_path / "several"])
    assert (report.records, report.findings) == (1, [])
    for folder in ("several/one/articles/composed", "flat"):
        (file,) = (repository / "corpus/articles/composed").iterdir()
        (tmp_path / folder).mkdir(exist_ok=True)
        record = json.loads(file.read_text(encoding="utf-8")) | {"id": "entities"}
        (tmp_path / folder / "entities.json").write_text(json.dumps(record), encoding="utf-8")
    assert "entities" in tasrih.load(tmp_path / "several").ids
    with pytest.raises(tasrih.TasrihError, match="no records"):
        tasrih.load(tmp_path / "flat")


def test_its_checks_pass_and_fail(repository):
    lines = step(repository, "corpus", "tests", "Check")["run"]
    assert {"python -m pytest", "tasrih format --check", "tasrih datasheet --check"} == set(lines.splitlines())
    assert walked(repository, lines) == (0, "")
    file = next((repository / "corpus/articles/composed").iterdir())
    good = file.read_bytes()
    file.write_bytes(good.replace(b'"kind": "verb"', b'"kind": "noun"', 1))
    try:
        with contextlib.chdir(repository), pytest.raises(AssertionError, match=f"{file.name}.*Q127 warning"):
            runpy.run_path("tests/test_corpus.py")["test_the_corpus"]()
    finally:
        file.write_bytes(good)


def test_the_readme_names_commands_that_the_workflows_run(repository):
    text = (repository / "README.md").read_text(encoding="utf-8")
    named = {line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()}
    run = {
        line
        for name, job, part in (("corpus", "tests", "Check"), ("dataset", "build", "Build"))
        for line in step(repository, name, job, part)["run"].splitlines()
    }
    assert named - run == {"pytest", "tasrih datasheet"}
    links = re.findall(r"\]\(([^):]+)\)", text + (repository / "DATASHEET.md").read_text(encoding="utf-8"))
    assert links
    assert all((repository / link).is_file() for link in links)


def test_its_files_fit_the_tool(repository):
    project = tomllib.loads((repository / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {one.name: one.specifier for one in map(Requirement, project["dependency-groups"]["dev"])}
    assert needed["tasrih"].contains(tasrih.__version__)
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    (configured,) = yaml.safe_load((repository / ".pre-commit-config.yaml").read_text())["repos"]
    assert configured["rev"] == f"v{tasrih.__version__}"
    file = next((repository / "corpus/articles").rglob("*.json"))
    for hook in (hooks[one["id"]] for one in configured["hooks"]):
        assert re.search(hook["files"], file.relative_to(repository).as_posix())
        assert walked(repository, f"{hook['entry']} {file.relative_to(repository)}") == (0, "")
    guidelines = (repository / "corpus/GUIDELINES.md").read_text(encoding="utf-8").splitlines()[0]
    assert guidelines.endswith(f"version {tasrih.load(repository / 'corpus')[0].metadata.annotation.guidelines}")
    ignored = ["git", "-C", repository, "check-ignore", "-q", "dist/x"]
    assert subprocess.run(ignored, check=False).returncode == 0


def test_its_workflows_use_the_action_and_those_of_others_by_commit(repository):
    texts = [(repository / f".github/workflows/{name}.yml").read_text() for name in ("corpus", "dataset")]
    used = [use for text in texts for use in re.findall(r"uses: (\S+)", text)]
    (own,) = (use for use in used if use.startswith("OWNER/"))
    assert own == f"OWNER/tasrih@v{tasrih.__version__}"
    assert all(re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", use) for use in used if use != own)
    ours = "".join((ROOT / ".github/workflows" / name).read_text() for name in ("ci.yml", "release.yml"))
    assert {use for use in used if use != own} <= set(re.findall(r"uses: (\S+)", ours))
    assert all(text.count("actions/checkout@") == text.count("persist-credentials: false") for text in texts)
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    records = yaml.safe_load(texts[0])["jobs"]["records"]["steps"]
    assert set(records[1]["with"]) <= set(action["inputs"])
    jobs = yaml.safe_load(texts[1])["jobs"]
    assert "secrets." not in json.dumps(jobs["build"])
    assert "checkout" not in json.dumps(jobs["push"])


@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # of the client, over LFS
def test_a_tag_becomes_a_dataset_on_a_hub(repository, tmp_path, monkeypatch):
    assert walked(repository, step(repository, "dataset", "build", "Build")["run"]) == (0, "")
    comparing = step(repository, "dataset", "build", "Compare the tag with the version in CITATION.cff")["run"]
    assert walked(repository, comparing, GITHUB_REF_NAME="v0.1.0")[0] == 0
    assert walked(repository, comparing, GITHUB_REF_NAME="v0.2.0")[0] == 1
    shutil.copytree(repository / "dist/dataset", tmp_path / "dataset")
    pushing = step(repository, "dataset", "push", "Push")
    assert set(pushing["env"]) == {"HF_TOKEN", "REPOSITORY"}
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_XET", True)
    with serve(tmp_path / "server") as hub:
        monkeypatch.setattr(huggingface_hub.constants, "ENDPOINT", hub.url)  # of this process
        monkeypatch.setenv("HF_ENDPOINT", hub.url)  # of the one that loads it
        monkeypatch.setenv("HF_TOKEN", "hf_writer")
        monkeypatch.setenv("REPOSITORY", "tester/marfa-quotes")
        assert walked(tmp_path, pushing["run"]) == (0, "")
        folder = subprocess.check_output([sys.executable, "-c", DOWNLOAD, tmp_path / "home"], text=True)
    corpus = tasrih.load(folder)
    assert [quote.type for quote in corpus.quotes(speaker="رندة السفرجلي")] == ["direct", "indirect"]
    assert corpus.cite().startswith("@misc{marfa-quotes,")
    card = (tmp_path / "dataset/README.md").read_text(encoding="utf-8")
    assert "# marfa-quotes\n" in card
    assert "What should it not be used for?" in card
    assert (tmp_path / "dataset/CHANGELOG.md").read_bytes() == (repository / "CHANGELOG.md").read_bytes()


def test_every_template_is_a_file_of_the_repository(repository):
    there = {path.relative_to(repository).as_posix() for path in repository.rglob("*") if path.is_file()}
    assert {inner for inner, _ in templates()} <= there
    assert len(list(templates())) == 14
