"""Label Studio, as annotators leave it: many tasks and annotators in a file, half-filled tasks, older editors."""

import copy
import json
import re
from xml.etree import ElementTree as ET

import pytest
from conftest import RECORD, WITH_WORDS, invoke, read_json
from own import record as own_record

from tasrih.interchange.conversion import imported
from tasrih.interchange.labelstudio import LABEL_STUDIO
from tasrih.record import Article, to_json

LIGHTS = own_record()
EMOJI = "🌊🌊 "


def task_of(record):
    (data,) = LABEL_STUDIO.write(record).values()
    (task,) = json.loads(data)
    return task


def draft(record):
    made = copy.deepcopy(record)
    made["metadata"]["annotation"]["status"] = "draft"
    return made


def results(task):
    return (task["annotations"] or task["predictions"])[0]["result"]


def laid(folder, *records):
    """A corpus of records."""
    corpus = folder / "corpus/articles/harbour"
    corpus.mkdir(parents=True)
    for record in records:
        data = to_json(Article.model_validate_json(json.dumps(record)))
        (corpus / f"{record['id']}.json").write_bytes(data)
    return corpus


def brought(folder, tasks, *more, **layout):
    """What is told of the tasks, without the name of the file, and what is printed."""
    file = folder / "project-1-at-2024-01-02.json"
    file.write_text(tasks if isinstance(tasks, str) else json.dumps(tasks, **layout), encoding="utf-8")
    done = invoke("import", "label-studio", file, *more)
    told = [line.partition("-at-2024-01-02.json:")[2] or line for line in done.stderr.splitlines()]
    return told, [json.loads(line) for line in re.findall(r"^\{.*?^\}", done.stdout, re.MULTILINE | re.DOTALL)]


def fields():
    """The fields of the configuration: their tags, and what can be chosen in each."""
    (data,) = LABEL_STUDIO.common().values()
    tree = ET.fromstring(data)  # noqa: S314
    named = [one for one in tree.iter() if "toName" in one.attrib]
    assert {one.attrib["toName"] for one in named} == {text.attrib["name"] for text in tree.iter("Text")} == {"text"}
    known = {label.attrib["value"] for label in tree.iter("Label")}
    assert all(set(one.attrib["whenLabelValue"].split(",")) <= known for one in named if "perRegion" in one.attrib)
    return {one.attrib["name"]: (one.tag.lower(), {inner.attrib["value"] for inner in one}) for one in named}, {
        one.attrib["value"] for one in tree.iter("Relation")
    }


def problems(annotation):
    """What Label Studio's SDK checks of results (label_interface 2.1), held against our configuration."""
    known, relations = fields()
    ids = {one.get("id") for one in annotation["result"]}
    for one in annotation["result"]:
        if one["type"] == "relation":
            yield from () if {one["from_id"], one["to_id"]} <= ids else ("dangling",)
            yield from () if one["direction"] in ("left", "right", "bi") else ("direction",)
            yield from () if set(one["labels"]) <= relations else ("relation",)
            continue
        tag, allowed = known[one["from_name"]]
        value = one["value"]
        yield from () if (one["type"], one["to_name"]) == (tag, "text") else ("type",)
        yield from () if isinstance(value["start"], int) and isinstance(value["end"], int) else ("offsets",)
        chosen = value[{"labels": "labels", "choices": "choices", "textarea": "text"}[tag]]
        yield from () if chosen and (not allowed or set(chosen) <= allowed) else ("value",)
    yield from () if 0 <= annotation.get("score", 0) <= 1 else ("score",)


def test_tasks_hold_what_the_sdk_wants_and_drafts_are_predictions():
    for record in [RECORD, LIGHTS, *map(read_json, WITH_WORDS[::9])]:
        task = task_of(record)
        assert (len(task["annotations"]), task["predictions"]) == (1, [])
        assert list(problems(task["annotations"][0])) == []
        made = task_of(draft(record))
        assert made["annotations"] == []
        (prediction,) = made["predictions"]
        assert prediction["model_version"].startswith("tasrih ")
        assert list(problems(prediction)) == []
        assert prediction["result"] == task["annotations"][0]["result"]
    pieces = [
        one for path in WITH_WORDS for one in results(task_of(read_json(path))) if one.get("labels") == ["PieceOf"]
    ]
    assert len(pieces) > 3


