import hashlib
import os
import pty
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import quote

import pytest
from hosts import Fault, serve
from hypothesis import given
from hypothesis import strategies as st

from tasrih.errors import ArgumentError, InvalidError, MissingError, TasrihError, UnavailableError
from tasrih.standoff import download
from tasrih.standoff.addresses import address
from tasrih.standoff.fetching import Fetched, cache_folder
from tasrih.version import __version__

COMMIT = "0123456789abcdef0123456789abcdef01234567"
TEXT = "قالت سارة الفلانية إن المصنع يعمل.\n".encode()
LARGE = random.Random(1).randbytes(3_000_000)
CUT = 2_000_000
UNREAD = 2**19  # bytes that aiohttp has taken from a connection and loses with it, at most


def locator(path="folder/1.txt", **parts):
    return {"repository": "github.com/owner/name", "commit": COMMIT, "path": path, "format": "plain"} | parts


def at(path="folder/1.txt"):
    return f"/owner/name/{COMMIT}/{quote(path)}"


@pytest.fixture
def host(monkeypatch):
    with serve() as host:
        host.files = {at(): TEXT, at("large.zip"): LARGE}
        monkeypatch.setenv("TASRIH_MIRROR", host.url + "/{owner}/{name}/{commit}/{path}")
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        yield host


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    """The seconds that would have been waited."""
    waits = []
    monkeypatch.setattr(download, "sleep", waits.append)
    return waits


@pytest.fixture
def cache(tmp_path):
    return tmp_path / "cache"


def fetched(cache, path="folder/1.txt", **parts):
    (candidate,) = Fetched(cache).candidates(locator(path, **parts))
    assert candidate.how == ""
    return candidate.data


def fetching_process(cache, path="large.zip", stderr=subprocess.PIPE):
    """Another process that fetches a file, without waiting, and tells its hash."""
    code = (
        "import hashlib, pathlib, sys; from tasrih.standoff import download, fetching; download.sleep = lambda _: None;"
        f"found = fetching.Fetched(pathlib.Path(sys.argv[1])).candidates({locator(path)!r});"
        "print(hashlib.sha256(next(found).data).hexdigest(), end='')"
    )
    return subprocess.Popen([sys.executable, "-c", code, cache], stdout=subprocess.PIPE, stderr=stderr)


def left(cache):
    """The names of all files in a cache but its locks."""
    return sorted(path.name for path in cache.rglob("*") if path.is_file() and path.suffix != ".lock")


def test_a_file_is_asked_for_once_and_then_comes_from_the_cache(host, cache, waits):
    assert fetched(cache) == TEXT
    assert fetched(cache) == TEXT
    (asked,) = host.asked
    assert asked.headers["User-Agent"] == f"tasrih/{__version__}"
    assert asked.headers["Range"] is None
    assert waits == []
    (name,) = left(cache)
    assert name.endswith("-1.txt")


def test_one_connection_carries_many_files(host, cache):
    paths = [f"الأخبار/{number} #%.txt" for number in range(20)]
    host.files = {at(path): path.encode() for path in paths}
    known = Fetched(cache)
    assert [next(known.candidates(locator(path))).data for path in paths] == [path.encode() for path in paths]
    assert (len(host.asked), host.connections) == (20, 1)


def begun(asked):
    """The byte from which on something was asked for."""
    return int(asked.headers["Range"].removeprefix("bytes=").removesuffix("-"))


def test_of_a_file_that_is_cut_off_only_the_rest_is_asked_for(host, cache, waits):
    host.faults += [Fault(after=CUT), Fault(after=700_000)]
    assert fetched(cache, "large.zip") == LARGE
    first, second, third = host.asked
    assert (first.headers["Range"], first.sent) == (None, CUT)
    assert CUT - UNREAD <= begun(second) <= CUT
    assert begun(second) + 700_000 - UNREAD <= begun(third) <= begun(second) + 700_000
    assert third.sent == len(LARGE) - begun(third)
    assert waits == [1, 2]


