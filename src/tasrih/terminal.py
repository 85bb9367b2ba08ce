"""Arabic in a terminal."""

import re

_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ARABIC = re.compile("“([^”]*[\u0600-\u06ff][^”]*)”")


def clean(text: str) -> str:
    """Text without the characters that would move the cursor, change colours or reorder what is shown."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def right_to_left(text: str) -> str:
    """Text that is laid out from right to left, whatever stands around it."""
    return f"{_RIGHT_TO_LEFT}{text}{_POP}"


def message(text: str) -> str:
    """A cleaned message in which the Arabic words between “ and ” are isolated."""
    return _ARABIC.sub(lambda match: f"“{right_to_left(match[1])}”", clean(text))
