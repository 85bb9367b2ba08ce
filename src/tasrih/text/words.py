"""Words of a text with their places, and what of a word may be a proclitic."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import compress, count
from typing import NamedTuple

from tasrih.text.letters import SIGNS, TATWEEL, after_signs, fold

CONJUNCTIONS, PREPOSITIONS = "وف", "بكل"
PROCLITICS = CONJUNCTIONS + PREPOSITIONS
"""What may be written together with the word after it."""
WITH_ARTICLE = f"[{CONJUNCTIONS}]?(?:[بك]?ال|لل)"
"""A pattern for how a word with the article begins."""
BOUND = f"[{CONJUNCTIONS}]?(?:لل|[{PREPOSITIONS}]{TATWEEL}?|س{TATWEEL}?)?"
"""A pattern for what of a word may stand before a span: proclitics, the س of the future too."""
RUN = re.compile(r"[^\W_]+")
"""A pattern for letters and digits in a row; of folded text these are the words."""
_WORD = re.compile(rf"#?[^\W{TATWEEL}][\w{SIGNS}{TATWEEL}]*")


class Word(NamedTuple):
    """A word, folded, and where it stands: offsets in code points."""

    start: int
    end: int
    folded: str


def words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a stretch of text."""
    places = [found.span() for found in _WORD.finditer(text, start, len(text) if end is None else end)]
    # As `Word(begin, last, word)` makes it, without its call in Python.
    return [tuple.__new__(Word, (begin, last, word)) for begin, last in places if (word := folded(text[begin:last]))]


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words of a paragraph that begin in a stretch of it."""
    found = all_words(text)
    return found[bisect_left(found, (start,)) : bisect_left(found, (end,))]


@lru_cache(maxsize=1 << 8)
def all_words(text: str) -> list[Word]:
    """The words of a whole paragraph; not to be changed."""
    return words(text)


@lru_cache(maxsize=1 << 8)
def all_folded(text: str) -> list[str]:
    """The words of a whole paragraph, folded; not to be changed."""
    return [word.folded for word in all_words(text)]


def places(text: str, telling: Callable[[str], object]) -> Iterator[int]:
    """The places of the words of a paragraph of which something is true; it is asked of the folded word."""
    return compress(count(), map(telling, all_folded(text)))


def goes_on(found: list[Word], place: int, name: tuple[str, ...]) -> bool:
    """Whether the words after a place are those of a folded name after its first."""
    return len(name) == 1 or tuple([word.folded for word in found[place + 1 : place + len(name)]]) == name[1:]


def start_of(text: str, word: Word, form: str) -> int:
    """Where a form begins in a word that it ends: after the word's first letters, their diacritics too."""
    start = word.start + (text[word.start] == "#")
    for _ in range(len(word.folded) - len(form)):
        start = min(after_signs(text, start + 1), word.end)
    return start


def folded_words(text: str) -> list[str]:
    """The words of a text, folded; what is neither a letter nor a digit parts them, an underscore too."""
    return RUN.findall(fold(text)[0])


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """A word without diacritics and spelling variants."""
    return fold(word)[0].lstrip("#")


def forms(word: str, proclitics: str = PROCLITICS, longer_than: int = 0) -> tuple[str, ...]:
    """A folded word, and what follows its first letter where that may be a proclitic."""
    return (word, word[1:]) if len(word) > longer_than and word[0] in proclitics else (word,)


@lru_cache(maxsize=1 << 16)
def bare(word: str, *, prefixes: str = PROCLITICS) -> tuple[str, ...]:
    """A folded word as it stands, and without one or two proclitics and the article, as a list may have it."""
    forms = [word, word[1:]] if len(word) > 3 and word[0] in prefixes else [word]
    forms += ["ل" + form[2:] for form in forms if form.startswith("لل")]
    forms += [form[2:] for form in forms if form.startswith("ال") and len(form) > 4]
    forms += [form[2:] for form in forms if form.startswith("لل") and len(form) > 4]
    return tuple(forms)
