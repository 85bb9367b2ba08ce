import copy
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SEED = "2021-10-13-lavrov-afghanistan"

settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def commit(folder, branch="main"):
    """Commits everything in a folder, as a repository of its own."""
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q", "-b", branch], ["add", "-A"], [*identity, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", folder, *arguments], check=True)


RECORD = read_json(ROOT / f"corpus/articles/news/{SEED}.json")


@pytest.fixture
def seed():
    return copy.deepcopy(RECORD)
