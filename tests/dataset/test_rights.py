"""Texts that may not be passed on: left out, hashed, and put back."""

import json
import re
import shutil
import unicodedata

import pyarrow.parquet as pq
import pytest
from conftest import RECORD, ROOT, SEED, invoke
from make_corpus import articles

import tasrih
from tasrih import columnar
from tasrih.dataset.rights import withheld
from tasrih.record import Article

NEWS = [ROOT / f"corpus/articles/news/{SEED}.json"]
OPEN = list(articles(330, 4))
CITED = ("publisher", "agency")


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """The seed, whose rights are unknown, among articles that are free but for every third."""
    file = tmp_path_factory.mktemp("rights") / "records.jsonl"
    for number, record in enumerate(OPEN):
        record["metadata"]["rights"]["redistribution"] = "permitted" if number % 3 else "forbidden"
    file.write_text("".join(json.dumps(record) + "\n" for record in [*OPEN[:20], RECORD, *OPEN[20:]]))
    return file


@pytest.fixture(scope="module")
def whole(records):
    return tasrih.build(records.with_name("whole"), [records], within=ROOT / "corpus")


@pytest.fixture(scope="module")
def public(records):
    return tasrih.build(records.with_name("public"), [records], within=ROOT / "corpus", rights="redistributable")


def contents(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def rows(out, config):
    return [row for path in sorted((out / "data" / config).iterdir()) for row in pq.read_table(path).to_pylist()]


def decoded(out):
    """Everything that a dataset says, in characters."""
    for path in out.rglob("*"):
        if path.suffix == ".parquet":
            yield json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False)
            metadata = pq.read_metadata(path)
            yield str([metadata.row_group(0).column(number).statistics for number in range(metadata.num_columns)])
            yield path.read_bytes().decode(errors="ignore")
        elif path.is_file():
            yield path.read_text(encoding="utf-8")


def words(text):
    return set(re.findall(r"[\u0621-\u064a]{2,}", text))


def test_no_word_of_a_withheld_text_is_anywhere_in_the_dataset(tmp_path):
    out = tasrih.build(tmp_path / "out", NEWS, within=ROOT / "corpus", rights="redistributable", sample=1)
    secret = words(" ".join(paragraph["text"] for paragraph in RECORD["paragraphs"]))
    documented = {
        "تصريح",
        "قائلا",
        "عن",
        "حول",
    }  # in the descriptions of the dataset and its columns, and in its changes
    registered = words((ROOT / "corpus/entities.json").read_text(encoding="utf-8"))  # names, of whatever article
    known = words(" ".join(RECORD["metadata"][name] for name in CITED)) | documented | registered
    assert len(secret) > 150
    for text in decoded(out):
        assert words(text) & secret <= known
    assert tasrih.verify(out) == []


def test_what_stays_are_ids_offsets_and_types(public, whole):
    kept = {"start", "end", "type", "quote_id", "speaker_id", "cue_kind", "speaker_form", "published", "publisher"}
    kept |= {"term_id", "kind", "entity_id", "entity_type"}
    for config in ("quotes", "terms", "entities"):
        for one, other in zip(rows(public, config), rows(whole, config), strict=True):
            assert {key: one[key] for key in kept & one.keys()} == {key: other[key] for key in kept & one.keys()}
            assert one in (other, one | {"text": None, "paragraph": None})


def test_free_texts_are_all_there(public, whole):
    free = {record["id"] for record in OPEN if record["metadata"]["rights"]["redistribution"] == "permitted"}
    for config, key in (
        ("articles", "id"),
        ("quotes", "article_id"),
        ("terms", "article_id"),
        ("entities", "article_id"),
        ("tokens", "article_id"),
    ):
        mine = [row for row in rows(public, config) if row[key] in free]
        assert mine == [row for row in rows(whole, config) if row[key] in free]
        assert mine


def test_the_words_are_all_free_text_but_what_an_article_is_cited_by():
    batch = columnar.of_records([RECORD | {"waivers": [{"rule": "Q101", "at": "", "reason": "لأن"}]}])
    left = json.dumps(withheld(batch).to_pylist(), ensure_ascii=False)
    assert words(left) == words(" ".join(RECORD["metadata"][name] for name in CITED))
    assert "reader-1" in left
    assert withheld(columnar.of_records([OPEN[1]])).equals(columnar.of_records([OPEN[1]]))


def test_every_paragraph_has_its_hash(public):
    hashes = [row for row in rows(public, "withheld") if row["article_id"] == SEED]
    assert {f"/paragraphs/{number}/text" for number in range(14)} <= {row["at"] for row in hashes}
    assert "/metadata/image_credit" in {row["at"] for row in hashes}
    assert all(re.fullmatch("[0-9a-f]{64}", row["sha256"]) for row in hashes)


def test_both_kinds_are_whole_and_say_what_they_are(public, whole):
    assert tasrih.verify(public) == tasrih.verify(whole) == []
    for out, rights in ((public, "redistributable"), (whole, "all")):
        assert json.loads((out / "manifest.json").read_bytes())["rights"] == rights
    assert "It is left out here" in (public / "README.md").read_text(encoding="utf-8")
    assert "keep it to yourself" in (whole / "README.md").read_text(encoding="utf-8")


