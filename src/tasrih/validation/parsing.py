"""From the bytes of a record to plain data, or to what is wrong with them."""

from typing import Any

import orjson

from tasrih.reading import MAX_BYTES
from tasrih.validation.rules import reading
from tasrih.validation.rules.reading import Flaw

_SPACE = b" \t\r\n"
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


def parse(data: bytes) -> tuple[Any, list[tuple[str, Flaw]]]:
    """The JSON value of a record, and rule codes and flaws; the value is None where it could not be read."""
    if len(data) > MAX_BYTES:
        return None, _flaws(data)
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None, _flaws(data)
    if _repeats_a_key(data, value):
        return value, [("S110", flaw) for flaw in reading.repeated_key(data)]
    return value, []


def _flaws(data: bytes) -> list[tuple[str, Flaw]]:
    found = ([(code, flaw) for flaw in ask(data)] for code, ask in _ASKED_IN_ORDER.items())
    return next(flaws for flaws in found if flaws)


def _repeats_a_key(data: bytes, value: Any) -> bool:
    """Whether the bytes may say more than the value: cheap, and sometimes true without reason."""
    written = orjson.dumps(value)
    return data != written and data.translate(None, _SPACE) != written.translate(None, _SPACE)
