"""A file is found in whatever somebody has of its repository, or it is said in a sentence why not."""

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import commit
from hypothesis import given
from hypothesis import strategies as st

from tasrih.errors import InvalidError, MissingError, TasrihError
from tasrih.standoff import clones, trees
from tasrih.standoff.clones import Candidate, Clones
from tasrih.standoff.extractors import extracted

REPOSITORY = "github.com/zafaran/news.data"
TEXT = "افتتاح مكتبة في وادي الزعفران\n\nقال أمين المكتبة سهيل الرندي إن الكتب كثيرة.\n"
PATH = "texts/local/-7 أ.txt"
FILES = {
    PATH: TEXT,
    "texts/local/8.txt": "وصول القطار\n\nوصل القطار إلى محطة الريحان.\n",
    "texts/local/8.json": "{}",
    "README.md": "نصوص مؤلفة",
}
NONE = "0" * 40


def git(folder, *arguments):
    identity = ["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    settings = ["-c", "protocol.file.allow=always", "-c", "uploadpack.allowFilter=true"]
    done = subprocess.run(["git", "-C", folder, *identity, *settings, *arguments], check=True, capture_output=True)
    return done.stdout.decode().strip()


def write(folder, files):
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode())


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """A repository, with the file as it was at the first of its two commits."""
    folder = tmp_path_factory.mktemp("origin")
    write(folder, FILES)
    commit(folder)
    (folder / "README.md").write_text("x", encoding="utf-8")
    git(folder, "commit", "-qam", "y")
    git(folder, "config", "uploadpack.allowFilter", "true")
    return folder


@pytest.fixture(scope="module")
def first(origin):
    return git(origin, "rev-parse", "HEAD~1")


@pytest.fixture(scope="module")
def second(origin):
    return git(origin, "rev-parse", "HEAD")


def locator(commit, path=PATH, repository=REPOSITORY):
    return {"repository": repository, "commit": commit, "path": path, "format": "plain", "extractor": 1}


def found(folder, commit, path=PATH, repository=REPOSITORY):
    with Clones(folder) as here:
        return list(here.candidates(locator(commit, path, repository)))


def best(folder, commit, path=PATH):
    """How the best candidate was found, which holds the text."""
    with Clones(folder) as here:
        candidate = next(here.candidates(locator(commit, path)))
    assert extracted(candidate.data, locator(commit)) == TEXT
    return candidate.how


def cause(folder, commit, path=PATH, repository=REPOSITORY):
    with pytest.raises(MissingError) as told:
        found(folder, commit, path, repository)
    sentence = str(told.value)
    assert repository in sentence
    assert commit[:10] in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


CALLED = [
    "news.data",
    "News.Data",
    "news.data.git",
    "news.data-main",
    "zafaran+news.data",
    "zafaran_news.data",
    "zafaran-news.data-0123abc",
    "zafaran/news.data",
    "zafaran+news.data/repo",
    "github.com/zafaran/news.data",
]


@pytest.mark.parametrize("name", CALLED)
def test_a_clone_is_known_by_its_name(tmp_path, origin, first, name):
    git(tmp_path, "clone", "-q", "--bare", origin, tmp_path / name)
    assert best(tmp_path, first) == ""
    shutil.rmtree(tmp_path / name)
    shutil.copytree(origin, tmp_path / name)
    assert best(tmp_path, first) == ""
    shutil.rmtree(tmp_path / name / ".git")
    if name.endswith("/repo"):
        return
    assert best(tmp_path, first).endswith(f"is not there; taken from {name}")


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/zafaran/news.data",
        "https://x:y@github.com:443/Zafaran/News.Data.git/",
        "git@github.com:zafaran/news.data.git",
        "ssh://git@github.com/zafaran/news.data",
    ],
)
def test_a_clone_is_known_by_where_it_comes_from(tmp_path, origin, second, url):
    shutil.copytree(origin, tmp_path / "whatever")
    git(tmp_path / "whatever", "remote", "add", "origin", url)
    assert best(tmp_path, NONE) == f"commit 0000000000 is not there; taken from HEAD ({second[:10]}) of whatever"


def test_a_clone_of_another_repository_is_none_unless_it_has_the_commit(tmp_path, origin, first):
    shutil.copytree(origin, tmp_path / "news.data")
    git(tmp_path / "news.data", "remote", "add", "origin", "https://github.com/zafaran/other")
    assert "has no clone and no archive" in cause(tmp_path, NONE)
    assert best(tmp_path, first) == ""


def test_a_clone_without_any_sign_is_known_by_the_commit(tmp_path, origin, first):
    git(tmp_path, "clone", "-q", "--no-checkout", origin, tmp_path / "whatever")
    assert best(tmp_path, first) == ""


