"""Every column with its type and meaning: by the record models for `articles`, by columns.toml for the flat configs."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
from datasets import ClassLabel, Features, List, Value
from pydantic import BaseModel

from tasrih.columnar import fields
from tasrih.dataset.configs import meanings
from tasrih.dataset.features import ALL, FEATURES
from tasrih.record import Article
from tasrih.spans import model_in


class Column(NamedTuple):
    """A column, or with dots in its name a field inside one."""

    name: str
    type: str
    meaning: str


def columns(config: str) -> list[Column]:
    """The columns of a config in order, those of `articles` with the fields inside them."""
    if ALL[config] == FEATURES["articles"]:
        return list(_fields(Article, ""))
    return [Column(name, _type(ALL[config][name]), meaning) for name, meaning in meanings(config).items()]


def _fields(model: type[BaseModel], prefix: str) -> Iterator[Column]:
    features = Features.from_arrow_schema(pa.schema(fields(model)))
    for name, field in model.model_fields.items():
        yield Column(prefix + name, _type(features[name]), field.description or "")
        inner = model_in(field.annotation)
        if inner:
            yield from _fields(inner, f"{prefix}{name}.")


def _type(feature: Any) -> str:
    if isinstance(feature, List):
        return f"list of {_type(feature.feature)}"
    if isinstance(feature, ClassLabel):
        return f"label: {', '.join(feature.names)}"
    return str(feature.dtype) if isinstance(feature, Value) else "struct"
