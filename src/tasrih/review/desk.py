"""The desk: the records of a folder, what is to be decided of them, and changes to them, each on a version.

Nothing is kept in memory but where the folder is: a record and the log beside it say all, to every desk on the folder.
"""

import hashlib
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock, Timeout

from tasrih import confirmation
from tasrih.errors import (
    ArgumentError,
    InvalidError,
    MissingError,
    RefusedError,
    TasrihError,
    UnavailableError,
    WithheldError,
    unreadable,
)
from tasrih.files import replace
from tasrih.keys import refuse_repeated
from tasrih.reading import files_below, read_bytes
from tasrih.record import Annotator, Article, Json, to_json
from tasrih.resources import corpus_around
from tasrih.review import log
from tasrih.review.changes import Renumber
from tasrih.review.effects import changed, valid
from tasrih.review.items import Item, as_json, item_of, items, ordered
from tasrih.review.outline import differences, undone
from tasrih.standoff.models import is_standoff
from tasrih.terminal import clean
from tasrih.validation.batches import check
from tasrih.validation.findings import Finding, Report

_LOCK = ".tasrih-review.lock"
_PATIENCE = 10  # seconds that a desk waits while another writes
_TOLD = ("code", "severity", "message", "pointer", "excerpt", "suggestion")
_PAGE = 200  # articles that are listed at once, at most


class StaleError(RefusedError):
    """The file is not the version that a change was made on."""


@dataclass(frozen=True)
class Desk:
    """A folder of records that a reader decides, and where what is confirmed goes."""

    folder: Path
    reader: Annotator
    corpus: Path | None = None
    second: Path | None = None


def desk(
    folder: Path, reader: str, *, kind: str = "human", corpus: Path | None = None, second: Path | None = None
) -> Desk:
    """A desk on a folder. Raises TasrihError when it is none, holds no JSON, or the reader's name is no pseudonym."""
    for given in filter(None, (folder, second)):
        if not given.is_dir():
            raise ArgumentError("no such folder. Give the one that holds the drafts.", path=given)
    made = Desk(folder, confirmation.annotator(reader, kind), corpus, second)
    if not _names(made):
        raise MissingError("there are no records in it. `tasrih draft --out` makes drafts.", path=folder)
    return made


def listing(at: Desk, start: int = 0, count: int = _PAGE) -> Json:
    """A page of the articles of a folder, by name: `{total, start, articles: [{key, file, title, items, open, …}]}`.

    What is broken has an `error` in place of counts. No article is validated.
    """
    names = _names(at)
    start = max(start, 0)
    shown = islice(names, start, start + min(max(count, 1), _PAGE))
    return {"total": len(names), "start": start, "articles": [_listed(at, name) for name in shown]}


def article(at: Desk, key: str) -> Json:
    """All that the page shows of an article; see `tasrih.review.api`.

    Raises TasrihError when there is no such file, when it is no record, and when it has no words.
    """
    file = _file(at, key)
    data, record = _read(file)
    return _shown(at, key, file, data, record)


def decide(at: Desk, key: str, version: str, change: Any, why: str = "") -> Json:
    """Applies a change to a version of an article, and gives the article after it, with what was `told`.

    Raises StaleError when the file is another version by now, and TasrihError when the change cannot be made; in both
    cases nothing is written.
    """
    file = _file(at, key)
    with _locked(at):
        data, record = _on(file, version)
        done = changed(record, change)
        entry = {"change": change.model_dump(mode="json", exclude_unset=True), "items": done.decided}
        after = _put(at, file, data, record, done.record, entry | {"why": why, "told": done.told})
    return _shown(at, key, file, *after) | {"told": done.told, "decided": done.decided}


