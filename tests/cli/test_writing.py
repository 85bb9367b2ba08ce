"""Files that commands write: whole or not at all, never over another's work, where and as the system says."""

import json
import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import RECORD, ROOT, SEED, invoke

from tasrih import TasrihError
from tasrih.files import replace, writer, written

TEXT = 'الوزيرة تعلن خطة المياه\n\nقالت الوزيرة هدى السالمي: "سنفتح المصنع في الصيف المقبل".\n'
REVIEWED = b"reviewed by hand\n"


@pytest.fixture
def source(tmp_path):
    file = tmp_path / "t.txt"
    file.write_text(TEXT, "utf-8")
    return file


def record_file(folder):
    file = folder / f"{SEED}.json"
    file.write_text(json.dumps(RECORD), "utf-8")
    return file


@pytest.mark.parametrize("out", ["out.json", "out/"])
def test_a_draft_overwrites_nothing_unless_told_to(tmp_path, source, out):
    there = tmp_path / out / "t.json" if out.endswith("/") else tmp_path / out
    there.parent.mkdir(exist_ok=True)
    there.write_bytes(REVIEWED)
    refused = invoke("draft", source, "-o", f"{tmp_path}/{out}")
    assert refused.exit_code == 1
    assert refused.stderr.startswith(f"{there}: is there already. Choose another --out, or")
    assert there.read_bytes() == REVIEWED
    assert invoke("draft", source, "-o", f"{tmp_path}/{out}", "--force").exit_code == 0
    assert json.loads(there.read_bytes())["id"] == "t"
    assert invoke("draft", source, "-o", f"{tmp_path}/{out}").exit_code == 1
    assert [path.name for path in there.parent.iterdir() if path.name.startswith(".")] == []


def test_import_and_export_overwrite_nothing_and_write_the_rest(tmp_path):
    (tmp_path / "in").mkdir()
    example = (ROOT / "docs/example.xml").read_bytes()
    (tmp_path / "in/a.xml").write_bytes(example.replace(b'<TEI id="2026-03-14-wadi-bridge">', b"<TEI>"))
    (tmp_path / "in/b.xml").write_bytes(example)
    for command, ending, there in (
        (["import", "tei", tmp_path / "in"], ".json", "a.json"),
        (["export", "--to", "tei", tmp_path / "import"], ".xml", "a.xml"),
    ):
        out = tmp_path / command[0]
        out.mkdir()
        (out / there).write_bytes(REVIEWED)
        refused = invoke(*command, "--out", out)
        assert refused.exit_code == 1
        assert f"{out}/{there}: is there already" in refused.stderr
        assert (out / there).read_bytes() == REVIEWED
        assert (out / f"2026-03-14-wadi-bridge{ending}").is_file()
        assert invoke(*command, "--out", out, "--force").exit_code == 0
        assert (out / there).read_bytes() != REVIEWED


def test_several_records_need_a_folder_and_none_is_lost(tmp_path, source):
    lines = tmp_path / "five.jsonl"
    lines.write_text("".join(json.dumps({"text": f"{TEXT}{number}"}) + "\n" for number in range(5)), "utf-8")
    assert invoke("draft", lines, "--out", tmp_path / "new").exit_code == 0
    assert len(list((tmp_path / "new").iterdir())) == 5
    for out in ("one.json", "one.jsonl", "t.txt"):
        refused = invoke("draft", lines, "--out", tmp_path / out)
        assert refused.exit_code == 2
        assert "one file cannot hold several records" in refused.stderr
    assert source.read_text("utf-8") == TEXT
    assert not (tmp_path / "one.json").exists()
    for place in ("a", "b"):
        (tmp_path / place).mkdir()
        (tmp_path / place / "t.txt").write_text(f"{TEXT}{place}", "utf-8")
    assert invoke("draft", tmp_path / "a/t.txt", tmp_path / "b/t.txt", "--out", tmp_path / "both").exit_code == 0
    assert len({json.loads(f.read_bytes())["metadata"]["source"]["sha256"] for f in (tmp_path / "both").iterdir()}) == 2


def test_a_new_file_gets_what_the_umask_leaves_and_an_old_one_keeps_what_it_has(tmp_path):
    for mask in (0o022, 0o002, 0o077):
        before = os.umask(mask)
        try:
            replace(tmp_path / f"{mask}", b"new")
            writer(str(tmp_path / f"c{mask}"), several=False, force=False)("x", b"new")
        finally:
            os.umask(before)
        assert {stat.S_IMODE((tmp_path / name).stat().st_mode) for name in (f"{mask}", f"c{mask}")} == {0o666 & ~mask}
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "old").chmod(0o640)
    replace(tmp_path / "old", b"new")
    assert stat.S_IMODE((tmp_path / "old").stat().st_mode) == 0o640


