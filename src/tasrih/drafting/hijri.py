"""Dates of the Hijri calendar (umm al-qura), resolved to EDTF. Names of months are a data file."""

import re
from datetime import date, timedelta
from functools import cache

from tasrih.drafting.calendars import day_number, day_ordinals, named, one_of
from tasrih.drafting.readings import UNSURE, Reader, Reading, word_before
from tasrih.text.lists import labelled

_YEAR = "1[34][0-9]{2}"
_MARK = r"(?: ?(?:ه|هجريه?|للهجره)(?!\w))"
_NEARLY_AS_NEAR = 45  # days: of two years that are as likely, neither is said
_NUMBERS = re.compile("[0-9]+")


@cache
def hijri_readers() -> list[Reader]:
    """The readers of days, months and years; a month by itself only after شهر, before its year or الماضي.

    A date without its year is the nearest one to the day of publication. Years outside 1343–1500 are left out.
    """
    month, before = one_of(hijri_months()), one_of(named("before"))
    weekday, day = one_of(named("weekday")), rf"[0-9]{{1,2}}|{one_of(day_ordinals())}"
    year = rf"(?:من )?(?:عام |سنه )?(?P<year>{_YEAR})(?![\w/-]?[0-9]){_MARK}?(?! ?(?:م|ميلاد\w*)(?!\w))"
    start, numbers = r"(?<![\w/.:-])[وفبلك]?", r"[0-9]{1,2} ?(?P<joint>[/-]) ?[0-9]{1,2} ?(?P=joint) ?"
    unsaid = r" (?:من |في )?(?P<open>(?:(?:نفس|ذات|ذلك|تلك|كل|اي) )?(?:ال|لل|ل)?(?:عام|سنه|اعوام)(?!\w))"
    lead = rf"(?:{weekday}(?: {before})? )?(?:اليوم )?"
    return [
        (
            re.compile(
                rf"{start}(?:يوم )?(?P<date>{lead}(?P<day>{day}) (?:من )?(?:شهر )?(?P<month>{month})(?!\w)"
                rf"(?:،? {year}| (?P<direction>{before})(?!\w)|{unsaid})?)"
            ),
            _day,
        ),
        (re.compile(rf"{start}(?P<date>(?P<month>{month}) {year})"), _month),
        (
            re.compile(
                rf"{start}(?P<date>(?P<month>{month})(?: المبارك)?(?: (?P<direction>{before})(?!\w)|{unsaid})?)(?!\w)"
            ),
            _month,
        ),
        (re.compile(rf"{start}(?:(?:ال|لل|ل)?(?:عام|سنه) )?(?P<date>(?P<year>{_YEAR}){_MARK})"), _year),
        (re.compile(rf"{start}(?P<date>(?:{weekday}،? )?(?P<numbers>{numbers}{_YEAR})(?![0-9]){_MARK}?)"), _in_numbers),
    ]


def _day(match: re.Match[str], published: date | None) -> Reading:
    month, day = hijri_months()[match["month"]], day_number(match["day"])
    if match["year"]:
        return _reading(_interval(int(match["year"]), month, day))
    return _nearest(month, day, published, match["direction"]) if not match["open"] else UNSURE


def _month(match: re.Match[str], published: date | None) -> Reading | None:
    found = match.groupdict()
    month = hijri_months()[match["month"]]
    if found.get("year"):
        return _reading(_interval(int(found["year"]), month, None))
    if not found.get("direction") and word_before(match) != "شهر":
        return None
    return _nearest(month, None, published, found.get("direction")) if not found.get("open") else UNSURE


def _year(match: re.Match[str], _: date | None) -> Reading:
    return _reading(_interval(int(match["year"]), None, None))


def _in_numbers(match: re.Match[str], _: date | None) -> Reading:
    day, month, year = map(int, _NUMBERS.findall(match["numbers"]))
    return _reading(_interval(year, month, day))


def _reading(value: str | None) -> Reading:
    return Reading(value) if value else UNSURE


def _interval(year: int, month: int | None, day: int | None) -> str | None:
    """A day, or the first and last day of a month or year; None for what is in no calendar."""
    from hijridate import Hijri

    try:
        if month and day:
            return str(Hijri(year, month, day).to_gregorian().isoformat())
        first = Hijri(year, month or 1, 1)
        last = Hijri(year, month or 12, 1)
    except (ValueError, OverflowError):
        return None
    end = last.to_gregorian() + timedelta(days=last.month_length() - 1)
    return f"{first.to_gregorian().isoformat()}/{end.isoformat()}"


def _nearest(month: int, day: int | None, published: date | None, direction: str | None) -> Reading:
    """A day or month without its year: the nearest, or the one in the direction that is said."""
    from hijridate import Gregorian

    if published is None:
        return UNSURE
    try:
        year = Gregorian.fromdate(published).to_hijri().year
    except (ValueError, OverflowError):
        return UNSURE
    wanted = named("before")[direction] if direction else 0
    around = [value for other in range(year - 2, year + 3) if (value := _interval(other, month, day))]
    off = sorted(
        (abs(days), value)
        for value in around
        if (days := (date.fromisoformat(value[:10]) - published).days) * wanted > 0 or not wanted
    )
    if not off or (not wanted and len(off) > 1 and off[1][0] - off[0][0] < _NEARLY_AS_NEAR):
        return UNSURE
    return Reading(off[0][1], guessed=not direction)


@cache
def hijri_months() -> dict[str, int]:
    """The numbers of Hijri months by their folded names."""
    return {name: int(number) for number, name in labelled("hijri")}


def hijri_days(text: str) -> list[tuple[int, int, str]]:
    """The days with their year in a folded text: start, end, and the day of the Gregorian calendar."""
    found: list[tuple[int, int, str]] = []
    for pattern, read in hijri_readers():
        for match in pattern.finditer(text):
            reading = read(match, None)
            if reading and len(reading.value) == 10:
                found.append((*match.span("date"), reading.value))
    return found
