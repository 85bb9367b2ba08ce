"""Chat JSON Lines: what a model is to answer is what the record says, and no split is in the file of another."""

import json

from conftest import RECORD, WITH_WORDS, invoke, read_json
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from strategies import WITHOUT_SHRINKING, articles

import tasrih
from tasrih.interchange.chat import CHAT
from tasrih.record import Article

(SCHEMA,) = map(json.loads, CHAT.common().values())
ALLOWED = Draft202012Validator(SCHEMA)


def lines_of(record):
    ((file, data),) = CHAT.write(record).items()
    return file, json.loads(data)


def prediction(line):
    """The line of predictions that an answer is."""
    *_, assistant = line["messages"]
    assert [one["role"] for one in line["messages"]] == ["system", "user", "assistant"]
    return {"id": line["id"], **json.loads(assistant["content"])}


def test_answers_score_as_the_records_do():
    records = [read_json(path) for path in WITH_WORDS[::8]]
    gold = [Article.model_validate_json(json.dumps(record)) for record in records]
    made = [prediction(lines_of(record)[1]) for record in records]
    scores = tasrih.score(gold, made)
    assert (scores.invalid.answers > 500, scores.invalid.invalid) == (True, 0)
    assert {counts.f1 for counts in scores.groups["all"].counts.values()} == {1.0}
    assert [str(error) for one in made for error in ALLOWED.iter_errors(one)] == []
    assert any("occurrence" in mention["span"] for one in made for mention in one["mentions"])


@settings(max_examples=30, phases=WITHOUT_SHRINKING)
@given(articles())
def test_spans_of_any_record_are_found_by_their_words(record):
    gold = Article.model_validate_json(json.dumps(record))
    scores = tasrih.score([gold], [prediction(lines_of(record)[1])])
    assert scores.invalid.invalid == 0
    exact = [counts for name, counts in scores.groups["all"].counts.items() if name in ("quotes exact", "terms exact")]
    assert all(counts.f1 in (1.0, None) for counts in exact)


def test_the_schema_refuses_what_the_task_does_not_ask_for():
    good = {"mentions": [], "quotes": [], "terms": []}
    span = {"text": "قال"}
    for wrong in (
        {},
        good | {"terms": None},
        good | {"terms": [{"span": {"paragraph": 1, "start": 1, "end": 2}}]},
        good | {"mentions": [{"span": span, "type": "PER"}]},
        good | {"quotes": [{"spans": [], "type": "direct"}]},
    ):
        assert not ALLOWED.is_valid(wrong), wrong
    assert ALLOWED.is_valid(good | {"quotes": [{"spans": [span], "type": "direct", "cue": None, "speaker": None}]})


def test_what_is_asked_names_every_class_and_gives_the_text():
    _, line = lines_of(RECORD)
    system, user, _ = (one["content"] for one in line["messages"])
    for name in ("direct, partial, indirect, unmarked", "PERS, ORG, GPE", "name, title, scare, other"):
        assert name in system
    assert user.split("\n") == [f"[{n}] {one['text']}" for n, one in enumerate(RECORD["paragraphs"], 1)]


def test_each_split_is_a_file_of_its_own(tmp_path):
    splits = {}
    for path in WITH_WORDS[::4]:
        splits.setdefault(read_json(path)["metadata"]["split"], []).append(path)
    assert set(splits) == {"train", "validation", "test"}
    out = tmp_path / "out"
    assert invoke("export", "--to", "chat", *WITH_WORDS[::4], "--out", out).exit_code == 0
    for split, paths in splits.items():
        lines = (out / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == [path.stem for path in paths]
        assert {json.loads(line)["split"] for line in lines} == {split}
    alone = tmp_path / "alone"
    assert invoke("export", "--to", "chat", *splits["test"], "--out", f"{alone}/").exit_code == 0
    assert sorted(file.name for file in alone.iterdir()) == ["answer.schema.json", "test.jsonl"]
    again = invoke("export", "--to", "chat", *splits["train"], "--out", alone)
    assert (again.exit_code, "is there already" in again.stderr) == (1, True)
    one_file = invoke("export", "--to", "chat", *splits["train"], "--out", tmp_path / "chat.jsonl")
    assert (one_file.exit_code, "Give a folder" in one_file.stderr) == (2, True)


def test_an_article_without_a_split_is_in_that_of_its_name():
    record = json.loads(json.dumps(RECORD))
    record["metadata"]["split"] = None
    file, line = lines_of(record)
    assert file == f"{line['split']}.jsonl"
    assert line["split"] in ("train", "validation", "test")
