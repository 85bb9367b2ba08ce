"""How much there is of what in a corpus, counted in one pass."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tasrih import record


def _counter() -> Counter[str]:
    return Counter()


@dataclass(frozen=True)
class Statistics:
    """Counts over a corpus, each by the value that the records use; what does not occur counts 0.

    `none` stands for an absent cue or speaker.
    """

    sizes: Counter[str] = field(default_factory=_counter)
    """`articles`; `paragraphs`; `characters` of their text in Unicode code points; `tokens` between white space."""
    collections: Counter[str] = field(default_factory=_counter)
    """Articles by collection."""
    origins: Counter[str] = field(default_factory=_counter)
    """Articles by origin: `published` or `composed`."""
    redistribution: Counter[str] = field(default_factory=_counter)
    """Articles by whether the text may be passed on: `permitted`, `forbidden` or `unknown`."""
    annotators: Counter[str] = field(default_factory=_counter)
    """Annotators by kind (`human`, `model` or `rule`), counted once for every article they annotated."""
    paragraphs: Counter[str] = field(default_factory=_counter)
    """Paragraphs by role."""
    phenomena: Counter[str] = field(default_factory=_counter)
    """Articles by phenomenon, as their records list them."""
    quotes_per_article: Counter[str] = field(default_factory=_counter)
    """Articles by their number of quotes."""
    quotes: Counter[str] = field(default_factory=_counter)
    """Quotes by type."""
    cues: Counter[str] = field(default_factory=_counter)
    """Quotes by kind of cue; a cue that serves two quotes counts for both."""
    speakers: Counter[str] = field(default_factory=_counter)
    """Quotes by the form in which the text refers to the speaker."""
    terms: Counter[str] = field(default_factory=_counter)
    """Terms by kind."""
    entities: Counter[str] = field(default_factory=_counter)
    """Entities by type, counted anew in every article."""
    mentions: Counter[str] = field(default_factory=_counter)
    """Mentions by type of their entity; two mentions may share a span."""
    forms: Counter[str] = field(default_factory=_counter)
    """Mentions by form: `named` or `nominal`."""


def statistics(articles: Iterable[record.Article]) -> Statistics:
    """Counts articles, text and annotations; keeps nothing of an article that it has counted.

    Of a corpus: `statistics(article.record for article in tasrih.load())`.
    """
    counted = Statistics()
    for article in articles:
        _count_text(article, counted)
        _count_speech(article, counted)
        _count_entities(article, counted)
    return counted


def _count_text(article: record.Article, counted: Statistics) -> None:
    metadata, paragraphs = article.metadata, article.paragraphs
    counted.sizes["articles"] += 1
    counted.sizes["paragraphs"] += len(paragraphs)
    counted.sizes["characters"] += sum(len(paragraph.text) for paragraph in paragraphs)
    counted.sizes["tokens"] += sum(len(paragraph.text.split()) for paragraph in paragraphs)
    counted.collections[metadata.collection] += 1
    counted.origins[metadata.origin] += 1
    counted.phenomena.update(metadata.phenomena)
    counted.redistribution[metadata.rights.redistribution] += 1
    counted.annotators.update(annotator.kind for annotator in metadata.annotation.annotators)
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
