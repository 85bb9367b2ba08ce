"""Days, months and years of the Gregorian calendar, by number or by name, and ranges of them."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from tasrih.dates.calendars import NUMERIC, cardinal, cardinals, day, day_number, day_of, named, numeric_day, one_of
from tasrih.dates.phrases import NUMBERS, UNSURE, YEAR, Read, Reader, Reading, nearest, read_as, readers_of, word_before

_NEARLY_AS_NEAR = 45  # days: of two years that are as likely, neither is said
_SAME_YEAR = 300  # days: one farther off, on the weekday that is said, is as likely a slip
_CALLED_BY_THEIR_DAY = {(9, 11), (10, 7)}  # of 2001 and 2023, in whatever year they are named
_MODERN = range(1900, 2060)
_THOUSANDS = {"الفين": 2000, "الفان": 2000, "الف": 1000}
_SURELY_A_MONTH = ("year", "spelled", "year_direction", "this", "direction", "open", "month_twin")
_HUNDRED, _TWO_HUNDRED = ("مائه", "مئه", "ميه"), ("مائتين", "مئتين")
_STEMS = ("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع")


def readers() -> list[Reader]:
    """The readers of this calendar."""
    return _days_said() + _months_said() + _years_said()


@cache
def month(name: str = "month") -> str:
    """A month by one of its names or two: سبتمبر (أيلول)."""
    one = one_of(named("month"))
    twin = rf" ?(?P<{name}_joint>[/(–-]) ?(?P<{name}_twin>{one})(?!\w)(?: ?\))?"
    return rf"(?P<{name}>{one})(?!\w)(?:{twin}| (?P<{name}_also>{one})(?!\w))?"


@cache
def year_end() -> str:
    """A pattern after the digits of a year: they end, and nothing that is counted follows."""
    counted = one_of(named("counted"))
    return rf"(?:(?![\w.,٫٬/:%٪-])|(?=م(?!\w)|[.,٫٬/:-](?![0-9])))(?! ?[%٪]| {counted}(?!\w))"


@cache
def _hundreds() -> dict[str, int]:
    stems = {"": 100, **{stem: 100 * number for number, stem in enumerate(_STEMS, 3)}, "ثماني": 800}
    joined = {f"{stem}{gap}{word}": value for stem, value in stems.items() for word in _HUNDRED for gap in ("", " ")}
    return {form.strip(): value for form, value in joined.items()} | dict.fromkeys(_TWO_HUNDRED, 200)


def _hundred() -> str:
    """A pattern for `_hundreds`: their parts, since all of them in a row take long to compile."""
    return rf"(?:(?:{one_of([*_STEMS, 'ثماني'])} ?)?{one_of(_HUNDRED)}|{one_of(_TWO_HUNDRED)})"


@cache
def year_said() -> re.Pattern[str]:
    """A pattern for what says a year, in digits or words."""
    return re.compile(rf"[0-9]{{4}}|(?<!\w){one_of(_THOUSANDS)}(?!\w)")


@cache
def spelled_year() -> str:
    """A pattern for a year in words, the whole of the number."""
    hundred, small = _hundred(), cardinal()
    return rf"{one_of(_THOUSANDS)}(?: و{hundred})?(?: و{small})?(?!\w| و(?:{small}|{hundred})(?!\w))"


def year_number(words: str) -> int:
    """The year that digits or words say."""
    if words.isdecimal():
        return int(words)
    thousand, _, rest = words.partition(" و")
    number = _THOUSANDS[thousand]
    if rest in cardinals():
        return number + cardinals()[rest]
    hundred, _, small = rest.partition(" و")
    return number + _hundreds().get(hundred, 0) + cardinals().get(small, 0)


@cache
def a_year() -> str:
    """What says a year after what lies in it: the year itself, or the one beside that of publication."""
    before, word = one_of(named("before")), "(?:لل|ال|ل)?(?:عام|سنه) "
    return (
        rf"(?:(?: ?[،,/-] ?| )(?:من )?(?:{word})?(?P<year>{YEAR}){year_end()}"
        rf"| (?:من )?{word}(?P<spelled>{spelled_year()})"
        rf"| (?:من )?(?:العام|السنه) (?P<year_direction>{before})(?!\w)"
        r"| (?:من )?(?P<this>هذا العام|هذه السنه)(?!\w))"
    )


@cache
def of_year() -> str:
    """What says the year of a month: a year, or الماضي; or words that leave it open."""
    return (
        rf"(?:{a_year()}| (?P<direction>{one_of(named('before'))})(?!\w)"
        r"| (?:من |في )?(?P<open>(?:(?:نفس|ذات|ذلك|تلك|كل|اي) )?(?:ال|لل|ل)?(?:عام|سنه|اعوام)|العام"
        r"|['’]?[0-9]{2}(?= ?(?:$|[،.,)])))(?!\w))"
    )


@cache
def weekday() -> str:
    """A weekday before a day, with what ties it to the day of publication: امس الثلاثاء."""
    near = one_of([*named("day"), *named("tied")])
    return rf"(?:{near} )?(?P<weekday>{one_of(named('weekday'))})(?: {one_of(named('before'))})?"


def _days_said() -> list[Reader]:
    gap, start = r"(?: ?[/-] ?| من شهر | من | شهر | )", "(?:يوم )?"
    lead = rf"(?:{weekday()}(?:،? | ?(?P<bracket>\()))?"
    whole = rf"(?P<day>{day()}){gap}{month()}{of_year()}?"
    joint = "(?P<joint> و ?|-| - | ?– ?| الي | حتي | الي يوم | الي غايه )"
    begin = rf"(?P<first>{day()})"
    by_month: dict[str, Read] = {
        rf"{start}(?P<date>(?:{lead}|اليوم التالي ){whole}(?(bracket) ?\)))": _day,
        rf"{start}(?P<date>{begin}{joint}{whole})": _days,
        rf"{start}(?P<date>{begin}{gap}{month('begin')}{joint}{whole})": _days,
    }
    by_number: dict[str, Read] = {
        rf"{start}(?P<date>{lead}(?P<numeric>{NUMERIC})(?=م?(?!\w))(?(bracket) ?\)))": _numeric,
    }
    return readers_of(by_month, named("month")) + readers_of(by_number, NUMBERS)


def _months_said() -> list[Reader]:
    span = rf"{month('begin')} (?P<joint>و|الي |حتي )(?:شهر )?{month()}{of_year()}?"
    said: dict[str, Read] = {
        rf"(?P<date>{span})": _months,
        rf"(?P<date>{month()}{of_year()}?)(?! كلين)": _month,
    }
    return readers_of(said, named("month"))


def _years_said() -> list[Reader]:
    word = r"(?:لل|ال|ل)?(?:عامي|عامين|اعوام|سنوات|سنتي|سنتين|عام|سنه)"
    joint = r"(?P<joint> و ?|-| - | ?– ?|/| الي | حتي )"
    span = rf"(?P<first>{YEAR}){joint}(?:(?:ال)?(?:عام|سنه) )?(?P<last>{YEAR})"
    before_christ = r"قبل الميلاد|ق\.? ?م"
    said: dict[str, Read] = {
        rf"(?:(?P<word>{word}) )?(?P<date>{span}){year_end()}": _years,
        rf"{word} (?P<date>{YEAR}){year_end()}(?! (?:{before_christ}))": _year,
    }
    spelled: dict[str, Read] = {rf"{word} (?P<date>{spelled_year()})(?! قبل الميلاد)": _year}
    bare: dict[str, Read] = {
        rf"(?P<date>{YEAR}){year_end()}(?! (?:{before_christ}|هجري))(?P<after> \w+)?": _bare_year,
    }
    return readers_of(said, NUMBERS) + readers_of(spelled, _THOUSANDS) + readers_of(bare, NUMBERS)


def _numeric(match: re.Match[str], _: date | None) -> Reading | None:
    days = match["weekday"]
    return read_as(numeric_day(match["numeric"], named("weekday")[days] if days else None))


def _day(match: re.Match[str], published: date | None) -> Reading | None:
    number = month_number(match)
    if number is None or _is_of_a_row(match):
        return UNSURE
    day_ = day_number(match["day"])
    year = said_year(match.groupdict(), published)
    if year is not None:
        return _unless_of_a_row(match, _exact(year, number, day_))
    if match["open"] or published is None:
        return UNSURE
    if match["weekday"] and not match["direction"]:
        return _by_weekday(published, number, day_, named("weekday")[match["weekday"]])
    if not match["direction"] and (word_before(match) in named("namesakes") or is_name(number, day_)):
        return UNSURE
    return _near(published, number, day_, _direction(match))


def is_name(month: int, day: int) -> bool:
    """Whether what happened on a day is called by it, so that its year is not that of publication."""
    return (month, day) in _CALLED_BY_THEIR_DAY


def _is_of_a_row(match: re.Match[str]) -> bool:
    """Whether an ordinal counts something else than days: الأسبوع الأول من مايو."""
    before = word_before(match)
    noun = before.startswith("ال") and before not in ("اليوم", "الموافق", "المصادف") and before not in named("weekday")
    return noun and not match["day"][-1].isdecimal() and match.start("day") - match.start() < 2


def _unless_of_a_row(match: re.Match[str], reading: Reading) -> Reading:
    """A day with an ordinal, when its weekday is right: الأحد الأول من مايو may be the first Sunday."""
    if not match["weekday"] or not reading.value or match["day"][-1].isdecimal():
        return reading
    right = date.fromisoformat(reading.value).weekday() == named("weekday")[match["weekday"]]
    return reading if right else UNSURE


def month_number(match: re.Match[str], name: str = "month") -> int | None:
    """The number of a month; None when its two names are those of two months."""
    found = {named("month")[match[group]] for group in (name, f"{name}_twin", f"{name}_also") if match[group]}
    return found.pop() if len(found) == 1 else None


def said_year(found: Mapping[str, str | None], published: date | None) -> int | None:
    """The year that is said: by itself, or as one beside that of publication."""
    words, direction = found.get("year") or found.get("spelled"), found.get("year_direction")
    if words:
        return year_number(words)
    if published and found.get("this"):
        return published.year
    return published.year + named("before")[direction] if published and direction else None


def _exact(year: int, number: int, day_: int) -> Reading:
    return read_as(day_of(year, number, day_) if year >= 1000 else None)


def _by_weekday(published: date, number: int, day_: int, wanted: int) -> Reading:
    """The day of that name nearest to the day of publication; nothing when it is on another weekday in these years."""
    days = [day_of(published.year + shift, number, day_) for shift in (-1, 0, 1)]
    fitting = (found for found in days if found and found.weekday() == wanted)
    return read_as(nearest(pair for found in fitting if (pair := _off(found, published))[0] < _SAME_YEAR))


def _off(found: date, published: date) -> tuple[int, date]:
    """A day, after how many days off it is."""
    return abs(found - published).days, found


def _direction(match: re.Match[str]) -> int | None:
    if match["direction"]:
        return named("before")[match["direction"]]
    lead = match.string[max(0, match.start("date") - 10) : match.start("date")]
    return -2 if word_before(match) == "منذ" or re.search(r"منذ يوم $", lead) else None


def _near(published: date, number: int, day_: int | None, direction: int | None) -> Reading:
    """A day or month without its year: the nearest, or the one in the direction that is said (-2: not later)."""
    years = [published.year + shift for shift in range(-4, 5)]
    days = [found for year in years if (found := day_of(year, number, day_ or 15))]
    if not day_:
        same = number == published.month
        if same and direction in (1, -1):
            return _valued(day_of(published.year + direction, number, 15), day_)
        days = [published if same and found.year == published.year else found for found in days]
    off = (_off(found, published) for found in _in_direction(days, published, direction))
    found = nearest(off, 0 if direction else _NEARLY_AS_NEAR)
    same_month = found and (found.year, found.month) == (published.year, published.month)
    if found is None or (day_ and direction in (1, -1) and same_month):
        return UNSURE
    return _valued(found, day_)._replace(guessed=direction is None)


def _valued(found: date | None, day_: int | None) -> Reading:
    return read_as(found and found.isoformat()[: 10 if day_ else 7])


def _in_direction(days: list[date], published: date, direction: int | None) -> list[date]:
    if direction == -2:
        return [found for found in days if found <= published]
    if direction in (1, -1):
        return [found for found in days if (found - published).days * direction > 0]
    return days


def _days(match: re.Match[str], published: date | None) -> Reading | None:
    """The interval from one day to another that shares its year, and perhaps its month."""
    if match["joint"].strip() == "و" and word_before(match) not in ("بين", "يومي"):
        return None
    last = in_year(match, published, day_number(match["day"]))
    if not last.value or match["open"]:
        return UNSURE
    end = date.fromisoformat(last.value)
    begin = month_number(match, "begin") if "begin" in match.groupdict() else end.month
    first = day_of(end.year - (begin is not None and begin > end.month), begin or 0, day_number(match["first"]))
    if first is None or first >= end or (word_before(match) == "يومي" and (end - first).days > 1):
        return UNSURE
    return Reading(f"{first.isoformat()}/{end.isoformat()}", guessed=last.guessed)


def _month(match: re.Match[str], published: date | None) -> Reading | None:
    before = word_before(match)
    if not any(match[name] for name in _SURELY_A_MONTH) and not _is_month(match["month"], before):
        return None
    if match["month"] == "نيسان" and before in named("makers"):
        return None
    return UNSURE if before == "كل" else in_year(match, published)


def in_year(match: re.Match[str], published: date | None, day_: int | None = None) -> Reading:
    """The month of a match or a day of it, in the year that is said or follows from the day of publication."""
    number, year = month_number(match), said_year(match.groupdict(), published)
    if number is None:
        return UNSURE if day_ else _two_months(match, year)
    if year is not None:
        return _exact(year, number, day_) if day_ else Reading(f"{year:04}-{number:02}")
    if match["open"] or published is None:
        return UNSURE
    return _near(published, number, day_, _direction(match))


def _is_month(name: str, before: str) -> bool:
    """Whether the name of a month is no other word after this one: مارس, ماي."""
    is_sure = name not in named("often_a_word") or before not in named("less_surely")
    return before in named("month_after") and is_sure


def _two_months(match: re.Match[str], year: int | None) -> Reading:
    """Two months with a mark between them: the interval, when one follows the other."""
    if not match["month_twin"] or match["month_joint"] == "(" or year is None:
        return UNSURE
    first, last = named("month")[match["month"]], named("month")[match["month_twin"]]
    return Reading(f"{year:04}-{first:02}/{year:04}-{last:02}") if first < last else UNSURE


def _months(match: re.Match[str], published: date | None) -> Reading | None:
    """The interval from one month to another that shares its year."""
    before, joint = word_before(match), match["joint"].strip()
    if before not in (("بين", "شهري") if joint == "و" else ("من", "بين", "منذ")):
        return None
    first, last, year = month_number(match, "begin"), month_number(match), said_year(match.groupdict(), published)
    if year is None and published and not match["open"] and last:
        near = _near(published, last, None, _direction(match))
        year = int(near.value[:4]) if near.value else None
    if first is None or last is None or year is None:
        return UNSURE
    return Reading(f"{year - (first > last):04}-{first:02}/{year:04}-{last:02}") if first != last else UNSURE


def _year(match: re.Match[str], _: date | None) -> Reading | None:
    year = year_number(match["date"])
    if match["date"].isdecimal() and _perhaps_hijri(year) and match.string[match.end() : match.end() + 1] != "م":
        return UNSURE
    return Reading(f"{year:04}") if 1000 < year < 2100 else UNSURE


def _perhaps_hijri(year: int) -> bool:
    """Whether a year that is not said to be of either calendar may well be a recent one of the other."""
    return 1380 <= year <= 1470


def _years(match: re.Match[str], _: date | None) -> Reading | None:
    """The interval from one year to another: between them, or joined by a dash or a slash."""
    first, last, joint = int(match["first"]), int(match["last"]), match["joint"].strip()
    before = word_before(match)
    if joint == "و" and before != "بين":
        return None
    if joint in ("الي", "حتي") and before not in ("من", "منذ", "بين") and not match["word"]:
        return None
    if before in named("telephones") or (joint == "/" and last != first + 1) or first >= last or _perhaps_hijri(first):
        return UNSURE
    return Reading(f"{first:04}/{last:04}") if match["word"] or {first, last} <= set(_MODERN) else UNSURE


def _bare_year(match: re.Match[str], _: date | None) -> Reading | None:
    """A year by its digits alone: after a word that makes it one, or in a row of years."""
    year, before = int(match["date"]), word_before(match)
    row = re.search(
        rf"(?:عامي|عامين|اعوام|سنوات|سنتي|سنتين) (?:{YEAR}(?:،? و?)){{1,9}}$",
        match.string[max(0, match.start("date") - 90) : match.start("date")],
    )
    if row:
        return Reading(f"{year:04}") if not _perhaps_hijri(year) else UNSURE
    if before not in named("year_after") or year not in _MODERN or match.start() != match.start("date"):
        return None
    return None if _counts(year, (match["after"] or "").strip(), before) else Reading(f"{year:04}")


def _counts(year: int, after: str, before: str) -> bool:
    """Whether a number can count the word after it: from 11 to 99 that is singular, an accusative or feminine."""
    if before in ("حتي", "قبل", "بعد"):
        return bool(after) and not after.startswith(("ال", "و"))
    return after.endswith(("ا", "ه", "ات", "ين") if year % 100 < 11 else ("ا", "ه")) and not after.startswith("ال")
