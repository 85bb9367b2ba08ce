"""The types of the columns of every config: by the record models for `articles`, by their names for the flat ones."""

from typing import Any

import pyarrow as pa
from datasets import ClassLabel, Features, List, Value

from tasrih import columnar
from tasrih.dataset import CONFIGS
from tasrih.dataset.configs import HASHES, SAMPLE, meanings
from tasrih.dataset.tokens import LABELS
from tasrih.record import Span


def _tags(layer: str) -> List:
    return List(ClassLabel(names=["O", *(f"{prefix}-{name}" for name in LABELS[layer] for prefix in "BI")]))


_TYPES: dict[str, Any] = {
    **dict.fromkeys(("start", "end"), Value("int32")),
    **dict.fromkeys(("starts", "ends"), List(Value("int32"))),
    "tokens": List(Value("string")),
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
"""The features of every config that a dataset may have."""
