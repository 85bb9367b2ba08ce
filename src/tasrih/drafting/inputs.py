"""Raw articles from files, folders, JSON Lines and standard input."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tasrih.errors import TasrihError
from tasrih.reading import MAX_BYTES, Document, Slice, documents_in, files_below, line_counter, opened, slices

_SUFFIXES = (".txt", ".html", ".htm")
_BLOCK = 2**20
_FACTS = ("published", "publisher", "url")


class Raw(NamedTuple):
    """A raw article: what it is called, its bytes, and what is known besides."""

    name: str
    data: bytes
    facts: dict[str, str]


class Part(NamedTuple):
    """A file, or a slice of JSON Lines and the number of lines before it; "-" is standard input."""

    slice: Slice
    lines_before: int = 0


def parts(paths: Iterable[str]) -> Iterator[Part]:
    """The parts of texts (.txt), pages (.html), folders of them, JSON Lines, or "-", in their order."""
    for path in paths:
        if Path(path).is_dir():
            files = [file for file in files_below(Path(path)) if file.suffix.lower() in _SUFFIXES]
            yield from (Part(Slice(str(file))) for file in files) if files else [Part(Slice(path))]
        elif Slice(path).is_lines and Path(path).is_file():
            yield from _sliced(path)
        else:
            yield Part(Slice(path))


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
        yield _checked("stdin", sys.stdin.buffer.read(MAX_BYTES + 1))
    elif Path(path).is_dir():
        yield TasrihError(f"{path}: there is no .txt or .html file in it.")
    elif part.slice.is_lines and Path(path).is_file():
        yield from _lines(part)
    else:
        yield _read(Path(path))


def _lines(part: Part) -> Iterator[Raw | TasrihError]:
    document = None
    for document in documents_in(part.slice):
        yield _line(document, part.lines_before)
    if document is None and part.slice.end is None:
        yield TasrihError(f"{part.slice.file}: there are no articles in it.")


def _read(file: Path) -> Raw | TasrihError:
    try:
        with opened(file) as stream:
            return _checked(str(file), stream.read(MAX_BYTES + 1))
    except OSError as error:
        return TasrihError(f"{file}: cannot be read ({error.strerror}).")


def _checked(name: str, data: bytes, facts: dict[str, str] | None = None) -> Raw | TasrihError:
    if not data.strip():
        return TasrihError(f"{name}: it is empty. Give the text of an article.")
    if len(data) > MAX_BYTES:
        return TasrihError(f"{name}: it is larger than 64 MiB. Give one article a file.")
    return Raw(name, data, facts or {})


def _line(document: Document, lines_before: int) -> Raw | TasrihError:
    if document.broken or document.data is None or document.line is None:
        return TasrihError(f"{document.file}: cannot be read ({document.broken and document.broken.strerror}).")
    place = f"{document.file}:{lines_before + document.line}"
    if len(document.data) > MAX_BYTES:
        return TasrihError(f"{place}: it is larger than 64 MiB. Give one article a line.")
    try:
        given = json.loads(document.data)
    except (ValueError, RecursionError) as error:
        return TasrihError(f"{place}: not JSON ({error}).")
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return TasrihError(f'{place}: no "text" in it. A line is an object with the article in "text".')
    facts = {name: given[name] for name in _FACTS if isinstance(given.get(name), str)}
    data = given["text"].encode(errors="replace")
    return _checked(f"{given.get('id') or place}.txt".rpartition("/")[2], data, facts)
