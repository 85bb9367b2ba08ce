"""A phrase that says a date: what it is read as, and what all readers of such phrases share."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from tasrih.text.words import CONJUNCTIONS, PROCLITICS

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

Reader = tuple[re.Pattern[str], Read]
"""A pattern with a group `date`, and how a match of it is read."""


def readers_of(patterns: Mapping[str, Read]) -> list[Reader]:
    """Readers of phrases that begin a word, a proclitic aside."""
    return [(re.compile(rf"(?<![\w/.:-])[{PROCLITICS}]?{pattern}"), read) for pattern, read in patterns.items()]


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