def test_how_sure_the_drafter_is_can_be_sorted_by():
    record = draft(LIGHTS)
    record["quotes"][0]["provenance"] = {"rule": "introduced", "confidence": 0.9}
    record["entities"][0]["mentions"][0]["provenance"] = {"rule": "title", "confidence": 0.6}
    (prediction,) = task_of(record)["predictions"]
    assert prediction["score"] == 0.75
    assert {one["id"]: one["score"] for one in prediction["result"] if "score" in one} == {"q1": 0.9, "e1.1": 0.6}
    assert "score" not in task_of(draft(LIGHTS))["predictions"][0]


def test_an_export_of_many_tasks_comes_onto_the_corpus_and_only_the_change_is_in_the_diff(tmp_path):
    records = [RECORD, LIGHTS, *map(read_json, WITH_WORDS[:3])]
    corpus = laid(tmp_path, *records)
    before = {file.name: file.read_text(encoding="utf-8") for file in corpus.iterdir()}
    tasks = [task_of(record) for record in records]
    (choice,) = (one for one in results(tasks[1]) if one.get("from_name") == "QuoteType")
    choice["value"]["choices"] = ["partial"]
    told, _ = brought(tmp_path, tasks, "--onto", corpus, indent=2)
    assert told == [f"{corpus}/{LIGHTS['id']}.json: changed"]
    after = {file.name: file.read_text(encoding="utf-8") for file in corpus.iterdir()}
    changed = f"{LIGHTS['id']}.json"
    before[changed] = before[changed].replace('"type": "direct"', '"type": "partial"')
    assert after == before


def exported(task, *annotations, **more):
    """A task as Label Studio exports it, with annotations of people."""
    return {"id": 7, **task, "predictions": [], "annotations": list(annotations), "drafts": [], **more}


def by(who, result, **more):
    return {"id": who, "completed_by": who, "was_cancelled": False, "ground_truth": False, "result": result} | more


def only_mentions(result):
    kept = [one for one in result if one.get("id", "").startswith("e")]
    return [one for one in kept if one["type"] != "relation"]


def test_of_several_annotators_the_newest_counts_and_the_others_are_named(tmp_path):
    task, whole = task_of(LIGHTS), results(task_of(LIGHTS))
    old = by(3, only_mentions(whole), updated_at="2024-01-02T10:00:00.000Z")
    new = by({"id": 4, "email": "b@marfa.example.org"}, whole, updated_at="2024-01-03T10:00:00.000Z")
    told, (record,) = brought(tmp_path, [exported(task, new, old)])
    other = "annotator 3 annotated it too; the annotation of annotator b@marfa.example.org was taken, which is newer."
    assert told == [f"1: {LIGHTS['id']}: {other}"]
    assert len(record["quotes"]) == 1
    told, (record,) = brought(tmp_path, [exported(task, new, old | {"ground_truth": True})])
    assert told[0].endswith("the annotation of annotator 3 was taken, which is the ground truth.")
    assert record["quotes"] == []


def test_what_nobody_submitted_is_told(tmp_path):
    task, whole = task_of(LIGHTS), results(task_of(LIGHTS))
    skipped = by(5, whole, was_cancelled=True)
    told, made = brought(tmp_path, [exported(task), exported(task, skipped), task_of(RECORD)])
    name = f"1: {LIGHTS['id']}:"
    assert told == [
        f"{name} nobody has annotated it; it was left out.",
        f"{name} annotator 5 skipped it; that annotation was left out.",
        f"{name} nobody has annotated it; it was left out.",
    ]
    assert [record["id"] for record in made] == [RECORD["id"]]
    half = exported(task, skipped, by(6, whole), drafts=[{"user": 8, "result": []}])
    told, (record,) = brought(tmp_path, [half])
    assert told == [
        f"{name} annotator 5 skipped it; that annotation was left out.",
        f"{name} annotator 8 did not submit a draft; it was left out.",
    ]
    assert len(record["quotes"]) == 1


