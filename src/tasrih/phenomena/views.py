"""What several predicates look up in an article's record, each of the same words: once it is kept for a while."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from tasrih.record import WITHOUT_MARKS, Article, Entity, Paragraph, Quote, Span
from tasrih.text.letters import fold
from tasrih.text.lists import marker_pattern, marker_words
from tasrih.text.marks import glyphs_around
from tasrih.text.words import CONJUNCTIONS, folded_words

Predicate = Callable[[Article], bool]
Selection = Callable[[Article], Iterable[Quote]]
_KEPT = 2**10  # of which an article has some, and each predicate asks for the same
WORD = re.compile(r"\w+")


class Marked(NamedTuple):
    """A span that stands in marks, with the mark before and after it; empty where there is none."""

    span: Span
    left: str
    right: str


def quotes_that(test: Callable[[Quote], object]) -> Selection:
    """The selection of the quotes of an article that pass a test."""
    return lambda article: (quote for quote in article.quotes if test(quote))


def some_paragraph(test: Callable[[Paragraph], object]) -> Predicate:
    """The predicate that some paragraph of an article passes a test."""
    return lambda article: any(map(test, article.paragraphs))


def marked_spans(article: Article) -> Iterator[Marked]:
    """The spans of speech in marks, and those of terms."""
    yield from (marked(article, span) for quote in marked_quotes(article) for span in quote.spans)
    yield from (marked(article, term.span) for term in article.terms)


def marked_quotes(article: Article) -> Iterator[Quote]:
    """The quotes that stand in marks."""
    return (quote for quote in article.quotes if quote.type not in WITHOUT_MARKS)


def marked(article: Article, span: Span) -> Marked:
    """A span with the marks around it."""
    return Marked(span, *_glyphs_around(text_of(article, span.paragraph), span.start, span.end))


_glyphs_around = lru_cache(maxsize=_KEPT)(glyphs_around)


def text_of(article: Article, paragraph: str) -> str:
    """The text of a paragraph by its id."""
    return next(other.text for other in article.paragraphs if other.id == paragraph)


def runs_over(quote: Quote) -> bool:
    """Whether a quote has spans in several paragraphs."""
    return len({span.paragraph for span in quote.spans}) > 1


def spoken(article: Article) -> Iterator[tuple[Quote, Entity]]:
    """The quotes that have a speaker, each with it."""
    entities = {entity.id: entity for entity in article.entities}
    return ((quote, entities[quote.speaker.entity]) for quote in article.quotes if quote.speaker)


@lru_cache(maxsize=_KEPT)
def is_listed(text: str, list_: str) -> bool:
    """Whether a text has a word of a list, by itself or after و or ف."""
    wanted = marker_words(list_)
    return any(word in wanted or (word[0] in CONJUNCTIONS and word[1:] in wanted) for word in words_of(text))


@lru_cache(maxsize=_KEPT)
def matches(text: str, pattern: str) -> bool:
    """Whether a pattern of the lexicon is found in a text."""
    return marker_pattern(pattern).search(_folded(text)) is not None


words_of = lru_cache(maxsize=_KEPT)(folded_words)
_folded = lru_cache(maxsize=_KEPT)(lambda text: fold(text)[0])
