"""What a finding says beyond that something is wrong: the letter, the word that was meant, what can be mended."""

import json

import pytest
from conftest import RECORD, ROOT, SEED, invoke

from tasrih.arguments import nearest_word
from tasrih.validation.differences import difference, difference_in
from tasrih.validation.fixes import fixed
from tasrih.validation.roads import check

WITHIN = ROOT / "corpus"
FILE = str(WITHIN / f"articles/news/{SEED}.json")


def found(record, code):
    data = json.dumps(record, ensure_ascii=False).encode()
    return next(finding for finding in check(FILE, data, within=WITHIN) if finding.code == code)


def test_the_first_letter_that_differs_is_named():
    assert difference("سلمى\u00a0الحداد", "سلمى الحداد") == (
        "letter 5 is U+00A0 NO-BREAK SPACE here, U+0020 SPACE there"
    )
    assert difference("المرفأ", "المرفا").startswith("letter 6 is U+0623 ARABIC LETTER ALEF WITH HAMZA ABOVE here")
    assert difference("المرفأ", "المرفأ.") == "letter 7 is nothing here, U+002E FULL STOP there"
    assert difference("المرفأ", "البحر والسفن") == difference("المرفأ", "المرفأ") == ""
    assert difference_in("جاءت السفينة", "xxجاءت السفينهyy").startswith("letter 12 is U+0629 ")
    assert difference_in("جاءت السفينة", "لا شيء") == ""
    assert nearest_word("pers", ["ORG", "PERS"]) == "PERS"


def test_spans_and_paragraphs_that_differ_show_the_letter(seed):
    seed["quotes"][3]["cue"]["text"] = seed["quotes"][3]["cue"]["text"].replace("أ", "ا", 1)
    assert "U+0627 ARABIC LETTER ALEF here" in found(seed, "A104").message
    seed["paragraphs"][1]["text"] = seed["paragraphs"][1]["text"].replace("،", ",", 1)
    assert "U+002C COMMA here, U+060C ARABIC COMMA there" in found(seed, "M108").suggestion
    assert "U+002C COMMA here, U+060C ARABIC COMMA there" in found(seed, "M109").suggestion


@pytest.mark.parametrize(
    ("code", "change", "given", "near"),
    [
        ("S204", lambda record: record["quotes"][0].update(type="Direct"), "Direct", "direct"),
        ("S204", lambda record: record["entities"][0].update(type="person"), "person", "PERS"),
        ("S205", lambda record: record["metadata"].update(published="2021/1/5"), "2021/1/5", "2021-01-05"),
        ("S205", lambda record: record["metadata"].update(published="٢٠٢١-١٠-١٣"), "٢٠٢١-١٠-١٣", "2021-10-13"),
        ("S205", lambda record: record.update(id="Lavrov in Kabul"), "Lavrov in Kabul", "lavrov-in-kabul"),
        ("S205", lambda record: record["paragraphs"][0].update(id="P1"), "P1", "p1"),
        ("E108", lambda record: record["entities"][0].update(link="sergei-lavrov"), "sergei-lavrov", "sergey-lavrov"),
        ("Q113", lambda record: record["quotes"][0]["speaker"].update(entity="e99"), "e99", "e1"),
    ],
)
def test_what_was_given_is_told_and_what_is_near_it(seed, code, change, given, near):
    change(seed)
    finding = found(seed, code)
    assert given in finding.message
    assert f"did you mean {near}?" in finding.suggestion


def test_a_byte_order_mark_and_marks_in_a_span_are_mended(seed):
    plain = json.dumps(RECORD, ensure_ascii=False).encode()
    assert fixed(FILE, b"\xef\xbb\xbf" + plain, WITHIN) == plain
    span = seed["quotes"][3]["spans"][0]
    text = next(part["text"] for part in seed["paragraphs"] if part["id"] == span["paragraph"])
    span["start"], span["end"] = span["start"] - 1, span["end"] + 1
    span["text"] = text[span["start"] : span["end"]]
    assert found(seed, "A108").fix
    assert fixed(FILE, json.dumps(seed, ensure_ascii=False).encode(), WITHIN) == plain


def test_a_record_from_standard_input_asks_for_its_corpus(seed):
    seed["metadata"]["source"]["path"] = "sources/elsewhere.txt"
    told = invoke("validate", "-", stdin=json.dumps(seed).encode()).stdout
    assert "help: name the corpus folder that has it: --corpus" in told
    assert "    at: /metadata/source/path" in told


def test_of_a_corpus_that_was_named_the_source_is_asked_for(seed, tmp_path):
    (tmp_path / "corpus/articles").mkdir(parents=True)
    told = invoke("validate", "-", "--corpus", tmp_path / "corpus", stdin=json.dumps(seed).encode()).stdout
    assert "help: put it into the corpus folder that was named" in told
    assert "--corpus" not in told
