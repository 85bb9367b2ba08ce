"""Questions of multiple choice about the test split: what they ask, who answers them, and where they are kept."""

import json
import re
import shutil
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml
from conftest import RECORD, ROOT
from make_corpus import articles
from test_verify import listed

import tasrih
from tasrih.dataset import manifest
from tasrih.dataset import questions as module
from tasrih.dataset.configs import CANARY, QUESTIONS
from tasrih.dataset.features import features
from tasrih.dataset.parquet import row_group

sys.path.append(str(ROOT / "evaluations"))
from answers import ANSWERS, TASKS, questions, share

CORPUS = sorted((ROOT / "corpus/articles").rglob("*.json"))
RECORDS = {record["id"]: record for record in (json.loads(path.read_bytes()) for path in CORPUS)}
TEST = [path for path in CORPUS if json.loads(path.read_bytes())["metadata"].get("split") == "test"]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The dataset of the test split of the bundled corpus."""
    return tasrih.build(tmp_path_factory.mktemp("questions") / "dataset", TEST, within=ROOT / "corpus")


@pytest.fixture(scope="module")
def asked(built):
    return {task: questions(built, task) for task in TASKS}


def pointed(question):
    _, _, text = question["question"].partition("\n\n")
    return re.fullmatch("[^⟦]*⟦([^⟧]*)⟧[^⟧]*", text)[1]


def annotated(question):
    """The article, and the quote or term that is asked about."""
    article, _, name = question["id"].rpartition(":")
    record = RECORDS[article]
    return record, next(each for each in (*record["quotes"], *record["terms"]) if each["id"] == name)


def test_every_question_points_at_the_words_that_it_asks_about(asked):
    for question in (*asked["speech"], *asked["speaker"], *asked["type"]):
        record, each = annotated(question)
        assert pointed(question) == (each["spans"][0] if "spans" in each else each["span"])["text"]
        assert question["article_id"] == record["id"]


def test_the_right_answer_is_that_of_the_record(asked):
    for question in asked["speech"]:
        assert ("spans" in annotated(question)[1]) == (question["answer"] == 0)
    for question in asked["type"]:
        assert annotated(question)[1]["type"] == ("direct", "partial")[question["answer"]]
    for question in asked["speaker"]:
        record, quote = annotated(question)
        names = {entity["id"]: entity["name"] for entity in record["entities"]}
        assert question["choices"][question["answer"]] == names[quote["speaker"]["entity"]]


def test_every_pair_of_marks_and_every_speaker_of_the_test_split_is_asked_about(asked):
    full = [record for path in TEST if "text" in (record := json.loads(path.read_bytes()))["paragraphs"][0]]
    marked = [quote for record in full for quote in record["quotes"] if quote["type"] in ("direct", "partial")]
    assert len(asked["type"]) == len(marked) > 100
    assert len(asked["speech"]) == len(marked) + sum(len(record["terms"]) for record in full)
    assert len(asked["speaker"]) == sum(bool(quote["speaker"]) for record in full for quote in record["quotes"])


def test_there_is_one_right_answer_among_the_names_and_its_place_tells_nothing(asked):
    for question in asked["speaker"]:
        assert 2 <= len(question["choices"]) == len(set(question["choices"])) <= 8
    places = [question["answer"] for question in asked["speaker"] if len(question["choices"]) == 8]
    assert all(places.count(place) / len(places) < 0.25 for place in range(8))


def test_joint_speakers_are_no_wrong_answers():
    entities = [{"id": f"e{n}", "type": "PERS", "name": name} for n, name in enumerate(("سامي", "ليلى", "مها"))]
    speaker = {"entity": "e0", "others": ["e1"]}
    quote = {"id": "q1", "type": "indirect", "spans": [{"paragraph": "p1", "start": 0, "end": 1}], "speaker": speaker}
    article = {"id": "a", "metadata": {"collection": "toy"}, "paragraphs": [], "terms": []}
    (asked,) = module._questions(article | {"quotes": [quote], "entities": entities})
    assert (asked.choices[asked.answer], set(asked.choices)) == ("سامي", {"سامي", "مها"})


def test_gold_answers_are_right_and_the_floor_is_what_the_frameworks_found(asked):
    found = json.loads((ROOT / "evaluations/figures.json").read_bytes())
    for task in TASKS:
        assert share(asked[task], ANSWERS["gold"]) == 1
        floor = share(asked[task], ANSWERS["floor"])
        assert 0 < floor < 1
        assert set(found["shares"]["gold"][task].values()) == {1.0}
        assert set(found["shares"]["floor"][task].values()) == {round(floor, 6)}
        assert found["questions"][task] == len(asked[task])
        assert set(found["shares"]["floor"][task]) == {"ours", "inspect-ai", "inspect-ai by eval.yaml", "lm-eval"}


def test_eval_yaml_names_configs_and_columns_that_are_there(built):
    told = yaml.safe_load((built / "eval.yaml").read_text(encoding="utf-8"))
    assert told["evaluation_framework"] == "inspect-ai"
    assert [task["id"] for task in told["tasks"]] == list(TASKS)
    for task in told["tasks"]:
        columns = pq.read_schema(built / f"data/{task['config']}/{task['split']}-00000-of-00001.parquet").names
        assert set(task["field_spec"].values()) <= set(columns)
        assert (task["solvers"], task["scorers"]) == ([{"name": "multiple_choice"}], [{"name": "choice"}])


def test_the_tasks_of_lm_eval_name_files_and_columns_that_are_there(built):
    folder = ROOT / "evaluations/lm_eval"
    group = yaml.safe_load((folder / "tasrih.yaml").read_text(encoding="utf-8"))
    tasks = [yaml.safe_load((folder / f"{name}.yaml").read_text(encoding="utf-8")) for name in group["task"]]
    assert [task["task"] for task in tasks] == [f"tasrih_{task}" for task in TASKS]
    for task in tasks:
        common = yaml.safe_load((folder / task["include"]).read_text(encoding="utf-8"))
        path = task["dataset_kwargs"]["data_files"][common["test_split"]]
        columns = set(pq.read_schema(built / Path(path).relative_to("dist/tasrih")).names)
        assert {common["doc_to_choice"], common["doc_to_target"]} <= columns
        named = set(re.findall(r"{{(\w+)}}| in (\w+)", common["doc_to_text"]))
        assert named == {("question", ""), ("choice", ""), ("", "choices")}


def test_one_canary_is_everywhere(built, asked):
    assert re.search(r"canary GUID [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", CANARY)
    assert {question["canary"] for task in TASKS for question in asked[task]} == {CANARY}
    places = [built / "README.md", built / "eval.yaml"]
    places += [ROOT / name for name in ("DATASHEET.md", "docs/evaluations.md", "evaluations/lm_eval/_questions_yaml")]
    for place in places:
        text = place.read_text(encoding="utf-8")
        assert CANARY in text, place
        assert set(re.findall(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text)) == {CANARY.split()[-1]}


def test_articles_without_words_and_of_other_splits_are_not_asked_about(tmp_path):
    made = list(articles(12, 3))
    for number, record in enumerate(made):
        record["metadata"] |= {"split": ("test", "train")[number % 2]}
        record["metadata"]["rights"]["redistribution"] = ("permitted", "unknown")[number // 2 % 2]
    (tmp_path / "made.jsonl").write_text("".join(json.dumps(record) + "\n" for record in made))
    everything = tasrih.build(tmp_path / "all", [tmp_path / "made.jsonl"])
    public = tasrih.build(tmp_path / "public", [tmp_path / "made.jsonl"], rights="redistributable")
    ids = {out: {row["article_id"] for task in TASKS for row in questions(out, task)} for out in (everything, public)}
    assert ids[everything] == {record["id"] for record in made[::2]}
    assert ids[public] == {record["id"] for record in made[::4]}
    filled = tasrih.hydrate(public, tmp_path / "made.jsonl", out=tmp_path / "filled")
    assert {row["article_id"] for row in questions(tmp_path / "filled", "speech")} == ids[everything], filled
    assert tasrih.verify(public) == []


def test_a_dataset_without_test_articles_has_no_questions(tmp_path):
    (tmp_path / "seed.jsonl").write_text(json.dumps(RECORD) + "\n")
    out = tasrih.build(tmp_path / "out", [tmp_path / "seed.jsonl"], within=ROOT / "corpus")
    assert not (out / "eval.yaml").exists()
    assert not list(out.glob("data/*_questions"))
    assert "## Evaluation" not in (out / "README.md").read_text(encoding="utf-8")
    assert tasrih.verify(out) == []


def test_of_many_articles_the_same_are_asked_about_in_whichever_order_they_come(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_MOST", 5)
    monkeypatch.setattr("tasrih.dataset.shards.GROUP", 4)  # of some row groups no article is drawn
    made = [record | {"metadata": record["metadata"] | {"split": "test"}} for record in articles(20, 4)]
    found = []
    for name, records in (("there", made), ("back", made[::-1])):
        (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
        out = tasrih.build(tmp_path / name, [tmp_path / f"{name}.jsonl"])
        found.append([questions(out, task) for task in TASKS])
    assert found[0] == found[1]
    assert len({row["article_id"] for row in found[0][0]}) == 5


def test_changed_questions_are_found(built, tmp_path):
    dataset = shutil.copytree(built, tmp_path / "dataset")
    path = "data/type_questions/test-00000-of-00001.parquet"
    table = pq.read_table(dataset / path)
    number = table.schema.get_field_index("answer")
    wrong = pa.array([1 - answer for answer in table["answer"].to_pylist()], pa.int32())
    pq.write_table(table.set_column(number, table.schema.field(number), wrong), dataset / path)
    listed(dataset, path)
    assert [(fault.file, fault.column) for fault in tasrih.verify(dataset)] == [(path, "answer")]


def test_missing_questions_are_found(built, tmp_path):
    dataset = shutil.copytree(built, tmp_path / "dataset")
    path = "data/type_questions/test-00000-of-00001.parquet"
    (dataset / path).unlink()
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    manifest["files"] = [file for file in manifest["files"] if file["path"] != path]
    (dataset / "manifest.json").write_text(json.dumps(manifest))
    assert (path, "the manifest lacks it") in [(fault.file, fault.why) for fault in tasrih.verify(dataset)]


def test_every_column_of_the_questions_is_described(built):
    card = (built / "README.md").read_text(encoding="utf-8")
    for config, told in QUESTIONS.items():
        assert f"| `{config}` | {told['row']} |" in card
        assert list(features(config)) == ["id", "article_id", "collection", "question", "choices", "answer", "canary"]
    assert "The columns of `speech_questions`." in card


def test_texts_are_read_of_the_articles_that_are_asked_about_alone(built, monkeypatch):
    read = []
    monkeypatch.setattr(module, "row_group", lambda *given: read.append(given[2]) or row_group(*given))
    list(module._drawn(built, manifest.read(built).files))
    assert len([columns for columns in read if columns != ("id",)]) == len(read) / 2
    assert ("paragraphs",) not in read
