"""Phenomena of quotation marks, and of what stands in them."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from tasrih.phenomena.views import (
    Marked,
    Predicate,
    Selection,
    marked,
    marked_quotes,
    marked_spans,
    quotes_that,
    runs_over,
)
from tasrih.record import Article, Quote, Span
from tasrih.text.marks import is_pair

_FRAGMENT = 6  # words, of which a fragment is short
_GLYPHS = {"marks-straight": '"', "marks-guillemets": "«", "marks-curly": "“"}


def _styled(glyph: str) -> Selection:
    """The selection of the quotes in well-formed pairs of a glyph."""
    return _with_span(lambda found: found.left == glyph and is_pair(found.left, found.right))


def _with_span(test: Callable[[Marked], object]) -> Selection:
    """The selection of the marked quotes of which some span passes a test."""
    return lambda article: (
        quote for quote in marked_quotes(article) if any(test(marked(article, span)) for span in quote.spans)
    )


def _styled_term(glyph: str) -> Predicate:
    return _some_term(lambda found: found.left == glyph and is_pair(found.left, found.right))


def _some_term(test: Callable[[Marked], object]) -> Predicate:
    return lambda article: any(test(marked(article, term.span)) for term in article.terms)


def _mixed(article: Article) -> bool:
    styles = {found.left for found in marked_spans(article) if is_pair(found.left, found.right)}
    return len(styles & set(_GLYPHS.values())) > 1


def _nested_alike(article: Article) -> Iterator[Quote]:
    """The quotes that hold a quote or term between the glyphs that they stand in themselves."""
    inner = [found for found in marked_spans(article) if found.left]
    for quote in marked_quotes(article):
        outer = [marked(article, span) for span in quote.spans]
        if any(found[1:] == around[1:] and _is_inside(found.span, around.span) for found in inner for around in outer):
            yield quote


def _is_inside(inner: Span, outer: Span) -> bool:
    """Whether a span lies in another and is shorter."""
    within = inner.paragraph == outer.paragraph and outer.start <= inner.start and inner.end <= outer.end
    return within and (inner.start, inner.end) != (outer.start, outer.end)


def _missing_mark(article: Article) -> Iterator[Quote]:
    halved = _with_span(lambda found: bool(found.left) != bool(found.right))
    return (quote for quote in halved(article) if not runs_over(quote))


def _is_wrong(found: Marked) -> bool:
    return bool(found.left and found.right) and not is_pair(found.left, found.right)


def _is_interrupted(quote: Quote) -> bool:
    return any(first.paragraph == second.paragraph for first, second in pairwise(quote.spans))


def _is_short(quote: Quote) -> bool:
    return quote.type == "partial" and sum(len(span.text.split()) for span in quote.spans) <= _FRAGMENT


def _names(article: Article) -> bool:
    speech = {span.paragraph for quote in marked_quotes(article) for span in quote.spans}
    return any(term.kind == "name" and term.span.paragraph in speech for term in article.terms)


def _has_term(article: Article, kind: str) -> bool:
    return any(term.kind == kind for term in article.terms)


SELECTIONS: dict[str, Selection] = {
    **{name: _styled(glyph) for name, glyph in _GLYPHS.items()},
    "same-glyph-nesting": _nested_alike,
    "missing-mark": _missing_mark,
    "wrong-side-mark": _with_span(_is_wrong),
    "multi-paragraph-speech": quotes_that(runs_over),
    "resumed-speech": quotes_that(lambda quote: quote.continues),
    "interrupted-speech": quotes_that(_is_interrupted),
    "short-partial": quotes_that(_is_short),
}
PREDICATES: dict[str, Predicate] = {
    **{name: _styled_term(glyph) for name, glyph in _GLYPHS.items()},
    "marks-mixed": _mixed,
    "wrong-side-mark": _some_term(_is_wrong),
    "names-in-marks": _names,
    "titles-in-marks": partial(_has_term, kind="title"),
    "scare-quotes": partial(_has_term, kind="scare"),
}
