"""What stands where records should: pipes and devices, the litter of editors and systems, and nothing at all."""

import gzip
import json
import os
import socket

import fsspec
import pyarrow as pa
import pytest
from conftest import RECORD, ROOT, invoke

import tasrih
from tasrih.drafts import drafted_files
from tasrih.reading import documents, is_litter

WITHIN = ROOT / "corpus"
LITTER = (
    "._x.json",
    ".#x.json",
    "~$x.json",
    ".hidden.json",
    "__MACOSX/x.json",
    "__MACOSX/._x.json",
    ".ipynb_checkpoints/x-checkpoint.json",
    ".git/x.json",
    ".venv/lib/x.json",
    "@eaDir/x.json",
    "news/.git/x.json",
    "news/__macosx/x.json",
)
NAMES = ("x.json", "x~y.json", "x.y.json", "macosx/x.json", "خبر.json", "x (1).json")


@pytest.fixture
def corpus(tmp_path):
    """A corpus of one record below a hidden folder, so that only what lies in it can be litter."""
    folder = tmp_path / ".work" / "corpus"
    (folder / "articles/news").mkdir(parents=True)
    (folder / "articles/news" / f"{RECORD['id']}.json").write_text(json.dumps(RECORD), encoding="utf-8")
    return folder


@pytest.mark.parametrize("path", LITTER)
def test_litter_is_skipped_below_a_folder(path):
    assert is_litter(path)


@pytest.mark.parametrize("path", NAMES)
def test_names_that_look_odd_are_no_litter(path):
    assert not is_litter(path)


def test_litter_breaks_nothing_and_is_read_where_it_is_named(corpus, tmp_path):
    for path in LITTER:
        file = corpus / "articles" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"\0\5\x16\7 Mac OS X")
    (corpus / "articles/x.json~").write_bytes(b"{}")
    assert tasrih.validate([corpus], within=WITHIN).records == 1
    assert [article.id for article in tasrih.load(corpus)] == [RECORD["id"]]
    out = tasrih.build(tmp_path / "out", [corpus], within=WITHIN)
    for path in ("._README.md", "__MACOSX/data.parquet", "README.md~", ".git/HEAD"):
        (out / path).parent.mkdir(exist_ok=True)
        (out / path).write_bytes(b"x")
    assert tasrih.verify(out) == []
    named = corpus / "articles/~$x.json"
    assert {finding.file for finding in tasrih.validate([named])} == {str(named)}


def test_litter_is_skipped_in_other_file_systems():
    system = fsspec.filesystem("memory")
    for path in ("x.json", *LITTER):
        system.pipe(f"/odd/{path}", b"{}")
    assert [document.file for document in documents(["memory://odd"])] == ["memory:///odd/x.json"]


def fifo(path):
    os.mkfifo(path)


def bound(path):
    with socket.socket(socket.AF_UNIX) as end:
        end.bind(str(path))


def dangling(path):
    path.symlink_to("nothing")


def looping(path):
    path.symlink_to(path.name)


def endless(path):
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
@pytest.mark.parametrize("make", [fifo, bound, dangling, looping, endless])
@pytest.mark.parametrize("name", ["odd.json", "odd.jsonl", "odd.jsonl.gz"])
def test_what_is_no_file_is_a_finding_and_never_waited_for(tmp_path, monkeypatch, make, name):
    monkeypatch.chdir(tmp_path)  # the path of a socket must be short
    make(tmp_path / name)
    for given in (name, f"file://{tmp_path / name}"):
        if (tmp_path / name).exists() or "://" not in given:
            assert tasrih.validate([given], within=WITHIN).by_code() == {"S101": 1}, given
    with pytest.raises(tasrih.TasrihError):
        list(tasrih.load(tmp_path / name))
    if name.endswith(".json"):
        report = tasrih.validate([tmp_path], within=WITHIN)
        assert report.by_code() == {"S101": 1}
        assert invoke("format", tmp_path).stderr.startswith(f"{tmp_path / name}: cannot be read")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_source_that_is_a_pipe_is_not_waited_for(corpus, seed):
    (corpus / "sources").mkdir()
    os.mkfifo(corpus / "sources/a.txt")
    seed["metadata"]["source"]["path"] = "sources/a.txt"
    (corpus / f"articles/news/{seed['id']}.json").write_text(json.dumps(seed), encoding="utf-8")
    assert "M106" in tasrih.validate([corpus]).by_code()


def packed(data):
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


