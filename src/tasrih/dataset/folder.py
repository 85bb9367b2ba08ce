"""The folder of a dataset: written beside, and put in place in one step."""

import ctypes
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from tasrih.dataset import manifest
from tasrih.dataset.paths import beyond, entries
from tasrih.dataset.signals import tidily
from tasrih.errors import RefusedError, TasrihError, UnavailableError

_TOLD = 5
_LOCK = "lock"
_CALL = "renameatx_np" if sys.platform == "darwin" else "renameat2"
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_NO_FOLDER = -1  # where relative paths would start; these are absolute


def refuse_other(target: Path) -> None:
    """Raises TasrihError when something is there that is not a dataset, or holds what is no part of one."""
    refuse_odd(target, lambda folder: {*manifest.read(folder).listed, manifest.NAME}, "dataset")


def refuse_odd(target: Path, listed: Callable[[Path], set[str]], what: str) -> None:
    """Raises TasrihError when something is there that is not ours, or holds what is no part of it.

    `listed` gives the paths of the files of a folder, and raises TasrihError or ValueError for one that is no `what`.
    """
    if not os.path.lexists(target):
        return
    if target.is_symlink():
        raise RefusedError("is a link, which would be replaced. Give the folder that it leads to.", path=target)
    try:
        known = listed(target)
    except (TasrihError, ValueError) as error:
        raise RefusedError(f"exists and is not a {what}. Choose another folder, or remove it.", path=target) from error
    odd = beyond(target, known)
    if odd:
        told = ", ".join(odd[:_TOLD]) + (f" and {len(odd) - _TOLD} more" if len(odd) > _TOLD else "")
        raise RefusedError(
            f"holds what is no part of the {what} and would be lost: {told}. Move that away, or choose another folder.",
            path=target,
        )


@contextmanager
def beside(target: Path, *, keep: bool, refuse: Callable[[Path], None] = refuse_other) -> Iterator[Path]:
    """A folder to work in, beside the target; in the end its folder `new` takes the place of a target not refused.

    With `keep` it has a name of its own, stays when the work is broken off, and is found again; it is for one at a
    time. Raises TasrihError when another is at work in it, when it may be somebody else's, or cannot be made.
    """
    place = target.resolve() if target.name in ("", "..") else target.parent.resolve() / target.name
    with tidily(), _kept(place) if keep else _fresh(place) as scratch:
        yield scratch
        refuse(place)
        _put(scratch / "new", place, scratch / "old")


@contextmanager
def _fresh(place: Path) -> Iterator[Path]:
    scratch = None
    try:
        with _explained(place):
            place.parent.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        yield scratch
    finally:
        if scratch:
            shutil.rmtree(scratch, ignore_errors=True)


@contextmanager
def _kept(place: Path) -> Iterator[Path]:
    scratch = place.with_name(f".{place.name}-unfinished")
    with _locked(place, scratch):
        _refuse_planted(scratch)
        yield scratch
        shutil.rmtree(scratch, ignore_errors=True)
    with suppress(OSError):  # Windows removes no folder with a file that is open, as the lock was
        scratch.rmdir()


@contextmanager
def _locked(place: Path, scratch: Path) -> Iterator[None]:
    """The lock of a scratch folder, which the system takes from whoever is killed."""
    while True:
        with _explained(place):
            scratch.parent.mkdir(parents=True, exist_ok=True)
            scratch.mkdir(mode=0o700, exist_ok=True)
            _refuse_foreign(scratch)
            lock = FileLock(scratch / _LOCK, timeout=0, mode=0o600)
            try:
                lock.acquire()
            except FileNotFoundError:
                continue
            except Timeout as error:
                raise RefusedError(
                    "another build with --resume is at work on it. Wait until it ends.", path=place
                ) from error
        try:
            if (scratch / _LOCK).exists():  # else the other has just finished, and removed it
                yield
                return
        finally:
            lock.release()


def _refuse_foreign(scratch: Path) -> None:
    """Raises TasrihError for a scratch folder in which others may have put something."""
    found = scratch.lstat()
    owner = os.getuid() if hasattr(os, "getuid") else found.st_uid
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or (os.name == "posix" and found.st_mode & 0o022):
        raise RefusedError(
            "is where an unfinished build would be kept, but is a link, somebody else's, or writable for "
            "others. Remove it, or build without --resume.",
            path=scratch,
        )


def _refuse_planted(scratch: Path) -> None:
    """Raises TasrihError when a scratch folder holds links, or what no build puts there."""
    known = {_LOCK, "new", "old", "shards", "shards-redistributable"}
    for entry in entries(scratch):
        path = Path(entry).relative_to(scratch)
        if path.parts[0] not in known or not (
            entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)
        ):
            raise RefusedError("no build put that there. Remove it, or build without --resume.", path=entry.path)


@contextmanager
def _explained(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnavailableError(f"cannot be written ({error.strerror or error}).", path=place) from error


def _put(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not swap(new, target):
        _replace(target, new, old)


def _replace(target: Path, new: Path, old: Path) -> None:
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise


def swap(one: Path, other: Path) -> bool:
    """Lets two existing paths of one file system change places, so that neither is missing at any moment.

    False, with both where they were, when the system or the file system cannot do it.
    """
    try:
        call = getattr(ctypes.CDLL(None), _CALL)
    except (AttributeError, OSError, TypeError):
        return False
    here, there = os.fsencode(one.absolute()), os.fsencode(other.absolute())
    return bool(call(_NO_FOLDER, here, _NO_FOLDER, there, _EXCHANGE) == 0)
