"""The log of decisions beside a record: `<name>.decisions.jsonl`, a line a decision, never changed, only added to.

A line is written before the record is, so that no decision is in a record without one. A line whose record was not
written after it (a desk was killed between the two) is told apart by the versions: the record is still the one before.
"""

from pathlib import Path
from typing import Any, NamedTuple

import orjson

from tasrih.errors import unreadable
from tasrih.files import replace
from tasrih.reading import read_bytes
from tasrih.record import Json

ENDING = ".decisions.jsonl"


class Log(NamedTuple):
    """The decisions that a log tells, whole lines, and what else is in it: a line that was torn, lines of others."""

    entries: list[Json]
    torn: bytes
    odd: int


def log_of(record: Path) -> Path:
    """The file in which the decisions about a record are logged."""
    return record.with_name(record.name.removesuffix(".json") + ENDING)


def read(record: Path) -> Log:
    """The decisions about a record. Raises TasrihError when they cannot be read."""
    file = log_of(record)
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

    Raises OSError. The caller holds the lock of the folder.
    """
    file = log_of(record)
    torn = read(record).torn
    if torn:
        with file.with_suffix(".torn").open("ab") as aside:
            aside.write(torn + b"\n")
        replace(file, read_bytes(str(file)).removesuffix(torn))
    with file.open("ab", buffering=0) as stream:
        stream.write(orjson.dumps(entry) + b"\n")


def parts_decided(entries: list[Json]) -> dict[str, Any]:
    """The parts of quotes that readers have decided, with what they were when that was."""
    return {name: value for entry in entries for name, value in entry.get("parts", {}).items()}


def _entry(line: bytes) -> Json | None:
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return entry if isinstance(entry, dict) and isinstance(entry.get("number"), int) else None
