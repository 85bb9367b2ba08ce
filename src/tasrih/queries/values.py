"""What the values of a query mean: each as it is compared."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from tasrih.arguments import meant, shown
from tasrih.errors import ArgumentError
from tasrih.queries.fields import Field, Kind
from tasrih.text.letters import fold, western_digits
from tasrih.text.stems import phrase

Value = str | tuple[Any, ...]
"""A folded value, stems that follow one another, the first and last day of a period, the bounds of a number."""
RANGE = ".."
_PERIOD = re.compile("([12][0-9]{3})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_LAST = "-12-31"


def folded(text: str) -> str:
    """A value without spelling variants and white space around it."""
    return fold(text)[0].strip()


def value(field: Field, written: str) -> Value:
    """What a value means. Raises ArgumentError, which says what can be written."""
    return _READERS[field.kind](field, written)


def period(given: object) -> str:
    """A day, month or year as records begin with it. Raises ArgumentError for anything else."""
    match = _PERIOD.fullmatch(given) if isinstance(given, str) else None
    parts = [int(part) for part in match.groups() if part] if match else [0]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError as error:
        raise ArgumentError(
            f"{shown(given)}: no day, month or year. Write it as 2021-10-13, 2021-10 or 2021."
        ) from error
    return "-".join(f"{part:02}" for part in parts)


def _words(_: Field, written: str) -> Value:
    found = phrase(written)
    if not found:
        raise ArgumentError(f"{shown(written)}: no letter to look for.")
    return found


def _choice(field: Field, written: str) -> Value:
    known = {folded(one): one for one in field.choices}
    if folded(written) not in known:
        raise ArgumentError(
            f"{shown(written)}: no value of {field.name}; choose one of {', '.join(field.choices)}."
            f"{meant(written, field.choices)}"
        )
    return known[folded(written)]


def _plain(_: Field, written: str) -> Value:
    if not folded(written):
        raise ArgumentError(f"{shown(written)}: no letter to look for.")
    return folded(written)


def _days(_: Field, written: str) -> Value:
    first, last = _bounds(western_digits(written).strip())
    begin, end = (period(bound) if bound else "" for bound in (first, last))
    if begin and end and end + _LAST[len(end) - 4 :] < begin:
        raise ArgumentError(f"{shown(written)}: it ends before it begins.")
    return begin, end + _LAST[len(end) - 4 :] if end else ""


def _numbers(_: Field, written: str) -> Value:
    bounds = _bounds(western_digits(written).strip())
    if not all(not bound or _NUMBER.fullmatch(bound) for bound in bounds):
        raise ArgumentError(f"{shown(written)}: no number. Write it as 0.5, 0.5..0.8, 0.5.. or ..0.8.")
    low, high = (float(bound or other) for bound, other in zip(bounds, ("0", "1"), strict=True))
    if high < low:
        raise ArgumentError(f"{shown(written)}: it ends before it begins.")
    return low, high


def _bounds(written: str) -> tuple[str, str]:
    """The two ends of a range; one value is both, and an end that is left out is empty."""
    first, dots, last = written.partition(RANGE)
    if dots and not (first or last):
        raise ArgumentError(f"{shown(written)}: a range needs a beginning or an end.")
    return (first, last) if dots else (written, written)


_READERS: dict[Kind, Callable[[Field, str], Value]] = {
    "words": _words,
    "choice": _choice,
    "name": _plain,
    "value": _plain,
    "period": _days,
    "number": _numbers,
}
