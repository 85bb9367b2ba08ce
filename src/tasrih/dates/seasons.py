"""Seasons, decades, centuries, and the halves and quarters of a year."""

import re
from datetime import date, timedelta
from functools import cache

from tasrih.dates.calendars import named, one_of, ordinal, ordinals
from tasrih.dates.gregorian import a_year, in_year, month, of_year, said_year
from tasrih.dates.phrases import UNSURE, YEAR, Read, Reader, Reading, nearest, read_as, readers_of, word_before

_NEARLY_AS_NEAR = 30  # days: of two seasons that are as likely, neither is said
_PEOPLE = "(?:رجل|امراه|سيده|شاب|شخص|مواطن|سجين|وهو|وهي|كان|كانت|رجلا|شابا|بينهم)"
_CENTURY = r"القرن (?P<century>{})(?!\w)(?! (?:الهجري|قبل|هجري|ق))(?: الميلادي)?"
_PARTS = {"الربع": 3, "النصف": 6, "الفصل": 3}


def readers() -> list[Reader]:
    """The readers of seasons and of what is longer or shorter than a year."""
    before, season = one_of(named("before")), one_of(_seasons())
    century = _CENTURY.format(rf"{ordinal()}|(?:ال ?)?[0-9]{{1,2}}")
    of_century = rf"(?: (?:من )?(?:{century}|القرن (?P<direction>{before})(?!\w)))"
    part = one_of(_PARTS)
    year = a_year()
    which_year = rf"(?:{year}| (?P<direction>{before})(?!\w))"
    years = rf"(?:ال)?(?:عام )?{YEAR}[/-](?:{YEAR}|[0-9]{{2}})"
    number = rf"(?P<number>{one_of(_ordinals())})"
    of_season: dict[str, Read] = {
        rf"(?P<date>(?:(?P<near>هذا) )?(?P<season>{season})(?!\w){which_year})": _season,
        rf"(?P<date>(?P<near>هذا) (?P<season>{season}))(?!\w)": _season,
        rf"(?P<date>(?P<season>{one_of(named('season'))}))(?!\w)(?! العربي)": _bare_season,
        rf"(?P<date>(?P<season>{season}) {years})(?!\w)": lambda *_: UNSURE,
    }
    decade = (
        rf"(?P<date>(?:عقد )?(?:ال)?(?P<decade>{one_of(named('decade'))})(?!\w){of_century}?)"
        r"(?! (?:من )?(?:العمر|عمر))"
    )
    of_month = rf"(?P<date>(?P<part>النصف|الاسبوع) {number} من (?:شهر )?{month()}{of_year()}?)"
    return [
        *readers_of(of_season, _seasons()),
        *readers_of({decade: _decade}, [form for name in named("decade") for form in (name, f"ال{name}")]),
        *readers_of({rf"(?P<date>{century})": _century}, ["القرن"]),
        *readers_of({rf"(?P<date>(?P<part>{part}) {number}{year})": _part}, _PARTS),
        *readers_of({of_month: _part_of_month}, named("month")),
    ]


@cache
def _seasons() -> dict[str, int]:
    """Seasons, with the article and without."""
    return named("season") | {name.removeprefix("ال"): value for name, value in named("season").items()}


@cache
def _ordinals() -> dict[str, int]:
    return {name: value for name, value in ordinals().items() if value < 5} | {"الاخير": 0}


def _season(match: re.Match[str], published: date | None) -> Reading | None:
    season = _seasons()[match["season"]]
    found = match.groupdict()
    year = said_year(found, published)
    if found.get("year") or found.get("spelled") or year is not None:
        return Reading(f"{year:04}-{season}", "nominal") if year else UNSURE
    if not match["season"].startswith("ال") or published is None:
        return UNSURE if published is None else None
    if found.get("direction"):
        return _directed(published, season, named("before")[found["direction"]])
    return _nearest(published, season) if match["near"] else UNSURE


