"""What is annotated in a paragraph, for whoever reads it: as spans with a kind, and as marks in plain text."""

from collections.abc import Iterator
from typing import NamedTuple

from tasrih.article import Article, Paragraph, Span

_MARKS = {"quote": ("⟦", "⟧"), "term": ("⟦", "⟧"), "cue": ("⟨", "⟩"), "entity": ("{", "}")}
LEGEND = "⟦q1 quote⟧  ⟦t1 term⟧  ⟨cue⟩  {e1 entity}"


class Marked(NamedTuple):
    """A stretch of a paragraph that is a quote, term, cue, speaker or entity; `name` is its id, a cue has none.

    `quote` is the quote that a cue or a speaker belongs to.
    """

    kind: str
    name: str
    span: Span
    quote: str = ""


def marked(article: Article) -> Iterator[Marked]:
    """Everything that is annotated in an article, what lies inside after what it lies in."""
    for entity in article.entities:
        yield from (Marked("entity", entity.id, mention) for mention in entity.mentions)
    for quote in article.quotes:
        yield from (Marked("quote", quote.id, span) for span in quote.spans)
    yield from (Marked("term", term.id, term.span) for term in article.terms)
    for quote in article.quotes:
        if quote.cue:
            yield Marked("cue", "", quote.cue, quote.id)
        if quote.speaker and quote.speaker.span:
            yield Marked("speaker", quote.speaker.entity.id, quote.speaker.span, quote.id)


def plainly(paragraph: Paragraph) -> str:
    """The text of a paragraph with marks around what is annotated in it; a speaker has those of the entity."""
    places: dict[tuple[int, int, str], str] = {}
    for kind, name, span, _ in marked(paragraph.article):
        if kind in _MARKS and span.record.paragraph == paragraph.id and span.start < span.end:
            opening, closing = _MARKS[kind]
            places[span.start, span.end, f"{opening}{name} " if name else opening] = closing
    marks: list[tuple[int, int, int, int, str]] = []
    for number, ((start, end, opening), closing) in enumerate(places.items()):
        marks.append((start, 1, -end, number, opening))
        marks.append((end, 0, -start, -number, closing))  # what opened last closes first
    made, last = "", 0
    for place, _, _, _, mark in sorted(marks):
        made += paragraph.text[last:place] + mark
        last = place
    return made + paragraph.text[last:]
