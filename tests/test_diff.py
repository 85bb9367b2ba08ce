"""What changed between two versions of a corpus: told by what the annotations are, not by their ids or offsets."""

import copy
import json
import random
import re
import subprocess
from collections import Counter

import own
import pytest
from changes import changed
from conftest import RECORD, WITH_WORDS, commit, invoke, read_json
from conftest import tasrih as run

import tasrih
from tasrih.record import Article, to_json
from tasrih.standoff.models import withheld

SOME = WITH_WORDS[::16]


def lines(path, *records):
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    return path


def changes(tmp_path, old, new):
    """What changed from one record to another: layer, what became of it, field."""
    (found,) = tasrih.diff(lines(tmp_path / "old.jsonl", old), lines(tmp_path / "new.jsonl", new))
    assert found.kind == ("changed" if found.changes else "same")
    return [(change.layer, change.field or change.kind) for change in found.changes]


def edited(record, **parts):
    return copy.deepcopy(record) | parts


def renumbered(record):
    """The same record with other ids, and its entities in another order."""
    text = json.dumps(record)
    for kind, size in (("q", len(record["quotes"])), ("e", len(record["entities"])), ("t", len(record["terms"]))):
        text = re.sub(rf'"{kind}(\d+)"', lambda match, k=kind, n=size: f'"{k}{n + 7 - int(match[1])}"', text)
    made = json.loads(text)
    return made | {"entities": made["entities"][::-1]}


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_ids_and_order_of_entities_are_no_change(path, tmp_path):
    record = read_json(path)
    found = changes(tmp_path, record, renumbered(record) | {"waivers": record.get("waivers", [])})
    assert found == []


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_spans_that_only_moved_are_no_change(path, tmp_path):
    """Words that come before everything in a paragraph change the text alone."""
    record = read_json(path)
    text = json.dumps(record)
    before = "كلام جديد: "
    moved = json.loads(text, object_hook=lambda one: shifted(one, len(before)))
    for paragraph in moved["paragraphs"]:
        paragraph["text"] = before + paragraph["text"]
    found = changes(tmp_path, record, moved)
    assert found == [("text", "words")] * len(record["paragraphs"])


def shifted(one, by):
    return one | {"start": one["start"] + by, "end": one["end"] + by} if "start" in one else one


def relabelled(record):
    record["quotes"][0]["type"] = "partial"


def recued(record):
    record["quotes"][0]["cue"] = None


def another_speaker(record):
    record["quotes"][0]["speaker"] |= {"entity": "e2"}


def reformed(record):
    record["entities"][0]["mentions"][0]["form"] = "nominal"


def given_away(record):
    """A mention of one entity is another's now."""
    record["entities"][1]["mentions"].append(record["entities"][0]["mentions"].pop())


def renamed(record):
    record["entities"][0] |= {"name": "لافروف", "type": "NORP"}


def cut(record):
    span = record["quotes"][0]["spans"][0]
    span |= {"end": span["end"] - 4, "text": span["text"][:-4]}


def without_quote(record):
    del record["quotes"][0]


def in_another_split(record):
    record["metadata"] |= {"split": "test" if record["metadata"]["split"] == "train" else "train"}


def without_last_paragraph(record):
    record["paragraphs"].append({"id": "p99", "role": "signoff", "text": "انتهى الخبر هنا"})


EDITS = [
    (relabelled, {("quotes", "type")}),
    (recued, {("cues", "removed")}),
    (another_speaker, {("speakers", "entity")}),
    (reformed, {("mentions", "form")}),
    (given_away, {("mentions", "entity")}),
    (renamed, {("entities", "name"), ("entities", "type")}),
    (cut, {("quotes", "words")}),
    (without_quote, {("quotes", "removed")}),
    (in_another_split, {("metadata", "split")}),
    (without_last_paragraph, {("text", "added")}),
]


@pytest.mark.parametrize(("edit", "expected"), EDITS, ids=[edit.__name__ for edit, _ in EDITS])
def test_one_edit_is_one_change(edit, expected, tmp_path):
    new = edited(RECORD)
    edit(new)
    assert set(changes(tmp_path, RECORD, new)) == expected
    assert len(changes(tmp_path, RECORD, new)) == len(expected)


@pytest.mark.parametrize("first", range(3))
def test_whatever_is_edited_both_directions_tell_it(first, tmp_path):
    """Seeded edits of one fact or item, some of which make no valid record: these are refused, never half compared."""
    compared = 0
    for seed in range(first * 20, first * 20 + 20):
        record = read_json(WITH_WORDS[seed])
        other = changed(record, random.Random(seed)) | {"id": record["id"]}
        try:
            there, back = (told_between(tmp_path, *pair) for pair in ((record, other), (other, record)))
        except tasrih.InvalidError:
            continue
        compared += 1
        turned = {"added": "removed", "removed": "added", "changed": "changed"}
        assert Counter((layer, turned[kind], field) for layer, kind, field in there) == Counter(back)
    assert compared > 5


