"""From tasks, as Label Studio exports them, to records: what annotators leave half done is told."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, NamedTuple, TypeGuard

import orjson

from tasrih.arguments import shown
from tasrih.errors import TasrihError
from tasrih.interchange.inputs import Source
from tasrih.interchange.labels import ATTRIBUTES, LABELS, LINKS, TYPES
from tasrih.interchange.labelstudio.configuration import FIELDS, LABEL, PIECE, TEXT
from tasrih.interchange.readings import to_record
from tasrih.interchange.regions import Marked, Piece, Region, Relation, utf16
from tasrih.record import Json

_BLANK = re.compile(r"\s*")
_COMMA = re.compile(r"\s*,?\s*")
_RESULT = re.compile(r'"id"\s*:\s*"([^"\\]*)"')
_RELATION = re.compile(r'\{[^{}]*"from_id"[^{}]*\}')
_SUFFIX = re.compile("#.*")
"""What the editor puts behind the ids of regions while it has them."""
_DIRECTIONS = ("right", "left", "bi")
_SCANNER = json.JSONDecoder()

Tell = Callable[[str, "int | None"], None]
"""Tells what is wrong with a task, in which line if that is known."""


class _Mark(NamedTuple):
    """A region: its kind, its place as it was counted, its words, what is said of it, and its line."""

    kind: str
    piece: Piece
    words: str | None
    attributes: dict[str, str]
    line: int | None


class _Lines(NamedTuple):
    """In which lines the results of a task are: those of regions by their ids, relations by those of both ends."""

    of_task: int
    regions: Mapping[str, int]
    relations: Mapping[tuple[str, str], int]

    def of(self, result: Json) -> int:
        """The line of a result, or else that of the task."""
        ends = _id(result.get("from_id")), _id(result.get("to_id"))
        return self.regions.get(_id(result.get("id"))) or self.relations.get(ends) or self.of_task


def read(source: Source) -> Iterator[Json | TasrihError]:
    """The records of an export, one after the other."""
    for line, data in _tasks(source):
        try:
            task = orjson.loads(data)
        except orjson.JSONDecodeError as error:
            yield source.error(f"this task is no JSON ({error.msg}).", line + data.count("\n", 0, error.pos))
            continue
        yield from _read(task, data, line, source)


def _tasks(source: Source) -> Iterator[tuple[int, str]]:
    """The tasks of a list, or one after another, as they are written, with the line in which each begins."""
    text = source.text()
    begun = _next(_BLANK, text, 0)
    line = 1 + text.count("\n", 0, begun)
    is_list = text.startswith("[", begun)
    at = _next(_BLANK, text, begun + is_list)
    if at == len(text) or text.startswith("]", at):
        raise source.error("there is no task in it.")
    while at < len(text) and not text.startswith("]", at):
        line += text.count("\n", begun, at)
        begun = at
        yield line, text[at : (end := _end(text, at, line, source))]
        at = _next(_COMMA, text, end)
    if is_list and at == len(text):
        raise source.error("the list of tasks does not end: a part of it is missing.", line)


def _end(text: str, at: int, line: int, source: Source) -> int:
    """Where the value ends that begins at a place."""
    try:
        return _SCANNER.raw_decode(text, at)[1]
    except json.JSONDecodeError as error:
        raise source.error(f"it is no JSON ({error.msg}); what follows was not read.", error.lineno) from error
    except RecursionError as error:
        raise source.error("it is too deep to be a list of tasks.", line) from error


def _next(between: re.Pattern[str], text: str, at: int) -> int:
    found = between.match(text, at)
    return found.end() if found else at


def _read(task: Any, data: str, line: int, source: Source) -> Iterator[Json | TasrihError]:
    about = task.get("data") if isinstance(task, dict) else None
    text = about.get(TEXT) if isinstance(about, dict) else None
    if not isinstance(about, dict) or not isinstance(text, str):
        yield source.error(f"this is no task with an article: it has no data.{TEXT}. Export as JSON.", line)
        return
    name = about.get("id") if isinstance(about.get("id"), str) else source.stem
    told: list[TasrihError] = []

    def tell(message: str, at: int | None) -> None:
        told.append(source.error(f"{name}: {message}", at or line))

    given = _given(task, partial(tell, at=line))
    made: Iterable[Json | TasrihError] = ()
    if given is not None:
        several = sum(len(_listed(task.get(one))) for one in ("annotations", "predictions")) > 1
        lines = _Lines(line, {}, {}) if several else _lines(data, line)
        made = to_record(_marked(str(name), text, given, lines, tell), source)
    yield from told
    yield from made


def _listed(value: Any) -> list[Json]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _given(task: Json, tell: Callable[[str], None]) -> list[Json] | None:
    """The results that count: those of the newest annotation that was submitted, or without any of a prediction."""
    annotations = _listed(task.get("annotations"))
    skipped = [one for one in annotations if one.get("was_cancelled") or not isinstance(one.get("result"), list)]
    submitted = sorted((one for one in annotations if one not in skipped), key=_rank)
    for one in skipped:
        tell(f"{_who(one)} skipped it; that annotation was left out.")
    for one in _listed(task.get("drafts")):
        tell(f"{_who(one)} did not submit a draft; it was left out.")
    if submitted:
        *others, taken = submitted
        for one in others:
            why = "the ground truth" if taken.get("ground_truth") is True else "newer"
            tell(f"{_who(one)} annotated it too; the annotation of {_who(taken)} was taken, which is {why}.")
        return _results(taken, tell)
    predictions = [] if skipped else [one for one in _listed(task.get("predictions")) if _listed(one.get("result"))]
    if len(predictions) > 1:
        tell(f"it has {len(predictions)} predictions and no annotation; the last was taken.")
    if predictions or (task.get("predictions") and not skipped):
        return _results(predictions[-1], tell) if predictions else []
    tell("nobody has annotated it; it was left out.")
    return None


def _rank(annotation: Json) -> tuple[bool, str]:
    """By how much an annotation counts."""
    changed = annotation.get("updated_at") or annotation.get("created_at")
    return annotation.get("ground_truth") is True, str(changed or "")


def _who(annotation: Json) -> str:
    """Who made an annotation, as exports have it: an id, or an account."""
    given = annotation.get("completed_by", annotation.get("user"))
    if isinstance(given, dict):
        given = given.get("email") or given.get("id")
    return f"annotator {shown(given)}" if given is not None else "somebody"


def _results(annotation: Json, tell: Callable[[str], None]) -> list[Json]:
    results = annotation["result"]
    found = _listed(results)
    if len(found) < len(results):
        tell(f"{len(results) - len(found)} of its results are no objects; they were left out.")
    return found


def _lines(data: str, first: int) -> _Lines:
    """In which lines the results of a task with one annotation are."""
    regions: dict[str, int] = {}
    relations: dict[tuple[str, str], int] = {}
    for number, line in enumerate(data.split("\n"), first):
        for found in _RESULT.finditer(line):
            regions.setdefault(_id(found[1]), number)
    number, place = first, 0
    for found in _RELATION.finditer(data):
        number += data.count("\n", place, found.start())
        place = found.start()
        with suppress(orjson.JSONDecodeError):  # a brace in a text may come before it
            relation = orjson.loads(found[0])
            relations.setdefault((_id(relation["from_id"]), _id(relation.get("to_id"))), number)
    return _Lines(first, regions, relations)


def _id(given: Any) -> str:
    return _SUFFIX.sub("", given) if isinstance(given, str) else ""


def _marked(name: str, text: str, given: Sequence[Json], lines: _Lines, tell: Tell) -> Marked:
    """The text of a task with what an annotation marks in it."""
    marks: dict[str, _Mark] = {}
    for result in given:
        if result.get("type") == "labels":
            _mark(result, marks, lines.of(result), tell)
    _place(marks, text, tell)
    left = {_id(result.get("id")) for result in given if result.get("type") == "labels"} - marks.keys()
    about = [result for result in given if left.isdisjoint(_id(result.get(key)) for key in ("id", "from_id", "to_id"))]
    for result in about:
        if result.get("type") not in ("labels", "relation"):
            _attribute(result, marks, lines.of(result), tell)
    relations = [one for result in about if result.get("type") == "relation" for one in _related(result, lines, tell)]
    heads = _heads(relations, marks, tell)
    regions = [_region(head, [marks[one] for one in pieces]) for head, pieces in _groups(marks, heads).items()]
    kept = [
        one._replace(source=heads.get(one.source, one.source), target=heads.get(one.target, one.target))
        for one in relations
        if one.kind != PIECE
    ]
    return Marked(name, text, regions, kept, {})


def _mark(result: Json, marks: dict[str, _Mark], line: int, tell: Tell) -> None:
    """Enters a region that has a label."""
    name, value = _id(result.get("id")), result.get("value")
    value = value if isinstance(value, dict) else {}
    piece = value.get("start"), value.get("end")
    label, *others = value.get("labels") or [None] if isinstance(value.get("labels"), list) else [None]
    if result.get("from_name") != LABEL:
        tell(f"{shown(result.get('from_name'))} is no field of the configuration; it was left out.", line)
    elif not isinstance(label, str) or (label not in LABELS and label not in TYPES):
        tell(f"{shown(label)} is no label of ours; it was left out.", line)
    elif not _is_piece(piece) or not name:
        tell(f"a {label} has no id, or no start and end in the text; it was left out.", line)
    elif name in marks:
        tell(f"the id {shown(name)} is taken twice; the second was left out.", line)
    else:
        if others:
            tell(f"a region has the labels {', '.join(map(shown, (label, *others)))}; the first was taken.", line)
        words = value.get("text") if isinstance(value.get("text"), str) else None
        attributes = {} if label in LABELS else {"type": label}
        marks[name] = _Mark(LABELS.get(label, "mention"), piece, words, attributes, line)


def _is_piece(value: tuple[object, ...]) -> TypeGuard[Piece]:
    return all(isinstance(one, int) and not isinstance(one, bool) for one in value)


def _place(marks: dict[str, _Mark], text: str, tell: Tell) -> None:
    """Puts regions where their words are: at their places, or at the one other place that has them."""
    units = _places_of_units(text)
    by_points, by_units = (
        sum(_has(text, _at(one.piece, units), one.words) for one in marks.values() if one.words)
        for units in (None, units)
    )
    is_old = by_units > by_points
    for name, mark in list(marks.items()):
        piece = _at(mark.piece, units if is_old else None)
        if mark.words and not _has(text, piece, mark.words):
            words = _plain(mark.words)
            start = text.find(words)
            tell(f"“{shown(words)}” was marked, and the text has “{shown(text[slice(*piece)])}” there.", mark.line)
            if not words or start < 0 or text.find(words, start + 1) >= 0:
                tell("it was left out.", mark.line)
                del marks[name]
                continue
            tell(f"its words are at {start}, and once only; it was taken from there.", mark.line)
            piece = start, start + len(words)
        marks[name] = mark._replace(piece=piece)


def _places_of_units(text: str) -> dict[int, int]:
    """Which code point stands at each unit of UTF-16."""
    return {unit: point for point, unit in enumerate(utf16(text))}


def _at(piece: Piece, units: Mapping[int, int] | None) -> Piece:
    return piece if units is None else (units.get(piece[0], -1), units.get(piece[1], -1))


def _has(text: str, piece: Piece, words: str) -> bool:
    return piece[0] >= 0 and piece[1] <= len(text) and _plain(text[slice(*piece)]) == _plain(words)


def _plain(words: str) -> str:
    r"""Words of a region as the text has them: the editor writes line breaks as `\n`."""
    return words.replace("\\n", "\n").replace("\r", "")


def _attribute(result: Json, marks: Mapping[str, _Mark], line: int, tell: Tell) -> None:
    """Gives a region what a result says of it."""
    field, name = str(result.get("from_name")), _id(result.get("id"))
    kind, called = ATTRIBUTES.get(field, ("mention", field, ()))[:2]
    said = _said(result)
    if field not in ATTRIBUTES and field not in FIELDS:
        tell(f"{shown(field)} is no field of the configuration; it was left out.", line)
    elif name not in marks or marks[name].kind != kind:
        tell(f"{shown(name)} is nothing of which {field} is asked; it was left out.", line)
    elif called in marks[name].attributes:
        tell(f"{shown(name)} has {field} already; it was left out.", line)
    elif said:
        if len(said) > 1:
            tell(f"{shown(name)} has {len(said)} answers to {field}; the first was taken.", line)
        marks[name].attributes[called] = said[0]


def _said(result: Json) -> list[str]:
    """What was chosen or written."""
    value = result.get("value")
    given = value.get("choices", value.get("text")) if isinstance(value, dict) else None
    return [one.strip() for one in given if isinstance(one, str) and one.strip()] if isinstance(given, list) else []


def _related(result: Json, lines: _Lines, tell: Tell) -> Iterator[Relation]:
    line = lines.of(result)
    ends = _id(result.get("from_id")), _id(result.get("to_id"))
    source, target = reversed(ends) if result.get("direction") == "left" else ends
    labels = result.get("labels")
    if not isinstance(labels, list) or not labels:
        tell(f"a relation from {shown(source)} to {shown(target)} has no label; it was left out.", line)
        return
    for label in labels:
        if isinstance(label, str) and (label == PIECE or label in LINKS):
            yield Relation(LINKS.get(label, PIECE), source, target, line)
        else:
            tell(f"{shown(label)} is no relation of ours; it was left out.", line)


def _heads(relations: Iterable[Relation], marks: Mapping[str, _Mark], tell: Tell) -> dict[str, str]:
    """The first pieces by the others, however they are related."""
    heads: dict[str, str] = {}
    for relation in relations:
        if relation.kind != PIECE:
            continue
        ends = [marks.get(name) for name in (relation.source, relation.target)]
        if any(one is None or one.kind != "quote" for one in ends):
            tell(f"{PIECE} relates pieces of a quote; it was left out.", relation.line)
            continue
        source, target = (heads.get(name, name) for name in (relation.source, relation.target))
        if source != target:
            heads |= {name: target for name, head in heads.items() if head == source} | {source: target}
    return heads


def _groups(marks: Iterable[str], heads: Mapping[str, str]) -> dict[str, list[str]]:
    """The regions that are one, by the first of them, which comes first."""
    groups: dict[str, list[str]] = {name: [name] for name in marks if name not in heads}
    for name in marks:
        if name in heads:
            groups[heads[name]].append(name)
    return groups


def _region(name: str, pieces: Sequence[_Mark]) -> Region:
    attributes: dict[str, str] = {}
    for one in reversed(pieces):
        attributes |= one.attributes
    return Region(name, pieces[0].kind, tuple(one.piece for one in pieces), attributes, pieces[0].line)
