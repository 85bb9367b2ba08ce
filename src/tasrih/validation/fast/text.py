"""T: texts of ordinary letters."""

import numpy as np

from tasrih.columnar import Flags, Numbers, Texts, child, texts
from tasrih.validation.fast.columns import Columns
from tasrih.validation.fast.doubts import vouches
from tasrih.validation.fast.letters import STRANGE, Classes, Codes, classes

_TATWEEL, _FIRST_LETTER, _LAST_LETTER, _FIRST_SIGN, _LAST_SIGN = 0x640, 0x621, 0x64A, 0x64B, 0x652


@vouches(*(f"T{number}" for number in range(101, 114)))
def ordinary(columns: Columns) -> Flags:
    """Texts and names hold ordinary Arabic letters, digits, punctuation and single spaces, and are in NFC."""
    names = texts(child(columns.entities.values, "name"))
    strange = [_strange(columns.layout.texts.codes, columns.classes), _strange(names.codes, classes(names.codes))]
    paragraph, name = (
        np.searchsorted(column.starts, where, side="right") - 1
        for column, where in zip((columns.layout.texts, names), strange, strict=True)
    )
    padded = _padded(columns.layout.texts), _padded(names)
    return columns.rows(
        columns.layout.paragraphs.owner[np.concatenate((paragraph, padded[0]))],
        columns.entities.owner[np.concatenate((name, padded[1]))],
    )


def _strange(codes: Codes, classes: Classes) -> Numbers:
    """Where there is an unusual letter, a second space, a tatweel before a letter, or a vowel sign out of order."""
    here, following = codes[:-1], codes[1:]
    signs = (here >= _FIRST_SIGN) & (here <= _LAST_SIGN) & (following >= _FIRST_SIGN) & (following < here)
    stretched = (here == _TATWEEL) & (following >= _FIRST_LETTER) & (following <= _LAST_LETTER)
    pairs = ((here == ord(" ")) & (following == ord(" "))) | stretched
    return np.concatenate((np.flatnonzero(classes & STRANGE), np.flatnonzero(pairs | signs)))


def _padded(column: Texts) -> Numbers:
    """Which strings begin or end with a space."""
    there = np.flatnonzero(column.lengths)
    first, last = column.codes[column.starts[there]], column.codes[column.starts[there + 1] - 1]
    return there[(first == ord(" ")) | (last == ord(" "))]
