"""Phenomena of the words themselves: negation, dialect, calendars, spelling, what stands around the article."""

import re
from collections.abc import Iterator
from functools import partial

from tasrih.phenomena.views import (
    WORD,
    Predicate,
    Selection,
    is_listed,
    marked_quotes,
    matches,
    quotes_that,
    some_paragraph,
    text_of,
)
from tasrih.record import Article, Quote, Span
from tasrih.text.lists import marker_words
from tasrih.text.words import WITH_ARTICLE

_LATIN = re.compile(r"[A-Za-z]{2}|#\w")
_TAA = re.compile(rf"\b{WITH_ARTICLE}\w{{2,}}ه\b")
_DOUBLED = re.compile(r"\b(\w+) \1\b")
_BEFORE = 60  # characters before speech in which a word says that it is a proverb or scripture
_AROUND = ("note", "signoff", "credit", "source")
_LINE = 40  # characters with which a teaser begins


def _proverb(article: Article) -> Iterator[Quote]:
    return (quote for quote in marked_quotes(article) if any(_is_led(article, span) for span in quote.spans))


def _is_led(article: Article, span: Span) -> bool:
    """Whether a word of proverbs or scripture stands before a span."""
    return is_listed(text_of(article, span.paragraph)[max(0, span.start - _BEFORE) : span.start], "proverb")


def _is_dialect(quote: Quote) -> bool:
    texts = [span.text for span in quote.spans] if quote.type == "direct" else []
    return any(is_listed(text, "dialect") or matches(text, "dialect_shape") for text in texts)


def _dated(article: Article, months: str) -> bool:
    found = (mention for entity in article.entities if entity.type == "DATE" for mention in entity.mentions)
    return any(is_listed(mention.text, months) for mention in found)


def _has_slip(text: str) -> bool:
    """Whether a text has a doubled word, a word without its hamza, or one that seems to end in ه for ة."""
    bare, right = marker_words("hamza", as_written=True), marker_words("taa_not", as_written=True)
    return bool(_DOUBLED.search(text) or set(_TAA.findall(text)) - right or set(WORD.findall(text)) & bare)


SELECTIONS: dict[str, Selection] = {
    "scripture-proverb": _proverb,
    "dialect-in-marks": quotes_that(_is_dialect),
}
PREDICATES: dict[str, Predicate] = {
    "negated-speech": some_paragraph(lambda paragraph: matches(paragraph.text, "negated")),
    "hypothetical-speech": some_paragraph(lambda paragraph: matches(paragraph.text, "hypothetical")),
    "scripture-proverb": lambda article: any(term.kind == "other" for term in article.terms),
    "latin-and-hashtags": some_paragraph(lambda paragraph: _LATIN.search(paragraph.text)),
    "levantine-dates": partial(_dated, months="levantine"),
    "egyptian-dates": partial(_dated, months="egyptian"),
    "maghrebi-dates": partial(_dated, months="maghrebi"),
    "hijri-dates": partial(_dated, months="hijri"),
    "spelling-slips": some_paragraph(lambda paragraph: _has_slip(paragraph.text)),
    "boilerplate": some_paragraph(lambda paragraph: paragraph.role in _AROUND),
    "teaser-lines": some_paragraph(lambda note: note.role == "note" and is_listed(note.text[:_LINE], "teaser")),
}