def test_predictions_are_taken_where_there_is_nothing_else_and_an_empty_annotation_is_one(tmp_path):
    task = task_of(draft(LIGHTS))
    told, (record,) = brought(tmp_path, [task])
    assert (told, len(record["quotes"])) == ([], 1)
    several = task | {"predictions": [{"result": []}, *task["predictions"], *task["predictions"]]}
    told, (record,) = brought(tmp_path, [several])
    assert told == [f"1: {LIGHTS['id']}: it has 2 predictions and no annotation; the last was taken."]
    told, (record,) = brought(tmp_path, [exported(task, by(1, []))])
    assert (told, record["quotes"], record["entities"]) == ([], [], [])


def test_an_annotation_that_was_made_of_a_prediction_keeps_the_ids(tmp_path):
    task = task_of(draft(LIGHTS))
    made = json.loads(re.sub(r'"([a-z]\d[.\d]*)"', r'"\1#AbC12"', json.dumps(results(task))))
    assert {one["id"] for one in made if "id" in one} == {"q1#AbC12", "c1#AbC12", "s1#AbC12", "e1.1#AbC12"}
    corpus = laid(tmp_path, draft(LIGHTS))
    told, _ = brought(tmp_path, [exported(task, by(1, made))], "--onto", corpus)
    assert told == []


def with_emoji():
    """An article with letters beyond the BMP before what is marked."""
    record = copy.deepcopy(LIGHTS)
    record["paragraphs"][1]["text"] = EMOJI + record["paragraphs"][1]["text"]
    quote = record["quotes"][0]
    for span in [*quote["spans"], quote["cue"], quote["speaker"]["span"], *record["entities"][0]["mentions"]]:
        if span["paragraph"] == "p2":
            span["start"] += len(EMOJI)
            span["end"] += len(EMOJI)
    return record


def test_offsets_are_code_points_and_those_of_older_editors_are_noticed(tmp_path):
    record = with_emoji()
    corpus = laid(tmp_path, record)
    task = task_of(record)
    text = task["data"]["text"]
    for one in results(task):
        if one["type"] == "labels":
            assert text[one["value"]["start"] : one["value"]["end"]] == one["value"]["text"]
    assert brought(tmp_path, [task], "--onto", corpus)[0] == []
    for one in results(task):
        for end in ("start", "end") if "value" in one else ():
            one["value"][end] = len(text[: one["value"][end]].encode("utf-16-le")) // 2
    assert brought(tmp_path, [task], "--onto", corpus)[0] == []


def test_line_ends_of_windows_in_the_text_and_in_the_words_change_nothing(tmp_path):
    task = task_of(LIGHTS)
    task["data"]["text"] = task["data"]["text"].replace("\n", "\r\n")
    for one in results(task):
        if "value" in one and one["value"]["start"] > len(LIGHTS["paragraphs"][0]["text"]):
            one["value"] |= {"start": one["value"]["start"] + 1, "end": one["value"]["end"] + 1}
    assert brought(tmp_path, [task], "--onto", laid(tmp_path, LIGHTS))[0] == []


def test_a_quote_that_was_marked_in_pieces_is_one_whichever_way_they_are_related(tmp_path):
    task = task_of(LIGHTS)
    whole = results(task)
    (quote,) = (one for one in whole if one["type"] == "labels" and one["id"] == "q1")
    start = quote["value"]["start"]
    quote["value"] |= {"end": start + 6, "text": quote["value"]["text"][:6]}
    for number, (first, last) in enumerate(((7, 13), (14, 17)), 1):
        text = task["data"]["text"][start + first : start + last]
        value = {"start": start + first, "end": start + last, "text": text, "labels": ["Quote"]}
        whole.append(quote | {"id": f"new{number}", "value": value})
    whole += [
        {"type": "relation", "from_id": "q1", "to_id": "new1", "direction": "left", "labels": ["PieceOf"]},
        {"type": "relation", "from_id": "new2", "to_id": "new1", "direction": "right", "labels": ["PieceOf"]},
    ]
    told, (record,) = brought(tmp_path, [task])
    assert told == []
    assert [len(span["text"]) for span in record["quotes"][0]["spans"]] == [6, 6, 3]
    assert record["quotes"][0]["speaker"]["entity"] == "e1"


