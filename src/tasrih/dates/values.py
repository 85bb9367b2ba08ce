"""Whether the value of a date fits its words, as the readers of dates read them.

Values are EDTF; `published` is the day of publication (ISO 8601), None where it is not known.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache

from tasrih.dates.calendars import NUMBER, day_of, months, named, one_of, plain
from tasrih.dates.gregorian import is_name, month, month_number, year_said
from tasrih.dates.mentions import asked
from tasrih.dates.phrases import WORD, Read, Reading
from tasrih.text.words import PROCLITICS

_BEFORE = (("", ""), ("في ", ""), ("", "عام "), ("بين ", ""), ("من ", ""), ("شهر ", ""), ("صباح ", ""))
"""Words that make a date of what follows them: those that a reader looks back at, and those that it begins with."""

_SOME_DAY = date(2000, 1, 1)  # whether words are a date does not depend on the day of publication
_HIJRI = re.compile(r"[0-9] ?ه|هجري")
_FAR = 366  # days: farther off, a day is said with its year


@lru_cache(maxsize=1 << 14)
def value_fits(value: str, words: str, published: str | None) -> bool:
    """Whether a value is one that the words can have; of words that no reader reads, whether it has their numbers.

    Days of the week, and days that are told by the day of publication alone, are left to the functions below.
    """
    if value[:4].isdecimal() and _day_of_month(words) == value[4:]:
        return True
    is_read = False
    for reading in _readings(value, words, published):
        if _is_read(value, reading):
            return True
        is_read = True
    if is_read:
        return False
    folded = _plain(words)
    is_hijri = _HIJRI.search(folded) is not None or any(month in folded for month in named("hijri_month"))
    return is_hijri or set(_numbers(words)) <= set(_parts(value))


def weekday_fits(value: str, words: str, _: str | None = None) -> bool:
    """Whether a day is the weekday that the words name, and an interval of days has all that they name."""
    wanted = _weekdays(words)
    if not wanted:
        return True
    days = [date.fromisoformat(end[:10]) for end in value.split("/") if len(end.rstrip("?~%")) == 10]
    if len(days) <= value.count("/"):
        return True
    during = range(min(7, (days[-1] - days[0]).days + 1))
    there = {(days[0] + timedelta(days=off)).weekday() for off in during}
    return wanted <= there if len(days) > 1 else bool(wanted & there)


def day_word_fits(value: str, words: str, published: str | None) -> bool:
    """Whether أمس, اليوم, غدا and the like mean the day before, of or after publication.

    Where a weekday stands beside the word, the day may be one off.
    """
    found = _told_by_publication(words)
    if not found or not published:
        return True
    shifts = named("day") | named("tied") | named("part_of_day")
    wanted = date.fromisoformat(published) + timedelta(days=shifts[found["near"]])
    off = (-1, 0, 1) if found["weekday"] else (0,)
    return value.rstrip("?~%") in {(wanted + timedelta(days=days)).isoformat() for days in off}


def day_before(day: str) -> str:
    """The day before another, both ISO 8601."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_is_near(value: str, words: str, published: str | None) -> bool:
    """Whether a day is within a year of publication, or the words say which year it is in."""
    day = value.rstrip("?~%")
    if len(day) != 10 or not published or _says_year(words):
        return True
    off = abs(date.fromisoformat(day) - date.fromisoformat(published))
    return off.days <= _FAR or (_is_relative(words) and any(_readings(value, words, published)))


@lru_cache(maxsize=1 << 12)
def _plain(words: str) -> str:
    return plain(words)[0]


@lru_cache(maxsize=1 << 12)
def _day_of_month(words: str) -> str | None:
    """The month and day that words say and nothing else, as a value has them: of most dates that is all to be read.

    None for other words, and for a day that is a name of what happened on it.
    """
    match = _number_and_month().fullmatch(_plain(words))
    number = month_number(match) if match else None
    if match is None or number is None or is_name(number, int(match["day"])):
        return None
    return f"-{number:02}-{int(match['day']):02}"


@cache
def _number_and_month() -> re.Pattern[str]:
    return re.compile(rf"(?P<day>0?[1-9]|1[0-9]|2[0-8]) {month()}")  # a day that every month has


@lru_cache(maxsize=1 << 12)
def _weekdays(words: str) -> frozenset[int]:
    """The days of the week that words name."""
    return frozenset(named("weekday")[found] for found in _weekday().findall(_plain(words)))


@lru_cache(maxsize=1 << 12)
def _told_by_publication(words: str) -> re.Match[str] | None:
    return _day_word().fullmatch(_plain(words))


@lru_cache(maxsize=1 << 12)
def _says_year(words: str) -> bool:
    return year_said().search(_plain(words)) is not None


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)[{PROCLITICS}]?({one_of(named('weekday'))})(?!\w)")


