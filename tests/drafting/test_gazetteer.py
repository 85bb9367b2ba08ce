"""The names of cities and territories are those of the packages that they come from."""

import subprocess
import sys

from conftest import ROOT


def test_the_tables_of_names_are_current():
    command = [sys.executable, ROOT / "scripts/update_gazetteer.py", "--check"]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0