def undo(at: Desk, key: str, version: str, number: int | None = None, why: str = "") -> Json:
    """Takes back a decision of the log, by its number or the last that is not taken back; itself a decision.

    Raises StaleError as `decide` does, and TasrihError when there is none, or what it changed has changed since.
    """
    file = _file(at, key)
    with _locked(at):
        data, record = _on(file, version)
        entries = log.read(file).entries
        entry = _to_undo(entries, number, _version(data))
        after_undo = valid(undone(record, entry["changed"]))
        gone = dict.fromkeys(entry.get("parts", {}))
        told = [f"Decision {entry['number']} is taken back."]
        new = {"change": {"op": "undo", "number": entry["number"]}, "items": entry["items"], "why": why, "told": told}
        after = _put(at, file, data, record, after_undo, new | {"parts": gone})
    return _shown(at, key, file, *after) | {"told": told, "decided": []}


def confirm(at: Desk, key: str, version: str, collection: str | None = None) -> Json:
    """Makes a record of a draft that was read, as `tasrih confirm` does; ids count from 1 before that.

    Gives `{"moved": file}`, or the article with `told` when errors keep it. Raises StaleError and TasrihError.
    """
    file = _file(at, key)
    with _locked(at):
        data, record = _on(file, version)
        left = [item.item for item in _items(file, record) if not item.decided]
        if left:
            raise RefusedError(f"{len(left)} items are open, the first of them {left[0]}. Decide them first.")
        done = changed(record, Renumber(op="renumber"))
        if done.record != record:
            data, record = _put(at, file, data, record, done.record, {"change": {"op": "renumber"}, "items": []})
        made = confirmation.confirmed(file, at.reader, collection=collection, corpus=at.corpus)
        if made.report.ok:
            entry = {"change": {"op": "confirm", "to": clean(str(made.file))}, "items": [], "changed": []}
            log.append(file, _signed(at, file, entry, data, made.data))
            confirmation.move(made)
            return {"moved": clean(str(made.file)), "findings": _findings(made.report, record)}
    told = ["It is no record yet: errors keep it where it is."]
    shown = _shown(at, key, file, data, record, made.report)
    return shown | {"told": told, "decided": []}


def decisions(at: Desk, key: str) -> Json:
    """The log of an article: `{entries, torn, odd}`; `torn` is whether its last line is not whole."""
    found = log.read(_file(at, key))
    return {"entries": found.entries, "torn": bool(found.torn), "odd": found.odd}


def _names(at: Desk) -> list[str]:
    """The records of the folder, as paths below it."""
    return [os.path.relpath(file, at.folder) for file in files_below(at.folder) if file.suffix == ".json"]


def _key(name: str) -> str:
    """A name as letters that an address can hold, whatever bytes it is made of."""
    return urlsafe_b64encode(os.fsencode(name)).decode().rstrip("=")


def _file(at: Desk, key: str) -> Path:
    """The file that a key is of. Raises TasrihError when it is none of the folder's."""
    try:
        name = os.fsdecode(urlsafe_b64decode(key + "=" * (-len(key) % 4)))
        file = at.folder / name
        inside = file.resolve().is_relative_to(at.folder.resolve()) and ".." not in Path(name).parts
    except (ValueError, OSError) as error:
        raise MissingError("There is no such article in the folder.") from error
    if not inside or file.suffix != ".json" or not file.is_file():
        raise MissingError("There is no such article in the folder. It may have been moved; list the articles anew.")
    return file


def _listed(at: Desk, name: str) -> Json:
    told: Json = {"key": _key(name), "file": clean(name)}
    try:
        file = _file(at, told["key"])
        _, record = _read(file)
        found = _items(file, record)
    except TasrihError as error:
        return told | {"error": clean(str(error))}
    return told | {
        "id": record["id"],
        "title": record["paragraphs"][0]["text"],
        "status": record["metadata"]["annotation"]["status"],
        "items": len(found),
        "open": sum(not item.decided for item in found),
    }


def _items(file: Path, record: Json) -> list[Item]:
    return items(record, log.parts_decided(log.read(file).entries))


