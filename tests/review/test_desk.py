"""The desk by its API: what a reader decides is in the record and in the log, and nothing else is."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import ROOT, SEED, invoke, read_json

from review.desks import NAME, log_in, place, served
from tasrih import load
from tasrih.review.desk import desk, listing


@pytest.fixture
def folder(tmp_path):
    return place(tmp_path)


@pytest.fixture
def drafts(folder):
    return folder / "drafts"


@pytest.fixture
def reader(folder, drafts):
    with served(drafts, folder / "corpus") as asking:
        yield asking


def test_items_stand_in_the_order_of_doubt(reader):
    items = reader.read().article["items"]
    assert [item["item"] for item in items[:3]] == ["q3", "q3.cue", "q3.speaker"]
    sure = [item["confidence"] for item in items]
    assert sure == sorted(sure)
    assert {item["kind"] for item in items} == {"quote", "cue", "speaker", "entity", "mention"}


def test_an_item_that_is_surely_wrong_comes_first_with_what_is_wrong(reader):
    seen = reader.read().changed("set_spans", item="q2.speaker", spans=[{"paragraph": "p2", "start": 20, "end": 30}])
    assert seen.article["items"][0]["item"] == "q2.speaker"
    (found,) = seen.article["findings"]
    assert (found["code"], found["item"], found["pointer"]) == ("Q115", "q2.speaker", "/quotes/1/speaker/form")


def test_a_draft_is_decided_to_the_end_and_is_a_record_then(folder, reader):
    seen = reader.read()
    assert seen.ask("confirm").status_code == 422  # nothing is decided yet
    seen = seen.changed("remove", item="e2").accept_all()
    assert seen.article["open"] == 0
    confirmed = seen.after(seen.ask("confirm"))
    file = folder / "corpus/articles/news" / f"{NAME}.json"
    assert confirmed.article["moved"] == str(file)
    assert [entity["id"] for entity in read_json(file)["entities"]] == ["e1", "e2", "e3"]
    assert read_json(file)["metadata"]["annotation"]["annotators"][-1] == {"id": "reader-1", "kind": "human"}
    assert invoke("validate", folder / "corpus", "--strict").exit_code == 0
    assert invoke("format", "--check", folder / "corpus").exit_code == 0
    assert reader.articles() == []
    assert [entry["change"]["op"] for entry in log_in(folder / "drafts")] == ["remove", "accept", "renumber", "confirm"]


def test_what_tasrih_confirm_makes_of_it_is_the_same(folder, drafts, reader):
    reader.read().changed("remove", item="q3").accept_all()
    assert invoke("confirm", drafts / f"{NAME}.json", "--annotator", "x", "--corpus", folder / "corpus").exit_code == 0
    assert invoke("validate", folder / "corpus", "--strict").exit_code == 0


def test_errors_keep_a_draft_where_it_is(drafts, reader):
    seen = reader.read().changed("set_type", item="q3", type="direct").accept_all()
    kept = seen.after(seen.ask("confirm"))
    assert [finding["code"] for finding in kept.article["findings"]] == ["Q102"]
    assert kept.article["findings"][0]["item"] == "q3"
    assert (drafts / f"{NAME}.json").is_file()


def test_a_record_that_was_reviewed_before_lists_its_new_reader(folder):
    home = folder / "corpus/articles/news"
    with served(folder / "drafts", folder / "corpus") as reader:
        seen = reader.read().accept_all()
        seen.after(seen.ask("confirm"))
    with served(folder / "corpus", reader="reader-2") as later:
        (listed,) = later.articles()
        seen = later.read(listed["file"]).changed("set_type", item="q1", type="direct")
        seen = seen.after(seen.ask("confirm"))
        assert "errors" in seen.article["told"][0]
        assert [one["id"] for one in seen.record["metadata"]["annotation"]["annotators"]][1:] == ["reader-1"]
        seen = seen.after(seen.ask("undo")).changed("remove", item="q1")
        seen = seen.after(seen.ask("confirm"))
    assert [one["id"] for one in seen.record["metadata"]["annotation"]["annotators"]][1:] == ["reader-1", "reader-2"]
    assert read_json(home / f"{NAME}.json") == seen.record
    assert invoke("validate", folder / "corpus", "--strict").exit_code == 0
    assert [entry["change"]["op"] for entry in log_in(home)][-3:] == ["remove", "renumber", "sign"]


def test_a_record_in_the_way_is_not_overwritten(folder, drafts, reader):
    other = folder / "corpus/articles/news" / f"{NAME}.json"
    other.parent.mkdir()
    other.write_text("{}", encoding="utf-8")
    seen = reader.read().accept_all()
    assert "is there already" in seen.ask("confirm").json()["error"]
    assert other.read_text(encoding="utf-8") == "{}"
    assert (drafts / f"{NAME}.json").is_file()
    assert [entry["change"]["op"] for entry in log_in(drafts)] == ["accept"]


def test_a_change_is_not_made_on_a_version_that_is_gone(drafts, reader):
    mine, theirs = reader.read(), reader.read()
    theirs.changed("remove", item="e3")
    before = (drafts / f"{NAME}.json").read_bytes()
    for refused in (mine.change("remove", item="e4"), mine.ask("undo"), mine.ask("confirm")):
        assert refused.status_code == 409
        assert "Read it again" in refused.json()["error"]
    assert (drafts / f"{NAME}.json").read_bytes() == before
    assert len(log_in(drafts)) == 1


def test_what_an_editor_writes_meanwhile_stays(drafts, reader):
    seen, file = reader.read(), drafts / f"{NAME}.json"
    edited = file.read_bytes().replace(b'"publisher": null', '"publisher": "صحيفة المرفأ"'.encode())
    file.write_bytes(edited)
    assert seen.change("remove", item="e4").status_code == 409
    assert file.read_bytes() == edited
    assert reader.read().changed("remove", item="e4").record["metadata"]["publisher"] == "صحيفة المرفأ"


def test_two_desks_see_what_the_other_has_done(folder, drafts, reader):
    with served(drafts, folder / "corpus", reader="reader-2") as other:
        reader.read().changed("accept", items=["q1"])
        other.read().changed("accept", items=["q2"])
        assert {quote["id"] for quote in reader.read().record["quotes"] if "provenance" not in quote} == {"q1", "q2"}
        assert [entry["who"]["id"] for entry in log_in(drafts)] == ["reader-1", "reader-2"]
        assert [entry["number"] for entry in log_in(drafts)] == [1, 2]


def test_of_many_decisions_at_once_each_is_made_once_or_refused(folder, drafts, reader):
    with served(drafts, folder / "corpus", reader="reader-2") as other, ThreadPoolExecutor(8) as pool:
        seen = [desk.read() for desk in (reader, other) * 4]
        answers = list(pool.map(lambda one: one.change("remove", item="e4").status_code, seen))
    assert sorted(answers) == [200] + [409] * 7
    assert len(log_in(drafts)) == 1


def test_what_is_taken_back_leaves_the_bytes_that_were(drafts, reader):
    file = drafts / f"{NAME}.json"
    before = file.read_bytes()
    seen = reader.read().changed("remove", item="q2").changed("merge", item="e2", into="e1")
    assert file.read_bytes() != before
    seen = seen.after(seen.ask("undo"))
    seen = seen.after(seen.ask("undo"))
    assert file.read_bytes() == before
    assert "no decision to take back" in seen.ask("undo").json()["error"].replace("no such", "no")


def test_another_desk_takes_back_what_this_one_did(folder, drafts):
    before = (drafts / f"{NAME}.json").read_bytes()
    with served(drafts, folder / "corpus") as reader:
        reader.read().changed("remove", item="q2").changed("remove", item="e4")
    with served(drafts, folder / "corpus", reader="reader-2") as later:
        seen = later.read()
        seen = seen.after(seen.ask("undo", number=1, why="it is a quote"))
        assert [quote["id"] for quote in seen.record["quotes"]] == ["q1", "q2", "q3"]
        assert seen.ask("undo", number=1).status_code == 422
        seen.after(seen.ask("undo", number=2))
    assert (drafts / f"{NAME}.json").read_bytes() == before
    last = log_in(drafts)[2]
    assert last["change"] == {"op": "undo", "number": 1}
    assert last["why"] == "it is a quote"


def test_what_has_changed_since_is_not_taken_back(reader):
    seen = reader.read().changed("set_type", item="q2", type="partial").changed("remove", item="q2.cue")
    refused = seen.ask("undo", number=1)
    assert refused.status_code == 422
    assert "quotes/q2 has changed since" in refused.json()["error"]


def test_the_log_says_who_when_what_and_why(drafts, reader):
    seen = reader.read()
    answer = seen.ask("change", change={"op": "set_type", "item": "q1", "type": "unmarked"}, why="a headline")
    (entry,) = log_in(drafts)
    assert entry["who"] == {"id": "reader-1", "kind": "human"}
    assert entry["when"].startswith("20")
    assert entry["why"] == "a headline"
    (change,) = [one for one in entry["changed"] if one["at"] == "quotes/q1"]
    assert (change["from"]["type"], change["to"]["type"]) == ("indirect", "unmarked")
    assert (entry["before"], entry["after"]) == (seen.article["version"], answer.json()["version"])
    assert reader.get("log", key=seen.article["key"]).json()["entries"] == [entry]


def test_a_part_that_was_decided_is_so_until_it_changes(folder, drafts, reader):
    def is_decided(seen):
        return next(item["decided"] for item in seen.article["items"] if item["item"] == "q3.cue")

    seen = reader.read()
    assert not is_decided(seen)
    assert is_decided(seen.changed("accept", items=["q3.cue"]))
    with served(drafts, folder / "corpus") as later:
        seen = later.read()
        assert is_decided(seen)
        assert not is_decided(seen.after(seen.ask("undo")))


def test_a_torn_line_is_put_aside_and_told(drafts, reader):
    log = drafts / f"{NAME}.decisions.jsonl"
    reader.read().changed("accept", items=["q1"])
    whole = log.read_bytes()
    log.write_bytes(whole + whole[:40])
    seen = reader.read()
    assert seen.article["torn"]
    assert not seen.changed("accept", items=["q2"]).article["torn"]
    assert [entry["number"] for entry in log_in(drafts)] == [1, 2]
    assert (drafts / f"{NAME}.decisions.torn").read_bytes() == whole[:40] + b"\n"


def test_logs_are_no_records(folder, drafts, reader):
    reader.read().changed("accept", items=["q1"])
    assert invoke("validate", drafts, "--corpus", folder / "corpus").stdout.startswith("1 record")
    assert [one.id for one in load(drafts)] == [NAME]
    assert [article["file"] for article in reader.articles()] == [f"{NAME}.json"]


def test_what_is_broken_does_not_keep_the_others(drafts, reader):
    broken = {
        "a-text.json": b"no JSON",
        "a-list.json": b"[]",
        "half.json": (drafts / f"{NAME}.json").read_bytes()[:900],
        "twice.json": (drafts / f"{NAME}.json").read_bytes().replace(b'"id": "q2"', b'"id": "q2", "id": "q9"'),
        "deep.json": b"[" * 100_000,
        "other.json": b'{"paragraphs": 3}',
    }
    for name, data in broken.items():
        (drafts / name).write_bytes(data)
    (drafts / "folder.json").mkdir()
    os.mkfifo(drafts / "pipe.json")
    listed = {article["file"]: article for article in reader.articles()}
    for name in broken:
        assert listed[name]["error"]
        assert reader.get("article", key=listed[name]["key"]).status_code == 422
    assert listed[f"{NAME}.json"]["open"] == 19
    assert listed["pipe.json"]["error"]


def test_what_has_no_words_says_how_to_get_them(drafts, reader):
    standoff = next(path for path in (ROOT / "corpus/articles/news").glob("*.json") if path.stem != SEED)
    shutil.copy(standoff, drafts)
    listed = next(article for article in reader.articles() if article["file"] == standoff.name)
    assert "tasrih hydrate" in listed["error"]
    assert "tasrih hydrate" in reader.get("article", key=listed["key"]).json()["error"]


ODD = [
    "a\u202egnp.json",
    "a\nb.json",
    "<b>x.json",
    "a%2fb.json",
    "a b&c=d#e?.json",
    "ا\u0600.json",
    b"\xff\xfe.json",
    "'\".json",
]


@pytest.mark.parametrize("name", ODD, ids=ascii)
def test_odd_names_are_read_written_and_told(drafts, reader, name):
    file = os.path.join(os.fsencode(drafts), os.fsencode(name))  # noqa: PTH118
    os.rename(drafts / f"{NAME}.json", file)  # noqa: PTH104
    (listed,) = reader.articles()
    assert "\u202e" not in listed["file"]
    assert "\n" not in listed["file"]
    seen = reader.read(listed["file"]).changed("remove", item="e4")
    assert len(seen.record["entities"]) == 3
    with open(file, "rb") as written:  # noqa: PTH123
        assert b'"e4"' not in written.read()


def test_links_lead_nowhere(folder, drafts, reader):
    secret = folder / "secret.json"
    shutil.copy(drafts / f"{NAME}.json", secret)
    (drafts / "link.json").symlink_to(secret)
    listed = {article["file"]: article for article in reader.articles()}
    assert "leads out of the folder" in listed["link.json"]["error"]
    assert reader.get("article", key=listed["link.json"]["key"]).status_code == 422
    log = drafts / f"{NAME}.decisions.jsonl"
    log.symlink_to(folder / "elsewhere")
    key = listed[f"{NAME}.json"]["key"]
    assert "is a link" in reader.get("article", key=key).json()["error"]
    assert not (folder / "elsewhere").exists()
    log.unlink()
    seen = reader.read()
    (drafts / ".tasrih-review.lock").unlink(missing_ok=True)
    (drafts / ".tasrih-review.lock").symlink_to(secret)
    assert seen.change("remove", item="e4").status_code == 422
    assert secret.stat().st_size > 0


@pytest.mark.parametrize("name", ["../secret.json", "/etc/passwd", ".", "", "x.decisions.jsonl", "\0.json", "a" * 3000])
def test_nothing_else_is_an_article(folder, reader, name):
    from tasrih.review.folder import key_of

    shutil.copy(folder / "drafts" / f"{NAME}.json", folder / "secret.json")
    for key in (name, key_of(name)):
        assert reader.get("article", key=key).status_code == 404


@pytest.mark.parametrize("start", ["-1", "x", "9" * 5000, "٣", ""])
def test_an_odd_place_in_the_list_is_none(reader, start):
    assert reader.get("articles", start=start).json()["total"] == 1
    assert reader.get("articles", start="0", count=start).status_code == 200


def test_a_folder_of_ten_thousand_is_listed_page_by_page(tmp_path):
    data = (place(tmp_path) / "drafts" / f"{NAME}.json").read_bytes()
    drafts, copied = tmp_path / "drafts", tmp_path / "drafts/00000.json"
    copied.write_bytes(data)
    for number in range(1, 10_000):
        os.link(copied, drafts / f"{number:05}.json")
    at = desk(drafts, "reader-1")
    first = listing(at, 0, 5)
    assert first["total"] == 10_001
    assert [article["file"] for article in first["articles"]] == [f"{number:05}.json" for number in range(5)]
    assert [article["open"] for article in first["articles"]] == [19] * 5
    assert [article["file"] for article in listing(at, 10_000)["articles"]] == [f"{NAME}.json"]
    assert listing(at, 20_000)["articles"] == []
    assert len(listing(at, 0, 10_000)["articles"]) == 200
