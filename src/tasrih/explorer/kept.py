"""Rows that wait on the disk until all articles have passed, so that memory stays flat."""

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from typing import Any
from weakref import finalize

import orjson

_IN_MEMORY = 2**23  # bytes


class Kept:
    """Rows of plain data by a key; of each only its place is in memory."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by what follows
        finalize(self, self._file.close)
        self._places: dict[str, list[tuple[int, int]]] = {}
        self._end = 0

    def add(self, key: str, row: Any) -> None:
        """Keeps a row."""
        data = orjson.dumps(row)
        self._file.seek(self._end)
        self._file.write(data)
        self._places.setdefault(key, []).append((self._end, len(data)))
        self._end += len(data)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def count(self, key: str) -> int:
        """How many rows a key has."""
        return len(self._places.get(key, ()))

    def rows(self, key: str, first: int = 0, most: int | None = None) -> Iterator[Any]:
        """The rows of a key from a number on, as many as are wanted."""
        last = None if most is None else first + most
        for place, length in self._places.get(key, [])[first:last]:
            self._file.seek(place)
            yield orjson.loads(self._file.read(length))
