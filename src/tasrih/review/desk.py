"""The desk: the records of a folder, what is to be decided of them, and changes to them, each on a version.

Nothing is kept in memory but where the folder is: a record and the log beside it say all, to every desk on the folder.
"""

import os
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial, reduce
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from tasrih import confirmation
from tasrih.errors import ArgumentError, MissingError, RefusedError, TasrihError
from tasrih.record import Annotator, Article, Json, to_json
from tasrih.resources import corpus_around, corpus_in
from tasrih.review import log
from tasrih.review.changes import CHANGES, Keep, Renumber, Take
from tasrih.review.effects import Changed, changed, valid
from tasrih.review.folder import Read, file_of, key_of, locked, names, put, read, read_version, version_of
from tasrih.review.guidelines import cited
from tasrih.review.items import Item, as_json, item_of, items, ordered
from tasrih.review.outline import differences, undone
from tasrih.review.readings import Readings, disputed, readings, taking
from tasrih.terminal import clean
from tasrih.validation.findings import Finding, Report
from tasrih.validation.roads import check

_TOLD = ("code", "severity", "message", "pointer", "excerpt", "suggestion")
_PAGE = 200  # articles that are listed at once, at most
_PAGE_OF_TWO = 50  # of two readings


@dataclass(frozen=True)
class Desk:
    """A folder of records that a reader decides, the second reading of them, and where what is confirmed goes."""

    folder: Path
    reader: Annotator
    corpus: Path | None = None
    second: Path | None = None


def desk(
    folder: Path, reader: str, *, kind: str = "human", corpus: Path | None = None, second: Path | None = None
) -> Desk:
    """A desk on a folder; of a corpus, on its articles.

    Raises TasrihError when it is none, holds no JSON, or the reader's name is no pseudonym, and when the folder of the
    second reading is the same or has no file of the same name: all would look as if the readings agreed.
    """
    for given in filter(None, (folder, second)):
        if not given.is_dir():
            raise ArgumentError("no such folder. Give the one that holds the drafts.", path=given)
    known = names(_records_of(folder))
    if not known:
        raise MissingError("there are no records in it. `tasrih draft --out` makes drafts.", path=folder)
    if second and _records_of(second).samefile(_records_of(folder)):
        raise ArgumentError("is the first reading itself. Give the folder of the second one.", path=second)
    if second and not set(known) & set(names(_records_of(second))):
        raise MissingError(
            f"has no file called as one of {clean(str(folder))}, such as {clean(known[0])}. The two readings of an "
            "article are files of the same name.",
            path=second,
        )
    return Desk(_records_of(folder), confirmation.annotator(reader, kind), corpus, second and _records_of(second))


def _records_of(folder: Path) -> Path:
    corpus = corpus_in(folder)
    return corpus / "articles" if corpus else folder


def listing(at: Desk, start: int = 0, count: int = _PAGE) -> Json:
    """A page of the articles of a folder, by name, with how much of them is open.

    What is broken has an `error` in place of counts. No article is validated. What two readings disagree on is counted,
    which takes its time, so that fewer are listed at once.
    """
    found = names(at.folder)
    start = min(max(start, 0), len(found))
    shown = islice(found, start, start + min(max(count, 1), _PAGE if at.second is None else _PAGE_OF_TWO))
    return {
        "total": len(found),
        "start": start,
        "second": at.second is not None,
        "reader": at.reader.id,
        "articles": [_listed(at, name) for name in shown],
    }


def article(at: Desk, key: str) -> Json:
    """All that the page shows of an article. Raises TasrihError when it is not there, no record, or without words."""
    return _shown(at, read(file_of(at.folder, key)))


def decide(at: Desk, key: str, version: str, change: Any, why: str = "") -> Json:
    """Applies a change to a version of an article, and gives the article after it, with what was `told`.

    Raises StaleError when the file is another version by now, and TasrihError when the change cannot be made; in both
    cases nothing is written.
    """
    file = file_of(at.folder, key)
    with locked(at.folder):
        found = read_version(file, version)
        done = _done(at, found, change)
        entry = {"change": change.model_dump(mode="json", exclude_unset=True), "items": done.decided, "why": why}
        noted = {change.item: True} if isinstance(change, Keep) else _noted(done)
        after = _put(at, found, done.record, entry | {"told": done.told, "noted": noted})
    return _shown(at, after) | {"told": done.told, "decided": done.decided}


