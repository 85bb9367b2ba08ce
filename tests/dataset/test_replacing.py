"""What a build or a hydrated dataset may replace, and where it works meanwhile: nothing of anybody else's is lost."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from make_corpus import articles

import tasrih
from tasrih.dataset.folder import beside, refuse_other


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    file = tmp_path_factory.mktemp("replacing") / "made.jsonl"
    file.write_text("".join(json.dumps(made) + "\n" for made in articles(3, 1)))
    return file


@pytest.fixture(scope="module")
def built(records):
    return tasrih.build(records.with_name("built"), [records])


@pytest.fixture
def dataset(built, tmp_path):
    """A folder that a build may replace; its tables are stand-ins."""
    import shutil

    return Path(shutil.copytree(built, tmp_path / "out"))


def contents(folder):
    return {path: path.lstat().st_mode for path in folder.rglob("*")}


OTHERS = {
    "notes.txt": lambda path: path.write_text("x"),
    ".notes": lambda path: path.write_text("x"),
    ".git/config": lambda path: path.write_text("x"),
    ".gitattributes": lambda path: path.write_text("x"),
    "data/articles/mine.parquet": lambda path: path.write_text("x"),
    "data/mine/x": lambda path: path.write_text("x"),
    "._mine": lambda path: path.write_text("x"),
    ".DS_Store/mine": lambda path: path.write_text("x"),
    "empty": lambda path: path.mkdir(),
    "pipe": os.mkfifo,
    "link": lambda path: path.symlink_to("README.md"),
    "linked": lambda path: path.symlink_to("data", target_is_directory=True),
    "Thumbs.db": lambda path: path.symlink_to("nowhere"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_dataset_that_holds_more_is_not_replaced(name, dataset, records):
    (dataset / name).parent.mkdir(parents=True, exist_ok=True)
    OTHERS[name](dataset / name)
    before = contents(dataset)
    with pytest.raises(tasrih.TasrihError, match="would be lost") as told:
        tasrih.build(dataset, [records])
    assert name.split("/")[0] in str(told.value)
    assert contents(dataset) == before
    assert [path.name for path in dataset.parent.iterdir()] == ["out"]


@pytest.mark.parametrize(
    "manifest",
    [
        "{}",
        "[]",
        '{"name": "webapp"}',
        "[" * 5000,
        '{"version": "1", "rights": "all", "files": [1], "documents": []}',
        "\xff",
    ],
)
def test_a_manifest_of_something_else_makes_no_dataset(manifest, tmp_path, records):
    (tmp_path / "app").mkdir()
    (tmp_path / "app/manifest.json").write_text(manifest, encoding="latin-1")
    with pytest.raises(tasrih.TasrihError, match="is not a dataset"):
        tasrih.build(tmp_path / "app", [records])
    assert (tmp_path / "app/manifest.json").read_text(encoding="latin-1") == manifest


@pytest.mark.parametrize(
    "path", ["../notes.txt", "/etc/passwd", "a/../../x", "C:\\x", "a\\b", "", ".", "./x", "a//b", "a\x00"]
)
def test_a_manifest_lists_only_what_is_inside(path, dataset):
    manifest = json.loads((dataset / "manifest.json").read_bytes())
    manifest["documents"].append({"path": path, "bytes": 1, "sha256": "0" * 64})
    (dataset / "manifest.json").write_text(json.dumps(manifest))
    assert [fault.file for fault in tasrih.verify(dataset)] == ["manifest.json"]
    for refusing in (tasrih.load, refuse_other):
        with pytest.raises(tasrih.TasrihError, match="not a dataset"):
            refusing(dataset)


def test_a_link_is_not_replaced(dataset, records, tmp_path):
    (tmp_path / "link").symlink_to(dataset)
    with pytest.raises(tasrih.TasrihError, match="is a link"):
        tasrih.build(tmp_path / "link", [records])
    assert (tmp_path / "link").is_symlink()


@pytest.mark.parametrize("name", [".DS_Store", "data/.DS_Store", "Thumbs.db", "desktop.ini", "._README.md"])
def test_litter_of_systems_is_worth_nothing(name, dataset):
    (dataset / name).write_bytes(b"\0")
    refuse_other(dataset)


def test_what_was_put_there_meanwhile_stays(dataset):
    def work():
        with beside(dataset, keep=False) as scratch:
            (scratch / "new").mkdir()
            (dataset / "notes").touch()

    with pytest.raises(tasrih.TasrihError, match="notes"):
        work()
    assert (dataset / "notes").exists()
    assert [path.name for path in dataset.parent.iterdir()] == ["out"]


def test_a_build_twice_and_in_the_folder_itself(dataset, records, monkeypatch):
    for place, out in ((dataset, "."), (dataset.parent, "out"), (dataset.parent, "out/../out"), ("/", dataset)):
        monkeypatch.chdir(place)
        assert tasrih.build(out, [records]) == Path(out)
    assert tasrih.verify(dataset) == []


SCRATCH = ".out-unfinished"


@pytest.mark.parametrize("kind", ["a link", "a link inside", "a file", "somebody else's", "writable", "other things"])
def test_a_scratch_folder_that_was_planted_is_refused(kind, tmp_path, records):
    victim, scratch = tmp_path / "victim", tmp_path / SCRATCH
    (victim / "new").mkdir(parents=True)
    (victim / "new/kept").touch()
    if kind == "a link":
        scratch.symlink_to(victim)
    elif kind == "a file":
        scratch.touch()
    else:
        scratch.mkdir(mode=0o700)
    if kind == "a link inside":
        (scratch / "new").symlink_to(victim / "new")
    elif kind == "somebody else's":
        if os.getuid():
            pytest.skip("only root can give a folder away")
        os.chown(scratch, 12345, 12345)
    elif kind == "writable":
        scratch.chmod(0o777)
    elif kind == "other things":
        (scratch / "diary").touch()
    with pytest.raises(tasrih.TasrihError, match=r"--resume|cannot be written"):
        tasrih.build(tmp_path / "out", [records], resume=True)
    assert (victim / "new/kept").exists()
    assert not (tmp_path / "out").exists()
    assert kind != "other things" or (scratch / "diary").exists()


WORK = """
import signal
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # nohup, which may have started the tests, ignores it
import sys, time
from pathlib import Path
from tasrih.dataset.folder import beside

