"""Batches of records to tables: the flat configs are cut from the nested columns, without a loop over records.

A batch is what `tasrih.columnar` reads; its records keep the schema and point at what is there.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import Layout, Numbers, child, flags, items
from tasrih.dataset.tokens import tokens

Columns = dict[str, pa.Array]
ARTICLE_COLUMNS = ("collection", "origin", "published", "publisher")


def cut(layout: Layout, config: str, schema: pa.Schema) -> pa.RecordBatch:
    """The rows of a config, with the columns and metadata of its schema."""
    columns = _CUTS[config](layout)
    return pa.RecordBatch.from_arrays([columns[name].cast(schema.field(name).type) for name in schema.names], schema=schema)


def _articles(layout: Layout) -> Columns:
    return dict(zip(layout.batch.schema.names, layout.batch.columns, strict=True))


def _article_columns(layout: Layout, owner: Numbers) -> Columns:
    """The columns that every flat config has, for rows of these articles."""
    metadata, rows = layout.batch.column("metadata"), pa.array(owner)
    columns = {name: child(metadata, name) for name in ARTICLE_COLUMNS}
    return {name: column.take(rows) for name, column in ({"article_id": layout.batch.column("id")} | columns).items()}


def _quotes(layout: Layout) -> Columns:
    quotes, owner = items(layout.batch.column("quotes"))
    spans = child(quotes, "spans")
    first = child_of_first(spans)
    entities = child(items(layout.batch.column("entities")).values, "name")
    addressee = layout.position("entities", child(quotes, "addressee", "entity"), owner)
    return {
        **_article_columns(layout, owner),
        "quote_id": child(quotes, "id"),
        "type": child(quotes, "type"),
        "text": pc.binary_join(pa.ListArray.from_arrays(spans.offsets, child(spans.values, "text")), " "),
        **_place("", first),
        "paragraph": _paragraph(layout, first, owner),
        "spans": spans,
        "cue": child(quotes, "cue", "text"),
        "cue_kind": child(quotes, "cue", "kind"),
        **_place("cue_", child(quotes, "cue")),
        **_speaker(layout, child(quotes, "speaker"), owner),
        "addressee": _at(entities, addressee),
        "parent": child(quotes, "parent"),
        "continues": child(quotes, "continues"),
    }


def child_of_first(lists: pa.ListArray) -> pa.StructArray:
    """The first item of each list; lists are never empty."""
    return lists.values.take(lists.offsets[:-1])


def _place(prefix: str, spans: pa.StructArray) -> Columns:
    names = {"paragraph_id": "paragraph", "start": "start", "end": "end"}
    return {prefix + name: child(spans, field) for name, field in names.items()}


def _paragraph(layout: Layout, spans: pa.StructArray, owner: Numbers) -> pa.Array:
    found = layout.position("paragraphs", child(spans, "paragraph"), owner)
    return _at(child(layout.paragraphs.values, "text"), found)


def _at(column: pa.Array, places: Numbers) -> pa.Array:
    """The values at these places; null where a place is -1."""
    return column.take(pa.array(places, mask=places < 0))


def _speaker(layout: Layout, speaker: pa.StructArray, owner: Numbers) -> Columns:
    entities = items(layout.batch.column("entities")).values
    place = layout.position("entities", child(speaker, "entity"), owner)
    of_entity = {"speaker": "name", "speaker_id": "id", "speaker_type": "type", "speaker_link": "link"}
    return {
        **{name: _at(child(entities, field), place) for name, field in of_entity.items()},
        "speaker_form": child(speaker, "form"),
        "speaker_text": child(speaker, "span", "text"),
        **_place("speaker_", child(speaker, "span")),
    }


def _entities(layout: Layout) -> Columns:
    entities, owner = items(layout.batch.column("entities"))
    mentions, entity = items(child(entities, "mentions"))
    of_entity: dict[str, tuple[str, ...]] = {"entity_id": ("id",)}
    of_entity |= {name: (name,) for name in ("type", "name", "value", "link")}
    of_entity |= {name: ("identifiers", name) for name in ("wikidata", "iso3166", "geonames")}
    rows = pa.array(entity)
    return {
        **_article_columns(layout, owner[entity]),
        **{name: child(entities, *path).take(rows) for name, path in of_entity.items()},
        "text": child(mentions, "text"),
        "form": child(mentions, "form"),
        **_place("", mentions),
        "paragraph": _paragraph(layout, mentions, owner[entity]),
    }


def _tokens(layout: Layout) -> Columns:
    paragraphs, owner = layout.paragraphs
    named = {"paragraph_id": child(paragraphs, "id"), "role": child(paragraphs, "role")}
    return {**_article_columns(layout, owner), **named, **tokens(layout)}


_CUTS: dict[str, Callable[[Layout], Columns]] = {
    "articles": _articles,
    "quotes": _quotes,
    "entities": _entities,
    "tokens": _tokens,
}
