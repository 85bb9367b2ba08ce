import copy
import json
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
SEED = "2021-10-13-lavrov-afghanistan"

settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


RECORD = read_json(ROOT / f"corpus/articles/news/{SEED}.json")


@pytest.fixture
def seed():
    return copy.deepcopy(RECORD)
