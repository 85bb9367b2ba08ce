"""Loading: what a researcher does first."""

import gzip
import json
import re
import subprocess
import sys

import pytest
from conftest import ROOT, SEED, corpus

import tasrih
from tasrih.record import Article, to_json


def test_the_bundled_corpus_resolves_to_objects():
    corpus = tasrih.load()
    article = corpus[SEED]
    assert len(corpus) == len(corpus.ids) >= 1
    assert [quote.speaker.name for quote in article.quotes[:11]] == ["سيرغي لافروف"] * 11
    assert [quote.speaker.form for quote in article.quotes if quote.cue.text in {"قال", "بيّن"}] == ["elided"] * 2
    assert article.quotes[7].parent is article.quotes[6]
    assert article.terms[0].entity.identifiers == {"wikidata": "Q7779"}
    assert article.published.isoformat() == "2021-10-13"


@pytest.mark.parametrize("name", ["لافروف", "سيرغي لافروف", "sergey-lavrov", "Q58217", "Sergey Lavrov"])
def test_quotes_are_found_by_speaker_and_type(name):
    found = [quote for quote in corpus().quotes(speaker=name) if quote.article.id == SEED]
    assert [quote.type for quote in found].count("direct") == 6
    assert [quote.type for quote in found].count("partial") == 1
    assert list(corpus().quotes(speaker=name, type="partial")) == [one for one in found if one.type == "partial"]


def test_articles_are_filtered_by_collection_and_date():
    assert [article.id for article in corpus().articles(collection="news", published="2021-10")] == [SEED]
    assert list(corpus().articles(published="2021-1")) == []


def test_search_reads_over_spelling_variants():
    hits = list(corpus().search("مجموعه الرؤية"))
    assert [hit.text for hit in hits] == ["مجموعة الرؤية"]
    assert hits[0].context(5).right == " الاس"


def test_search_finds_words_behind_their_proclitics_and_no_parts_of_others():
    hits = list(corpus().search("أسعار"))
    assert {hit.text for hit in hits} >= {"الأسعار", "والأسعار"}
    assert all(hit.text.endswith("أسعار") for hit in hits)
    assert all(hit.paragraph.text[hit.start : hit.end] == hit.text for hit in hits)
    assert {hit.text for hit in corpus().search("سعر")} == {"سعر", "السعر"}
    assert list(corpus().search("بان")) != list(corpus().search("البان"))


def test_json_lines_plain_and_compressed(tmp_path):
    line = re.sub(rb"\n *", b"", (ROOT / f"corpus/articles/news/{SEED}.json").read_bytes()) + b"\n"
    (tmp_path / "a.jsonl").write_bytes(line)
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(line))
    for name in ("a.jsonl", "a.jsonl.gz"):
        assert [article.id for article in tasrih.load(tmp_path / name)] == [SEED]


def test_the_record_is_in_canonical_form():
    data = (ROOT / f"corpus/articles/news/{SEED}.json").read_bytes()
    assert to_json(Article.model_validate_json(data)) == data


def test_bad_paths_and_records_are_explained(tmp_path):
    with pytest.raises(tasrih.TasrihError, match="no such file"):
        tasrih.load(tmp_path / "none.jsonl")
    (tmp_path / "a.json").write_text("{}")
    with pytest.raises(tasrih.TasrihError, match=r"a\.json: not a valid record"):
        list(tasrih.load(tmp_path))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 99)[:20])
    with pytest.raises(tasrih.TasrihError, match="cannot be read"):
        tasrih.load(tmp_path / "b.jsonl.gz")


@pytest.mark.parametrize("opened", ["", "; tasrih.load()"])
def test_importing_and_opening_are_light(opened):
    heavy = "{'datasets', 'pyarrow', 'numpy', 'pydantic', 'yaml', 'tasrih.record'} & set(sys.modules)"
    code = f"import sys, tasrih{opened}; sys.exit(bool({heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize("laid_out", [{}, {"sort_keys": True}, {"indent": 4}, {"separators": (",", ":")}])
def test_a_record_has_its_id_however_it_is_laid_out(tmp_path, laid_out):
    record = json.loads((ROOT / f"corpus/articles/news/{SEED}.json").read_bytes())
    (tmp_path / "other.json").write_text(json.dumps(record, **laid_out), encoding="utf-8")
    assert tasrih.load(tmp_path).ids == [SEED] == [tasrih.load(tmp_path)[0].id]
    (tmp_path / "twice.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(tasrih.InvalidError, match="is already that of"):
        tasrih.load(tmp_path)
