"""A built dataset opened as it lies on disk: nothing is copied, and only what is asked for is read."""

import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pydantic import BaseModel

from tasrih import record
from tasrih.arabic import fold
from tasrih.columnar import flags, model_in, numbers, plain, without_collecting
from tasrih.dataset import manifest
from tasrih.dataset.configs import table_beside
from tasrih.dataset.paths import leads_outside
from tasrih.errors import TasrihError

_DAMAGED = (OSError, ValueError, KeyError, pa.ArrowException)
_NAMED = ("name", "text", "link", *record.Identifiers.model_fields)


class _Group(NamedTuple):
    """A row group: the number of the file and its number in it."""

    file: int
    number: int


class Rows:
    """Articles that lie together, read column by column when asked for, and made into records at once."""

    def __init__(self, column: Callable[[str], pa.Array]) -> None:
        self._column = column
        self._read: dict[str, list[Any]] = {}

    def part(self, name: str) -> list[Any]:
        """A field of all records."""
        if name not in self._read:
            with without_collecting():
                self._read[name] = objects(self._column(name), record.Article.model_fields[name].annotation)
        return self._read[name]


class Row(NamedTuple):
    """One article of some."""

    rows: Rows
    number: int

    def part(self, name: str) -> Any:
        """A field of the article's record."""
        return self.rows.part(name)[self.number]

    def record(self) -> record.Article:
        """The whole record."""
        return _instance(record.Article, {name: self.part(name) for name in record.Article.model_fields})


def objects(column: pa.Array, annotation: Any) -> list[Any]:
    """The values of a column as a field of the record models has them; they were validated when they were built."""
    bare, model = plain(annotation), model_in(annotation)
    if get_origin(bare) is tuple:
        items = objects(column.flatten(), get_args(bare)[0])
        ends = np.cumsum(numbers(pc.list_value_length(column))).tolist()
        return [tuple(items[start:end]) for start, end in pairwise([0, *ends])]
    if model is None:
        plain_values: list[Any] = column.to_pylist()
        return plain_values
    fields = model.model_fields
    inner = (objects(part, field.annotation) for part, field in zip(column.flatten(), fields.values(), strict=True))
    made: list[Any] = [_instance(model, dict(zip(fields, row, strict=True))) for row in zip(*inner, strict=True)]
    if column.null_count:
        return [value if there else None for value, there in zip(made, flags(column.is_valid()).tolist(), strict=True)]
    return made


Model = TypeVar("Model", bound=BaseModel)


def _instance(model: type[Model], values: dict[str, Any]) -> Model:
    """What `model.model_construct` makes, for values that are all there: ten times as fast."""
    made = model.__new__(model)
    _set(made, "__dict__", values)
    _set(made, "__pydantic_fields_set__", _names(model))
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


_set = object.__setattr__


@cache
def _names(model: type[BaseModel]) -> set[str]:
    return set(model.model_fields)


def opened(folder: Path) -> "Opened":
    """A dataset folder by its manifest. Raises TasrihError when it is none, or lists what lies elsewhere."""
    try:
        files = [file for file in manifest.read(folder).files if file.config == "articles"]
    except ValueError as error:
        raise TasrihError(f"{folder}: not a dataset that tasrih built ({error}).") from error
    return Opened(folder, {file.path: file.rows for file in files})


class Opened:
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

    @cached_property
    def places(self) -> dict[str, tuple[_Group, int]]:
        """Where each article is, by its id."""
        return {
            name: (group, row)
            for group in self._groups()
            for row, name in enumerate(self._column(group, "id").to_pylist())
        }

    def naming(self, wanted: str, links: Collection[str]) -> Iterator[Row]:
        """The articles with an entity that has a name, link or identifier spelt like this, or one of these links."""
        pattern = _spellings(wanted)
        for file in range(len(self._paths)):
            found = self._named(file, pattern, links)
            for group in self._groups_of(file) if found else ():
                rows = Rows(partial(self._column, group))
                yield from (Row(rows, number) for number, name in enumerate(rows.part("id")) if name in found)

    def _named(self, file: int, pattern: str, links: Collection[str]) -> set[str]:
        """The ids of the articles of a file with an entity that is named so."""
        found: set[str] = set()
        for number in range(self._parquet("entities", file).num_row_groups):
            table = self._read("entities", _Group(file, number), ["article_id", *_NAMED])
            named = np.logical_or.reduce([_matching(table[name], pattern, links) for name in _NAMED])
            found.update(table["article_id"].take(np.flatnonzero(named)).to_pylist() if named.any() else ())
        return found

    def collections(self) -> set[str]:
        """The collections of the articles."""
        columns = (self._read("articles", group, ["metadata.collection"])["metadata"] for group in self._groups())
        return {name for column in columns for name in pc.unique(pc.struct_field(column, "collection")).to_pylist()}

    def __reduce__(self) -> tuple[Any, ...]:
        return Opened, (self._folder, dict(self._rows))  # files are opened anew where it is unpickled

    def _groups(self) -> Iterator[_Group]:
        return (group for file in range(len(self._paths)) for group in self._groups_of(file))

    def _groups_of(self, file: int) -> Iterator[_Group]:
        return (_Group(file, number) for number in range(self._parquet("articles", file).num_row_groups))

    def _open(self, config: str, file: int) -> pq.ParquetFile:
        inner = table_beside(self._paths[file], config)
        path = self._folder / inner
        if leads_outside(self._folder, inner):
            raise TasrihError(f"{path}: leads out of the dataset. Is it from somebody you know?")
        try:
            return pq.ParquetFile(
                path,
                memory_map=True,
                read_dictionary=_NAMED if config == "entities" else None,
                page_checksum_verification=True,
            )
        except _DAMAGED as error:
            raise TasrihError(f"{path}: cannot be read; is the dataset whole? `tasrih verify` tells.") from error

    def _column(self, group: _Group, name: str) -> pa.Array:
        return self._read("articles", group, [name])[name].combine_chunks()

    def _read(self, config: str, group: _Group, names: Sequence[str]) -> pa.Table:
        try:
            table = self._parquet(config, group.file).read_row_group(group.number, list(names))
            table.validate(full=True)
            return table.select(list(dict.fromkeys(name.partition(".")[0] for name in names)))
        except _DAMAGED as error:
            raise TasrihError(
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
