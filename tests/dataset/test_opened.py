"""A built dataset opened in place of its records."""

import json

import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from conftest import RECORD, ROOT, SEED, calls, corpus
from hypothesis import given
from hypothesis import strategies as st
from make_corpus import articles

import tasrih
from tasrih.dataset import objects
from tasrih.dataset.stored import StoredDataset, _variants, spellings
from tasrih.text.letters import fold


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Records, and the dataset that was built from them, of several row groups."""
    folder = tmp_path_factory.mktemp("opened")
    records = [RECORD, *articles(200, 3)]
    (folder / "records.jsonl").write_bytes(b"\n".join(map(orjson.dumps, records)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tasrih.dataset.shards.GROUP", 64)
        tasrih.build(folder / "dataset", [folder / "records.jsonl"], within=ROOT / "corpus")
    return folder


def records_made(job):
    """How many records and parts of records are made while a job is done."""
    made = []

    def counted(model, contents, real=objects.instances):
        made.append(len(contents))
        return real(model, contents)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(objects, "instances", counted)
        job()
    return sum(made)


@pytest.fixture(scope="module")
def corpora(folders):
    return tasrih.load(folders / "records.jsonl"), tasrih.load(folders / "dataset")


def test_the_articles_are_those_of_the_records(corpora):
    records, opened = corpora
    assert len(opened) == len(records) == 201
    assert set(opened.ids) == set(records.ids)
    assert all(records[article.id].record == article.record for article in opened)


def test_an_article_is_found_by_its_id_and_read_part_by_part(corpora):
    _, opened = corpora
    article = opened[SEED]
    assert SEED in opened
    assert "nobody" not in opened
    assert article.headline == corpus()[SEED].headline
    assert [quote.speaker.name for quote in article.quotes[:11]] == ["سيرغي لافروف"] * 11
    assert article.quotes[7].parent is article.quotes[6]
    with pytest.raises(KeyError):
        opened["nobody"]


@pytest.mark.parametrize("name", ["لافروف", "سيرغي لافروف", "sergey-lavrov", "Q58217", "Sergey Lavrov", "لاڤروڤ"])
def test_quotes_of_a_speaker_are_those_that_a_full_search_finds(corpora, name):
    _, opened = corpora
    found = [(quote.article.id, quote.id) for quote in opened.quotes(speaker=name)]
    seed = (quote for quote in corpus().quotes(speaker=name) if quote.article.id == SEED)
    expected = [] if name == "لاڤروڤ" else [(SEED, quote.id) for quote in seed]
    assert found == expected


def test_of_a_speaker_only_articles_that_name_it_are_made(folders):
    opened = tasrih.load(folders / "dataset")
    found = records_made(lambda: list(opened.quotes(speaker="لافروف")))
    assert 0 < found <= records_made(lambda: opened[SEED].record)
    assert calls(fold, _variants.__wrapped__) < 1_500


def test_of_a_speaker_nothing_is_read_twice_and_one_pattern_made_a_file(folders, monkeypatch):
    patterns = []

    def counted(values, pattern, match=pc.match_substring_regex):
        patterns.append(pattern)
        return match(values, pattern)

    monkeypatch.setattr(pc, "match_substring_regex", counted)
    opened = tasrih.load(folders / "dataset")
    files = len(list((folders / "dataset/data/entities").iterdir()))
    groups = sum(pq.ParquetFile(file).num_row_groups for file in (folders / "dataset/data/entities").iterdir())
    assert calls(StoredDataset._read, lambda: list(opened.quotes(speaker="لا أحد بهذا الاسم"))) == groups
    assert len(patterns) == files < groups


def told(articles):
    """What most readers ask for."""
    return [
        (article.headline, quote.text, quote.cue and quote.cue.text, quote.speaker and quote.speaker.name)
        for article in articles
        for quote in article.quotes
    ]


def test_no_record_is_made_before_one_is_asked_for(folders):
    first, *_ = opened = tasrih.load(folders / "dataset")
    assert records_made(lambda: (told(opened), opened[SEED].headline)) == 0
    assert records_made(lambda: first.metadata) > 0
    assert told(opened) == told(tasrih.Article(article.record) for article in opened)
    assert first.quotes[0].record is first.record.quotes[0]
    assert first.quotes[0].spans[0].record is first.record.quotes[0].spans[0]


def test_each_article_is_found_in_its_row_group(corpora):
    records, opened = corpora
    assert [opened[name].metadata for name in opened.ids] == [records[name].metadata for name in opened.ids]


def test_by_an_id_the_ids_of_a_file_and_one_column_are_read_once(folders):
    files = len(list((folders / "dataset/data/articles").iterdir()))
    opened = tasrih.load(folders / "dataset")
    assert calls(StoredDataset._read, lambda: opened.ids) == files
    assert calls(StoredDataset._read, lambda: opened[SEED].headline) == 1


def test_of_one_article_one_file_is_opened_and_one_record_made(folders):
    opened = tasrih.load(folders / "dataset")
    first = next(iter(tasrih.load(folders / "dataset"))).id
    assert calls(StoredDataset._open, lambda: opened[first].headline) == 1
    paragraphs = len(opened[first].paragraphs)
    assert records_made(lambda: [paragraph.record for paragraph in opened[first].paragraphs]) == paragraphs


def test_quotes_of_a_made_speaker_and_of_a_type(corpora):
    records, opened = corpora
    speaker = next(iter(opened)).quotes[0].speaker.name
    places = [{(quote.article.id, quote.id) for quote in opened.quotes(speaker=speaker)} for opened in corpora]
    assert places[0] == places[1]
    assert places[0]
    assert sum(1 for _ in opened.quotes(type="direct")) == sum(1 for _ in records.quotes(type="direct"))


def test_the_rows_are_those_of_the_records(corpora):
    records, opened = corpora
    by_place = {(row["article_id"], row["quote_id"]): row for row in records.to_dataset("quotes")}
    rows = list(opened.to_dataset("quotes"))
    assert len(rows) == len(by_place)
    assert all(by_place[row["article_id"], row["quote_id"]] == row for row in rows)


def test_opening_writes_nothing(folders):
    before = {path: path.stat().st_mtime_ns for path in folders.rglob("*")}
    next(tasrih.load(folders / "dataset").quotes(speaker="لافروف"))
    assert {path: path.stat().st_mtime_ns for path in folders.rglob("*")} == before


def test_what_is_no_dataset_is_explained(folders, tmp_path):
    (tmp_path / "manifest.json").write_text("[]")
    with pytest.raises(tasrih.TasrihError, match="not a dataset"):
        tasrih.load(tmp_path)
    manifest = json.loads((folders / "dataset/manifest.json").read_text())
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(tasrih.TasrihError, match="is the dataset whole"):
        tasrih.load(tmp_path).ids  # noqa: B018


WORDS = st.text(
    st.characters(exclude_categories=["Cs"], max_codepoint=0xFFFF) | st.sampled_from("أإآٱاىيةهـَّـ"), min_size=1
)


@given(WORDS, WORDS)
def test_the_pattern_matches_what_folds_alike(wanted, other):
    matches = pc.match_substring_regex(pa.array([wanted, other, fold(wanted)[0]]), spellings(wanted)).to_pylist()
    assert matches == [True, fold(other)[0] == fold(wanted)[0], True]
