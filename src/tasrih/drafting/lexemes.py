"""What kind of word a word is by the lists: of names, of the language, both, or on none of them."""

from functools import cache, lru_cache
from pathlib import Path

from tasrih.text import lists
from tasrih.text.lists import cue_kind, listed, rows_of
from tasrih.text.words import PROCLITICS, folded

NAMES = ("given", "given_rare", "surnames", "foreign", "placenames")
_BOTH = ("namesakes", "joints")
_OTHER = ("places", "landmarks", "institutions", "figures", "arab_countries", "other_countries", "agencies", "press")
_SHORTEST = 4  # letters of an ordinary word with a proclitic


@cache
def _ordinary() -> frozenset[str]:
    """The folded words of all lists that hold no names, and of the numbers."""
    names = {*NAMES, *_BOTH, *_OTHER, "given_ordinary", "ambiguous"}
    files = sorted(Path(lists.__file__).with_name("lexicon").glob("*.txt"))
    words = {word for file in files if file.stem not in names for word in listed(file.stem)}
    return frozenset(words | {folded(word) for row in rows_of("numbers") for cell in row for word in cell.split()})


@cache
def _names() -> dict[str, str]:
    return {word: name for name in reversed(NAMES) for word in listed(name)}


@lru_cache(maxsize=1 << 16)
def kind_of(word: str) -> str:
    """The list of names that has a folded word, article aside; or `both`, `ordinary`, or nothing for one on no list."""
    forms = (word, word[2:]) if word.startswith("ال") and len(word) > _SHORTEST else (word,)
    for form in forms:
        if form in _names():
            return _names()[form]
    if any(form in listed(name) for form in forms for name in _BOTH):
        return "both"
    return "ordinary" if any(form in _ordinary() or cue_kind(form) for form in forms) else ""


def is_name_word(word: str) -> bool:
    """Whether a folded word stands in names of people only."""
    return kind_of(word) in ("given", "given_rare", "surnames")


@lru_cache(maxsize=1 << 16)
def is_ordinary(word: str) -> bool:
    """Whether a folded word is one of the language and of no name, behind a proclitic too."""
    return (kind_of(word) or ("ordinary" if is_bound(word) else "")) == "ordinary"


@lru_cache(maxsize=1 << 16)
def is_bound(word: str) -> bool:
    """Whether a folded word on no list is a proclitic, or the س of the future, and an ordinary word."""
    if kind_of(word) or len(word) <= _SHORTEST:
        return False
    future = word[0] == "س" and word[1] in "يتن"
    rest = "ال" + word[2:] if word.startswith("لل") else word[1:]
    return (word[0] in PROCLITICS or future) and (kind_of(rest) == "ordinary" or is_bound(rest))
