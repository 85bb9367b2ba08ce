"""Under what a word is found: spelling folded, and without what is written together with it before it.

A reader who looks for أسعار means بأسعار and والأسعار too, and no part of another word: سعر is not in مسعر. The article
is told by its letters, so that it goes on both sides; a proclitic is not (كتاب, وزير), so that it goes in texts alone,
from words that no list has as they stand. What a word ends with (أسعارها) stays.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from tasrih.text.letters import after_signs, fold, western_digits
from tasrih.text.lists import listed
from tasrih.text.words import CONJUNCTIONS, PREPOSITIONS, RUN, WITH_ARTICLE

_SHORTEST = 3  # letters of what is left of a word: ولد is not لد behind و
_ARTICLE = re.compile(f"{WITH_ARTICLE}(?=.{{{_SHORTEST}}})")
_CONJUNCTION, _PREPOSITION = (re.compile(f"[{one}](?=.{{{_SHORTEST}}}|[0-9])") for one in (CONJUNCTIONS, PREPOSITIONS))
_FUTURE = re.compile(f"س(?=[اتين].{{{_SHORTEST - 1}}})")
_LISTS = (
    *("common", "ordinary", "namesakes", "titles", "given", "given_ordinary", "given_rare"),
    *("surnames", "placenames", "foreign"),
)
_GOD, _OF_GOD = "الله", "لله"


class Hit(NamedTuple):
    """Where words stand that were looked for: offsets in code points, of whole words."""

    start: int
    end: int


class Place(NamedTuple):
    """A word of a text, folded, with western digits, and where it stands: offsets in code points."""

    start: int
    end: int
    folded: str


def phrase(text: str) -> tuple[str, ...]:
    """What the words of a text are looked for as; none for a text without a letter or digit."""
    return tuple(map(stem, RUN.findall(_plain(text))))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """A folded word without its article and what is before that: والأسعار, للأسعار and أسعار are one."""
    if word == _GOD:
        return _OF_GOD
    found = None if is_whole(word) else _ARTICLE.match(word)
    return stem(word[found.end() :]) if found else word


@lru_cache(maxsize=1 << 16)
def stems(word: str) -> frozenset[str]:
    """What a folded word of a text is found as: by its stem, and by that of what follows its proclitics."""
    forms = [word, *_after(_CONJUNCTION, word)]
    forms += [after for form in forms for after in (*_after(_PREPOSITION, form), *_after(_FUTURE, form))]
    return frozenset(map(stem, forms))


def _after(pattern: re.Pattern[str], word: str) -> Iterator[str]:
    # Lists have سيقول as it stands: that what follows is none of their words does not show that the س is its first.
    is_known = word in listed("whole") if pattern is _FUTURE else is_whole(word)
    if not is_known and (found := pattern.match(word)):
        yield word[found.end() :]


def is_whole(word: str) -> bool:
    """Whether a folded word is known as it stands, so that its first letters are neither a proclitic nor the article.

    Where what follows them is known as well, only `whole.txt` tells.
    """
    return word in listed("whole") or (word in _known() and _known().isdisjoint(_rests(word)))


def _rests(word: str) -> Iterator[str]:
    found = _ARTICLE.match(word)
    yield word[1:]
    if found:
        yield word[found.end() :]


@cache
def with_the_look_of_an_article() -> tuple[str, ...]:
    """The words that are whole and begin as if they had the article, folded and sorted."""
    return tuple(sorted(word for word in _known() | listed("whole") if _ARTICLE.match(word) and is_whole(word)))


@cache
def _known() -> frozenset[str]:
    """Words that are listed without the article and proclitics, folded."""
    return frozenset().union(*map(listed, _LISTS))


@lru_cache(maxsize=1 << 8)
def located(text: str) -> Sequence[Place]:
    """The words of a text; what is neither a letter nor a digit parts them. Not to be changed."""
    plain, places = fold(western_digits(text))
    ends = [*places, len(text)]
    return [
        Place(places[word.start()], after_signs(text, ends[word.end() - 1] + 1), word[0])
        for word in RUN.finditer(plain)
    ]


def hits(text: str, wanted: Sequence[str], start: int = 0, end: int | None = None) -> list[Hit]:
    """Where words that `phrase` gave follow one another, in a text or in the words that a stretch of it touches."""
    if not all(map(_plain(text).__contains__, wanted)):
        return []
    last = len(text) if end is None else end
    words = [word for word in located(text) if word.start < last and word.end > start]
    runs = zip(*(words[number:] for number in range(len(wanted))), strict=False)
    return [
        Hit(run[0].start, run[-1].end)
        for run in runs
        if all(one in stems(word.folded) for one, word in zip(wanted, run, strict=True))
    ]


@lru_cache(maxsize=1 << 8)
def _plain(text: str) -> str:
    return fold(western_digits(text))[0]
