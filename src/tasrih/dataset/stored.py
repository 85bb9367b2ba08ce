"""A built dataset as it lies on disk: nothing is copied, and only what is asked for is read."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tasrih import record
from tasrih.article import Article
from tasrih.columnar import Flags, Numbers, flags, integers, numbers, strings, take
from tasrih.dataset import manifest
from tasrih.dataset.configs import ARTICLES, table_beside
from tasrih.dataset.objects import Rows
from tasrih.dataset.paths import leads_outside
from tasrih.dataset.splits import Member, own_split
from tasrih.errors import InvalidError
from tasrih.text.letters import VARIANTS, fold

_DAMAGED = (OSError, ValueError, KeyError, pa.ArrowException)
_NAMED = ("name", "text", "link", *record.Identifiers.model_fields)
_SIGNS = r"[\p{Mn}ـ]*"  # may stand anywhere: diacritics and tatweel


class _RowGroups(NamedTuple):
    """Row groups of a file, one or several: the number of the file, and their numbers in it."""

    file: int
    numbers: tuple[int, ...]


class _Place(NamedTuple):
    """Where an article is: its row in a row group."""

    group: _RowGroups
    row: int


class _Places(Mapping[str, _Place]):
    """Where articles are by their ids, which are read file by file, no further than it takes to find one."""

    def __init__(
        self, files: Mapping[str, int], rows_of: Callable[[int], dict[str, int]], place: Callable[[int, int], _Place]
    ) -> None:
        self._files, self._rows_of, self._place = files, rows_of, place

    def __len__(self) -> int:
        return sum(self._files.values())

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(self._rows_of, range(len(self._files))))

    def __getitem__(self, name: str) -> _Place:
        for file in self._likely(name):
            if name in self._rows_of(file):
                return self._place(file, self._rows_of(file)[name])
        raise KeyError(name)

    def _likely(self, name: str) -> list[int]:
        """The files, those first of the split that most articles of this name fall into: to open one takes 2 ms."""
        own = f"/{own_split(Member(name))}-"
        return sorted(range(len(self._files)), key=[own not in path for path in self._files].__getitem__)


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
        self._rows_of = lru_cache(maxsize=None)(self._read_rows)

    def __len__(self) -> int:
        return sum(self._rows.values())

    def __iter__(self) -> Iterator[Article]:
        for group in self._groups():
            size = len(self._column(group, "id"))
            yield from map(Article, Rows(record.Article, size, partial(self._column, group)))

    def __getitem__(self, article_id: str) -> Article:
        group, row = self.places[article_id]
        (only,) = Rows(record.Article, 1, lambda name: self._column(group, name, row))
        return Article(only)

    def once(self) -> Iterator[Article]:
        """The articles in their order; none of them is kept."""
        return iter(self)

    @property
    def places(self) -> _Places:
        """Where each article is, by its id."""
        return _Places(self._rows, self._rows_of, self._place)

    def _read_rows(self, file: int) -> dict[str, int]:
        """The row of each article of a file, by its id."""
        groups = _RowGroups(file, tuple(range(self._parquet("articles", file).num_row_groups)))
        ids = self._column(groups, "id").to_pylist()
        return dict(zip(ids, range(len(ids)), strict=True))

    def _place(self, file: int, row: int) -> _Place:
        """Where a row of a file is."""
        for group in self._groups_of(file):
            (number,) = group.numbers
            size = self._parquet("articles", file).metadata.row_group(number).num_rows
            if row < size:
                return _Place(group, row)
            row -= size
        raise InvalidError("its row groups have fewer articles than it.", path=self._folder / self._paths[file])

    def naming(self, wanted: Collection[str], links: Collection[str]) -> Iterator[Article]:
        """The articles with an entity that has a name, link or identifier spelt like one, or one of these links."""
        pattern = "|".join(map(spellings, wanted))
        for file in self._files():
            found = self._named(file, pattern, strings(list(links)))
            for group in self._groups_of(file) if len(found) else ():
                places = np.flatnonzero(flags(pc.is_in(self._column(group, "id"), value_set=found)))
                yield from map(Article, Rows(record.Article, len(places), partial(self._some, group, places)))

    def _some(self, group: _RowGroups, places: Numbers, name: str) -> pa.Array:
        return take(self._column(group, name), places)

    def _named(self, file: int, pattern: str, links: pa.StringArray) -> pa.StringArray:
        """The ids of the articles of a file with an entity that is named so."""
        groups = list(self._groups_of(file, "entities"))
        tables = [self._read("entities", group, _NAMED) for group in groups]
        told = [[table[name].combine_chunks() for name in _NAMED] for table in tables]
        found = zip(groups, map(np.flatnonzero, _any_named(told, pattern, links)), strict=True)
        return _together(take(self._ids_in(group), rows) for group, rows in found if len(rows))

    def _ids_in(self, group: _RowGroups) -> pa.StringArray:
        """The id of the article of each row of `entities`."""
        return self._read("entities", group, ["article_id"])["article_id"].combine_chunks()

    def collections(self) -> set[str]:
        """The collections of the articles."""
        columns = (self._read("articles", group, ["metadata.collection"])["metadata"] for group in self._groups())
        return {name for column in columns for name in pc.unique(pc.struct_field(column, "collection")).to_pylist()}

    def __reduce__(self) -> tuple[Any, ...]:
        return StoredDataset, (self._folder, dict(self._rows))  # files are opened anew where it is unpickled

    def _files(self) -> range:
        return range(len(self._paths))

    def _groups(self) -> Iterator[_RowGroups]:
        return (group for file in self._files() for group in self._groups_of(file))

    def _groups_of(self, file: int, config: str = "articles") -> Iterator[_RowGroups]:
        return (_RowGroups(file, (number,)) for number in range(self._parquet(config, file).num_row_groups))

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

    def _column(self, group: _RowGroups, name: str, row: int | None = None) -> pa.Array:
        return self._read("articles", group, [name], row)[name].combine_chunks()

    def _read(self, config: str, group: _RowGroups, names: Sequence[str], row: int | None = None) -> pa.Table:
        """Some columns of a row group, of all rows or one, which are looked through before anything reads them."""
        try:
            table = self._parquet(config, group.file).read_row_groups(group.numbers, list(names))
            if row is not None:
                table.validate()  # its lengths alone: to look at each letter of the others takes as long as reading
                table = table.take(integers(np.array([row])))
            table.validate(full=True)
            return table.select(list(dict.fromkeys(name.partition(".")[0] for name in names)))
        except _DAMAGED as error:
            raise InvalidError(
                f"{self._folder}: {config} cannot be read; is it whole? `tasrih verify` tells."
            ) from error


def _any_named(groups: Sequence[Sequence[pa.DictionaryArray]], pattern: str, links: pa.StringArray) -> Iterator[Flags]:
    """The rows of each group of which one value fits; all are looked through at once: a pattern is made in 2 ms."""
    columns = list(chain.from_iterable(groups))
    values = _together(column.dictionary for column in columns)
    fitting = flags(pc.or_(pc.match_substring_regex(values, pattern), pc.is_in(values, value_set=links)))
    known = iter(np.split(fitting, np.cumsum([len(column.dictionary) for column in columns])))
    for group in groups:
        found = np.zeros(len(group[0]), np.bool_)
        for column, fits in zip(group, known, strict=False):
            if fits.any():
                found |= np.append(fits, False)[numbers(column.indices, -1)]
        yield found


def _together(columns: Iterable[pa.StringArray]) -> pa.StringArray:
    return pa.concat_arrays([strings([]), *columns])


def spellings(wanted: str) -> str:
    """A pattern for every spelling of a text that `fold` makes alike."""
    letters = (f"[{re.escape(''.join(_variants().get(letter, [letter])))}]" for letter in fold(wanted)[0])
    return f"^{_SIGNS}{_SIGNS.join(letters)}{_SIGNS}$"


@cache
def _variants() -> dict[str, list[str]]:
    """The characters of the basic plane that are folded to another one, by that, and it before them."""
    found: dict[str, list[str]] = {}
    for letter in map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x10000)]):
        if letter in VARIANTS or letter.lower() != letter:
            plain = fold(letter)[0]
            found.setdefault(plain, [plain]).append(letter)
    return found