def test_hydrating_gives_the_bytes_of_a_build_with_all_texts(public, whole, records, tmp_path):
    out = tasrih.hydrate(public, records, tmp_path / "out")
    described = {"README.md", "manifest.json"}  # without a corpus folder there is no datasheet to be in the card
    one, other = (
        {path: data for path, data in contents(it).items() if path.name not in described} for it in (out, whole)
    )
    assert one == other
    assert tasrih.verify(out) == []


def test_the_seed_comes_back_from_its_corpus(tmp_path):
    public = tasrih.build(tmp_path / "public", NEWS, rights="redistributable", sample=1)
    out = tasrih.hydrate(public, ROOT / "corpus", tmp_path / "out")
    assert contents(out) == contents(tasrih.build(tmp_path / "whole", NEWS, sample=1))
    (row,) = (row for row in rows(out, "articles") if row["id"] == SEED)
    assert Article.model_validate_json(json.dumps(row)) == tasrih.load()[SEED].record


def seeds(tmp_path, seed):
    (tmp_path / f"{seed['id']}.json").write_text(json.dumps(seed))
    return tmp_path / f"{seed['id']}.json"


def test_the_annotations_stay_those_of_the_dataset(tmp_path, seed):
    public = tasrih.build(tmp_path / "public", NEWS, within=ROOT / "corpus", rights="redistributable")
    seed |= {"quotes": [], "terms": [], "entities": seed["entities"][:1]}
    out = tasrih.hydrate(public, seeds(tmp_path, seed), tmp_path / "out")
    news = tasrih.load(NEWS[0])
    assert rows(out, "quotes") == news.to_dataset("quotes").to_list()
    assert rows(out, "terms") == news.to_dataset("terms").to_list()
    assert rows(out, "entities") == news.to_dataset("entities").to_list()


