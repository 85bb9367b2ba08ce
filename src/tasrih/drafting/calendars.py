"""What calendars call things: days of the month, months, weekdays, numbers in words. All words are data files."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from tasrih.text.letters import fold, western_digits
from tasrih.text.lists import rows_of

NUMERIC = (
    r"(?<![\w/.:-])(?:[0-9]{1,2}(?P<between>(?: ?[/-] ?|\.))[0-9]{1,2}(?P=between)(?:1[89]|20)[0-9]{2}"
    r"|(?:1[89]|20)[0-9]{2}(?P<joint>(?: ?[/-] ?|\.))[0-9]{1,2}(?P=joint)[0-9]{1,2})(?![/.:-]?[0-9])"
)
_NUMBER = re.compile("[0-9]+")


def plain(text: str) -> tuple[str, Sequence[int]]:
    """A text folded, its digits of one shape, and the place of each letter left."""
    folded, places = fold(text)
    return western_digits(folded), places


def one_of(forms: Iterable[str]) -> str:
    """A pattern for any of the forms, the longest that fits."""
    return "(?:" + "|".join(sorted(map(re.escape, forms), key=len, reverse=True)) + ")"


@cache
def named(kind: str) -> dict[str, int]:
    """The values of the words of a kind in the calendar's list, by folded form."""
    return {
        fold(form)[0].replace("_", " "): int(value)
        for label, value, forms in rows_of("calendar")
        if label == kind
        for form in forms.split()
    }


@cache
def ordinals() -> dict[str, int]:
    """Ordinals with the article up to the ninety-ninth: الرابع, الحادي والعشرين."""
    return _numbers(1, ("عشر",))


@cache
def cardinals() -> dict[str, int]:
    """Numbers in words up to 99, of either gender and any case."""
    return _numbers(2, ("عشر", "عشره"))


def _numbers(column: int, teens: tuple[str, ...]) -> dict[str, int]:
    rows = rows_of("numbers")
    simple = {fold(form)[0]: int(row[0]) for row in rows for form in row[column].split()}
    units = {form: value for form, value in simple.items() if value < 10}
    tens = {form: value for form, value in simple.items() if value >= 20}
    compound = {f"{unit} و{ten}": one + many for unit, one in units.items() for ten, many in tens.items()}
    return compound | {f"{unit} {teen}": 10 + one for unit, one in units.items() for teen in teens} | simple


@cache
def day_ordinals() -> dict[str, int]:
    """What a day of a month is called in words: الرابع, and فاتح or غرة for the first."""
    return {form: value for form, value in ordinals().items() if value <= 31} | named("first")


def day_number(words: str) -> int:
    """The number of a day, in digits or in words."""
    digits = _NUMBER.search(words)
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
    numbers = [int(number) for number in _NUMBER.findall(digits)]
    year, one, other = numbers if numbers[0] > 31 else (numbers[2], numbers[1], numbers[0])
    orders = [day_of(year, one, other)] if numbers[0] > 31 else [day_of(year, one, other), day_of(year, other, one)]
    days = [day for day in orders if day]
    fitting = [day for day in days if weekday is not None and day.weekday() == weekday]
    return next(iter(fitting or days), None)
