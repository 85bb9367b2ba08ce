"""W3C Web Annotation: a collection of annotations in JSON-LD, and beside it the text that they are of.

What is marked is an annotation whose target selects it by its position and by its words; its bodies say what it is, as
tags and as `name=value`. A relation is an annotation that links two of them. Positions are "in terms of unicode code
points […], not in terms of code units", as the Web Annotation Data Model has it (4.2.4); tools that count UTF-16 are
set right by the words. Without words there are positions alone, with the hashes of the paragraphs.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import itemgetter
from typing import Any

import orjson

from tasrih.arguments import shown
from tasrih.errors import MissingError, TasrihError
from tasrih.interchange.formats import Files, Format
from tasrih.interchange.inputs import Source
from tasrih.interchange.readings import to_record
from tasrih.interchange.regions import KINDS, RELATIONS, SEPARATOR, Marked, Piece, Region, Relation, regions_of
from tasrih.reading import MAX_BYTES
from tasrih.record import Json
from tasrih.standoff.models import MASK, without_text

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_URN = "urn:tasrih:article:"
_AROUND = 32  # letters before and behind the words of a selector, by which they are told from the same words elsewhere
_REGISTERS = {"wikidata": "http://www.wikidata.org/entity/", "geonames": "https://sws.geonames.org/"}
"""Where an entity is identified by an address."""
_MEASURES = ("length", "sha256", "words")
_ID = re.compile(r'"id":\s*"((?:[^"\\]|\\.)*)"')
_LENGTH = re.compile("[1-9][0-9]{0,7}")
_WORD = re.compile("-?[1-9][0-9]{0,7}")


def _written(article: Json) -> Files:
    marked = regions_of(article)
    urn = f"{_URN}{marked.id}"
    items = list(_items(article, marked, urn))
    head = {"@context": CONTEXT, "id": urn, "type": "AnnotationCollection", "label": marked.id, "total": len(items)}
    page = {"id": f"{urn}#page", "type": "AnnotationPage", "partOf": urn, "startIndex": 0}
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in items)
    made = f'{json.dumps(head)[:-1]},\n"first": {json.dumps(page)[:-1]}, "items": [\n{lines}\n]}}}}\n'
    text = {} if marked.text is None else {f"{marked.id}.txt": f"{marked.text}\n".encode()}
    return text | {f"{marked.id}.jsonld": made.encode()}


def _items(article: Json, marked: Marked, urn: str) -> Iterator[Json]:
    """The annotations of an article: one about it, one for each region and each relation."""
    source = f"{marked.id}.txt"
    about = {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "application/json",
        "value": _packed(marked.about),
    }
    yield _annotation(f"{urn}#about", "describing", about, source)
    measured = {paragraph["id"]: _measures(paragraph) for paragraph in article["paragraphs"]}
    for region in marked.regions:
        said = {**region.attributes, **measured.get(region.id, {})}
        bodies = [_body("tagging", region.kind), *(_attribute(name, value) for name, value in said.items())]
        targets = [
            {"type": "SpecificResource", "source": source, "selector": _selectors(piece, marked.text)}
            for piece in region.pieces
        ]
        yield _annotation(f"{urn}#{region.id}", "tagging", bodies, targets)
    for number, relation in enumerate(marked.relations, 1):
        linked = {"type": "SpecificResource", "purpose": "linking", "source": f"{urn}#{relation.target}"}
        bodies = [_body("tagging", relation.kind), linked]
        yield _annotation(f"{urn}#r{number}", "linking", bodies, f"{urn}#{relation.source}")


def _annotation(name: str, motivation: str, body: Any, target: Any) -> Json:
    return {"id": name, "type": "Annotation", "motivation": motivation, "body": body, "target": target}


def _body(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value}


def _attribute(name: str, value: str) -> Json:
    if name in _REGISTERS:
        return {"type": "SpecificResource", "purpose": "identifying", "source": f"{_REGISTERS[name]}{value}"}
    return _body("classifying", f"{name}={value}")


def _packed(about: Json) -> str:
    return orjson.dumps(about).decode()


def _measures(paragraph: Json) -> dict[str, str]:
    """What stands for the words of a paragraph that are withheld."""
    if "text" in paragraph:
        return {}
    words = " ".join(map(str, paragraph.get("words", ())))
    return {"length": str(paragraph["length"]), "sha256": paragraph["sha256"], "words": words}


def _selectors(piece: Piece, text: str | None) -> list[Json]:
    start, end = piece
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    if text is None:
        return [position]
    around = {"prefix": text[max(start - _AROUND, 0) : start], "suffix": text[end : end + _AROUND]}
    quote = {"type": "TextQuoteSelector", "exact": text[start:end]} | {
        name: said for name, said in around.items() if said
    }
    return [position, quote]


Tell = Callable[[str, str], None]
"""Tells what is wrong with the annotation of an id."""


def _read(source: Source) -> Iterator[Json | TasrihError]:
    data = source.text()
    try:
        whole = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        line = data.count("\n", 0, error.pos) + 1
        raise source.error(f"it is no JSON ({error.msg}).", line) from error
    lines = _lines_of(data)
    told: list[TasrihError] = []

    def tell(message: str, name: str) -> None:
        told.append(source.error(f"{shown(name) if name else 'an annotation'}: {message}", lines.get(name)))

    items = [item for item in _annotations(whole) if isinstance(item, dict)]
    if not items:
        raise source.error("there is no annotation in it.")
    measured = _measured(items)
    text, is_masked = _text(source, measured)
    regions = [region for item in items if (region := _region(item, text, lines, tell))]
    relations = [relation for item in items if (relation := _relation(item, lines, tell))]
    about = _about(items, tell)
    yield from told
    for made in to_record(Marked(_own_name(whole, source), text, regions, relations, about), source):
        yield _without_words(made, measured) if is_masked and isinstance(made, dict) else made


def _lines_of(data: str) -> dict[str, int]:
    """In which line the annotation of each id is."""
    lines: dict[str, int] = {}
    for number, line in enumerate(data.split("\n"), 1):
        for found in _ID.finditer(line):
            lines.setdefault(found[1], number)
    return lines


def _annotations(whole: Any) -> Iterator[Any]:
    """The annotations of a collection, a page or a list, or a single one."""
    if isinstance(whole, list):
        for one in whole:
            yield from _annotations(one)
    elif isinstance(whole, dict) and whole.get("type") == "AnnotationCollection":
        yield from _annotations(whole.get("first"))
    elif isinstance(whole, dict) and "items" in whole:
        yield from _annotations(whole["items"])
    elif isinstance(whole, dict) and "target" in whole:
        yield whole


def _own_name(whole: Any, source: Source) -> str:
    name = whole.get("id") if isinstance(whole, dict) else None
    return (
        name.removeprefix(_URN).partition("#")[0]
        if isinstance(name, str) and name.startswith(_URN)
        else source.article_id
    )


def _name(item: Json) -> str:
    """The id of an annotation, of one of ours as the record has it."""
    return _short(str(item.get("id", "")))


def _short(name: str) -> str:
    return name.partition("#")[2] if name.startswith(_URN) else name


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _values(item: Json, purpose: str) -> list[str]:
    """What the bodies of one purpose say: values, or the addresses of resources."""
    bodies = (body for body in _listed(item.get("body")) if isinstance(body, dict))
    return [str(body.get("value", body.get("source", ""))) for body in bodies if body.get("purpose") == purpose]


def _attributes(item: Json) -> dict[str, str]:
    """What is said of a region by name."""
    attributes = dict(value.partition("=")[::2] for value in _values(item, "classifying") if "=" in value)
    for address in _values(item, "identifying"):
        attributes |= {
            name: address.removeprefix(base).strip("/") for name, base in _REGISTERS.items() if address.startswith(base)
        }
    return attributes


def _measured(items: Iterable[Json]) -> list[dict[str, str]]:
    """What stands for the words of paragraphs that are withheld, in the order of the text."""
    found = []
    for item in items:
        said = {name: value for name, value in _attributes(item).items() if name in _MEASURES}
        if said:
            found.append((next(_starts(item), 0), said))
    return [said for _, said in sorted(found, key=itemgetter(0))]


def _starts(item: Json) -> Iterator[int]:
    for target in _listed(item.get("target")):
        for selector in _listed(target.get("selector")) if isinstance(target, dict) else ():
            start = _whole(selector, "start") if isinstance(selector, dict) else None
            yield from () if start is None else (start,)


def _text(source: Source, measured: Iterable[Mapping[str, str]]) -> tuple[str, bool]:
    """The text beside the annotations, or masks for it where they were made without its words."""
    try:
        return source.beside(".txt").text(), False
    except MissingError:
        given = [said.get("length", "") for said in measured]
        if not given or not all(_LENGTH.fullmatch(length) for length in given):
            raise
    lengths = [int(length) for length in given]
    if sum(lengths) > MAX_BYTES:
        raise source.error("the text that it is of is longer than 64 MiB.")
    return SEPARATOR.join(MASK * length for length in lengths), True


def _region(item: Json, text: str, lines: Mapping[str, int], tell: Tell) -> Region | None:
    """What an annotation marks, or nothing where it marks nothing that a record holds."""
    name, tags = _name(item), _values(item, "tagging")
    if item.get("motivation") in ("linking", "describing"):
        return None
    if len(tags) != 1 or tags[0] not in KINDS:
        tell(f"its tag is none of {', '.join(KINDS)}; it was left out.", str(item.get("id", "")))
        return None
    targets = [target for target in _listed(item.get("target")) if isinstance(target, dict)]
    pieces = [piece for target in targets if (piece := _selected(target, text, str(item.get("id", "")), tell))]
    attributes = {key: value for key, value in _attributes(item).items() if key not in _MEASURES}
    return Region(name, tags[0], tuple(pieces), attributes, lines.get(str(item.get("id"))))


def _selected(target: Json, text: str, name: str, tell: Tell) -> Piece | None:
    """What a target selects: at its position, if its words are there, or else the one place where they are."""
    selectors = [one for one in _listed(target.get("selector")) if isinstance(one, dict)]
    position = next((one for one in selectors if one.get("type") == "TextPositionSelector"), None)
    quote = next((one for one in selectors if one.get("type") == "TextQuoteSelector"), None)
    places = _whole(position or {}, "start"), _whole(position or {}, "end")
    words = str(quote.get("exact", "")) if quote else ""
    if places[0] is not None and places[1] is not None and (not words or text[slice(*places)] == words):
        return places[0], places[1]
    found = _found(quote, words, text) if quote and words else None
    if found is None:
        what = shown(words) if words else "what it selects"
        tell(f"{what} is not in the text, or more than once; it was left out.", name)
    return found


def _found(quote: Json, words: str, text: str) -> Piece | None:
    """The one place that has the words of a selector: with what it says stands around them, or else at all."""
    given = tuple(str(quote.get(side) or "") for side in ("prefix", "suffix"))
    for before, behind in (given, ("", "")):
        around = f"{before}{words}{behind}"
        start = text.find(around)
        if start >= 0 and text.find(around, start + 1) < 0:
            return start + len(before), start + len(before) + len(words)
    return None


def _whole(selector: Json, key: str) -> int | None:
    value = selector.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _relation(item: Json, lines: Mapping[str, int], tell: Tell) -> Relation | None:
    """What an annotation links."""
    if item.get("motivation") != "linking":
        return None
    kinds, linked = _values(item, "tagging"), _values(item, "linking")
    targets = [
        str(one.get("source", one.get("id", ""))) if isinstance(one, dict) else str(one)
        for one in _listed(item.get("target"))
    ]
    if len(kinds) != 1 or kinds[0] not in RELATIONS or len(linked) != 1 or len(targets) != 1:
        tell(
            f"it does not link two annotations by one of {', '.join(RELATIONS)}; it was left out.",
            str(item.get("id", "")),
        )
        return None
    return Relation(kinds[0], _short(targets[0]), _short(linked[0]), lines.get(str(item.get("id"))))


def _about(items: Iterable[Json], tell: Tell) -> Json:
    """What is said of the article as a whole."""
    for item in items:
        if item.get("motivation") == "describing":
            try:
                about = orjson.loads("".join(_values(item, "describing")))
            except orjson.JSONDecodeError:
                about = None
            if isinstance(about, dict):
                return {
                    name: value for name, value in about.items() if name in ("schema_version", "metadata", "waivers")
                }
            tell("it describes the article in no way that is read; it was left out.", str(item.get("id", "")))
    return {}


def _without_words(made: Json, measured: Iterable[Mapping[str, str]]) -> Json:
    """A record that was put together over masks, with what stands for its words."""
    record: Json = without_text(made)
    for paragraph, said in zip(record["paragraphs"], measured, strict=True):
        words = [int(word) for word in said.get("words", "").split() if _WORD.fullmatch(word)]
        paragraph |= {"length": int(said["length"]), "sha256": said.get("sha256", ""), "words": words}
    return record


WEB_ANNOTATION = Format(
    label="W3C Web Annotation",
    about="A collection of annotations in JSON-LD, and beside it the text that they select from, by positions in code "
    "points and by words. Relations are annotations that link others. Without words there are positions alone.",
    suffixes=(".jsonld", ".txt"),
    read=_read,
    write=_written,
    without_words=True,
)
