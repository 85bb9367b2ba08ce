"""How much there is of what in a corpus, counted in one pass."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import get_args

from pydantic import BaseModel

from tasrih import record


@dataclass(frozen=True)
class Statistics:
    """Counts over a corpus, each by the value that the records use; what does not occur counts 0.

    `none` stands for an absent cue or speaker.
    """

    sizes: Counter[str] = field(default_factory=Counter)
    """`articles`; `paragraphs`; `characters` of their text in Unicode code points; `tokens` between white space."""
    collections: Counter[str] = field(default_factory=Counter)
    """Articles by collection."""
    origins: Counter[str] = field(default_factory=Counter)
    """Articles by origin: `published` or `composed`."""
    redistribution: Counter[str] = field(default_factory=Counter)
    """Articles by whether the text may be passed on: `permitted`, `forbidden` or `unknown`."""
    annotators: Counter[str] = field(default_factory=Counter)
    """Annotators by kind (`human`, `model` or `rule`); who annotated several articles counts once."""
    paragraphs: Counter[str] = field(default_factory=Counter)
    """Paragraphs by role."""
    phenomena: Counter[str] = field(default_factory=Counter)
    """Articles by phenomenon, as their records list them."""
    quotes_per_article: Counter[str] = field(default_factory=Counter)
    """Articles by their number of quotes."""
    quotes: Counter[str] = field(default_factory=Counter)
    """Quotes by type."""
    cues: Counter[str] = field(default_factory=Counter)
    """Quotes by kind of cue; a cue that serves two quotes counts for both."""
    speakers: Counter[str] = field(default_factory=Counter)
    """Quotes by the form in which the text refers to the speaker."""
    terms: Counter[str] = field(default_factory=Counter)
    """Terms by kind."""
    entities: Counter[str] = field(default_factory=Counter)
    """Entities by type, counted anew in every article."""
    mentions: Counter[str] = field(default_factory=Counter)
    """Mentions by type of their entity; two mentions may share a span."""
    forms: Counter[str] = field(default_factory=Counter)
    """Mentions by form: `named` or `nominal`."""


def statistics(articles: Iterable[record.Article]) -> Statistics:
    """Counts articles, text and annotations; keeps nothing of an article that it has counted.

    Of a corpus: `statistics(article.record for article in tasrih.load())`.
    """
    counted = Statistics()
    annotators: set[record.Annotator] = set()
    for article in articles:
        annotators.update(article.metadata.annotation.annotators)
        count(article, counted)
    counted.annotators.update(annotator.kind for annotator in annotators)
    return counted


def count(article: record.Article, counted: Statistics) -> None:
    """Adds an article to counts: all but its annotators, who may be those of others."""
    _count_text(article, counted)
    _count_speech(article, counted)
    _count_entities(article, counted)


def ordered(name: str, counter: Counter[str]) -> list[tuple[str, int]]:
    """The counts of a field in an order that does not hang on what there is: the schema's, or that of numbers, letters.

    What is absent (`none`) comes last.
    """
    known = _KNOWN.get(name, ())

    def rank(item: tuple[str, int]) -> tuple[bool, int, int, str]:
        value = item[0]
        place = known.index(value) if value in known else len(known)
        return value == "none", place, int(value) if name == "quotes_per_article" else 0, value

    return sorted(counter.items(), key=rank)


def _values(model: type[BaseModel], field: str) -> tuple[str, ...]:
    return get_args(model.model_fields[field].annotation)


_KNOWN: dict[str, tuple[str, ...]] = {
    "sizes": ("articles", "paragraphs", "characters", "tokens"),
    "origins": _values(record.Metadata, "origin"),
    "redistribution": _values(record.Rights, "redistribution"),
    "annotators": _values(record.Annotator, "kind"),
    "paragraphs": get_args(record.ParagraphRole),
    "quotes": get_args(record.QuoteType),
    "cues": get_args(record.CueKind),
    "speakers": get_args(record.ParticipantForm),
    "terms": get_args(record.TermKind),
    "entities": get_args(record.EntityType),
    "mentions": get_args(record.EntityType),
    "forms": get_args(record.MentionForm),
}


def _count_text(article: record.Article, counted: Statistics) -> None:
    metadata, paragraphs = article.metadata, article.paragraphs
    counted.sizes["articles"] += 1
    counted.sizes["paragraphs"] += len(paragraphs)
    texts = [paragraph.text or "" for paragraph in paragraphs]  # in a dataset, words may be left out
    counted.sizes["characters"] += sum(map(len, texts))
    counted.sizes["tokens"] += sum(len(text.split()) for text in texts)
    counted.collections[metadata.collection] += 1
    counted.origins[metadata.origin] += 1
    counted.phenomena.update(metadata.phenomena)
    counted.redistribution[metadata.rights.redistribution] += 1
    counted.paragraphs.update(paragraph.role for paragraph in paragraphs)


def _count_speech(article: record.Article, counted: Statistics) -> None:
    counted.quotes_per_article[str(len(article.quotes))] += 1
    for quote in article.quotes:
        counted.quotes[quote.type] += 1
        counted.cues[quote.cue.kind if quote.cue else "none"] += 1
        counted.speakers[quote.speaker.form if quote.speaker else "none"] += 1
    counted.terms.update(term.kind for term in article.terms)


def _count_entities(article: record.Article, counted: Statistics) -> None:
    for entity in article.entities:
        counted.entities[entity.type] += 1
        counted.mentions[entity.type] += len(entity.mentions)
        counted.forms.update(mention.form for mention in entity.mentions)
