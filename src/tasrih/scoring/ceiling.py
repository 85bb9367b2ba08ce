"""The ceiling: what a second reader scores, who read the same articles before anything was decided."""

import os
from pathlib import Path

from tasrih.errors import MissingError
from tasrih.resources import corpus_for

CEILING = "second reading"


def second_reading(gold: str | os.PathLike[str]) -> Path:
    """The second reading of the corpus that records are in, or of the bundled one. Raises TasrihError without one."""
    folder = corpus_for(gold) / "annotations" / "second"
    if not folder.is_dir():
        raise MissingError("is not there: this corpus has no second reading to be the ceiling.", path=folder)
    return folder
