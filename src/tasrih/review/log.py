"""The log of decisions beside a record: `<name>.decisions.jsonl`, a line a decision, never changed, only added to.

A line is written before the record is, so that no decision is in a record without one. A line whose record was not
written after it, because a desk was killed between the two, is told apart by the versions in it.
"""

import os
from pathlib import Path
from typing import IO, Annotated, Any, NamedTuple

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tasrih.errors import RefusedError, unreadable
from tasrih.files import replace
from tasrih.reading import read_bytes
from tasrih.record import Json

ENDING = ".decisions.jsonl"
_Number = Annotated[int, Field(ge=1, le=2**53)]  # what JavaScript counts exactly


class _Model(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore")


class _Made(_Model):
    op: str
    number: _Number | None = None


class _Thing(_Model):
    at: str
    before: Any = Field(alias="from")
    to: Any
    place: int | None = None


class _Decision(_Model):
    """What a line must say for it to be shown and taken back; the rest of it stays as it is."""

    number: _Number
    change: _Made
    changed: list[_Thing]
    before: str
    after: str
    items: list[str]
    noted: dict[str, Any] | None = None
    told: list[str] = []


class Log(NamedTuple):
    """The decisions that a log tells, what a torn line at its end holds, and how many lines are no decisions."""

    entries: list[Json]
    torn: bytes
    odd: int

    def standing(self, version: str) -> list[Json]:
        """The decisions that are in a record of some version: those that came into it and are not taken back.

        One that was made on the version that the next one was made on, too, and is to lead to another, came into no
        record. One that takes back stands until it is taken back itself; then what it took back stands again.
        """
        seen = [*(entry["before"] for entry in self.entries[1:]), version]
        landed = [
            entry
            for entry, then in zip(self.entries, seen, strict=False)
            if entry["before"] != then or entry["before"] == entry["after"]
        ]
        back: set[int] = set()
        for entry in reversed(landed):
            if entry["change"]["op"] == "undo" and entry["number"] not in back:
                back.add(entry["change"].get("number"))
        return [entry for entry in landed if entry["number"] not in back]

    def noted(self, version: str) -> Json:
        """What was decided and no record says, by the names of items, as they were then."""
        return {name: value for entry in self.standing(version) for name, value in (entry.get("noted") or {}).items()}

    @property
    def number(self) -> int:
        """The number of the next decision."""
        return max((entry["number"] for entry in self.entries), default=0) + 1


def log_of(record: Path) -> Path:
    """The file in which the decisions about a record are logged."""
    return record.with_name(record.name.removesuffix(".json") + ENDING)


def read(record: Path) -> Log:
    """The decisions about a record. Raises TasrihError when they cannot be read, or lie behind a link."""
    file = log_of(record)
    if os.path.islink(file):  # noqa: PTH114 - which is asked of names that are too long, too
        raise RefusedError("is a link. Remove it: the log of decisions is a file beside the record.", path=file)
    try:
        data = read_bytes(str(file))
    except FileNotFoundError:
        return Log([], b"", 0)
    except OSError as error:
        raise unreadable(file, error) from error
    *lines, torn = data.split(b"\n")
    if _entry(torn):  # an editor, or git, took the end of the line away
        lines, torn = [*lines, torn], b""
    parsed = [_entry(line) for line in lines if line.strip()]
    entries = [entry for entry in parsed if entry is not None]
    return Log(entries, torn, len(parsed) - len(entries))


def append(record: Path, entry: Json) -> None:
    """Adds a decision as a whole line; a torn one before it is put aside, into `<name>.decisions.torn`.

    Raises TasrihError and OSError. Whoever calls it holds the lock of the folder.
    """
    file, torn = log_of(record), read(record).torn
    if torn:
        _put_aside(file, torn)
    line = orjson.dumps(entry) + b"\n"
    with file.open("a+b", buffering=0) as stream:
        size = stream.seek(0, os.SEEK_END)
        stream.seek(max(size - 1, 0))
        line = line if stream.read(1) in (b"", b"\n") else b"\n" + line
        try:
            _write(stream, line)
        except OSError:
            stream.truncate(size)  # a disk that is full takes a part of a line
            raise


def _write(stream: IO[bytes], line: bytes) -> None:
    """Writes all of a line: what is not buffered may take a part of it."""
    while line:
        line = line[stream.write(line) :]


def _put_aside(file: Path, torn: bytes) -> None:
    aside = file.with_suffix(".torn")
    if aside.is_symlink() or (aside.exists() and not aside.is_file()):
        raise RefusedError("is no file. Remove it: what is torn of the log is put there.", path=aside)
    with aside.open("ab") as stream:
        stream.write(torn + b"\n")
    replace(file, read_bytes(str(file)).removesuffix(torn))


def _entry(line: bytes) -> Json | None:
    """A decision; None for a line that is none, or that no answer could hold."""
    try:
        entry: Json = orjson.loads(line)
        _Decision.model_validate(entry)
        orjson.dumps(entry)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError, ValidationError):
        return None
    return entry
