"""Values fit the words of a date as the drafter reads them; a value that is changed does not."""

import copy
import re
from datetime import date, timedelta
from itertools import product

import pytest
from conftest import ROOT, read_json
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import tasrih
from tasrih.dates.calendars import cardinal, cardinals, named
from tasrih.dates.values import _day_of_month, _readings, day_is_near, day_word_fits, value_fits, weekday_fits

PUBLISHED = "2024-05-08"  # a Wednesday
RECORD = read_json(ROOT / "tests/rules/E121/good.json")
CODES = {"E105", "E120", "E121", "E122"}
WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
MONTHS = [
    None,
    "يناير",
    "شباط",
    "مارس",
    "نيسان",
    "مايو",
    "حزيران",
    "يوليوز",
    "غشت",
    "سبتمبر",
    "تشرين الأول",
    "نوفمبر",
    "ديسمبر",
]


@pytest.mark.parametrize(
    ("words", "fitting", "unfit"),
    [
        ("4 سبتمبر 2018", ["2018-09-04", "2018-09-04~"], ["2018-09-05", "2017-09-04", "2018-09", "2018"]),
        ("الرابع من سبتمبر 2018", ["2018-09-04"], ["2018-09-05", "2018-09"]),
        ("سبتمبر", ["2023-09", "1973-09"], ["2023-10", "2023", "2023-09-04"]),
        ("أكتوبر الماضي", ["2023-10"], ["2022-10", "2024-10"]),
        ("الأسبوع المقبل", ["2024-05-13/2024-05-19", "2024-05-11/2024-05-17"], ["2024-05-06/2024-05-12", "2024-05"]),
        ("السبت الماضي", ["2024-05-04"], ["2024-04-27", "2024-05-05"]),
        ("قبل ثلاثة أيام", ["2024-05-05"], ["2024-05-06"]),
        ("قبل خمسة أعوام", ["2019", "2018"], ["2014"]),
        ("قبل أسبوعين", ["2024-04-24", "2024-04-22/2024-04-28"], ["2024-04-15/2024-04-21", "2024-05-01"]),
        ("العام المقبل", ["2025"], ["2024"]),
        ("١٤ رمضان ١٤٤٢ هـ", ["2021-04-26", "2021-04-27"], ["2021-04-30", "2020-04-26"]),
        ("رمضان", ["2021-04-13/2021-05-12", "2021-04-14/2021-05-12"], ["2021-05-12/2021-06-11"]),
        ("1357 هـ", ["1938-03-02/1939-02-19", "1938-03/1939-02", "1938/1939"], ["1940-03/1941-02"]),
        ("الربيع", ["2021-21"], ["2021-22", "2021"]),
        ("صيف عام 2015", ["2015-22"], ["2015-21", "2014-22"]),
        ("الربع الأول من 2020", ["2020-01/2020-03"], ["2020-01/2020-04", "2020"]),
        ("2010 و2015", ["2010/2015"], ["2010/2016", "2010"]),
        ("تسعينيات القرن الماضي", ["199X"], ["198X", "1990"]),
        ("القرن التاسع عشر", ["18XX"], ["19XX"]),
        ("ألفين وعشرين", ["2020"], ["2021"]),
        ("2020", ["2020"], ["2021", "2020-01"]),
    ],
)
def test_words_that_the_drafter_reads_have_the_value_that_it_gives_them(words, fitting, unfit):
    assert [value for value in fitting if not value_fits(value, words, PUBLISHED)] == []
    assert [value for value in unfit if value_fits(value, words, PUBLISHED)] == []


