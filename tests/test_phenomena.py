"""Every phenomenon that a record lists is really in it, and the page that lists them is current."""

import shutil
import subprocess
import sys

import pytest
from conftest import ROOT, SEED, corpus, few_of_the_corpus

from tasrih.interchange.tei import from_tei
from tasrih.phenomena import derived, holds, listed, phenomena
from tasrih.record import Article

SLUGS = [one.slug for one in phenomena()]
ARTICLES = [article.record for article in corpus() if not article.is_withheld]
COMPOSED = [article for article in ARTICLES if article.metadata.collection == "composed"]

TYPES = {"hind": "PERS", "sami": "PERS", "law": "LAW", "folk": "NORP"}
HIND = '<speaker><persName ref="hind">هند</persName></speaker>'
SAMI = '<speaker><persName ref="sami">سامي</persName></speaker>'
WORDS = '<said who="sami">نعم نحن هنا</said>'
SAYS = f"<cue>قال</cue> {SAMI}"

# What holds each phenomenon, and what comes near and does not.
CASES = {
    "marks-straight": (f'<p>{SAYS}: "{WORDS}".</p>', f"<p>{SAYS}: «{WORDS}».</p>"),
    "marks-guillemets": (f"<p>{SAYS}: «{WORDS}».</p>", f"<p>{SAYS}: »{WORDS}«.</p>"),
    "marks-curly": (f"<p>{SAYS}: “{WORDS}”.</p>", f'<p>{SAYS}: "{WORDS}".</p>'),
    "marks-mixed": (
        f'<p>{SAYS}: «{WORDS}» في "<term>الفجر</term>".</p>',
        f"<p>{SAYS}: «{WORDS}» في «<term>الفجر</term>».</p>",
    ),
    "same-glyph-nesting": (
        f'<p>{SAYS}: "<said who="sami">قيل لي "<term kind="other">اصبر</term>" ولم أصبر</said>".</p>',
        f'<p>{SAYS}: "<said who="sami">قيل لي «<term kind="other">اصبر</term>» ولم أصبر</said>".</p>',
    ),
    "missing-mark": (f'<p>{SAYS}: "{WORDS}</p>', f"<p>{SAYS}: «{WORDS}».</p>"),
    "wrong-side-mark": (f"<p>{SAYS}: »{WORDS}«.</p>", f"<p>{SAYS}: «{WORDS}».</p>"),
    "multi-paragraph-speech": (
        f'<p>{SAYS}: "<said xml:id="a" who="sami">نحن هنا.</said></p><p>"<said part="a">ولن نرحل</said>".</p>',
        f'<p>{SAYS}: "{WORDS}".</p><p>و<cue>أضاف</cue>: "<said who="sami">لن نرحل</said>".</p>',
    ),
    "resumed-speech": (
        f'<p>{SAYS}: "<said xml:id="a" who="sami">نحن</said>"، و<cue>أضاف</cue>: "'
        f'<said who="sami" continues="a">هنا</said>".</p>',
        f'<p>{SAYS}: "{WORDS}"، و<cue>أضاف</cue>: "<said who="sami">هنا</said>".</p>',
    ),
    "interrupted-speech": (
        f'<p>"<said xml:id="a" who="sami">الطريق مفتوح</said>"، {SAYS}، "<said part="a">لكنه طويل</said>".</p>',
        f'<p>"<said who="sami">الطريق مفتوح</said>"، {SAYS}.</p>',
    ),
    "short-partial": (
        f'<p><cue>وصفه</cue> {SAMI} بأنه "<said type="partial" who="sami">جسر قديم</said>".</p>',
        f'<p><cue>وصفه</cue> {SAMI} بأنه "<said type="partial" who="sami">جسر قديم لا يحمل '
        f'أحدا ولا يصل إلى شيء</said>".</p>',
    ),
    "names-in-marks": (
        f'<p>{SAYS}: "{WORDS}" في "<term>الفجر</term>".</p>',
        f'<p>{SAYS}: "{WORDS}".</p><p>افتتحت "<term>الفجر</term>".</p>',
    ),
    "titles-in-marks": ('<p>كتاب "<term kind="title">الفجر</term>".</p>', '<p>حملة "<term>الفجر</term>".</p>'),
    "scare-quotes": ('<p>هذا "<term kind="scare">الفجر</term>".</p>', '<p>حملة "<term>الفجر</term>".</p>'),
    "cue-after": (f'<p>"{WORDS}"، {SAYS}.</p>', f'<p>{SAYS}: "{WORDS}".</p>'),
    "no-cue": (
        '<p>ابتسم: "<said who="unknown" cue="none" by="none">نعم</said>".</p>',
        f'<p>{SAYS}: "{WORDS}".</p>',
    ),
    "noun-cue": (
        f'<p>نقل عن {SAMI} <cue kind="noun">قوله</cue>: "{WORDS}".</p>',
        f'<p>{SAYS}: "{WORDS}".</p>',
    ),
    "participle-cue": (
        f'<p>رد {SAMI} <cue kind="participle">قائلا</cue>: "{WORDS}".</p>',
        f'<p>{SAYS}: "{WORDS}".</p>',
    ),
    "preposition-cue": (
        f'<p><cue kind="preposition">بحسب</cue> {SAMI}، <said type="indirect" who="sami">الماء وصل</said>.</p>',
        f'<p>{SAYS}: "{WORDS}".</p>',
    ),
    "headline-colon": (
        f'<head>{SAMI}<cue>:</cue> <said type="indirect" who="sami">الماء وصل</said></head><p>نص.</p>',
        f'<head>عنوان</head><p>{SAMI}<cue>:</cue> <said type="indirect" who="sami">الماء وصل</said></p>',
    ),
    "elided-chain": (
        f'<p>{SAYS}: "{WORDS}". و<cue>أضاف</cue>: "<said who="sami" by="none">لا</said>". '
        'و<cue>تابع</cue>: "<said who="sami" by="none">بلى</said>".</p>',
        f'<p>{SAYS}: "{WORDS}". و<cue>أضاف</cue>: "<said who="sami" by="none">لا</said>". '
        f'و<cue>تابع</cue> {SAMI}: "<said who="sami">بلى</said>".</p>',
    ),
    "feminine-speaker": (
        f'<p><cue>قالت</cue> {HIND}: "<said who="hind">لا</said>"، و<cue>تقول</cue>: "'
        f'<said who="hind" by="none">بلى</said>".</p>',
        f'<p>{SAYS}: "{WORDS}"، و<cue>تساءل</cue>: "<said who="sami" by="none">هل وصلت؟</said>".</p>',
    ),
    "dual-agreement": (
        f'<p>{SAMI} وهند <cue>أكدا</cue>: "{WORDS}".</p>',
        f'<p>{SAMI} وهند <cue>شكا</cue>: "{WORDS}".</p>',
    ),
    "plural-agreement": (
        '<p><speaker><rs ref="folk">السكان</rs></speaker> <cue>قالوا</cue>: "<said who="folk">نعم</said>".</p>',
        f'<p>{SAMI} <cue>أعلن</cue>: "{WORDS}".</p>',
    ),
    "office-speaker": (
        '<p>هنا <persName ref="sami">سامي</persName>. <cue>قال</cue> <speaker><rs '
        'ref="sami"><rs type="OCC">الوزير</rs></rs>'
        '</speaker>: "<said who="sami">نعم</said>".</p>',
        f'<p><rs type="OCC">الوزير</rs> هنا. {SAYS}: "{WORDS}".</p>',
    ),
    "group-speaker": (
        '<p><cue>قال</cue> <speaker><rs ref="folk">السكان</rs></speaker>: "<said who="folk">نعم</said>".</p>',
        f'<p><rs ref="folk">السكان</rs>. {SAYS}: "{WORDS}".</p>',
    ),
    "document-speaker": (
        '<p><cue>جاء</cue> في <speaker><rs ref="law">التقرير</rs></speaker>: "<said who="law">نعم</said>".</p>',
        f'<p><rs ref="law">التقرير</rs>. {SAYS}: "{WORDS}".</p>',
    ),
    "alternating-speakers": (
        f'<p>{SAYS}: "{WORDS}". <cue>قالت</cue> {HIND}: "<said who="hind">لا</said>".</p>' * 2,
        f'<p>{SAYS}: "{WORDS}". <cue>قالت</cue> {HIND}: "<said who="hind">لا</said>".</p>',
    ),
    "addressee": (
        f'<p>{SAYS} ل<addressee><persName ref="hind">هند</persName></addressee>: "'
        f'<said who="sami" addressee="hind">نعم</said>".</p>',
        f'<p>{SAYS} عن <persName ref="hind">هند</persName>: "{WORDS}".</p>',
    ),
    "relayed-speech": (
        f'<p>نقلت <orgName>وكالة الضفة</orgName> عن {SAMI} <cue kind="noun">قوله</cue>: "{WORDS}".</p>',
        f'<p>زارت <orgName>وكالة الضفة</orgName> البلدة. و{SAYS}: "{WORDS}".</p>',
    ),
    "quote-in-quote": (
        f'<p>{SAYS}: "<said who="sami"><cue>قالت</cue> لي {HIND}: «<said who="hind">لا</said>»</said>".</p>',
        f'<p>{SAYS} إن <said type="indirect" who="sami">الماء "<said type="partial">وصل</said>"</said>.</p>',
    ),
    "denial-cue": (
        f'<p>و<cue>نفى</cue> {SAMI} <said type="indirect" who="sami">وصول الماء</said>.</p>',
        f'<p>و<cue>أكد</cue> {SAMI} <said type="indirect" who="sami">وصول الماء</said>.</p>',
    ),
    "question-cue": (
        f'<p>و<cue>تساءل</cue> {SAMI}: "{WORDS}".</p>',
        f'<p>و<cue>أجاب</cue> {SAMI}: "{WORDS}".</p>',
    ),
    "negated-speech": ("<p>لم يقل الرجل إنه راحل.</p>", "<p>قال الرجل إنه راحل.</p>"),
    "hypothetical-speech": ("<p>قد يقول قائل إن الماء وصل.</p>", "<p>يقول الرجل إن الماء وصل.</p>"),
    "scripture-proverb": (
        '<p>والمثل "<term kind="other">من جد وجد</term>" على الباب.</p>',
        '<p>حملة "<term>من جد وجد</term>" على الباب.</p>',
    ),
    "unmarked-speech": (
        f'<p>{SAYS} إن <said type="indirect" who="sami">الماء وصل</said>.</p>',
        f'<p>{SAYS}: "{WORDS}".</p>',
    ),
    "dialect-in-marks": (
        f'<p>{SAYS}: "<said who="sami">شو صار؟ بدنا نروح</said>".</p>',
        f'<p>شو صار؟ {SAYS}: "{WORDS}".</p>',
    ),
    "latin-and-hashtags": ("<p>وسم #الجسر.</p>", "<p>وسم الجسر.</p>"),
    "levantine-dates": ('<p>في <date when="2024-04">نيسان</date>.</p>', "<p>سيارة نيسان.</p>"),
    "egyptian-dates": ('<p>في <date when="2024-08">أغسطس</date>.</p>', '<p>في <date when="2024-08">آب</date>.</p>'),
    "maghrebi-dates": ('<p>في <date when="2024-08">غشت</date>.</p>', '<p>في <date when="2024-08">آب</date>.</p>'),
    "hijri-dates": (
        '<p>في <date when="2024-03-11">1 رمضان 1445هـ</date>.</p>',
        '<p>في <date when="2024-03-11">11 مارس</date>.</p>',
    ),
    "spelling-slips": ("<p>في المدينه القديمة.</p>", "<p>في المياه القديمة.</p>"),
    "boilerplate": ('<p>نص.</p><p type="signoff">الميناء</p>', "<p>نص.</p><p>الميناء</p>"),
    "teaser-lines": ('<p>نص.</p><p type="note">اقرأ أيضا: الجسر</p>', '<p>نص.</p><p type="note">كل الحقوق محفوظة</p>'),
    "many-speakers": (
        "".join(
            f'<p><cue>قال</cue> <speaker><persName xml:id="s{number}">{name}</persName></speaker>: '
            f'"<said who="s{number}">نعم</said>".</p>'
            for number, name in enumerate(["سلمى", "نديم", "رباب", "شهاب", "وليد", "غادة"])
        ),
        f'<p>{SAYS}: "{WORDS}".</p>',
    ),
    "interview": ("<p>- متى؟</p><p>- أمس.</p><p>- أين؟</p><p>- هنا.</p>", "<p>- متى؟</p><p>- أمس.</p>"),
    "no-quotes": ("<p>نص.</p>", f'<p>{SAYS}: "{WORDS}".</p>'),
}  # fmt: skip


