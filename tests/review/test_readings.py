"""Two readings of one article: each disagreement is decided for one of them, or for neither."""

import copy
import json
import shutil
from contextlib import suppress

import orjson
import pytest
from conftest import ROOT, read_json

from review.desks import NAME, log_in, place, served
from tasrih.differences import differences
from tasrih.errors import TasrihError
from tasrih.record import Article
from tasrih.review.changes import CHANGES
from tasrih.review.effects import changed
from tasrih.review.readings import readings, taking
from tasrih.standoff.filling import full

PAIRS = ["2019-02-20-night-shift-doctors", "2019-03-13-shores-league-summit", "2019-04-16-reed-boats"]


def reading(which, name):
    """What a reader made of a composed article, with its words."""
    record = read_json(ROOT / f"corpus/annotations/{which}/{name}.json")
    words = read_json(ROOT / f"corpus/articles/composed/{name}.json")["paragraphs"]
    texts = {paragraph["id"]: paragraph["text"] for paragraph in words}
    return full(record, texts, lambda _: "")


def take(ours, theirs, name):
    for step in taking(readings(ours, theirs), name):
        ours = changed(ours, CHANGES.validate_json(orjson.dumps(step))).record
    return ours


@pytest.mark.parametrize("name", PAIRS)
def test_whoever_takes_all_of_theirs_has_their_reading(name):
    ours, theirs = reading("first", name), reading("second", name)
    assert readings(ours, theirs).found
    for _ in range(3):  # what points to something that is not taken yet waits for it
        for each in readings(ours, theirs).found:
            with suppress(TasrihError):
                ours = take(ours, theirs, each)
    assert not readings(ours, theirs).found
    assert not readings(ours, ours).found


@pytest.fixture
def folder(tmp_path):
    """A draft, and a second reading of it that differs in a speaker, a type, a quote, an entity and two mentions."""
    drafts = place(tmp_path) / "drafts"
    shutil.copytree(drafts, tmp_path / "second")
    file = tmp_path / "second" / f"{NAME}.json"
    theirs = read_json(file)
    theirs["quotes"][0]["type"] = "unmarked"
    theirs["schema_version"] = "1.1"
    theirs["quotes"][1]["speaker"]["entity"] = "e2"
    del theirs["quotes"][2]
    theirs["entities"][0]["mentions"].pop()
    theirs["entities"].pop()
    file.write_text(json.dumps(theirs, ensure_ascii=False), encoding="utf-8")
    return tmp_path


def disputes(seen):
    return {
        (item["value"]["layer"], item["value"]["what"]): item
        for item in seen.article["items"]
        if item["kind"] == "difference"
    }


def test_what_readings_disagree_on_comes_first_with_its_guideline(folder):
    with served(folder / "drafts", second=folder / "second") as reader:
        seen = reader.read()
    found = disputes(seen)
    assert set(found) == {
        *(("quote", "type"), ("quote", "speaker"), ("quote", "only"), ("mention", "only"), ("entity", "only"))
    }
    assert {item["kind"] for item in seen.article["items"][:5]} == {"difference"}
    assert found["quote", "type"]["value"]["ours"]["words"] == "indirect"
    assert found["quote", "type"]["value"]["theirs"]["words"] == "unmarked"
    assert found["quote", "type"]["of"] == "q1"
    assert found["quote", "only"]["value"]["theirs"] is None
    assert all(item["value"]["guide"]["anchor"] for item in found.values())


def test_ours_is_kept_theirs_is_taken_and_neither_is_edited(folder):
    with served(folder / "drafts", folder / "corpus", second=folder / "second") as reader:
        seen = reader.read()
        seen = seen.changed("keep", item=disputes(seen)["quote", "type"]["item"])
        assert disputes(seen)["quote", "type"]["decided"]
        seen = seen.changed("take", item=disputes(seen)["quote", "only"]["item"])
        assert [quote["id"] for quote in seen.record["quotes"]] == ["q1", "q2"]
        seen = seen.changed("set_speaker", item="q2", speaker={"entity": "e3", "form": "elided"})
        assert not disputes(seen)["quote", "speaker"]["decided"]
        seen = seen.accept_all()
        assert "is open" in seen.ask("confirm").json()["error"].replace("items are", "is")
        for item in list(disputes(seen).values()):
            if not item["decided"]:
                seen = seen.changed("keep", item=item["item"])
        assert seen.article["open"] == 0
        seen = seen.after(seen.ask("undo"))
        assert seen.article["open"] == 1
        assert [one["open"] for one in reader.articles()] == [1]
    assert "keep" in {entry["change"]["op"] for entry in log_in(folder / "drafts")}


def test_a_difference_that_is_gone_is_told(folder):
    with served(folder / "drafts", second=folder / "second") as reader:
        seen = reader.read()
        name = disputes(seen)["quote", "only"]["item"]
        seen = seen.changed("take", item=name)
        assert "do not disagree" in seen.change("take", item=name).json()["error"]


def test_a_second_reading_that_is_missing_or_broken_is_told(folder):
    file = folder / "second" / f"{NAME}.json"
    with served(folder / "drafts", second=folder / "second") as reader:
        other = copy.deepcopy(read_json(file))
        other["paragraphs"][1]["text"] = "نص آخر."
        file.write_text(json.dumps(other, ensure_ascii=False), encoding="utf-8")
        seen = reader.read()
        assert "text of paragraph 2" in seen.article["trouble"]
        assert not seen.article["alone"]
        file.write_text("nothing", encoding="utf-8")
        assert "no JSON" in reader.read().article["trouble"]
        file.unlink()
        seen = reader.read()
        assert seen.article["trouble"] is None
        assert not seen.article["second"]
        assert seen.article["alone"]


def test_disagreements_in_the_same_words_are_decided_one_by_one(tmp_path):
    name = "2025-06-24-mediator-dialogue"  # a dialogue: whom it is said to stands nowhere in the text
    sides = {which: reading(which, name) for which in ("first", "second")}
    for which, record in sides.items():
        (tmp_path / which).mkdir()
        (tmp_path / which / f"{name}.json").write_bytes(orjson.dumps(record))
    many = len(differences(*(Article.model_validate_json(orjson.dumps(record)) for record in sides.values())))
    with served(tmp_path / "first", second=tmp_path / "second") as reader:
        seen = reader.read(f"{name}.json")
        found = [item for item in seen.article["items"] if item["kind"] == "difference"]
        assert len(found) == many
        same = [item["item"] for item in found if item["value"]["what"] == "addressee"]
        assert len(same) > 2
        seen = seen.changed("keep", item=same[0]).changed("take", item=same[1])
        state = {item["item"]: item["decided"] for item in seen.article["items"]}
        assert [state.get(item) for item in same] == [True, None] + [False] * len(same[2:])