def test_what_another_run_began_is_continued(host, cache):
    host.faults += [Fault(after=CUT), *[Fault(503)] * (download.ATTEMPTS - 1)]
    with pytest.raises(UnavailableError, match="HTTP 503"):
        fetched(cache, "large.zip")
    (part,) = cache.rglob("*.part")
    size = part.stat().st_size
    assert size >= CUT - UNREAD
    assert fetched(cache, "large.zip") == LARGE
    assert (begun(host.asked[-1]), host.asked[-1].sent) == (size, len(LARGE) - size)
    assert not part.exists()


def test_what_a_killed_process_left_is_continued(host, cache):
    host.faults.append(Fault(after=CUT, hold=True))
    with fetching_process(cache) as child:
        while not any(part.stat().st_size == CUT for part in cache.rglob("*.part")):
            assert child.poll() is None
            time.sleep(0.01)
        child.send_signal(signal.SIGKILL)
    assert fetched(cache, "large.zip") == LARGE
    assert (begun(host.asked[-1]), host.asked[-1].sent) == (CUT, len(LARGE) - CUT)


def test_who_is_interrupted_leaves_what_has_come(host, cache):
    host.faults.append(Fault(after=CUT, hold=True))
    with fetching_process(cache) as child:
        while not any(part.stat().st_size == CUT for part in cache.rglob("*.part")):
            assert child.poll() is None
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
    assert child.returncode in {1, 130, -signal.SIGINT}
    assert fetched(cache, "large.zip") == LARGE
    assert host.asked[-1].sent == len(LARGE) - CUT


def test_a_server_without_ranges_begins_again(host, cache):
    host.has_ranges = False
    host.faults.append(Fault(after=CUT))
    assert fetched(cache, "large.zip") == LARGE
    assert [asked.sent for asked in host.asked] == [CUT, len(LARGE)]


@pytest.mark.parametrize(
    ("part", "asked"),
    [
        (LARGE, 1),  # whole, and only not yet renamed
        (LARGE + b"more", 2),
        (b"", 1),
    ],
)
def test_a_part_that_is_no_part(host, cache, part, asked):
    file = cache / address(locator("large.zip")).file
    file.parent.mkdir(parents=True)
    file.with_name(file.name + ".part").write_bytes(part)
    assert fetched(cache, "large.zip") == LARGE
    assert len(host.asked) == asked


def test_another_range_than_was_asked_for_is_not_taken(host, cache):
    host.faults += [Fault(after=CUT), Fault(206, (("Content-Range", "bytes 7-9/3000000"),))]
    assert fetched(cache, "large.zip") == LARGE
    assert [asked.sent for asked in host.asked] == [CUT, 0, len(LARGE)]


@pytest.mark.parametrize("status", [404, 410, 451])
def test_what_is_gone_is_asked_for_once(host, cache, waits, status):
    host.faults += [Fault(status)]
    known = Fetched(cache)
    for _ in range(2):
        with pytest.raises(MissingError, match=f"folder/1.txt: is not there .HTTP {status}.*gone, or not public"):
            next(known.candidates(locator()))
    assert (len(host.asked), waits, left(cache)) == (1, [], [])
    assert next(Fetched(cache).candidates(locator())).data == TEXT


def test_what_is_refused_may_be_given_another_time(host, cache, waits):
    host.faults += [Fault(403)]
    with pytest.raises(UnavailableError, match=r"is not given .HTTP 403"):
        fetched(cache)
    assert (len(host.asked), waits) == (1, [])


@pytest.mark.parametrize("fault", [Fault(204), Fault(206), Fault(200, (("Content-Encoding", "gzip"),))])
def test_what_is_no_file_byte_for_byte_is_not_kept(host, cache, waits, fault):
    host.faults.append(fault)
    with pytest.raises(UnavailableError, match=r"is not given|compressed"):
        fetched(cache)
    assert (len(host.asked), waits, left(cache)) == (1, [], [])


def test_an_empty_file_is_a_file(host, cache):
    host.files[at()] = b""
    assert [fetched(cache), fetched(cache)] == [b"", b""]
    assert len(host.asked) == 1


