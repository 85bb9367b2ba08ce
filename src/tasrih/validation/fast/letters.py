"""What the letters of a batch are to the rules: a table of classes by code point."""

import re
from functools import cache
from string import ascii_letters
from typing import Any

import numpy as np

from tasrih.columnar import Flags, Numbers, Texts
from tasrih.text import marks
from tasrih.text.letters import LETTERS, TATWEEL
from tasrih.text.sentences import ENDS, PAUSES
from tasrih.text.words import PROCLITICS
from tasrih.validation.rules import anchors

_SPACES = "".join(map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029]))
_EDGES = f" {marks.GLYPHS}{ENDS}{PAUSES}:;()[]/-–—"
_PLAIN = re.compile(f"[ !-%'-;=-~{LETTERS}{TATWEEL}\u064b-\u0652،؛؟\u0660-\u066c«»“”‘’–—…]")
_PERHAPS = marks.SINGLE + "‹›" + marks.DOUBLED
MARK, SPACE, EDGE, STRANGE, PROCLITIC, UNSURE, PAUSE, LATIN = (1 << bit for bit in range(8))
"""What a letter is; one may be of several classes."""
FIRST, LAST = "\u0621", "\u064a"
"""Arabic letters lie between these: a pattern of others is soon made, which one of all that are no letters is not."""
_FIRST_SIGN, _LAST_SIGN = 0x64B, 0x652
_TABLE = 0x10000  # letters beyond count as the last one, which is strange
Codes = np.ndarray[Any, np.dtype[np.uint32]]
Classes = np.ndarray[Any, np.dtype[np.uint8]]


def classes(codes: Codes) -> Classes:
    """The classes of letters."""
    return _table().take(codes, mode="clip")


def strange(texts: Texts, classes: Classes) -> Numbers:
    """Which strings hold an unusual letter, a second space, a space at an end, or are not in NFC."""
    where = np.searchsorted(texts.starts, _strange(texts.codes, classes), side="right") - 1
    return np.concatenate((where, _padded(texts)))


def _strange(codes: Codes, classes: Classes) -> Numbers:
    """Where there is an unusual letter or one of another script inside a word, a second space, a tatweel before a
    letter, or a vowel sign out of order.
    """
    here, following = codes[:-1], codes[1:]
    signs = (here >= _FIRST_SIGN) & (here <= _LAST_SIGN) & (following >= _FIRST_SIGN) & (following < here)
    stretched = (here == ord(TATWEEL)) & _is_arabic(following)
    odd = np.flatnonzero(classes & (STRANGE | LATIN))
    latin = odd[classes[odd] & STRANGE == 0]
    mixed = latin[_is_arabic(codes[latin - 1]) | _is_arabic(codes[np.minimum(latin + 1, len(codes) - 1)])]
    pairs = ((here == ord(" ")) & (following == ord(" "))) | stretched
    return np.concatenate((odd[classes[odd] & STRANGE > 0], mixed, np.flatnonzero(pairs | signs)))


def _is_arabic(codes: Codes) -> Flags:
    return (codes >= ord(FIRST)) & (codes <= ord(LAST))


def _padded(column: Texts) -> Numbers:
    """Which strings begin or end with a space."""
    there = np.flatnonzero(column.lengths)
    first, last = column.codes[column.starts[there]], column.codes[column.starts[there + 1] - 1]
    return there[(first == ord(" ")) | (last == ord(" "))]


@cache
def _table() -> Classes:
    every = "".join(map(chr, range(_TABLE)))
    table = np.full(_TABLE, STRANGE, np.uint8)
    table[[ord(letter) for letter in _PLAIN.findall(every)]] = 0
    known = [(marks.GLYPHS, MARK), (_SPACES, SPACE), (_EDGES, EDGE), (PROCLITICS, PROCLITIC), (_PERHAPS, UNSURE)]
    known += [(anchors.PAUSES, PAUSE), (ascii_letters, LATIN)]
    for letters, flag in known:
        table[[ord(letter) for letter in letters]] |= flag
    return table
