"""Tokens: where the words and marks of a text stand, as the dataset's `tokens` config has them."""

import re
from functools import cache

from tasrih.text.letters import is_sign

_FIRST_SIGN, _BEYOND = 0x300, 0x10000


def tokens(text: str) -> list[tuple[int, int]]:
    """Where each token begins and ends, in code points.

    Letters, digits and underscores that stand together, with their diacritics and tatweel, are one token; any other
    character that is not white space is a token by itself. Proclitics are not split off.
    """
    return [found.span() for found in _pattern().finditer(text)]


@cache
def _pattern() -> re.Pattern[str]:
    signs = "".join(letter for letter in map(chr, range(_FIRST_SIGN, _BEYOND)) if is_sign(letter))
    return re.compile(rf"\w[\w{signs}]*|\S")
