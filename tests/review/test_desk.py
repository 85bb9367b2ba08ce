"""The desk by its API: what a reader decides is in the record and in the log, and nothing else is."""

import pytest
from conftest import invoke, read_json

from review.desks import NAME, log_in, place, served


@pytest.fixture
def folder(tmp_path):
    return place(tmp_path)


@pytest.fixture
def reader(folder):
    with served(folder / "drafts", folder / "corpus") as asking:
        yield asking


def test_items_stand_in_the_order_of_doubt(reader):
    items = reader.read().article["items"]
    assert [item["item"] for item in items[:3]] == ["q3", "q3.cue", "q3.speaker"]
    sure = [item["confidence"] for item in items]
    assert sure == sorted(sure)
    assert {item["kind"] for item in items} == {"quote", "cue", "speaker", "entity", "mention"}


def test_a_draft_is_decided_to_the_end_and_is_a_record_then(folder, reader):
    seen = reader.read()
    assert seen.ask("confirm").status_code == 422  # nothing is decided yet
    seen = seen.changed("remove", item="e2").accept_all()
    assert seen.article["open"] == 0
    confirmed = seen.after(seen.ask("confirm"))
    file = folder / "corpus/articles/news" / f"{NAME}.json"
    assert confirmed.article["moved"] == str(file)
    assert [entity["id"] for entity in read_json(file)["entities"]] == ["e1", "e2", "e3"]
    assert invoke("validate", folder / "corpus", "--strict").exit_code == 0
    assert reader.articles() == []
    assert [entry["change"]["op"] for entry in log_in(folder / "drafts")] == ["remove", "accept", "renumber", "confirm"]


def test_a_change_is_not_made_on_a_version_that_is_gone(folder, reader):
    mine, theirs = reader.read(), reader.read()
    theirs.changed("remove", item="e3")
    before = (folder / "drafts" / f"{NAME}.json").read_bytes()
    refused = mine.change("remove", item="e4")
    assert refused.status_code == 409
    assert "Read it again" in refused.json()["error"]
    assert (folder / "drafts" / f"{NAME}.json").read_bytes() == before


def test_what_is_taken_back_leaves_the_bytes_that_were(folder, reader):
    file = folder / "drafts" / f"{NAME}.json"
    before = file.read_bytes()
    seen = reader.read().changed("remove", item="q2").changed("merge", item="e2", into="e1")
    assert file.read_bytes() != before
    seen = seen.after(seen.ask("undo"))
    seen.after(seen.ask("undo"))
    assert file.read_bytes() == before
