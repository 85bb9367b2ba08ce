"""What quotes and articles have of a field, a number each: few combinations of values stand for many rows."""

from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any


class Column:
    """The rows of a field: of each, which of the combinations of values it has."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._rows = array("I")

    def add(self, values: Iterable[Any]) -> None:
        """The next row."""
        self._rows.append(self._numbers.setdefault(tuple(values), len(self._numbers)))

    def plain(self) -> dict[str, Any]:
        """The values, the combinations as numbers of values, and for each row the number of its combination."""
        values = {value: number for number, value in enumerate(dict.fromkeys(chain(*self._numbers)))}
        combinations = [[values[value] for value in combination] for combination in self._numbers]
        return {"values": list(values), "combinations": combinations, "rows": self._rows.tolist()}

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
