"""Records to rows, one function a config."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import datasets

from tasrih import record
from tasrih.dataset import tokens
from tasrih.dataset.features import ARTICLES, ENTITIES, QUOTES, TOKENS
from tasrih.errors import TasrihError

Row = dict[str, Any]


def _articles(article: record.Article) -> Iterator[Row]:
    yield article.model_dump(mode="json")


def _article_columns(article: record.Article) -> Row:
    metadata = article.metadata.model_dump(include={"collection", "origin", "published", "publisher"})
    return {"article_id": article.id, **metadata}


def _span_columns(prefix: str, span: record.Span | None) -> Row:
    return {
        f"{prefix}paragraph_id": span.paragraph if span else None,
        f"{prefix}start": span.start if span else None,
        f"{prefix}end": span.end if span else None,
    }


def _quotes(article: record.Article) -> Iterator[Row]:
    entities = {entity.id: entity for entity in article.entities}
    texts = {paragraph.id: paragraph.text for paragraph in article.paragraphs}
    for quote in article.quotes:
        yield {
            **_article_columns(article),
            "quote_id": quote.id,
            "type": quote.type,
            "text": " ".join(span.text for span in quote.spans),
            **_span_columns("", quote.spans[0]),
            "paragraph": texts[quote.spans[0].paragraph],
            "spans": [span.model_dump() for span in quote.spans],
            "cue": quote.cue.text if quote.cue else None,
            "cue_kind": quote.cue.kind if quote.cue else None,
            **_span_columns("cue_", quote.cue),
            **_speaker_columns(quote.speaker, entities),
            "addressee": entities[quote.addressee.entity].name if quote.addressee else None,
            "parent": quote.parent,
            "continues": quote.continues,
        }


def _speaker_columns(speaker: record.Participant | None, entities: dict[str, record.Entity]) -> Row:
    entity = entities[speaker.entity] if speaker else None
    span = speaker.span if speaker else None
    return {
        "speaker": entity.name if entity else None,
        "speaker_id": entity.id if entity else None,
        "speaker_type": entity.type if entity else None,
        "speaker_link": entity.link if entity else None,
        "speaker_form": speaker.form if speaker else None,
        "speaker_text": span.text if span else None,
        **_span_columns("speaker_", span),
    }


def _entities(article: record.Article) -> Iterator[Row]:
    texts = {paragraph.id: paragraph.text for paragraph in article.paragraphs}
    for entity in article.entities:
        identifiers = entity.identifiers or record.Identifiers()
        for mention in entity.mentions:
            yield {
                **_article_columns(article),
                "entity_id": entity.id,
                **entity.model_dump(include={"type", "name", "value", "link"}),
                **identifiers.model_dump(),
                "text": mention.text,
                "form": mention.form,
                **_span_columns("", mention),
                "paragraph": texts[mention.paragraph],
            }


def _tokens(article: record.Article) -> Iterator[Row]:
    for row in tokens.rows(article):
        yield {**_article_columns(article), **row}


CONFIGS: dict[str, tuple[Callable[[record.Article], Iterator[Row]], datasets.Features]] = {
    "articles": (_articles, ARTICLES),
    "quotes": (_quotes, QUOTES),
    "entities": (_entities, ENTITIES),
    "tokens": (_tokens, TOKENS),
}


def to_dataset(articles: Iterable[record.Article], config: str) -> datasets.Dataset:
    """The rows of a config with its exact features. Raises TasrihError when there is no such config."""
    if config not in CONFIGS:
        raise TasrihError(f"{config}: no such config; choose one of {', '.join(CONFIGS)}.")
    rows_of, features = CONFIGS[config]
    rows = [row for article in articles for row in rows_of(article)]
    columns = {name: [row[name] for row in rows] for name in features}
    return datasets.Dataset.from_dict(columns, features=features)
