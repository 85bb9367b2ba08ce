"""The columns of every config, typed and told: by the models for `articles`, by columns.toml for the flat ones.

Schemas hold what `datasets` would write into them, and what a card tells of them, without importing it: 0.6 s a build.
"""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa
from pydantic import BaseModel

from tasrih import columnar
from tasrih.dataset.configs import ARTICLES, SAMPLE, meanings, plain
from tasrih.dataset.tags import LABELS, tag_names
from tasrih.record import Article, Json, Span
from tasrih.spans import model_in

_NUMBER, _STRINGS = pa.int32(), pa.list_(pa.string())
_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(("start", "end", "answer"), _NUMBER),
    **dict.fromkeys(("starts", "ends"), pa.list_(_NUMBER)),
    **dict.fromkeys(("tokens", "phenomena", "choices"), _STRINGS),
    "spans": pa.list_(pa.struct(columnar.fields(Span))),
    "tags": pa.list_(pa.int64()),
}
"""Of columns that are no strings: by the last word of the name."""
_TAGS = {f"{layer}_tags": tag_names(layer) for layer in LABELS}
"""The columns of labels, which are lists of their numbers."""


@cache
def schema(config: str) -> pa.Schema:
    """The columns of a config, with the features that `datasets` reads; a stand-off one has those of another."""
    fields = columnar.schema() if is_nested(config) else _flat(plain(config))
    features = {field.name: _feature(field.name, field.type) for field in fields}
    return pa.schema(fields, {"huggingface": json.dumps({"info": {"features": features}})})


def is_nested(config: str) -> bool:
    """Whether a row of a config is a whole article."""
    return config in {*ARTICLES, SAMPLE}


def _flat(config: str) -> list[pa.Field]:
    return [pa.field(name, _TYPES.get(name.rpartition("_")[2], pa.string())) for name in meanings(config)]


def _feature(name: str, kind: pa.DataType) -> Json:
    """A column, or what is inside one, as `datasets` has it in JSON."""
    if pa.types.is_list(kind):
        return {"feature": _feature(name, kind.value_type), "_type": "List"}
    if pa.types.is_struct(kind):
        return {field.name: _feature(field.name, field.type) for field in kind}
    if name in _TAGS:
        return {"names": _TAGS[name], "_type": "ClassLabel"}
    return {"dtype": type_name(kind), "_type": "Value"}


def type_name(kind: pa.DataType) -> str:
    """A type of single values by the name that `datasets` has for it."""
    return "float64" if pa.types.is_float64(kind) else str(kind)


def told(config: str) -> list[Json]:
    """The columns of a config as the YAML of a card tells them."""
    return [{"name": field.name, **_told(field.name, field.type)} for field in schema(config)]


def _told(name: str, kind: pa.DataType) -> Json:
    if pa.types.is_list(kind):
        inner = _told(name, kind.value_type)
        return {"list": inner.get("struct", inner.get("dtype", inner))}
    if pa.types.is_struct(kind):
        return {"struct": [{"name": field.name, **_told(field.name, field.type)} for field in kind]}
    if name in _TAGS:
        return {"class_label": {"names": {str(number): tag for number, tag in enumerate(_TAGS[name])}}}
    return {"dtype": type_name(kind)}


class Column(NamedTuple):
    """A column, or with dots in its name a field inside one."""

    name: str
    type: str
    meaning: str


def columns(config: str) -> list[Column]:
    """The columns of a config in order, those of `articles` with the fields inside them."""
    if is_nested(config):
        return list(_fields(Article, ""))
    words = meanings(plain(config))
    return [Column(field.name, _type(field.name, field.type), words[field.name]) for field in schema(config)]


def _fields(model: type[BaseModel], prefix: str) -> Iterator[Column]:
    kinds = {field.name: field.type for field in columnar.fields(model)}
    for name, field in model.model_fields.items():
        yield Column(prefix + name, _type(name, kinds[name]), field.description or "")
        inner = model_in(field.annotation)
        if inner:
            yield from _fields(inner, f"{prefix}{name}.")


def _type(name: str, kind: Any) -> str:
    if pa.types.is_list(kind):
        return f"list of {_type(name, kind.value_type)}"
    if name in _TAGS:
        return f"label: {', '.join(_TAGS[name])}"
    return "struct" if pa.types.is_struct(kind) else type_name(kind)
