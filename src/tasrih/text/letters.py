"""Letters: comparing words as a reader does, without losing their places."""

import re
import unicodedata
from collections.abc import Sequence

_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"})
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_TATWEEL = "ـ"
_UNADORNED = re.compile("[ -\u024f\u0600-\u060f\u061b-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u06d5\u2010-\u2027]*")


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text with spelling variants made alike, and for each character left its place in `text`.

    Diacritics and tatweel go; hamza seats, alif maqsura and taa marbuta are unified; Latin is lower-cased.
    Offsets are code points.
    """
    plain = text.translate(_LETTERS).lower() if _UNADORNED.fullmatch(text) else ""
    if len(plain) == len(text):
        return plain, range(len(text))
    letters = {letter: _plain(letter) for letter in set(text)}
    kept = [place for place, letter in enumerate(text) if letters[letter]]
    return "".join([letters[letter] for letter in text]), kept


def _plain(letter: str) -> str:
    """A letter without its variants; nothing for a diacritic or tatweel."""
    if letter == _TATWEEL or unicodedata.category(letter) == "Mn":
        return ""
    plain = letter.translate(_LETTERS)
    return plain.lower() if len(plain.lower()) == 1 else plain


def occurrences(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where `wanted` occurs in `text`, however it and its digits are spelt, as (start, end) in its code points."""
    haystack, places = fold(text.translate(_DIGITS))
    needle, _ = fold(wanted.translate(_DIGITS))
    found: list[tuple[int, int]] = []
    start = haystack.find(needle) if needle else -1
    while start >= 0:
        last = start + len(needle) - 1
        end = places[last + 1] if last + 1 < len(places) else len(text)
        found.append((places[start], len(text[:end].rstrip()) if needle[-1] != " " else end))
        start = haystack.find(needle, last + 1)
    return found
