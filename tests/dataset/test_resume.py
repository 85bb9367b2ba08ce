"""A build that goes on keeps a shard only where all that the rules looked at is as it was."""

import hashlib
import json
import os
from pathlib import Path

import fsspec
import pytest
from make_corpus import articles

import tasrih
from tasrih.dataset import dependencies
from tasrih.dataset.splits import split_of

NAMES = [f"2024-01-02-article-{number}" for number in range(9)]
SOURCE = "sources/article.txt"


@pytest.fixture
def corpus(tmp_path):
    """A corpus folder with one article that has a source, and a register."""
    folder = tmp_path / "corpus"
    record = next(articles(1, 1))
    record["id"] = next(name for name in NAMES if split_of(f"article {name}") == "train")  # one group is not divided
    record["metadata"] |= {"published": "2024-01-02", "origin": "published", "collection": "news"}
    lines = "\n".join(paragraph["text"] for paragraph in record["paragraphs"]).encode()
    record["metadata"]["source"] = {"path": SOURCE, "sha256": hashlib.sha256(lines).hexdigest()}
    entity = record["entities"][0]
    entity["link"] = "somebody"
    for name in ("articles/news", "sources"):
        (folder / name).mkdir(parents=True)
    (folder / SOURCE).write_bytes(lines)
    names = {"arabic": [entity["name"]], "latin": ["Somebody"]}
    known = {"id": "somebody", "type": entity["type"], "origin": "real", "names": names}
    (folder / "entities.json").write_text(json.dumps({"schema_version": "1.0", "entities": [known]}))
    (folder / f"articles/news/{record['id']}.json").write_text(json.dumps(record))
    return folder


def unfinished(sources, out, **options):
    """A build that broke off when all shards were done."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tasrih.dataset.documents.describe", None)
        with pytest.raises(TypeError):
            tasrih.build(out, sources, resume=True, **options)
    (row,) = out.parent.glob(".out-unfinished/shards*/00000/row.json")
    return row


def edited(path, change, *, keep_time=True):
    """Changes a file in as many bytes, and puts its time back."""
    times = path.stat()
    path.write_bytes(change(path.read_bytes()))
    if keep_time:
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def record_of(corpus):
    return next((corpus / "articles").rglob("*.json"))


CHANGES = {
    "the register": lambda corpus: edited(
        corpus / "entities.json", lambda data: data.replace(b"somebody", b"somebodi")
    ),
    "no register": lambda corpus: (corpus / "entities.json").unlink(),
    "the source": lambda corpus: edited(corpus / SOURCE, lambda data: data[:-1] + b"x"),
    "no source": lambda corpus: (corpus / SOURCE).unlink(),
    "the record": lambda corpus: edited(record_of(corpus), lambda data: data.replace(b'"e1"', b'"e9"', 1)),
}


@pytest.mark.parametrize("what", CHANGES)
def test_records_with_errors_are_not_published_by_going_on(what, corpus, tmp_path):
    unfinished([corpus], tmp_path / "out")
    CHANGES[what](corpus)
    with pytest.raises(tasrih.TasrihError, match="The records have errors"):
        tasrih.build(tmp_path / "out", [corpus], resume=True)


def test_what_is_as_it_was_is_kept(corpus, tmp_path):
    row = unfinished([corpus], tmp_path / "out")
    before = row.stat()
    record_of(corpus).touch()
    again = unfinished([corpus], tmp_path / "out")
    assert (again.stat().st_ino, again.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("what", ["clock", "package", "members", "table", "within", "row"])
def test_a_shard_is_made_anew_when_anything_else_changed(what, corpus, tmp_path, monkeypatch):
    lines = tmp_path / "records.jsonl"
    lines.write_text(json.dumps(json.loads(record_of(corpus).read_bytes())))
    row = unfinished([lines], tmp_path / "out", within=corpus)
    before = row.stat().st_ino, row.stat().st_mtime_ns
    within = corpus
    if what == "clock":
        monkeypatch.setattr(dependencies, "today", lambda: "2020-01-01")
    elif what == "package":
        monkeypatch.setattr(dependencies, "_of_programs", lambda: "another")
    elif what == "within":
        within = tmp_path / "other"
        corpus.rename(within)
    elif what == "row":
        row.write_text("{}")
        before = row.stat().st_ino, row.stat().st_mtime_ns
    else:
        file = row.with_name("members.arrow" if what == "members" else "articles-train.parquet")
        file.write_bytes(file.read_bytes()[:-1])
    again = unfinished([lines], tmp_path / "out", within=within)
    assert (again.stat().st_ino, again.stat().st_mtime_ns) != before


def test_a_day_that_is_no_longer_in_the_future_makes_nothing_anew(corpus, tmp_path, monkeypatch):
    row = unfinished([corpus], tmp_path / "out")
    before = row.stat().st_mtime_ns
    monkeypatch.setattr(dependencies, "today", lambda: "9999-01-01")
    assert unfinished([corpus], tmp_path / "out").stat().st_mtime_ns == before


def test_a_file_far_away_is_looked_at_again(tmp_path):
    url = "memory://resume/records.jsonl"
    for seed in (1, 2):
        with fsspec.open(url, "wb") as file:
            file.write(b"".join(json.dumps(record).encode() + b"\n" for record in articles(2, seed)))
        row = unfinished([url], tmp_path / "out")
        (found,) = (json.loads(row.read_bytes())["given"],)
        if seed == 1:
            first = found
    assert found != first


def test_a_slice_goes_to_the_end_of_its_last_line(tmp_path):
    from tasrih.reading import Slice, content

    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"first\nsecond\nthird")
    assert b"".join(content(Slice(str(file), 0, 8))) == b"first\nsecond\n"
    assert b"".join(content(Slice(str(file), 8, 14))) == b"econd\nthird"
    assert b"".join(content(Slice(str(file)))) == file.read_bytes()
    assert Path(file).exists()
