"""What a phrase that says a date is read as, and what all readers of such phrases share."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from typing import NamedTuple

from tasrih.drafting.calendars import cardinals, one_of
from tasrih.text.lists import listed
from tasrih.text.words import CONJUNCTIONS

_WORD_BEFORE = re.compile(r"\b(\w{1,40}) $")
_LONGEST_WORD = 40
_THOUSANDS = {"الفين": 2000, "الفان": 2000, "الف": 1000}
_STEMS = ("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع")


class Reading(NamedTuple):
    """An EDTF value and the form of the mention; the value is empty where the phrase does not fix a date.

    A value is guessed when it follows from the day of publication alone, and no word says in which direction.
    """

    value: str
    form: str = "named"
    guessed: bool = False


UNSURE = Reading("")

Reader = tuple[re.Pattern[str], Callable[[re.Match[str], date | None], Reading | None]]
"""A pattern with a group `date`, and what a match of it is; None when it is something else."""

YEAR = "(?:1[0-9]|20)[0-9]{2}"


def word_before(match: re.Match[str]) -> str:
    """The word before a match, without و or ف before it; empty when a mark stands between them."""
    found = _WORD_BEFORE.search(match.string[max(0, match.start() - _LONGEST_WORD) : match.start()])
    word = found[1] if found else ""
    return word[1:] if len(word) > 2 and word[0] in CONJUNCTIONS else word


@cache
def year_end() -> str:
    """A pattern after the digits of a year: they end, and nothing that is counted follows."""
    counted = one_of(listed("counted"))
    return rf"(?:(?![\w.,٫٬/:%٪-])|(?=م(?!\w)|[.,٫٬/:-](?![0-9])))(?! ?[%٪]| {counted}(?!\w))"


@cache
def _hundreds() -> dict[str, int]:
    stems = {"": 100, **{stem: 100 * number for number, stem in enumerate(_STEMS, 3)}, "ثماني": 800}
    joined = {
        f"{stem}{gap}{word}": value
        for stem, value in stems.items()
        for word in ("مائه", "مئه", "ميه")
        for gap in ("", " ")
    }
    return {form.strip(): value for form, value in joined.items()} | {"مائتين": 200, "مئتين": 200}


@cache
def spelled_year() -> str:
    """A pattern for a year in words, the whole of the number."""
    hundred, small = one_of(_hundreds()), one_of(cardinals())
    return rf"{one_of(_THOUSANDS)}(?: و{hundred})?(?: و{small})?(?!\w| و(?:{small}|{hundred})(?!\w))"


def year_number(words: str) -> int:
    """The year that digits or words say."""
    if words.isdecimal():
        return int(words)
    thousand, _, rest = words.partition(" و")
    number = _THOUSANDS[thousand]
    if rest in cardinals():
        return number + cardinals()[rest]
    hundred, _, small = rest.partition(" و")
    return number + _hundreds().get(hundred, 0) + cardinals().get(small, 0)
