"""The files that locators name, brought from the hosts of their repositories: each once, and only when it is needed.

What was fetched is kept in the user's cache, or in the folder that `TASRIH_CACHE` names. The file of a commit never
changes: one that is there whole is not asked for again, and of one that was cut off only the rest is. Every host is
asked one thing at a time, by all processes that share a cache together.
"""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from filelock import FileLock, Timeout

from tasrih.errors import InvalidError, MissingError, TasrihError, UnavailableError, needing, unreadable
from tasrih.record import Json
from tasrih.standoff import download
from tasrih.standoff.addresses import Address, address
from tasrih.standoff.candidates import Candidate
from tasrih.terminal import transfer

CACHE = "TASRIH_CACHE"
LFS = b"version https://git-lfs.github.com/spec/"  # how a file begins that only points to one in Git LFS
_LOCK_SECONDS = 900  # as long as one request may last
_FAILURES = 3  # files in a row that a host fails to give before it is left alone


class Fetched:
    """The files of a cache, and those that are fetched into it; what failed once is not asked for again by it."""

    def __init__(self, cache: Path | None = None) -> None:
        self._folder = cache or cache_folder()
        self._new: set[Path] = set()
        self._lost: dict[Path, TasrihError] = {}
        self._failures: Counter[str] = Counter()

    def candidates(self, locator: Json) -> Iterator[Candidate]:
        """The file of a locator, from the cache or else from the network; always that of the very commit and path.

        Raises MissingError when the host has no such file, or only a pointer to it, or is not known; UnavailableError
        when the network, the host or the disk failed, so that the same may work another time; and InvalidError for a
        locator that names no file, and for a file that is too large.
        """
        asked = address(locator)
        file = self._folder / asked.file
        if not _is_there(file):
            self._fetch(asked, file)
        try:
            data = file.read_bytes()
        except OSError as error:
            raise unreadable(file, error) from error
        if data.startswith(LFS):
            raise MissingError(
                "is only a pointer to a file that is kept in Git LFS, not in the repository.", path=asked.url
            )
        yield Candidate(data, "")

    def forget(self, locator: Json) -> bool:
        """Puts aside what the cache has of a file, for whoever has found that it is not what it should be.

        Returns whether to ask again: it may have been damaged in the cache, unless it has just been fetched in one go.
        When it cannot be fetched anew, it comes back: other articles may be whole in it.
        """
        file = self._folder / address(locator).file
        if file in self._new or file in self._lost or not _is_there(file):
            return False
        try:
            file.replace(_aside(file))
        except OSError as error:
            raise UnavailableError(f"cannot be removed ({error.strerror}).", path=file) from error
        return True

    @cached_property
    def _system(self) -> Any:
        return download.web()

    def _fetch(self, asked: Address, file: Path) -> None:
        if file in self._lost:
            raise self._lost[file].with_traceback(None)
        try:
            self._locked(asked, file)
        except TasrihError as error:
            self._lost[file] = error
            raise
        finally:
            _put_back(file)

    def _locked(self, asked: Address, file: Path) -> None:
        """A file fetched while nobody else asks its host, unless another process has just done so."""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._folder / f"{quote(asked.host, safe='')}.lock", timeout=_LOCK_SECONDS):
                if not file.is_file():
                    self._complete(asked, file)
        except Timeout as error:
            raise UnavailableError("another process has been fetching from there for long.", path=asked.url) from error
        except OSError as error:
            raise UnavailableError(f"cannot be kept in the cache ({error.strerror}).", path=file) from error

    def _complete(self, asked: Address, file: Path) -> None:
        part = file.with_name(f"{file.name}.part")
        is_new = not part.exists()
        try:
            with self._counted(asked), transfer(asked.place) as tell:
                download.download(self._system, asked.url, part, tell)
        except InvalidError:
            part.unlink(missing_ok=True)
            raise
        part.replace(file)
        if is_new:
            self._new.add(file)

    @contextmanager
    def _counted(self, asked: Address) -> Iterator[None]:
        """Failures of a host, which is left alone after some in a row."""
        if self._failures[asked.host] >= _FAILURES:
            raise UnavailableError("is not asked for, as its host has failed. Try again later.", path=asked.url)
        try:
            yield
        except download.RefusingError:
            self._failures[asked.host] = _FAILURES
            raise
        except UnavailableError:
            self._failures[asked.host] += 1
            raise
        self._failures[asked.host] = 0


def _is_there(file: Path) -> bool:
    """Whether the cache has a file. Raises TasrihError when it does not let anybody see."""
    try:
        return file.is_file()
    except OSError as error:
        raise unreadable(file, error) from error


def _aside(file: Path) -> Path:
    return file.with_name(f"{file.name}.old")


def _put_back(file: Path) -> None:
    """Gives a file that was put aside its name again, unless there is a new one."""
    with suppress(OSError):
        if file.exists():
            _aside(file).unlink(missing_ok=True)
        else:
            _aside(file).replace(file)


def cache_folder() -> Path:
    """Where fetched files are kept: in `TASRIH_CACHE`, or else where the system keeps what can be fetched again."""
    if os.environ.get(CACHE):
        return Path(os.environ[CACHE], "sources")
    with needing(download.EXTRA):
        import platformdirs
    return platformdirs.user_cache_path("tasrih", appauthor=False) / "sources"
