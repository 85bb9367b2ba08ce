"""Which corpus a command works on, told when it is not what was typed."""

import os
from collections.abc import Iterable

from tasrih.settings import Chosen, chosen_corpus
from tasrih.terminal import clean, say


def chosen(given: Iterable[str | os.PathLike[str]] = (), within: str | os.PathLike[str] | None = None) -> Chosen:
    """The records that were given, or those of the repository's settings, or the bundled corpus."""
    found = chosen_corpus(given, within)
    if found.reason:
        say(clean(found.reason), err=True)
    return found
