"""Raw articles from files, folders, JSON Lines and standard input."""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tasrih.errors import TasrihError
from tasrih.reading import MAX_BYTES

_SUFFIXES = (".txt", ".html", ".htm")
_BLOCK = 2**20
_FACTS = ("published", "publisher", "url")


class Raw(NamedTuple):
    """A raw article: what it is called, its bytes, and what is known besides."""

    name: str
    data: bytes
    facts: dict[str, str]


class Part(NamedTuple):
    """A file, or a range of bytes of JSON Lines with the number of its first line; "-" is standard input."""

    path: str
    start: int = 0
    end: int = 0
    line: int = 1


def parts(paths: Iterable[str]) -> Iterator[Part]:
    """The parts of texts (.txt), pages (.html), folders of them, JSON Lines, or "-", in their order."""
    for path in paths:
        if path.endswith(".jsonl") and Path(path).is_file():
            yield from _ranges(path)
        elif Path(path).is_dir():
            files = sorted(file for file in Path(path).rglob("*") if file.suffix.lower() in _SUFFIXES)
            yield from (Part(str(file)) for file in files) if files else [Part(path)]
        else:
            yield Part(path)


def raws(part: Part) -> Iterator[Raw | TasrihError]:
    """The articles of a part, and errors for what is none.

    A line of JSON Lines is an object with `text` and, where known, `id`, `published`, `publisher` and `url`.
    """
    if part.path == "-":
        yield _checked("stdin", sys.stdin.buffer.read(MAX_BYTES + 1))
    elif Path(part.path).is_dir():
        yield TasrihError(f"{part.path}: there is no .txt or .html file in it.")
    elif part.end:
        yield from _lines(part)
    else:
        yield _read(Path(part.path))


def _ranges(path: str) -> Iterator[Part]:
    """Ranges of whole lines."""
    with Path(path).open("rb") as stream:
        start, line = 0, 1
        while block := stream.read(_BLOCK):
            count = block.count(b"\n")
            while not block.endswith(b"\n") and (block := stream.readline(_BLOCK)):
                count += block.count(b"\n")
            yield Part(path, start, stream.tell(), line)
            start, line = stream.tell(), line + count


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


def _lines(part: Part) -> Iterator[Raw | TasrihError]:
    with Path(part.path).open("rb") as stream:
        stream.seek(part.start)
        number = part.line
        while stream.tell() < part.end:
            line = stream.readline(MAX_BYTES + 1)
            if len(line) > MAX_BYTES:
                yield TasrihError(f"{part.path}:{number}: it is larger than 64 MiB. Give one article a line.")
                while line and not line.endswith(b"\n"):
                    line = stream.readline(MAX_BYTES)
            elif line.strip():
                yield _line(f"{part.path}:{number}", line)
            number += 1


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
