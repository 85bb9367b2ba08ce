"""What may be passed on: texts are left out of articles whose redistribution is not permitted, and hashed instead.

The words of stand-off records are left out, too: there is null in their place, and no hash.
"""

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, get_args

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel

from tasrih.columnar import Flags, Layout, child, flags, says, strings, take
from tasrih.dataset.configs import HASHES, meanings
from tasrih.record import Article, Json, Text
from tasrih.spans import models_in
from tasrih.standoff.models import digest, standoff

Free = Callable[[type[BaseModel]], frozenset[str]]
"""Which fields of a model hold words that are left out."""
_CITED = {"publisher", "agency", "authors", "holder", "license", "guidelines"}


def restricted(batch: pa.RecordBatch) -> Flags:
    """The articles whose text may not be passed on."""
    redistribution = child(batch.column("metadata"), "rights", "redistribution")
    return ~says(redistribution, "permitted")


def missing(articles: pa.RecordBatch, hashed: pa.RecordBatch | None, rights: str) -> Flags:
    """The articles whose words a dataset of these rights leaves out; `hashed` are the rows of `withheld` for them.

    In a dataset that was filled in part (`partial`), only those that have hashes are still without words.
    """
    if rights == "all" or hashed is None:
        return np.zeros(articles.num_rows, np.bool_)
    if rights == "redistributable":
        return restricted(articles)
    return restricted(articles) & flags(pc.is_in(articles.column("id"), value_set=hashed.column("article_id")))


def withheld(batch: pa.RecordBatch, which: Flags | None = None, placeholder: str | None = None) -> pa.RecordBatch:
    """The batch with null, or a placeholder, for the words of some articles, or of all that are restricted.

    Words are all free text but what an article is cited by: paragraphs, what spans repeat, names of entities, lines of
    the source, the credit of the image, reasons of waivers.
    """
    return _cut(batch, restricted(batch) if which is None else which, words, placeholder)


def wordless(batch: pa.RecordBatch, which: Flags | None = None, placeholder: str | None = None) -> pa.RecordBatch:
    """The batch with null, or a placeholder, for what stand-off records have not, in some articles or in all.

    That are paragraphs, what spans repeat, and lines of the source; names of entities stay.
    """
    return _cut(batch, np.ones(batch.num_rows, np.bool_) if which is None else which, left_out, placeholder)


def _cut(batch: pa.RecordBatch, which: Flags, free: Free, placeholder: str | None) -> pa.RecordBatch:
    if not which.any():
        return batch
    rows = batch.to_struct_array()
    kept, cut = np.flatnonzero(~which), np.flatnonzero(which)
    parts = [take(rows, kept), _without(take(rows, cut), Article, free, placeholder)]
    order = np.argsort(np.concatenate((kept, cut)))
    return pa.RecordBatch.from_struct_array(take(pa.concat_arrays(parts), order))


def _without(column: pa.Array, model: type[BaseModel] | None, free: Free, placeholder: str | None) -> pa.Array:
    """Structs of a model, or lists of them, without their words."""
    if pa.types.is_list(column.type):
        inner = _without(column.values, model, free, placeholder)
        return pa.ListArray.from_arrays(column.offsets, inner, mask=column.is_null() if column.null_count else None)
    if model is None:
        return column
    cut = free(model)
    inner = [
        _repeated(placeholder, len(column))
        if field.name in cut
        else _without(column.field(field.name), models_in(model)[field.name], free, placeholder)
        for field in column.type
    ]
    return pa.StructArray.from_arrays(inner, fields=list(column.type), mask=column.is_null())


def _repeated(placeholder: str | None, count: int) -> pa.Array:
    return pa.nulls(count, pa.string()) if placeholder is None else strings([placeholder] * count)


@cache
def words(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that hold free text, but those that an article is cited by."""
    found = {name for name, field in model.model_fields.items() if _is_text(field.annotation)}
    return frozenset(found - _CITED)


@cache
def left_out(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that are not in stand-off records."""
    return frozenset(model.model_fields.keys() - standoff(model).model_fields.keys())


def _is_text(annotation: Any) -> bool:
    return annotation is Text or any(map(_is_text, get_args(annotation)))


def hashes(layout: Layout) -> dict[str, pa.Array]:
    """A row for each withheld text that offsets do not select from another: where it is, and its SHA-256."""
    rows = take(layout.batch.to_struct_array(), np.flatnonzero(restricted(layout.batch))).to_pylist()
    found = [(row["id"], at, digest(text)) for row in rows for at, text in withheld_texts(row)]
    columns = enumerate(meanings(HASHES))
    return {name: strings([row[number] for row in found]) for number, name in columns}


def withheld_texts(value: Any, model: type[BaseModel] = Article, at: str = "") -> Iterator[tuple[str, str]]:
    """The words of a record that are not those of a span, each with the JSON Pointer to it."""
    free = words(model) if "start" not in model.model_fields else ()
    for name, inner in models_in(model).items():
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
    found = {digest(text): text for text in _strings(record)}
    return found | {digest(text): text for text in (unicodedata.normalize("NFC", text) for text in found.values())}


def put_back(row: Json, due: dict[str, str], known: dict[str, str]) -> list[str]:
    """Puts words to where they belong by their hashes, and tells where none fit."""
    lost = []
    for at, sha256 in due.items():
        *steps, last = at.removeprefix("/").split("/")
        inner: Any = row
        for step in steps:
            inner = inner[int(step)] if isinstance(inner, list) else inner[step]
        if sha256 in known:
            inner[last] = known[sha256]
        else:
            lost.append(at)
    return lost


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
