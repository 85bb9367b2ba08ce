"""Predictions: from files, standard input or Python to records on the texts of a gold standard."""

import codecs
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from tasrih import record
from tasrih.arguments import path, shown
from tasrih.article import Article
from tasrih.choices import Layer
from tasrih.corpus import load
from tasrih.errors import ArgumentError, InvalidError, place_of
from tasrih.reading import JSON_LINES, MAX_BYTES, Document, documents, documents_in, files_below, spooled
from tasrih.register import invalid
from tasrih.resources import corpus_in
from tasrih.scoring import answers
from tasrih.scoring.answers import Answers
from tasrih.scoring.places import Places
from tasrih.scoring.sides import refuse_adrift
from tasrih.standoff.filling import read_article

Predictions = str | os.PathLike[str] | Iterable[record.Article | Article | Mapping[str, Any]]
"""What a system found: the path of predictions or records (`-` for standard input), or the same in Python."""
_TOLD = 5
FIGURES: dict[Layer, tuple[str, ...]] = {
    "quotes": ("quotes exact", "quotes overlap", "type"),
    "cues": ("cues exact", "cues overlap", "cue"),
    "speakers": ("speakers exact", "speakers overlap", "attribution exact", "attribution", "speaker"),
    "terms": ("terms exact", "terms overlap"),
    "mentions": ("mentions exact", "mentions overlap"),
}
"""What is counted (see `tally`) of each layer."""
_SHOWN_BY: dict[str, tuple[str, ...]] = {
    "quotes": ("quotes exact", "quotes overlap"),
    "type": ("type",),
    "cue": FIGURES["cues"],
    "speaker": ("attribution exact", "attribution", "speaker"),
    "phrase": ("speakers exact", "speakers overlap"),
    "terms": FIGURES["terms"],
    "mentions": FIGURES["mentions"],
    "quote_tags": FIGURES["quotes"],
    "cue_tags": ("cues exact", "cues overlap"),
    "speaker_tags": ("speakers exact", "speakers overlap"),
    "ner_tags": FIGURES["mentions"],
}
"""What can be counted by what predictions have answers for."""


@dataclass
class Invalid:
    """How many answers there are (quotes, terms, mentions, rows of tags), how many are invalid, and why the first are.

    Records are no answers: one that is not valid is refused.
    """

    answers: int = 0
    invalid: int = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def share(self) -> float | None:
        """The part of the answers that is invalid; None when there are none."""
        return self.invalid / self.answers if self.answers else None

    def enter(self, place: str, found: Answers) -> None:
        """Counts the answers of a line."""
        self.answers += found.answers
        self.invalid += len(found.problems)
        wanted = found.problems[: max(0, _TOLD - len(self.reasons))]
        self.reasons += [f"{place}: {at}: {reason}." for at, reason in wanted]


class Read(NamedTuple):
    """Predictions of articles of the gold standard, by id; ids of others; what can be counted; what is invalid."""

    articles: dict[str, record.Article]
    others: list[str]
    counted: frozenset[str]
    invalid: Invalid


class _Found(NamedTuple):
    """One prediction: what it is, and where it stands."""

    content: record.Article | dict[str, Any]
    file: str
    line: int | None

    @property
    def place(self) -> str:
        return place_of(self.file, self.line)

    @property
    def id(self) -> str:
        """The id of the article. Raises TasrihError for a line without one."""
        if isinstance(self.content, record.Article):
            return self.content.id
        given = self.content.get("id")
        if not isinstance(given, str) or not given:
            raise InvalidError('has no "id": that of the article is wanted.', path=self.file, line=self.line)
        if all(self.content.get(layer) is None for layer in answers.LAYERS):
            wanted = ", ".join(answers.LAYERS)
            raise InvalidError(
                f"has none of {wanted}. A layer in which nothing was found is an empty list.",
                path=self.file,
                line=self.line,
            )
        return given


def read(source: Predictions, gold: Mapping[str, Places], name: str) -> Read:
    """The predictions of a source, called `name`, for articles of a gold standard.

    Raises TasrihError for what is no JSON or no prediction, and for an article that is there twice.
    """
    made: dict[str, record.Article] = {}
    places: dict[str, str] = {}
    tried: set[str] = set()
    found = Invalid()
    for one in _each(source, name):
        article_id = one.id
        if article_id in places:
            told = f"the id {shown(article_id)} is taken twice: it is already that of {places[article_id]}."
            raise InvalidError(told, path=one.file, line=one.line)
        places[article_id] = one.place
        if isinstance(one.content, record.Article):
            refuse_adrift(one.content, name)
            made[article_id] = one.content
            tried.update(_SHOWN_BY)
        elif article_id in gold:
            line = Answers(one.content, gold[article_id])
            made[article_id] = line.article
            tried |= line.tried
            found.enter(one.place, line)
    counted = frozenset(counted for name in _tried(tried) for counted in _SHOWN_BY.get(name, ()))
    return Read(made, [one for one in places if one not in gold], counted, found)


