"""What callers hand to public functions, looked at before any work is done: a wrong value is told, never guessed at."""

import operator
import os
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any

from tasrih.errors import ArgumentError, MissingError
from tasrih.resources import DATASET_AT_URL, is_url
from tasrih.terminal import one_line

_LONGEST = 60
_COMPARED = 5_000  # of so many words that which was meant is looked for, in 0.3 s at most
_SOONER = 500  # the same where much is looked at: a few milliseconds
_LETTERS = 200  # that are compared


def one_of(wrong: str, given: object, allowed: Collection[str]) -> None:
    """Raises TasrihError for a value that is none of those allowed: it says what is wrong, and what is allowed."""
    if not isinstance(given, str) or given not in allowed:
        raise ArgumentError(f"{shown(given)}: {wrong}; choose one of {', '.join(allowed)}.{meant(given, allowed)}")


def meant(given: object, known: Iterable[str]) -> str:
    """The question whether one of the known words was meant, with a space before it; empty when none is like it."""
    close = nearest_word(given, known, _COMPARED) if isinstance(given, str) else ""
    return f" Did you mean {close}?" if close else ""


def nearest_word(given: str, known: Iterable[str], most: int = _SOONER) -> str:
    """The known word that is most like one that is not, whatever the case; empty when none is."""
    words = {word.casefold(): word for word in islice(known, most)}
    close = get_close_matches(given[:_LETTERS].casefold(), words, 1)
    return words[close[0]] if close else ""


def shown(given: object) -> str:
    """A value for a message: a text as it is, anything else as Python writes it; cut, on one line."""
    text = one_line(given if isinstance(given, str) and given.strip() else repr(given))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def path(what: str, given: object) -> str:
    """The path that was given. Raises TasrihError for what is none."""
    if not isinstance(given, str | os.PathLike) or not isinstance(found := os.fspath(given), str):
        raise ArgumentError(f"{what}: {shown(given)} is not a path. Give a str or a pathlib.Path.")
    if not found or "\0" in found:
        raise ArgumentError(f"{what}: {found!r} is not a path. Give that of a file or folder.")
    return found


def dataset(given: object) -> Path:
    """The folder of a dataset. Raises TasrihError for a URL: there, datasets are only written."""
    found = path("dataset", given)
    if is_url(found):
        raise ArgumentError(DATASET_AT_URL, path=found)
    return Path(found)


def folder(what: str, given: object) -> str:
    """The path of a folder that is there. Raises TasrihError for anything else."""
    found = path(what, given)
    if not os.path.isdir(found):  # noqa: PTH112
        raise MissingError(f"{what}: {shown(found)} is no folder. Give that of a corpus.")
    return found


def several(given: object) -> list[Any]:
    """Things given alone (a path, a text, a record) or together, as a list; none for None."""
    if given is None:
        return []
    alone = isinstance(given, str | bytes | os.PathLike | Mapping) or not isinstance(given, Iterable)
    return [given] if alone else list(given)  # type: ignore[call-overload]


def text(what: str, given: object) -> str:
    """The text that was given. Raises TasrihError for an empty one, and for what is none."""
    if not isinstance(given, str) or not given.strip():
        raise ArgumentError(f"{what}: {shown(given)} is not a text. Give a str with something in it.")
    return given


def number(what: str, given: object, least: int = 0) -> int:
    """The whole number that was given, numpy's as well. Raises TasrihError for one below `least`, and for others."""
    try:
        found = None if isinstance(given, bool) else operator.index(given)  # type: ignore[arg-type]
    except TypeError:
        found = None
    if found is None or found < least:
        raise ArgumentError(f"{what}: {shown(repr(given))} is not a whole number from {least} on.")
    return found
