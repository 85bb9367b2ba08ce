"""Files as systems, neighbours and attackers leave them: each is read, skipped or told in one line."""

import gzip
import json
import os
import socket
import subprocess
import sys
import zipfile

import orjson
import pyarrow as pa
import pytest
from conftest import ROOT
from make_corpus import articles

import tasrih
from tasrih import reading
from tasrih.formatting import changes
from tasrih.interchange import exported
from tasrih.validation.fixes import fixes
from tasrih.validation.parsing import parse
from tasrih.validation.reports import RENDERED

RECORDS = list(articles(3, 1))
NAMES = [f"{record['id']}.json" for record in RECORDS]
LINES = b"\n".join(map(orjson.dumps, RECORDS))
LITTER = [
    "._x.json",
    "__MACOSX/x.json",
    "__MACOSX/._x.json",
    ".ipynb_checkpoints/x-checkpoint.json",
    ".git/x.json",
    ".venv/lib/x.json",
    "node_modules/x/package.json",
    "__pycache__/x.json",
    ".#x.json",
    "#x.json#",
    "~$x.json",
    ".x.json",
    ".~lock.x.json",
    "x.json~",
    "@eaDir/x.json",
    "$RECYCLE.BIN/x.json",
    "inner/.Trash-1000/x.json",
]


def tasrih_(*arguments, cwd=None):
    """The command as a process."""
    command = [sys.executable, "-c", "from tasrih.cli import main; main(prog_name='tasrih')", *arguments]
    return subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, capture_output=True, check=False)


@pytest.fixture
def folder(tmp_path):
    """A folder with a record in it."""
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / NAMES[0]).write_bytes(orjson.dumps(RECORDS[0]))
    return tmp_path / "records"


@pytest.mark.parametrize("litter", LITTER)
def test_litter_is_skipped_in_a_folder_and_read_when_it_is_named(folder, litter):
    (folder / litter).parent.mkdir(parents=True, exist_ok=True)
    (folder / litter).write_bytes(b"\x00\x05\x16\x07 no record")
    report = tasrih.validate([folder])
    assert (report.records, report.by_code()) == (1, {})
    assert tasrih.load(folder).ids == [RECORDS[0]["id"]]
    assert next(iter(changes([folder]))).file.endswith(NAMES[0])
    assert tasrih.validate([folder / litter]).records == 1


def test_litter_is_skipped_in_an_archive(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"corpus/articles/{NAMES[0]}", orjson.dumps(RECORDS[0]))
        archive.writestr("corpus/articles/__MACOSX/._x.json", b"x")
        archive.writestr("__MACOSX/corpus/articles/._x.json", b"x")
        archive.writestr("lines.jsonl", LINES)
        archive.writestr("lines.jsonl.gz", gzip.compress(LINES))
    for inner, records in (("", 1), ("corpus", 1), ("lines.jsonl", 3), ("lines.jsonl.gz", 3)):
        report = tasrih.validate([f"zip://{inner}::{tmp_path / 'a.zip'}"])
        assert (report.records, report.by_code()) == (records, {})


@pytest.mark.parametrize(
    "url",
    [
        "zip://",
        "zip://x",
        "zip://x::{0}/none.zip",
        "zip://::{0}/broken.zip",
        "zip://a.json::{0}/broken.zip",
        "tar://::{0}/broken.zip",
        "foo://x",
        "memory://none",
        "file://{0}/none",
        "http://[",
        "://",
        "zip://*.json::{0}/none.zip",
    ],
)
def test_a_url_that_leads_nowhere_is_told(tmp_path, url):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    with pytest.raises(tasrih.TasrihError):
        tasrih.validate([url.format(tmp_path)])


def zstd(data):
    return pa.compress(data, codec="zstd", asbytes=True)


EMPTY = {
    "empty.jsonl": b"",
    "blank.jsonl": b"\n \n\t\r\n",
    "empty.jsonl.gz": b"",
    "packed.jsonl.gz": gzip.compress(b""),
    "blank.jsonl.gz": gzip.compress(b"\n\n"),
    "empty.jsonl.zst": b"",
    "packed.jsonl.zst": zstd(b""),
    "blank.jsonl.zst": zstd(b" \n\n"),
    "folder/readme.txt": b"x",
    "litter/._x.json": b"x",
}


@pytest.mark.parametrize("name", EMPTY)
def test_where_no_record_is_every_command_says_so(tmp_path, name):
    file = tmp_path / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(EMPTY[name])
    path = file.parent if file.parent != tmp_path else file
    ways = [
        lambda: tasrih.validate([path]),
        lambda: tasrih.validate([ROOT / "corpus", path]),
        lambda: tasrih.load(path),
        lambda: tasrih.build(tmp_path / "out", [path]),
        lambda: list(changes([path])),
    ]
    for way in ways:
        with pytest.raises(tasrih.TasrihError, match="no records"):
            way()
    assert not (tmp_path / "out").exists()


