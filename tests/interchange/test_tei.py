"""Articles as marked-up text: what is written by hand becomes a record, and every record is written back."""

import json
import re

import pytest
from conftest import RECORD, ROOT, SEED
from conftest import tasrih as run
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import WITHOUT_SHRINKING, articles

import tasrih
from tasrih.interchange.tei import from_tei, to_tei
from tasrih.record import Article, to_json

EXAMPLE = ROOT / "docs/example.xml"


def there_and_back(record):
    article = Article.model_validate_json(json.dumps(record))
    text = to_tei(article)
    again = from_tei(text.encode())
    return to_json(article), to_json(again), text, to_tei(again)


def test_the_first_article_comes_back_byte_for_byte():
    before, after, text, again = there_and_back(RECORD)
    assert before == after == (ROOT / f"corpus/articles/news/{SEED}.json").read_bytes()
    assert text == again


def test_what_stands_near_needs_no_link():
    text = there_and_back(RECORD)[2]
    assert not re.search(' (by|cue|to|parent|part|n|end)="', text)
    assert "و<cue>أضاف</cue>" in text


@settings(max_examples=150, phases=WITHOUT_SHRINKING)
@given(articles())
def test_every_record_comes_back_byte_for_byte(record):
    before, after, text, again = there_and_back(record)
    assert before == after
    assert text == again


def read(*body, header="", attributes='id="a"'):
    text = f"<TEI {attributes}><header>{header}</header>{''.join(body)}</TEI>"
    return json.loads(to_json(from_tei(text.encode(), "a.xml")))


PEOPLE = '<entity xml:id="sami" type="PERS"/><entity xml:id="layla" type="PERS"/>'
BOTH = '<p><persName ref="sami">سامي</persName> و<persName ref="layla">ليلى</persName></p>'
SAMI = '<speaker><persName ref="sami">سامي</persName></speaker>'
LAYLA = '<speaker><persName ref="layla">ليلى</persName></speaker>'


def attributions(*paragraphs):
    """Cue, speaker and speaker's phrase of every quote."""
    record = read(BOTH, *(f"<p>{paragraph}</p>" for paragraph in paragraphs), header=PEOPLE)
    names = {entity["id"]: entity["name"] for entity in record["entities"]} | {None: None}
    return [
        (
            (quote["cue"] or {}).get("text"),
            names[(quote["speaker"] or {}).get("entity")],
            ((quote["speaker"] or {}).get("span") or {}).get("text"),
        )
        for quote in record["quotes"]
    ]


def test_the_example_of_the_manual_is_sound():
    manual = (ROOT / "docs/tei.md").read_text("utf-8")
    assert EXAMPLE.read_text("utf-8") == re.search(r"```xml\n(.*?)```", manual, re.DOTALL)[1]
    made = from_tei(EXAMPLE.read_bytes())
    report = tasrih.validate([json.loads(to_json(made))])
    assert report.passes(strict=True), list(report)
    quotes = tasrih.Article(made).quotes
    assert [(quote.type, quote.speaker.form, quote.cue.text) for quote in quotes] == [
        ("indirect", "named", ":"),
        ("indirect", "named", "أعلنت"),
        ("partial", "named", "أعلنت"),
        ("indirect", "named", "مشيرة"),
        ("direct", "elided", "قالت"),
        ("direct", "elided", "أضافت"),
        ("direct", "elided", "أضافت"),
        ("direct", "named", "يرد"),
    ]
    assert quotes[3].speaker.span.text == "رئيسة بلدية وادي النحل سلمى الحداد"
    assert quotes[4].addressee.span.text == "نديم الراعي"
    assert quotes[2].parent == quotes[1]
    assert quotes[7].text == "لم يسألنا أحد ولن نسكت"


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (f'<cue>قال</cue> {SAMI}: "<said who="sami">نعم</said>".', [("قال", "سامي", "سامي")]),
        (f'"<said who="sami">نعم</said>"، <cue>قال</cue> {SAMI}.', [("قال", "سامي", "سامي")]),
        (
            f'"<said who="sami">نعم</said>"، <cue>قال</cue> {SAMI}. و<cue>أضاف</cue>: "<said who="sami">لا</said>".',
            [("قال", "سامي", "سامي"), ("أضاف", "سامي", None)],
        ),
        (
            f'<cue>قال</cue>: "<said who="sami">نعم</said>". و<cue>ردت</cue> {LAYLA}: "<said who="layla">لا</said>".',
            [("قال", "سامي", None), ("ردت", "ليلى", "ليلى")],
        ),
        (
            f'"<said who="sami">نعم</said>"، <cue>قال</cue>. و<cue>ردت</cue> {LAYLA}: "<said who="layla">لا</said>".',
            [("قال", "سامي", None), ("ردت", "ليلى", "ليلى")],
        ),
        (
            f'<cue>قال</cue> {SAMI} "<said who="sami">نعم</said>" و"<said who="sami" cue="same">لا</said>".',
            [("قال", "سامي", "سامي"), ("قال", "سامي", "سامي")],
        ),
        (
            f'<cue>قال</cue> {SAMI} "<said who="sami">نعم</said>" '
            '<cue>مضيفا</cue> "<said who="sami" by="same">لا</said>".',
            [("قال", "سامي", "سامي"), ("مضيفا", "سامي", "سامي")],
        ),
        (
            f"<cue>قال</cue> {SAMI} إن "
            '<said type="indirect" who="sami">الأمر "<said type="partial">هين</said>"</said>.',
            [("قال", "سامي", "سامي"), ("قال", "سامي", "سامي")],
        ),
        (
            f'<cue>قال</cue> {SAMI} إن <said who="sami">{LAYLA} <cue>قالت</cue> <said who="layla">نعم</said></said>.',
            [("قال", "سامي", "سامي"), ("قالت", "ليلى", "ليلى")],
        ),
        (
            f'{SAMI} يتذكر. "<said who="sami">نعم</said>"، <cue>يقول</cue>. '
            'و<cue>يضيف</cue>: "<said who="sami">لا</said>"',
            [("يقول", "سامي", "سامي"), ("يضيف", "سامي", None)],
        ),
        ('"<said who="unknown" cue="none">نعم</said>"', [(None, None, None)]),
        (
            '<cue>قال</cue> <speaker form="pronoun">هو</speaker>: "<said who="sami">نعم</said>"',
            [("قال", "سامي", "هو")],
        ),
    ],
)
def test_a_quote_takes_the_cue_and_phrase_that_are_near(paragraph, expected):
    assert attributions(paragraph) == expected