def test_a_server_that_fails_is_asked_again_after_ever_longer_waits(host, cache, waits):
    host.faults += [Fault(503), Fault(500), Fault(502)]
    assert fetched(cache) == TEXT
    assert waits == [1, 2, 4]


def test_a_server_that_goes_on_failing_is_left_alone(host, cache, waits):
    host.faults += [Fault(503)] * 100
    known = Fetched(cache)
    for number in range(6):
        with pytest.raises(UnavailableError, match="HTTP 503" if number < 3 else "its host has failed"):
            next(known.candidates(locator(f"{number}.txt")))
    assert len(host.asked) == 3 * download.ATTEMPTS
    assert waits == [1, 2, 4, 8] * 3


def test_retry_after_is_obeyed(host, cache, waits):
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90))
    zoneless = "Wed, 01 Jan 2020 00:00:00 -0000"
    host.faults += [Fault(429, (("Retry-After", value),)) for value in ("17", soon, "soon", zoneless)]
    assert fetched(cache) == TEXT
    assert waits[0] == 17
    assert 30 < waits[1] <= 90
    assert waits[2:] == [4, 8]


def test_nobody_waits_for_an_hour(host, cache, waits):
    host.faults += [Fault(429, (("Retry-After", "3600"),))]
    known = Fetched(cache)
    with pytest.raises(UnavailableError, match="asks to wait 3600 s"):
        next(known.candidates(locator()))
    with pytest.raises(UnavailableError, match="its host has failed"):
        next(known.candidates(locator("2.txt")))
    assert (len(host.asked), waits) == (1, [])


def test_nobody_there(cache, waits, monkeypatch):
    monkeypatch.setenv("TASRIH_MIRROR", "http://127.0.0.1:1/{commit}/{path}")
    with pytest.raises(UnavailableError, match=r"the network failed .*5 times"):
        fetched(cache)
    assert waits == [1, 2, 4, 8]


def test_a_silent_server_is_not_waited_for(host, cache, waits, monkeypatch):
    monkeypatch.setattr(download, "_SECONDS_OF_SILENCE", 0.05)
    host.faults += [Fault(after=CUT, hold=True)]
    assert fetched(cache, "large.zip") == LARGE
    assert waits == [1]


def test_what_has_moved_on_its_host_is_found(host, cache):
    moved = f"/owner/new/{COMMIT}/folder/1.txt"
    host.files[moved] = b"moved"
    host.faults += [Fault(301, (("Location", moved),))]
    assert fetched(cache) == b"moved"


@pytest.mark.parametrize(
    "place",
    [
        "/users/sign_in",
        f"http://example.org/owner/name/{COMMIT}/folder/1.txt",
        f"//example.org/owner/name/{COMMIT}/folder/1.txt",
        f"file:///owner/name/{COMMIT}/folder/1.txt",
        "http://[",
        "",
    ],
)
def test_no_other_host_is_asked_and_no_other_page_taken(host, cache, place):
    host.faults += [Fault(302, (("Location", place),))]
    with pytest.raises(MissingError, match=r"leads to “.*” instead"):
        fetched(cache)
    assert len(host.asked) == 1
    assert left(cache) == []


def test_who_is_sent_in_a_circle_stops(host, cache):
    host.faults += [Fault(302, (("Location", at()),))] * 100
    with pytest.raises(MissingError, match="from one place to the next"):
        fetched(cache)
    assert len(host.asked) < 10


@pytest.mark.parametrize("tells", [True, False])
def test_what_is_too_large_is_not_fetched(host, cache, monkeypatch, tells):
    assert len(host.files[at("large.zip")]) > 2**17
    monkeypatch.setattr(download, "MAX_BYTES", 2**17)
    if not tells:
        monkeypatch.setattr(download, "_whole", lambda *_: None)
    with pytest.raises(InvalidError, match="is larger than"):
        fetched(cache, "large.zip")
    assert left(cache) == []


def test_a_pointer_of_git_lfs_is_told(host, cache):
    host.files[at()] = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 1\n"
    for _ in range(2):
        with pytest.raises(MissingError, match="Git LFS"):
            fetched(cache)
    assert len(host.asked) == 1


