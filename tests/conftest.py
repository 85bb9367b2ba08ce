import copy
import json
import os
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

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


RECORD = read_json(ROOT / f"corpus/articles/news/{SEED}.json")


@pytest.fixture
def seed():
    return copy.deepcopy(RECORD)
