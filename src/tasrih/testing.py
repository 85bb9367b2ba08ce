"""For the tests of a corpus repository: the same validation as in CI, in three lines.

from tasrih.testing import assert_valid

def test_the_corpus() -> None:
    assert_valid()
"""

import os
from pathlib import Path

from tasrih.settings import settings
from tasrih.validation import validate
from tasrih.validation.rendering import as_text


def assert_valid(*paths: str | os.PathLike[str]) -> None:
    """Fails with the findings when records are not valid, by the settings of the repository's pyproject.toml.

    `paths` are those of the settings when none are given. Raises AssertionError, or TasrihError for a path that does
    not exist.
    """
    chosen = settings(Path.cwd())
    report = validate(paths or chosen.paths or None, within=chosen.corpus, select=chosen.select, ignore=chosen.ignore)
    if not report.passes(strict=chosen.strict):
        raise AssertionError("\n" + as_text(report))
