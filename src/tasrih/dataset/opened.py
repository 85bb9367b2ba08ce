"""A built dataset opened as it lies on disk: nothing is copied, and only what is asked for is read."""

import json
import re
import sys
from collections.abc import Collection, Iterator
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from tasrih import record
from tasrih.arabic import fold
from tasrih.errors import TasrihError

_NAMED = ("name", "text", "link", "wikidata", "iso3166", "geonames")
_GROUPS_KEPT = 4


class _Group(NamedTuple):
    """A row group: the number of the file and its number in it. That of `entities` holds the same articles."""

    file: int
    number: int


class Rows:
    """Some articles of a dataset as rows, read once, and made into records part by part."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    @cached_property
    def ids(self) -> list[str]:
        """The ids of the articles."""
        found: list[str] = self._table["id"].to_pylist()
        return found

    def part(self, row: int, name: str) -> Any:
        """A field of an article's record."""
        return self.ids[row] if name == "id" else _adapter(name).validate_python(self._column(name)[row], strict=False)

    @lru_cache  # noqa: B019
    def _column(self, name: str) -> list[Any]:
        values: list[Any] = self._table[name].to_pylist()
        return values

    def record(self, row: int) -> record.Article:
        """The whole record of an article."""
        return record.Article.model_validate(
            {name: self._column(name)[row] for name in self._table.column_names}, strict=False
        )


class Row(NamedTuple):
    """One article of some."""

    rows: Rows
    number: int

    def part(self, name: str) -> Any:
        """A field of the article's record."""
        return self.rows.part(self.number, name)

    def record(self) -> record.Article:
        """The whole record."""
        return self.rows.record(self.number)


@cache
def _adapter(name: str) -> TypeAdapter[Any]:
    return TypeAdapter(record.Article.model_fields[name].rebuild_annotation())


class Opened:
    """The articles of a dataset folder, by id and in order. Raises TasrihError when the folder is not whole."""

    def __init__(self, folder: Path) -> None:
        try:
            files = json.loads((folder / "manifest.json").read_bytes())["files"]
            self._rows = {file["path"]: int(file["rows"]) for file in files if file["config"] == "articles"}
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TasrihError(f"{folder}: not a dataset that tasrih built ({error!r}).") from error
        self._folder, self._paths = folder, list(self._rows)
        self._parquet = lru_cache(maxsize=None)(self._open)
        self.group = lru_cache(maxsize=_GROUPS_KEPT)(self._read)

    def __len__(self) -> int:
        return sum(self._rows.values())

    def __iter__(self) -> Iterator[Row]:
        for group in self._groups():
            rows = self.group(group)
            yield from (Row(rows, number) for number in range(len(rows.ids)))

    def __getitem__(self, article_id: str) -> Row:
        group, number = self.places[article_id]
        return Row(self.group(group), number)

    @cached_property
    def places(self) -> dict[str, tuple[_Group, int]]:
        """Where each article is, by its id."""
        return {
            name: (group, row)
            for group in self._groups()
            for row, name in enumerate(
                self._parquet("articles", group.file).read_row_group(group.number, ["id"])["id"].to_pylist()
            )
        }

    def naming(self, wanted: str, links: Collection[str]) -> Iterator[Row]:
        """The articles with an entity that has a name, link or identifier spelt like this, or one of these links."""
        pattern = _spellings(wanted)
        for group in self._groups():
            parquet = self._parquet("entities", group.file)
            table = parquet.read_row_group(group.number, ["article_id", *_NAMED])
            named = np.logical_or.reduce([_matching(table[name], pattern, links) for name in _NAMED])
            if named.any():
                found = set(table["article_id"].take(np.flatnonzero(named)).to_pylist())
                rows = self.group(group)
                yield from (Row(rows, number) for number, name in enumerate(rows.ids) if name in found)

    def _groups(self) -> Iterator[_Group]:
        for file in range(len(self._paths)):
            groups = self._parquet("articles", file).num_row_groups
            yield from (_Group(file, number) for number in range(groups))

    def _open(self, config: str, file: int) -> pq.ParquetFile:
        path = self._folder / self._paths[file].replace("/articles/", f"/{config}/")
        try:
            return pq.ParquetFile(path, memory_map=True, read_dictionary=_NAMED if config == "entities" else None)
        except (OSError, pa.ArrowInvalid) as error:
            raise TasrihError(f"{path}: cannot be read; is the dataset whole? `tasrih verify` tells.") from error

    def _read(self, group: _Group) -> Rows:
        return Rows(self._parquet("articles", group.file).read_row_group(group.number))


def _matching(column: pa.ChunkedArray, pattern: str, links: Collection[str]) -> Any:
    """Which values of a dictionary column match a pattern or are among the links."""
    encoded = column.combine_chunks()
    known = pc.match_substring_regex(encoded.dictionary, pattern)
    known = pc.or_(known, pc.is_in(encoded.dictionary, pa.array(list(links), pa.string())))
    hits = known.to_numpy(zero_copy_only=False)
    places = encoded.indices.fill_null(-1).to_numpy()
    return np.append(hits, False)[places]


def _spellings(wanted: str) -> str:
    """A pattern for every spelling of a text that `fold` makes alike."""
    letters = (f"[{re.escape(''.join(_variants().get(letter, [letter])))}]" for letter in fold(wanted)[0])
    return f"^{_SIGNS}{_SIGNS.join(letters)}{_SIGNS}$"


_SIGNS = r"[\p{Mn}ـ]*"


@cache
def _variants() -> dict[str, list[str]]:
    """The characters of the basic plane by what they are folded to."""
    found: dict[str, list[str]] = {}
    for letter in map(chr, [*range(0x20, 0xD800), *range(0xE000, min(0x10000, sys.maxunicode))]):
        found.setdefault(fold(letter)[0], []).append(letter)
    return found
