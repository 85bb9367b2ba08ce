"""Dates as the day of publication sees them: days, weekdays, weeks, months and years before and after it."""

import re
from datetime import date, timedelta
from functools import cache

from tasrih.dates.calendars import cardinal, cardinals, day, day_number, day_of, named, one_of
from tasrih.dates.phrases import UNSURE, Read, Reader, Reading, read_as, readers_of, word_before

_NO_DAY_AFTER = r"(?! (?:السوداء|الاسود|العظيمه|الحزينه|الدامي|المقدس|البيضاء|الابيض))"
_STILL_TO_COME = re.compile(
    r"(?<!\w)[وف]?(?:سوف|المقرر|المرتقب|المزمع|المنتظر|س[يت](?:كون|عقد|نعقد|بدا|تم|جري|قام|جتمع|لتقي|واجه|فتتح|نطلق|صل|زور|علن|"
    r"شهد|نظم|غادر|شارك|عود|ستقبل|ستمر|ستانف|توجه|حضر|صدر|ناقش|بحث|نتهي|غلق|قدم|طلق|لعب|عرض)\w*)(?!\w)"
)
_LONGEST_SENTENCE = 200
_WEEK_BEGINS = 2  # days: on Saturday or Sunday in many countries


def readers() -> list[Reader]:
    """The readers of relative dates."""
    before, units = one_of(named("before")), one_of(named("period"))
    weekday = rf"(?P<weekday>{one_of(named('weekday'))})(?!\w)"
    near = rf"(?P<near>{one_of([*named('day'), *named('tied')])})"
    twice = rf"(?: (?P<twice>ما قبل|قبل|بعد))? (?P<direction>{before})(?!\w)"
    unit, pair = one_of(named("unit")), one_of(named("pair"))
    count = rf"(?:(?P<count>[0-9]{{1,2}}|{cardinal()}) (?P<units>{unit})|(?P<pair>{pair})"
    one = rf"|(?P<single>{one_of(named('single'))})(?: (?:واحد|واحده)|(?=[،.,؛:!؟)\"»]|$)))(?!\w)"
    of_month = rf"(?:من )?(?:(?P<this>هذا الشهر)|(?P<month>الشهر )?(?P<direction>{before}))"
    by_weekday: dict[str, Read] = {
        rf"(?:يوم )?(?P<date>{near} {weekday})": _tied_weekday,
        rf"(?P<date>(?:يوم )?{weekday}(?:{twice})?){_NO_DAY_AFTER}": _weekday,
    }
    by_period: dict[str, Read] = {
        rf"(?P<date>(?P<period>{units}){twice})": _period,
        rf"(?P<date>(?P<this>هذا|هذه) (?P<period>{units}))(?!\w)": _period,
        r"(?P<date>(?P<period>العام|السنه|الشهر))(?! (?:ال|نفس|ذات|[0-9])|\w)": _bare_period,
    }
    ago = rf"(?P<date>قبل {count}{one})(?! (?:من(?! الان(?!\w))|ونصف|و?نيف|علي|[0-9]))"
    return [
        *readers_of(by_weekday, named("weekday")),
        *readers_of({rf"(?:يوم )?(?P<date>{near})(?!\w)": _day}, [*named("day"), *named("tied")]),
        *readers_of(by_period, named("period")),
        *readers_of({rf"(?P<date>(?P<day>{day()}) {of_month})(?!\w)": _day_of_month}, ["هذا", *named("before")]),
        *readers_of({ago: _ago}, ["قبل"]),
    ]


def _tied_weekday(match: re.Match[str], published: date | None) -> Reading:
    """Yesterday, Tuesday: the weekday decides when the day of publication is off by one."""
    if published is None:
        return UNSURE
    shift = (named("day") | named("tied"))[match["near"]]
    wanted = named("weekday")[match["weekday"]]
    days = [published + timedelta(days=shift + off) for off in (0, -1, 1)]
    fitting = [found for found in days if found.weekday() == wanted]
    return read_as(fitting[0] if fitting else None, "nominal")


def _weekday(match: re.Match[str], published: date | None) -> Reading | None:
    before = word_before(match)
    if before in named("no_day_before") or published is None:
        return UNSURE
    wanted = named("weekday")[match["weekday"]]
    past = (published.weekday() - wanted) % 7
    if match["direction"]:
        direction = named("before")[match["direction"]]
        return _directed(published, past, direction, match["twice"])
    row = _row().match(match.string, match.end())
    ahead = row or before in ("حتي", "قبل", "بحلول", "الي") or _still_to_come(match)
    return UNSURE if ahead else Reading((published - timedelta(days=past)).isoformat(), "nominal", guessed=True)


