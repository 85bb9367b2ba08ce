"""The fast way through the published schema: tells of a whole batch of records that every one is valid.

Arrow has seen to it that fields are known, are there once, and hold what they should, or nothing; what is left of the
schema is looked up column by column. Where this is not sure it answers False, and the records are validated one by one.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import Numbers, buffered
from tasrih.record import Json
from tasrih.validation.schemas import published

_KEPT = 2**12
_BEFORE_SPACES = np.frombuffer(b' \t\r\n"', np.uint8)
_SPACED_KEY, _ESCAPED_KEY = re.compile(rb'"[ \t\r\n]+:'), re.compile(rb'\\u[0-9a-fA-F]{4}[a-z0-9_]*":')
Bytes = np.ndarray[Any, np.dtype[np.uint8]]
_CHECKED_BY_VALUE = {"pattern", "enum", "const", "maxLength", "not"}


def is_valid(batch: pa.RecordBatch, objects: Sequence[bytes]) -> bool:
    """Whether every record of a batch, read from these objects, keeps the published schema."""
    data = b"\n".join([b"       ", *objects])
    padded = np.frombuffer(data, np.uint8)
    colons = np.flatnonzero(padded == ord(":"))
    if _has_odd_keys(data, padded, colons):
        return False
    told: Counter[str] = Counter()
    return fits(batch, told) and _told(padded, colons) == told


def _has_odd_keys(data: bytes, padded: Bytes, colons: Numbers) -> bool:
    """Whether a key has white space behind it, or may have a letter by its number.

    The patterns are slow: they are asked where more than a space inside of words stands before a colon, or an escape.
    """
    spaced = colons[padded[colons - 1] <= ord(" ")]
    may_be_spaced = bool(np.isin(padded[spaced - 2], _BEFORE_SPACES).any())
    is_spaced = may_be_spaced and _SPACED_KEY.search(data) is not None
    return is_spaced or (b"\\" in data and _ESCAPED_KEY.search(data) is not None)


def fits(batch: pa.RecordBatch, told: Counter[str] | None = None) -> bool:
    """Whether every row of a batch keeps the published schema, where it need not tell absence from null.

    Counts into `told` how often fields must be there whose absence Arrow does not show.
    """
    try:
        batch.validate(full=True)
        _check(published("article"), batch.to_struct_array(), Counter() if told is None else told)
    except (_DoubtfulError, pa.ArrowInvalid):
        return False
    return True


class _DoubtfulError(Exception):
    """A column that may break the schema."""


class _Property(NamedTuple):
    """A field of an object as the schema has it."""

    name: str
    schema: Json
    required: bool
    nullable: bool

    @property
    def is_told_by_key(self) -> bool:
        """Whether absence and null are not the same to the schema."""
        return self.required == self.nullable


def _check(schema: Json, column: pa.Array, told: Counter[str]) -> None:
    """Raises `_DoubtfulError`; counts into `told` how often fields must be there whose absence Arrow does not show."""
    schema = _resolved(schema)
    if "properties" in schema:
        _check_object(schema, column, told)
    elif schema["type"] == "array":
        _check_list(schema, column, told)
    elif schema["type"] == "string":
        _check_text(schema, column)
    else:
        _check_numbers(schema, column)


def _require(fact: bool) -> None:
    if not fact:
        raise _DoubtfulError


def _check_object(schema: Json, column: pa.StructArray, told: Counter[str]) -> None:
    there = len(column) - column.null_count
    values = dict(zip([field.name for field in column.type], column.flatten(), strict=True))
    for field in _properties(schema):
        filled = len(column) - values[field.name].null_count
        _require(filled == there or field.nullable or not field.required)
        if field.name in _told_keys():
            told[field.name] += there if field.required else filled
        if filled:
            _check(field.schema, values[field.name], told)


def _check_list(schema: Json, column: pa.ListArray, told: Counter[str]) -> None:
    shortest = pc.min(pc.list_value_length(column)).as_py()
    _require((shortest or 0) >= schema.get("minItems", 0) or shortest is None)
    values = column.flatten()
    _require(values.null_count == 0)
    if len(values):
        _check(schema["items"], values, told)


def _check_text(schema: Json, column: pa.StringArray) -> None:
    _require((pc.min(pc.binary_length(column)).as_py() or 0) >= schema.get("minLength", 0))
    if _CHECKED_BY_VALUE & schema.keys():
        fitting = _fitting.setdefault(id(schema), set())
        values = set(pc.unique(column.drop_null()).to_pylist()) - fitting
        _require(all(_fits(schema, value) for value in values))
        if len(fitting) < _KEPT:
            fitting |= values


_fitting: dict[int, set[str]] = {}


def _fits(schema: Json, value: str) -> bool:
    """Whether a text is one of those allowed, or of the form that is asked for."""
    allowed = schema.get("enum", [schema["const"]] if "const" in schema else None)
    return (
        (allowed is None or value in allowed)
        and len(value) <= schema.get("maxLength", len(value))
        and ("pattern" not in schema or re.search(schema["pattern"], value) is not None)
        and ("not" not in schema or re.search(schema["not"]["pattern"], value) is None)
    )


def _check_numbers(schema: Json, column: pa.Array) -> None:
    """NaN, which Arrow reads where JSON has none, is neither more nor less than anything."""
    least = schema.get("minimum", 0)
    found = buffered(column, least)
    _require(bool(np.all((least <= found) & (found <= schema["maximum"]))))


def _resolved(schema: Json) -> Json:
    """A schema behind its references, and without the choice of null."""
    while "$ref" in schema or "anyOf" in schema:
        if "$ref" in schema:
            schema = published("article")["$defs"][schema["$ref"].rpartition("/")[2]]
        else:
            (schema,) = (choice for choice in schema["anyOf"] if choice.get("type") != "null")
    return schema


def _properties(schema: Json) -> Iterator[_Property]:
    required = set(schema.get("required", ()))
    for name, field in schema["properties"].items():
        yield _Property(name, field, name in required, {"type": "null"} in field.get("anyOf", ()))


@cache
def _told_keys() -> tuple[str, ...]:
    schema = published("article")
    objects = [schema, *schema["$defs"].values()]
    found = [field for one in objects if "properties" in one for field in _properties(one)]
    return tuple(sorted({field.name for field in found if field.is_told_by_key}))


def _told(padded: Bytes, colons: Numbers) -> Counter[str]:
    """How often the fields are there whose absence Arrow does not show, in objects without oddly spelt keys.

    The bytes of the objects stand behind eight others, the places of colons beside them.

    A quotation mark before a colon ends a key: inside a string it would have a backslash before it. What one record
    lacks no other makes up for: of a field that may be absent a null is one too many, of one that may be null an
    absence is one too few, and no name is that of both.
    """
    ends = colons[padded[colons - 1] == ord('"')] - 1
    last_two = np.ndarray(len(padded) - 1, "<u2", padded.data, strides=(1,))[ends - 2]
    tails = np.ndarray(len(padded) - 7, "<u8", padded.data, strides=(1,))[ends[_endings()[last_two]] - 8]
    return Counter({key: count for key in _told_keys() if (count := _count(tails, key))})


@cache
def _endings() -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which pairs of letters end one of the keys."""
    table = np.zeros(0x10000, np.bool_)
    table[[int.from_bytes(key[-2:].encode(), "little") for key in _told_keys()]] = True
    return table


def _count(tails: np.ndarray[Any, Any], key: str) -> int:
    """How many of the eight bytes before the ends of keys end in this one, or in its last eight letters."""
    ending = f'"{key}'.encode()[-8:]
    shift = np.uint64(8 * (8 - len(ending)))
    return int(np.count_nonzero(tails >> shift == int.from_bytes(ending, "little")))
