"""What a row group of a dataset must be: records whose keys and spans lead somewhere, and the same in every config."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from pydantic import ValidationError

from tasrih.columnar import Flags, Layout, all_spans, child, flags, items, selected, spans, take, texts
from tasrih.dataset.configs import HASHES
from tasrih.dataset.rights import missing, withheld, withheld_texts, wordless
from tasrih.dataset.tables import cut
from tasrih.record import Article
from tasrih.register import flaw
from tasrih.validation.fast import schema

_LONGEST = 80


class Wrong(NamedTuple):
    """What is wrong in a row group: the config, the first row of which this is true, the column, and why."""

    config: str
    row: int
    column: str
    why: str


def wrong(batches: Mapping[str, pa.RecordBatch], rights: str, *, is_standoff: bool = False) -> list[Wrong]:
    """What is wrong with the rows of some articles in every config. What only follows from it is not told.

    `batches` have the columns of their configs; they hold the same articles, which are all stand-off or none.
    """
    articles = batches["articles"]
    gone = without_words(batches, rights, is_standoff=is_standoff)
    without = wordless if is_standoff else withheld
    why = "holds words of a stand-off record" if is_standoff else "holds a text that may not be passed on"
    found = list(differences("articles", articles, without(articles, gone), why)) if gone.any() else []
    if found:
        return found
    articles = without(articles, gone, placeholder="-")
    found = list(_records(articles)) or [*_keys(Layout(articles)), *_spans(articles, ~gone)]
    return found or list(_flat(batches, gone))


def without_words(batches: Mapping[str, pa.RecordBatch], rights: str, *, is_standoff: bool) -> Flags:
    """The articles that have null for their words."""
    articles = batches["articles"]
    return np.ones(articles.num_rows, np.bool_) if is_standoff else missing(articles, batches.get(HASHES), rights)


def _records(articles: pa.RecordBatch) -> Iterator[Wrong]:
    """The first row that is no record."""
    for row, record in enumerate([] if schema.fits(articles) else articles.to_pylist()):
        try:
            Article.model_validate(record, strict=False)
        except ValidationError as error:
            yield Wrong("articles", row, str(error.errors()[0]["loc"][0]), flaw(error))
            return


def _keys(layout: Layout) -> Iterator[Wrong]:
    """Ids that nothing has in the article."""
    for kind, holder, *path in _KEYS:
        found = {"quotes": layout.quotes, "terms": layout.terms}[holder]
        ids = child(found.values, *path)
        lost = (layout.position(kind, ids, found.owner) < 0) & flags(ids.is_valid())
        for place in np.flatnonzero(lost)[:1].tolist():
            why = f"{ids[place].as_py()!r} is none of the article's {kind}"
            yield Wrong("articles", int(found.owner[place]), ".".join([holder, *path]), why)
    yield from _newer_keys(layout)


def _newer_keys(layout: Layout) -> Iterator[Wrong]:
    """Ids of schema 1.1 that nothing has in the article: joint speakers and addressees, paragraphs said again."""
    quotes, row = layout.quotes
    lists = [(f"quotes.{role}.others", items(child(quotes, role, "others"))) for role in ("speaker", "addressee")]
    found = [(column, "entities", values, row[owner]) for column, (values, owner) in lists]
    paragraphs, owner = layout.paragraphs
    for column, kind, ids, rows in [*found, ("paragraphs.repeats", "paragraphs", child(paragraphs, "repeats"), owner)]:
        lost = (layout.position(kind, ids, rows) < 0) & flags(ids.is_valid())
        for place in np.flatnonzero(lost)[:1].tolist():
            why = f"{ids[place].as_py()!r} is none of the article's {kind}"
            yield Wrong("articles", int(rows[place]), column, why)


_KEYS = (
    ("entities", "quotes", "speaker", "entity"),
    ("entities", "quotes", "addressee", "entity"),
    ("quotes", "quotes", "parent"),
    ("quotes", "quotes", "continues"),
    ("entities", "terms", "entity"),
)


def _spans(articles: pa.RecordBatch, there: Flags) -> Iterator[Wrong]:
    """Spans that do not select their text, where the text is there."""
    rows = np.flatnonzero(there)
    layout = Layout(pa.RecordBatch.from_struct_array(take(articles.to_struct_array(), rows)))
    for column, (values, owner) in all_spans(layout.batch):
        adrift = ~selected(layout, spans(layout, values, owner), texts(child(values, "text")))
        for place in np.flatnonzero(adrift & flags(values.is_valid()))[:1].tolist():
            span = {name: values[place][name].as_py() for name in ("paragraph", "start", "end", "text")}
            why = "{paragraph}[{start}:{end}] is not {text!r}".format(**span)
            yield Wrong("articles", int(rows[owner[place]]), column, why)


def _flat(batches: Mapping[str, pa.RecordBatch], gone: Flags) -> Iterator[Wrong]:
    """Where the rows of the other configs are not what the articles make them."""
    layout = Layout(batches["articles"])
    for config, batch in batches.items():
        if config == HASHES:
            yield from _hashes(batches["articles"], batch, gone)
        elif config != "articles":
            yield from differences(config, batch, cut(layout, config, batch.schema), "is not what its article makes it")


def _hashes(articles: pa.RecordBatch, batch: pa.RecordBatch, gone: Flags) -> Iterator[Wrong]:
    """Texts that are withheld without a hash, and hashes of none."""
    rows = take(withheld(articles, gone, placeholder="-").to_struct_array(), np.flatnonzero(gone))
    due = {(row["id"], at) for row in rows.to_pylist() for at, _ in withheld_texts(row)}
    found = list(zip(batch.column("article_id").to_pylist(), batch.column("at").to_pylist(), strict=True))
    for row, (name, at) in enumerate(found):
        if (name, at) not in due:
            yield Wrong(HASHES, row, "at", f"{at} of {name} is no withheld text")
            return
    missing = sorted(pair for pair in due - set(found) if pair[1] != "/metadata/image_credit")
    if missing:
        yield Wrong(HASHES, batch.num_rows, "sha256", "there is no hash for {1} of {0}".format(*missing[0]))


def differences(config: str, batch: pa.RecordBatch, due: pa.RecordBatch, why: str) -> Iterator[Wrong]:
    """The first row of every column that is not as it is due."""
    if batch.num_rows != due.num_rows:
        row = min(batch.num_rows, due.num_rows)
        yield Wrong(config, row, batch.schema.names[0], f"{batch.num_rows} rows where there should be {due.num_rows}")
        return
    for name in batch.schema.names:
        if not batch.column(name).equals(due.column(name)):
            pairs = enumerate(zip(batch.column(name).to_pylist(), due.column(name).to_pylist(), strict=True))
            for row, (given, right) in pairs:
                if given != right:
                    yield Wrong(config, row, name, f"{_shown(given)} {why} ({_shown(right)})")
                    break


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
