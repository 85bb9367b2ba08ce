"""brat stand-off: a text, and beside it a line for everything that is marked in it.

    T1 ⇥ Quote 10 25;30 41 ⇥ the words     A1 ⇥ QuoteType T1 direct     R1 ⇥ SpokenBy Arg1:T1 Arg2:T2
    N1 ⇥ Reference T3 register:slug ⇥ name     #1 ⇥ AnnotatorNotes T1 ⇥ q1

Offsets are code points, as brat counts them. Notes hold the ids of the record. What is said of an entity is the
normalization of its first mention. A quote whose speaker is elided leads to the speaker's first mention; brat's own
`Equiv` lines are read as `SameAs`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from tasrih.arguments import shown
from tasrih.errors import TasrihError
from tasrih.interchange.formats import Files, Format
from tasrih.interchange.inputs import Source
from tasrih.interchange.labels import ATTRIBUTES, LABEL_LOSSES, LABELS, LINKS, TYPES, label_of
from tasrih.interchange.readings import to_record
from tasrih.interchange.regions import RELATIONS, Marked, Piece, Region, Relation, regions_of
from tasrih.record import Json

_REFERENCES = {
    "register": "link",
    "edtf": "value",
    "wikidata": "wikidata",
    "iso3166": "iso3166",
    "geonames": "geonames",
}
"""The registers that normalizations name, and what they are of an entity; `entity` gives it no more than its name."""
_NAMED = "entity"
_NOTE = "AnnotatorNotes"
_LETTERS = {"quote": "q", "term": "t", "mention": "e"}
_DIGITS = 10  # of an offset; Python reads no more than some thousands
_OWN_ID = re.compile(r"[qt][1-9][0-9]*|e[1-9][0-9]*\.[1-9][0-9]*")
_SHAPES = {
    "T": re.compile(r"(\S+) ([0-9]+ [0-9]+(?:;[0-9]+ [0-9]+)*)"),
    "A": re.compile(r"(\S+) (T[0-9]+) (\S+)"),
    "R": re.compile(r"(\S+) \S+:(T[0-9]+) \S+:(T[0-9]+)"),
    "N": re.compile(r"\S+ (T[0-9]+) ([^\s:]+):(\S+)"),
    "#": re.compile(r"(\S+) (\S+)"),
    "*": re.compile(r"Equiv((?: T[0-9]+){2,})"),
}
"""What lines say between their first two tabs, by the letters of their ids."""


def _written(article: Json) -> Files:
    """The text and the lines; without words the lines alone, in which brat fills them in from the text beside it."""
    marked = regions_of(article)
    lines = "".join(f"{line}\n" for line in _lines(marked, marked.text or ""))
    text = {} if marked.text is None else {f"{marked.id}.txt": f"{marked.text}\n".encode()}
    return text | {f"{marked.id}.ann": lines.encode()}


def _lines(marked: Marked, text: str) -> Iterator[str]:
    """The lines of an article, each kind counted by itself."""
    regions = [region for region in marked.regions if region.kind != "paragraph"]
    names = {region.id: f"T{number}" for number, region in enumerate(regions, 1)}
    for region in regions:
        yield "\t".join((names[region.id], f"{label_of(region)} {_places(region)}", _cut(region.pieces, text)))
    said = ((letter, fields) for region in regions for letter, *fields in _said(region, names[region.id]))
    counts: Counter[str] = Counter()
    for letter, fields in (*said, *_related(marked.relations, names)):
        counts[letter] += 1
        yield "\t".join((f"{letter}{counts[letter]}", *fields))


def _said(region: Region, name: str) -> Iterator[tuple[str, ...]]:
    """What other lines say of a region, with the letters of their ids."""
    for attribute, (kind, called, _) in ATTRIBUTES.items():
        if kind == region.kind:
            yield "A", f"{attribute} {name} {region.attributes[called]}"
    for database, identifier in _references(region):
        yield "N", f"Reference {name} {database}:{identifier}", region.attributes["name"]
    if _OWN_ID.fullmatch(region.id):
        yield "#", f"{_NOTE} {name}", region.id


def _related(relations: Iterable[Relation], names: Mapping[str, str]) -> Iterator[tuple[str, Sequence[str]]]:
    labels = {kind: label for label, kind in LINKS.items()}
    for relation in relations:
        if relation.kind in labels:
            ends = f"Arg1:{names[relation.source]} Arg2:{names[relation.target]}"
            yield "R", (f"{labels[relation.kind]} {ends}",)


def _places(region: Region) -> str:
    return ";".join(f"{start} {end}" for start, end in region.pieces)


def _references(region: Region) -> Iterator[tuple[str, str]]:
    """What is said of the entity whose first mention this is."""
    if "name" in region.attributes:
        yield _NAMED, region.id.partition(".")[0]
        for database, called in _REFERENCES.items():
            if called in region.attributes:
                yield database, region.attributes[called]


def _configuration() -> Files:
    """What brat has to know: the labels with their attributes and relations, and that the text runs right to left."""
    mentions = "|".join(TYPES)
    of = {kind: label for label, kind in LABELS.items()} | {"mention": mentions}
    ends = {kind: ["|".join(map(of.__getitem__, one)) for one in RELATIONS[kind]] for kind in LINKS.values()}
    attributes = [f"{name}\tArg:{of[kind]}, Value:{'|'.join(values)}" for name, (kind, _, values) in ATTRIBUTES.items()]
    relations = [f"{label}\tArg1:{ends[kind][0]}, Arg2:{ends[kind][1]}" for label, kind in LINKS.items()]
    annotation = {
        "entities": [*LABELS, *TYPES],
        "relations": [*relations, "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>"],
        "events": [],
        "attributes": attributes,
    }
    visual = {"labels": [], "drawing": [], "options": ["Text direction:rtl"]}
    return {"annotation.conf": _sections(annotation), "visual.conf": _sections(visual)}


def _sections(sections: Mapping[str, Sequence[str]]) -> bytes:
    return "\n".join("\n".join((f"[{name}]", *lines, "")) for name, lines in sections.items()).encode()


class _Line(NamedTuple):
    """A line of a file: its number, its id, the parts of what it says between two tabs, and the rest."""

    number: int
    id: str
    parts: tuple[str, ...]
    rest: str


class _Mark(NamedTuple):
    """A text-bound annotation, with what other lines say of it."""

    line: _Line
    kind: str
    pieces: tuple[Piece, ...]
    attributes: dict[str, str]


Tell = Callable[[str, _Line], None]


def _read(source: Source) -> Iterator[Json | TasrihError]:
    told: list[TasrihError] = []

    def tell(message: str, line: _Line) -> None:
        told.append(source.error(f"{line.id}: {message}", line.number))

    lines = _lines_of(source, tell)
    text = source.beside(".txt").text()
    marks = _marks(lines["T"], text, tell)
    left = {line.id for line in lines["T"]} - marks.keys()
    about = {letter: [line for line in lines[letter] if left.isdisjoint(line.parts)] for letter in "ARN#*"}
    _attribute(about["A"], marks, tell)
    _refer(about["N"], marks, tell)
    names = _names(about["#"], marks, tell)
    regions = [
        Region(names.get(name, name), mark.kind, mark.pieces, mark.attributes, mark.line.number)
        for name, mark in marks.items()
    ]
    relations = [
        one._replace(source=names.get(one.source, one.source), target=names.get(one.target, one.target))
        for one in (*_relations(about["R"], tell), *_same(about["*"]))
    ]
    yield from told
    yield from to_record(Marked(source.article_id, text, regions, relations, {}), source)


def _lines_of(source: Source, tell: Tell) -> dict[str, list[_Line]]:
    """The lines by the letters of their ids; those that say something else than is read here are told."""
    lines: dict[str, list[_Line]] = {letter: [] for letter in _SHAPES}
    seen: set[str] = set()
    given = source.text().split("\n")
    for number, line in enumerate(given, 1):
        name, said, rest = (*line.removesuffix("\r").split("\t", 2), "", "")[:3]
        shape = _SHAPES.get(name[:1]) if re.fullmatch(r"\*|[TARN#][0-9]+", name) else None
        found = shape and shape.fullmatch(said.strip())
        if shape and found is None and number == len(given):
            raise source.error("the file breaks off in this line: it was cut off, and nothing of it was taken.", number)
        if found is None:
            if line.strip():
                tell("this says nothing that a record holds; it was left out.", _Line(number, shown(name), (), ""))
        elif name in seen and name != "*":
            tell("this id is taken twice; the second was left out.", _Line(number, name, (), ""))
        else:
            seen.add(name)
            lines[name[0]].append(_Line(number, name, found.groups(), rest))
    return lines


def _marks(lines: Sequence[_Line], text: str, tell: Tell) -> dict[str, _Mark]:
    """What is marked in the text, by the ids of the lines."""
    marks: dict[str, _Mark] = {}
    given = [(line, _pieces(line.parts[1])) for line in lines]
    raw = _without_returns(text) if _counts_without_returns(given, text) else range(len(text) + 1)
    for line, pieces in given:
        label = line.parts[0]
        if label not in LABELS and label not in TYPES:
            tell(f"{shown(label)} is no label of ours; it was left out.", line)
        elif placed := _placed(line, pieces, text, raw, tell):
            attributes = {} if label in LABELS else {"type": label}
            marks[line.id] = _Mark(line, LABELS.get(label, "mention"), placed, attributes)
    return marks


def _pieces(said: str) -> tuple[Piece, ...]:
    pieces = (piece.split(" ") for piece in said.split(";"))
    return tuple((int(start[:_DIGITS]), int(end[:_DIGITS])) for start, end in pieces)


def _without_returns(text: str) -> list[int]:
    """Where each character of a text is, counted without those that lines of Windows end with."""
    return [place for place in range(len(text) + 1) if text[place : place + 2] != "\r\n"]


def _counts_without_returns(given: Sequence[tuple[_Line, tuple[Piece, ...]]], text: str) -> bool:
    """Whether the marks were made before a tool gave the lines other ends."""
    if "\r\n" not in text:
        return False
    plain = text.replace("\r\n", "\n")
    before, now = (sum(_cut(pieces, one) == line.rest for line, pieces in given) for one in (plain, text))
    return before > now


def _cut(pieces: Sequence[Piece], text: str) -> str:
    """The words of a mark as brat writes them."""
    return " ".join(text[start:end] for start, end in pieces)


def _placed(line: _Line, pieces: tuple[Piece, ...], text: str, raw: Sequence[int], tell: Tell) -> tuple[Piece, ...]:
    """Where the words of a mark are: at its places, or at the one other place that has them; () when nowhere."""
    last, end = len(raw) - 1, max(map(max, pieces))
    if end <= last:
        placed = tuple((raw[first], raw[behind]) for first, behind in pieces)
        if not line.rest.strip() or _cut(placed, text) == line.rest:
            return placed
        tell(_differing(placed, text, line.rest), line)
    else:
        tell(f"it ends at {end}, and the text at {last}.", line)
    start = text.find(line.rest) if line.rest.strip() and len(pieces) == 1 else -1
    if start < 0 or text.find(line.rest, start + 1) >= 0:
        tell("it was left out.", line)
        return ()
    tell(f"its words are at {start}, and once only; it was taken from there.", line)
    return ((start, start + len(line.rest)),)


def _differing(placed: Sequence[Piece], text: str, words: str) -> str:
    """What is told of a mark whose words are not at its place."""
    found = _cut(placed, text)
    same = next((n for n, (one, other) in enumerate(zip(found, words, strict=False)) if one != other), len(found))
    return (
        f"“{shown(words)}” was marked, and the text has “{shown(found)}”: from {placed[0][0] + same} on it is another."
    )


def _attribute(lines: Sequence[_Line], marks: Mapping[str, _Mark], tell: Tell) -> None:
    """Gives marks their attributes."""
    for line in lines:
        name, target, value = line.parts
        kind, called, _ = ATTRIBUTES.get(name, ("", "", ()))
        mark = marks.get(target)
        if mark is None or mark.kind != kind:
            tell(f"{shown(target)} is nothing that can have the attribute {shown(name)}; it was left out.", line)
        elif called in mark.attributes:
            tell(f"{target} has the attribute {name} already; it was left out.", line)
        else:
            mark.attributes[called] = value


def _refer(lines: Sequence[_Line], marks: Mapping[str, _Mark], tell: Tell) -> None:
    """Gives mentions what is said of their entities."""
    for line in lines:
        target, database, identifier = line.parts
        mark = marks.get(target)
        if mark is None or mark.kind != "mention":
            tell(f"{shown(target)} is no mention that can refer to anything; it was left out.", line)
        elif database not in _REFERENCES and database != _NAMED:
            tell(f"{shown(database)} is no register of ours; it was left out.", line)
        else:
            mark.attributes.update({"name": line.rest} if line.rest.strip() else {})
            mark.attributes.update({_REFERENCES[database]: identifier} if database in _REFERENCES else {})


def _names(lines: Sequence[_Line], marks: Mapping[str, _Mark], tell: Tell) -> dict[str, str]:
    """The ids that notes keep, by those of the marks."""
    names: dict[str, str] = {}
    for line in lines:
        target, own = line.parts[1], line.rest.strip()
        if target not in marks:
            tell("it is about something that is not there.", line)
        elif not _OWN_ID.fullmatch(own) or own[0] != _LETTERS.get(marks[target].kind):
            tell("a record has no place for this note; it was left out.", line)
        elif own in names.values():
            tell(f"{own} is taken twice; {target} gets an id of its own.", line)
        else:
            names[target] = own
    return names


def _relations(lines: Sequence[_Line], tell: Tell) -> Iterator[Relation]:
    for line in lines:
        label, source, target = line.parts
        if label in LINKS:
            yield Relation(LINKS[label], source, target, line.number)
        else:
            tell(f"{shown(label)} is no relation of ours; it was left out.", line)


def _same(lines: Sequence[_Line]) -> Iterator[Relation]:
    """The mentions that brat's own way says to be of one entity."""
    for line in lines:
        for one, other in pairwise(line.parts[0].split()):
            yield Relation("same", other, one, line.number)


BRAT = Format(
    label="brat stand-off",
    about="A text, and beside it a line for everything that is marked in it. Notes hold the ids, normalizations what "
    "is said of entities. Without words there are the lines alone, for the text that somebody puts beside them, with a "
    "paragraph a line.",
    suffixes=(".ann", ".txt"),
    read=_read,
    write=_written,
    losses=LABEL_LOSSES,
    common=_configuration,
    without_words=True,
)
