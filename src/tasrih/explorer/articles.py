"""The page of an article: its text with all that is annotated, and what is known about it."""

from collections.abc import Iterator
from typing import NamedTuple

from tasrih.article import Article, Entity, Paragraph, Quote, Term
from tasrih.explorer.marks import LAYERS, Opening, Piece, marked_pieces, marks_of
from tasrih.explorer.site import Page, Section, article_path
from tasrih.phenomena import phenomena
from tasrih.standoff.models import MASK

BLOCK = "_"
"""What stands for a letter that is withheld: the styles make a block of it, in a third of the bytes of a mask."""


class Told(NamedTuple):
    """A quote in the margin of a paragraph; `part` is the number of the span that begins there, from 1, of `parts`."""

    quote: Quote
    part: int
    parts: int


class Row(NamedTuple):
    """A paragraph with its pieces, and what stands beside it."""

    paragraph: Paragraph
    pieces: list[Piece]
    quotes: list[Told]
    terms: list[Term]


class Articles(Section):
    """The pages `articles/<id>.html`."""

    def of(self, article: Article) -> Iterator[Page]:
        """The page of the article."""
        yield self.site.page(
            article_path(article.id),
            "article.html",
            article=article,
            about=article.metadata,
            rows=(rows := list(_rows(article))),
            layers=_layers(rows),
            entities=sorted(article.entities, key=lambda entity: -len(entity.mentions)),
            known=self._known(article.entities),
            speaking=_speaking(article),
            sections={entry.path for entry in self.site.navigation},
            phenomena=[one for one in phenomena() if one.slug in article.metadata.phenomena],
            beside=self._beside(article.id),
            more=self.site.more,
        )
        self.site.more = []

    def _known(self, entities: tuple[Entity, ...]) -> dict[str, str]:
        """The Latin name that the register has of each entity that is linked to it."""
        links = {entity.link for entity in entities if entity.link}
        found = {link: self.site.corpus.entities.get(link) for link in links}
        return {link: ", ".join(entry.names.latin[:1]) for link, entry in found.items() if entry}

    def _beside(self, article_id: str) -> dict[str, str]:
        """The ids of the articles before and after one."""
        number, order = self.site.ids[article_id], self.site.order
        near = {"Previous": number - 1, "Next": number + 1}
        return {label: order[place] for label, place in near.items() if 0 <= place < len(order)}


def _speaking(article: Article) -> set[str]:
    """The ids of the entities that speak, alone or with others."""
    speakers = [quote.record.speaker for quote in article.quotes if quote.record.speaker]
    return {name for speaker in speakers for name in (speaker.entity, *speaker.others)}


def _layers(rows: list[Row]) -> list[str]:
    """The layers that the article has, in the order of all."""
    marked = [piece for row in rows for piece in row.pieces if isinstance(piece, Opening)]
    found = {name for piece in marked for name in (piece.classes or "entity").split()}
    return [name for name in LAYERS if name in found]


def _rows(article: Article) -> Iterator[Row]:
    marks = marks_of(article)
    quotes: dict[str, list[Told]] = {}
    for quote in article.quotes:
        for number, span in enumerate(quote.record.spans, 1):
            told = Told(quote, number, len(quote.record.spans))
            quotes.setdefault(span.paragraph, []).append(told)
    terms: dict[str, list[Term]] = {}
    for term in article.terms:
        terms.setdefault(term.record.span.paragraph, []).append(term)
    for paragraph in article.paragraphs:
        own = marks.get(paragraph.id, [])
        text = paragraph.text or MASK * max((mark.end for mark in own), default=1)  # of a dataset without its words
        shown = text.replace(MASK, BLOCK) if article.is_withheld else text
        yield Row(paragraph, list(marked_pieces(shown, own)), quotes.get(paragraph.id, []), terms.get(paragraph.id, []))