def test_the_folder_may_be_the_repository_itself(tmp_path, origin, first):
    assert best(origin, first) == ""
    write(tmp_path, FILES)
    assert best(tmp_path, first).endswith(f"taken from {tmp_path.name}")


def test_a_worktree_is_a_clone(tmp_path, origin, first):
    git(tmp_path, "clone", "-q", origin, tmp_path / "a")
    git(tmp_path / "a", "worktree", "add", "-q", tmp_path / "b/news.data", first)
    assert best(tmp_path / "b", first) == ""


def test_a_shallow_clone_gives_the_file_as_it_is_now(tmp_path, origin, first, second):
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{origin}", tmp_path / "news.data")
    how = f"commit {first[:10]} is not there; taken from HEAD ({second[:10]}) of news.data"
    assert best(tmp_path, first) == how
    assert best(tmp_path, second) == ""
    assert [each.how for each in found(tmp_path, first, "README.md")] == [how]


@pytest.mark.parametrize("name", ["news.data-{}", "zafaran-news.data-{}", "news.data-main", "main"])
@pytest.mark.parametrize("ending", ["zip", "tar.gz", "tar", "tar.xz"])
def test_an_archive_is_read_where_it_lies(tmp_path, origin, first, name, ending):
    name = name.format(first)
    kind, file = ("zip", tmp_path / f"{name}.zip") if ending == "zip" else ("tar", tmp_path / f"{name}.tar")
    git(origin, "archive", f"--format={kind}", "--prefix=news.data-main/", "-o", file, first)
    if ending == "tar.xz":
        file.write_bytes(trees.lzma.compress(file.read_bytes()))
    elif ending == "tar.gz":
        file.write_bytes(trees.gzip.compress(file.read_bytes()))
    file.rename(tmp_path / f"{name}.{ending}")
    before = sorted(tmp_path.rglob("*"))
    assert best(tmp_path, first) == ""
    assert best(tmp_path / f"{name}.{ending}", first) == ""
    assert sorted(tmp_path.rglob("*")) == before
    moved = found(tmp_path, NONE, f"elsewhere/{PATH.rpartition('/')[2]}")
    assert [each.how.rpartition("; ")[2] for each in moved] == [f"moved to {PATH}"]


def test_files_of_any_line_ends_in_a_checkout_hold_the_text(tmp_path, origin):
    shutil.copytree(origin, tmp_path / "news.data")
    shutil.rmtree(tmp_path / "news.data/.git")
    (tmp_path / "news.data" / PATH).write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    assert best(tmp_path, NONE).endswith("taken from news.data")


def test_what_is_checked_out_serves_without_git(tmp_path, origin, first, monkeypatch):
    shutil.copytree(origin, tmp_path / "news.data")
    git(tmp_path, "clone", "-q", "--bare", origin, tmp_path / "bare/news.data")
    monkeypatch.setenv("PATH", "")
    assert best(tmp_path, first).endswith("taken from news.data")
    assert "git is not installed" in cause(tmp_path / "bare", first)


def test_candidates_come_best_first_and_each_once(tmp_path, origin, first, second):
    shutil.copytree(origin, tmp_path / "news.data")
    here = tmp_path / "news.data"
    (here / "README.md").write_text("z", encoding="utf-8")
    write(here, {"other/README.md": "w", "more/README.md": "w"})
    assert found(tmp_path, first, "README.md") == [
        Candidate(FILES["README.md"].encode()),
        Candidate(b"x", f"taken from HEAD ({second[:10]}) of news.data"),
        Candidate(b"z", "taken from news.data"),
        Candidate(b"w", "taken from news.data; moved to more/README.md", guess=True),
    ]


def test_a_file_that_moved_or_has_another_name_is_offered(tmp_path, origin, first):
    git(tmp_path, "clone", "-q", origin, tmp_path / "news.data")
    here = tmp_path / "news.data"
    git(here, "mv", "texts/local", "texts/north")
    git(here, "commit", "-qm", "z")
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{here}", shallow / "news.data")
    moved, *rest = found(shallow, first)
    assert (moved.data.decode(), moved.guess, rest) == (TEXT, False, [])
    assert moved.how.endswith(f"; moved to {PATH.replace('local', 'north')}")
    with Clones(shallow) as clone:
        candidates = clone.candidates(locator(first, "texts/north/9.txt"))
        offered = [next(candidates), next(candidates)]
        assert [(each.how.rpartition("; ")[2], each.guess) for each in offered] == [
            (f"renamed to texts/north/{name}", True) for name in ("-7 أ.txt", "8.txt")
        ]
        with pytest.raises(MissingError, match=r"neither that commit nor, as it is now, such a file\.$"):
            next(candidates)