def test_a_day_and_its_month_have_the_value_that_readers_give_them():
    """What is told of most dates at a glance, readers say as well; of two days that are names nothing is told."""
    for day, month in product(range(1, 29), named("month")):
        words = f"{day} {month}"
        told = _day_of_month(words)
        assert told or (named("month")[month], day) in [(9, 11), (10, 7)]
        assert not told or any(reading.value == f"2023{told}" for reading in _readings(f"2023{told}", words, PUBLISHED))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("اليوم التالي", "2024-05-09"),
        ("ذلك التاريخ", "2018-08"),
        ("12 و17 فبراير", "2022-02-12/2022-02-17"),
        ("ثاني أيام رمضان 1444هـ", "2023-03-24"),
        ("سبتمبر من العام نفسه", "2011-09"),
        ("عيد الفطر", "2024-04-10"),
    ],
)
def test_words_that_nobody_reads_fit_what_has_their_numbers(words, value):
    assert value_fits(value, words, PUBLISHED)


def test_words_seen_from_the_day_of_publication_are_not_judged_without_it():
    assert not value_fits("2020", "العام المقبل", PUBLISHED)
    assert value_fits("2020", "العام المقبل", None)
    assert day_word_fits("2020-01-01", "غدا", None)
    assert day_is_near("1920-01-01", "1 يناير", None)


@pytest.mark.parametrize(
    ("words", "off"),
    [
        *[("أمس", -1), ("البارحة", -1), ("وأمس", -1), ("أول من أمس", -2), ("الليلة الماضية", -1)],
        *[("اليوم", 0), ("الليلة", 0), ("هذا الصباح", 0)],
        *[("غداً", 1), ("صباح الغد", 1), ("يوم غد", 1), ("بعد غد", 2)],
    ],
)
def test_a_day_word_is_counted_from_the_day_of_publication(words, off):
    days = {shift: (date.fromisoformat(PUBLISHED) + timedelta(shift)).isoformat() for shift in range(-5, 5)}
    assert [shift for shift, day in days.items() if day_word_fits(day, words, PUBLISHED)] == [off]
    assert not day_word_fits("2024-05", words, PUBLISHED)


def test_a_weekday_beside_a_day_word_decides_when_publication_is_one_day_off():
    fitting = [
        day for day in ("2024-05-05", "2024-05-06", "2024-05-07") if day_word_fits(day, "أمس الاثنين", PUBLISHED)
    ]
    assert fitting == ["2024-05-06", "2024-05-07"]
    assert [weekday_fits(day, "أمس الاثنين") for day in fitting] == [True, False]


@pytest.mark.parametrize(
    ("value", "words", "fits"),
    [
        ("2024-05-10", "الجمعة", True),
        ("2024-05", "الجمعة", True),
        ("2024-05-11", "يوم الجمعة (11 مايو)", False),
        ("2024-05-11", "وبالجمعة", True),
        ("2024-05-11", "والجمعة", False),
        ("2024-05-10/2024-05-12", "من الجمعة إلى الأحد", True),
        ("2024-05-10/2024-05-11", "من الجمعة إلى الأحد", False),
        ("2024-05-01/2024-07-11", "الجمعة", True),
        ("../2024-05-11", "الجمعة", True),
    ],
)
def test_weekdays_are_those_of_a_day_or_lie_in_an_interval(value, words, fits):
    assert weekday_fits(value, words) == fits


def test_a_day_is_near_unless_it_is_more_than_a_year_off_and_its_year_not_said():
    assert day_is_near("2023-05-09", "9 مايو", PUBLISHED)
    assert day_is_near("2022", "العام", PUBLISHED)
    assert not day_is_near("2022-05-09", "9 مايو", PUBLISHED)
    for words in ("9 مايو 2022", "التاسع من مايو ألفين واثنين وعشرين", "9 مايو من عام ألفين واثنين وعشرين"):
        assert day_is_near("2022-05-09", words, PUBLISHED)
    assert day_is_near("2022-10-19", "قبل 81 أسبوعا", PUBLISHED)


def test_a_day_word_in_a_quote_may_be_counted_from_the_day_before():
    record = copy.deepcopy(RECORD)
    text = record["paragraphs"][1]["text"]
    place = text.index("يوما")
    record["paragraphs"][1]["text"] = text.replace("يوما", "أمس ")
    spans = [record["quotes"][1]["spans"][0]]
    spans[0]["text"] = spans[0]["text"].replace("يوما", "أمس ")
    mention = {"paragraph": "p2", "start": place, "end": place + 3, "text": "أمس", "form": "nominal"}
    record["entities"][3] |= {"value": "2024-05-02", "mentions": [mention]}
    assert found(record) == set()
    record["entities"][3]["value"] = "2024-05-01"
    assert found(record) == {"E121"}


