"""Rules about what a record says of its text: names left unmarked, speech resumed, licences, phenomena."""

import copy
from datetime import date

import orjson
import pytest
from conftest import ROOT, SEED, WITH_WORDS
from make_corpus import articles

from tasrih.validation import RULES
from tasrih.validation.fixes import fixed
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.roads import check

PLAIN = next(articles(1, 1))
RECORDS = [orjson.loads(path.read_bytes()) for path in WITH_WORDS]


def found(code, record):
    """What a rule finds in a record: the details."""
    index = Index(record, Surroundings(ROOT / "corpus", {}, date(2026, 1, 1)))
    return [problem.detail for problem in RULES[code].check(index)]


def record(*texts, mentions=(), kind="PERS", terms=()):
    """A record whose first entity is mentioned, and its terms stand, where these words first stand in a paragraph."""
    made = copy.deepcopy(PLAIN) | {"quotes": [], "terms": [], "entities": []}
    made["paragraphs"] = [
        {"id": f"p{number}", "role": "body" if number > 1 else "headline", "text": text}
        for number, text in enumerate(texts, 1)
    ]
    if mentions:
        spans = [span(made, *mention) | {"form": "named"} for mention in mentions]
        made["entities"] = [{"id": "e1", "type": kind, "name": spans[0]["text"], "mentions": spans}]
    made["terms"] = [{"id": f"t{n}", "kind": "title", "span": span(made, *term)} for n, term in enumerate(terms, 1)]
    return made


def span(made, paragraph, words):
    start = made["paragraphs"][paragraph - 1]["text"].index(words)
    return {"paragraph": f"p{paragraph}", "start": start, "end": start + len(words), "text": words}


NAME = (1, "سلمى الحداد")


@pytest.mark.parametrize(
    "text", ["عادت سلمى الحداد.", "رأوا وسلمى الحداد معهم.", "قيل لسلمى الحداد", "«سلمى الحداد»", "فبسلمى الحداد"]
)
def test_a_name_is_marked_wherever_it_stands(text):
    assert len(found("E116", record("سلمى الحداد", text, mentions=[NAME]))) == 1
    assert found("E116", record("سلمى الحداد", text, mentions=[NAME, (2, "سلمى الحداد")])) == []


@pytest.mark.parametrize(
    "text",
    ["سلمى والحداد", "آل سلمى الحدادين", "مسلمى الحداد", "سلمى، الحداد", "وسلمى_الحداد", "سلمى وحدها", "الحداد سلمى"],
)
def test_other_words_are_not_the_name(text):
    assert found("E116", record("سلمى الحداد", text, mentions=[NAME])) == []


def test_a_name_within_a_longer_one_or_a_title_may_be_another():
    text = "رواية «أيام سلمى الحداد» عن سلمى الحداد الصغيرة"
    longer = record("سلمى الحداد", text, mentions=[NAME, (2, "سلمى الحداد الصغيرة")], terms=[(2, "أيام سلمى الحداد")])
    assert found("E116", longer) == []
    assert len(found("E116", longer | {"terms": []})) == 1


def test_a_single_word_and_a_date_may_stand_unmarked():
    assert found("E116", record("سلمى", "سلمى", mentions=[(1, "سلمى")])) == []
    assert found("E116", record("3 مايو", "في 3 مايو من كل عام", mentions=[(1, "3 مايو")], kind="DATE")) == []


def test_the_quote_around_what_is_resumed_does_not_come_between():
    made = record("قال إن «الجسر»، وأضاف أن «القديم سيهدم»")
    said = {"cue": None, "speaker": {"entity": "e1", "form": "elided", "span": None}}
    parts = ["إن «الجسر»", "الجسر", "أن «القديم سيهدم»", "القديم سيهدم"]
    made["quotes"] = [
        {"id": f"q{n}", "type": "indirect", "spans": [span(made, 1, part)], **said, "parent": parent, "continues": None}
        for n, (part, parent) in enumerate(zip(parts, [None, "q1", None, "q3"], strict=True), 1)
    ]
    for resumed, earlier in (("q3", "q1"), ("q3", "q2"), ("q4", "q2"), ("q4", "q1")):
        again = copy.deepcopy(made)
        again["quotes"][int(resumed[1]) - 1]["continues"] = earlier
        assert found("Q124", again) == found("Q126", again) == []