def test_a_cue_may_stand_in_another_paragraph():
    first = f'{SAMI} <cue xml:id="c">قال</cue>:'
    assert attributions(
        first.replace("<speaker>", '<speaker xml:id="s">'), '"<said who="sami" cue="c" by="s">نعم</said>"'
    ) == [("قال", "سامي", "سامي")]


def test_line_breaks_are_spaces_and_edges_are_trimmed():
    record = read("<p>\n  في<placeName> البلدة\n  الجديدة </placeName>\n  اليوم\u00a0\n</p>")
    assert record["paragraphs"][0]["text"] == "في البلدة الجديدة اليوم"
    assert record["entities"][0]["mentions"][0] == {
        "paragraph": "p1",
        "start": 3,
        "end": 17,
        "text": "البلدة الجديدة",
        "form": "named",
    }


def test_slips_and_decomposed_letters_stay():
    text = "قال  قال ا\u0653لم ﻻ\u200f &amp; e\u0301"
    assert read(f"<p>{text}</p>")["paragraphs"][0]["text"] == text.replace("&amp;", "&")


def test_mentions_find_their_entities():
    body = (
        "<p><placeName>الوادي</placeName> <placeName>الوادي</placeName> "
        '<rs type="OCC" xml:id="mayor">رئيسة البلدية</rs> '
        '<rs ref="mayor">الرئيسة</rs> <date when="2026-03">مارس</date> <date when="2026-03">آذار</date> '
        '<rs type="NORP">العربية</rs> <persName>سامي الراعي</persName> <persName ref="sami">سامي الراعي</persName></p>'
    )
    record = read(body, header='<entity xml:id="sami" type="PERS" wikidata="Q1"/>')
    found = [
        (entity["type"], entity["name"], entity.get("value"), [(m["text"], m["form"]) for m in entity["mentions"]])
        for entity in record["entities"]
    ]
    assert found == [
        ("PERS", "سامي الراعي", None, [("سامي الراعي", "named"), ("سامي الراعي", "named")]),
        ("GPE", "الوادي", None, [("الوادي", "named"), ("الوادي", "named")]),
        ("OCC", "رئيسة البلدية", None, [("رئيسة البلدية", "nominal"), ("الرئيسة", "nominal")]),
        ("DATE", "مارس", "2026-03", [("مارس", "named"), ("آذار", "named")]),
        ("NORP", "العربية", None, [("العربية", "named")]),
    ]
    assert record["entities"][0]["identifiers"] == {"wikidata": "Q1"}


def test_more_than_one_entity_may_not_be_meant():
    names = '<p><persName xml:id="a">سامي</persName><persName xml:id="b">سامي</persName><persName>سامي</persName></p>'
    assert "more than one entity is called so" in complaints(names)


def complaints(*body, header=""):
    with pytest.raises(tasrih.TasrihError) as raised:
        read(*body, header=header)
    return str(raised.value)


