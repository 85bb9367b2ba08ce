"""Raw articles from files, folders, JSON Lines and standard input."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tasrih.errors import TasrihError
from tasrih.reading import MAX_BYTES

_SUFFIXES = (".txt", ".html", ".htm")
_FACTS = ("published", "publisher", "url")


class Raw(NamedTuple):
    """A raw article: what it is called, its bytes, and what is known besides."""

    name: str
    data: bytes
    facts: dict[str, str]


def raws(paths: Iterable[str]) -> Iterator[Raw | TasrihError]:
    """The articles of texts (.txt), pages (.html), folders of them, JSON Lines, or "-"; errors for what is none.

    A line of JSON Lines is an object with `text` and, where known, `id`, `published`, `publisher` and `url`.
    """
    for path in paths:
        if path == "-":
            yield _checked("stdin", sys.stdin.buffer.read(MAX_BYTES + 1))
        elif Path(path).is_dir():
            files = sorted(file for file in Path(path).rglob("*") if file.suffix.lower() in _SUFFIXES)
            yield from map(_read, files) if files else [TasrihError(f"{path}: there is no .txt or .html file in it.")]
        elif path.endswith(".jsonl"):
            yield from _lines(Path(path))
        else:
            yield _read(Path(path))


def _read(file: Path) -> Raw | TasrihError:
    try:
        with file.open("rb") as stream:
            return _checked(str(file), stream.read(MAX_BYTES + 1))
    except OSError as error:
        return TasrihError(f"{file}: cannot be read ({error.strerror}).")


def _checked(name: str, data: bytes, facts: dict[str, str] | None = None) -> Raw | TasrihError:
    if not data.strip():
        return TasrihError(f"{name}: it is empty. Give the text of an article.")
    if len(data) > MAX_BYTES:
        return TasrihError(f"{name}: it is larger than 64 MiB. Give one article a file.")
    return Raw(name, data, facts or {})


def _lines(file: Path) -> Iterator[Raw | TasrihError]:
    try:
        with file.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield _line(f"{file}:{number}", line)
    except OSError as error:
        yield TasrihError(f"{file}: cannot be read ({error.strerror}).")


def _line(place: str, line: bytes) -> Raw | TasrihError:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        return TasrihError(f"{place}: not JSON ({error}).")
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        return TasrihError(f'{place}: no "text" in it. A line is an object with the article in "text".')
    facts = {name: given[name] for name in _FACTS if isinstance(given.get(name), str)}
    data = given["text"].encode(errors="replace")
    return _checked(f"{given.get('id') or place}.txt".rpartition("/")[2], data, facts)
