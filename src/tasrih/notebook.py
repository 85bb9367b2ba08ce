"""What notebooks show of an object: a piece of HTML, safe whatever the record says, in a light page or a dark one.

Marks are backgrounds and lines below the words, never padding or another weight, so that Arabic letters stay joined.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from tasrih.pieces import pieces
from tasrih.record import Article, Json, Paragraph, Quote, Span
from tasrih.terminal import clean

_MOST = 100  # findings that are shown
_QUOTED = re.compile("“([^”]*)”")
_UNTYPESET = 'class="tex2jax_ignore mathjax_ignore"'  # notebooks make formulas, with links, of what is between dollars
_ROLES = {"headline": "font-size: 1.25em", "subheading": "font-size: 1.1em", "body": ""}
_STYLES = {
    "direct": "background: rgba(46, 160, 67, .3)",
    "partial": "background: rgba(210, 153, 34, .35)",
    "indirect": "background: rgba(56, 139, 253, .3)",
    "unmarked": "background: rgba(0, 173, 181, .3)",
    "term": "background: rgba(128, 128, 128, .3)",
    "cue": "border-bottom: 2px solid rgb(218, 54, 51)",
    "speaker": "border-bottom: 2px solid rgb(163, 113, 247)",
    "entity": "text-decoration: underline dotted; text-underline-offset: .3em",
}


class _Mark(NamedTuple):
    """A stretch of a paragraph: what it is, and what is said of it when the pointer rests on it."""

    start: int
    end: int
    kind: str
    title: str


_Marks = dict[str, list[_Mark]]
"""Marks by the id of their paragraph."""


def article_html(article: Article) -> str:
    """An article with its quotes, terms and entities marked."""
    marks: _Marks = {}
    for entity in article.entities:
        for mention in entity.mentions:
            _mark(marks, mention, "entity", f"{entity.id} {entity.type} {entity.name or ''}")
    for term in article.terms:
        _mark(marks, term.span, "term", f"{term.id} {term.kind}")
    for quote in article.quotes:
        _mark_quote(marks, article, quote)
    metadata = article.metadata
    return _page([article.id, metadata.published, metadata.publisher], article.paragraphs, marks)


def quote_html(article: Article, quote: Quote) -> str:
    """A quote with its cue and speaker, in the paragraphs that hold them."""
    marks: _Marks = {}
    _mark_quote(marks, article, quote)
    held = [paragraph for paragraph in article.paragraphs if paragraph.id in marks]
    return _page([article.id, _about(article, quote)], held, marks)


def _mark_quote(marks: _Marks, article: Article, quote: Quote) -> None:
    for span in quote.spans:
        _mark(marks, span, quote.type, _about(article, quote))
    if quote.cue:
        _mark(marks, quote.cue, "cue", f"cue of {quote.id}: {quote.cue.kind}")
    if quote.speaker and quote.speaker.span:
        _mark(marks, quote.speaker.span, "speaker", f"speaker of {quote.id}: {quote.speaker.form}")


def _about(article: Article, quote: Quote) -> str:
    names = {entity.id: entity.name for entity in article.entities}
    speaker = names.get(quote.speaker.entity) if quote.speaker else ""
    return f"{quote.id} {quote.type}" + (f" · {speaker}" if speaker else "")


def _mark(marks: _Marks, span: Span, kind: str, title: str) -> None:
    marks.setdefault(span.paragraph, []).append(_Mark(span.start, span.end, kind, title))


def _page(about: Iterable[str | None], paragraphs: Iterable[Paragraph], marks: _Marks) -> str:
    """Paragraphs from right to left below a line about them, and above what the marks mean."""
    kinds = {mark.kind for found in marks.values() for mark in found}
    legend = " ".join(f'<span style="{style}">{kind}</span>' for kind, style in _STYLES.items() if kind in kinds)
    head = " · ".join(f"<bdi>{_safe(part)}</bdi>" for part in about if part)
    body = "".join(_paragraph(paragraph, marks.get(paragraph.id, [])) for paragraph in paragraphs)
    return (
        f'<div {_UNTYPESET} style="max-width: 48em">{_small(head)}'
        f'<div dir="rtl" lang="ar" style="text-align: right; line-height: 1.9">{body}</div>{_small(legend)}</div>'
    )


def _small(html: str) -> str:
    return f'<div dir="ltr" style="text-align: left; font-size: .85em; opacity: .8">{html}</div>'


def _paragraph(paragraph: Paragraph, marks: list[_Mark]) -> str:
    style = _ROLES.get(paragraph.role, "font-size: .9em; opacity: .8")
    body = "".join(_piece(text, over) for text, over in pieces(paragraph.text or "", marks))
    return f'<p style="margin: .4em 0; {style}">{body}</p>'


def _piece(text: str, over: Sequence[_Mark]) -> str:
    """A piece with the styles of all marks over it; of two backgrounds that of the inner mark is seen."""
    if not over:
        return _safe(text)
    style = "; ".join(_STYLES[mark.kind] for mark in over)
    return f'<span style="{style}" title="{_safe(" | ".join(mark.title for mark in over))}">{_safe(text)}</span>'


def report_html(summary: str, findings: Sequence[Json]) -> str:
    """The findings of a report, as dicts, a row each; the first hundred."""
    rows = [_finding_row(finding) for finding in findings[:_MOST]]
    rest = len(findings) - len(rows)
    more = _small(f"and {rest} more findings") if rest else ""
    columns = ["", "rule", "place", "finding", "words"]
    return f"<div {_UNTYPESET}>{_small(_safe(summary))}{_table(columns, rows) if rows else ''}{more}</div>"


def _finding_row(finding: Json) -> list[str]:
    place = f"{finding['file']}:{finding['line']}:{finding['column']}"
    remedy = f"<br><small>{_sentence(finding['suggestion'])}</small>" if finding["suggestion"] else ""
    before, _, rest = _safe(finding["excerpt"]).partition("⟦")
    words, _, after = rest.partition("⟧")
    excerpt = f'<div dir="rtl" lang="ar">{before}<span style="{_STYLES["partial"]}">{words}</span>{after}</div>'
    cells = [_safe(finding["severity"]), _safe(finding["code"]), f"<bdi>{_safe(place)}</bdi>"]
    return [*cells, _sentence(finding["message"]) + remedy, excerpt if finding["excerpt"] else ""]


def _sentence(text: str) -> str:
    """A message, in which the words between “ and ” do not reorder what stands around them."""
    return _QUOTED.sub(lambda match: f"“<bdi>{match[1]}</bdi>”", _safe(text))


def tables_html(tables: Iterable[tuple[str, Sequence[str], Sequence[Sequence[str]]]]) -> str:
    """Tables of figures (title, columns and rows) one below another."""
    shown = (
        f"{_small(_safe(title))}{_table(columns, [[_safe(cell) for cell in row] for row in rows])}"
        for title, columns, rows in tables
    )
    return f"<div {_UNTYPESET}>{''.join(shown)}</div>"


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are safe HTML."""
    head = "".join(f'<th style="text-align: left">{_safe(column)}</th>' for column in columns)
    lines = ("".join(f'<td style="text-align: left">{cell}</td>' for cell in row) for row in rows)
    body = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table dir="ltr"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _safe(text: str) -> str:
    """Text for HTML: nothing in it is markup, and nothing reorders what is shown."""
    return escape(clean(text))
