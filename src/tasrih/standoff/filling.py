"""Stand-off records as full ones: with their words where these are known, or else with masks.

A mask has the length of what it stands for, and white space where that has some: it serves all that asks where words
are, and not which.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import orjson
from pydantic import BaseModel

from tasrih import sources
from tasrih.encodings import decoded
from tasrih.errors import InvalidError
from tasrih.record import Article, Json, Paragraph, SourceLine
from tasrih.spans import models_in
from tasrih.standoff.models import MASK, digest, is_standoff, model_of, withheld

_MOST = 2**22  # characters of masks in a record: a hundred times those of a very long article
Line = Callable[[int], str]


def full(record: Json, texts: Mapping[str, str], line: Line) -> Json:
    """A stand-off record that keeps its schema, with the texts of paragraphs by their ids, and lines of the source."""
    made: Json = _with_words(record, Article, texts, line)
    return made


def _with_words(value: Any, model: type[BaseModel], texts: Mapping[str, str], line: Line) -> Any:
    if isinstance(value, list):
        return [_with_words(item, model, texts, line) for item in value]
    if not isinstance(value, dict):
        return value
    if model is Paragraph:
        words = value | {"text": texts[value["id"]]}
        return {name: words[name] for name in Paragraph.model_fields if name in words}
    made: Json = {}
    for name, inner in models_in(model).items():
        if name in value:
            made[name] = _with_words(value[name], inner, texts, line) if inner else value[name]
        elif name == "text":
            made[name] = line(value["line"]) if model is SourceLine else _selected(value, texts)
    return made


def _selected(span: Json, texts: Mapping[str, str]) -> str:
    """The words of a span; of one that selects nothing a mask, as the schema asks for a text."""
    return texts.get(span["paragraph"], "")[span["start"] : span["end"]] or MASK


def masked(record: Json) -> Json:
    """A stand-off record that keeps its schema, with masks."""
    paragraphs = record["paragraphs"]
    small = sum(paragraph["length"] for paragraph in paragraphs) <= _MOST
    return full(record, {each["id"]: mask(each) if small else MASK for each in paragraphs}, lambda _: MASK)


def with_masks(article: Article) -> Article:
    """A record with masks for its words."""
    kept = masked(withheld(article.model_dump(mode="json", exclude_unset=True)))
    return Article.model_validate_json(orjson.dumps(kept))


def opened(record: Json) -> Json:
    """A record as a full one: with masks where it is a stand-off one."""
    return masked(record) if is_standoff(record) else record


def mask(paragraph: Json) -> str:
    """What stands for a paragraph's text: all letters where the lengths of its words do not come to its own."""
    length, runs = paragraph["length"], paragraph.get("words", [])
    made = ""
    if sum(map(abs, runs)) <= length:
        for run in runs:
            made += " " * -run if run < 0 else f"{'' if made[-1:] in ('', ' ') else ' '}{MASK * run}"
    return made if len(made) == length and made.strip() else MASK * length


def read_article(data: bytes) -> Article:
    """The record that bytes hold, a stand-off one with masks. Raises pydantic's ValidationError for what is none."""
    model = model_of(data)
    if model is Article:
        return Article.model_validate_json(data)
    model.model_validate_json(data)
    return Article.model_validate_json(orjson.dumps(masked(orjson.loads(data))))


def filled(record: Json, raw: bytes) -> Json | None:
    """A stand-off record with the words of its source; None when those are others."""
    lines = _lines(raw)
    texts = texts_of(record, _by_digest(lines))
    return (
        full(record, texts, lambda number: sources.clean("".join(lines[number - 1 : number])) or MASK)
        if texts
        else None
    )


def _lines(raw: bytes) -> list[str]:
    try:
        return decoded(raw).splitlines()
    except InvalidError:
        return []


def _by_digest(lines: Iterable[str]) -> dict[str, str]:
    """Lines by their SHA-256: as they are, without white space around them, and as a record has them."""
    return {digest(text): text for line in lines for text in (line, line.strip(), sources.clean(line))}


def has_source(record: Json, raw: bytes) -> bool:
    """Whether bytes are the source of a record."""
    source = record["metadata"]["source"]
    return bool(source) and hashlib.sha256(raw).hexdigest() == source["sha256"]


def paragraphs_lost(record: Json, raw: bytes) -> list[int]:
    """The paragraphs of a stand-off record, by number, that are no line of a source."""
    known = _by_digest(_lines(raw))
    return [number for number, paragraph in enumerate(record["paragraphs"]) if paragraph["sha256"] not in known]


def texts_of(record: Json, known: Mapping[str, str]) -> dict[str, str] | None:
    """The texts of a record's paragraphs by their ids, from texts by their SHA-256; None when one is not known."""
    found = {paragraph["id"]: known.get(paragraph["sha256"]) for paragraph in record["paragraphs"]}
    return {name: text for name, text in found.items() if text is not None} if None not in found.values() else None
