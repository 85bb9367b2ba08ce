"""From a draft that was read to a record of the corpus: nothing is lost, and nothing is moved that is not right."""

import json
import shutil

import pytest
from conftest import ROOT, invoke, read_json

TEXT = (ROOT / "docs/example.txt").read_text(encoding="utf-8")
NAME = "2024-05-04-example.json"


@pytest.fixture
def place(tmp_path):
    """A folder with a corpus that has nothing but a register and one source, and a draft of that source."""
    for folder in ("corpus/articles", "corpus/sources", "drafts"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(ROOT / "corpus/entities.json", tmp_path / "corpus")
    (tmp_path / "corpus/sources/example.txt").write_text(TEXT, encoding="utf-8")
    draft_of(tmp_path)
    return tmp_path


def draft_of(place):
    arguments = ["--published", "2024-05-04", "--out", place / "drafts", "--force"]
    assert invoke("draft", place / "corpus/sources/example.txt", *arguments).exit_code == 0
    return place / "drafts" / NAME


def edit(file, change):
    record = read_json(file)
    change(record)
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def confirm(place, *arguments):
    given = ["--annotator", "reader-1", "--corpus", place / "corpus", *arguments]
    return invoke("confirm", place / "drafts" / NAME, *given)


def test_a_draft_becomes_a_record_that_is_valid_and_laid_out(place):
    done = confirm(place)
    assert done.exit_code == 0, done.output
    file = place / "corpus/articles/news" / NAME
    record = read_json(file)
    assert record["metadata"]["collection"] == "news"
    assert record["metadata"]["annotation"]["status"] == "reviewed"
    assert record["metadata"]["annotation"]["annotators"] == [
        {"id": "tasrih-draft", "kind": "rule"},
        {"id": "reader-1", "kind": "human"},
    ]
    assert record["quotes"]
    assert record["entities"]
    assert "provenance" not in file.read_text(encoding="utf-8")
    assert not list((place / "drafts").iterdir())
    assert invoke("validate", place / "corpus", "--strict").exit_code == 0
    assert invoke("format", "--check", place / "corpus").exit_code == 0


def test_collections_and_kinds_are_those_that_were_given(place):
    assert confirm(place, "--collection", "harbour", "--kind", "model").exit_code == 0
    record = read_json(place / "corpus/articles/harbour" / NAME)
    assert record["metadata"]["annotation"]["annotators"][-1] == {"id": "reader-1", "kind": "model"}


def test_a_draft_in_the_corpus_is_moved_within_it(place):
    inside = place / "corpus/articles/drafts" / NAME
    inside.parent.mkdir()
    (place / "drafts" / NAME).rename(inside)
    assert invoke("confirm", inside, "--annotator", "reader-1").exit_code == 0
    assert not inside.exists()
    assert (place / "corpus/articles/news" / NAME).is_file()


def test_a_draft_that_is_in_its_place_stays_there(place):
    inside = place / "corpus/articles/news" / NAME
    inside.parent.mkdir()
    (place / "drafts" / NAME).rename(inside)
    assert invoke("confirm", inside, "--annotator", "reader-1").exit_code == 0
    assert read_json(inside)["metadata"]["annotation"]["status"] == "reviewed"
    again = invoke("confirm", inside, "--annotator", "reader-2")
    assert again.exit_code == 1
    assert "is no draft" in again.output


def _drifted(record):
    record["quotes"][0]["spans"][0]["start"] += 1


def _undecided(record):
    record["waivers"] = [{"rule": "Q101", "at": "/paragraphs/1/text", "reason": "A reader must decide what this is."}]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_drifted, "A104"),
        (_undecided, "M112"),
        (lambda record: record.pop("quotes"), "S201"),
        (lambda record: record["metadata"]["source"].update(path="sources/lost.txt"), "M106"),
        (lambda record: record["metadata"].update(origin="composed", collection="news"), "M118"),
    ],
)
def test_what_has_errors_stays_where_it_is(place, change, told):
    draft = place / "drafts" / NAME
    edit(draft, change)
    before = draft.read_bytes()
    done = confirm(place)
    assert done.exit_code == 1
    assert f"{NAME}:1:" in done.output
    assert told in done.output
    assert draft.read_bytes() == before
    assert not list((place / "corpus/articles").rglob("*.json"))


def test_what_confirming_mends_is_no_error(place):
    draft = place / "drafts" / NAME
    draft.rename(draft.with_name("other.json"))
    arguments = ["--annotator", "reader-1", "--corpus", place / "corpus"]
    done = invoke("confirm", draft.with_name("other.json"), *arguments)
    assert done.exit_code == 0
    assert not {code for code in ("M101", "M102", "M111", "M112") if code in done.output}


def test_a_decided_question_is_kept_as_a_waiver(place):
    edit(place / "drafts" / NAME, _undecided)
    edit(place / "drafts" / NAME, lambda record: record["waivers"][0].update(reason="The mark is missing in print."))
    assert confirm(place).exit_code == 0


def test_another_record_is_overwritten_only_by_force(place):
    assert confirm(place).exit_code == 0
    file = place / "corpus/articles/news" / NAME
    before, draft = file.read_bytes(), draft_of(place)
    refused = confirm(place, "--kind", "model")
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert file.read_bytes() == before
    assert draft.is_file()
    assert confirm(place, "--collection", "harbour", "--force").exit_code == 1
    assert draft.is_file()
    assert confirm(place, "--kind", "model", "--force").exit_code == 0
    assert file.read_bytes() != before
    assert not draft.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--annotator", "Reader One"],
        ["--annotator", "tasrih-draft"],
        ["--annotator", "reader-1", "--collection", "drafts"],
        ["--annotator", "reader-1", "--collection", "../elsewhere"],
    ],
)
def test_nothing_is_moved_when_the_command_is_wrong(place, arguments):
    done = invoke("confirm", place / "drafts" / NAME, "--corpus", place / "corpus", *arguments)
    assert done.exit_code in (1, 2)
    assert done.output.strip()
    assert (place / "drafts" / NAME).is_file()
    assert not list((place / "corpus/articles").rglob("*.json"))


def test_one_that_cannot_be_confirmed_does_not_keep_the_others(place):
    (place / "drafts/broken.json").write_text("{", encoding="utf-8")
    files = [place / "drafts/missing.json", place / "drafts/broken.json", place / "drafts", place / "drafts" / NAME]
    done = invoke("confirm", *files, "--annotator", "reader-1", "--corpus", place / "corpus")
    assert done.exit_code == 1
    assert (place / "corpus/articles/news" / NAME).is_file()
    assert (place / "drafts/broken.json").is_file()