@pytest.mark.parametrize(
    ("body", "header", "expected"),
    [
        ("<p>نعم <b>لا</b></p>", "", "a.xml:1:37: <b> cannot stand in <p>"),
        ('<p>و<cue>قال</cue> <said speaker="x">نعم</said></p>', "", "has no attribute speaker. It has type, who"),
        ('<p><cue>قال</cue> "<said>نعم</said>"</p>', "", "who says it?"),
        ('<p><cue>قال</cue> "<said who="sami">نعم</said>"</p>', "", 'who: the entity "sami" is not known. List it'),
        ('<p><persName ref="sami">سامي</persName></p>', "", 'the entity "sami" is not known. List it'),
        (BOTH, PEOPLE + '<entity xml:id="x" type="ORG"/>', 'no mention has ref="x"'),
        (BOTH, PEOPLE.replace("PERS", "PERSON"), "PERSON is no type. There are PERS, ORG"),
        (BOTH.replace("persName", "orgName"), PEOPLE, "<orgName> mentions an entity of type ORG; this is PERS"),
        (BOTH + '<p>"<said who="sami">نعم</said>"</p>', PEOPLE, "no cue is left for this quote"),
        (BOTH + "<p><cue>قال</cue></p>", PEOPLE, "this <cue> serves no quote"),
        (
            BOTH + f'<p><cue>قال</cue> {LAYLA} "<said who="sami">نعم</said>"</p>',
            PEOPLE,
            "this <speaker> serves no quote: none is near whose entity has a mention in it",
        ),
        (
            BOTH + f'<p><cue>قال</cue> {SAMI} "<said who="sami">نعم</said>" <cue>مضيفة</cue> '
            '"<said who="layla" by="same">لا</said>"</p>',
            PEOPLE,
            'by="same": the phrase of the quote before is not this speaker\'s',
        ),
        ('<p>"<said who="unknown" cue="c">نعم</said>"</p>', "", 'cue: there is no <cue xml:id="c">'),
        ('<p>"<said part="q">نعم</said>"</p>', "", 'there is no <said xml:id="q">, the first part'),
        (
            '<p>"<said who="unknown" cue="none" continues="q">نعم</said>"</p>',
            "",
            'continues: there is no <said xml:id="q">',
        ),
        (
            '<p>"<said xml:id="q" who="unknown" cue="none">نعم</said>"، "<said part="q" who="unknown">لا</said>"</p>',
            "",
            "who: say that at the first part of the quote.",
        ),
        ("<p><term/></p>", "", "<term> holds no words"),
        ('<p><term end="x"/>نعم</p>', "", 'There is no <end xml:id="x"/> after it'),
        ("<p> </p>", "", "<p> is empty. Take it out."),
        ("<p><rs>شيء</rs></p>", "", "<rs> needs ref (an entity) or type"),
        ("<p>نعم</p>", "<published>2026-02-30</published>", "a day of the calendar, ISO 8601"),
        ('<p type="boddy">نعم</p>', "", "a.xml:1:30: A value is not one of those allowed"),
        ("<p>نعم</p>", "<publisher>س</publisher><publisher>ص</publisher>", "<publisher> is given more than once"),
        ("<p>نعم</p>", '<waiver rule="Q101" at="#x">س</waiver>', 'has xml:id="x"'),
        ('<p xml:id="x">نعم</p><p xml:id="x">لا</p>', "", 'the xml:id "x" is given twice'),
        ('<p><term more="{">نعم</term></p>', "", "more is not JSON"),
        ("<p><term more='[]'>نعم</term></p>", "", "more is no JSON object"),
        ("<p><term more='{\"id\": NaN}'>نعم</term></p>", "", "more is not JSON"),
        ('<p><term more=\'{"id": "\\ud800"}\'>نعم</term></p>', "", "more is not JSON"),
        (f"<p><term more='{{\"id\": {'[' * 400}{']' * 400}}}'>نعم</term></p>", "", "a `more` in it cannot be kept"),
        ('<p><term more=\'{"id": "x"}\'>نعم</term></p>', "", "a.xml:1:33: A text does not"),
        ("نعم<p>نعم</p>", "", "there is text right in <TEI>"),
    ],
)
def test_mistakes_are_named_with_their_place_and_what_to_do(body, header, expected):
    message = complaints(body, header=header)
    assert expected in message
    assert all(re.match(r"a\.xml:1:[0-9]+: .*[.?]$", line) for line in message.splitlines()), message


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<TEI><p>a<said></p></TEI>", ":1:18: not well-formed XML (mismatched tag). <said> of 1:10 is still open."),
        (b"<TEI><p>a & b</p></TEI>", "Write & as &amp;"),
        (b"<TEI><p>\xff</p></TEI>", "save it as UTF-8"),
        (b'<?xml version="1.0" encoding="foo"?><TEI><p>\xe1</p></TEI>', "save it as UTF-8"),
        (b"", "Begin with <TEI>."),
        (b"<article/>", "Begin with <TEI>."),
        (b"<TEI/>", "there is no text"),
        (b"<TEI><p>&nbsp;</p></TEI>", "Write the character itself."),
        (b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><TEI/>', "a DOCTYPE is not read"),
        (b'<!DOCTYPE x [<!ENTITY a "aa">]><TEI><p>&a;</p></TEI>', "a DOCTYPE is not read"),
        (b"<TEI>" + b"<p>" * 100_000, "nested more than"),
    ],
)
def test_what_is_no_such_document_is_refused(data, expected):
    with pytest.raises(tasrih.TasrihError, match=re.escape(expected)):
        from_tei(data, "a.xml")


