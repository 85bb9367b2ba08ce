"""Dates as Arabic news writes them: each with its words, value and form, and what looks like one and is none."""

import time
from datetime import date

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tasrih import draft
from tasrih.dates.calendars import plain
from tasrih.dates.dateline import date_line
from tasrih.dates.mentions import dates, readers
from tasrih.dates.phrases import WORD, needed
from tasrih.dates.values import day_word_fits, value_fits
from tasrih.record import Edtf

ROWS = [
    line.split("\t") for line in (ROOT / "tests/dates.tsv").read_text("utf-8").splitlines() if not line.startswith("#")
]


@pytest.mark.parametrize(("text", "published", "wanted"), ROWS)
def test_a_date_is_read_as_it_is_said_or_not_at_all(text, published, wanted):
    found = dates(text, None if published == "-" else date.fromisoformat(published))
    said = [f"{text[one.start : one.end]}={one.value}={one.form}" for one in found]
    assert said == [one for one in wanted.split("|") if one]


def test_what_a_date_is_told_by_is_looked_for_wherever_a_reader_finds_one():
    """No reader is left unasked of a text in which it finds something."""
    for text, _, _ in ROWS:
        folded, _ = plain(text)
        there = needed(WORD.findall(folded))
        starts = [word.start() for word in WORD.finditer(folded)]
        unasked = [reader.pattern for reader in readers() if there.isdisjoint(reader.needs)]
        assert not any(pattern.match(folded, start) for pattern in unasked for start in starts), text


DIGITS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"]
MONTHS = {
    number: [form.replace("_", " ") for form in forms.split()]
    for number, forms in (
        line.removeprefix("month\t").split("\t")
        for line in (ROOT / "src/tasrih/text/lexicon/calendar.tsv").read_text("utf-8").splitlines()
        if line.startswith("month\t")
    )
}
ORDINALS = {
    1: "الأول",
    2: "الثاني",
    3: "الثالث",
    4: "الرابع",
    5: "الخامس",
    8: "الثامن",
    10: "العاشر",
    21: "الحادي والعشرين",
}
EDTF = TypeAdapter(Edtf)


@st.composite
def written_days(draw):
    """A day, and a way to write it."""
    day = draw(st.dates(date(1850, 1, 1), date(2090, 12, 31)))
    names = MONTHS[str(day.month)]
    month, other = draw(st.sampled_from(names)), draw(st.sampled_from(names))
    both = draw(st.sampled_from([month, f"{month}/{other}", f"{month} / {other}", f"{month} ({other})"]))
    word = ORDINALS.get(day.day, str(day.day))
    style = draw(
        st.sampled_from(
            [
                f"{day.day} {both} {day.year}",
                f"{day.day:02} {both} {day.year}",
                f"{day.day} {both} من عام {day.year}",
                f"{day.day} من {both} عام {day.year}",
                f"{word} من {both} {day.year}",
                f"{day.day}-{month}-{day.year}",
                f"{day.day} {both}، {day.year}",
                f"{day.day}/{day.month}/{day.year}",
                f"{day.day:02}.{day.month:02}.{day.year}",
                f"{day.year}-{day.month:02}-{day.day:02}",
            ]
        )
    )
    return day, style.translate(str.maketrans(DIGITS[0], draw(st.sampled_from(DIGITS))))


@given(written_days(), st.sampled_from(["وصل في {} إلى المدينة", "بدأ العمل يوم {}.", "({})", "{}"]))
@settings(max_examples=100, deadline=None)
def test_any_day_in_any_style_is_read_back(written, sentence):
    day, words = written
    text = sentence.format(words)
    assert [(text[one.start : one.end], one.value) for one in dates(text, None)] == [(words, day.isoformat())]


def day_of_line(line):
    said = date_line(line)
    return said and said.day


@given(written_days(), st.sampled_from(["نشر في {}", "تاريخ النشر: {} - 09:22 مساءً", "{}", "آخر تحديث: {}"]))
@settings(max_examples=60, deadline=None)
def test_any_day_in_any_style_is_a_day_of_publication(written, line):
    day, words = written
    assert day_of_line(line.format(words)) == day.isoformat()


WORDS = sorted({word for text, _, _ in ROWS for word in text.split()})


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.none() | st.dates(date(1930, 1, 1), date(2090, 1, 1)))
@settings(max_examples=150, deadline=None)
def test_whatever_is_read_has_its_place_and_a_value_of_the_schema(words, published):
    text = " ".join(words)
    end = 0
    for one in dates(text, published):
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        EDTF.validate_python(one.value)
        said = text[one.start : one.end], published.isoformat() if published else None
        assert value_fits(one.value, *said)
        assert day_word_fits(one.value, *said)
        end = one.end


