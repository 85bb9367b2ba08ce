"""From the bytes of a record to plain data, or to what is wrong with them."""

import re
from collections.abc import Iterator
from typing import Any

import orjson

from tasrih.reading import MAX_BYTES
from tasrih.validation.findings import Flaw
from tasrih.validation.registry import BYTES, KEYS, Scope
from tasrih.validation.rules.syntax import MAX_DEPTH

_SPACE = b" \t\r\n"
_DEEPEST = 254
_FLOAT = re.compile(rb":\s*-?\d+(?:\.\d|[eE])")
_PLACES = ("start", "end", "line")
Flaws = list[tuple[str, Flaw]]


def parse(data: bytes) -> tuple[Any, Flaws]:
    """The JSON value of a record, and rule codes and flaws; the value is None where it could not be read."""
    if len(data) > MAX_BYTES:
        return None, _flaws(BYTES, data)
    try:
        value = orjson.loads(data)
        written = _written(value)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None, _flaws(BYTES, data)
    differs = data != written and data.translate(None, _SPACE) != written.translate(None, _SPACE)
    return _with_whole_numbers(value) if _FLOAT.search(data) else value, _flaws(KEYS, data) if differs else []


def _with_whole_numbers(value: Any, key: str = "") -> Any:
    """A value in which places such as 1.0, which the schema allows, are integers, since texts are cut at them."""
    if isinstance(value, dict):
        return {name: _with_whole_numbers(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_whole_numbers(item) for item in value]
    return int(value) if key in _PLACES and isinstance(value, float) and value.is_integer() else value


def _written(value: Any) -> bytes:
    """A value as JSON without white space. Raises orjson.JSONEncodeError when it is nested deeper than `MAX_DEPTH`.

    orjson writes `_DEEPEST` levels: those that a record may not have are put around it.
    """
    around = _DEEPEST - MAX_DEPTH
    for _ in range(around):
        value = [value]
    return orjson.dumps(value)[around:-around]


def _flaws(scope: Scope[[bytes], Iterator[Flaw]], data: bytes) -> Flaws:
    """What the first rule finds that finds something."""
    found = ([(rule.code, flaw) for flaw in rule.check(data)] for rule in scope.rules.values())
    return next((flaws for flaws in found if flaws), [])
