"""Predictions as a format: what is written scores as the record does, and what a system found is put into records."""

import copy
import json
import re

import pytest
from conftest import RECORD, ROOT, WITH_WORDS, invoke, read_json
from jsonschema import Draft202012Validator
from own import SPEECH
from own import record as own_record

import tasrih
from tasrih.interchange.predictions import PREDICTIONS
from tasrih.record import Article, to_json
from tasrih.standoff.models import standoff, withheld
from tasrih.text.tokens import tokens

LIGHTS = own_record()
ID = LIGHTS["id"]


def laid(folder, *records):
    corpus = folder / "corpus/articles/harbour"
    corpus.mkdir(parents=True, exist_ok=True)
    for record in records:
        model = Article if "text" in record["paragraphs"][0] else standoff()
        data = to_json(model.model_validate_json(json.dumps(record)))
        (corpus / f"{record['id']}.json").write_bytes(data)
    return corpus


def brought(folder, *lines, record=LIGHTS):
    """What is told of lines, without the name of the file, and the record of the corpus then."""
    corpus, file = laid(folder, record), folder / "found.jsonl"
    text = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    file.write_text(text, encoding="utf-8")
    done = invoke("import", "predictions", file, "--onto", corpus)
    told = [re.sub(r"\S*/(\S+\.jsonl?:)", r"\1", line) for line in done.stderr.splitlines()]
    assert done.exit_code == int(any("changed" not in line for line in told))
    return told, read_json(corpus / f"{record['id']}.json")


def line_of(record):
    (data,) = PREDICTIONS.write(record).values()
    return json.loads(data)


def test_what_is_written_scores_as_the_record_does():
    records = [read_json(path) for path in WITH_WORDS[::10]]
    articles = [Article.model_validate_json(json.dumps(record)) for record in records]
    scores = tasrih.score(articles, [line_of(record) for record in records])
    assert (scores.invalid.answers, scores.invalid.invalid) == (scores.invalid.answers, 0)
    assert {counts.f1 for counts in scores.groups["all"].counts.values()} == {1.0}
    allowed = Draft202012Validator(read_json(ROOT / "schema/v1/predictions.schema.json"))
    assert [error for record in records for error in allowed.iter_errors(line_of(record))] == []


def test_only_what_was_predicted_otherwise_is_changed(tmp_path):
    line = line_of(RECORD)
    line["quotes"][1]["type"] = "partial"
    told, record = brought(tmp_path, line, record=RECORD)
    expected = copy.deepcopy(RECORD)
    expected["quotes"][1]["type"] = "partial"
    assert told == [f"{RECORD['id']}.json: changed"]
    assert record == expected


def test_answers_by_words_are_what_stands_there_and_what_was_not_tried_stays(tmp_path):
    quote = {"spans": [{"text": SPEECH}], "speaker": {"span": {"text": "سهيلة المرجاني"}}}
    assert brought(tmp_path, {"id": ID, "quotes": [quote]})[0] == [f"{ID}.json: changed"]
    _, record = brought(tmp_path, {"id": ID, "quotes": [quote]})
    expected = copy.deepcopy(LIGHTS)
    expected["quotes"][0]["speaker"]["span"] = {
        name: LIGHTS["entities"][0]["mentions"][0][name] for name in ("paragraph", "start", "end", "text")
    }
    assert record == expected


def test_what_a_system_found_anew_gets_the_next_ids_and_the_rest_goes(tmp_path):
    line = {
        "id": ID,
        "quotes": [
            {
                "spans": [{"text": "خطة للإنارة"}],
                "type": "indirect",
                "cue": {"text": "تعلن"},
                "speaker": {"entity": "x"},
            }
        ],
        "terms": [{"span": {"text": "الرصيف"}}],
        "mentions": [
            {"span": {"text": "المرفأ الأزرق"}, "type": "GPE", "entity": "x"},
            {"span": {"text": "البلدية"}, "type": "ORG"},
            {"span": {"text": "سهيلة المرجاني"}, "type": "PERS", "entity": "y"},
        ],
    }
    told, record = brought(tmp_path, line)
    assert told == [
        "found.jsonl:1: 2024-01-02-lights: q2: no words are given that say who speaks; the record has an elided "
        "speaker.",
        f"{ID}.json: changed",
    ]
    (quote,) = record["quotes"]
    assert (quote["id"], quote["type"], quote["cue"]["text"], quote["cue"]["kind"]) == (
        "q2",
        "indirect",
        "تعلن",
        "verb",
    )
    assert quote["speaker"] == {"entity": "e2", "form": "elided", "span": None}
    assert [(term["id"], term["kind"], term["span"]["text"]) for term in record["terms"]] == [("t1", "other", "الرصيف")]
    assert record["entities"][0] == LIGHTS["entities"][0]
    assert [(one["id"], one["type"], one["name"]) for one in record["entities"][1:]] == [
        ("e2", "GPE", "المرفأ الأزرق"),
        ("e3", "ORG", "البلدية"),
    ]


