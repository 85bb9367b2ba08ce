"""Digests: of files, of texts, and of what a table holds, whatever its format or how its rows are grouped."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from tasrih.columnar import buffered, constant, encoded, flags

_NOTHING = constant("")


class Digest:
    """The XXH3 digest of a table that comes in batches: for each column its lengths, values and what is null."""

    def __init__(self) -> None:
        self._columns: dict[str, Any] = {}

    def update(self, batch: pa.RecordBatch) -> None:
        """Adds rows."""
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            for path, data in _parts(name, column):
                if path not in self._columns:
                    self._columns[path] = xxhash.xxh3_128()
                self._columns[path].update(data)

    def hexdigest(self) -> str:
        """32 hexadecimal digits."""
        every = "".join(f"{path} {column.hexdigest()}\n" for path, column in sorted(self._columns.items()))
        return xxhash.xxh3_128(every.encode()).hexdigest()


def _parts(path: str, column: pa.Array) -> Iterator[tuple[str, Any]]:
    yield f"{path}?", flags(column.is_valid()) if column.null_count else np.ones(len(column), np.bool_)
    if pa.types.is_struct(column.type):
        for field, inner in zip(column.type, column.flatten(), strict=True):
            yield from _parts(f"{path}.{field.name}", inner)
    elif pa.types.is_list(column.type):
        yield f"{path}#", buffered(pc.list_value_length(column))
        yield from _parts(f"{path}[]", column.flatten())
    elif pa.types.is_string(column.type):
        filled = column.fill_null(_NOTHING) if column.null_count else column
        yield f"{path}#", buffered(pc.binary_length(filled))
        yield path, encoded(filled)
    else:
        yield path, buffered(column)
