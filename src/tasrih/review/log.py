"""The log of decisions beside a record: `<name>.decisions.jsonl`, a line a decision, never changed, only added to.

A line is written before the record is, so that no decision is in a record without one. A line whose record was not
written after it, because a desk was killed between the two, is told apart by the versions in it.
"""

from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tasrih.errors import RefusedError, unreadable
from tasrih.files import replace
from tasrih.reading import read_bytes
from tasrih.record import Json

ENDING = ".decisions.jsonl"


class Log(NamedTuple):
    """The decisions that a log tells, what a torn line at its end holds, and how many lines are no decisions."""

    entries: list[Json]
    torn: bytes
    odd: int

    @property
    def noted(self) -> Json:
        """What was decided and no record says, by the names of items, as they were then."""
        return {name: value for entry in self.entries for name, value in (entry.get("noted") or {}).items()}

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
    if file.is_symlink():
        raise RefusedError("is a link. Remove it: the log of decisions is a file beside the record.", path=file)
    try:
        data = read_bytes(str(file))
    except FileNotFoundError:
        return Log([], b"", 0)
    except OSError as error:
        raise unreadable(file, error) from error
    *lines, torn = data.split(b"\n")
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
    with file.open("ab", buffering=0) as stream:
        stream.write(orjson.dumps(entry) + b"\n")


def _put_aside(file: Path, torn: bytes) -> None:
    aside = file.with_suffix(".torn")
    if aside.is_symlink():
        raise RefusedError("is a link. Remove it.", path=aside)
    with aside.open("ab") as stream:
        stream.write(torn + b"\n")
    replace(file, read_bytes(str(file)).removesuffix(torn))


def _entry(line: bytes) -> Json | None:
    try:
        entry: Any = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(entry, dict) or not isinstance(entry.get("number"), int):
        return None
    return entry if isinstance(entry.get("change"), dict) and isinstance(entry.get("changed"), list) else None
