"""Records as Arrow columns: many at once, straight from their bytes, and their texts as arrays of code points.

A batch is a `pyarrow.RecordBatch` with one row an article, nested as the record models are.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Literal, NamedTuple, get_args, get_origin

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json
from pydantic import BaseModel

from tasrih.record import Article
from tasrih.spans import SPANS, Way, model_in, plain

Numbers = np.ndarray[Any, np.dtype[np.int64]]
Flags = np.ndarray[Any, np.dtype[np.bool_]]
_TYPES = {str: pa.string(), int: pa.int32(), float: pa.float64()}
_LETTERS = {"paragraphs": "p", "quotes": "q", "terms": "t", "entities": "e"}


def fields(model: type[BaseModel]) -> list[pa.Field]:
    """The Arrow fields of a record model."""
    return [pa.field(name, _type(field.annotation)) for name, field in model.model_fields.items()]


def _type(annotation: Any) -> pa.DataType:
    bare = plain(annotation)
    if get_origin(bare) is tuple:
        return pa.list_(_type(get_args(bare)[0]))
    model = model_in(bare)
    if model:
        return pa.struct(fields(model))
    return pa.string() if get_origin(bare) is Literal else _TYPES[bare]


@cache
def schema() -> pa.Schema:
    """The columns of an article."""
    return pa.schema(fields(Article))


def read(objects: Sequence[bytes]) -> pa.RecordBatch:
    """A batch of records, each a JSON object without white space around it. Raises pyarrow.ArrowInvalid for others.

    A raw line break stands in no string, and between } and { only outside of objects: with as many rows as objects,
    each of which begins and ends with its bracket, each is one.
    """
    data = b"\n".join(objects)
    table = pyarrow.json.read_json(
        pa.BufferReader(data),
        parse_options=pyarrow.json.ParseOptions(
            explicit_schema=schema(), unexpected_field_behavior="error", newlines_in_values=True
        ),
        read_options=pyarrow.json.ReadOptions(block_size=len(data) + 1, use_threads=False),
        memory_pool=pa.system_memory_pool(),  # which gives the next batch the memory of the last; others return it
    )
    (batch,) = table.combine_chunks().to_batches()
    if len(objects) != batch.num_rows or not all(one.startswith(b"{") and one.endswith(b"}") for one in objects):
        raise pa.ArrowInvalid("Every text is one object, without white space around it.")
    return batch


def of_records(records: Sequence[Mapping[str, Any]]) -> pa.RecordBatch:
    """A batch of records that keep the schema."""
    if not records:
        return pa.RecordBatch.from_struct_array(pa.nulls(0, pa.struct(schema())))
    try:
        return read([orjson.dumps(record) for record in records])
    except pa.ArrowInvalid:  # such as 1.0 for 1
        models = (Article.model_validate_json(orjson.dumps(record)) for record in records)
        return read([model.model_dump_json(exclude_unset=True).encode() for model in models])


class Items(NamedTuple):
    """The items of a list column, those of all rows one after another, and the row of each."""

    values: pa.StructArray
    owner: Numbers


def items(column: pa.ListArray) -> Items:
    """The items of a list column."""
    return Items(column.flatten(), numbers(pc.list_parent_indices(column)))


def numbers(column: pa.Array, missing: int = 0) -> Numbers:
    """A column of whole numbers as an array; `missing` stands for null."""
    return buffered(column, missing).astype(np.int64, copy=False)


def buffered(column: pa.Array, missing: int = 0) -> np.ndarray[Any, Any]:
    """A column of numbers as they lie in memory (`to_numpy` would import pandas); `missing` stands for null."""
    kind, data = np.dtype(column.type.to_pandas_dtype()), column.buffers()[1]
    if not data:
        return np.full(len(column), missing, kind)
    found = np.frombuffer(data, kind)[column.offset : column.offset + len(column)]
    return np.where(flags(column.is_valid()), found, kind.type(missing)) if column.null_count else found


def flags(column: pa.Array) -> Flags:
    """A column of truth values as an array; null is false."""
    valid, data = column.buffers()
    return _bits(column, data) & _bits(column, valid) if column.null_count else _bits(column, data)


def _bits(column: pa.Array, data: pa.Buffer | None) -> Flags:
    bits = np.unpackbits(np.frombuffer(data, np.uint8), bitorder="little") if data else np.zeros(0, np.uint8)
    return bits[column.offset : column.offset + len(column)].view(np.bool_)


def integers(values: Numbers, kind: pa.DataType | None = None) -> pa.Array:
    """A column of whole numbers, without a copy where they are of that kind (64 bits when it is not given).

    This, `strings` and `constant` serve where `pa.array` and `pa.scalar` would import pandas: 0.2 s a process.
    """
    kind = kind or pa.int64()
    data = np.ascontiguousarray(values, kind.to_pandas_dtype())
    return pa.Array.from_buffers(kind, len(data), [None, pa.py_buffer(data)])


def strings(values: Sequence[str]) -> pa.StringArray:
    """A column of strings."""
    encoded = [value.encode() for value in values]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)))


def constant(word: str) -> pa.StringScalar:
    """A string to compare columns with."""
    return strings([word])[0]


def says(column: pa.Array, word: str) -> Flags:
    """Where a column of strings is this word; null is another."""
    return flags(pc.equal(column, constant(word)))


def take(column: pa.Array, places: Numbers) -> pa.Array:
    """The values at these places; null where a place is -1."""
    there = places >= 0
    valid = None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little"))
    data = pa.py_buffer(np.ascontiguousarray(places, np.int64))
    return column.take(pa.Array.from_buffers(pa.int64(), len(places), [valid, data]))


def child(values: pa.StructArray, *names: str) -> pa.Array:
    """A field of structs; null where a struct around it is."""
    for name in names:
        values = pc.struct_field(values, [name]) if values.null_count else values.field(name)
    return values


def encoded(column: pa.StringArray) -> memoryview:
    """The bytes of a column of strings, one after another, without a copy."""
    _, offsets, data = column.buffers()
    if data is None or not len(column):
        return memoryview(b"")
    bounds = np.frombuffer(offsets, np.int32)
    return memoryview(data)[bounds[column.offset] : bounds[column.offset + len(column)]]


class Texts(NamedTuple):
    """Strings as code points, one after another: `starts` has one entry more than there are strings."""

    codes: np.ndarray[Any, np.dtype[np.uint32]]
    starts: Numbers

    @property
    def lengths(self) -> Numbers:
        """How many code points each string has."""
        return np.diff(self.starts)


def texts(column: pa.StringArray) -> Texts:
    """The code points of a column of strings; null has none."""
    offsets = np.frombuffer(column.buffers()[1], np.int32)[column.offset : column.offset + len(column) + 1]
    data = column.buffers()[2]
    text = data.to_pybytes()[offsets[0] : offsets[-1]].decode() if data and len(offsets) else ""
    starts = np.zeros(len(column) + 1, np.int64)
    np.cumsum(numbers(pc.utf8_length(column)), out=starts[1:])
    return Texts(np.frombuffer(text.encode("utf-32-le"), "<u4"), starts)


def ranges(starts: Numbers, lengths: Numbers) -> Numbers:
    """The numbers from each start on, as many as its length says, one range after another."""
    ends = np.cumsum(lengths)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts - ends + lengths, lengths)


class Layout:
    """Where things are in a batch: ids as numbers, places as code points in all paragraphs one after another."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        self.batch = batch
        self.size = batch.num_rows
        self._items = {kind: items(batch.column(kind)) for kind in _LETTERS}
        self.paragraphs, self.quotes, self.terms, self.entities = self._items.values()
        self.texts = texts(child(self.paragraphs.values, "text"))
        self._first = {kind: _offsets(batch.column(kind)) for kind in _LETTERS}
        self._numbered = {kind: self._is_numbered(kind) for kind in _LETTERS}

    @cached_property
    def mentions(self) -> Items:
        """All mentions; the owner of each is its entity, among those of all rows."""
        return items(child(self.entities.values, "mentions"))

    @property
    def numbered(self) -> Flags:
        """Rows whose paragraphs, quotes, terms and entities are p1, p2, …, q1, q2, … as they are listed."""
        return np.logical_and.reduce(list(self._numbered.values()))

    def _is_numbered(self, kind: str) -> Flags:
        found = self._items[kind]
        place = np.arange(len(found.owner)) - self._first[kind][found.owner]
        wrong = found.owner[_number(child(found.values, "id"), kind) != place]
        return np.bincount(wrong, minlength=self.size) == 0

    def first(self, kind: str) -> Numbers:
        """Where the items of each row begin among those of all rows, and behind the last."""
        return self._first[kind]

    def range_of(self, kind: str, row: int) -> tuple[int, int]:
        """Where the items of a row begin and end among those of all rows."""
        start, end = self._first[kind][row : row + 2].tolist()
        return start, end

    def position(self, kind: str, ids: pa.Array, owner: Numbers) -> Numbers:
        """Where items are among those of all rows, by their ids and rows; -1 where there is no such item."""
        number = _number(ids, kind)
        first = self._first[kind]
        inside = (number >= 0) & (number < np.diff(first)[owner])
        found = np.where(inside, first[owner] + number, -1)
        odd = ~self._numbered[kind][owner]
        if odd.any():
            found[odd] = self._looked_up(kind, ids, owner, np.flatnonzero(odd))
        return found

    def _looked_up(self, kind: str, ids: pa.Array, owner: Numbers, which: Numbers) -> list[int]:
        found = self._items[kind]
        keys = zip(found.owner.tolist(), child(found.values, "id").to_pylist(), strict=True)
        known = {key: place for place, key in enumerate(keys)}
        wanted = zip(owner[which].tolist(), take(ids, which).to_pylist(), strict=True)
        return [known.get(key, -1) for key in wanted]


def _offsets(column: pa.ListArray) -> Numbers:
    offsets = numbers(column.offsets)
    return offsets - offsets[0]


@cache
def _ids(letter: str) -> pa.Array:
    return strings([f"{letter}{number}" for number in range(1, 1000)])


def _number(ids: pa.Array, kind: str) -> Numbers:
    """The numbers of ids such as p1, from 0; -1 for null and for others."""
    return numbers(pc.index_in(ids, value_set=_ids(_LETTERS[kind])), -1)


def at_end(batch: pa.RecordBatch, way: Way) -> Items:
    """What is at the end of a way in the records of a batch, null where a field is; the owner of each is its row."""
    (first, _), *rest = way
    values, owner = items(batch.column(first))
    for name, several in rest:
        values = child(values, name)
        if several:
            values, outer = items(values)
            owner = owner[outer]
    return Items(values, owner)


def all_spans(batch: pa.RecordBatch) -> Iterator[tuple[str, Items]]:
    """All spans of the records of a batch, kind by kind."""
    return ((name, at_end(batch, way)) for name, way in SPANS.items())


class Spans(NamedTuple):
    """Stretches of paragraphs: the row and paragraph of each (-1 for none), and its place in the text of the batch."""

    owner: Numbers
    paragraph: Numbers
    start: Numbers
    end: Numbers

    def take(self, which: Numbers | Flags) -> "Spans":
        """Some of them."""
        return Spans(*(column[which] for column in self))


def spans(layout: Layout, values: pa.StructArray, owner: Numbers) -> Spans:
    """The spans of structs that have `paragraph`, `start` and `end`. What points nowhere has no paragraph."""
    paragraph = layout.position("paragraphs", child(values, "paragraph"), owner)
    start, end = numbers(child(values, "start")), numbers(child(values, "end"))
    paragraph[(end > layout.texts.lengths[paragraph]) | (start >= end)] = -1
    base = layout.texts.starts[paragraph]
    return Spans(owner, paragraph, np.where(paragraph < 0, 0, base + start), np.where(paragraph < 0, 0, base + end))


def selected(layout: Layout, where: Spans, words: Texts) -> Flags:
    """Which spans select these words; each has some."""
    fits = (where.paragraph >= 0) & (words.lengths == where.end - where.start) & (words.lengths > 0)
    places = np.repeat(where.start - words.starts[:-1], words.lengths)
    places += np.arange(len(places))
    there = layout.texts.codes.take(places, mode="clip")  # of one that does not fit, anything
    unlike = np.flatnonzero(there != words.codes)
    fits[np.searchsorted(words.starts, unlike, side="right") - 1] = False
    return fits
