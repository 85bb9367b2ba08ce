"""A line that says the day of publication, and nothing else."""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from tasrih.dates.calendars import NUMERIC, day_number, day_of, day_ordinals, named, numeric_day, one_of, plain
from tasrih.dates.hijri import hijri_days

_LONGEST = 200
_LABEL = 30
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}")  # without it no day stands in a line
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_UPDATED = re.compile(r"تحديث|حدث|تعديل|(?<!\w)عدل|updat|modif|edited")
_PUBLISHED = re.compile(r"نشر|منشور|كتب|اضيف|اضافه|انشئ|ادرج|صدر|حرر|publish|posted|created")
_TIME = re.compile(
    r"(?<![0-9])[0-2]?[0-9][:.٫][0-5][0-9](?:[:.][0-5][0-9](?:\.[0-9]{1,6})?)?(?![0-9])"
    r"|(?:gmt|utc|(?<=[0-9])) ?[+-] ?[0-9]{1,2}(?::?[0-9]{2})?(?![0-9])"
    r"|الساعه:? ?[0-9]{1,2}(?![0-9:.])|العدد:? ?\(?[0-9]{1,6}(?![0-9])"
    r"|(?:بتوقيت|بالتوقيت) \w+(?: (?:المكرمه|المنوره|ظبي|الشريف|الصيفي|الشتوي|المتحده))?"
    r"|(?:(?:وقت|مده) )?(?:(?:ال|لل)?قراءه:? ?)?[0-9]{1,3} (?:دقيقه|دقائق|mins?)(?: (?:ال|لل)?قراءه| read)?(?!\w)"
    r"|(?:منذ|قبل) (?:[0-9]{1,3} )?(?:ثانيه|ثوان|دقيق\w{2,4}|دقائق|ساع\w{1,4}|يوم|يومين|ايام)(?!\w)"
    r"|(?:منذ|قبل) (?:[0-9]{1,3} )?(?:اسبوع|اسبوعين|اسابيع|شهر|شهرين|اشهر|سنه|سنتين|سنوات)(?!\w)"
)


class DateLine(NamedTuple):
    """What a line says of the day of publication: the day (ISO 8601), if any, and whether it is that of a change."""

    day: str | None
    updated: bool


class _Day(NamedTuple):
    start: int
    end: int
    day: date | None


def date_line(text: str) -> DateLine | None:
    """What a line says that is about the day of publication and nothing else; None for any other line."""
    if len(text) > _LONGEST or not (len(text) < _LABEL or _DIGIT.search(text)):
        return None
    line = " ".join(plain(text)[0].split())
    days = _days(line)
    twins = [_Day(start, end, date.fromisoformat(value)) for start, end, value in hijri_days(line)]
    said = days or twins
    if not (said or _is_label(line)) or not _only_known(_TIME.sub(" ", _without(line, [*days, *twins]))):
        return None
    first = [found for found in said if not _is_update(line, found, said)]
    chosen = {found.day for found in first or said}
    day = chosen.pop() if len(chosen) == 1 else None
    return DateLine(day.isoformat() if day else None, bool(said) and not first)


def _without(line: str, days: list[_Day]) -> str:
    for found in sorted(days, key=lambda day: day.start, reverse=True):
        line = f"{line[: found.start]} {line[found.end :]}"
    return line


def _only_known(rest: str) -> bool:
    known = named("dateline").keys() | named("weekday").keys()
    return all(word in known for word in _WORD.findall(rest))


def _is_label(line: str) -> bool:
    """Whether a line without a day is about one all the same: two words, or one and a colon."""
    labelled = _PUBLISHED.search(line) or _UPDATED.search(line)
    return bool(labelled) and (":" in line or len(line.split()) > 1)


def _is_update(line: str, found: _Day, days: list[_Day]) -> bool:
    """Whether the last label before a day speaks of a change."""
    before = line[max((other.end for other in days if other.end <= found.start), default=0) : found.start]
    update = max((match.start() for match in _UPDATED.finditer(before)), default=-1)
    return update > max((match.start() for match in _PUBLISHED.finditer(before)), default=-1)


def _days(line: str) -> list[_Day]:
    """The days of a line, in their order; one that is in no calendar has no date."""
    if not _YEAR.search(line):
        return []
    weekdays = {value for name, value in named("weekday").items() if name in line}
    weekday = weekdays.pop() if len(weekdays) == 1 else None
    days: list[_Day] = []
    for pattern in _patterns():
        for match in pattern.finditer(line):
            if not any(day.start < match.end() and match.start() < day.end for day in days):
                days.append(_Day(*match.span(), _date(match.groupdict(), weekday)))
    return sorted(days, key=lambda day: day.start)


def _date(found: dict[str, str], weekday: int | None) -> date | None:
    if "numeric" in found:
        return numeric_day(found["numeric"], weekday)
    numbers = {_months()[found[name]] for name in ("month", "twin") if found[name]}
    return day_of(int(found["year"]), numbers.pop(), day_number(found["day"])) if len(numbers) == 1 else None


@cache
def _months() -> dict[str, int]:
    return named("month") | named("latin")


@cache
def _patterns() -> list[re.Pattern[str]]:
    """A day, month and year in any order, the month by one or two names; or in numbers."""
    month = one_of(_months())
    both = rf"(?P<month>{month})\b\.?(?: ?[/(–-]? ?(?P<twin>{month})\b ?\)?)?"
    day = rf"(?<!\w)(?P<day>[0-9]{{1,2}}|{one_of(day_ordinals())})(?:st|nd|rd|th)?(?!\w)"
    year = rf"(?<!\w)(?P<year>{_YEAR.pattern})(?: ?م(?!\w)|(?!\w))"
    gap = r"(?: ?[-/،,.–] ?| )"
    return [
        re.compile(rf"{day}{gap}(?:من )?(?:شهر )?{both}{gap}(?:من )?(?:لل|ال|ل)?(?:عام |سنه )?{year}"),
        re.compile(rf"(?<!\w){both}{gap}{day}{gap}{{1,2}}{year}"),
        re.compile(rf"{year}{gap}{both}{gap}{day}"),
        re.compile(rf"(?P<numeric>{NUMERIC})(?:t(?=[0-9])|(?: ?م)?(?!\w))"),
    ]
