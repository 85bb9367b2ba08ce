"""What a person has of the repositories that texts come from: clones, folders and archives, found and read."""

import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from posixpath import basename, dirname, splitext
from typing import Any, NamedTuple, Self, TypeVar

from tasrih.errors import InvalidError, MissingError, TasrihError
from tasrih.standoff.candidates import Candidate
from tasrih.standoff.trees import ARCHIVES, Archive, Committed, Folder, Git, Tree, is_git, kind
from tasrih.terminal import one_line

_DEPTH = 3  # folders below the one given: `github.com/owner/name`, `owner+name/repo/.git`
_MOST_FOLDERS = 20_000
_MOST_GUESSES = 2_000
_SHORT = 10  # digits by which messages name a commit
_KNOWN = 64  # pairs of repository and commit whose states are kept
_COMMIT = re.compile("[0-9a-f]{40}")
_REPOSITORY = re.compile(r"\A[\w.-]+(?:/[\w.~-]+){2,}", re.ASCII)
_HOST = re.compile(r"\A[\w-]+(?:\.[\w-]+)+", re.ASCII)
_OUTSIDE = {"", ".", "..", ".git"}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # control characters, and what is no character
_AFTER_NAME = r"(?:\.git)?(?:[- ~(].*)?"  # a branch, a commit, or the number of a second download


Key = TypeVar("Key")


def _named_by(url: str) -> str:
    """Host, owner and name by the address of a remote: `https://host/…`, `git@host:…`; "" for a path on this disk."""
    rest = url.partition("://")[2] or url
    rest = rest[rest.rfind("@", 0, rest.find("/") + 1) + 1 :]
    host, separator, path = rest.replace(":", "/", 1).partition("/")
    port, _, after = path.partition("/")
    path = (after if port.isdecimal() else path).strip("/").removesuffix(".git")
    return f"{host}/{path}".casefold() if separator and path and _HOST.fullmatch(host) else ""


class Wanted(NamedTuple):
    """What a locator says of a file: `host/owner/name`, 40 hexadecimal digits, and a path below the repository."""

    repository: str
    commit: str
    path: str

    def __str__(self) -> str:
        return f"{self.repository}: {one_line(self.path)} at commit {self.commit[:_SHORT]}"


def wanted(locator: Mapping[str, Any]) -> Wanted:
    """What a locator says of its file. Raises InvalidError when it leads outside of a repository, or nowhere."""
    repository, commit, path = (str(locator.get(key)) for key in ("repository", "commit", "path"))
    if not _REPOSITORY.fullmatch(repository) or not _OUTSIDE.isdisjoint(repository.split("/")):
        raise InvalidError(f"the repository {one_line(repository)} is not written host/owner/name.")
    if not _COMMIT.fullmatch(commit):
        raise InvalidError(f"{repository}: the commit {one_line(commit)} is not written as 40 hexadecimal digits.")
    file = Wanted(repository, commit, path)
    if not _OUTSIDE.isdisjoint(path.casefold().split("/")) or _UNSEEN.search(path):
        raise InvalidError(f"{file} is no path of a file below the repository.")
    return file


@dataclass(frozen=True, eq=False)
class _State:
    """The files of a repository as they are somewhere; `rank` is how far that is from the commit that is wanted."""

    rank: int
    tree: Tree
    how: str = ""

    @cached_property
    def by_name(self) -> dict[str, list[str]]:
        """Paths by the names of their files."""
        return _grouped((basename(path), path) for path in self.tree.names)

    @cached_property
    def by_kind(self) -> dict[tuple[str, str], list[str]]:
        """Paths by their folders and endings."""
        return _grouped((_kind(path), path) for path in self.tree.names)