@cache
def _row() -> re.Pattern[str]:
    """After a weekday: another one up to which, or with which, it is meant."""
    weekday = one_of(named("weekday"))
    return re.compile(rf" (?:(?:الي|حتي) (?:يوم )?{weekday}|و{weekday} {one_of(named('before'))})(?!\w)")


def _directed(published: date, past: int, direction: int, twice: str | None) -> Reading:
    weeks = timedelta(days=7 if twice else 0)
    if direction == -1:
        return read_as(published - timedelta(days=past or 7) - weeks, "nominal")
    if direction == 1:
        return read_as(published + timedelta(days=7 - past) + weeks, "nominal")
    return UNSURE


def _still_to_come(match: re.Match[str]) -> bool:
    """Whether the sentence so far speaks of what is to come."""
    sentence = match.string[max(0, match.start() - _LONGEST_SENTENCE) : match.start()].rpartition(". ")[2]
    return _STILL_TO_COME.search(sentence) is not None


def _day(match: re.Match[str], published: date | None) -> Reading | None:
    before = word_before(match)
    tied = match["near"] in named("tied")
    if tied and before not in named("parts_of_a_day") and not match.group().startswith("يوم "):
        return None
    if tied and match["near"] == "اليوم" and before == "يوم":
        return None
    if match["near"] == "غدا" and before in ("قد", "لقد"):
        return None
    if published is None:
        return UNSURE
    shift = (named("day") | named("tied"))[match["near"]]
    return read_as(published + timedelta(days=shift), "nominal")


def _period(match: re.Match[str], published: date | None) -> Reading | None:
    """The last, this or the next week, month, year, decade or century; المدير العام الحالي is none."""
    found = match.groupdict()
    if found["period"] == "العام" and not found.get("this") and word_before(match) in named("general"):
        return None
    if published is None:
        return UNSURE
    shift = 0 if found.get("this") else named("before")[found["direction"]]
    if found.get("twice"):
        shift *= 2
    return _shifted(published, named("period")[found["period"]], shift)


def _shifted(published: date, period: int, shift: int) -> Reading:
    """A period so many before or after that of the day of publication; weeks begin on Monday, as in ISO 8601."""
    year, months = published.year, published.year * 12 + published.month - 1 + shift
    begin = published - timedelta(days=published.weekday()) + timedelta(days=7 * shift)
    values = {
        7: f"{begin.isoformat()}/{(begin + timedelta(days=6)).isoformat()}",
        30: f"{months // 12:04}-{months % 12 + 1:02}",
        365: f"{year + shift:04}",
        3650: f"{year // 10 + shift:03}X",
        36500: f"{year // 100 + shift:02}XX",
    }
    return Reading(values[period], "nominal", about=_WEEK_BEGINS if period == 7 else 0)


def _bare_period(match: re.Match[str], published: date | None) -> Reading | None:
    """The year or month whose beginning or end is spoken of."""
    if word_before(match) not in named("ends_of_a_period"):
        return None
    return _shifted(published, named("period")[match["period"]], 0) if published else UNSURE


def _day_of_month(match: re.Match[str], published: date | None) -> Reading | None:
    shift = 0 if match["this"] else named("before")[match["direction"]]
    plain = not match["this"] and not match["month"]
    if plain and (shift or word_before(match) not in ("في", "يوم", "منذ", "حتي", "من", "الي")):
        return None
    if published is None:
        return UNSURE
    months = published.year * 12 + published.month - 1 + shift
    found = day_of(months // 12, months % 12 + 1, day_number(match["day"]))
    return read_as(found, "nominal")


def _ago(match: re.Match[str], published: date | None) -> Reading | None:
    """So many days, weeks, months or years before; as exact as its unit."""
    if published is None:
        return UNSURE
    unit = named("pair")[match["pair"]] if match["pair"] else named("unit")[match["units"] or match["single"]]
    count = 2 if match["pair"] else 1
    if said := match["count"]:
        count = int(said) if said.isdecimal() else cardinals()[said]
    if unit in (1, 7):
        about = _WEEK_BEGINS if unit > 1 else 0
        return read_as(published - timedelta(days=unit * count), "nominal")._replace(about=about)
    return _shifted(published, unit, -count)._replace(about=1)
