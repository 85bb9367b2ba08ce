import copy
import json
import os
import shutil
import subprocess
import sys
from functools import cache, partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock
from hypothesis import settings

from tasrih import build, load
from tasrih.cli import main

ROOT = Path(__file__).parents[1]
SEED = "2021-10-13-lavrov-afghanistan"
WITH_WORDS = [path for path in sorted((ROOT / "corpus/articles").rglob("*.json")) if b'"text":' in path.read_bytes()]
"""The files of all records of the corpus but stand-off ones."""

settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def invoke(*arguments, stdin=b"", **environment):
    """A command in this process: its exit code, what it printed, and no exception."""
    runner = CliRunner(env=environment)
    done = runner.invoke(main, list(map(os.fspath, arguments)), input=stdin, prog_name="tasrih")
    assert done.exception is None or isinstance(done.exception, SystemExit), (arguments, done.exception)
    return done


def tasrih(*arguments, stdin=b"", **environment):
    """A command in this process as `subprocess.run` would tell of it: its exit code and the bytes that it printed."""
    done = invoke(*arguments, stdin=stdin, **{"COLUMNS": "100"} | environment)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout_bytes, done.stderr_bytes)


def commit(folder, branch="main"):
    """Commits everything in a folder, as a repository of its own."""
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q", "-b", branch], ["add", "-A"], [*identity, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", folder, *arguments], check=True)


@cache
def corpus():
    """The corpus, whose articles are read once in a process: nothing in it can be changed."""
    return load(ROOT / "corpus")


def few_of_the_corpus(folder):
    """A copy of the corpus with few of its articles."""
    thin(shutil.copytree(ROOT / "corpus", folder))


def calls(function, job):
    """How often a function is called while a job is done: what a machine that is busy does not change."""
    counted = 0

    def count(frame, event, _):
        nonlocal counted
        counted += event == "call" and frame.f_code is function.__code__

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        job()
    finally:
        sys.setprofile(before)
    return counted


def thin(folder):
    """Leaves the seed in a copy of the corpus, and one in ten of the others with what two readers made of it."""
    others = (path for path in sorted((folder / "articles").rglob("*.json")) if path.stem != SEED)
    for number, path in enumerate(others):
        if number % 10:
            for copied in (path, *(folder / "annotations").rglob(path.name)):
                copied.unlink()


def made_once(tmp_path_factory, name, make):
    """What `make` puts at a path, which the first process that asks makes for all: to be read, never changed."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / f"{name}.lock"):
        if not (folder / name).exists():
            make(folder / name)
    return folder / name


@pytest.fixture(scope="session")
def whole_dataset(tmp_path_factory):
    """The dataset of the corpus with all its texts."""
    return made_once(tmp_path_factory, "all", partial(build, rights="all"))


@pytest.fixture(scope="session")
def public_dataset(tmp_path_factory):
    """The dataset of the corpus with the texts that may be passed on."""
    return made_once(tmp_path_factory, "redistributable", partial(build, rights="redistributable"))


@pytest.fixture(scope="session")
def explored(tmp_path_factory):
    """The site of the whole corpus."""
    from tasrih.explorer.building import explore

    return made_once(tmp_path_factory, "explored", partial(explore, corpus()))


@pytest.fixture(scope="session")
def browser():
    """Chromium, which all tests of a process share."""
    from browser import started

    with started() as program:
        yield program


@pytest.fixture(scope="session")
def only_page(browser):
    """A page as wide as a desk: a new one takes longer than most of what is done with it."""
    from browser import opened

    with opened(browser) as page:
        yield page


@pytest.fixture
def page(only_page):
    """The one page, empty, for sites that keep nothing; `browser.quiet` says what is asked of it in the end."""
    from browser import quiet

    only_page.goto("about:blank")
    with quiet(only_page):
        yield only_page


RECORD = read_json(ROOT / f"corpus/articles/news/{SEED}.json")


@pytest.fixture
def seed():
    return copy.deepcopy(RECORD)
