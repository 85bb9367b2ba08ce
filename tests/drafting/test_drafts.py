"""What `draft` makes, `validate` accepts; or the draft says what its reader must decide."""

import json
import random
import unicodedata

import pytest
from conftest import RECORD, ROOT, read_json
from hypothesis import given, settings
from hypothesis import strategies as st
from layouts import HIDDEN, layout
from test_drafting import PAGE

from tasrih import TasrihError, draft, sources
from tasrih.drafting.explanation import explained
from tasrih.record import to_json
from tasrih.validation import RULES, validate

TITLE = "الوزيرة تعلن خطة المياه\n\n"
BODY = 'قالت الوزيرة هدى السالمي: "سنفتح المصنع في الصيف المقبل".'


def corpus(folder, texts):
    """A corpus of the drafts of texts by name, with their sources; what cannot be drafted is left out."""
    (folder / "articles/drafts").mkdir(parents=True)
    (folder / "sources").mkdir()
    (folder / "entities.json").write_bytes((ROOT / "corpus/entities.json").read_bytes())
    records = []
    for name, raw in texts.items():
        try:
            records.append(draft(name, raw))
        except TasrihError:
            continue
        (folder / "sources" / name).write_bytes(raw)
        (folder / f"articles/drafts/{records[-1].id}.json").write_bytes(to_json(records[-1]))
    return records


def errors(folder):
    """What is wrong in a corpus, copies of articles aside."""
    return [str(found) for found in validate([folder], ignore=["C"]) if found.severity == "error"]


def test_drafts_of_mutated_layouts_are_accepted(tmp_path):
    rng = random.Random(14)
    records = corpus(tmp_path, {f"a{number}.txt": layout(rng).encode() for number in range(250)})
    assert len(records) > 240
    assert errors(tmp_path) == []
    waived = [waiver for record in records for waiver in record.waivers]
    assert all(waiver.reason.startswith("A reader must decide ") for waiver in waived)
    assert sum(not record.waivers for record in records) > 100


def test_drafts_of_pages_and_of_lines_that_end_in_every_way_are_accepted(tmp_path):
    texts = {"page.html": PAGE.encode()}
    markup = PAGE.replace("<p>وأضافت النجار: ", "<p><b>وأضافت</b>\n <a href='/n'>النجار</a>:&nbsp;&#x200f;")
    texts["markup.html"] = markup.replace("على ضفتي النهر", "على <em>ضفتي</em> &quot;النهر&quot;").encode()
    texts["old.html"] = PAGE.replace("<head>", '<head><meta charset="windows-1256">').encode("cp1256")
    for number, end in enumerate(["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\n\n", ""]):
        texts[f"a{number}.txt"] = (TITLE.replace("\n\n", end or "\n") + BODY + end).encode()
    records = corpus(tmp_path, texts)
    assert len(records) == len(texts)
    assert [record.id for record in records if len(record.paragraphs) < 2] == []
    assert errors(tmp_path) == []


@pytest.mark.parametrize(
    "change",
    [
        *(f"{letter}{{}}" for letter in HIDDEN),
        *(f"قالت{letter}\n" for letter in HIDDEN),
        *["\xa0{}", "\u202f{}", "\u3000{}", "\t{}", "{}\x0c"],
    ],
)
def test_what_nobody_sees_goes_from_the_record_and_is_no_matter_in_the_source(tmp_path, change):
    text = TITLE + change.format(BODY) if "{}" in change else TITLE + BODY.replace("قالت ", change.replace("\n", " "))
    (record,) = corpus(tmp_path, {"a.txt": text.encode()})
    assert record.paragraphs[1].text == BODY
    assert errors(tmp_path) == []


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
def test_other_forms_of_the_same_letters_are_no_matter(tmp_path, form):
    shapes = TITLE + BODY.replace("ف", "\ufed4").replace("لم", "ﻟﻢ").replace("السالمي", "السّاﻻمي")
    (record,) = corpus(tmp_path, {"a.txt": unicodedata.normalize(form, shapes).encode()})
    assert unicodedata.is_normalized("NFKC", record.paragraphs[1].text)
    assert errors(tmp_path) == []