def test_a_damaged_file_of_the_cache_is_fetched_once_more(host, cache):
    fetched(cache)
    (cache / address(locator()).file).write_bytes(b"half")
    known = Fetched(cache)
    assert next(known.candidates(locator())).data == b"half"
    assert known.forget(locator())
    assert next(known.candidates(locator())).data == TEXT
    assert not known.forget(locator())
    assert len(host.asked) == 2


def test_what_the_cache_has_is_not_lost_when_it_cannot_be_fetched_anew(host, cache):
    file = cache / address(locator()).file
    file.parent.mkdir(parents=True)
    file.write_bytes(TEXT)
    host.faults.extend([Fault(503)] * download.ATTEMPTS)
    known = Fetched(cache)
    assert known.forget(locator())
    with pytest.raises(UnavailableError):
        next(known.candidates(locator()))
    assert next(known.candidates(locator())).data == TEXT
    assert not known.forget(locator())
    assert [one.name for one in file.parent.iterdir()] == [file.name]
    assert len(host.asked) == download.ATTEMPTS


def test_what_was_put_together_of_two_runs_is_not_trusted_more_than_the_cache(host, cache):
    file = cache / address(locator()).file
    file.parent.mkdir(parents=True)
    file.with_name(file.name + ".part").write_bytes(b"<html>")
    known = Fetched(cache)
    assert next(known.candidates(locator())).data == b"<html>" + TEXT[6:]
    assert known.forget(locator())
    assert next(known.candidates(locator())).data == TEXT
    assert not known.forget(locator())
    assert [asked.sent for asked in host.asked] == [len(TEXT) - 6, len(TEXT)]


def test_two_processes_fetch_the_same_file_once(host, cache):
    host.faults.append(Fault(503))
    with fetching_process(cache) as one, fetching_process(cache) as other:
        told = {child.communicate(timeout=60) for child in (one, other)}
    assert told == {(hashlib.sha256(LARGE).hexdigest().encode(), b"")}
    assert [asked.sent for asked in host.asked] == [0, len(LARGE)]


def test_a_cache_that_cannot_be_written(host, tmp_path):
    (tmp_path / "cache").write_bytes(b"a file")
    with pytest.raises(UnavailableError, match="cannot be kept in the cache"):
        fetched(tmp_path / "cache")
    assert host.asked == []


def test_a_cache_that_cannot_be_looked_into_is_told(host, cache):
    cache.mkdir()
    with pytest.raises(UnavailableError, match=r"cannot be (read|kept)"):
        fetched(cache / ("x" * 300))
    assert host.asked == []


def test_a_bar_is_shown_on_a_terminal_that_nothing_can_steer(host, cache, monkeypatch):
    monkeypatch.setenv("COLUMNS", "150")
    path = "large [red]\u202e.zip"
    host.files[at(path)] = LARGE
    host.faults.append(Fault(503))
    ours, theirs = pty.openpty()
    with fetching_process(cache, path, stderr=theirs) as child, os.fdopen(ours, "rb", buffering=0) as terminal:
        os.close(theirs)
        shown = b"".join(_until_closed(terminal)).decode(errors="replace")
        told = child.communicate()[0].decode()
    assert told == hashlib.sha256(LARGE).hexdigest()
    assert "HTTP 503); waits 1 s" in shown
    assert "large [red]\ufffd.zip" in shown
    assert "\u202e" not in shown


def _until_closed(terminal):
    with suppress(OSError):  # what Linux says when nobody has the other end any more
        while piece := terminal.read(2**16):
            yield piece


HOSTILE = [
    {"repository": "github.com/../name"},
    {"repository": "github.com/owner/.."},
    {"repository": "github.com/owner/name/more"},
    {"repository": "github.com@example.org/owner/name"},
    {"repository": "github.com:80/owner/name"},
    {"repository": "file:///etc/passwd"},
    {"repository": "http://example.org/owner/name"},
    {"repository": "github.com/owner/name\n"},
    {"repository": 7},
    {"commit": "main"},
    {"commit": COMMIT + "\n"},
    {"commit": "../" * 13 + "a"},
    {"path": "/etc/passwd"},
    {"path": "../../../../etc/passwd"},
    {"path": "folder/../../x"},
    {"path": "folder\\..\\x"},
    {"path": "folder//x"},
    {"path": "x\r\nHost: example.org"},
    {"path": "x\ud800"},
    {"path": ""},
    {"path": None},
    {"path": "x" * 5000},
]


