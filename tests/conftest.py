import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import settings

from tasrih.cli import main

ROOT = Path(__file__).parents[1]
SEED = "2021-10-13-lavrov-afghanistan"

settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def invoke(*arguments, stdin=b""):
    """A command in this process: its exit code, what it printed, and no exception."""
    done = CliRunner().invoke(main, list(map(os.fspath, arguments)), input=stdin, prog_name="tasrih")
    assert done.exception is None or isinstance(done.exception, SystemExit), (arguments, done.exception)
    return done


def tasrih(*arguments, stdin=b"", **environment):
    """A command in a process of its own: its exit code and the bytes that it printed."""
    command = [sys.executable, "-c", "from tasrih.cli import main; main(prog_name='tasrih')", *map(str, arguments)]
    variables = os.environ | {"COLUMNS": "100", "PYTHONIOENCODING": "utf-8"} | environment
    return subprocess.run(command, input=stdin, capture_output=True, env=variables, check=False)


def commit(folder, branch="main"):
    """Commits everything in a folder, as a repository of its own."""
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q", "-b", branch], ["add", "-A"], [*identity, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", folder, *arguments], check=True)


RECORD = read_json(ROOT / f"corpus/articles/news/{SEED}.json")


@pytest.fixture
def seed():
    return copy.deepcopy(RECORD)