def told_between(tmp_path, old, new):
    (found,) = tasrih.diff(lines(tmp_path / "old.jsonl", old), lines(tmp_path / "new.jsonl", new))
    return [(change.layer, change.kind, change.field) for change in found.changes]


def test_what_is_told_of_a_change(tmp_path):
    new = edited(RECORD)
    new["quotes"][0]["type"] = "unmarked"
    new["metadata"]["phenomena"] = [*new["metadata"].get("phenomena", ()), "quote-in-quote"]
    (found,) = tasrih.diff(lines(tmp_path / "old.jsonl", RECORD), lines(tmp_path / "new.jsonl", new))
    told = {(change.layer, change.item, change.field): (change.old, change.new) for change in found.changes}
    assert told["quotes", "q1", "type"] == (RECORD["quotes"][0]["type"], "unmarked")
    assert told["metadata", "", "phenomena"] == (None, "quote-in-quote")


def test_a_changed_word_is_told_and_what_stood_in_it_is_found(tmp_path):
    new = edited(own.record())
    new["paragraphs"][1]["text"] = new["paragraphs"][1]["text"].replace("الرصيف", "الشارع")
    new["quotes"][0]["spans"][0]["text"] = new["quotes"][0]["spans"][0]["text"].replace("الرصيف", "الشارع")
    (found,) = tasrih.diff(lines(tmp_path / "old.jsonl", own.record()), lines(tmp_path / "new.jsonl", new))
    assert [(*change[:4], change.old, change.new) for change in found.changes] == [
        ("text", "changed", "p2", "words", "“الرصيف”", "“الشارع”")
    ]


def test_words_that_are_not_there_are_no_change(tmp_path):
    record = own.record()
    closed = record | {"metadata": record["metadata"] | {"rights": record["metadata"]["rights"] | {"license": None}}}
    closed["metadata"]["rights"] |= {"redistribution": "unknown"}
    assert changes(tmp_path, closed, withheld(closed)) == []
    assert changes(tmp_path, withheld(closed), closed) == []
    other = edited(closed)
    other["quotes"][0]["type"] = "partial"
    assert changes(tmp_path, withheld(closed), other) == [("quotes", "type")]
    corpus = own.repository(tmp_path / "marfa") / "corpus"
    own.add(corpus, closed)
    whole = tasrih.build(tmp_path / "whole", corpus)
    public = tasrih.build(tmp_path / "public", corpus, rights="redistributable")
    assert [one.kind for one in tasrih.diff(whole, corpus)] == ["same"]
    assert [one.kind for one in tasrih.diff(public, whole)] == ["same"]


def test_the_dataset_of_the_corpus_says_what_the_corpus_says(whole_dataset):
    assert {one.kind for one in tasrih.diff(whole_dataset, WITH_WORDS[0].parents[2])} == {"same"}


@pytest.fixture
def versions(tmp_path):
    """Two versions of a repository: one record came, one went, one has another label; the register grew."""
    old, new = (own.repository(tmp_path / name / "marfa") for name in ("old", "new"))
    own.add(old / "corpus", own.record("2024-02-03-gone", "الثانية"))
    own.add(new / "corpus", own.record("2024-04-05-come", "الثالثة"))
    other = own.record()
    other["quotes"][0]["type"] = "partial"
    other["quotes"][0]["cue"]["kind"] = "noun"
    own.add(new / "corpus", other)
    register = copy.deepcopy(own.REGISTER)
    register["entities"][0]["names"]["latin"].append("S. Marjani")
    (new / "corpus/entities.json").write_text(json.dumps(register), encoding="utf-8")
    return old / "corpus", new / "corpus"


def test_the_list_for_a_changelog(versions):
    done = run("diff", *versions, "--rules", "--format", "markdown")
    assert done.stderr == b""
    assert done.stdout.decode().splitlines() == [
        "- 1 article added in `harbour`: `2024-04-05-come`.",
        "- 1 article removed in `harbour`: `2024-02-03-gone`.",
        "- 1 of 3 articles changed: quotes: type 1 (direct → partial 1); cues: kind 1 (verb → noun 1); register: "
        "names.latin 1.",
        "  - `2024-01-02-lights`: quotes: type 1; cues: kind 1.",
        "  - `entities.json`: register: names.latin 1.",
        "- Findings of `tasrih validate`, by rule: Q127 from 0 to 1.",
    ]


