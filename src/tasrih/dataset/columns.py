"""What every column means, from the record models for `articles` and from columns.toml for the flat configs."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
from datasets import ClassLabel, Features, List, Value
from pydantic import BaseModel

from tasrih.columnar import fields
from tasrih.dataset.features import ALL, FEATURES
from tasrih.record import Article
from tasrih.spans import model_in

_MEANINGS = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))

ROWS = {
    "articles": "an article, nested as its record has it",
    "quotes": "a quote with its paragraph, cue and speaker",
    "terms": "words in quotation marks that are no speech, with their paragraph",
    "entities": "one mention of an entity",
    "tokens": "a paragraph, its tokens tagged with names, quotes, cues and speakers",
    "sample": "an article, as in `articles`: a few to look at",
    "withheld": "the SHA-256 of a text that is left out",
}
"""What one row of a config is."""


class Column(NamedTuple):
    """A column, or with dots in its name a field inside one."""

    name: str
    type: str
    meaning: str


def columns(config: str) -> list[Column]:
    """The columns of a config in order, those of `articles` with the fields inside them."""
    if ALL[config] == FEATURES["articles"]:
        return list(_fields(Article, ""))
    meanings = _MEANINGS["every"] | _MEANINGS[config]
    return [Column(name, _type(feature), meanings[name]) for name, feature in ALL[config].items()]


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
