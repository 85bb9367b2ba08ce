"""The versions that are told apart: of the package, a corpus, the schema, the guidelines and the scorer."""

import os
from collections.abc import Sequence
from typing import get_args

from tasrih.guidelines import VERSIONS
from tasrih.identity import identity
from tasrih.record import SchemaVersion
from tasrih.version import SCORER, __version__


def versions(
    paths: Sequence[str | os.PathLike[str]], within: str | os.PathLike[str] | None = None
) -> dict[str, tuple[str | None, str]]:
    """Each version, None where the corpus has none, and what it is of, by the name of the thing.

    Raises TasrihError for a CITATION.cff that cannot be read.
    """
    known = identity(paths, within)
    return {
        "package": (__version__, "the code and the corpus that it carries"),
        "corpus": (known.version, f"{known.short}, by its CITATION.cff" if known.citation else known.short),
        "schema": (get_args(SchemaVersion)[-1], "of records; earlier ones stay valid"),
        "guidelines": (VERSIONS[-1], "that the rules and the drafter know"),
        "scorer": (SCORER, "raised when the same predictions would score otherwise"),
    }