@pytest.mark.parametrize("licence", ["CC-BY-4.0", "MIT OR Apache-2.0", "LicenseRef-press-office", "CC0-1.0"])
def test_licences_of_the_list_and_of_ones_own_are_known(licence):
    made = copy.deepcopy(PLAIN)
    made["metadata"]["rights"]["license"] = licence
    assert found("M123", made) == []


@pytest.mark.parametrize("licence", ["free", "CC BY 4.0", "MIT AND", "(" * 5000, "NONE", "رخصة المشاع", " "])
def test_what_is_no_licence_is_told(licence):
    made = copy.deepcopy(PLAIN)
    made["metadata"]["rights"]["license"] = licence
    assert len(found("M123", made)) == 1


def test_a_fix_lists_the_phenomena_that_a_record_holds_and_keeps_those_of_ones_own():
    made = copy.deepcopy(RECORDS[0])
    right = made["metadata"]["phenomena"]
    made["metadata"]["phenomena"] = ["no-quotes", "our-own", *right[2:], right[-1], "our-own"]
    mended = orjson.loads(fixed("a.json", orjson.dumps(made), ROOT / "corpus"))
    assert mended["metadata"]["phenomena"] == [*right, "our-own"]
    assert "M126" not in check("a.json", orjson.dumps(mended), within=ROOT / "corpus").by_code()


def test_a_record_without_phenomena_or_with_spans_that_lead_nowhere_is_not_asked_for_them():
    absent, lost = copy.deepcopy(RECORDS[0]), copy.deepcopy(RECORDS[0])
    del absent["metadata"]["phenomena"]
    lost["metadata"]["phenomena"], lost["quotes"][0]["spans"][0]["paragraph"] = [], "p999"
    assert found("M126", absent) == found("M126", lost) == []


def test_a_colon_that_is_said_to_be_a_participle_is_looked_at_as_well():
    made = copy.deepcopy(RECORDS[0])
    cue = made["quotes"][0]["cue"]
    space = made["paragraphs"][int(cue["paragraph"][1:]) - 1]["text"].index(" ")
    made["metadata"]["phenomena"] = []
    cue |= {"kind": "participle", "start": space, "end": space + 1, "text": " "}
    assert found("M126", made)


def test_a_long_name_of_a_text_that_may_not_be_passed_on_is_cut_at_seven_words():
    made = copy.deepcopy(RECORDS[[record["id"] for record in RECORDS].index(SEED)])
    (long,) = (entity for entity in made["entities"] if len(entity["name"].split()) > 7)
    words = long["name"].split()
    for count, codes in ((7, set()), (6, {"E103"})):
        long["name"] = " ".join(words[:count])
        assert set(check("a.json", orjson.dumps(made), within=ROOT / "corpus").by_code()) & {"E103"} == codes


def test_a_time_ago_is_a_date_unless_it_is_a_distance_or_supposed():
    for text in ("عاد الصياد قبل عامين.", "وقبل ثلاثة أيام هدأ البحر."):
        assert len(found("E125", record(text))) == 1
    for text in ("عاد قبل يومين من العيد.", "لا عودة قبل خمس سنوات.", "لو قيل لي قبل عام ما صدقت.", "عاد قبل أيام."):
        assert found("E125", record(text)) == []


@pytest.mark.parametrize("event", ["حملة النظافة", "المبادرة", "الزيارة", "قطرة للغد"])
def test_campaigns_and_the_like_are_no_events(event):
    text = f'انتهت أمس حملة "{event}" في الوادي.'
    assert len(found("E124", record(text, mentions=[(1, event)], kind="EVENT"))) == 1


@pytest.mark.parametrize("event", ["المعرض", "سباق الزوارق", "مؤتمر المبادرات"])
def test_what_takes_place_is_an_event(event):
    assert found("E124", record(f"انتهى أمس {event} في الوادي.", mentions=[(1, event)], kind="EVENT")) == []