def article(body: str) -> Article:
    header = "".join(
        f'<entity xml:id="{name}" type="{type_}"/>' for name, type_ in TYPES.items() if f'ref="{name}"' in body
    )
    return from_tei(f'<TEI id="a"><header>{header}</header>{body}</TEI>'.encode())


def test_there_is_a_case_for_every_phenomenon():
    assert list(CASES) == SLUGS


@pytest.mark.parametrize("slug", SLUGS)
def test_what_holds_a_phenomenon_is_told_from_what_does_not(slug):
    assert [holds(article(body), slug) for body in CASES[slug]] == [True, False]


@pytest.mark.parametrize("record", ARTICLES, ids=lambda record: record.id)
def test_what_a_record_lists_is_in_it(record):
    assert [slug for slug in record.metadata.phenomena if not holds(record, slug)] == []


def test_articles_list_all_that_a_program_can_tell():
    assert [record.id for record in ARTICLES if record.metadata.phenomena != derived(record)] == []


def test_quotes_list_all_that_a_program_can_tell_of_them():
    said = {record.id: [list(quote.phenomena) for quote in record.quotes] for record in ARTICLES}
    assert {record.id: listed(record).quotes for record in ARTICLES} == said
    assert sum(map(len, said[SEED])) > 15


def test_a_quote_lists_what_it_is_an_item_of_and_its_article_as_well():
    body = (
        f'<p>{SAYS}: "{WORDS}".</p><p>"<said who="sami" phenomena="our-own" cue="none" by="none">لن نرحل</said>".</p>'
    )
    made = article(body)
    assert listed(made).quotes == [["marks-straight"], ["marks-straight", "no-cue", "our-own"]]
    assert derived(made) == ("marks-straight", "no-cue")