def _tried(named: set[str]) -> set[str]:
    """What was tried, by what lines have: all of quotes where there is none, phrases where nobody is named."""
    if "quotes" in named and "quote" not in named:
        return named | {"type", "cue", "speaker", "phrase"}
    return named | {"phrase"} if "speaker" in named and "person" not in named else named


def _each(source: Predictions, name: str) -> Iterator[_Found]:
    if not isinstance(source, str | os.PathLike):
        yield from _handed_over(source, name)
        return
    path("predictions", source)
    if (Path(source) / "manifest.json").is_file():
        yield from (_Found(article.record, name, None) for article in load(source))
        return
    for document in _documents(os.fspath(source)):
        yield _Found(_content(document), document.file, document.line)


def _documents(path: str) -> Iterator[Document]:
    """The documents of predictions: unlike records, JSON Lines may stand in folders."""
    if path == "-":
        with spooled(sys.stdin.buffer) as parts:
            for part in parts:
                yield from documents_in(part)
        return
    folder = Path(path)
    if not folder.is_dir() or corpus_in(folder):
        yield from documents([path])
        return
    files = [str(file) for file in files_below(folder) if file.name.endswith((".json", *JSON_LINES))]
    yield from documents(files or [path])


def _content(document: Document) -> record.Article | dict[str, Any]:
    """A record, or the object that a line is. Raises TasrihError for anything else."""
    data = document.told().removeprefix(codecs.BOM_UTF8)
    if len(data) > MAX_BYTES:
        raise InvalidError(f"has more than {MAX_BYTES >> 20} MB. Is it JSON Lines?", path=document.file)
    try:
        content = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        hint = "" if document.line else " JSON Lines are in a file that ends with .jsonl."
        if "UTF-8" in str(error):
            hint = " It must be UTF-8; what is compressed ends with .gz or .zst."
        raise InvalidError(f"is no JSON ({error}).{hint}", path=document.file, line=document.line) from error
    if not isinstance(content, dict):
        raise InvalidError(
            "is no object. Predictions are JSON Lines: an object for each article, with its id.",
            path=document.file,
            line=document.line,
        )
    return _modelled(content, data, document.file, document.line)


def _modelled(content: dict[str, Any], data: bytes, file: str, line: int | None) -> record.Article | dict[str, Any]:
    """A record as its model; predictions as they are."""
    if "paragraphs" not in content:
        return content
    try:
        return read_article(data)
    except ValidationError as error:
        raise invalid(file, error, line) from error


def _handed_over(source: object, name: str) -> Iterator[_Found]:
    """The predictions that were handed over. Raises TasrihError for anything else."""
    allowed = "Give the path of predictions or records, a corpus, or a list of articles or of dicts with an id"
    if not isinstance(source, Iterable) or isinstance(source, Mapping | bytes | str):
        raise ArgumentError(f"{name}: {shown(source)} has no articles. {allowed}.")
    for number, one in enumerate(source, 1):
        if isinstance(one, Article):
            yield _Found(one.record, name, number)
        elif isinstance(one, record.Article):
            yield _Found(one, name, number)
        elif isinstance(one, Mapping):
            data = _json(one, name, number)
            yield _Found(_modelled(orjson.loads(data), data, name, number), name, number)
        else:
            raise ArgumentError(f"{name}: {shown(one)} is no article. {allowed}.")


def _json(given: Mapping[str, Any], name: str, number: int) -> bytes:
    try:
        return orjson.dumps(dict(given), option=orjson.OPT_SERIALIZE_NUMPY)
    except orjson.JSONEncodeError as error:
        raise ArgumentError(f"{place_of(name, number)}: holds what JSON cannot say ({error}).") from error


def hold_records(path: str) -> bool:
    """Whether a path has records, which can be a gold standard, and not predictions, as far as its first one tells."""
    if path == "-":
        return False
    if (Path(path) / "manifest.json").is_file():
        return True
    try:
        first = orjson.loads(next(_documents(path)).told().removeprefix(codecs.BOM_UTF8))
    except (StopIteration, orjson.JSONDecodeError):
        return True
    return not isinstance(first, dict) or "paragraphs" in first


def refuse_unreadable(path: str) -> None:
    """Raises TasrihError when the first thing in a path is neither a record nor a prediction: it says why not."""
    if not (Path(path) / "manifest.json").is_file():
        _content(next(_documents(path)))
