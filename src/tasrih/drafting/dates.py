"""Dates in a text, resolved to EDTF against the day of publication. Names of days and months are data files."""

import re
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from tasrih.arabic import fold
from tasrih.drafting.hijri import hijri_dates, hijri_months
from tasrih.drafting.words import all_words, lines_of
from tasrih.lexicon import month_names

_YEARS = frozenset(["عام", "العام", "سنه", "السنه", "هجريه", "هجري", "ه"])


class Dated(NamedTuple):
    """A date: its offsets, EDTF value and form (named or nominal)."""

    start: int
    end: int
    value: str
    form: str


def dates(text: str, published: date | None) -> list[Dated]:
    """The dates of a text in their order; those that need the day of publication only when it is known."""
    if _hints().isdisjoint([word.folded for word in all_words(text)]):
        return []
    folded, places = fold(text)
    found = [
        Dated(places[start], _with_tatweel(text, places[end - 1] + 1), value, "named")
        for start, end, value in hijri_dates(folded, published)
    ]
    hijri = list(found)
    for match in _pattern().finditer(folded):
        resolved = _resolved(match, published)
        if resolved:
            start, last = places[match.start("date")], places[match.end("date") - 1]
            if not any(other.start < last and start < other.end for other in hijri):
                found.append(Dated(start, last + 1, *resolved))
    return sorted(found)


def _with_tatweel(text: str, end: int) -> int:
    """The end of a date after the tatweel of هـ."""
    return end + (text[end : end + 1] == "ـ")


def _resolved(match: re.Match[str], published: date | None) -> tuple[str, str] | None:
    if match["month"] or match["late_month"]:
        value = _month(match, published)
        return (value, "named") if value else None
    if match["year_alone"]:
        return f"{int(match['year_alone']):04}", "named"
    if published is None:
        return None
    direction = _calendar("before").get(match["direction"] or match["season_direction"] or "")
    if match["season"]:
        season = _calendar("season")[match["season"]]
        return f"{_season_year(published, season, direction)}-{season}", "nominal"
    if match["weekday"]:
        ahead = 1 if match["tomorrow"] else direction
        return _weekday(published, _calendar("weekday")[match["weekday"]], ahead).isoformat(), "nominal"
    return (published + timedelta(days=_calendar("day")[match["day_word"]])).isoformat(), "nominal"


def _month(match: re.Match[str], published: date | None) -> str | None:
    """A month, with its day and year as far as they are said or follow from the day of publication."""
    month = month_names()[match["month"] or match["late_month"]]
    day = int(match["day"]) if match["day"] else None
    if day is not None and not 1 <= day <= 31:
        return None
    direction = _calendar("before").get(match["month_direction"] or "")
    year = int(match["year"]) if match["year"] else _year(published, month, day or 15, direction)
    if year is None:
        return None
    try:
        return date(year, month, day).isoformat() if day else f"{year:04}-{month:02}"
    except ValueError:
        return None


def _year(published: date | None, month: int, day: int, direction: int | None) -> int | None:
    """The year in which a month without one is meant: the nearest, or the one in the direction that is said."""
    if published is None:
        return None
    near = (published.year - 1, published.year, published.year + 1)
    days = {year: (date(year, month, min(day, 28)) - published).days for year in near}
    fitting = {year: distance for year, distance in days.items() if not direction or distance * direction >= 0}
    return min(fitting, key=lambda year: abs(fitting[year]))


def _season_year(published: date, season: int, direction: int | None) -> int:
    """The year of the latest season that began, or of the next one."""
    begins = date(published.year, (season - 20) * 3, 21)
    if direction == 1:
        return published.year if begins > published else published.year + 1
    return published.year if begins <= published else published.year - 1


def _weekday(published: date, weekday: int, direction: int | None) -> date:
    """The latest such day up to the day of publication, or the next one after it."""
    if direction == 1:
        return published + timedelta(days=(weekday - published.weekday() - 1) % 7 + 1)
    return published - timedelta(days=(published.weekday() - weekday) % 7)


@cache
def _calendar(kind: str) -> dict[str, int]:
    rows = (line.split("\t") for line in lines_of("calendar.tsv"))
    return {fold(form)[0]: int(value) for label, value, forms in rows if label == kind for form in forms.split()}


@cache
def _hints() -> frozenset[str]:
    """Words of which every date has one, proclitics attached or not."""
    names = [name for kind in ("season", "weekday", "day") for name in _calendar(kind)]
    words = {name.replace("_", " ").split()[0] for name in (*names, *month_names(), *hijri_months())} | _YEARS
    return frozenset(words | {proclitic + word for proclitic in "وفبل" for word in words})


@cache
def _pattern() -> re.Pattern[str]:
    """Dates in folded text; a month by itself only after a word that makes it one."""
    month = "|".join(sorted(month_names(), key=len, reverse=True))
    named = {kind: "|".join(_calendar(kind)) for kind in ("season", "weekday", "day", "before")}
    both = rf"(?: ?[/(\-] ?(?:{month})\b\)?)?"
    year = rf"(?: (?:من )?(?:عام |سنه |العام )?(?P<year>[12]\d{{3}})\b| (?P<month_direction>{named['before']})\b)?"
    return re.compile(
        r"(?<!\w)[وفبل]?(?P<date>"
        rf"(?:اليوم التالي )?(?P<day>\d{{1,2}}) (?:من )?(?:شهر )?(?P<month>{month})\b{both}{year}"
        rf"|(?:(?<=شهر )|(?<=في )|(?<=منذ ))(?P<late_month>{month})\b{both}"
        r"|(?:(?<=عام )|(?<=العام )|(?<=سنه ))(?P<year_alone>[12]\d{3})\b"
        rf"|(?P<season>{named['season']})\b(?! العربي)(?: (?P<season_direction>{named['before']})\b)?"
        rf"|(?:(?:يوم|امس|اليوم|(?P<tomorrow>غدا)) )?(?P<weekday>{named['weekday']})\b"
        rf"(?: (?P<direction>{named['before']})\b)?"
        rf"|(?P<day_word>{named['day']})\b)"
    )
