"""A built dataset as it lies on disk: nothing is copied, and only what is asked for is read."""

import re
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tasrih import record
from tasrih.dataset import manifest
from tasrih.dataset.configs import ARTICLES, table_beside
from tasrih.dataset.objects import Row, Rows
from tasrih.dataset.paths import leads_outside
from tasrih.errors import InvalidError
from tasrih.text.letters import fold

_DAMAGED = (OSError, ValueError, KeyError, pa.ArrowException)
_NAMED = ("name", "text", "link", *record.Identifiers.model_fields)
_SIGNS = r"[\p{Mn}ـ]*"  # may stand anywhere: diacritics and tatweel


class _RowGroup(NamedTuple):
    """A row group: the number of the file and its number in it."""

    file: int
    number: int


def stored(folder: Path) -> "StoredDataset":
    """A dataset folder by its manifest. Raises TasrihError when it is none, or lists what lies elsewhere."""
    try:
        files = [file for file in manifest.read(folder).files if file.config in ARTICLES]
    except ValueError as error:
        raise InvalidError(f"not a dataset that tasrih built ({error}).", path=folder) from error
    return StoredDataset(folder, {file.path: file.rows for file in files})


class StoredDataset:
    """The articles of a dataset folder, by id and in order; `rows` has the number of rows of each file of them.

    Raises TasrihError when the folder is not whole.
    """

    def __init__(self, folder: Path, rows: Mapping[str, int]) -> None:
        self._rows = rows
        self._folder, self._paths = folder, list(rows)
        self._parquet = lru_cache(maxsize=None)(self._open)

    def __len__(self) -> int:
        return sum(self._rows.values())

    def __iter__(self) -> Iterator[Row]:
        for group in self._groups():
            rows = Rows(partial(self._column, group))
            yield from (Row(rows, number) for number in range(len(rows.part("id"))))

    def __getitem__(self, article_id: str) -> Row:
        group, number = self.places[article_id]
        return Row(Rows(lambda name: self._column(group, name).slice(number, 1)), 0)

    def once(self) -> Iterator[Row]:
        """The articles in their order; none of them is kept."""
        return iter(self)

    @cached_property
    def places(self) -> dict[str, tuple[_RowGroup, int]]:
        """Where each article is, by its id."""
        return {
            name: (group, row)
            for group in self._groups()
            for row, name in enumerate(self._column(group, "id").to_pylist())
        }

    def naming(self, wanted: str, links: Collection[str]) -> Iterator[Row]:
        """The articles with an entity that has a name, link or identifier spelt like this, or one of these links."""
        pattern = spellings(wanted)
        for file in range(len(self._paths)):
            found = self._named(file, pattern, links)
            for group in self._groups_of(file) if found else ():
                rows = Rows(partial(self._column, group))
                yield from (Row(rows, number) for number, name in enumerate(rows.part("id")) if name in found)

    def _named(self, file: int, pattern: str, links: Collection[str]) -> set[str]:
        """The ids of the articles of a file with an entity that is named so."""
        found: set[str] = set()
        for number in range(self._parquet("entities", file).num_row_groups):
            table = self._read("entities", _RowGroup(file, number), ["article_id", *_NAMED])
            named = np.logical_or.reduce([_matching(table[name], pattern, links) for name in _NAMED])
            found.update(table["article_id"].take(np.flatnonzero(named)).to_pylist() if named.any() else ())
        return found

    def collections(self) -> set[str]:
        """The collections of the articles."""
        columns = (self._read("articles", group, ["metadata.collection"])["metadata"] for group in self._groups())
        return {name for column in columns for name in pc.unique(pc.struct_field(column, "collection")).to_pylist()}

    def __reduce__(self) -> tuple[Any, ...]:
        return StoredDataset, (self._folder, dict(self._rows))  # files are opened anew where it is unpickled

    def _groups(self) -> Iterator[_RowGroup]:
        return (group for file in range(len(self._paths)) for group in self._groups_of(file))

    def _groups_of(self, file: int) -> Iterator[_RowGroup]:
        return (_RowGroup(file, number) for number in range(self._parquet("articles", file).num_row_groups))

    def _open(self, config: str, file: int) -> pq.ParquetFile:
        inner = table_beside(self._paths[file], config)
        path = self._folder / inner
        if leads_outside(self._folder, inner):
            raise InvalidError("leads out of the dataset. Is it from somebody you know?", path=path)
        try:
            return pq.ParquetFile(
                path,
                memory_map=True,
                read_dictionary=_NAMED if config == "entities" else None,
                page_checksum_verification=True,
            )
        except _DAMAGED as error:
            raise InvalidError("cannot be read; is the dataset whole? `tasrih verify` tells.", path=path) from error

    def _column(self, group: _RowGroup, name: str) -> pa.Array:
        return self._read("articles", group, [name])[name].combine_chunks()

    def _read(self, config: str, group: _RowGroup, names: Sequence[str]) -> pa.Table:
        try:
            table = self._parquet(config, group.file).read_row_group(group.number, list(names))
            table.validate(full=True)
            return table.select(list(dict.fromkeys(name.partition(".")[0] for name in names)))
        except _DAMAGED as error:
            raise InvalidError(
                f"{self._folder}: {config} cannot be read; is it whole? `tasrih verify` tells."
            ) from error


def _matching(column: pa.ChunkedArray, pattern: str, links: Collection[str]) -> Any:
    """Which values of a dictionary column match a pattern or are among the links."""
    encoded = column.combine_chunks()
    known = pc.match_substring_regex(encoded.dictionary, pattern)
    known = pc.or_(known, pc.is_in(encoded.dictionary, pa.array(list(links), pa.string())))
    hits = known.to_numpy(zero_copy_only=False)
    places = encoded.indices.fill_null(-1).to_numpy()
    return np.append(hits, False)[places]


def spellings(wanted: str) -> str:
    """A pattern for every spelling of a text that `fold` makes alike."""
    letters = (f"[{re.escape(''.join(_variants().get(letter, [letter])))}]" for letter in fold(wanted)[0])
    return f"^{_SIGNS}{_SIGNS.join(letters)}{_SIGNS}$"


@cache
def _variants() -> dict[str, list[str]]:
    """The characters of the basic plane by what they are folded to."""
    found: dict[str, list[str]] = {}
    for letter in map(chr, [*range(0x20, 0xD800), *range(0xE000, min(0x10000, sys.maxunicode))]):
        found.setdefault(fold(letter)[0], []).append(letter)
    return found
