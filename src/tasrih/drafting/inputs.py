"""Raw articles from files, folders, JSON Lines and standard input."""

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tasrih.drafting.slugs import DraftName, of_file, of_text
from tasrih.errors import InvalidError, MissingError, TasrihError, UnavailableError, unreadable
from tasrih.reading import MAX_BYTES, Document, Slice, documents_in, is_litter, line_counter, opened, slices
from tasrih.text.controls import SURROGATES

_SUFFIXES = (".txt", ".html", ".htm")
_BLOCK = 2**20
_HIDDEN = re.compile(r"\.+(?![._#~])")
_FACTS = ("published", "publisher", "url")
_TOLD = 80
_HALF = re.compile(f"[{SURROGATES}]")  # of a character


class Raw(NamedTuple):
    """A raw article: where it stands, what its draft is called, its bytes, and what is known besides."""

    place: str
    naming: DraftName
    data: bytes
    facts: dict[str, str]


class Part(NamedTuple):
    """A file, or a slice of JSON Lines and the number of lines before it; "-" is standard input."""

    slice: Slice
    lines_before: int = 0


def parts(paths: Iterable[str]) -> Iterator[Part]:
    """The parts of texts (.txt), pages (.html), folders of them, JSON Lines, or "-", in their order.

    A file that is given twice is read once; what systems and editors leave in folders is skipped.
    """
    given: set[Path] = set()
    for path in paths:
        for file in _files(path) if os.path.isdir(path) else [path]:  # noqa: PTH112
            if Path(file) in given:
                continue
            given.add(Path(file))
            yield from _sliced(file) if _is_lines(file) else [Part(Slice(file))]


def _files(folder: str) -> Iterator[str]:
    """The texts and pages below a folder; the folder itself when there is none, and folders that cannot be read."""
    closed: list[OSError] = []
    found: list[Path] = []
    for inner, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not is_litter(name)]
        wanted = (name for name in files if name.lower().endswith(_SUFFIXES) and not _is_left(name))
        found += (Path(inner, name) for name in wanted)
    yield from map(str, sorted(found)) if found or closed else [folder]
    yield from (error.filename for error in closed)


def _is_left(name: str) -> bool:
    """Whether a text is litter; one that is only hidden may be an article."""
    return is_litter(name.lstrip(".") if _HIDDEN.match(name) else name)


def _is_lines(path: str) -> bool:
    return Slice(path).is_lines and os.path.isfile(path)  # noqa: PTH113


def holds_several(paths: Sequence[str]) -> bool:
    """Whether paths may be of more than one article: several, a folder, or JSON Lines."""
    return len(paths) > 1 or any(os.path.isdir(path) or _is_lines(path) for path in paths)  # noqa: PTH112


def _sliced(path: str) -> list[Part]:
    lines_before = line_counter()
    try:
        return [Part(part, lines_before(part) if part.start else 0) for part in slices([path], _BLOCK)]
    except (OSError, TasrihError):
        return [Part(Slice(path))]


def raws(part: Part) -> Iterator[Raw | TasrihError]:
    """The articles of a part, and errors for what is none.

    A line of JSON Lines is an object with `text` and, where known, `id`, `published`, `publisher` and `url`.
    """
    path = part.slice.file
    if path == "-":
        yield _checked("stdin", of_file("stdin"), sys.stdin.buffer.read(MAX_BYTES + 1))
    elif _is_lines(path):
        yield from _lines(part)
    else:
        yield _read(path)


def _lines(part: Part) -> Iterator[Raw | TasrihError]:
    document = None
    for document in documents_in(part.slice):
        yield _line(document, part.lines_before)
    if document is None and part.slice.end is None:
        yield MissingError("there are no articles in it.", path=part.slice.file)


def _read(file: str) -> Raw | TasrihError:
    try:
        with opened(file) as stream:
            return _checked(file, of_file(file), stream.read(MAX_BYTES + 1))
    except IsADirectoryError:
        return MissingError("there is no .txt or .html file in it.", path=file)
    except OSError as error:
        return unreadable(file, error)


def _checked(place: str, naming: DraftName, data: bytes, facts: dict[str, str] | None = None) -> Raw | TasrihError:
    if not data.strip():
        return InvalidError(f"{place}: it is empty. Give the text of an article.")
    if len(data) > MAX_BYTES:
        return InvalidError(f"{place}: it is larger than 64 MiB. Give one article a file.")
    return Raw(place, naming, data, facts or {})


def _line(document: Document, lines_before: int) -> Raw | TasrihError:
    if document.broken or document.data is None or document.line is None:
        return UnavailableError(f"cannot be read ({document.broken and document.broken.strerror}).", path=document.file)
    number = lines_before + document.line
    place = f"{document.file}:{number}"
    if len(document.data) > MAX_BYTES:
        return InvalidError("it is larger than 64 MiB. Give one article a line.", path=document.file, line=number)
    try:
        given = json.loads(document.data)
    except (ValueError, RecursionError) as error:
        return InvalidError(f"not JSON ({error}).", path=document.file, line=number)
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return InvalidError(
            'no "text" in it. A line is an object with the article in "text".', path=document.file, line=number
        )
    try:
        facts, title = _facts(given), _title(given.get("id"))
    except TasrihError as error:
        return type(error)(str(error), path=document.file, line=number)
    naming = of_text(title or f"{Path(document.file).name.partition('.jsonl')[0]}-{number}")
    named = f"{place} ({_cut(title)})" if title else place
    return _checked(named, naming, given["text"].encode(errors="replace"), facts)


def _facts(given: dict[str, Any]) -> dict[str, str]:
    """What a line says of its article. Raises TasrihError when it is no text."""
    facts = {name: given[name] for name in _FACTS if given.get(name) not in (None, "")}
    for name, value in facts.items():
        if not isinstance(value, str) or _HALF.search(value):
            raise InvalidError(f'"{name}" is no text: {_cut(json.dumps(value))}. Give text, or leave it out.')
    return facts


def _title(given: Any) -> str:
    """The id of a line as text, empty where there is none. Raises TasrihError when it is neither text nor a number."""
    if given is None:
        return ""
    if isinstance(given, bool) or not isinstance(given, str | int | float):
        raise InvalidError(f'"id" is neither text nor a number: {_cut(json.dumps(given))}.')
    return str(given)


def _cut(text: str) -> str:
    return text if len(text) <= _TOLD else f"{text[:_TOLD]}…"