def _bounds(year: int, season: int) -> tuple[date, date, date]:
    """The first day of a season for the weather, for the sun, and the first day after it for the weather."""
    first = (season - 20) * 3
    return date(year, first, 1), date(year, first, 21), date(year + (first == 12), (first + 3 - 1) % 12 + 1, 1)


def _directed(published: date, season: int, direction: int) -> Reading:
    """The last season that has ended, or the next that begins; nothing in the weeks in which both may be meant."""
    bounds = {year: _bounds(year, season) for year in range(published.year - 2, published.year + 2)}
    if direction == 0:
        return _nearest(published, season)
    if direction == 1:
        if any(weather <= published < sun for weather, sun, _ in bounds.values()):
            return UNSURE
        year = min(year for year, (weather, _, _) in bounds.items() if weather > published)
    else:
        year = max(year for year, (_, _, end) in bounds.items() if end <= published)
    return Reading(f"{year:04}-{season}", "nominal")


def _nearest(published: date, season: int) -> Reading:
    years = range(published.year - 1, published.year + 2)
    off = ((abs((_bounds(year, season)[1] - published).days + 45), f"{year:04}-{season}") for year in years)
    return read_as(nearest(off, _NEARLY_AS_NEAR), "nominal")


def _bare_season(match: re.Match[str], published: date | None) -> Reading | None:
    before = word_before(match)
    if before not in named("season_after"):
        return None
    if published is None:
        return UNSURE
    if before in ("قبل", "بحلول"):
        return _directed(published, named("season")[match["season"]], 1)
    return _nearest(published, named("season")[match["season"]])._replace(guessed=True)


def _decade(match: re.Match[str], published: date | None) -> Reading | None:
    decade = named("decade")[match["decade"]] // 10
    if match["century"]:
        number = _century_number(match["century"])
        return Reading(f"{number - 1}{decade}X") if 11 <= number <= 21 else UNSURE
    if match["direction"]:
        shift = named("before")[match["direction"]]
        return Reading(f"{published.year // 100 + shift}{decade}X") if published else UNSURE
    text = match.string[max(0, match.start() - 40) : match.start()]
    if word_before(match) not in named("decade_after") or re.search(rf"(?<!\w){_PEOPLE} \w+ $", text) or decade < 4:
        return None
    recent = published and published.year // 100 == 20 and match["date"].startswith("ال")
    return Reading(f"19{decade}X") if recent else UNSURE


def _century(match: re.Match[str], _: date | None) -> Reading:
    number = _century_number(match["century"])
    return Reading(f"{number - 1}XX") if 11 <= number <= 21 else UNSURE


def _century_number(words: str) -> int:
    return ordinals().get(words) or int(words.removeprefix("ال"))


def _part(match: re.Match[str], published: date | None) -> Reading:
    """A quarter or half of a year, as the interval of its months."""
    months, year = _PARTS[match["part"]], said_year(match.groupdict(), published)
    number = _ordinals()[match["number"]] or 12 // months
    if year is None or number * months > 12:
        return UNSURE
    form = "named" if match["year"] or match["spelled"] else "nominal"
    return Reading(f"{year:04}-{(number - 1) * months + 1:02}/{year:04}-{number * months:02}", form)


def _part_of_month(match: re.Match[str], published: date | None) -> Reading:
    """Half a month or one of its weeks, as the interval of its days."""
    whole = in_year(match, published)
    if len(whole.value) != 7:
        return UNSURE
    year, number = map(int, whole.value.split("-"))
    last = (date(year + (number == 12), number % 12 + 1, 1) - timedelta(days=1)).day
    halves = {"الاول": (1, 15), "الثاني": (16, last)}
    weeks = {"الاول": (1, 7), "الثاني": (8, 14), "الثالث": (15, 21)}
    first, end = (halves if match["part"] == "النصف" else weeks).get(match["number"], (0, 0))
    if not first:
        return UNSURE
    return Reading(f"{whole.value}-{first:02}/{whole.value}-{end:02}", guessed=whole.guessed)
