"""Keys that an object of a JSON text has twice: a parser keeps one value of them, and loses the others."""

import json
import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]

from tasrih.errors import InvalidError

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"(\s*+:)?|[{}]', re.DOTALL)


def repeated(text: str) -> Iterator[tuple[int, str]]:
    """The offset and name of each key that its object has already. `text` is valid JSON, of which one pass is made."""
    objects: list[set[str]] = []
    for token in _TOKEN.finditer(text):
        if token[0] == "{":
            objects.append(set())
        elif token[0] == "}":
            objects.pop()
        elif token[2]:
            name = token[1] if "\\" not in token[1] else scanstring(text, token.start() + 1)[0]
            if name in objects[-1]:
                yield token.start(), name
            objects[-1].add(name)


def refuse_repeated(place: str, data: bytes) -> None:
    """Raises TasrihError for valid JSON in which an object has a key twice: to write it anew would lose a value."""
    text = data.decode()
    for offset, name in repeated(text):
        line = text.count("\n", 0, offset) + 1
        raise InvalidError(f"{place}:{line}: the field {json.dumps(name)} is there twice. Keep one of them.")