with beside(Path(sys.argv[1]), keep=sys.argv[2] == "resume") as scratch:
    (scratch / "new").mkdir(exist_ok=True)
    print("at work", flush=True)
    sys.stdin.read()
"""


def working(out, keep):
    run = subprocess.Popen([sys.executable, "-c", WORK, out, keep], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert run.stdout.readline() == b"at work\n"
    return run


def test_resumed_builds_take_turns_even_when_one_is_killed(tmp_path, records):
    run = working(tmp_path / "out", "resume")
    with pytest.raises(tasrih.TasrihError, match="another build with --resume"):
        tasrih.build(tmp_path / "out", [records], resume=True)
    run.kill()
    run.communicate()
    tasrih.build(tmp_path / "out", [records], resume=True)
    assert tasrih.verify(tmp_path / "out") == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("keep", ["no", "resume"])
def test_a_signal_to_end_leaves_no_scratch_folder(number, keep, tmp_path):
    run = working(tmp_path / "out", keep)
    run.send_signal(number)
    run.communicate()
    assert run.returncode == -number
    assert [path.name for path in tmp_path.iterdir()] == ([SCRATCH] if keep == "resume" else [])


WORKERS = """
import os, sys, threading
from pathlib import Path
from tasrih.dataset.folder import beside
from tasrih.engines.local import run

def job(number):
    print(os.getpid(), flush=True)
    threading.Event().wait()

if __name__ == "__main__":
    with beside(Path(sys.argv[1]), keep=False):
        list(run(job, [1, 2], 2))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_the_build(number, tmp_path):
    (tmp_path / "work.py").write_text(WORKERS)
    run = subprocess.Popen(
        [sys.executable, tmp_path / "work.py", tmp_path / "out"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    workers = [int(run.stdout.readline()) for _ in range(2)]
    run.send_signal(number)
    assert run.stdout.read() == b"", "the pipe ends when all have ended"
    run.communicate()
    assert run.returncode == -number
    assert len(workers) == 2
    assert number == signal.SIGKILL or [path.name for path in tmp_path.iterdir()] == ["work.py"]


def test_a_stop_in_the_middle_of_writing_leaves_nothing(tmp_path, records):
    code = (
        "import os, signal, sys, tasrih\nfrom tasrih.dataset import parquet\nwritten = parquet.Sink.write\n"
        "def write(sink, data):\n    os.kill(os.getpid(), signal.SIGTERM)\n    return written(sink, data)\n"
        "parquet.Sink.write = write\ntasrih.build(sys.argv[1], [sys.argv[2]])\n"
    )
    run = subprocess.run([sys.executable, "-c", code, tmp_path / "out", records], capture_output=True, check=False)
    assert (run.returncode, run.stderr) == (-signal.SIGTERM, b"")
    assert list(tmp_path.iterdir()) == []