def test_the_other_reports_say_the_same(versions):
    text = run("diff", *versions).stdout.decode()
    assert "2024-01-02-lights (harbour): changed\n    quotes q1 type: direct → partial\n" in text
    assert text.endswith("quotes: type 1 (direct → partial 1)\ncues: kind 1 (verb → noun 1)\nregister: names.latin 1\n")
    head, *rows = (line.split("\t") for line in run("diff", *versions, "--format", "tsv").stdout.decode().splitlines())
    assert ["2024-01-02-lights", "harbour", "changed", "quotes", "changed", "q1", "type", "direct", "partial"] in rows
    assert {len(row) for row in rows} == {len(head)}
    document = json.loads(run("diff", *versions, "--format", "json").stdout)
    assert document["same"] == 0
    assert [(one["article"], one["kind"]) for one in document["articles"]] == [
        ("2024-01-02-lights", "changed"),
        ("2024-04-05-come", "added"),
        ("2024-02-03-gone", "removed"),
        ("entities.json", "changed"),
    ]


def test_since_a_revision(versions, monkeypatch):
    old, new = versions
    repository = old.parent
    commit(repository)
    subprocess.run(["git", "-C", repository, "tag", "v1"], check=True)
    (old / "articles/harbour/2024-02-03-gone.json").unlink()
    own.add(old, own.record("2024-04-05-come", "الثالثة"))
    monkeypatch.chdir(repository / "corpus")
    done = invoke("diff", "--since", "v1", "--format", "tsv")
    assert [line.split("\t")[:3] for line in done.stdout.splitlines()[1:]] == [
        ["2024-04-05-come", "harbour", "added"],
        ["2024-02-03-gone", "harbour", "removed"],
    ]
    for revision, why in (("v9", "git says"), ("-h", "not a revision")):
        done = invoke("diff", f"--since={revision}", old)
        assert (done.exit_code, why in done.stderr) == (2, True)
    assert "git says" in invoke("diff", "--since", "HEAD", new).stderr


def test_layout_is_no_change(tmp_path):
    old, new = own.repository(tmp_path / "old"), own.repository(tmp_path / "new")
    file = new / "corpus/articles/harbour/2024-01-02-lights.json"
    file.write_bytes(to_json(Article.model_validate_json(file.read_bytes())))
    assert [one.kind for one in tasrih.diff(old / "corpus", new / "corpus")] == ["same"]


BAD = [
    (["diff", "old.jsonl"], "give OLD and NEW"),
    (["diff", "old.jsonl", "new.jsonl", "--since", "x"], "give NEW alone"),
    (["diff", "old.jsonl", "twice.jsonl"], "already that of"),
    (["diff", "old.jsonl", "shape.jsonl"], "shape.jsonl:2: not a valid record"),
    (["diff", "old.jsonl", "adrift.jsonl"], "no text at p2"),
    (["diff", "old.jsonl", "empty"], "empty: no record"),
    (["diff", "notes.md", "old.jsonl"], "notes.md: no record"),
    (["diff", "old.jsonl", "cut.jsonl"], "cut.jsonl:2: no record"),
]


@pytest.mark.parametrize(("arguments", "why"), BAD)
def test_what_cannot_be_compared_is_told(arguments, why, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    other = own.record("2024-02-03-second", "الثانية")
    lines(tmp_path / "old.jsonl", own.record(), other)
    lines(tmp_path / "new.jsonl", own.record())
    lines(tmp_path / "twice.jsonl", own.record(), own.record())
    lines(tmp_path / "shape.jsonl", own.record(), other | {"quotes": 3})
    adrift = edited(other)
    adrift["quotes"][0]["spans"][0]["end"] = 2**31 - 1
    lines(tmp_path / "adrift.jsonl", own.record(), adrift)
    (tmp_path / "empty").touch()
    (tmp_path / "notes.md").write_text("# Notes")
    (tmp_path / "cut.jsonl").write_bytes((tmp_path / "old.jsonl").read_bytes()[:-40])
    done = invoke(*arguments)
    assert done.exit_code == 2
    assert why in done.stderr


def test_nothing_that_a_record_says_steers_the_reader(tmp_path):
    new = own.record() | {"id": "x`\n\x1b[31m\u202e::error ::"}
    old = lines(tmp_path / "old.jsonl", own.record())
    new["metadata"]["collection"] = "a\t\x1b]0;b"
    lines(tmp_path / "new.jsonl", new)
    for rendering in ("text", "markdown", "tsv", "json"):
        said = run("diff", old, tmp_path / "new.jsonl", "--format", rendering).stdout.decode()
        assert not re.search("[\x1b\u202e]", said)
        assert rendering == "json" or len(said.splitlines()) == len(said.split("\n")) - 1
    assert "``" not in run("diff", old, tmp_path / "new.jsonl", "--format", "markdown").stdout.decode()