def undo(at: Desk, key: str, version: str, number: int | None = None, why: str = "") -> Json:
    """Takes back a decision of the log, by its number or the last that is not taken back; itself a decision.

    Raises StaleError as `decide` does, and TasrihError when there is none, or what it changed has changed since.
    """
    file = file_of(at.folder, key)
    with locked(at.folder):
        found = read_version(file, version)
        entry = _to_undo(log.read(file).standing(version), number)
        told = [f"Decision {entry['number']} is taken back."]
        back = {"change": {"op": "undo", "number": entry["number"]}, "items": entry["items"], "why": why, "told": told}
        after = _put(at, found, valid(undone(found.record, entry["changed"])), back)
    return _shown(at, after) | {"told": told, "decided": []}


def confirm(at: Desk, key: str, version: str, collection: str | None = None) -> Json:
    """Makes a record of a draft that was read, as `tasrih confirm` does; ids count from 1 before that.

    Gives `moved`, the record's file, and `told`, or the article with `told` when errors keep it. A record that was
    reviewed before stays where it is, and lists the reader. Raises StaleError, and TasrihError when something is open
    yet, or a file is in the way.
    """
    file = file_of(at.folder, key)
    with locked(at.folder):
        found = read_version(file, version)
        _refuse_open(at, found)
        done = changed(found.record, Renumber(op="renumber"))
        if done.record != found.record:
            found = _put(at, found, done.record, {"change": {"op": "renumber"}, "items": [], "told": done.told})
        if found.record["metadata"]["annotation"]["status"] == "reviewed":
            return _signed_again(at, found)
        made = confirmation.confirmed(file, at.reader, collection=collection, corpus=at.corpus)
        if made.report.ok:
            moved = {"op": "confirm", "to": clean(str(made.file))}
            entry = _signed(at, found, {"change": moved, "items": [], "changed": []}, made.data)
            confirmation.move(made)
            findings = _findings(made.report, found.record)
            return {"moved": moved["to"], "findings": findings, "told": _logged(file, entry)}
    told = ["It is no record yet: errors keep it where it is."]
    return _shown(at, found, made.report) | {"told": told, "decided": []}


def _logged(file: Path, entry: Json) -> list[str]:
    """Logs what is done already; says what keeps it from being logged, since it is no reason to call it undone."""
    try:
        log.append(file, entry)
    except (TasrihError, OSError) as error:
        return [clean(f"That it was confirmed is not in the log: {error}")]
    return []


def _signed_again(at: Desk, found: Read) -> Json:
    """A record that was reviewed before, with the reader among its annotators, unless there are errors in it."""
    report = check(str(found.file), found.data, within=at.corpus or corpus_around(found.file))
    if not report.ok:
        told = ["It does not list you: there are errors in it."]
        return _shown(at, found, report) | {"told": told, "decided": []}
    after = deepcopy(found.record)
    annotation = after["metadata"]["annotation"]
    annotation["annotators"] = confirmation.annotators(found.file, annotation["annotators"], at.reader)
    told = [f"It was reviewed before, and lists {at.reader.id} now."]
    if after != found.record:
        found = _put(at, found, after, {"change": {"op": "sign"}, "items": [], "told": told})
    return _shown(at, found) | {"told": told, "decided": []}


def decisions(at: Desk, key: str) -> Json:
    """The log of an article: `entries`, the numbers of those that are `standing`, and what is wrong with its lines.

    `torn` is whether the last line is, `odd` how many lines are no decisions.
    """
    file = file_of(at.folder, key)
    found = log.read(file)
    standing = [entry["number"] for entry in found.standing(read(file).version)]
    return {"entries": found.entries, "standing": standing, "torn": bool(found.torn), "odd": found.odd}


def _listed(at: Desk, name: str) -> Json:
    told: Json = {"key": key_of(name), "file": clean(name)}
    try:
        found = read(file_of(at.folder, told["key"]))
        every, _ = _every_item(at, found)
    except TasrihError as error:
        return told | {"error": clean(str(error))}
    return told | {
        "id": found.record["id"],
        "title": found.record["paragraphs"][0]["text"],
        "status": found.record["metadata"]["annotation"]["status"],
        "items": len(every),
        "open": sum(not item.decided for item in every),
    }