def test_every_phenomenon_is_held_often_enough():
    enough = 8 if len(COMPOSED) >= 100 else 0
    counts = {slug: sum(slug in record.metadata.phenomena for record in COMPOSED) for slug in SLUGS}
    assert {slug: count for slug, count in counts.items() if count < enough} == {}


def test_what_only_a_reader_can_tell_is_kept_where_it_can_be():
    silent = article(CASES["no-quotes"][0])
    tagged = silent.metadata.model_copy(update={"phenomena": ("spelling-slips", "dialect-in-marks", "no-quotes")})
    assert derived(silent.model_copy(update={"metadata": tagged})) == ("no-quotes",)
    slip = article("<p>في المدينه القديمة.</p>")
    assert "spelling-slips" not in derived(slip)
    tagged = slip.metadata.model_copy(update={"phenomena": ("spelling-slips",)})
    assert derived(slip.model_copy(update={"metadata": tagged})) == ("spelling-slips", "no-quotes")


def update(root, *arguments):
    command = [sys.executable, root / "scripts/update_phenomena.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_page_is_current():
    assert update(ROOT, "--check").returncode == 0


def test_records_are_tagged_and_the_page_follows(tmp_path):
    few_of_the_corpus(tmp_path / "corpus")
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    assert update(tmp_path).returncode == 0
    path, page = tmp_path / f"corpus/articles/news/{SEED}.json", tmp_path / "corpus/PHENOMENA.md"
    tagged, before = path.read_bytes(), page.read_bytes()
    path.write_bytes(tagged.replace(b'"names-in-marks"', b'"no-quotes", "spelling-slips"'))
    assert update(tmp_path, "--check").returncode == 1
    assert page.read_bytes() == before
    assert update(tmp_path, "--set", str(path.parent)).returncode == 0
    assert path.read_bytes() == tagged
    assert page.read_bytes() == before


def test_a_folder_that_is_not_there_is_told(tmp_path):
    run = update(ROOT, "--check", "--set", str(tmp_path / "none"))
    assert run.returncode == 2
    assert "no such folder" in run.stderr
