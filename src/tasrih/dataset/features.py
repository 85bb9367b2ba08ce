"""The columns of every config, typed and told: by the models for `articles`, by columns.toml for the flat ones."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa
from datasets import ClassLabel, Features, List, Value
from pydantic import BaseModel

from tasrih import columnar
from tasrih.dataset import CONFIGS
from tasrih.dataset.configs import HASHES, QUESTIONS, SAMPLE, meanings, plain
from tasrih.dataset.tokens import LABELS, tag_names
from tasrih.record import Article, Span
from tasrih.spans import model_in


def _tags(layer: str) -> List:
    return List(ClassLabel(names=tag_names(layer)))


_TYPES: dict[str, Any] = {
    **dict.fromkeys(("start", "end"), Value("int32")),
    **dict.fromkeys(("starts", "ends"), List(Value("int32"))),
    **dict.fromkeys(("tokens", "phenomena"), List(Value("string"))),
    "choices": List(Value("string")),
    "answer": Value("int32"),
    "spans": List(dict(Features.from_arrow_schema(pa.schema(columnar.fields(Span))))),
    **{f"{layer}_tags": _tags(layer) for layer in LABELS},
}
"""Of columns that are no strings: by the whole name, or by its last word."""


def _flat(config: str) -> Features:
    last = {name: name.rpartition("_")[2] for name in meanings(config)}
    return Features({name: _TYPES.get(name, _TYPES.get(last[name], Value("string"))) for name in last})


_ARTICLES = Features.from_arrow_schema(columnar.schema())
FEATURES = {config: _ARTICLES if config == "articles" else _flat(config) for config in CONFIGS}
ALL = FEATURES | {SAMPLE: _ARTICLES, HASHES: _flat(HASHES)}
"""The features of every config that a dataset may have, but the stand-off ones and the questions."""
_QUESTIONS = {config: _flat(config) for config in QUESTIONS}


def features(config: str) -> Features:
    """The features of a config; a stand-off one has those of the config with its columns."""
    return (ALL | _QUESTIONS)[plain(config)]


class Column(NamedTuple):
    """A column, or with dots in its name a field inside one."""

    name: str
    type: str
    meaning: str


def columns(config: str) -> list[Column]:
    """The columns of a config in order, those of `articles` with the fields inside them."""
    typed = features(config)
    if typed == FEATURES["articles"]:
        return list(_fields(Article, ""))
    return [Column(name, _type(typed[name]), meaning) for name, meaning in meanings(plain(config)).items()]


def _fields(model: type[BaseModel], prefix: str) -> Iterator[Column]:
    typed = Features.from_arrow_schema(pa.schema(columnar.fields(model)))
    for name, field in model.model_fields.items():
        yield Column(prefix + name, _type(typed[name]), field.description or "")
        inner = model_in(field.annotation)
        if inner:
            yield from _fields(inner, f"{prefix}{name}.")


def _type(feature: Any) -> str:
    if isinstance(feature, List):
        return f"list of {_type(feature.feature)}"
    if isinstance(feature, ClassLabel):
        return f"label: {', '.join(feature.names)}"
    return str(feature.dtype) if isinstance(feature, Value) else "struct"
