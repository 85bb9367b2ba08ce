"""What calendars call things: days of the month, months, weekdays, numbers in words. All words are data."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from tasrih.text.letters import fold, western_digits
from tasrih.text.lists import rows_of
from tasrih.text.words import folded_words

NUMERIC = (
    r"(?<![\w/.:-])(?:[0-9]{1,2}(?P<between>(?: ?[/-] ?|\.))[0-9]{1,2}(?P=between)(?:1[89]|20)[0-9]{2}"
    r"|(?:1[89]|20)[0-9]{2}(?P<joint>(?: ?[/-] ?|\.))[0-9]{1,2}(?P=joint)[0-9]{1,2})(?![/.:-]?[0-9])"
)
NUMBER = re.compile("[0-9]+")
_TEENS = ("عشر", "عشره")


def plain(text: str) -> tuple[str, Sequence[int]]:
    """A text folded, its digits of one shape, and the place of each letter left."""
    folded, places = fold(text)
    return western_digits(folded), places


def one_of(forms: Iterable[str]) -> str:
    """A pattern for any of the forms, the longest that fits."""
    return "(?:" + "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) + ")"


def named(kind: str) -> dict[str, int]:
    """The values of the words of a kind in the calendar's list, by folded form; not to be changed."""
    return _named()[kind]


@cache
def _named() -> dict[str, dict[str, int]]:
    kinds: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, value, forms in rows_of("calendar"):
        kinds[kind] |= {fold(form)[0].replace("_", " "): int(value) for form in forms.split()}
    return dict(kinds)


@cache
def ordinals() -> dict[str, int]:
    """Ordinals with the article up to the ninety-ninth: الرابع, الحادي والعشرين."""
    return _numbers(1, _TEENS[:1])


@cache
def cardinals() -> dict[str, int]:
    """Numbers in words up to 99, of either gender and any case."""
    return _numbers(2, _TEENS)


@cache
def cardinal() -> str:
    """A pattern for `cardinals`."""
    return _number(2, _TEENS)


@cache
def ordinal() -> str:
    """A pattern for `ordinals`."""
    return _number(1, _TEENS[:1])


def _number(column: int, teens: tuple[str, ...]) -> str:
    """A pattern for numbers in words: their parts, since all of them in a row take long to compile."""
    simple, units, tens = _simple_numbers(column)
    return rf"(?:{one_of(units)}(?: {one_of(teens)}| و{one_of(tens)})|{one_of(simple)})"


def _simple_numbers(column: int) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Numbers of one word, and of these the units and the tens."""
    simple = {fold(form)[0]: int(row[0]) for row in rows_of("numbers") for form in row[column].split()}
    units = {form: value for form, value in simple.items() if value < 10}
    return simple, units, {form: value for form, value in simple.items() if value >= 20}


def _numbers(column: int, teens: tuple[str, ...]) -> dict[str, int]:
    simple, units, tens = _simple_numbers(column)
    compound = {f"{unit} و{ten}": one + many for unit, one in units.items() for ten, many in tens.items()}
    return compound | {f"{unit} {teen}": 10 + one for unit, one in units.items() for teen in teens} | simple


def months(text: str) -> set[int]:
    """The numbers of the months that a text names, by any of their Arabic names."""
    words = " ".join(folded_words(text))
    return {number for name, number in named("month").items() if f" {name} " in f" {words} "}


@cache
def day_ordinals() -> dict[str, int]:
    """What a day of a month is called in words: الرابع, and فاتح or غرة for the first."""
    return {form: value for form, value in ordinals().items() if value <= 31} | named("first")


def day() -> str:
    """A day of the month in digits or words."""
    return rf"(?:(?:ال ?)?[0-9]{{1,2}}|{one_of(day_ordinals())})(?![0-9])"


def day_number(words: str) -> int:
    """The number of a day, in digits or in words."""
    digits = NUMBER.search(words)
    return int(digits[0]) if digits else day_ordinals()[words]


def day_of(year: int, month: int, day: int) -> date | None:
    """A day, or None for one that is in no calendar."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def numeric_day(digits: str, weekday: int | None = None) -> date | None:
    """A day in numbers, the day before the month as Arabic writes it, unless only the other order is a day.

    The day of the week beside it, if any, decides.
    """
    numbers = [int(number) for number in NUMBER.findall(digits)]
    year, one, other = numbers if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    orders = [day_of(year, one, other)] if numbers[0] > 31 else [day_of(year, one, other), day_of(year, other, one)]
    days = [day for day in orders if day]
    fitting = [day for day in days if weekday is not None and day.weekday() == weekday]
    return next(iter(fitting or days), None)