@pytest.mark.parametrize("there", [True, False])
def test_a_link_stays_and_its_file_is_written(tmp_path, there):
    (tmp_path / "far").mkdir()
    if there:
        (tmp_path / "far/file").write_bytes(REVIEWED)
    (tmp_path / "link").symlink_to("far/file")
    put = writer(str(tmp_path / "link"), several=False, force=False)
    with pytest.raises(TasrihError, match="is there already"):
        put("x", b"new")
    assert (tmp_path / "far/file").exists() == there
    writer(str(tmp_path / "link"), several=False, force=True)("x", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "far/file").read_bytes() == b"new"
    assert [file.name for file in (tmp_path / "far").iterdir()] == ["file"]


def test_a_link_in_a_folder_leads_nobody_out_of_it(tmp_path):
    (tmp_path / "secret").write_bytes(REVIEWED)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/x").symlink_to("../secret")
    with pytest.raises(TasrihError, match="leads out of the folder"):
        writer(str(tmp_path / "out"), several=True, force=True)("x", b"new")
    assert (tmp_path / "secret").read_bytes() == REVIEWED
    (tmp_path / "other").symlink_to("out")
    writer(str(tmp_path / "other"), several=True, force=False)("y", b"new")
    assert (tmp_path / "out/y").read_bytes() == b"new"


def test_format_and_fix_keep_links(tmp_path):
    (tmp_path / "far").mkdir()
    file = record_file(tmp_path / "far")
    (tmp_path / file.name).symlink_to(f"far/{file.name}")
    assert invoke("format", tmp_path / file.name).exit_code == 0
    assert (tmp_path / file.name).is_symlink()
    assert file.read_bytes() == (ROOT / f"corpus/articles/news/{SEED}.json").read_bytes()


@pytest.mark.parametrize("out", ["loop", "folder", "file/below", "no\0name"])
def test_what_cannot_be_written_is_one_line(tmp_path, out):
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "folder/x").mkdir(parents=True)
    (tmp_path / "file").write_bytes(REVIEWED)
    with pytest.raises((TasrihError, ValueError)):
        writer(str(tmp_path / out), several=False, force=True)("x", b"new")
    assert (tmp_path / "file").read_bytes() == REVIEWED
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder", "loop"]


@pytest.mark.parametrize("out", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_any_name_is_written_to(tmp_path, out):
    code = f"from tasrih.files import writer; writer({out!r}, several=False, force=False)('x', b'new')"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"new"
    with (tmp_path / "all").open("wb") as file:
        file.write(REVIEWED)
        file.flush()
        subprocess.run([sys.executable, "-c", code], stdout=file, check=True)
    assert (tmp_path / "all").read_bytes() == REVIEWED + b"new"


def test_a_pipe_and_a_device_are_written_to_and_stay(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    read = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()))
    reader.start()
    writer(str(tmp_path / "pipe"), several=False, force=False)("x", b"new")
    reader.join()
    assert read == [b"new"]
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)
    writer("/dev/null", several=False, force=False)("x", b"new")
    with pytest.raises(TasrihError, match=r"/dev/full: cannot be written \(No space left on device\)"):
        writer("/dev/full", several=False, force=False)("x", b"new")


@pytest.mark.parametrize("force", [True, False])
def test_a_file_is_whole_or_not_there(tmp_path, force):
    path = tmp_path / "file"
    with pytest.raises(KeyboardInterrupt), written(path, force=force) as file:  # noqa: PT012
        file.write(b"half")
        file.flush()
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_who_takes_the_name_meanwhile_keeps_it(tmp_path):
    path = tmp_path / "file"
    with pytest.raises(FileExistsError), written(path, force=False) as file:  # noqa: PT012
        file.write(b"mine")
        path.write_bytes(REVIEWED)
    assert path.read_bytes() == REVIEWED
    assert list(tmp_path.iterdir()) == [path]


def test_of_many_writers_one_wins_and_the_others_are_told(tmp_path):
    path, outcomes = tmp_path / "file", []

    def write(number):
        try:
            writer(str(path), several=False, force=False)("x", b"%d" % number * 10_000)
            outcomes.append(number)
        except TasrihError:
            outcomes.append(None)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (winner,) = [number for number in outcomes if number is not None]
    assert path.read_bytes() == b"%d" % winner * 10_000


def test_the_longest_names_are_written(tmp_path):
    name = "x" * 255
    replace(tmp_path / name, b"new")
    assert (tmp_path / name).read_bytes() == b"new"


def test_the_script_that_makes_a_corpus_overwrites_nothing_unless_told_to(tmp_path):
    for out in (tmp_path / "made.jsonl", tmp_path / "made"):
        command = [sys.executable, ROOT / "scripts/make_corpus.py", "--articles", "2", "--out", out]
        subprocess.run(command, check=True)
        first = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
        again = subprocess.run([*command, "--seed", "1"], capture_output=True, check=False)
        assert again.returncode == 2
        assert re.search(rb"is there already; --force overwrites it", again.stderr)
        assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == first
        subprocess.run([*command, "--seed", "1", "--force"], check=True)
        assert all(file.read_bytes() != data for file, data in first.items() if Path(out) in (file, *file.parents))
