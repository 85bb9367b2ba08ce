"""Articles in columns that were validated when they were built: only the fields that are asked for become anything."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, repeat
from typing import Any, NamedTuple, get_args, get_origin

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel

from tasrih.columnar import flags, numbers
from tasrih.instances import instances, without_collecting
from tasrih.spans import model_in, plain


class Row(NamedTuple):
    """An article of a dataset, or a part of one: what its record says are its attributes, read when asked for."""

    rows: "Rows"
    number: int

    def __getattr__(self, name: str) -> Any:
        return self.rows.part(name)[self.number]

    def record(self) -> Any:
        """The record; those of all rows that lie together are made at once."""
        return self.rows.records[self.number]


class Rows:
    """Articles, or parts of one kind, that lie together, read column by column when asked for."""

    def __init__(self, model: type[BaseModel], size: int, column: Callable[[str], pa.Array]) -> None:
        self._model, self._size, self._column = model, size, column
        self._fields: dict[str, _Field] = {}
        self._parts: dict[str, list[Any]] = {}

    def __iter__(self) -> Iterator[Row]:
        return iter(self.all)

    @cached_property
    def all(self) -> list[Row]:
        """Each row."""
        return list(map(Row, repeat(self), range(self._size)))

    @cached_property
    def records(self) -> list[Any]:
        """The record of each row."""
        with without_collecting():
            columns = [self._field(name).values(lambda rows: rows.records) for name in self._model.model_fields]
            contents = [dict(zip(self._model.model_fields, row)) for row in zip(*columns, strict=True)]  # noqa: B905
            return instances(self._model, contents)

    def part(self, name: str) -> list[Any]:
        """A field of each row: plain values, and rows where its record has records."""
        if name not in self._parts:
            with without_collecting():
                self._parts[name] = self._field(name).values(lambda rows: rows.all)
        return self._parts[name]

    def _field(self, name: str) -> "_Field":
        if name not in self._fields:
            if name not in self._model.model_fields:
                raise AttributeError(name)
            self._fields[name] = _field(self._column(name), self._model.model_fields[name].annotation)
        return self._fields[name]


class _Field(NamedTuple):
    """A field of some rows: its values or items, where the items of each row end, and which values are not null."""

    inner: list[Any] | Rows
    ends: Sequence[int] = ()
    there: Sequence[bool] = ()

    def values(self, of: Callable[[Rows], list[Any]]) -> list[Any]:
        """The value of each row; where it has a model, what `of` gives of the rows of this model."""
        values = of(self.inner) if isinstance(self.inner, Rows) else self.inner
        if self.there:
            values = [value if there else None for value, there in zip(values, self.there, strict=True)]
        if self.ends:
            values = [tuple(values[start:end]) for start, end in pairwise(self.ends)]
        return values


def _field(column: pa.Array, annotation: Any) -> _Field:
    """A column as a field of the record models has it."""
    bare, model = plain(annotation), model_in(annotation)
    if get_origin(bare) is tuple:
        ends = np.cumsum(numbers(pc.list_value_length(column))).tolist()
        return _field(column.flatten(), get_args(bare)[0])._replace(ends=[0, *ends])
    if model is None:
        return _Field(column.to_pylist())
    parts = dict(zip(model.model_fields, column.flatten(), strict=True))
    there = flags(column.is_valid()).tolist() if column.null_count else ()
    return _Field(Rows(model, len(column), parts.__getitem__), there=there)
