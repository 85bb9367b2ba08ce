"""Word lists of Arabic news: reporting words and markers. The lists are data files beside this module."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from tasrih.arabic import fold

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=1 << 12)
def is_cue(text: str) -> bool:
    """Whether a cue is made of known reporting words, or is a mark."""
    words = _WORD.findall(fold(text)[0])
    return all(_known(word) for word in words)


def _known(word: str) -> bool:
    return word in _cues() or (len(word) > 1 and word[-1] in "لب" and word[:-1] in _cues()) or word in ("ل", "ب", "الي")


@cache
def _cues() -> dict[str, str]:
    """Kind by folded form; of two, the one that the table has first."""
    return {form: kind for kind, form in reversed(_table("cues"))}


def cue_kind(folded_form: str) -> str | None:
    """What kind of reporting word a folded form is; None when it is none."""
    return _cues().get(folded_form)


def _table(name: str) -> list[tuple[str, str]]:
    lines = Path(__file__).with_name(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return [(label, fold(form)[0]) for label, forms in rows for form in forms.split()]


@cache
def marker_words(name: str, *, as_written: bool = False) -> frozenset[str]:
    """The words of a list of markers.toml, folded unless they are wanted as written."""
    words = _markers()[name].split()
    return frozenset(words if as_written else (fold(word)[0] for word in words))


@cache
def marker_pattern(name: str) -> re.Pattern[str]:
    """A pattern of markers.toml, for folded text."""
    return re.compile(_markers()[name])


@cache
def _markers() -> dict[str, str]:
    return tomllib.loads(Path(__file__).with_name("markers.toml").read_text(encoding="utf-8"))
