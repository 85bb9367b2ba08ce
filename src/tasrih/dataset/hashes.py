"""Withheld texts by their hashes: where a record has them, and how they are put back."""

import unicodedata
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
from pydantic import BaseModel

from tasrih.columnar import Layout, take
from tasrih.dataset.configs import HASHES, meanings
from tasrih.dataset.digests import text_sha256
from tasrih.dataset.rights import restricted, words
from tasrih.record import Article, Json
from tasrih.spans import model_in


def hashes(layout: Layout) -> dict[str, pa.Array]:
    """A row for each withheld text that offsets do not select from another: where it is, and its SHA-256."""
    rows = take(layout.batch.to_struct_array(), np.flatnonzero(restricted(layout.batch))).to_pylist()
    found = [(row["id"], at, text_sha256(text)) for row in rows for at, text in withheld_texts(row)]
    columns = enumerate(meanings(HASHES))
    return {name: pa.array([row[number] for row in found], pa.string()) for number, name in columns}


def withheld_texts(value: Any, model: type[BaseModel] = Article, at: str = "") -> Iterator[tuple[str, str]]:
    """The words of a record that are not those of a span, each with the JSON Pointer to it."""
    free = words(model) if "start" not in model.model_fields else ()
    for name, field in model.model_fields.items():
        inner = model_in(field.annotation)
        found = value.get(name)
        if name in free and found is not None:
            yield f"{at}/{name}", found
        elif inner and isinstance(found, list):
            for number, item in enumerate(found):
                yield from withheld_texts(item, inner, f"{at}/{name}/{number}")
        elif inner and found is not None:
            yield from withheld_texts(found, inner, f"{at}/{name}")


def texts_by_hash(record: Json) -> dict[str, str]:
    """The texts of a record by their hashes, as they are and in NFC."""
    found = {text_sha256(text): text for text in _strings(record)}
    return found | {text_sha256(text): text for text in (unicodedata.normalize("NFC", text) for text in found.values())}


def put_back(row: Json, due: dict[str, str], known: dict[str, str]) -> list[str]:
    """Puts words to where they belong by their hashes, and tells where none fit."""
    lost = []
    for at, digest in due.items():
        *steps, last = at.removeprefix("/").split("/")
        inner: Any = row
        for step in steps:
            inner = inner[int(step)] if isinstance(inner, list) else inner[step]
        if digest in known:
            inner[last] = known[digest]
        else:
            lost.append(at)
    return lost


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