def test_few_of_many_are_guessed(tmp_path, monkeypatch):
    monkeypatch.setattr(clones, "_MOST_GUESSES", 3)
    write(tmp_path / "news.data", {f"texts/{number}.txt": str(number) for number in range(9)})
    with Clones(tmp_path) as here:
        candidates = here.candidates(locator(NONE, "texts/x.txt"))
        assert [next(candidates).data for _ in range(3)] == [b"0", b"1", b"2"]
        with pytest.raises(MissingError):
            next(candidates)


def test_why_there_is_none_is_told(tmp_path, origin, first):
    shutil.copytree(origin, tmp_path / "news.data")
    assert "the commit has no such file" in cause(tmp_path, first, "texts/x.md")
    assert "neither that commit nor" in cause(tmp_path, NONE, "texts/x.md")
    assert "has no clone and no archive of github.com/a/b. Clone it there." in cause(
        tmp_path, NONE, repository="github.com/a/b"
    )
    with pytest.raises(MissingError, match="nowhere: is not there"):
        Clones(tmp_path / "nowhere")


def test_what_a_partial_clone_lacks_is_not_fetched(tmp_path, origin, first):
    git(tmp_path, "clone", "-q", "--filter=blob:none", "--no-checkout", f"file://{origin}", tmp_path / "news.data")
    assert "its content is not in the clone" in cause(tmp_path, first)
    assert "the commit has no such file" in cause(tmp_path, first, "texts/x.md")


def test_a_file_that_is_listed_and_absent_is_a_cause_of_its_own(tmp_path, origin, first):
    shutil.copytree(origin, tmp_path / "news.data")
    here = tmp_path / "news.data"
    name = git(here, "rev-parse", f"{first}:{PATH}")
    (here / ".git/objects" / name[:2] / name[2:]).unlink()
    assert [each.how for each in found(tmp_path, first)] == ["taken from news.data"]
    (here / PATH).unlink()
    assert "its content is not in the clone" in cause(tmp_path, first)
    assert found(tmp_path, first, "texts/local/8.txt")[0].how == ""


OUTSIDE = ["../secret.txt", "/etc/passwd", "a/../../secret.txt", "", ".", "a//b", "a/", ".git/config", "a/.GIT/config",
           "a\nb", "a\0b", "\x1b[31m", "a\x85", "\ud800"]  # fmt: skip


@pytest.mark.parametrize("path", OUTSIDE)
def test_a_path_that_leads_outside_is_refused(tmp_path, origin, first, path):
    shutil.copytree(origin, tmp_path / "news.data")
    write(tmp_path, {"secret.txt": "x"})
    with pytest.raises(InvalidError, match="no path of a file below the repository") as told:
        found(tmp_path, first, path)
    assert "\x1b" not in str(told.value)


@pytest.mark.parametrize(
    "more", [{"commit": "HEAD"}, {"commit": "--help"}, {"commit": first}, {"repository": "../a/b"}, {"repository": "a"}]
)
def test_a_locator_that_names_no_commit_or_repository_is_refused(origin, more):
    with pytest.raises(InvalidError, match="is not written"), Clones(origin) as here:
        list(here.candidates(locator(NONE) | more))


