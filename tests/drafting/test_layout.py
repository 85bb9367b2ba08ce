"""Which line of a plain text is what: bylines, signatures, links and notices beside the article, days, credits."""

import json

import pytest
from conftest import WITH_WORDS

from tasrih import draft
from tasrih.drafting.furniture import agency, byline, furniture_kind
from tasrih.validation.roads import check

HEADLINE = "رئيسة البلدية تعلن موعد افتتاح الجسر"
BODY = [
    "قالت رئيسة بلدية وادي النحل سعاد النجار إن أعمال الجسر الجديد بلغت مراحلها الأخيرة.",
    "وتقع البلدة على ضفتي النهر، ويعبرها كل يوم مئات العمال والطلاب.",
    "وكان الأهالي طالبوا بالجسر منذ أعوام طويلة.",
]


def drafted(*lines):
    return draft("a.txt", "\n".join(lines).encode())


def bodies(record):
    return [paragraph.text for paragraph in record.paragraphs if paragraph.role == "body"]


def lines_of(record):
    return [(line.line, line.kind, line.text) for line in record.metadata.source.furniture]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("كتبت سلمى الحداد", ["سلمى الحداد"]),
        ("كتب: رامي الخطيب", ["رامي الخطيب"]),
        ("كتب - رامي الخطيب", ["رامي الخطيب"]),
        ("كتبت/ سلمى الحداد", ["سلمى الحداد"]),
        ("بقلم: سلمى الحداد", ["سلمى الحداد"]),
        ("بقلم سلمى الحداد ورامي الخطيب", ["سلمى الحداد", "رامي الخطيب"]),
        ("بِقَلَم: د. أحمد النجار", ["د. أحمد النجار"]),
        ("حوار: سلمى الحداد", ["سلمى الحداد"]),
        ("أجرى الحوار: رامي الخطيب", ["رامي الخطيب"]),
        ("أجرت الحوار سلمى الحداد", ["سلمى الحداد"]),
        ("تحقيق: رامي الخطيب - تصوير: سامي النجار", ["رامي الخطيب"]),
        ("إعداد: رامي الخطيب، سلمى الحداد", ["رامي الخطيب", "سلمى الحداد"]),
        ("كتب: رامي الخطيب - القاهرة", ["رامي الخطيب"]),
        ("القاهرة - أحمد النجار", ["أحمد النجار"]),
        ("علي النجار - بغداد", ["علي النجار"]),
        ("دمشق | سلمى الحداد ورامي الخطيب", ["سلمى الحداد", "رامي الخطيب"]),
        ("رام الله - سلمى الحداد", ["سلمى الحداد"]),
        ("سلمى الحداد", ["سلمى الحداد"]),
        ("By Salma Haddad", ["Salma Haddad"]),
        ("كتب المحرر السياسي", []),
        ("بقلم: هيئة التحرير", []),
        ("متابعة - وكالات", []),
        ("مراسل المرفأ - القاهرة", []),
        ("ترجمة: رامي الخطيب", []),
    ],
)
def test_a_byline_is_furniture_and_names_the_authors(line, authors):
    record = drafted(HEADLINE, "", line, "", *BODY)
    assert bodies(record) == BODY
    assert lines_of(record) == [(3, "byline", line)]
    assert list(record.metadata.authors) == authors


def test_a_dash_before_a_label_is_no_byline_by_itself():
    line = "- تنبيه: سلمى الحداد"
    assert bodies(drafted(HEADLINE, "", line, "", *BODY)) == [line, *BODY]


def test_a_byline_may_close_the_article():
    record = drafted(HEADLINE, "", *BODY, "حوار: سلمى الحداد", "", "")
    assert (bodies(record), lines_of(record)) == (BODY, [(6, "byline", "حوار: سلمى الحداد")])


@pytest.mark.parametrize(
    ("line", "agency_"),
    [
        ("--(بترا)", "بترا"),
        ("--(بترا) س ح", "بترا"),
        ("(أ ف ب)", "أ ف ب"),
        ("(أ.ف.ب)", "أ.ف.ب"),
        ("/وام/", "وام"),
        ("- واس -", "واس"),
        ("(رويترز، أ ف ب)", "رويترز، أ ف ب"),
        ("[وفا]", "وفا"),
        ("وكالات", "وكالات"),
    ],
)
def test_the_signature_of_an_agency_is_furniture(line, agency_):
    record = drafted(HEADLINE, "", *BODY, line)
    assert (bodies(record), lines_of(record)) == (BODY, [(6, "other", line)])
    assert record.metadata.agency == agency_


@pytest.mark.parametrize(
    ("first", "last"),
    [("عمان (بترا) - " + BODY[0], BODY[-1]), (BODY[0], BODY[-1] + " --(بترا)"), (BODY[0], BODY[-1] + " (بترا).")],
)
def test_an_agency_that_signs_inside_a_paragraph_leaves_it_whole(first, last):
    record = drafted(HEADLINE, "", first, BODY[1], last)
    assert (bodies(record), record.metadata.agency) == ([first, BODY[1], last], "بترا")


