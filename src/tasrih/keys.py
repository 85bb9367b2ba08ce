"""Keys that an object of a JSON text has twice: a parser keeps one value of them, and loses the others."""

import re
from collections.abc import Iterator
from json.decoder import scanstring  # type: ignore[attr-defined]

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