KINDS = {
    "no.jsonl": b"",
    "blank.jsonl": b"\n \r\n\t\n",
    "no.jsonl.gz": gzip.compress(b""),
    "blank.jsonl.gz": gzip.compress(b"\n\n"),
    "no.jsonl.zst": packed(b""),
    "blank.jsonl.zst": packed(b"\n\n"),
}


@pytest.mark.parametrize("kind", [*KINDS, "folder", "only-litter"])
def test_nothing_is_told_in_one_way(tmp_path, kind):
    empty = tmp_path / kind
    if kind in KINDS:
        empty.write_bytes(KINDS[kind])
    else:
        empty.mkdir()
    if kind == "only-litter":
        (empty / "._x.json").write_bytes(b"x")
    some = tmp_path / "some.json"
    some.write_text(json.dumps(RECORD), encoding="utf-8")
    calls = (
        lambda: tasrih.validate([empty]),
        lambda: tasrih.validate([some, empty]),
        lambda: len(tasrih.load(empty)),
        lambda: tasrih.build(tmp_path / "out", [empty]),
        lambda: tasrih.score(some, empty),
        lambda: tasrih.score(empty, some),
    )
    for call in calls:
        with pytest.raises(tasrih.TasrihError, match="there are no records in it") as refused:
            call()
        assert str(refused.value).startswith(f"{empty}: ")
    assert not (tmp_path / "out").exists()


def test_records_beside_an_empty_folder_of_articles_are_told_from_none(tmp_path):
    (tmp_path / "corpus/articles").mkdir(parents=True)
    (tmp_path / "corpus/some.json").write_text(json.dumps(RECORD), encoding="utf-8")
    for given in (tmp_path, tmp_path / "corpus"):
        with pytest.raises(tasrih.MissingError, match="what is around it nothing is read") as refused:
            tasrih.load(given)
        assert refused.value.path == str(tmp_path / "corpus/articles")


@pytest.mark.parametrize("name", KINDS)
def test_draft_names_what_has_no_articles_and_goes_on(tmp_path, name):
    (tmp_path / name).write_bytes(KINDS[name])
    (tmp_path / "texts/__MACOSX").mkdir(parents=True)
    for path in ("a.txt", "._a.txt", ".#b.txt", "__MACOSX/a.txt"):
        (tmp_path / "texts" / path).write_text("الجسر مفتوح\n\nقال الوزير إن الجسر مفتوح.\n", encoding="utf-8")
    refused, made = drafted_files([str(tmp_path / name), str(tmp_path / "texts")])
    assert str(refused) == f"{tmp_path / name}: there are no articles in it."
    assert made.id == "a"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
@pytest.mark.parametrize(("command", "name"), [(["draft"], "a.txt"), (["import", "tei"], "a.xml")])
def test_pipes_in_folders_are_told_by_what_reads_other_formats(tmp_path, command, name):
    os.mkfifo(tmp_path / name)
    for given in (tmp_path, tmp_path / name):
        done = invoke(*command, given)
        assert done.exit_code == 1
        assert done.stderr.startswith(f"{tmp_path / name}: cannot be read (not a file")


@pytest.mark.parametrize("command", [["validate"], ["format"], ["stats"], ["export", "--to", "tei"]])
def test_commands_end_with_2_for_nothing(tmp_path, command):
    (tmp_path / "no.jsonl.gz").write_bytes(gzip.compress(b"\n"))
    done = invoke(*command, tmp_path / "no.jsonl.gz")
    assert done.exit_code == 2, done.stdout
    assert "there are no records in it" in done.stderr


def test_lines_are_counted_over_millions_of_blank_ones(tmp_path):
    blank = b"\n" * 20_000_000
    record = json.dumps(RECORD | {"id": 1}).encode()
    for name, pack in (("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress), ("a.jsonl.zst", packed)):
        (tmp_path / name).write_bytes(pack(record + b"\n" + blank + record))
        assert [document.line for document in documents([tmp_path / name])] == [1, 20_000_002]


def test_errors_of_a_build_name_the_line(tmp_path, monkeypatch):
    monkeypatch.setattr("tasrih.dataset.building.SHARD_BYTES", 100_000)
    lines = [json.dumps(RECORD | {"id": f"2021-10-13-{number}"}).encode() for number in range(30)]
    lines[20:20] = [b"", b"{}"]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    with pytest.raises(tasrih.TasrihError, match=r"a\.jsonl:22: S201"):
        tasrih.build(tmp_path / "out", [tmp_path / "a.jsonl"], within=WITHIN)