class _Place:
    """A clone, folder or archive; `shown` is what messages call it."""

    def __init__(self, path: Path, shown: str) -> None:
        self.path, self.shown = path, one_line(shown)
        inner = path / ".git"
        self.git = Git(inner) if kind(inner) else Git(path) if is_git(path) else None
        self.archive = Archive(path) if kind(path) == "file" else None
        self.files = Folder(path) if kind(path) == "folder" and not is_git(path) else None

    @cached_property
    def remotes(self) -> set[str]:
        """The repositories on hosts that it is a clone of."""
        return {name for url in (self.git.remotes if self.git else ()) if (name := _named_by(url.strip()))}

    @cached_property
    def names(self) -> list[str]:
        """What it is called: by its path, by its own name, by that of the folder around a clone or in an archive."""
        *_, around, name = ("", *(part.casefold() for part in self.path.absolute().parts))
        if self.archive:
            own = next((name.removesuffix(ending) for ending in ARCHIVES if name.endswith(ending)), name)
            return [f"{around}/{own}", own, self.archive.first.partition("/")[0].casefold()]
        return [f"{around}/{name}", name, *([around] if self.git else [])]

    def rank(self, repository: str) -> int | None:
        """How surely it is a repository, 0 for surely; None when nothing says so."""
        if self.remotes:
            return 0 if repository.casefold() in self.remotes else None
        owner, name = map(re.escape, repository.casefold().split("/")[-2:])
        patterns = f"{owner}[/+_-]+{name}{_AFTER_NAME}", name + _AFTER_NAME
        matching = (rank for rank, pattern in enumerate(patterns, 1) if self._is_called(pattern))
        return next(matching, None)

    def _is_called(self, pattern: str) -> bool:
        return any(re.fullmatch(pattern, name, re.DOTALL) for name in self.names)

    def states(self, commit: str) -> Iterator[_State]:
        """Its files in the states that it has, from the commit that is wanted to whatever lies there."""
        has = self.git is not None and self.git.has(commit)
        lacks = "" if has else f"commit {commit[:_SHORT]} is not there; "
        if self.git and has:
            yield _State(0, Committed(self.git, commit))
        if self.git and not (has and self.git.head == commit):
            head = self.git.head or commit  # a clone in which nothing can be read has one state, with nothing in it
            yield _State(1, Committed(self.git, head), f"{lacks}taken from HEAD ({head[:_SHORT]}) of {self.shown}")
        tree = self.files or self.archive
        if tree and not has and self._is_of(commit):
            yield _State(0, tree)
        elif tree:
            yield _State(2, tree, f"{lacks}taken from {self.shown}")

    def _is_of(self, commit: str) -> bool:
        """Whether files without git say that they are of a commit: by their name, as hosts name what they pack."""
        said = re.findall("[0-9a-f]{7,40}", self.path.name)
        return any(map(commit.startswith, said)) or (self.archive is not None and self.archive.commit == commit)

    def close(self) -> None:
        """Ends its process and closes its file."""
        for each in (self.git, self.archive):
            if each:
                each.close()