@pytest.mark.parametrize(
    ("line", "role", "field", "value"),
    [
        ("المصدر: وكالات", "source", "agency", "وكالات"),
        ("المصدر | رويترز", "source", "agency", "رويترز"),
        ("تصوير: سامي النجار", "credit", "image_credit", "سامي النجار"),
    ],
)
def test_sources_and_credits_stay_paragraphs(line, role, field, value):
    record = drafted(HEADLINE, "", *BODY, line)
    assert [(paragraph.role, paragraph.text) for paragraph in record.paragraphs][-1] == (role, line)
    assert getattr(record.metadata, field) == value


NAVIGATION = """
اقرأ أيضا: البلدية تشتري مضخات جديدة للقرى
إقرأ أيضاً
طالع أيضا: «أين ذهبت المضخات؟»
اقرأ المزيد...
المزيد
للمزيد اضغط هنا
المزيد من الأخبار
مواضيع ذات صلة
أخبار ذات صلة:
قد يهمك أيضا
الأكثر قراءة
تابعونا على فيسبوك
تابعونا على
تابعوا صفحتنا على فيسبوك
انضموا إلى قناتنا على تليغرام
اشترك في النشرة البريدية
حمل تطبيق المرفأ
شارك
شارك الخبر
شارك هذا المقال عبر فيسبوك
طباعة
فيسبوك تويتر واتساب
كلمات دلالية: الجسر، النهر
الوسوم: الجسر
#الجسر #وادي_النحل
الرئيسية / أخبار / محلي
أضف تعليقا
"""
NOTICES = """
الآراء الواردة أدناه لا تعبر عن رأي الموقع.
المقال يعبر عن رأي صاحبه
الآراء الواردة في المقال لا تعكس بالضرورة وجهة نظر الصحيفة
جميع الحقوق محفوظة © 2024 صحيفة المرفأ
© 2009-2024
حقوق النشر محفوظة لصحيفة المرفأ
0 تعليق
التعليقات (3)
عدد المشاهدات: 125
1,204 مشاهدة
١٢ تعليقا
إعلان
"""
KINDS = [(line, "navigation") for line in NAVIGATION.strip().split("\n")] + [
    (line, "other") for line in NOTICES.strip().split("\n")
]


@pytest.mark.parametrize(("line", "kind"), KINDS)
def test_what_a_site_adds_is_furniture_wherever_it_stands(line, kind):
    record = drafted(HEADLINE, "", BODY[0], line, *BODY[1:], line)
    assert bodies(record) == BODY
    assert lines_of(record) == [(4, kind, line), (7, kind, line)]


SENTENCES = """
كتب الوزير على صفحته أن الجسر سيفتح غدا.
كتب رامي الخطيب أن الطريق مفتوحة
كتبت سلمى الحداد على صفحتها
حوار الأديان
حوار: الطريق إلى القمة
تقرير الأمم المتحدة
القاهرة - تواصل الأمطار
المزيد من الأمطار متوقعة غدا.
تابعنا الحدث من قرب.
تابع الوزير العمل
شارك الوزير في القمة
شارك مع الوفد في القمة
شاهد الجمهور العرض
مشاركة الوزير في القمة
خاص بالعمال
معا نحو الأفضل
لا تعبر الآراء عن موقف الحكومة، قال الوزير.
وقال رئيس التحرير إن "الآراء لا تعبر عن رأي الصحيفة".
حمل الرجل أمتعته
نشر الوزير الخطة
التعليقات التي كتبها الأهالي كانت غاضبة
إعلان الحرب
انتهى الحفل
في الرابع والعشرين من أغسطس 2020 افتتح الجسر
طباعة الكتب في البلدة
"""


@pytest.mark.parametrize("line", SENTENCES.strip().split("\n"))
def test_a_sentence_of_the_body_stays_in_it(line):
    for lines in ([line, *BODY], [BODY[0], line, *BODY[1:]], [*BODY, line]):
        assert bodies(drafted(HEADLINE, "", *lines)) == lines


def test_no_paragraph_of_the_corpus_is_taken_for_furniture_but_notes():
    taken = []
    for path in WITH_WORDS:
        for paragraph in json.loads(path.read_bytes())["paragraphs"]:
            text = paragraph["text"]
            if paragraph["role"] != "note" and (furniture_kind(text) or byline(text) is not None or agency(text)):
                taken.append(text)
    assert taken == []


def test_a_day_inside_the_article_is_a_heading_and_at_its_head_the_day_of_publication():
    record = drafted(HEADLINE, "24 أغسطس 2020", "", BODY[0], BODY[1], "3 مايو 2019", BODY[2], *BODY)
    assert record.metadata.published == "2020-08-24"
    assert bodies(record) == [BODY[0], BODY[1], "3 مايو 2019", BODY[2], *BODY]


def test_every_line_is_a_paragraph_or_furniture_with_its_number(tmp_path):
    text = "\n".join([HEADLINE, "", "كتبت سلمى الحداد", *BODY, "اقرأ أيضا: البلدية", "--(بترا)", "", "© 2024"]).encode()
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.txt").write_bytes(text)
    record = draft("a.txt", text)
    data = json.dumps(json.loads(record.model_dump_json())).encode()
    codes = set(check(f"{record.id}.json", data, within=tmp_path).by_code())
    assert not codes & {"M105", "M106", "M107", "M108", "M109", "M110"}
    assert [line for line, _, _ in lines_of(record)] == [3, 7, 8, 10]