def test_letters_and_words_that_differ_from_the_source_are_found(tmp_path):
    (record,) = corpus(tmp_path, {"a.txt": f"\ufeff{TITLE}\u200e{BODY}".encode()})
    file = tmp_path / f"articles/drafts/{record.id}.json"
    changed = read_json(file)
    changed["paragraphs"][1]["text"] = BODY.replace("المقبل", "الماضي")
    changed |= {"quotes": [], "entities": [], "waivers": []}
    file.write_text(json.dumps(changed), "utf-8")
    assert {found.code for found in validate([file])} == {"M104", "M108", "M109", "Q101"}


@settings(max_examples=300)
@given(
    st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("اأآىةﻻﷲ\u0651\u0654 \u200f\ufeff")))
)
def test_a_clean_line_is_clean(text):
    clean = sources.clean(text)
    assert sources.clean(clean) == clean
    assert [sources.clean(line) for line in text.splitlines()] == sources.lines(text)
    assert unicodedata.is_normalized("NFC", clean)
    seen = {"paragraphs": [{"id": "p1", "role": "body", "text": clean}], "entities": []}
    assert not [code for code in ("T101", "T102", "T103", "T109", "T110", "T112") if problems(code, seen)]


def problems(code, parts):
    from tasrih.validation.index import Index

    record = {"metadata": {}, "quotes": [], "terms": [], **parts}
    return list(RULES[code].check(Index(record, None)))


@pytest.mark.parametrize(
    "text",
    [
        'وقال متحدث باسم رئيسة الحكومة إن المدينة "تسعى فعليا" إلى الحل.',
        'وقال المتحدث باسم وزارة الشؤون الاجتماعية: "لن نغلق المصنع أبدا".',
        'قال نائب رئيس الوزراء إن "العمل جار". وأضاف نائب رئيس: "نعم".',
        'وقال شقيق الغريق والأقرب إليه إن القارب "قديم جدا".',
        'قالت صحيفة " الأفق " المحلية إن الماء " قليل ".',
        "وبحسب \"رابطة السنابل\"، خطرة جدا. نشر في 24 أغسطس 2020 وبحسب ''رابطة السنابل''، نعم.",
        'ونقلت رئيسة البلدية، سلمى الحداد، قوله إن «عددهم 55»"',
        'قالت مصادر محلية: "نعم". وقالت مصادر محلية: "لا أبدا يا صديقي".',
        "ـــوقال الوزير: «ـــنعم يا صديقئ».",
    ],
)
def test_entities_of_a_draft_are_mentioned_once_and_called_as_the_text_does(tmp_path, text):
    corpus(tmp_path, {"a.txt": (TITLE + text).encode()})
    assert errors(tmp_path) == []
    assert not validate([tmp_path], select=["E", "Q"]).findings


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ('قالت الوزيرة: "سنفتح المصنع في الصيف المقبل.', "Q102", "no mark after it"),
        ('سنفتح المصنع في الصيف" أبدا.', "Q101", "at 21"),
        ("قالت الوزيرة إن المصنع \ue000 يفتح غدا في الصباح.", "T111", "U+E000"),
        (f"قالت الوزيرة إن المصنع \ufffd يفتح غدا في الصباح. {'وعاد العمال إلى أعمالهم. ' * 9}", "T106", "U+FFFD"),
    ],
)
def test_what_a_reader_must_decide_is_said(tmp_path, text, rule, words):
    (record,) = corpus(tmp_path, {"a.txt": (TITLE + text).encode()})
    (waiver,) = record.waivers
    assert (waiver.rule, waiver.reason.startswith("A reader must decide "), words in waiver.reason) == (
        rule,
        True,
        True,
    )
    assert explained(record).splitlines()[0] == f"{rule}  {waiver.at}  {waiver.reason}"
    assert errors(tmp_path) == []


def test_a_question_of_a_draft_does_not_outlive_its_review(seed):
    seed["waivers"] = [{"rule": "Q101", "at": "/paragraphs/1/text", "reason": "A reader must decide what this is."}]
    report = validate([seed], within=ROOT / "corpus")
    assert report.by_code() == {"M112": 1, "M121": 1}
    assert next(found.pointer for found in report if found.code == "M112") == "/waivers/0/reason"
    assert RECORD["metadata"]["annotation"]["status"] == "reviewed"
