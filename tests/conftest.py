import json
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SEED = "2021-10-13-lavrov-afghanistan"


@pytest.fixture
def seed():
    return json.loads((ROOT / f"corpus/articles/news/{SEED}.json").read_text(encoding="utf-8"))