def _done(at: Desk, found: Read, change: Any) -> Changed:
    """The record after a change. What a reader takes from the second reading is made of several."""
    if not isinstance(change, Keep | Take):
        return changed(found.record, change)
    both = _readings(at, found)
    if both is None or change.item not in both.found:
        raise RefusedError(f"The readings do not disagree on {change.item} any more.")
    if isinstance(change, Keep):
        return Changed(found.record, [], [change.item])

    def one_more(so_far: Changed, step: Json) -> Changed:
        done = changed(so_far.record, CHANGES.validate_json(orjson.dumps(step)))
        return Changed(done.record, so_far.told + done.told, so_far.decided + done.decided)

    return reduce(one_more, taking(both, change.item), Changed(found.record, [], [change.item]))


def _noted(done: Changed) -> Json:
    """What was decided and no record can say: of parts of quotes, and of entities apart from their mentions."""
    silent = ("cue", "speaker", "addressee", "entity")
    return {item.item: item.value for item in items(done.record) if item.item in done.decided and item.kind in silent}


def _readings(at: Desk, found: Read) -> Readings | None:
    """The readings of an article; None when there is no second one. Raises TasrihError when that cannot be read."""
    other = _second(at, found.file)
    return readings(found.record, read(other).record) if other else None


def _second(at: Desk, file: Path) -> Path | None:
    """The file of the second reading of an article; None where there is none. Raises TasrihError when it is odd."""
    if at.second is None:
        return None
    try:
        return file_of(at.second, key_of(os.path.relpath(file, at.folder)))
    except MissingError:
        return None


def _alone(at: Desk, file: Path) -> bool:
    """Whether an article has no second reading though there is a folder of them."""
    with suppress(TasrihError):  # an odd one is told as such
        return at.second is not None and _second(at, file) is None
    return False


def _every_item(at: Desk, found: Read) -> tuple[list[Item], str | None]:
    """The items of an article, what readings disagree on among them, and what keeps these from being told."""
    noted = log.read(found.file).noted(found.version)
    own = items(found.record, noted)
    try:
        both = _readings(at, found)
    except TasrihError as error:
        return own, clean(str(error))
    return own + (disputed(both, noted) if both else []), None


def _refuse_open(at: Desk, found: Read) -> None:
    every, trouble = _every_item(at, found)
    left = [item.item for item in every if not item.decided]
    if left or trouble:
        many = "1 item is open:" if len(left) == 1 else f"{len(left)} items are open, the first of them"
        raise RefusedError(trouble or f"{many} {left[0]}. Decide all of them first.")


def _put(at: Desk, found: Read, after: Json, entry: Json) -> Read:
    """Logs a decision, and writes the record after it, if that is another one."""
    changes = differences(found.record, after)
    new = to_json(Article.model_validate_json(orjson.dumps(after))) if changes else found.data
    log.append(found.file, _signed(at, found, entry | {"changed": changes}, new))
    if changes:
        put(found, new)
    return Read(found.file, new, orjson.loads(new))


def _signed(at: Desk, found: Read, entry: Json, after: bytes) -> Json:
    signature = {
        "number": log.read(found.file).number,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": at.reader.model_dump(mode="json"),
    }
    return signature | entry | {"before": found.version, "after": version_of(after)}


def _to_undo(standing: list[Json], number: int | None) -> Json:
    if number is None:
        found = [entry for entry in standing if entry["change"]["op"] not in ("undo", "confirm")][-1:]
    else:
        found = [entry for entry in standing if entry["number"] == number and entry["change"]["op"] != "confirm"]
    if not found:
        raise RefusedError(
            "There is no such decision to take back." if number else "There is no decision to take back."
        )
    return found[-1]


def _findings(report: Report, record: Json) -> list[Json]:
    return list(map(partial(_finding, record), report.findings))


def _finding(record: Json, finding: Finding) -> Json:
    told = {name: getattr(finding, name) for name in _TOLD}
    return told | {"item": item_of(record, finding), "guide": cited(finding.code)}


def _shown(at: Desk, found: Read, report: Report | None = None) -> Json:
    file = found.file
    findings = _findings(report or check(str(file), found.data, within=at.corpus or corpus_around(file)), found.record)
    every, trouble = _every_item(at, found)
    decided = log.read(file)
    wrong = {finding["item"] for finding in findings if finding["item"] and finding["severity"] == "error"}
    name = os.path.relpath(file, at.folder)
    return {
        "key": key_of(name),
        "file": clean(name),
        "version": found.version,
        "record": found.record,
        "items": [as_json(item) for item in ordered(every, found.record, wrong)],
        "findings": findings,
        "open": sum(not item.decided for item in every),
        "decisions": len(decided.entries),
        "torn": bool(decided.torn),
        "second": at.second is not None and any(item.kind == "difference" for item in every),
        "alone": _alone(at, file),
        "trouble": trouble,
    }
