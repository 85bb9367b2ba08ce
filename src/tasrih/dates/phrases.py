"""A phrase that says a date: what it is read as, and what all readers of such phrases share."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar

from tasrih.text.words import CONJUNCTIONS, PROCLITICS

WORD = re.compile(r"\w+")
_DIGIT = re.compile("[0-9]")
_WORD_BEFORE = re.compile(r"\b(\w{1,40}) $")
_LONGEST_WORD = 40
YEAR = "(?:1[0-9]|20)[0-9]{2}"


class Reading(NamedTuple):
    """An EDTF value and the form of the mention; the value is empty where the phrase does not fix a date.

    A value is guessed when it follows from the day of publication alone, and no word says in which direction.
    Others may count it `about` so many days, months or years off, whichever the value ends with.
    """

    value: str
    form: str = "named"
    guessed: bool = False
    about: int = 0


UNSURE = Reading("")

Read = Callable[[re.Match[str], date | None], Reading | None]
"""What a match is read as, by the day of publication; None when it is no date."""

NUMBERS = ("0",)
"""What readers need that read numbers: any digit."""


class Reader(NamedTuple):
    """A pattern as it is written, with a group `date`, how a match is read, and words of which each match has one.

    Most texts have none of these words, and patterns of months and years take long to compile.
    """

    written: str
    read: Read
    needs: frozenset[str]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern."""
        return _compiled(self.written)


@cache
def _compiled(written: str) -> re.Pattern[str]:
    return re.compile(written)


def readers_of(patterns: Mapping[str, Read], needs: Iterable[str]) -> list[Reader]:
    """Readers of phrases that begin a word, a proclitic aside; all need one of some words, or of names by their first.

    A needed word stands in a phrase as a whole word, but for the proclitic where the phrase begins with it.
    """
    first = frozenset(name.split()[0] for name in needs)
    return [Reader(rf"(?<![\w/.:-])[{PROCLITICS}]?{pattern}", read, first) for pattern, read in patterns.items()]


def needed(words: Iterable[str]) -> set[str]:
    """What readers may need of the words of a folded text: each as it stands, without a proclitic, as a number."""
    found = set(words)
    found |= {word[1:] for word in found if word[0] in PROCLITICS}
    return found.union(NUMBERS) if any(map(_DIGIT.search, found)) else found


def read_as(value: date | str | None, form: str = "named") -> Reading:
    """The reading of a phrase that means this day or value; of one that means none, `UNSURE`."""
    return Reading(str(value), form) if value else UNSURE


Found = TypeVar("Found")


def nearest(off: Iterable[tuple[int, Found]], nearly_as_near: int = 0) -> Found | None:
    """Of values and how many days off they are the one that is nearest; None when another is nearly as near."""
    nearest_two = sorted(off, key=lambda pair: pair[0])[:2]
    if not nearest_two or (len(nearest_two) == 2 and nearest_two[1][0] - nearest_two[0][0] < nearly_as_near):
        return None
    return nearest_two[0][1]


def word_before(match: re.Match[str]) -> str:
    """The word before a match, without و or ف before it; empty when a mark stands between them."""
    found = _WORD_BEFORE.search(match.string[max(0, match.start() - _LONGEST_WORD) : match.start()])
    word = found[1] if found else ""
    return word[1:] if len(word) > 2 and word[0] in CONJUNCTIONS else word
