"""Dates in a text, resolved to EDTF against the day of publication. Names and numbers are data files."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import NamedTuple

from tasrih.dates import gregorian, hijri, relative, seasons
from tasrih.dates.calendars import day_ordinals, named, plain
from tasrih.dates.phrases import WORD, Read, Reader, Reading, needed
from tasrih.text.letters import after_signs
from tasrih.text.words import PROCLITICS

_NUMBER = re.compile(f"[{PROCLITICS}]?(?:ال)?[0-9]")
_TWIN = re.compile(r" ?[،,(]? ?و?(?:الموافق|المصادف|الموافقه)(?: ل(?:يوم )?| (?:في |يوم )?|:? ?)")
_SIGN = re.compile(r" ?م(?!\w)")
_NEAR = 300
_FATHER = "أب"  # not آب, though the two fold alike


Asked = tuple[re.Pattern[str], Read]
"""The pattern of a reader, and how a match of it is read."""


class Dated(NamedTuple):
    """A date: its offsets, EDTF value and form (named or nominal)."""

    start: int
    end: int
    value: str
    form: str


class _Found(NamedTuple):
    """A phrase in the folded text, and what it is read as."""

    start: int
    end: int
    reading: Reading


def dates(text: str, published: date | None) -> list[Dated]:
    """The dates of a text in their order; those that need the day of publication only when it is known.

    A phrase that may mean more than one date, or none, is left out.
    """
    folded, places = plain(text)
    found = _agreeing(folded, _phrases(folded, published))
    past = _past(folded, found, published)
    return [
        Dated(places[start], _whole(text, after_signs(text, places[end - 1] + 1)), reading.value, reading.form)
        for (start, end, reading), doubtful in zip(found, past, strict=True)
        if reading.value and not doubtful and text[places[start] : places[end - 1] + 1] != _FATHER
    ]


def _whole(text: str, end: int) -> int:
    """Where a phrase ends with the sign of the Gregorian year behind it: 2015م, 2015 م (guidelines 11.45)."""
    sign = _SIGN.match(text, end) if text[end - 1].isdecimal() else None
    return sign.end() if sign else end


def _phrases(folded: str, published: date | None) -> list[_Found]:
    """The phrases that say a date, from the left, of those that begin alike the longest."""
    words = set(WORD.findall(folded))
    openings = set(filter(_may_open, words))
    readers_ = asked(words) if openings else []
    if not readers_:
        return []
    found: list[_Found] = []
    end = 0
    for start in [word.start() for word in WORD.finditer(folded) if word[0] in openings]:
        if start < end:
            continue
        day = found[-1].reading.value if found and _joined(folded, found[-1].end, start) else ""
        twin = len(day) == 10  # what الموافق joins to a day is the same day
        phrase = _longest(folded, start, date.fromisoformat(day) if twin else published, readers_)
        if phrase:
            found.append(phrase._replace(reading=phrase.reading._replace(guessed=False)) if twin else phrase)
            end = phrase.end
    return found


def _joined(folded: str, end: int, start: int) -> bool:
    return start - end < 30 and _TWIN.fullmatch(folded, end, start) is not None


def asked(words: Iterable[str]) -> list[Asked]:
    """The readers that may find something among the words of a text; only of these the patterns are compiled."""
    there = needed(words)
    return [(reader.pattern, reader.read) for reader in readers() if not there.isdisjoint(reader.needs)]


def _longest(folded: str, start: int, published: date | None, readers_: list[Asked]) -> _Found | None:
    matches = [(match, read) for pattern, read in readers_ if (match := pattern.match(folded, start))]
    matches.sort(key=lambda pair: pair[0].end("date"), reverse=True)
    for match, read in matches:
        reading = read(match, published)
        if reading is not None:
            return _Found(*match.span("date"), reading)
    return None


def _agreeing(folded: str, found: list[_Found]) -> list[_Found]:
    """The phrases, those that name one day in two ways with the value of the one that is exact."""
    agreed = list(found)
    for number in range(len(found) - 1, 0, -1):
        first, second = agreed[number - 1], agreed[number]
        if _joined(folded, first.end, second.start):
            agreed[number - 1] = _as(folded, first, second)
    return agreed


def _as(folded: str, first: _Found, second: _Found) -> _Found:
    """The first of two names of a day: with the value of the second when that is it, give or take a day or two."""
    words, value = folded[first.start : first.end], second.reading.value
    if len(value) != 10:
        return first
    weekday = named("weekday").get(words.removeprefix("يوم "))
    if weekday is not None:
        fits = date.fromisoformat(value).weekday() == weekday
        return first._replace(reading=Reading(value if fits else "", "nominal"))
    if any(name in words for name in named("hijri_month")) and len(first.reading.value) == 10:
        off = abs(date.fromisoformat(first.reading.value) - date.fromisoformat(value))
        return first._replace(reading=first.reading._replace(value=value)) if off <= timedelta(days=2) else first
    return first


def _past(folded: str, found: list[_Found], published: date | None) -> list[bool]:
    """Which phrases are guessed though a year long past is told of just before: في عام 1973 … وفي نوفمبر."""
    doubtful: list[bool] = []
    old = -_NEAR
    for phrase in found:
        value = phrase.reading.value
        recent = phrase.start - old < _NEAR and folded.count(". ", old, phrase.start) < 2 if old >= 0 else False
        doubtful.append(phrase.reading.guessed and recent)
        if published and value[:4].isdecimal() and not phrase.reading.guessed and phrase.reading.form == "named":
            old = phrase.end if int(value[:4]) < published.year - 1 else -_NEAR
    return doubtful


@cache
def readers() -> list[Reader]:
    """The readers of all dates."""
    return [reader for calendar in (hijri, gregorian, seasons, relative) for reader in calendar.readers()]


@lru_cache(maxsize=1 << 16)
def _may_open(word: str) -> bool:
    """Whether a date can begin with a folded word."""
    return word in _openings() or _NUMBER.match(word) is not None


@cache
def _openings() -> frozenset[str]:
    """Words with which a date can begin, proclitics attached or not."""
    kinds = ("season", "weekday", "day", "tied", "period", "decade", "month", "hijri_month", "opening")
    names = [name for kind in kinds for name in named(kind)] + [*day_ordinals()]
    names += [name.removeprefix("ال") for name in named("season")] + ["ال" + name for name in named("decade")]
    words = {name.split()[0] for name in names}
    return frozenset(
        words
        | {proclitic + word for proclitic in PROCLITICS for word in words}
        | {"لل" + word[2:] for word in words if word.startswith("ال")}
    )