@given(st.data())
def test_no_document_makes_it_stumble(data):
    """Cut, doubled and misplaced pieces of a document give a record or an explanation."""
    pieces = re.findall(r"<[^>]*>|[^<>]+", EXAMPLE.read_text("utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(pieces))] * 2)))
        pieces[first:last] = data.draw(st.sampled_from([[], pieces[first:last] * 2, pieces[last : last + 3]]))
    made = attempt("".join(pieces).encode())
    assert made.startswith(("a.xml:", "{"))


def attempt(data):
    try:
        return to_json(from_tei(data, "a.xml")).decode()
    except tasrih.TasrihError as error:
        return str(error)


def test_a_waiver_may_name_an_element():
    record = read(
        '<p><cue>همهم</cue>: "<said xml:id="q" who="unknown">نعم</said>"</p>',
        header='<waiver rule="Q112" at="#q/cue">بلدي</waiver>',
    )
    assert record["waivers"] == [{"rule": "Q112", "at": "/quotes/0/cue", "reason": "بلدي"}]


def test_records_that_cannot_be_written_are_refused(seed):
    for change, expected in (
        (
            lambda record: record["paragraphs"][1].update(text="\x07" + record["paragraphs"][1]["text"]),
            "not at its place",
        ),
        (lambda record: record["metadata"].update(publisher="\x07"), "U+0007 cannot stand in XML"),
        (lambda record: record["terms"].pop(0), "the ids of its terms do not count from 1"),
        (lambda record: record["quotes"][0].update(parent="q99"), "q99 does not exist"),
    ):
        record = json.loads(json.dumps(seed))
        change(record)
        with pytest.raises(tasrih.TasrihError, match=re.escape(expected)):
            to_tei(Article.model_validate_json(json.dumps(record)))


def test_files_are_imported_and_exported(tmp_path):
    good, bad = tmp_path / "in/example.xml", tmp_path / "in/a-bad.xml"
    good.parent.mkdir()
    good.write_bytes(EXAMPLE.read_bytes())
    bad.write_text("<TEI><p>", "utf-8")
    done = run("import", "tei", good.parent, tmp_path / "nowhere.xml", "--out", tmp_path / "records")
    assert done.returncode == 1
    assert b"a-bad.xml:1:9: not well-formed" in done.stderr
    assert b"nowhere.xml: cannot be read" in done.stderr
    assert [file.name for file in (tmp_path / "records").iterdir()] == ["2026-03-14-wadi-bridge.json"]
    assert run("export", "--to", "tei", tmp_path / "records", "--out", tmp_path / "back").returncode == 0
    again = run("import", "tei", tmp_path / "back/2026-03-14-wadi-bridge.xml")
    assert again.stdout == (tmp_path / "records/2026-03-14-wadi-bridge.json").read_bytes()
    assert run("import", "tei", "-", stdin=good.read_bytes()).stdout == again.stdout


def test_the_bundled_corpus_is_exported():
    done = run("export", "--to", "tei")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b'<?xml version="1.0" encoding="UTF-8"?>\n<TEI id="')


def test_two_documents_with_one_id_do_not_overwrite_each_other(tmp_path):
    done = run("import", "tei", EXAMPLE, EXAMPLE, "--out", tmp_path)
    assert done.returncode == 1
    assert b"another article given here has the same id" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["import"], ["import", "xyz", "a"], ["export"], ["export", "--to", "tei", "nowhere"]]
)
def test_wrong_use_is_explained(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_invalid_records_are_not_exported(tmp_path):
    (tmp_path / "a.json").write_text("{}", "utf-8")
    done = run("export", "--to", "tei", tmp_path)
    assert done.returncode == 1
    assert b"a.json: not a valid record" in done.stderr
