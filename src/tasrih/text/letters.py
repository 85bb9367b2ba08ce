"""Letters, signs and digits: what they are, and comparing words as a reader does, without losing their places.

The constants in capitals are for the classes of patterns: they stand between [ and ].
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

LETTERS = "\u0621-\u063a\u0641-\u064a"
TATWEEL = "\u0640"
SIGNS = "\u064b-\u065f\u0670"
OTHER_LETTERS = "\u0671-\u06d5"
"""Letters of the Arabic script that other languages have, and the alif of wasla."""
DIGITS = "0-9٠-٩۰-۹"
LATIN = "A-Za-z\u00c0-\u024f"
SHAPES = "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufdf0-\ufdf9\ufe70-\ufefc"
"""Presentation forms: shapes of letters, not the marks ﴿ ﴾ and formulas that are typed as one sign (ﷺ ﷻ ﷽)."""
LOOK_ALIKES = dict(zip("یکڪھہۀە", "يككهههه", strict=True))
"""Letters of Persian and Urdu, and those of Arabic that they look like."""

VARIANTS = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه"}
"""Letters that are written for one another, and what they are folded to."""
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_OTHER_DIGITS = re.compile("[٠-٩۰-۹]")
_ARABIC = re.compile(f"[{LETTERS} ]+")
# What needs no look at each letter: neither a sign nor a tatweel is in it.
_UNADORNED = re.compile("[ -\u024f\u0600-\u060f\u061b-\u063f\u0641-\u064a\u0660-\u066f\u0671-\u06d5\u2010-\u2027]*")


@lru_cache(maxsize=1 << 12)
def is_sign(letter: str) -> bool:
    """Whether a character stands over or under a letter: a vowel sign, shadda, hamza above."""
    return unicodedata.category(letter) == "Mn"


def is_in_word(letter: str) -> bool:
    """Whether a character is part of a word: a letter, tatweel, a digit, or a sign on one."""
    return letter.isalnum() or is_sign(letter)


def after_signs(text: str, place: int) -> int:
    """The offset after the signs and the tatweel that stand at an offset: they belong to the letter before."""
    while place < len(text) and (text[place] == TATWEEL or is_sign(text[place])):
        place += 1
    return place


def western_digits(text: str) -> str:
    """The text with the digits of 0 to 9, whichever it has."""
    return text.translate(_DIGITS) if _OTHER_DIGITS.search(text) else text


def fold(text: str) -> tuple[str, Sequence[int]]:
    """The text with spelling variants made alike, and for each character left its place in `text`.

    Diacritics and tatweel go; hamza seats, alif maqsura and taa marbuta are unified; Latin is lower-cased.
    Offsets are code points.
    """
    plain = _unified(text).lower() if _UNADORNED.fullmatch(text) else ""
    if len(plain) == len(text):
        return plain, range(len(text))
    letters = list(map(_plain, text))
    return "".join(letters), list(compress(range(len(text)), letters))


def _unified(text: str) -> str:
    """A text with the variants of letters made alike; `translate` takes far longer, it raises for each other letter."""
    for letter, plain in VARIANTS.items():
        text = text.replace(letter, plain)
    return text


@lru_cache(maxsize=1 << 12)
def _plain(letter: str) -> str:
    """A letter without its variants; nothing for a diacritic or tatweel."""
    if letter == TATWEEL or is_sign(letter):
        return ""
    plain = VARIANTS.get(letter, letter)
    return plain.lower() if len(plain.lower()) == 1 else plain


def occurrences(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where `wanted` occurs in `text`, however it and its digits are spelt, as (start, end) in its code points."""
    haystack, places = fold(western_digits(text))
    needle, _ = fold(western_digits(wanted))
    found: list[tuple[int, int]] = []
    start = haystack.find(needle) if needle else -1
    while start >= 0:
        last = start + len(needle) - 1
        end = places[last + 1] if last + 1 < len(places) else len(text)
        found.append((places[start], len(text[:end].rstrip()) if needle[-1] != " " else end))
        start = haystack.find(needle, last + 1)
    return found


def is_arabic(text: str) -> bool:
    """Whether a text is of Arabic letters and spaces, and of nothing else."""
    return _ARABIC.fullmatch(text) is not None
