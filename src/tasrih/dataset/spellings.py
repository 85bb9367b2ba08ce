"""Patterns for every spelling of a text that `fold` makes alike."""

import re
import sys
from functools import cache

from tasrih.text.letters import fold

_SIGNS = r"[\p{Mn}ـ]*"  # may stand anywhere: diacritics and tatweel


def spellings(wanted: str) -> str:
    """A pattern for every spelling of a text that `fold` makes alike."""
    letters = (f"[{re.escape(''.join(_variants().get(letter, [letter])))}]" for letter in fold(wanted)[0])
    return f"^{_SIGNS}{_SIGNS.join(letters)}{_SIGNS}$"


@cache
def _variants() -> dict[str, list[str]]:
    """The characters of the basic plane by what they are folded to."""
    found: dict[str, list[str]] = {}
    for letter in map(chr, [*range(0x20, 0xD800), *range(0xE000, min(0x10000, sys.maxunicode))]):
        found.setdefault(fold(letter)[0], []).append(letter)
    return found