def test_an_empty_file_of_one_record_is_a_finding(tmp_path):
    for name, data in (("a.json", b""), ("b.json", b"\n ")):
        (tmp_path / name).write_bytes(data)
        assert tasrih.validate([tmp_path / name]).by_code() == {"S103": 1}


def pipe(path):
    os.mkfifo(path)


def socket_(path):
    os.chdir(path.parent)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(path.name)


ODD = {
    "pipe": pipe,
    "socket": socket_,
    "device": lambda path: path.symlink_to("/dev/zero"),
    "folder": lambda path: path.mkdir(),
    "dangling": lambda path: path.symlink_to("nowhere"),
    "loop": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".jsonl.gz"])
@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_file_blocks_nothing(folder, monkeypatch, kind, suffix):
    monkeypatch.chdir(folder)
    path = folder / f"odd{suffix}"
    ODD[kind](path)
    if kind != "folder":
        report = tasrih.validate([path])
        assert report.by_code() == {"S101": 1}
        with pytest.raises(tasrih.TasrihError, match="cannot be read"):
            list(tasrih.load(path))
        assert all(isinstance(found, tasrih.TasrihError) for found in changes([path]))
    report = tasrih.validate([folder])
    assert (report.records, report.by_code()) == ((2, {"S101": 1}) if suffix == ".json" else (1, {}))


def test_a_pipe_in_the_place_of_a_source_blocks_nothing(tmp_path, seed):
    (tmp_path / "articles/news").mkdir(parents=True)
    (tmp_path / "sources").mkdir()
    os.mkfifo(tmp_path / "sources/a.txt")
    seed["metadata"]["source"]["path"] = "sources/a.txt"
    (tmp_path / f"articles/news/{seed['id']}.json").write_text(json.dumps(seed), encoding="utf-8")
    assert "M106" in tasrih.validate([tmp_path]).by_code()


