"""No change may slow a main work down unnoticed: how many calls each makes is stored, and counted again here."""

import subprocess
import sys

import pytest
from conftest import ROOT

sys.path.insert(0, str(ROOT / "benchmarks"))
from counts import VERSION, grown, stored


def test_no_work_makes_over_a_tenth_more_calls_than_are_stored():
    if VERSION not in stored():
        pytest.skip(f"no counts are stored for Python {VERSION}: python benchmarks/counts.py --write")
    done = subprocess.run(
        [sys.executable, ROOT / "benchmarks/counts.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_tenth_more_is_told_with_what_to_do():
    before = {"draft": 1000, "build": 1000}
    assert grown({"draft": 1100, "build": 900}, before) == []
    assert grown({"draft": 1101, "build": 5000}, before) == [
        "draft: 1,101 calls, and 1,000 are stored (+10%)",
        "build: 5,000 calls, and 1,000 are stored (+400%)",
    ]
    assert grown({"explore": 1}, before) == ["explore: no count is stored"]
