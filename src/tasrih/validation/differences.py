"""Where two texts that should be alike differ."""

import unicodedata
from collections.abc import Iterable

_LEAST_ALIKE = 0.5
_LEAST_BEGINNING = 8


def difference(given: str, there: str) -> str:
    """The first letter in which two texts differ that are mostly alike; nothing when they are not, or do not differ."""
    longer = max(len(given), len(there))
    if given == there or _alike(given, there) < _LEAST_ALIKE * longer:
        return ""
    return _told(_shared(given, there), given, there)


def difference_in(given: str, text: str) -> str:
    """The same, held against wherever in a long text the longest beginning of what was given is."""
    least, most = 0, len(given)
    while least < most:  # a shorter beginning is in it as well, so that halving finds the longest
        middle = (least + most + 1) // 2
        least, most = (middle, most) if given[:middle] in text else (least, middle - 1)
    if least < min(_LEAST_BEGINNING, len(given) / 2) or least == len(given):
        return ""
    start = text.find(given[:least])
    return _told(least, given, text[start : start + least + 1])


def nearest(given: str, texts: Iterable[str]) -> str:
    """Of several texts the one that begins and ends most like another."""
    return max(texts, key=lambda text: _alike(given, text), default="")


def _alike(one: str, other: str) -> int:
    """How many letters two texts share at their beginning and end."""
    before = _shared(one, other)
    return before + _shared(one[before:][::-1], other[before:][::-1])


def _shared(one: str, other: str) -> int:
    """How many letters two texts share at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (first, second) in pairs if first != second), min(len(one), len(other)))


def _told(place: int, given: str, there: str) -> str:
    return f"letter {place + 1} is {_named(given[place:])} here, {_named(there[place:])} there"


def _named(rest: str) -> str:
    if not rest:
        return "nothing"
    name = unicodedata.name(rest[0], "without a name")
    return f"U+{ord(rest[0]):04X} {name}"
