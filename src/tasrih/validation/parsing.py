"""From the bytes of a record to plain data, or to what is wrong with them."""

from typing import Any

import orjson

from tasrih.reading import MAX_BYTES
from tasrih.validation.rules import reading
from tasrih.validation.rules.reading import MAX_DEPTH, Flaw

_SPACE = b" \t\r\n"
_DEEPEST = 254
_ASKED_IN_ORDER = {
    "S102": reading.too_large,
    "S103": reading.empty,
    "S104": reading.not_utf8,
    "S105": reading.byte_order_mark,
    "S106": reading.too_deep,
    "S107": reading.not_a_number,
    "S108": reading.lone_surrogate,
    "S109": reading.not_json,
}


Flaws = list[tuple[str, Flaw]]


def parse(data: bytes) -> tuple[Any, Flaws]:
    """The JSON value of a record, and rule codes and flaws; the value is None where it could not be read."""
    if len(data) > MAX_BYTES:
        return None, _flaws(data)
    try:
        value = orjson.loads(data)
        written = _written(value)
    except (orjson.JSONDecodeError, orjson.JSONEncodeError):
        return None, _flaws(data)
    if data != written and data.translate(None, _SPACE) != written.translate(None, _SPACE):
        return value, [("S110", flaw) for flaw in reading.repeated_key(data)]
    return value, []


def _written(value: Any) -> bytes:
    """A value as JSON without white space. Raises orjson.JSONEncodeError when it is nested deeper than `MAX_DEPTH`.

    orjson writes `_DEEPEST` levels: those that a record may not have are put around it.
    """
    around = _DEEPEST - MAX_DEPTH
    for _ in range(around):
        value = [value]
    return orjson.dumps(value)[around:-around]


def _flaws(data: bytes) -> Flaws:
    found = ([(code, flaw) for flaw in ask(data)] for code, ask in _ASKED_IN_ORDER.items())
    return next(flaws for flaws in found if flaws)