def _read(file: Path) -> tuple[bytes, Json]:
    """The bytes of a record and what they say. Raises TasrihError when they are none that can be reviewed."""
    try:
        data = read_bytes(str(file))
    except OSError as error:
        raise unreadable(file, error) from error
    try:
        record: Json = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        raise InvalidError(f"no JSON ({error}). Mend it by hand.", path=file) from error
    if is_standoff(record):
        raise WithheldError(file)
    try:
        refuse_repeated(str(file), data)
        return data, valid(record)
    except InvalidError as error:
        raise InvalidError(f"no record: `tasrih validate` says all of it. {error}", path=file) from error


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _on(file: Path, version: str) -> tuple[bytes, Json]:
    data, record = _read(file)
    if _version(data) != version:
        raise StaleError(
            "The file has changed since you read it: another desk, an editor or git wrote it. Nothing was written. "
            "Read it again, and decide anew."
        )
    return data, record


@contextmanager
def _locked(at: Desk) -> Iterator[None]:
    """The lock of the folder, which the system takes from whoever is killed."""
    try:
        with FileLock(at.folder / _LOCK, timeout=_PATIENCE):
            yield
    except Timeout as error:
        raise UnavailableError("another desk has been writing for long. Try again.", path=at.folder) from error
    except OSError as error:
        raise UnavailableError(f"cannot be written ({error.strerror}).", path=error.filename) from error


def _put(at: Desk, file: Path, data: bytes, record: Json, after: Json, entry: Json) -> tuple[bytes, Json]:
    """Logs a decision, and writes the record after it, if that is another one."""
    changes = differences(record, after)
    new = to_json(Article.model_validate_json(orjson.dumps(after))) if changes else data
    parts = {name: _part(after, name) for name in entry["items"] if "." in name and "@" not in name}
    log.append(file, _signed(at, file, {"parts": parts} | entry | {"changed": changes}, data, new))
    if new != data:
        if read_bytes(str(file)) != data:
            raise StaleError("The file has just been changed by somebody else. Nothing was written. Read it again.")
        replace(file, new)
    return new, orjson.loads(new)


def _part(record: Json, name: str) -> Any:
    quote, _, part = name.partition(".")
    return next((one.get(part) for one in record["quotes"] if one["id"] == quote), None)


def _signed(at: Desk, file: Path, entry: Json, before: bytes, after: bytes) -> Json:
    number = max((one["number"] for one in log.read(file).entries), default=0) + 1
    when = datetime.now(UTC).isoformat(timespec="seconds")
    who = at.reader.model_dump(mode="json")
    return {"number": number, "when": when, "who": who} | entry | {"before": _version(before), "after": _version(after)}


def _to_undo(entries: list[Json], number: int | None, version: str) -> Json:
    back = {entry["change"].get("number") for entry in entries if entry["change"]["op"] == "undo"}
    if number is None:
        live = [entry for entry in entries if entry["number"] not in back and entry["change"]["op"] != "undo"]
        live = [entry for entry in live if entry["before"] != version or entry["before"] == entry["after"]]
        number = live[-1]["number"] if live else None
    found = next((entry for entry in entries if entry["number"] == number), None)
    if found is None or found["change"]["op"] == "confirm":
        raise RefusedError("There is no decision to take back.")
    if number in back:
        raise RefusedError(f"Decision {number} was taken back before.")
    return found


def _checked(at: Desk, file: Path, data: bytes) -> Report:
    return check(str(file), data, within=at.corpus or corpus_around(file))


def _findings(report: Report, record: Json) -> list[Json]:
    return [_finding(finding, record) for finding in report.findings]


def _finding(finding: Finding, record: Json) -> Json:
    told = {
        name: getattr(finding, name) for name in ("code", "severity", "message", "pointer", "excerpt", "suggestion")
    }
    return told | {"item": item_of(record, finding)}


def _shown(at: Desk, key: str, file: Path, data: bytes, record: Json, report: Report | None = None) -> Json:
    found = log.read(file)
    findings = _findings(report or _checked(at, file, data), record)
    all_items = items(record, log.parts_decided(found.entries))
    wrong = {finding["item"] for finding in findings if finding["item"]}
    return {
        "key": key,
        "file": clean(os.path.relpath(file, at.folder)),
        "version": _version(data),
        "record": record,
        "items": [as_json(item) for item in ordered(all_items, record, wrong)],
        "findings": findings,
        "open": sum(not item.decided for item in all_items),
        "decisions": len(found.entries),
        "torn": bool(found.torn),
    }