def test_a_weekday_that_the_text_has_wrong_is_a_question_of_the_draft():
    article = tasrih.draft("a.txt", "الوفد يصل\nوصل وفد الشركة يوم الثلاثاء 5 سبتمبر 2018.".encode())
    assert [(waiver.rule, waiver.at) for waiver in article.waivers] == [("E120", "/entities/0/value")]
    assert found(article.model_dump(mode="json", exclude_unset=True)) == set()


def found(record):
    """The rules about dates that find something in a record."""
    return set(tasrih.validate(record, within=ROOT / "tests/rules/corpus").by_code()) & CODES


@st.composite
def told(draw):
    """A sentence with a date, its day of publication, and another value that the date cannot have."""
    published = draw(st.dates(date(1990, 1, 1), date(2060, 12, 31)))
    day = published + timedelta(draw(st.integers(-120, 120)))
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month]
    far = draw(st.dates(date(1950, 1, 1), date(2080, 12, 31)))
    near = draw(st.sampled_from([(-1, "أمس"), (-2, "أول أمس"), (1, "غدا"), (2, "بعد غد")]))
    year, later = published.year, (day + timedelta(1)).isoformat()
    words, other = draw(
        st.sampled_from(
            [
                (f"في {far.day} {MONTHS[far.month]} {far.year}", (far + timedelta(1)).isoformat()),
                (f"في {far.day}/{far.month}/{far.year}", (far + timedelta(365)).isoformat()),
                (f"يوم {weekday} {day.day} {month} {day.year}", later),
                (f"يوم {weekday} {day.day} {month}", later),
                (f"في {day.day} {month}", f"{day.year - 4}{day.isoformat()[4:]}".replace("02-29", "02-28")),
                (near[1], (published + timedelta(near[0] + 1)).isoformat()),
                (
                    f"{near[1]} {WEEKDAYS[(published + timedelta(near[0])).weekday()]}",
                    (published + timedelta(7)).isoformat(),
                ),
                (f"{weekday} الماضي", (published - timedelta(30)).isoformat()),
                (f"في عام {far.year}", f"{far.year + 1:04}"),
                (f"في {MONTHS[far.month]} {far.year}", f"{far.year:04}-{far.month % 12 + 1:02}"),
                ("العام الماضي", f"{year}"),
                ("الشهر المقبل", f"{year - 1}-{published.month:02}"),
                ("الأسبوع الماضي", f"{published}/{published + timedelta(6)}"),
                ("قبل عشرين عاما", f"{year - 10}"),
                (f"صيف عام {far.year}", f"{far.year}-21"),
                (f"الربع الثاني من عام {far.year}", f"{far.year}-01/{far.year}-03"),
                (f"في 12 رمضان {1400 + far.year % 60} هـ", f"{published.year}-01-01"),
            ]
        )
    )
    return f"وصل وفد الشركة {words}، وغادر الوفد المدينة.", published, other


@given(told())
@settings(max_examples=80, deadline=None)
def test_what_is_drafted_fits_and_a_changed_value_is_found(case):
    text, published, other = case
    article = tasrih.draft("a.txt", f"الوفد يصل\n{text}".encode(), published=published.isoformat())
    record = article.model_dump(mode="json", exclude_unset=True)
    days = [entity for entity in record["entities"] if entity["type"] == "DATE"]
    assume(days)
    assert found(record) == set()
    days[0]["value"] = other
    assert found(record) != set()


def test_every_number_in_words_is_read_by_the_pattern_for_them():
    assert [words for words in cardinals() if not re.fullmatch(cardinal(), words)] == []
    assert len(cardinals()) > 500