@pytest.mark.parametrize("parts", HOSTILE)
def test_a_hostile_locator_is_told_and_nothing_asked(host, cache, parts):
    with pytest.raises(InvalidError) as told:
        fetched(cache, **({"path": "1.txt"} | parts))
    assert str(told.value).isprintable()
    assert (host.asked, cache.exists()) == ([], False)


@given(st.text(), st.text(), st.text())
def test_no_locator_leads_out_of_the_cache_or_to_another_host(repository, commit, path):
    for parts in ({"repository": repository}, {"commit": commit}, {"path": path}, {"path": f"{path}/{repository}"}):
        try:
            found = address(locator(**parts))
        except TasrihError:
            continue
        assert found.url.startswith(f"https://raw.githubusercontent.com/owner/name/{COMMIT}/")
        assert found.url.isascii()
        assert not {"?", "#", " "} & {*found.url}
        assert len(found.file.split("/")) == 3
        assert not {"", ".", ".."} & {*found.file.split("/")}


def test_paths_that_look_alike_have_files_of_their_own():
    paths = ["a/b.txt", "a_b.txt", "a/B.txt", "a%2Fb.txt", "\u00e9", "e\u0301", "x", "x.part"]
    assert len({address(locator(path)).file.lower() for path in paths}) == len(paths)


@pytest.mark.parametrize(
    ("repository", "url"),
    [
        ("github.com", f"https://raw.githubusercontent.com/o/n/{COMMIT}/a%20b/%D9%85.txt"),
        ("gitlab.com", f"https://gitlab.com/o/n/-/raw/{COMMIT}/a%20b/%D9%85.txt"),
        ("codeberg.org", f"https://codeberg.org/o/n/raw/commit/{COMMIT}/a%20b/%D9%85.txt"),
        ("bitbucket.org", f"https://bitbucket.org/o/n/raw/{COMMIT}/a%20b/%D9%85.txt"),
    ],
)
def test_addresses(repository, url):
    assert address(locator("a b/م.txt", repository=f"{repository}/o/n")).url == url


def test_a_host_that_nobody_knows_is_told():
    with pytest.raises(MissingError, match=r"example\.org is not among the hosts .*TASRIH_MIRROR"):
        address(locator(repository="example.org/owner/name"))


def test_a_mirror_serves_any_host(host, cache, monkeypatch):
    monkeypatch.setenv("TASRIH_MIRROR", host.url + "/{host}/{owner}/{name}/{commit}/{path}")
    host.files[f"/example.org{at()}"] = TEXT
    assert fetched(cache, repository="example.org/owner/name") == TEXT


@pytest.mark.parametrize(
    "mirror",
    [
        "ftp://example.org/{commit}/{path}",
        "https://example.org/{path}",
        "https://{commit}/x",
        "https://{host}/{commit}/{path}",
        "https://user:password@example.org/{commit}/{path}",
        "http://[/{commit}/{path}",
        "{commit}{path}",
        "https://example.org/{commit}/{path}\n",
    ],
)
def test_a_mirror_that_is_none(monkeypatch, mirror):
    monkeypatch.setenv("TASRIH_MIRROR", mirror)
    with pytest.raises(ArgumentError, match="TASRIH_MIRROR"):
        address(locator())


def test_where_the_cache_is(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("TASRIH_CACHE", raising=False)
    assert cache_folder().name == "sources"
    if sys.platform == "linux":
        assert cache_folder() == tmp_path / "tasrih/sources"
    monkeypatch.setenv("TASRIH_CACHE", str(tmp_path / "mine"))
    assert cache_folder() == tmp_path / "mine/sources"