def test_offsets_are_put_into_records_without_words(tmp_path):
    bare = withheld(LIGHTS)
    assert brought(tmp_path, line_of(bare), record=bare) == ([], bare)
    line = line_of(bare)
    assert line == line_of(LIGHTS)
    line["quotes"][0]["type"] = "partial"
    told, record = brought(tmp_path, line, record=bare)
    assert told == [f"{ID}.json: changed"]
    assert record == bare | {"quotes": [bare["quotes"][0] | {"type": "partial"}]}
    told, _ = brought(tmp_path, {"id": ID, "quotes": [{"spans": [{"text": "x"}]}]}, record=bare)
    assert "its words are withheld, and answers by words, or by tags, need them" in told[0]


def test_tags_are_quotes_and_mentions(tmp_path):
    rows = [["O"] * len(tokens(paragraph["text"])) for paragraph in LIGHTS["paragraphs"]]
    quotes, names = copy.deepcopy(rows), copy.deepcopy(rows)
    quotes[0][3:6] = ["B-indirect", "I-indirect", "I-indirect"]
    names[0][1:3] = ["B-GPE", "I-GPE"]
    told, record = brought(tmp_path, {"id": ID, "tags": {"quote_tags": quotes, "ner_tags": names}})
    assert told == [f"{ID}.json: changed"]
    assert [quote["spans"][0]["text"] for quote in record["quotes"]] == ["تعلن خطة للإنارة"]
    assert [entity["name"] for entity in record["entities"]] == ["المرفأ الأزرق"]
    cues = copy.deepcopy(rows)
    cues[1][0] = "B-CUE"
    told, _ = brought(tmp_path, {"id": ID, "quotes": [], "tags": {"cue_tags": cues}})
    assert told[0].endswith("1 tags of cues and speakers belong to no quote; they were left out.")


MISTAKES = {
    "no JSON": ('{"id": "x"', "it is no JSON"),
    "no object": ("[]", "it is no prediction"),
    "no id": ('{"quotes": []}', "it is no prediction"),
    "another article": ('{"id": "2020-01-01-other", "quotes": []}', "has no record of this id"),
    "a record": (json.dumps(LIGHTS), "it is no prediction"),
    "nowhere": ({"id": ID, "terms": [{"span": {"text": "غيمة"}}]}, "/terms/0: “\u2067غيمة\u2069” is not in the text"),
    "beyond": (
        {"id": ID, "terms": [{"span": {"paragraph": 1, "start": 2, "end": 99}}]},
        "/terms/0: p1 has no text at [2:99]",
    ),
    "no such type": ({"id": ID, "mentions": [{"span": {"text": "خطة"}, "type": "PER"}]}, "/mentions/0: PER is none of"),
    "no list": ({"id": ID, "quotes": {"spans": []}}, "is no list"),
    "nobody": (
        {"id": ID, "quotes": [{"spans": [{"text": SPEECH}], "speaker": {"name": "زيد"}}]},
        "nobody in the article is called",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_cannot_be_read_is_told_with_its_line_and_the_rest_goes_on(name, tmp_path):
    line, expected = MISTAKES[name]
    good = line_of(RECORD)
    good["quotes"] = []
    laid(tmp_path, RECORD)
    told, _ = brought(tmp_path, "", line, good)
    assert len([one for one in told if expected in one and "found.jsonl:2: " in one]) == 1, told
    assert f"{RECORD['id']}.json: changed" in told


def test_an_article_that_came_already_is_told_and_a_corpus_has_to_be_named(tmp_path):
    line = line_of(LIGHTS)
    told, _ = brought(tmp_path, line, line | {"quotes": []})
    assert len(told) == 1
    assert "2024-01-02-lights came back already" in told[0]
    done = invoke("import", "predictions", tmp_path / "found.jsonl")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "predictions: this format has no texts. Say with --onto of which corpus it is." in done.stderr
