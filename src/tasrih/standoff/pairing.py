"""Words of two texts of which one is known by the lengths of its words alone: which is which.

An alignment of all words at once (Needleman and Wunsch 1970) with gaps that cost more to open than to go on with (Gotoh
1982), so that a sentence that is gone is one gap. Scores are in half bits: how much rarer than chance two words of
these lengths are at the same place.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from tasrih.standoff.evidence import Evidence

Scores = np.ndarray[Any, np.dtype[np.int32]]

_RARITY = np.array(
    [0, 15, 6, 5, 5, 5, 5, 6, 9, 11, 15, 16], np.int32
)  # of a word's length in Arabic news, in half bits
_ALMOST, _UNLIKE = -2, -6  # a length that differs by one letter, as by a comma; one that differs by more
_OPEN, _ON = 7, 1
_CELLS = 9_000_000  # pairs of words that are held against each other, some forty bytes each


class Pair(NamedTuple):
    """The number of a new word, and how well an old one fits it, in half bits."""

    word: int
    fit: int


def paired(old: Sequence[int], new: Sequence[str], known: Sequence[Evidence]) -> list[Pair | None]:
    """For each old word, by its length, the new word that it is; None where it is gone.

    Of very many words only those are paired that have the same lengths from the beginning, or from the end.
    """
    if len(old) * len(new) > _CELLS:
        return _paired_from_ends(old, new)
    pairs: list[Pair | None] = [None] * len(old)
    likeness = _likeness(old, new, known)
    best, gone, added = _scores(likeness)
    row, column = len(old), len(new)
    while row and column:
        if best[row, column] == best[row - 1, column - 1] + likeness[row - 1, column - 1]:
            row, column = row - 1, column - 1
            pairs[row] = Pair(column, int(likeness[row, column]))
        elif best[row, column] == gone[row, column]:
            row = _opened(gone[: row + 1, column], best[: row + 1, column])
        else:
            column = _opened(added[row, : column + 1], best[row, : column + 1])
    return pairs


def _paired_from_ends(old: Sequence[int], new: Sequence[str]) -> list[Pair | None]:
    """The words before the first that differs in length, and after the last."""
    lengths = [len(word) for word in new]
    pairs: list[Pair | None] = [None] * len(old)
    shortest = min(len(old), len(new))
    same = next((place for place in range(shortest) if old[place] != lengths[place]), shortest)
    for place in range(same):
        pairs[place] = Pair(place, _rarity(old[place]))
    for place in range(1, shortest - same + 1):
        if old[-place] != lengths[-place]:
            break
        pairs[-place] = Pair(len(new) - place, _rarity(old[-place]))
    return pairs


def _rarity(length: int) -> int:
    return int(_RARITY[min(length, len(_RARITY) - 1)])


def _opened(gap: Scores, best: Scores) -> int:
    """Where the gap that ends at the end of a row or column begins."""
    place = len(gap) - 1
    while place > 1 and gap[place] != best[place - 1] - _OPEN - _ON:
        place -= 1
    return place - 1


def _likeness(old: Sequence[int], new: Sequence[str], known: Sequence[Evidence]) -> Scores:
    """How well each old word fits each new one."""
    lengths = np.array(old, np.int32)
    apart = np.abs(lengths[:, None] - np.array([len(word) for word in new], np.int32)[None, :])
    rarity = _RARITY[np.minimum(lengths, len(_RARITY) - 1)][:, None]
    likeness: Scores = np.where(apart == 0, rarity, np.where(apart == 1, _ALMOST, _UNLIKE)).astype(np.int32)
    for words, holds, weight in known:
        likeness[words] += np.array([weight if holds(word) else -weight for word in new], np.int32)
    return likeness


def _scores(likeness: Scores) -> tuple[Scores, Scores, Scores]:
    """The best score up to each pair, and those of them that end with old words gone, and with new words added."""
    rows, columns = likeness.shape
    steps = _ON * np.arange(columns + 1, dtype=np.int32)
    best = np.full((rows + 1, columns + 1), -(2**30), np.int32)
    gone, added = best.copy(), best.copy()
    best[0] = added[0] = -_OPEN - steps
    best[0, 0] = 0
    for row in range(1, rows + 1):
        gone[row] = np.maximum(best[row - 1] - _OPEN, gone[row - 1]) - _ON
        best[row] = gone[row]
        np.maximum(best[row, 1:], best[row - 1, :-1] + likeness[row - 1], out=best[row, 1:])
        added[row, 1:] = (np.maximum.accumulate(best[row] + steps) - steps)[:-1] - _OPEN - _ON
        np.maximum(best[row], added[row], out=best[row])
    return best, gone, added


def gain(pairs: Sequence[Pair | None]) -> int:
    """How much better than chance, in half bits, words that follow one another fit those that they are paired with."""
    found = [pair for pair in pairs if pair]
    gaps = sum(second.word != first.word + 1 for first, second in pairwise(found))
    return sum(pair.fit for pair in found) - _OPEN * gaps
