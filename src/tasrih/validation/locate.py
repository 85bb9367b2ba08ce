"""Where values stand in their JSON text: only looked up for records that have findings.

However many are asked for, the text is gone through once a level, so that the time is that of its length.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from json.decoder import scanstring  # type: ignore[attr-defined]

from tasrih.record import Path

_SPACE = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\]}]*")
_BRACKET_OR_STRING = re.compile(r'["\[\]{}]')
_BETWEEN = r'[^"\[\]{}]*+(?:"(?:[^"\\]++|\\.)*+"[^"\[\]{}]*+)*+'  # brackets: strings and what is in none
_LEVELS = 4  # of brackets in one another that a pattern skips at once: those of what is in a record


_Children = dict[str | int, int]


@cache
def _nested() -> re.Pattern[str]:
    """A pattern for a list or an object of few levels. What it has matched it never looks at again."""
    pattern = rf"[\[{{]{_BETWEEN}[\]}}]"
    for _ in range(1, _LEVELS):
        pattern = rf"[\[{{]{_BETWEEN}(?:{pattern}{_BETWEEN})*+[\]}}]"
    return re.compile(pattern, re.DOTALL)


def locate(text: str, paths: Iterable[Path]) -> list[int]:
    """The offset in `text` of the value at each path, or of the deepest value on the way that exists.

    `text` is valid JSON. Of a repeated key the first counts.
    """
    known: dict[int, _Children] = {}
    start = _skip_space(text, 0)
    return [_followed(text, path, start, known) for path in paths]


def _followed(text: str, path: Path, place: int, known: dict[int, _Children]) -> int:
    for step in path:
        if place not in known:
            known[place] = _children(text, place)
        found = known[place].get(step)
        if found is None:
            break
        place = found
    return place


def extents(text: str, paths: Sequence[Path]) -> list[tuple[int, int]]:
    """The offsets in `text` between which the value at each path stands; the end is exclusive."""
    return [(start, _skip_value(text, start)) for start in locate(text, paths)]


def lines_and_columns(text: str, offsets: Sequence[int]) -> list[tuple[int, int]]:
    """Line and column of each offset, both from 1, columns in code points."""
    places: dict[int, tuple[int, int]] = {}
    line, line_start, before = 1, 0, 0
    for offset in sorted(set(offsets)):
        line += text.count("\n", before, offset)
        line_start = text.rfind("\n", before, offset) + 1 or line_start
        places[offset] = line, offset - line_start + 1
        before = offset
    return [places[offset] for offset in offsets]


def _children(text: str, place: int) -> _Children:
    """Where the values of an object or a list are, by key or number; a text or a number has none."""
    found: _Children = {}
    is_list = text[place] == "["
    if not is_list and text[place] != "{":
        return found
    place = _skip_space(text, place + 1)
    while text[place] not in "]}":
        key: str | int = len(found)
        if not is_list:
            key, place = scanstring(text, place + 1)
            place = _skip_space(text, _skip_space(text, place) + 1)
        found.setdefault(key, place)
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
        whole = _nested().match(text, place)
        if whole:
            place = whole.end()
        elif text[place] == '"':
            place = scanstring(text, place + 1)[1]
        else:
            depth += 1 if text[place] in "{[" else -1
            place += 1
        if depth == 0:
            return place
        following = _BRACKET_OR_STRING.search(text, place)
        place = following.start() if following else len(text)
