"""Dates of the Hijri calendar (umm al-qura), resolved to EDTF. Names of months are a data file."""

import re
from datetime import date, timedelta
from functools import cache

from tasrih.dates.calendars import NUMBER, day_number, day_ordinals, named, one_of
from tasrih.dates.phrases import NUMBERS, UNSURE, Read, Reader, Reading, nearest, read_as, readers_of, word_before

_YEAR = "1[34][0-9]{2}"
_MARK = r"(?: ?(?:ه|هجريه?|للهجره)(?!\w))"
_NEARLY_AS_NEAR = 45  # days: of two years that are as likely, neither is said
_SIGHTED = 2  # days: so much sooner or later a month begins in other countries


@cache
def readers() -> list[Reader]:
    """The readers of days, months and years; a month by itself only after شهر, before its year or الماضي.

    A date without its year is the nearest one to the day of publication. Years outside 1343–1500 are left out.
    """
    month, before = one_of(named("hijri_month")), one_of(named("before"))
    weekday, day = one_of(named("weekday")), rf"[0-9]{{1,2}}|{one_of(day_ordinals())}"
    year = rf"(?:من )?(?:عام |سنه )?(?P<year>{_YEAR})(?![\w/-]?[0-9]){_MARK}?(?! ?(?:م|ميلاد\w*)(?!\w))"
    numbers = r"[0-9]{1,2} ?(?P<joint>[/-]) ?[0-9]{1,2} ?(?P=joint) ?"
    unsaid = r" (?:من |في )?(?P<open>(?:(?:نفس|ذات|ذلك|تلك|كل|اي) )?(?:ال|لل|ل)?(?:عام|سنه|اعوام)(?!\w))"
    lead = rf"(?:{weekday}(?: {before})? )?(?:اليوم )?"
    end = rf"(?: (?P<direction>{before})(?!\w)|{unsaid})?"
    day_of_month = rf"(?P<day>{day}) (?:من )?(?:شهر )?(?P<month>{month})(?!\w)"
    by_month: dict[str, Read] = {
        rf"(?:يوم )?(?P<date>{lead}{day_of_month}(?:،? {year}|{end}))": _day,
        rf"(?P<date>(?P<month>{month}) {year})": _month,
        rf"(?P<date>(?P<month>{month})(?: المبارك)?{end})(?!\w)": _month,
    }
    by_number: dict[str, Read] = {
        rf"(?:(?:ال|لل|ل)?(?:عام|سنه) )?(?P<date>(?P<year>{_YEAR}){_MARK})": _year,
        rf"(?P<date>(?:{weekday}،? )?(?P<numbers>{numbers}{_YEAR})(?![0-9]){_MARK}?)": _in_numbers,
    }
    return readers_of(by_month, named("hijri_month")) + readers_of(by_number, NUMBERS)


def _day(match: re.Match[str], published: date | None) -> Reading:
    month, day = named("hijri_month")[match["month"]], day_number(match["day"])
    if match["year"]:
        return _sighted(_interval(int(match["year"]), month, day))
    return _nearest(month, day, published, match["direction"]) if not match["open"] else UNSURE


def _month(match: re.Match[str], published: date | None) -> Reading | None:
    found = match.groupdict()
    month = named("hijri_month")[match["month"]]
    if found.get("year"):
        return _sighted(_interval(int(found["year"]), month, None))
    if not found.get("direction") and word_before(match) != "شهر":
        return None
    return _nearest(month, None, published, found.get("direction")) if not found.get("open") else UNSURE


def _year(match: re.Match[str], _: date | None) -> Reading:
    return _sighted(_interval(int(match["year"]), None, None))


def _in_numbers(match: re.Match[str], _: date | None) -> Reading:
    day, month, year = map(int, NUMBER.findall(match["numbers"]))
    return _sighted(_interval(year, month, day))


def _sighted(value: str | None) -> Reading:
    """The reading of days that begin elsewhere when the moon is seen there."""
    return read_as(value)._replace(about=_SIGHTED)


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
    off = (
        (abs(days), value)
        for value in around
        if (days := (date.fromisoformat(value[:10]) - published).days) * wanted > 0 or not wanted
    )
    return _sighted(nearest(off, 0 if wanted else _NEARLY_AS_NEAR))._replace(guessed=not direction)


def hijri_days(text: str) -> list[tuple[int, int, str]]:
    """The days with their year in a folded text: start, end, and the day of the Gregorian calendar."""
    found: list[tuple[int, int, str]] = []
    for reader in readers() if re.search(_YEAR, text) else ():
        for match in reader.pattern.finditer(text):
            reading = reader.read(match, None)
            if reading and len(reading.value) == 10:
                found.append((*match.span("date"), reading.value))
    return found