@pytest.mark.parametrize(
    "unit",
    ["4 ", "2018 و", "4/9/", "سبتمبر ", "3 و", "يوم ", "الثلاثاء ", "الموافق ", "عام ", "قبل ", "القرن ", "ألف و"],
)
def test_reading_takes_as_long_as_the_text(unit):
    def seconds(times):
        text = unit * times
        start = time.process_time()
        dates(text, date(2024, 5, 8))
        return time.process_time() - start

    seconds(10)
    longest = min(seconds(16_000) for _ in range(3))  # once, a collection of garbage took five times as long
    assert longest < 40 * max(seconds(1_000), 0.002)


LINES = [
    ("نشر في 24 أغسطس 2020", "2020-08-24"),
    ("الأحد، 04 آب/اغسطس 2013، آخر تحديث 02:21", "2013-08-04"),
    ("تم نشره الجمعة 24 نيسان / أبريل 2020 09:22 مساءً", "2020-04-24"),
    ("تاريخ النشر: 24/08/2020 - 10:15 ص بتوقيت مكة المكرمة", "2020-08-24"),
    ("نُشر في ٤ سبتمبر ٢٠٢٠ | آخر تحديث ٥ سبتمبر ٢٠٢٠", "2020-09-04"),
    ("آخر تحديث ٥ سبتمبر ٢٠٢٠ - نُشر في ٤ سبتمبر ٢٠٢٠", "2020-09-04"),
    ("آخر تحديث: ٢٤ أغسطس ٢٠٢٠", "2020-08-24"),
    ("الثلاثاء 15 رمضان 1442 هـ الموافق 27 أبريل 2021", "2021-04-27"),
    ("الثلاثاء 15/9/1442هـ الموافق 27/4/2021م", "2021-04-27"),
    ("14 رمضان 1442 هـ", "2021-04-26"),
    ("2020-08-24T09:22:00+03:00", "2020-08-24"),
    ("حُدِّث: 2020-08-24 09:22 GMT", "2020-08-24"),
    ("كتب في 24 أغسطس 2020.", "2020-08-24"),
    ("أغسطس 24, 2020", "2020-08-24"),
    ("الثلاثاء 9/4/2018", "2018-09-04"),
    ("الثلاثاء، الرابع من سبتمبر 2018م", "2018-09-04"),
    ("العدد 1234 - الثلاثاء 4 سبتمبر/أيلول 2018", "2018-09-04"),
    ("نشرت في: السبت ۱۲ آذار (مارس) ۲۰۲۲ الساعة 10:05 ص", "2022-03-12"),
    ("24 أغسطس 2020 - قراءة 3 دقائق", "2020-08-24"),
    ("24 Aug 2020 10:11", "2020-08-24"),
]
LINES_WITHOUT_A_DAY = [
    "آخر تحديث 02:21",
    "تاريخ النشر:",
    "نشر منذ 3 ساعات",
    "31 شباط 2024",
    "24 أغسطس 2020 25 أغسطس 2020",
]
OTHER_LINES = [
    "© 2009-2024",
    "جميع الحقوق محفوظة © 2009-2024",
    "نشر في 24 أغسطس 2020 تقرير عن المياه",
    "صدر القرار في 24 أغسطس 2020.",
    "بدأت الأعمال يوم الثلاثاء 4 سبتمبر 2018.",
    "أغسطس 2020",
    "الثلاثاء",
    "حدث في المدينة",
    "كتب سلمى الحداد",
    "4 سبتمبر 2018: يوم لا ينسى",
]


@pytest.mark.parametrize(("line", "day"), LINES)
def test_a_line_says_the_day_of_publication(line, day):
    assert day_of_line(line) == day
    record = draft(
        "a.txt",
        f'الوزيرة تعلن خطة المياه\n\nقالت الوزيرة هدى السالمي: "سنفتح المصنع في الصيف المقبل".\n{line}'.encode(),
    )
    assert (record.metadata.published, len(record.paragraphs)) == (day, 2)
    assert [(one.kind, one.text) for one in record.metadata.source.furniture] == [("date", line)]


@pytest.mark.parametrize("line", LINES_WITHOUT_A_DAY)
def test_a_line_about_that_day_may_not_say_it(line):
    assert date_line(line).day is None


@pytest.mark.parametrize("line", OTHER_LINES)
def test_what_only_has_a_date_in_it_is_no_line_of_publication(line):
    assert date_line(line) is None


def test_the_day_of_publication_is_not_that_of_a_change():
    lines = [
        "الوزيرة تعلن خطة المياه",
        "آخر تحديث: 5 سبتمبر 2020",
        "نشر في: 4 سبتمبر 2020",
        "قالت الوزيرة إن الخطة جاهزة.",
    ]
    assert draft("a.txt", "\n".join(lines).encode()).metadata.published == "2020-09-04"
