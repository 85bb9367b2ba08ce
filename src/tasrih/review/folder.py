"""The files of a folder that is reviewed: found by keys that an address can hold, read as versions, written alone."""

import hashlib
import os
import re
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import orjson
from filelock import FileLock, Timeout

from tasrih.errors import InvalidError, MissingError, RefusedError, UnavailableError, WithheldError, unreadable
from tasrih.files import replace
from tasrih.keys import refuse_repeated
from tasrih.reading import files_below, read_bytes
from tasrih.record import Json
from tasrih.review.effects import valid
from tasrih.standoff.models import is_standoff

_LOCK = ".tasrih-review.lock"
_PATIENCE = 10  # seconds that a desk waits while another writes
_KEY = re.compile("[A-Za-z0-9_-]+")


class StaleError(RefusedError):
    """The file is not the version that a change was made on."""


class Read(NamedTuple):
    """A record as its file has it."""

    file: Path
    data: bytes
    record: Json

    @property
    def version(self) -> str:
        """The SHA-256 of the file's bytes."""
        return version_of(self.data)


def version_of(data: bytes) -> str:
    """The version that bytes are: their SHA-256."""
    return hashlib.sha256(data).hexdigest()


def names(folder: Path) -> list[str]:
    """The records of a folder, as paths below it, sorted. Raises TasrihError when it cannot be listed."""
    start = len(os.fspath(folder / "x")) - 1
    return [os.fspath(file)[start:] for file in files_below(folder) if file.suffix == ".json"]


def key_of(name: str) -> str:
    """A name as letters that an address can hold, whatever bytes it is made of."""
    return urlsafe_b64encode(os.fsencode(name)).decode().rstrip("=")


def file_of(folder: Path, key: str) -> Path:
    """The file that a key is of. Raises TasrihError when it is none of the folder's, or leads out of it."""
    try:
        name = os.fsdecode(urlsafe_b64decode(key + "=" * (-len(key) % 4))) if _KEY.fullmatch(key) else ""
        file = folder / name
        is_record = file.suffix == ".json" and ".." not in file.parts and stat.S_ISREG(file.stat().st_mode)
        inside = file.resolve().is_relative_to(folder.resolve())
    except (ValueError, OSError, RuntimeError) as error:
        raise MissingError("There is no such article in the folder any more. List the articles anew.") from error
    if is_record and not inside and file.is_symlink():
        raise RefusedError("is a link that leads out of the folder. Put a copy in its place.", path=file)
    if not is_record or not inside:
        raise MissingError("There is no such article in the folder.")
    return file


def read(file: Path) -> Read:
    """A record. Raises TasrihError when it cannot be read, is none, or has no words to be read by."""
    try:
        data = read_bytes(str(file))
    except OSError as error:
        raise unreadable(file, error) from error
    try:
        record: Json = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InvalidError(f"no JSON: {error}. Mend it by hand.", path=file) from error
    if is_standoff(record):
        raise WithheldError(file)
    try:
        refuse_repeated(str(file), data)
        return Read(file, data, valid(record))
    except InvalidError as error:
        raise InvalidError(f"no record; `tasrih validate` says all of it. {error}", path=file) from error


def read_version(file: Path, version: str) -> Read:
    """The same; raises StaleError when it is another version by now."""
    found = read(file)
    if found.version != version:
        raise StaleError(
            "The file has changed since you read it: another desk, an editor or git wrote it. Nothing was written. "
            "Read it again, and decide anew."
        )
    return found


def put(found: Read, data: bytes) -> None:
    """Writes a file anew, whole. Raises StaleError when it is not what was read any more, and OSError."""
    if read_bytes(str(found.file)) != found.data:
        raise StaleError("The file has just been changed by somebody else. Nothing was written. Read it again.")
    replace(found.file, data)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """The lock of a folder, which the system takes from whoever is killed. Raises TasrihError when it cannot be had.

    What keeps anything from being written meanwhile is told the same way.
    """
    file = folder / _LOCK
    if file.is_symlink():
        raise RefusedError("is a link. Remove it.", path=file)
    try:
        with FileLock(file, timeout=_PATIENCE, mode=0o600):
            yield
    except Timeout as error:
        raise UnavailableError("another desk has been writing for long. Try again.", path=folder) from error
    except OSError as error:
        raise UnavailableError(f"cannot be written ({error.strerror}).", path=error.filename or folder) from error
