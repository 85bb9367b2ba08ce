"""What quotes and articles have of a field, a number each: few combinations of values stand for many rows."""

from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from string import ascii_lowercase
from typing import Any


def in_letters(numbers: Iterable[int], count: int) -> dict[str, Any]:
    """Numbers below `count` as one text: each as `width` digits of base 26, which are letters, the highest first."""
    digits, width = list(ascii_lowercase), 1
    while len(digits) < count:
        digits, width = [one + other for one in digits for other in ascii_lowercase], width + 1
    return {"width": width, "rows": "".join(map(digits.__getitem__, numbers))}


class Column:
    """The rows of a field: of each, which of the combinations of values it has."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._rows = array("I")

    def add(self, values: Iterable[Any]) -> None:
        """The next row."""
        self._rows.append(self._numbers.setdefault(tuple(values), len(self._numbers)))

    def plain(self) -> dict[str, Any]:
        """The values, the combinations as numbers of values, and for each row its combination, `in_letters`.

        A browser reads a text of as many letters faster than a list of as many numbers, and it is half as long.
        """
        values = {value: number for number, value in enumerate(dict.fromkeys(chain(*self._numbers)))}
        combinations = [[values[value] for value in combination] for combination in self._numbers]
        return {"values": list(values), "combinations": combinations, **in_letters(self._rows, len(combinations))}

    def counts(self, weights: Iterable[int] | None = None) -> Counter[Any]:
        """How many rows have each value; with weights, for how much each row counts."""
        rows: Counter[int] = Counter()
        for row, weight in zip(self._rows, weights if weights is not None else [1] * len(self._rows), strict=True):
            rows[row] += weight
        found: Counter[Any] = Counter()
        for combination, number in self._numbers.items():
            for value in combination:
                found[value] += rows[number]
        return found
