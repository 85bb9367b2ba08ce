"""For the tests of a corpus repository: the same validation as in CI, in three lines.

from tasrih.testing import assert_valid

def test_the_corpus() -> None:
    assert_valid()
"""

import os
from pathlib import Path

from tasrih.settings import chosen_corpus, settings
from tasrih.validation import validate
from tasrih.validation.reports import as_text


def assert_valid(*paths: str | os.PathLike[str]) -> None:
    """Fails with the findings when records are not valid, by the settings of the repository's pyproject.toml.

    `paths` are those of the settings when none are given. Raises AssertionError, or TasrihError for a path that does
    not exist.
    """
    settled = settings(Path.cwd())
    found = chosen_corpus(paths, settled.corpus)
    report = validate(found.paths, within=found.within, select=settled.select, ignore=settled.ignore)
    if not report.passes(strict=settled.strict):
        raise AssertionError("\n" + as_text(report))
