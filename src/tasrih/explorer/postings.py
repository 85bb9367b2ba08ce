"""Where words and names are found, in shards: however many there are, no more than a shard of them is held at once."""

import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from weakref import finalize
from zlib import crc32

import orjson

from tasrih.explorer.scripts import shard
from tasrih.explorer.site import Page

_HELD = 2**22  # bytes in memory before they are put aside


class Postings:
    """Entries by key, put aside on disk by the number of their shard: the CRC-32 of the key tells it."""

    def __init__(self, name: str, shards: int) -> None:
        self._name, self._shards = name, shards
        self._aside = Path(mkdtemp(prefix="tasrih-index-"))
        self._remove = finalize(self, shutil.rmtree, self._aside, ignore_errors=True)
        self._held: defaultdict[int, bytearray] = defaultdict(bytearray)
        self._size = 0

    def add(self, key: str, entry: Iterable[Any]) -> None:
        """Adds the values of an entry to those of a key."""
        line = orjson.dumps([key, *entry], option=orjson.OPT_APPEND_NEWLINE)
        self._held[crc32(key.encode()) % self._shards] += line
        self._size += len(line)
        if self._size >= _HELD:
            self._put_aside()

    def pages(self) -> Iterator[Page]:
        """The shards: pairs of a key and the values of its entries, in the order in which they came."""
        self._put_aside()
        for number in range(self._shards):
            found: defaultdict[str, list[Any]] = defaultdict(list)
            for key, *entry in self._entries(number):
                found[key] += entry
            yield shard(f"{self._name}/{number}", list(found.items()))
        self._remove()

    def _entries(self, number: int) -> Iterator[Any]:
        path = self._path(number)
        if path.exists():
            with path.open("rb") as file:
                yield from map(orjson.loads, file)

    def _put_aside(self) -> None:
        for number, entries in self._held.items():
            with self._path(number).open("ab") as file:
                file.write(entries)
        self._held.clear()
        self._size = 0

    def _path(self, number: int) -> Path:
        return self._aside / str(number)
