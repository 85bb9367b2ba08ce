"""What the letters of a batch are to the rules: a table of classes by code point."""

import re
from functools import cache
from typing import Any

import numpy as np

from tasrih import quotation

_SPACES = "".join(map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029]))
_EDGES = f" {quotation.GLYPHS}،؛؟.:,;!?()[]/-–—…"
_ODD = re.compile("[^ !-%'-;=-@\\[-`{-~\u0621-\u063a\u0640-\u0652\u060c\u061b\u061f\u0660-\u066c«»“”‘’–—…]")
_PERHAPS = quotation.SINGLE + "‹›" + quotation.DOUBLED
MARK, SPACE, EDGE, STRANGE, PROCLITIC, UNSURE = 1, 2, 4, 8, 16, 32  # a bit each: a letter may be of several classes
_SURROGATES = range(0xD800, 0xE000)
_TABLE = 0x10000  # letters beyond count as the last one, which is strange
Codes = np.ndarray[Any, np.dtype[np.uint32]]
Classes = np.ndarray[Any, np.dtype[np.uint8]]


def classes(codes: Codes) -> Classes:
    """The classes of letters."""
    return _table()[np.minimum(codes, _TABLE - 1)]


@cache
def _table() -> Classes:
    every = "".join("\ufffd" if code in _SURROGATES else chr(code) for code in range(_TABLE))
    table = np.zeros(_TABLE, np.uint8)
    known = ((quotation.GLYPHS, MARK), (_SPACES, SPACE), (_EDGES, EDGE), ("وفبكل", PROCLITIC), (_PERHAPS, UNSURE))
    for letters, flag in known:
        table[[ord(letter) for letter in letters]] |= flag
    table[[match.start() for match in _ODD.finditer(every)]] |= STRANGE
    return table
