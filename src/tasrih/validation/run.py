"""From paths or records to a report: many slices, on one processor or several."""

import os
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from operator import attrgetter
from pathlib import Path as FilePath
from typing import Any

import orjson

from tasrih import arguments, overlap
from tasrih.engines import Engine, check, scheduled
from tasrih.errors import ArgumentError
from tasrih.overlap import Pair
from tasrih.reading import Document, Place, Slice, batched, from_offset, line_counter, read_again, slices, spooled
from tasrih.record import Json
from tasrih.resources import corpus_folder
from tasrih.standoff.filling import opened
from tasrih.validation.findings import Problem, Report
from tasrih.validation.inspection import Inspection, Task
from tasrih.validation.parsing import parse
from tasrih.validation.placement import placed
from tasrih.validation.register import check_register
from tasrih.validation.registry import chosen
from tasrih.validation.roads import Road, road
from tasrih.validation.rules import corpus
from tasrih.validation.since import touched
from tasrih.validation.verdicts import enter

_BATCH_BYTES = 8 * 2**20
_PROCESS_BYTES = 50 * 10**6  # which one process has looked through when another one begins to gain
Source = str | os.PathLike[str] | Json
_Lines = Callable[[Slice], int]


def validate(  # noqa: PLR0913
    sources: Source | Iterable[Source] | None = None,
    *,
    within: str | os.PathLike[str] | None = None,
    select: str | Iterable[str] | None = None,
    ignore: str | Iterable[str] | None = None,
    since: str | None = None,
    engine: Engine = "local",
    jobs: int = 1,
) -> Report:
    """What is wrong with records: files, folders, JSON Lines, "-", or records as dicts; by default the bundled corpus.

    One of them may stand alone; a list of none is refused.
    A record is held against the corpus folder it is in; `within` names another (or one for records that are in
    none). `select` and `ignore` are codes of rules or their beginnings (`Q`, `Q1`, `Q101`); what cannot be read is
    always reported. With `since`, only the records that differ from that git revision are reported, while all are
    looked through for doubles. `engine` is "local", with `jobs` processes at most, or "spark".

    Raises TasrihError for a path, code or revision that does not exist.

    >>> record = tasrih.load()["2019-10-08-port-salaries"].record.model_dump(mode="json", exclude_unset=True)
    >>> tasrih.validate(record).ok
    True
    >>> record["quotes"][0]["speaker"]["entity"] = "e99"
    >>> tasrih.validate(record).by_code()
    {'Q113': 1}
    """
    check(engine, jobs)
    wanted = chosen(select, ignore)
    folder = None if within is None else FilePath(arguments.folder("within", within))
    since = None if since is None else arguments.text("--since", since)
    with ExitStack() as stack:
        parts = _parts(arguments.several(corpus_folder() if sources is None else sources), stack)
        files = None if since is None else touched(since, {FilePath(part.file).absolute() for part in parts})
        task = Task(folder, files, len(parts) > 1 or any(part.is_lines for part in parts), wanted)
        way, lines_before = road(parts), line_counter()
        batches = scheduled(
            partial(way.inspect, task),
            list(batched(parts, _BATCH_BYTES, attrgetter("size"))),
            min(jobs, 1 + sum(part.size for part in parts) // _PROCESS_BYTES) if jobs > 1 else 1,
            engine,
        )
        report, seen = _gathered(way, batches, parts, lines_before)
        _add_doubles(way, report, seen, parts, lines_before)
    order = {name: number for number, name in enumerate(dict.fromkeys(part.name or part.file for part in parts))}
    for findings in (report.findings, report.waived):
        findings[:] = [finding for finding in findings if finding.code in wanted]
        findings.sort(key=lambda finding: (order.get(finding.file, -1), finding.line, finding.column, finding.code))
    return report


def _parts(sources: list[Source], stack: ExitStack) -> list[Slice]:
    parts: list[Slice] = []
    if not sources:
        raise ArgumentError("There are no records to check: the list is empty.")
    for number, source in enumerate(sources, 1):
        if isinstance(source, dict):
            parts.append(_given(source, f"<record {number}>"))
        elif source == "-":
            parts += stack.enter_context(spooled(sys.stdin.buffer))
        else:
            parts += slices([arguments.path("sources", source)])
    return parts


def _given(record: Json, name: str) -> Slice:
    """A record that was handed over as a dict."""
    try:
        return Slice("", data=orjson.dumps(record), name=name)
    except orjson.JSONEncodeError as error:
        raise ArgumentError(f"{name}: holds what JSON cannot say ({error}). Give what `json.loads` makes.") from error


def _gathered(
    way: Road, batches: Iterable[list[Inspection]], parts: list[Slice], lines_before: _Lines
) -> tuple[Report, Any]:
    """The findings of all slices, and of the registers of their corpora."""
    report, seen, folders = Report(), list[Any](), set[FilePath]()
    number = 0
    for batch in batches:
        seen.append(way.numbered(batch, number))
        for inspection in batch:
            _add(report, inspection, lines_before, parts[number])
            folders |= {around.folder for around in inspection.folders.values()}
            number += 1
    for folder in sorted(folders):
        report.findings += check_register(folder)[1]
    return report, way.together(seen)


def _add(report: Report, inspection: Inspection, lines_before: _Lines, part: Slice) -> None:
    found = inspection.report
    before = lines_before(part) if part.start and (found.findings or found.waived) else 0
    report.records += found.records
    report.findings += [replace(finding, line=finding.line + before) for finding in found.findings]
    report.waived += [replace(finding, line=finding.line + before) for finding in found.waived]


def _add_doubles(way: Road, report: Report, seen: Any, parts: list[Slice], lines_before: _Lines) -> None:
    """Enters what only several records together show."""
    if len(seen) < 2:
        return
    same, near = way.candidates(seen)
    numbers = {number for pair in (*same, *near) for number in pair}
    found = {number: way.places(seen, number) for number in numbers}
    places = {number: (parts[part], offset) for number, (part, offset) in found.items()}
    with read_again(places.values()) as document_at:
        read = lru_cache(maxsize=2)(lambda number: _read(places[number], document_at))  # a pair, while it is looked at
        _enter_doubles(report, same, near, read, lines_before)


def _enter_doubles(
    report: Report, same: list[Pair], near: list[Pair], read: Callable[[int], "_Read"], lines_before: _Lines
) -> None:
    taken: set[Pair] = set()
    for one, other in overlap.same(same, lambda number: read(number).record["id"]):
        taken |= {(one, other), (other, one)}
        first = read(one)
        place = first.document(lines_before).place
        _enter_double(report, read(other), "C101", corpus.id_taken(first.record["id"], place), lines_before)
    for one, other, shared in overlap.near(near, lambda number: read(number).record):
        if (one, other) not in taken:
            place = read(one).document(lines_before).place
            _enter_double(report, read(other), "C102", corpus.near_duplicate(place, shared), lines_before)


@dataclass(frozen=True)
class _Read:
    """A record that was read again, and where."""

    part: Slice
    found: Document
    record: Json

    def document(self, lines_before: _Lines) -> Document:
        """The document with its line in the whole file."""
        if not self.part.start:
            return self.found
        return replace(self.found, line=1 + lines_before(self.part))


def _read(place: Place, document_at: Callable[[Place], Document]) -> _Read:
    document = document_at(place)
    return _Read(from_offset(*place), document, opened(parse(document.read())[0]))


def _enter_double(report: Report, read: _Read, code: str, problem: Problem, lines_before: _Lines) -> None:
    document = read.document(lines_before)
    enter(report, read.record, placed(document, document.read(), [(code, problem)]))
