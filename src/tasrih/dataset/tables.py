"""Batches of records to tables: the flat configs are cut from the nested columns, without a loop over records.

A batch is what `tasrih.columnar` reads; its records keep the schema and point at what is there.
"""

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import Layout, Numbers, child, constant, take
from tasrih.dataset.configs import EVERY, HASHES
from tasrih.dataset.rights import hashes
from tasrih.dataset.tokens import tokens
from tasrih.record import Identifiers

Columns = dict[str, pa.Array]


def cut(layout: Layout, config: str, schema: pa.Schema) -> pa.RecordBatch:
    """The rows of a config, with the columns and metadata of its schema."""
    columns = _CUTS[config](layout)
    return pa.RecordBatch.from_arrays(
        [columns[name].cast(schema.field(name).type) for name in schema.names], schema=schema
    )


def _articles(layout: Layout) -> Columns:
    columns = dict(zip(layout.batch.schema.names, layout.batch.columns, strict=True))
    return columns | {name: _with_lists(columns[name]) for name in ("metadata", "quotes", "waivers")}


def _with_lists(column: pa.Array) -> pa.Array:
    """The column with empty lists where lists are absent."""
    if pa.types.is_list(column.type):
        return pa.ListArray.from_arrays(column.offsets, _with_lists(column.values))
    if not pa.types.is_struct(column.type):
        return column
    inner = [_with_lists(column.field(number)) for number in range(column.type.num_fields)]
    return pa.StructArray.from_arrays(inner, fields=list(column.type), mask=column.is_null())


def _article_columns(layout: Layout, owner: Numbers) -> Columns:
    """The columns that every flat config has, for rows of these articles."""
    ids, metadata = layout.batch.column("id"), layout.batch.column("metadata")
    return {name: take(ids if name == "article_id" else child(metadata, name), owner) for name in EVERY}


def _quotes(layout: Layout) -> Columns:
    quotes, owner = layout.quotes
    spans = child(quotes, "spans")
    first = _first(spans)
    entities = child(layout.entities.values, "name")
    addressee = layout.position("entities", child(quotes, "addressee", "entity"), owner)
    return {
        **_article_columns(layout, owner),
        "quote_id": child(quotes, "id"),
        "type": child(quotes, "type"),
        "text": pc.binary_join(pa.ListArray.from_arrays(spans.offsets, child(spans.values, "text")), constant(" ")),
        **_place("", first),
        "paragraph": _paragraph(layout, first, owner),
        "spans": spans,
        "cue": child(quotes, "cue", "text"),
        "cue_kind": child(quotes, "cue", "kind"),
        **_place("cue_", child(quotes, "cue")),
        **_speaker(layout, child(quotes, "speaker"), owner),
        "addressee": take(entities, addressee),
        "parent": child(quotes, "parent"),
        "continues": child(quotes, "continues"),
        "phenomena": _with_lists(child(quotes, "phenomena")),
    }


def _first(lists: pa.ListArray) -> pa.StructArray:
    """The first item of each list; lists are never empty."""
    return lists.values.take(lists.offsets[:-1])


def _place(prefix: str, spans: pa.StructArray) -> Columns:
    names = {"paragraph_id": "paragraph", "start": "start", "end": "end"}
    return {prefix + name: child(spans, field) for name, field in names.items()}


def _paragraph(layout: Layout, spans: pa.StructArray, owner: Numbers) -> pa.Array:
    found = layout.position("paragraphs", child(spans, "paragraph"), owner)
    return take(child(layout.paragraphs.values, "text"), found)


def _speaker(layout: Layout, speaker: pa.StructArray, owner: Numbers) -> Columns:
    return {
        **_entity("speaker", layout, child(speaker, "entity"), owner),
        "speaker_form": child(speaker, "form"),
        "speaker_text": child(speaker, "span", "text"),
        **_place("speaker_", child(speaker, "span")),
    }


def _entity(prefix: str, layout: Layout, ids: pa.Array, owner: Numbers) -> Columns:
    """The entities with these ids: name, id, type and link."""
    place = layout.position("entities", ids, owner)
    columns = {prefix: "name", f"{prefix}_id": "id", f"{prefix}_type": "type", f"{prefix}_link": "link"}
    return {name: take(child(layout.entities.values, field), place) for name, field in columns.items()}


def _terms(layout: Layout) -> Columns:
    terms, owner = layout.terms
    spans = child(terms, "span")
    return {
        **_article_columns(layout, owner),
        "term_id": child(terms, "id"),
        "kind": child(terms, "kind"),
        "text": child(spans, "text"),
        **_place("", spans),
        "paragraph": _paragraph(layout, spans, owner),
        **_entity("entity", layout, child(terms, "entity"), owner),
    }


def _entities(layout: Layout) -> Columns:
    (entities, owner), (mentions, entity) = layout.entities, layout.mentions
    of_entity: dict[str, tuple[str, ...]] = {"entity_id": ("id",)}
    of_entity |= {name: (name,) for name in ("type", "name", "value", "link")}
    of_entity |= {name: ("identifiers", name) for name in Identifiers.model_fields}
    return {
        **_article_columns(layout, owner[entity]),
        **{name: take(child(entities, *path), entity) for name, path in of_entity.items()},
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
    "terms": _terms,
    "entities": _entities,
    "tokens": _tokens,
    HASHES: hashes,
}