MISTAKES = {
    "beyond the text": ("q1", {"value": {"start": 900, "end": 910, "labels": ["Quote"]}}, "900 to 910 is no stretch"),
    "no offsets": ("c1", {"value": {"start": "38", "end": 42, "labels": ["Cue"]}}, "a Cue has no id, or no start"),
    "unknown label": ("c1", {"value": {"start": 38, "end": 42, "labels": ["Verb"]}}, "Verb is no label of ours"),
    "no label": ("c1", {"value": {"start": 38, "end": 42}}, "None is no label of ours"),
    "other field": ("c1", {"from_name": "ner"}, "ner is no field of the configuration"),
    "other tool": ("c1", {"type": "rectanglelabels", "from_name": "box"}, "box is no field of the configuration"),
    "two labels": (
        "c1",
        {"value": {"start": 38, "end": 42, "labels": ["Cue", "Term"]}},
        "a region has the labels Cue, Term; the first was taken",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_what_makes_no_sense_is_told_with_its_line_and_the_rest_is_kept(name, tmp_path):
    target, change, expected = MISTAKES[name]
    task = task_of(LIGHTS)
    for one in results(task):
        if one.get("id") == target and one["type"] == "labels":
            one.update(change)
    lines = ["[", json.dumps(task_of(RECORD)), ",", json.dumps(task, indent=1), "]"]
    file = "\n".join(lines)
    told, made = brought(tmp_path, file)
    found = [line for line in told if expected in line]
    assert len(found) == 1, told
    line = int(found[0].split(":")[0])
    assert f'"id": "{target}"' in file.split("\n")[line - 1]
    assert [record["id"] for record in made] == [RECORD["id"], LIGHTS["id"]]
    assert len(made[1]["entities"]) == 1


RELATIONS = {
    "no label": ({"labels": []}, "a relation from q1 to c1 has no label"),
    "unknown": ({"labels": ["SaidBy"]}, "SaidBy is no relation of ours"),
    "dangling": ({"to_id": "zzz"}, "a cue leads to zzz, which is not there"),
    "wrong way": ({"direction": "left"}, "a cue leads to or from a cue"),
}


@pytest.mark.parametrize("name", RELATIONS)
def test_relations_that_make_no_sense_are_told(name, tmp_path):
    change, expected = RELATIONS[name]
    task = task_of(LIGHTS)
    (relation,) = (one for one in results(task) if one.get("labels") == ["ReportedBy"])
    relation.update(change)
    told, (record,) = brought(tmp_path, "[\n" + json.dumps(task) + "]")
    assert len(told) == 1
    assert told[0].startswith("2: ")
    assert expected in told[0]
    assert (record["quotes"][0]["cue"], len(record["entities"])) == (None, 1)


def test_a_changed_text_is_told_and_words_that_are_elsewhere_are_found(tmp_path):
    task = task_of(LIGHTS)
    task["data"]["text"] = "جديد: " + task["data"]["text"].replace("سهيلة", "سلمى")
    told, (record,) = brought(tmp_path, [task])
    assert len(told) == 8
    assert sum("its words are at" in line for line in told) == 2
    assert record["quotes"][0]["spans"][0]["text"] == LIGHTS["quotes"][0]["spans"][0]["text"]
    assert any("سهيلة المرجاني\u2069” was marked, and the text has" in line for line in told)
    told, _ = brought(tmp_path, [task], "--onto", laid(tmp_path, LIGHTS))
    assert "the text is not that of the corpus" in told[-1]


def test_a_broken_task_does_not_keep_the_others_from_being_read(tmp_path):
    whole = json.dumps([task_of(RECORD), {"data": {}}, task_of(LIGHTS)])
    told, made = brought(tmp_path, whole)
    assert told == ["1: this is no task with an article: it has no data.text. Export as JSON."]
    assert [record["id"] for record in made] == [RECORD["id"], LIGHTS["id"]]
    told, made = brought(tmp_path, whole[: len(whole) - 40])
    assert "it is no JSON" in told[-1]
    assert [record["id"] for record in made] == [RECORD["id"]]
    lines = "\n".join(json.dumps(task_of(record)) for record in (RECORD, LIGHTS))
    assert len(brought(tmp_path, lines)[1]) == 2
    for nothing, expected in (("[]", "there is no task"), ('[{"data": {"text": "\\ud800"}}]', "this task is no JSON")):
        (told,), made = brought(tmp_path, nothing)
        assert expected in told
        assert made == []
    file = tmp_path / "deep.json"
    file.write_text("[" * 100_000, encoding="utf-8")
    (told,) = map(str, imported(str(file), "label-studio"))
    assert "too deep" in told
