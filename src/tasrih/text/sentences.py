"""Sentences: what ends them, and where those of a text end. A mark may stand after the full stop, or before it."""

import re
from functools import lru_cache

from tasrih.text.marks import CLOSING, EITHER

ENDS = ".!؟?…"
"""What ends a sentence."""
PAUSES = "،,؛"
"""What parts clauses."""
_CLOSERS = re.escape(CLOSING + EITHER + "'’❜>")
_ABBREVIATED = r"(?<!\sد.)(?<!\sم.)(?<!\sأ.)"  # behind a full stop: doctor, engineer, professor
# The class at the beginning lets the search run to the next such character at once; what it is, is asked behind it.
_END = re.compile(
    rf"[{ENDS}{_CLOSERS}\n](?:(?<=[{ENDS}]){_ABBREVIATED}[{_CLOSERS}]{{0,3}}\s+|(?<=[{_CLOSERS}])[.!؟?]\s*|(?<=\n))"
)


@lru_cache(maxsize=1 << 6)
def sentence_ends(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text end, and where the next ones begin; also inside marks. Not to be changed."""
    return [match.span() for match in _END.finditer(text)]


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence that a stretch stands in, or of the sentences."""
    begins = [following for _, following in sentence_ends(text)]
    first = max((place for place in begins if place <= start), default=0)
    return first, min((place for place in begins if place >= end), default=len(text))