@pytest.mark.parametrize("depth", [150, 199, 200, 201, 253, 254, 255, 256, 300, 512, 1000, 1023, 1024, 1025, 5000])
@pytest.mark.parametrize(("before", "after"), [("[", "]"), ('{"x":', "}"), ('[{"x":', "}]")])
def test_depth_is_told_from_201_on(tmp_path, depth, before, after):
    levels = (before.count("[") + before.count("{")) or 1
    deep = before * (depth // levels) + "1" + after * (depth // levels)
    data = ('{"x":' + deep + "}").encode()
    codes = [code for code, _ in parse(data)[1]]
    assert codes == (["S106"] if 1 + depth // levels * levels > 200 else [])
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / NAMES[0]).write_bytes(orjson.dumps(RECORDS[0]))
    (tmp_path / "entities.json").write_bytes(data)
    (tmp_path / "a.jsonl").write_bytes(data + b"\n" + LINES)
    found = tasrih.validate([tmp_path, tmp_path / "a.jsonl"])
    assert {finding.file for finding in found} >= {str(tmp_path / "entities.json"), str(tmp_path / "a.jsonl")}
    assert not found.ok
    assert isinstance(next(changes([tmp_path / "entities.json"])), tasrih.TasrihError)
    with pytest.raises(tasrih.TasrihError):
        list(tasrih.load(tmp_path / "a.jsonl"))


@pytest.mark.parametrize("name", [b"a\xff.json", b"\xd9.json", b"a\nb\x1b[31m.json", "مقال.json".encode()])
def test_a_name_of_any_bytes_is_rendered(tmp_path, name):
    path = tmp_path / os.fsdecode(name)
    try:
        path.write_bytes(b"{}")
    except OSError:
        pytest.skip("this file system takes no such names")
    report = tasrih.validate([path, path])
    for rendering in RENDERED.values():
        rendering(report, None).encode()
    uri = json.loads(RENDERED["sarif"](report, None))["runs"][0]["results"][0]["locations"][0]
    assert uri["physicalLocation"]["artifactLocation"]["uri"].isascii()
    done = tasrih_("validate", path)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
@pytest.mark.parametrize("filling", [b"\n", b" ", b"x", b"\n \n"])
def test_a_bomb_is_told_and_not_unpacked_to_its_end(tmp_path, monkeypatch, pack, filling):
    monkeypatch.setattr(reading, "_BARREN", 2**22)
    monkeypatch.setattr(reading, "MAX_BYTES", 2**20)
    monkeypatch.setattr("tasrih.validation.parsing.MAX_BYTES", 2**20)
    monkeypatch.setattr("tasrih.validation.rules.syntax.MAX_BYTES", 2**20)
    file = tmp_path / ("a.jsonl.gz" if pack is gzip.compress else "a.jsonl.zst")
    file.write_bytes(pack(filling * (2**25 // len(filling))))
    report = tasrih.validate([file])
    assert report.by_code() == {"S101": 1}
    assert "megabytes without a record" in next(iter(report)).message


def test_blank_lines_between_records_are_counted(tmp_path):
    lines = LINES.split(b"\n")
    wrong = lines[2].replace(b'"origin":"composed"', b'"origin":"compose"')
    data = b"\n" * 70_000 + lines[0] + b"\n \t\n" * 30_000 + lines[1] + b"\r\n\r\n" + wrong
    for name, pack in (("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress), ("a.jsonl.zst", zstd)):
        (tmp_path / name).write_bytes(pack(data))
        report = tasrih.validate([tmp_path / name])
        assert report.records == 3
        assert [(finding.code, finding.line) for finding in report] == [("S204", 130_003)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"id":', '"id":"lost","id":'),
        ('"text":', '"text":"lost","text":'),
        ('"metadata":', '"\\u006detadata":{},"metadata":'),
        ('"quotes":', '"quotes" : [], "quotes":'),
    ],
)
def test_a_layout_that_would_lose_a_value_is_refused(tmp_path, old, new):
    data = orjson.dumps(RECORDS[0]).decode().replace(old, new, 1).encode()
    (tmp_path / NAMES[0]).write_bytes(data)
    for converted in (*changes([tmp_path]), *exported([tmp_path])):
        assert isinstance(converted, tasrih.TasrihError)
        assert "twice" in str(converted)
    assert list(fixes([tmp_path])) == []
    assert tasrih.validate([tmp_path]).by_code() == {"S110": 1}


def test_the_command_leaves_a_file_alone_that_it_would_lose_something_of(tmp_path):
    data = orjson.dumps(RECORDS[0]).replace(b'"id":', b'"id":"lost","id":', 1)
    (tmp_path / NAMES[0]).write_bytes(data)
    for arguments in (["format"], ["validate", "--fix"]):
        done = tasrih_(*arguments, NAMES[0], cwd=tmp_path)
        assert done.returncode == 1
        assert b'"id"' in done.stdout + done.stderr
        assert (tmp_path / NAMES[0]).read_bytes() == data


def test_a_register_with_a_field_twice_and_fields_of_no_meaning_are_refused(tmp_path):
    register = (ROOT / "corpus/entities.json").read_text("utf-8")
    for old, new in (
        ('"entities": [', '"entities": [],\n  "entities": ['),
        ('"entities": [', '"more": 1, "entities": ['),
    ):
        (tmp_path / "entities.json").write_text(register.replace(old, new, 1), "utf-8")
        (found,) = changes([tmp_path / "entities.json"])
        assert isinstance(found, tasrih.TasrihError)


def test_numbers_keep_their_value_in_the_layout(tmp_path):
    record = json.dumps(RECORDS[0]).replace('"start": 0,', '"start": 0.0,')
    (tmp_path / NAMES[0]).write_text(record, "utf-8")
    (change,) = changes([tmp_path])
    assert json.loads(change.after) == RECORDS[0]


def test_errors_of_a_build_name_the_line(tmp_path, monkeypatch):
    lines = LINES.split(b"\n")
    wrong = lines[1].replace(b'"origin":"composed"', b'"origin":"compose"')
    data = b"\n".join([lines[0], b"", wrong, lines[2]])
    for name, pack in (("a.jsonl", bytes), ("a.jsonl.gz", gzip.compress)):
        (tmp_path / name).write_bytes(pack(data))
        with pytest.raises(tasrih.TasrihError, match=rf"{name}:3: S204"):
            tasrih.build(tmp_path / "out", [tmp_path / name])
    monkeypatch.setattr("tasrih.dataset.building.SHARD_BYTES", len(lines[0]) + 1)
    with pytest.raises(tasrih.TasrihError, match=r"a\.jsonl:3: S204"):
        tasrih.build(tmp_path / "out", [tmp_path / "a.jsonl"])
    doubled = b"\n".join([*lines, lines[1]])
    (tmp_path / "b.jsonl").write_bytes(doubled)
    with pytest.raises(tasrih.TasrihError, match=r"b\.jsonl:2 and .*b\.jsonl:4"):
        tasrih.build(tmp_path / "out", [tmp_path / "b.jsonl"])


def test_a_damaged_table_is_told_when_it_is_loaded(tmp_path):
    tasrih.build(tmp_path / "dataset", [write(tmp_path / "a.jsonl", LINES)])
    for file in sorted((tmp_path / "dataset/data").glob("*/*.parquet")):
        whole = file.read_bytes()
        for place in range(0, len(whole), max(1, len(whole) // 12)):
            file.write_bytes(whole[:place] if place % 2 else whole[:place] + b"\xff\x00\xee" + whole[place + 3 :])
            try:
                corpus = tasrih.load(tmp_path / "dataset")
                assert all(article.record.id for article in corpus)
                list(corpus.quotes(speaker="x"))
            except tasrih.TasrihError:
                pass
        file.write_bytes(whole)


def write(path, data):
    path.write_bytes(data)
    return path