@pytest.mark.parametrize("change", ["a letter", "a paragraph", "another article"])
def test_other_texts_are_refused_and_nothing_is_written(change, public_dataset, tmp_path, seed):
    if change == "a letter":
        seed["paragraphs"][8]["text"] += "ا"
    elif change == "a paragraph":
        del seed["paragraphs"][3]
    else:
        seed["id"] = "another-article"
    with pytest.raises(
        tasrih.TasrihError, match="missing among the records" if "article" in change else "/paragraphs/"
    ):
        tasrih.hydrate(public_dataset, seeds(tmp_path, seed), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def withheld_three(tmp_path_factory):
    """The records of three articles that may not be passed on, and the dataset without their texts."""
    folder = tmp_path_factory.mktemp("three")
    three = list(articles(3, 7))
    for record in three:
        record["metadata"]["rights"]["redistribution"] = "forbidden"
    (folder / "three.jsonl").write_text("".join(json.dumps(record) + "\n" for record in three))
    return three, tasrih.build(folder / "public", [folder / "three.jsonl"], rights="redistributable")


def lines(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


def test_all_that_is_missing_or_differs_is_told(withheld_three, tmp_path):
    (one, two, three), public = withheld_three
    two = json.loads(json.dumps(two))
    two["paragraphs"][0]["text"] += "ا"
    two["paragraphs"][3]["text"] = "x"
    del three
    with pytest.raises(tasrih.TasrihError) as told:
        tasrih.hydrate(public, lines(tmp_path / "some.jsonl", [one, two]), tmp_path / "out")
    assert "made-3: the article is missing" in str(told.value)
    for number in (0, 3):
        assert f"made-2: the records have other words at /paragraphs/{number}/text" in str(told.value)
    assert "made-1:" not in str(told.value)
    assert not (tmp_path / "out").exists()


def test_what_is_there_is_put_back_and_the_rest_later(withheld_three, tmp_path):
    (one, two, three), public = withheld_three
    part = tasrih.hydrate(public, lines(tmp_path / "a.jsonl", [one]), tmp_path / "part", partial=True)
    assert tasrih.verify(part) == []
    assert {row["id"] for row in rows(part, "articles") if row["paragraphs"][0]["text"]} == {one["id"]}
    assert {row["article_id"] for row in rows(part, "withheld")} == {two["id"], three["id"]}
    with pytest.raises(tasrih.TasrihError, match="texts of 3 articles"):
        tasrih.push("somebody/something", part, dry_run=True, endpoint="http://127.0.0.1:9")
    rest = lines(tmp_path / "b.jsonl", [two, three])
    out = tasrih.hydrate(part, rest, tmp_path / "all", partial=True)
    whole = tasrih.build(tmp_path / "whole", [lines(tmp_path / "c.jsonl", [one, two, three])])
    assert contents(out / "data") == contents(whole / "data")
    with pytest.raises(tasrih.TasrihError, match="No text could be put back"):
        tasrih.hydrate(part, lines(tmp_path / "d.jsonl", [one]), tmp_path / "none", partial=True)


@pytest.mark.parametrize("change", ["a text back", "a text gone", "no hashes"])
def test_verify_knows_what_a_partly_filled_dataset_is_to_hold(change, withheld_three, tmp_path):
    records, public = withheld_three
    part = tasrih.hydrate(public, lines(tmp_path / "a.jsonl", records[:1]), tmp_path / "part", partial=True)
    config = "withheld" if change == "no hashes" else "articles"
    for path in sorted((part / "data" / config).iterdir()):
        table = pq.read_table(path)
        values = table.to_pylist()
        for row in values:
            if change != "no hashes" and (row["id"] == records[0]["id"]) == (change == "a text gone"):
                row["paragraphs"][0]["text"] = "x" if change == "a text back" else None
        kept = [] if change == "no hashes" else values
        with pq.ParquetWriter(path, table.schema) as writer:
            if kept:
                writer.write_table(type(table).from_pylist(kept, table.schema))
    assert [fault for fault in tasrih.verify(part) if fault.column]


def test_words_are_compared_in_nfc(tmp_path):
    record = next(articles(1, 7))
    record["metadata"]["rights"]["redistribution"] = "forbidden"
    record["paragraphs"].append({"id": f"p{len(record['paragraphs']) + 1}", "role": "body", "text": "آمال الأسرة"})
    public = tasrih.build(tmp_path / "public", [lines(tmp_path / "a.jsonl", [record])], rights="redistributable")
    record["paragraphs"][-1]["text"] = unicodedata.normalize("NFD", record["paragraphs"][-1]["text"])
    out = tasrih.hydrate(public, lines(tmp_path / "b.jsonl", [record]), tmp_path / "out")
    assert rows(out, "articles")[0]["paragraphs"][-1]["text"] == "آمال الأسرة"


def test_what_is_there_is_replaced_only_by_force(withheld_three, tmp_path):
    records, public = withheld_three
    source = lines(tmp_path / "a.jsonl", records)
    out = tasrih.hydrate(public, source, tmp_path / "out")
    before = contents(out)
    with pytest.raises(tasrih.TasrihError, match="--force"):
        tasrih.hydrate(public, source, out)
    assert contents(tasrih.hydrate(public, source, out, force=True)) == before
    (out / "notes.txt").touch()
    for place in (out, source):
        with pytest.raises(tasrih.TasrihError, match=r"notes\.txt|not a dataset"):
            tasrih.hydrate(public, source, place, force=True)
    assert (out / "notes.txt").exists()


def test_the_command_lists_what_it_left_out(withheld_three, tmp_path):
    records, public = withheld_three
    source = lines(tmp_path / "a.jsonl", records[:2])

    def run(*options):
        return invoke("hydrate", public, "--from", source, "--out", tmp_path / "out", *options)

    refused = run()
    assert refused.exit_code == 2
    assert "made-3" in refused.stderr
    done = run("--partial")
    assert (done.exit_code, done.stdout) == (1, f"{tmp_path / 'out'}\n")
    assert done.stderr == "made-3: the article is missing among the records\n"
    assert run("--partial").exit_code == 2
    assert run("--partial", "--force").exit_code == 1


def test_a_dataset_with_all_its_texts_needs_none(whole, records, tmp_path):
    with pytest.raises(tasrih.TasrihError, match="nothing to put back"):
        tasrih.hydrate(whole, records, tmp_path / "out")


@pytest.mark.parametrize(("config", "change"), [("articles", "leak"), ("withheld", "lost"), ("withheld", "odd")])
def test_verify_finds_texts_that_leaked_and_hashes_that_are_lost(config, change, public, tmp_path):
    shutil.copytree(public, tmp_path / "public")
    path = next(path for path in sorted((tmp_path / "public/data" / config).iterdir()) if "train" in path.name)
    table = pq.read_table(path)
    values = table.to_pylist()
    if change == "leak":
        place = next(place for place, row in enumerate(values) if row["id"] == SEED)
        values[place]["paragraphs"][1]["text"] = "leaked"
    elif change == "odd":
        values[0]["at"] = "/paragraphs/99/text"
    elif change == "lost":
        values[0]["at"] = values[1]["at"]
    groups = pq.ParquetFile(path).num_row_groups
    first = pq.ParquetFile(path).metadata.row_group(0).num_rows
    new = type(table).from_pylist(values, table.schema)
    with pq.ParquetWriter(path, table.schema) as writer:
        writer.write_table(new.slice(0, first))
        if groups > 1:
            writer.write_table(new.slice(first))
    faults = [fault for fault in tasrih.verify(tmp_path / "public") if fault.column]
    assert faults[0].file == path.relative_to(tmp_path / "public").as_posix()
    assert {"leak": "may not be passed on", "lost": "there is no hash", "odd": "is no withheld text"}[change] in faults[
        0
    ].why


def test_an_unfinished_build_with_all_texts_is_no_part_of_one_without(records, tmp_path, monkeypatch):
    out = tmp_path / "out"
    with monkeypatch.context() as patched:
        patched.setattr("tasrih.dataset.documents.describe", None)
        with pytest.raises(TypeError):
            tasrih.build(out, [records], within=ROOT / "corpus", resume=True)
    tasrih.build(out, [records], within=ROOT / "corpus", resume=True, rights="redistributable")
    assert tasrih.verify(out) == []
