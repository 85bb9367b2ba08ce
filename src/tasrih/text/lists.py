"""Word lists of Arabic news. They are data files in `lexicon/`, whose README says what each holds."""

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path

from tasrih.text.letters import fold
from tasrih.text.words import bare, folded_words

_OBJECTS = ("ه", "ها", "هم")


def lines_of(name: str) -> list[str]:
    """The lines of a data file, without comments."""
    return [line for line in _read(name).splitlines() if line and not line.startswith("#")]


def rows_of(name: str) -> list[list[str]]:
    """The rows of a table: of each line what its tabs part."""
    return [line.split("\t") for line in lines_of(f"{name}.tsv")]


def labelled(name: str) -> list[tuple[str, str]]:
    """The labels and folded forms of a table of two columns; an underscore in it stands for a space."""
    return [(label, fold(form)[0].replace("_", " ")) for label, forms in rows_of(name) for form in forms.split()]


def _read(name: str) -> str:
    return Path(__file__).with_name("lexicon").joinpath(name).read_text(encoding="utf-8")


@cache
def listed(name: str) -> frozenset[str]:
    """The folded words of a list."""
    whole = fold(" ".join(lines_of(f"{name}.txt")))[0]  # at once: a call a word takes longer than all the rest
    return frozenset(word.lstrip("#") for word in whole.split())


@lru_cache(maxsize=1 << 16)
def is_listed(word: str, name: str) -> bool:
    """Whether a word, proclitics and article aside, is in a list."""
    return not listed(name).isdisjoint(bare(word))


@lru_cache(maxsize=1 << 12)
def is_cue(text: str) -> bool:
    """Whether a cue is made of known reporting words, or is a mark."""
    return all(map(_known, folded_words(text)))


def _known(word: str) -> bool:
    bound = len(word) > 1 and word[-1] in "لب" and word[:-1] in _cues()
    return bound or word in _cues() or word in with_object() or word in ("ل", "ب", "الي")


@cache
def _cues() -> dict[str, str]:
    """Kind by folded form; of two, the one that the table has first."""
    return {form: kind for kind, form in reversed(labelled("cues"))}


@cache
def with_object() -> frozenset[str]:
    """Reporting verbs with the pronoun of their object at the end, unless that is a noun: not نقله, his moving."""
    verbs = {form for kind, form in labelled("cues") if kind == "verb"}
    present = {start + form[1:] for form in verbs if form[0] == "ي" and len(form) > 3 for start in "يت"}
    takes = (verbs & present) | {form for form in verbs if form.endswith("ت")} | listed("with_object")
    made = frozenset(form + ending for form in takes for ending in _OBJECTS)
    return made - {form for _, form in labelled("cues")} - listed("speeches")


def cue_kind(folded_form: str) -> str | None:
    """What kind of reporting word a folded form is; None when it is none."""
    return _cues().get(folded_form)


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
    return tomllib.loads(_read("markers.toml"))