@cache
def _day_word() -> re.Pattern[str]:
    """A word for a day that is told by the day of publication, and perhaps the weekday, and nothing else."""
    near = one_of([*named("day"), *named("tied"), *named("part_of_day")])
    part = one_of(named("parts_of_a_day"))
    return re.compile(
        rf"[{PROCLITICS}]?(?:{part} )?(?P<near>{near})(?:،? \(?(?P<weekday>{one_of(named('weekday'))})\)?)?"
    )


@cache
def _relative() -> re.Pattern[str]:
    words = one_of([*named("before"), *named("day"), *named("tied"), "هذا", "هذه", "قبل"])
    return re.compile(rf"(?<!\w)[{PROCLITICS}]?{words}(?!\w)")


def _is_relative(words: str) -> bool:
    """Whether words say where a date lies, seen from the day of publication."""
    return _relative().search(_plain(words)) is not None


def _readings(value: str, words: str, published: str | None) -> Iterator[Reading]:
    """What the words may be read as, as the value has it first.

    A year that is not said may be that of another day that the text tells of, so that the day of the value itself
    counts as well as that of publication, unless the words say where the date lies.
    """
    phrases = _phrases(words)
    if not phrases:
        return iter(())
    told = date.fromisoformat(published) if published else None
    seen_from = [told] if _is_relative(words) else dict.fromkeys((_first_day(value), told))
    read = (reader(match, day) for day in seen_from for match, reader in phrases)
    return (reading for reading in read if reading and reading.value)


@lru_cache(maxsize=1 << 12)
def _phrases(words: str) -> list[tuple[re.Match[str], Read]]:
    """How the whole of some words is read, by each reader that knows them; alone if they can be."""
    folded = _plain(words)
    if _day_word().fullmatch(folded) or _weekday().fullmatch(folded.removeprefix("يوم ")):
        return []
    read = (_phrases_after(before, begun, folded) for before, begun in _BEFORE)
    return next(filter(None, read), [])


def _phrases_after(before: str, begun: str, folded: str) -> list[tuple[re.Match[str], Read]]:
    text = before + begun + folded
    whole = len(text) - len(folded), len(text)
    matches = ((pattern.match(text, len(before)), read) for pattern, read in asked(WORD.findall(text)))
    whole_ones = ((match, read) for match, read in matches if match and match.span("date") == whole)
    return [(match, read) for match, read in whole_ones if read(match, _SOME_DAY) is not None]


def _first_day(value: str) -> date | None:
    """The first day of a value, of a season that of its first month; None where the value does not say it."""
    first = value.partition("/")[0].rstrip("?~%").replace("X", "0")
    year, month, day = (*map(int, NUMBER.findall(first)), 1, 1)[:3] if first != ".." else (0, 0, 0)
    return day_of(year, month if month <= 12 else (month - 20) * 3, day)


def _is_read(value: str, reading: Reading) -> bool:
    """Whether a value is that of a reading, or as near to it as others may count."""
    ends, read = ([end.rstrip("?~%") for end in one.split("/")] for one in (value, reading.value))
    if len(ends) != len(read):
        return bool(reading.about) and ends[0] <= read[0] <= ends[-1]
    return all(end == other or _is_about(end, other, reading.about) for end, other in zip(ends, read, strict=True))


def _is_about(end: str, read: str, about: int) -> bool:
    if not about or not end[:4].isdecimal():
        return False
    return abs(_count(end) - _count(read[: len(end)])) <= (about if len(end) == len(read) else 0)


def _count(end: str) -> int:
    """Years, months or days up to a date."""
    if len(end) == 10:
        return date.fromisoformat(end).toordinal()
    year, _, month = end.partition("-")
    return int(year) * 12 + int(month) if month else int(year)


def _numbers(words: str) -> Iterator[tuple[str, int]]:
    """What the words of a date say: years, months, and days that stand beside a month."""
    said = months(words)
    yield from (("month", number) for number in said)
    for digits in NUMBER.findall(_plain(words)):
        if len(digits) == 4:
            yield "year", int(digits)
        elif said and len(digits) < 3:
            yield "day", int(digits)


def _parts(value: str) -> Iterator[tuple[str, int]]:
    """The years, months and days of an EDTF value, both ends of an interval."""
    for end in value.split("/"):
        for name, part in zip(("year", "month", "day"), end.rstrip("?~%").split("-"), strict=False):
            if part.isdecimal():
                yield name, int(part)
    ends = [list(map(int, NUMBER.findall(end))) for end in value.split("/")]
    if len(ends) == 2 and all(len(end) >= 2 for end in ends) and ends[0][0] == ends[1][0]:
        yield from (("month", number) for number in range(ends[0][1], ends[1][1]))
