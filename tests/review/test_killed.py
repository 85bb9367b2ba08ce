"""A desk that is killed loses nothing but the decision that it was at."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import invoke, read_json

from review.desks import NAME, Reader, log_in, place


@pytest.fixture
def folder(tmp_path):
    return place(tmp_path)


def test_killed_between_any_two_requests_to_the_system(folder):
    program = Path(__file__).with_name("killing.py")
    done = subprocess.run(
        [sys.executable, program, folder / "drafts", folder / "scratch"], capture_output=True, check=True
    )
    left = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(left) > 10
    assert [one["killed"] for one in left] == [True] * (len(left) - 1) + [False]
    assert all(one["back"] for one in left)
    assert [one["done"] for one in left] == sorted(one["done"] for one in left)
    assert all(one["logged"] == 1 for one in left if one["done"])
    assert {one["logged"] for one in left} == {0, 1}
    for number in range(1, len(left) + 1):
        draft = folder / "scratch" / str(number) / f"{NAME}.json"
        assert draft.read_bytes() == (folder / "drafts" / draft.name).read_bytes()


@contextmanager
def started(folder, *arguments):
    """The command as a reader starts it, and what its page asks."""
    command = [sys.executable, "-m", "tasrih", "review", folder / "drafts", "--corpus", folder / "corpus"]
    command += ["--no-browser", *arguments]
    environment = os.environ | {"XDG_STATE_HOME": str(folder / "state")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        address = re.search(r"http://127\.0\.0\.1:[0-9]+/[\w-]{32}/", process.stdout.readline())
        assert address
        yield Reader(address[0]), process
    finally:
        process.kill()
        process.wait(10)
        process.stdout.close()


def test_the_work_goes_on_where_it_stopped(folder):
    with started(folder, "--as", "reader-a") as (reader, process):
        address = reader.url
        reader.read().changed("accept", items=["q3", "q1.cue"])
        reader.client.close()
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait(10) == -signal.SIGKILL
    with started(folder, "--as", "reader-b", "--kind", "model") as (reader, process):
        assert reader.url == address  # by which a page that was left open finds it
        with started(folder) as (third, _):
            assert third.url.split("/")[2] != address.split("/")[2]
            third.client.close()
        seen = reader.read()
        assert {item["item"] for item in seen.article["items"] if item["decided"]} == {
            *("q3", "q3.cue", "q3.speaker"),
            "q1.cue",
        }
        seen = seen.accept_all()
        seen.after(seen.ask("confirm"))
        reader.client.close()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
    record = read_json(folder / "corpus/articles/news" / f"{NAME}.json")
    assert record["metadata"]["annotation"]["annotators"][-1] == {"id": "reader-b", "kind": "model"}
    assert [entry["who"]["id"] for entry in log_in(folder / "drafts")] == ["reader-a", "reader-b", "reader-b"]
    assert invoke("validate", folder / "corpus", "--strict").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere"], "does not exist"),
        (["."], "there are no records in it"),
        (["drafts", "--as", "Not A Name"], "not a pseudonym"),
        (["drafts", "--second", "nowhere"], "does not exist"),
        (["drafts", "--second", "drafts"], "is the first reading itself"),
        (["drafts", "--second", "corpus"], f"no file called as one of drafts, such as {NAME}.json"),
        (["drafts", "--port", "99999"], "is not in the range"),
    ],
)
def test_what_cannot_be_reviewed_is_told(folder, monkeypatch, arguments, told):
    monkeypatch.chdir(folder)
    (folder / "corpus/articles/x").mkdir()
    monkeypatch.chdir(folder / ("corpus/articles" if arguments == ["."] else "."))
    done = invoke("review", *arguments)
    assert done.exit_code == 2
    assert told in " ".join(done.output.split())


def test_a_port_that_is_taken_is_told(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = invoke("review", folder / "drafts", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.exit_code == 2
    assert "cannot be had" in done.output


def test_without_its_extra_the_command_names_it(folder, monkeypatch):
    for name in [name for name in sys.modules if name.startswith(("uvicorn", "tasrih.review.api"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = invoke("review", folder / "drafts", "--no-browser")
    assert done.exit_code == 2
    assert "Install tasrih[review]" in done.output


@pytest.mark.parametrize("kept", ["", "1 short", "99999999 " + "a" * 32, "8000 " + "a" * 32])
def test_an_address_that_others_could_know_is_not_taken(tmp_path, monkeypatch, kept):
    from tasrih.review import address

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    address.keep(tmp_path, 8000, "b" * 32)
    assert address.last(tmp_path) == (8000, "b" * 32)
    (file,) = (tmp_path / "state").rglob("*/desks/*")
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text(kept, encoding="ascii")
    file.chmod(0o644)
    assert address.last(tmp_path)[1] not in ("a" * 32, "b" * 32)
    address.keep(tmp_path / "other", 1, "c" * 32)
    assert address.last(tmp_path)[1] != "c" * 32