class Clones:
    """The repositories in a folder, whichever way somebody has them: cloned, unpacked, or as archives.

    The folder may be a repository, or an archive, itself. It is to be closed, as by `with`, which ends processes of
    git. Raises MissingError when there is no such folder.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self.folder = Path(folder)
        if not self.folder.exists():
            raise MissingError("is not there.", path=self.folder)
        self._known: dict[tuple[str, str], list[_State]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends processes and closes files."""
        for place in self.__dict__.pop("_places", ()):
            place.close()
        self._known.clear()

    def candidates(self, locator: Mapping[str, Any]) -> Iterator[Candidate]:
        """The bytes of what may be the file that a locator means, best first, each once.

        First the file as it was at the commit, at HEAD and as it lies there; then files of its name elsewhere; then,
        when it is gone, those of its folder with its ending, 2,000 at most. Each is read when it is asked for: whoever
        asks proves it by the hash of the text taken from it, and asks on while it is another.
        Raises InvalidError when the locator leads outside of the repository, and MissingError, with the cause, when
        there is none, or when all that were given were guesses.
        """
        file = wanted(locator)
        states = self._states(file)
        causes: list[str] = []
        seen: set[bytes] = set()
        sure = False
        for candidate in _candidates(states, file.path, causes):
            digest = hashlib.sha256(candidate.data).digest()
            if digest not in seen:
                seen.add(digest)
                sure = sure or not candidate.guess
                yield candidate
        if not sure:
            raise MissingError(f"{file} {causes[0] if causes else self._cause(states)}.")

    def _states(self, file: Wanted) -> list[_State]:
        """The states in which a repository is there, best first. Raises MissingError when it is not."""
        key = file.repository, file.commit
        if key not in self._known:
            while len(self._known) >= _KNOWN:
                del self._known[next(iter(self._known))]
            states = (state for place in self._of(file) for state in place.states(file.commit))
            self._known[key] = sorted(states, key=lambda state: state.rank)
        if self._known[key]:
            return self._known[key]
        around = self._places[0]  # what is in the folder itself, whatever it is called
        if around.files and around.files.read(file.path) is not None:
            return list(around.states(file.commit))
        raise MissingError(
            f"{file} is not there: {self.folder} has no clone and no archive of {file.repository}. Clone it there."
        )

    def _of(self, file: Wanted) -> list[_Place]:
        """The places that are a repository: by their remotes or names, or else because they have the commit."""
        ranked = [(rank, place) for place in self._places if (rank := place.rank(file.repository)) is not None]
        found = [place for _, place in sorted(ranked, key=lambda pair: pair[0])]
        return found or [place for place in self._places if place.git and place.git.has(file.commit)]

    @cached_property
    def _places(self) -> list[_Place]:
        found = islice(_found(self.folder, self.folder.resolve()), _MOST_FOLDERS)
        return [
            _Place(path, path.name if path == self.folder else str(path.relative_to(self.folder))) for path in found
        ]

    @staticmethod
    def _cause(states: list[_State]) -> str:
        if any(state.rank == 0 for state in states):
            return "is not there: the commit has no such file"
        if shutil.which("git") is None:
            return "is not there: git is not installed, and no such file lies outside of git"
        return "is not there: the clone has neither that commit nor, as it is now, such a file"


def _found(folder: Path, within: Path, depth: int = _DEPTH) -> Iterator[Path]:
    """A folder, and what may be a repository below it: folders down to some depth, and archives.

    Links that lead out of `within` are not followed.
    """
    yield folder
    is_clone = is_git(folder) or (kind(folder / ".git") and depth < _DEPTH)
    if depth == 0 or is_clone:
        return
    for path in _entries(folder):
        what = kind(path)
        if what and path.is_symlink() and not path.resolve().is_relative_to(within):
            continue
        if what == "folder":
            yield from _found(path, within, depth - 1)
        elif what == "file" and path.name.casefold().endswith(ARCHIVES):
            yield path


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _candidates(states: Iterable[_State], path: str, causes: list[str]) -> Iterator[Candidate]:
    """The file in each state, and what it may have become; `causes` gets why one that is there cannot be had."""
    gone = True
    for state in states:
        data = _read(state.tree, path, causes)
        if data is not None:
            gone = False
            yield Candidate(data, state.how)
    yield from islice(_moved(states, path), _MOST_GUESSES)
    if gone and not causes:
        yield from islice(_renamed(states, path), _MOST_GUESSES)


def _moved(states: Iterable[_State], path: str) -> Iterator[Candidate]:
    for state in states:
        others = [other for other in state.by_name.get(basename(path), ()) if other != path]
        yield from _others(state, others, "moved to", guess=len(others) > 1)


def _renamed(states: Iterable[_State], path: str) -> Iterator[Candidate]:
    for state in states:
        yield from _others(state, state.by_kind.get(_kind(path), ()), "renamed to", guess=True)


def _others(state: _State, paths: Iterable[str], became: str, *, guess: bool) -> Iterator[Candidate]:
    for path in paths:
        data = _read(state.tree, path, [])
        if data is not None:
            told = f"{became} {one_line(path)}"
            yield Candidate(data, f"{state.how}; {told}" if state.how else told, guess)


def _read(tree: Tree, path: str, causes: list[str]) -> bytes | None:
    try:
        return tree.read(path)
    except TasrihError as error:
        causes.append(f"cannot be had: {one_line(str(error))}")
        return None


def _kind(path: str) -> tuple[str, str]:
    return dirname(path), splitext(path)[1].casefold()


def _grouped(pairs: Iterable[tuple[Key, str]]) -> dict[Key, list[str]]:
    groups: dict[Key, list[str]] = {}
    for key, path in pairs:
        groups.setdefault(key, []).append(path)
    return groups