def test_links_that_lead_outside_are_not_followed(tmp_path, first):
    write(tmp_path, {"secret.txt": "x", "here/news.data/in.txt": TEXT, "news/news.data/a.txt": TEXT})
    here = tmp_path / "here/news.data"
    (here / "out.txt").symlink_to(tmp_path / "secret.txt")
    (here / "folder").symlink_to(tmp_path)
    (here / "alias.txt").symlink_to("in.txt")
    (here / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(here / "pipe.txt")
    for path in ("out.txt", "folder/secret.txt"):
        assert "is a link that leads out" in cause(tmp_path / "here", first, path)
    assert best(tmp_path / "here", first, "alias.txt").endswith("taken from news.data")
    with Clones(tmp_path / "here") as clone:
        candidates = clone.candidates(locator(first, "gone.txt"))
        assert next(candidates).data.decode() == TEXT
        with pytest.raises(MissingError):
            next(candidates)
    (tmp_path / "links").mkdir()
    (tmp_path / "links/news.data").symlink_to(tmp_path / "news/news.data")
    assert "has no clone" in cause(tmp_path / "links", first, "a.txt")


def test_what_is_enormous_is_refused_and_the_rest_is_read(tmp_path, origin, monkeypatch):
    monkeypatch.setattr(trees, "MAX_BYTES", 1000)
    shutil.copytree(origin, tmp_path / "news.data")
    here = tmp_path / "news.data"
    write(here, {"large.txt": "x" * 1001})
    commit(here)
    head = git(here, "rev-parse", "HEAD")
    for kind in ("zip", "tar.gz"):
        (tmp_path / kind).mkdir()
        git(here, "archive", f"--format={kind}", "--prefix=news.data/", "-o", tmp_path / kind / f"x.{kind}", head)
    for folder in (here, tmp_path / "zip", tmp_path / "tar.gz"):
        with Clones(folder) as clone:
            with pytest.raises(MissingError, match="it is larger than"):
                next(clone.candidates(locator(head, "large.txt")))
            assert next(clone.candidates(locator(head))).data.decode() == TEXT


def test_a_zip_that_lies_about_a_size_is_no_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(trees, "MAX_BYTES", 1000)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("news.data/a.txt", b"x" * 5000)
    lying = stream.getvalue().replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    (tmp_path / "news.data.zip").write_bytes(lying)
    assert "cannot be" in cause(tmp_path, NONE, "a.txt")


def test_an_archive_that_unpacks_without_end_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(trees, "_MOST_UNPACKED", 10**6)
    with tarfile.open(tmp_path / "news.data.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo("news.data/a.txt")
        entry.size = 5 * 10**6
        archive.addfile(entry, io.BytesIO(bytes(entry.size)))
    assert "news.data.tar.gz cannot be unpacked" in cause(tmp_path, NONE, "a.txt")


@pytest.mark.parametrize("ending", ["zip", "tar.gz", "tar"])
def test_half_a_download_is_told_and_what_lies_beside_it_serves(tmp_path, origin, first, ending):
    file = tmp_path / f"news.data-main.{ending}"
    git(origin, "archive", f"--format={ending}", "--prefix=news.data-main/", "-o", file, first)
    file.write_bytes(file.read_bytes()[:300])
    assert f"{file.name} cannot be unpacked" in cause(tmp_path, first)
    write(tmp_path / "news.data", FILES)
    assert best(tmp_path, first).endswith("taken from news.data")


@given(st.data())
def test_any_damage_to_an_archive_leaves_the_file_or_a_reason(packed, first, data):
    name = data.draw(st.sampled_from(sorted(packed)))
    damaged = bytearray(packed[name])
    for place in data.draw(st.lists(st.integers(0, len(damaged) - 1), max_size=5)):
        damaged[place] = data.draw(st.integers(0, 255))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, name)
        file.write_bytes(damaged[: data.draw(st.integers(0, len(damaged)))])
        with Clones(folder) as here, suppress(MissingError):
            assert isinstance(next(here.candidates(locator(first))).data, bytes)


@pytest.fixture(scope="module")
def packed(origin, first):
    """The repository as archives: their bytes by their names."""
    command = ["git", "-C", origin, "archive", "--prefix=news.data-main/"]
    kinds = {f"news.data.{kind}": f"--format={kind}" for kind in ("zip", "tar", "tar.gz")}
    return {name: subprocess.check_output([*command, form, first]) for name, form in kinds.items()}


def test_a_damaged_clone_is_told(tmp_path, origin, first):
    shutil.copytree(origin, tmp_path / "news.data")
    (tmp_path / "news.data/.git/config").write_text("[", encoding="utf-8")
    assert best(tmp_path, first).endswith("taken from news.data")
    shutil.rmtree(tmp_path / "news.data/.git/objects")
    (tmp_path / "news.data" / PATH).unlink()
    assert "is not there" in cause(tmp_path, first)


def test_another_repository_in_the_environment_is_not_asked(tmp_path, origin, first, monkeypatch):
    shutil.copytree(origin, tmp_path / "news.data")
    monkeypatch.setenv("GIT_DIR", os.fspath(tmp_path))
    monkeypatch.setenv("GIT_OBJECT_DIRECTORY", os.fspath(tmp_path))
    assert best(tmp_path, first) == ""


def test_a_file_that_is_no_archive_is_told(tmp_path, first):
    write(tmp_path, {"notes": "x", "news.data": "x"})
    assert "has no clone and no archive" in cause(tmp_path / "notes", first)
    assert "news.data cannot be unpacked" in cause(tmp_path / "news.data", first)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("repository", "commit", "path"), st.text() | st.none())))
def test_any_locator_gives_a_file_or_a_reason(origin, given_locator):
    with Clones(origin) as here, pytest.raises(TasrihError):
        next(here.candidates(locator(NONE, "texts/x.md") | given_locator))
