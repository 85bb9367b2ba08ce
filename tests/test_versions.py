"""What records of schema 1.1 say, and records of 1.0 cannot: from validation to scores."""

import copy
import json

import pytest
from conftest import ROOT, read_json
from conftest import tasrih as run

import tasrih
from tasrih.dataset.tags import LABELS
from tasrih.interchange.tei import from_tei, to_tei
from tasrih.record import Article
from tasrih.standoff.filling import full
from tasrih.standoff.losses import kept
from tasrih.standoff.models import standoff, withheld

RULES = ROOT / "tests/rules"
UNMARKED, JOINT, AGAIN = (read_json(RULES / code / "good.json") for code in ("M132", "Q133", "T116"))
KINDS = {"unmarked": UNMARKED, "joint": JOINT, "again": AGAIN}


def codes(record):
    return [finding.code for finding in tasrih.validate([record], within=RULES / "corpus")]


def changed(record, **fields):
    return copy.deepcopy(record) | fields


def modelled(record):
    return Article.model_validate_json(json.dumps(record))


def undated(version, published):
    record = changed(JOINT, schema_version=version)
    record["metadata"]["published"] = published
    record["entities"][-1]["value"] = None
    record["quotes"][2]["speaker"].pop("others")
    return record


def test_a_record_of_the_first_version_has_nothing_of_the_second():
    assert [codes(changed(record, schema_version="1.0")) for record in KINDS.values()] == [["M132"]] * 3
    assert [codes(record) for record in KINDS.values()] == [[]] * 3


def test_the_version_is_set_right(tmp_path):
    file = tmp_path / "articles/composed/bad.json"
    file.parent.mkdir(parents=True)
    file.write_bytes((RULES / "M132/bad.json").read_bytes())
    run("validate", "--fix", file)
    assert read_json(file) == changed(UNMARKED, id="bad")


def test_only_what_hangs_on_an_unknown_day_has_no_value():
    assert "E104" not in codes(undated("1.1", None))
    assert "E104" in codes(undated("1.0", None))
    assert "E104" in codes(undated("1.1", "2024-05-04"))


def test_unmarked_speech_stands_in_no_marks():
    record = changed(UNMARKED)
    words = "الماء لن يصل غدا"
    record["paragraphs"][2]["text"] = f'وأضافت: "{words}".'
    record["quotes"][2]["spans"] = [{"paragraph": "p3", "start": 9, "end": 9 + len(words), "text": words}]
    assert codes(record) == ["Q103", "Q134"]


def test_a_paragraph_said_again_is_no_slip():
    again = changed(AGAIN)
    again["paragraphs"][2]["text"] = again["paragraphs"][1]["text"]
    assert codes(again) == []
    again["paragraphs"][2]["repeats"] = None
    assert codes(again) == ["T114"]


def test_joint_speakers_are_known_speakers():
    joint = changed(JOINT)
    joint["quotes"][2]["speaker"]["others"] = ["e9", "e2"]
    assert codes(joint) == ["Q113", "Q114"]


@pytest.mark.parametrize("record", KINDS.values(), ids=KINDS)
def test_nothing_is_lost_in_other_forms(record):
    model = modelled(record)
    assert from_tei(to_tei(model).encode()) == model
    bare = withheld(record)
    standoff().model_validate_json(json.dumps(bare))
    texts = {paragraph["id"]: paragraph["text"] for paragraph in record["paragraphs"]}
    assert full(bare, texts, str) == record


def without(record, gone):
    places = {
        paragraph["id"]: (paragraph["id"], paragraph["text"], lambda start, end: (start, end))
        for paragraph in record["paragraphs"]
        if paragraph["id"] != gone
    }
    return kept(record, places)[0]


def test_ids_follow_what_is_lost():
    record = changed(JOINT)
    record["paragraphs"][2]["repeats"] = "p2"
    assert [paragraph.get("repeats") for paragraph in without(record, "p1")["paragraphs"]] == [None, "p1"]
    left = without(record, "p2")
    (other,) = left["quotes"][-1]["speaker"]["others"]
    assert [paragraph.get("repeats") for paragraph in left["paragraphs"]] == [None, None]
    assert (other, [one["name"] for one in left["entities"] if one["id"] == other]) == ("e3", ["نديم الراعي"])


def test_speech_is_written_by_hand_as_unmarked():
    text = (
        '<TEI id="a"><p><cue>قالت</cue> <speaker><persName xml:id="salma">سلمى</persName></speaker>: '
        '<said type="unmarked" who="salma">نحن لا نخاف</said>.</p></TEI>'
    )
    made = from_tei(text.encode())
    assert (made.schema_version, made.quotes[0].type) == ("1.1", "unmarked")


def test_a_quote_is_found_by_any_of_its_speakers(tmp_path):
    records, built = tmp_path / "joint.jsonl", tmp_path / "built"
    records.write_text(json.dumps(JOINT, ensure_ascii=False))
    tasrih.build(built, records)
    for corpus in (tasrih.load(records), tasrih.load(built)):
        found = {name: [quote.id for quote in corpus.quotes(speaker=name)] for name in ("نديم الراعي", "سلمى الحداد")}
        assert found == {"نديم الراعي": ["q3"], "سلمى الحداد": ["q1", "q2", "q3"]}
        assert [other.name for other in corpus["good"].quotes[2].speaker.others] == ["نديم الراعي"]
    assert tasrih.verify(built) == []


def test_labels_of_tokens_keep_their_numbers():
    assert LABELS["quote"] == ("direct", "partial", "indirect", "unmarked")


def test_what_is_said_again_counts_once():
    body = "<p><persName>سامي</persName> في البيت منذ الصباح.</p>"
    gold = from_tei(f"<TEI id='a'>{body}{body}</TEI>".encode())
    again = gold.paragraphs[1].model_copy(update={"repeats": "p1"})
    gold = gold.model_copy(update={"paragraphs": (gold.paragraphs[0], again)})
    reader = from_tei(f"<TEI id='a'>{body}<p>سامي في البيت منذ الصباح.</p></TEI>".encode())
    counts = tasrih.score([gold], [reader]).groups["all"].counts["mentions exact"]
    assert (counts.gold, counts.predicted, counts.matched) == (1, 1, 1)
    assert tasrih.agree([gold], [reader]).groups["all"].tokens == 6
