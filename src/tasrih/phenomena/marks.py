"""Phenomena of quotation marks, and of what stands in them."""

from functools import partial
from itertools import pairwise

from tasrih.phenomena.views import Predicate, marked, marked_quotes, marked_spans, runs_over, some_quote
from tasrih.record import Article, Span
from tasrih.text.marks import is_pair

_FRAGMENT = 6  # words, of which a fragment is short


def _styles(article: Article) -> set[str]:
    """The opening glyphs of the well-formed pairs."""
    return {marked.left for marked in marked_spans(article) if is_pair(marked.left, marked.right)}


def _nested_alike(article: Article) -> bool:
    outer = [marked(article, span) for quote in marked_quotes(article) for span in quote.spans]
    return any(
        inner.left and inner[1:] == around[1:] and _is_inside(inner.span, around.span)
        for inner in marked_spans(article)
        for around in outer
    )


def _is_inside(inner: Span, outer: Span) -> bool:
    """Whether a span lies in another and is shorter."""
    within = inner.paragraph == outer.paragraph and outer.start <= inner.start and inner.end <= outer.end
    return within and (inner.start, inner.end) != (outer.start, outer.end)


def _missing_mark(article: Article) -> bool:
    spans = (span for quote in marked_quotes(article) if not runs_over(quote) for span in quote.spans)
    return any(bool(found.left) != bool(found.right) for found in (marked(article, span) for span in spans))


def _wrong_side(article: Article) -> bool:
    return any(found.left and found.right and not is_pair(found.left, found.right) for found in marked_spans(article))


def _interrupted(article: Article) -> bool:
    pairs = (pair for quote in article.quotes for pair in pairwise(quote.spans))
    return any(first.paragraph == second.paragraph for first, second in pairs)


def _short_partial(article: Article) -> bool:
    partials = (quote for quote in article.quotes if quote.type == "partial")
    return any(sum(len(span.text.split()) for span in quote.spans) <= _FRAGMENT for quote in partials)


def _names(article: Article) -> bool:
    speech = {span.paragraph for quote in marked_quotes(article) for span in quote.spans}
    return any(term.kind == "name" and term.span.paragraph in speech for term in article.terms)


def _has_term(article: Article, kind: str) -> bool:
    return any(term.kind == kind for term in article.terms)


PREDICATES: dict[str, Predicate] = {
    "marks-straight": lambda article: '"' in _styles(article),
    "marks-guillemets": lambda article: "«" in _styles(article),
    "marks-curly": lambda article: "“" in _styles(article),
    "marks-mixed": lambda article: len(_styles(article) & set('"«“')) > 1,
    "same-glyph-nesting": _nested_alike,
    "missing-mark": _missing_mark,
    "wrong-side-mark": _wrong_side,
    "multi-paragraph-speech": some_quote(runs_over),
    "resumed-speech": some_quote(lambda quote: quote.continues),
    "interrupted-speech": _interrupted,
    "short-partial": _short_partial,
    "names-in-marks": _names,
    "titles-in-marks": partial(_has_term, kind="title"),
    "scare-quotes": partial(_has_term, kind="scare"),
}
