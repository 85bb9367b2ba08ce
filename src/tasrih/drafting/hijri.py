"""Dates of the Hijri calendar (umm al-qura), resolved to EDTF. Names of months are a data file."""

import re
from datetime import date, timedelta
from functools import cache

from tasrih.arabic import fold
from tasrih.drafting.words import lines_of

_YEAR = re.compile(r"1[34]\d\d")
_MARK = r"(?: ?(?:ه|هجريه?|للهجره)\b)"


def hijri_dates(text: str, published: date | None) -> list[tuple[int, int, str]]:
    """The Hijri dates of a folded text: start, end, and the day, or an interval for a month or year.

    A date without its year is the nearest one to the day of publication. Years outside 1343–1500 are left out.
    """
    found: list[tuple[int, int, str]] = []
    if not any(name in text for name in hijri_months()) and not _YEAR.search(text):
        return found
    for match in _pattern().finditer(text):
        value = _value(match, published)
        if value:
            found.append((*match.span("date"), value))
    return found


def _value(match: re.Match[str], published: date | None) -> str | None:
    year = match["year"] or match["year_of_month"] or match["year_alone"]
    name = match["month"] or match["month_alone"]
    month = hijri_months()[name] if name else None
    day = int(match["day"]) if match["day"] else None
    try:
        if year:
            return _interval(int(year), month, day)
        return _nearest(month, day, published) if month and published else None
    except (ValueError, OverflowError):
        return None


def _interval(year: int, month: int | None, day: int | None) -> str:
    """A day, or the first and last day of a month or year."""
    from hijridate import Hijri

    if month and day:
        return str(Hijri(year, month, day).to_gregorian().isoformat())
    first = Hijri(year, month or 1, 1)
    last = Hijri(year, month or 12, 1)
    end = last.to_gregorian() + timedelta(days=last.month_length() - 1)
    return f"{first.to_gregorian().isoformat()}/{end.isoformat()}"


def _nearest(month: int, day: int | None, published: date) -> str:
    from hijridate import Gregorian

    year = Gregorian.fromdate(published).to_hijri().year
    around = [_interval(other, month, day) for other in (year - 1, year, year + 1)]
    return min(around, key=lambda value: abs(date.fromisoformat(value[:10]) - published))


@cache
def hijri_months() -> dict[str, int]:
    """The numbers of Hijri months by their folded names."""
    rows = (line.split("\t") for line in lines_of("hijri.tsv"))
    return {fold(name)[0].replace("_", " "): int(number) for number, names in rows for name in names.split()}


@cache
def _pattern() -> re.Pattern[str]:
    """Hijri dates in folded text; a month by itself only after شهر or before its year."""
    month = "|".join(sorted(hijri_months(), key=len, reverse=True))
    year = _YEAR.pattern
    return re.compile(
        r"(?<!\w)[وفبل]?(?P<date>"
        rf"(?P<day>\d{{1,2}}) (?:من )?(?:شهر )?(?P<month>{month})\b(?: (?:من )?(?:عام |سنه )?(?P<year>{year}){_MARK}?)?"
        rf"|(?P<month_alone>{month}) (?:عام |سنه )?(?P<year_of_month>{year}){_MARK}?"
        rf"|(?P<year_alone>{year}){_MARK})"
    )
