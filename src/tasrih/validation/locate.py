"""Where a value stands in its JSON text: only looked up for records that have findings."""

import re
from json.decoder import scanstring  # type: ignore[attr-defined]

from tasrih.validation.finding import Path

_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\]}]*")
_BRACKET_OR_STRING = re.compile(r'["\[\]{}]')


def locate(text: str, path: Path) -> int:
    """The offset in `text` of the value at `path`, or of the deepest value on the way that exists.

    `text` is valid JSON. Of a repeated key the first counts.
    """
    place = _skip_space(text, 0)
    for step in path:
        children = _members(text, place) if isinstance(step, str) else _items(text, place)
        found = children.get(step)
        if found is None:
            break
        place = found
    return place


def extent(text: str, path: Path) -> tuple[int, int]:
    """The offsets in `text` between which the value at `path` stands; the end is exclusive."""
    start = locate(text, path)
    return start, _skip_value(text, start)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, both from 1, columns in code points."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _members(text: str, place: int) -> dict[str | int, int]:
    found: dict[str | int, int] = {}
    if text[place] != "{":
        return found
    place = _skip_space(text, place + 1)
    while text[place] == '"':
        key, place = scanstring(text, place + 1)
        place = _skip_space(text, _skip_space(text, place) + 1)
        found.setdefault(key, place)
        place = _skip_space(text, _skip_value(text, place))
        place = _skip_space(text, place + 1) if text[place] == "," else place
    return found


def _items(text: str, place: int) -> dict[str | int, int]:
    found: dict[str | int, int] = {}
    if text[place] != "[":
        return found
    place = _skip_space(text, place + 1)
    while text[place] != "]":
        found[len(found)] = place
        place = _skip_space(text, _skip_value(text, place))
        place = _skip_space(text, place + 1) if text[place] == "," else place
    return found


def _skip_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _skip_value(text: str, place: int) -> int:
    if text[place] not in '{["':
        match = _SCALAR.match(text, place)
        return match.end() if match else place
    depth = 0
    while True:
        if text[place] == '"':
            place = scanstring(text, place + 1)[1]
        else:
            depth += 1 if text[place] in "{[" else -1
            place += 1
        if depth == 0:
            return place
        following = _BRACKET_OR_STRING.search(text, place)
        place = following.start() if following else len(text)
