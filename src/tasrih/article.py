"""An article as objects: what a record says by ids and offsets, resolved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from textwrap import shorten
from typing import Any, NamedTuple, Protocol

from tasrih import record
from tasrih.record import Metadata


class Context(NamedTuple):
    """A span with the text around it."""

    left: str
    match: str
    right: str


class _View:
    def __repr__(self) -> str:
        return f"<{type(self).__name__} {shorten(str(self), 60, placeholder='…')}>"


@dataclass(frozen=True, repr=False)
class Paragraph(_View):
    """One paragraph of an article."""

    record: record.Paragraph
    article: "Article"

    @property
    def id(self) -> str:
        """Unique in the article: p1, p2, …"""
        return self.record.id

    @property
    def role(self) -> str:
        """`headline`, `subheading`, `body`, `note`, `signoff`, `credit` or `source`."""
        return self.record.role

    @property
    def text(self) -> str:
        """The text as published."""
        return self.record.text

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class Span(_View):
    """A stretch of one paragraph's text; offsets in code points, end exclusive."""

    record: record.Span
    article: "Article"

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph it is in."""
        return self.article.paragraph(self.record.paragraph)

    @property
    def start(self) -> int:
        """First character, in code points from 0."""
        return self.record.start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.record.end

    @property
    def text(self) -> str:
        """What the offsets select."""
        return self.record.text

    def context(self, width: int = 40) -> Context:
        """The span with up to `width` characters of its paragraph on either side."""
        text = self.paragraph.text
        return Context(text[max(0, self.start - width) : self.start], self.text, text[self.end : self.end + width])

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class Cue(Span):
    """The words that report the speech."""

    record: record.Cue

    @property
    def kind(self) -> str:
        """`verb`, `participle`, `noun`, `preposition` or `punctuation`."""
        return self.record.kind


@dataclass(frozen=True, repr=False)
class Mention(Span):
    """One place where an entity is referred to."""

    record: record.Mention
    entity: "Entity"

    @property
    def form(self) -> str:
        """`named` or `nominal`."""
        return self.record.form


@dataclass(frozen=True, repr=False)
class Entity(_View):
    """Somebody or something an article refers to."""

    record: record.Entity
    article: "Article"

    @property
    def id(self) -> str:
        """Unique in the article: e1, e2, …"""
        return self.record.id

    @property
    def type(self) -> str:
        """PERS, ORG, GPE, LOC, FAC, NORP, OCC, EVENT, LAW or DATE."""
        return self.record.type

    @property
    def name(self) -> str:
        """The fullest name in the article."""
        return self.record.name

    @property
    def value(self) -> str | None:
        """The date meant, ISO 8601 / EDTF; DATE only."""
        return self.record.value

    @property
    def link(self) -> str | None:
        """Id in `corpus.entities`, the same across articles."""
        return self.record.link

    @property
    def identifiers(self) -> dict[str, str]:
        """Verified identifiers by register: `{"wikidata": "Q58217"}`."""
        return self.record.identifiers.model_dump(exclude_none=True) if self.record.identifiers else {}

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention, in reading order."""
        return tuple(Mention(mention, self.article, self) for mention in self.record.mentions)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class Participant(_View):
    """Who speaks, or who is spoken to."""

    record: record.Participant
    article: "Article"

    @property
    def entity(self) -> Entity:
        """Who it is."""
        return self.article.entity(self.record.entity)

    @property
    def name(self) -> str:
        """The fullest name in the article, however the text refers to the speaker here."""
        return self.entity.name

    @property
    def form(self) -> str:
        """How the text refers to the speaker here: `named`, `nominal`, `pronoun` or `elided`."""
        return self.record.form

    @property
    def span(self) -> Span | None:
        """The phrase that refers to the speaker; None when elided."""
        return Span(self.record.span, self.article) if self.record.span else None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False)
class Quote(_View):
    """Something somebody is reported to have said."""

    record: record.Quote
    article: "Article"

    @property
    def id(self) -> str:
        """Unique in the article: q1, q2, …"""
        return self.record.id

    @property
    def type(self) -> str:
        """`direct`, `partial` or `indirect`."""
        return self.record.type

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands, in reading order; several when it is interrupted."""
        return tuple(Span(span, self.article) for span in self.record.spans)

    @property
    def text(self) -> str:
        """What was said, without the marks; the parts of interrupted speech joined by a space."""
        return " ".join(span.text for span in self.record.spans)

    @property
    def cue(self) -> Cue | None:
        """The words that report it."""
        return Cue(self.record.cue, self.article) if self.record.cue else None

    @property
    def speaker(self) -> Participant | None:
        """Who said it."""
        return Participant(self.record.speaker, self.article) if self.record.speaker else None

    @property
    def addressee(self) -> Participant | None:
        """To whom."""
        return Participant(self.record.addressee, self.article) if self.record.addressee else None

    @property
    def parent(self) -> "Quote | None":
        """The quote inside which this one stands."""
        return self.article.quote(self.record.parent) if self.record.parent else None

    @property
    def continues(self) -> "Quote | None":
        """The earlier quote that this one resumes."""
        return self.article.quote(self.record.continues) if self.record.continues else None

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False)
class Term(_View):
    """Words in quotation marks that are not speech."""

    record: record.Term
    article: "Article"

    @property
    def id(self) -> str:
        """Unique in the article: t1, t2, …"""
        return self.record.id

    @property
    def kind(self) -> str:
        """`name`, `title`, `scare` or `other`."""
        return self.record.kind

    @property
    def span(self) -> Span:
        """Where it stands, without the marks."""
        return Span(self.record.span, self.article)

    @property
    def text(self) -> str:
        """The words."""
        return self.record.span.text

    @property
    def entity(self) -> Entity | None:
        """The entity it names, if any."""
        return self.article.entity(self.record.entity) if self.record.entity else None

    def __str__(self) -> str:
        return self.text


class Stored(Protocol):
    """A record that is read part by part."""

    def part(self, name: str) -> Any:
        """A field of the record."""

    def record(self) -> record.Article:
        """The whole record."""


class Article(_View):
    """An article with its paragraphs, quotes, terms and entities as objects."""

    def __init__(self, source: record.Article | Stored) -> None:
        self._source = source

    def _part(self, name: str) -> Any:
        source = self._source
        return getattr(source, name) if isinstance(source, record.Article) else source.part(name)

    @cached_property
    def record(self) -> record.Article:
        """The record itself."""
        source = self._source
        return source if isinstance(source, record.Article) else source.record()

    @cached_property
    def id(self) -> str:
        """Unique in the corpus."""
        found: str = self._part("id")
        return found

    @cached_property
    def metadata(self) -> Metadata:
        """What is known about the article as a publication."""
        found: Metadata = self._part("metadata")
        return found

    @property
    def published(self) -> date | None:
        """Day of publication."""
        day = self.metadata.published
        return date.fromisoformat(day) if day else None

    @property
    def headline(self) -> str:
        """The headline; empty when the article has none."""
        return self._joined("headline")

    @property
    def body(self) -> str:
        """The body paragraphs, one a line."""
        return self._joined("body")

    @property
    def text(self) -> str:
        """All paragraphs, boilerplate included, one a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)

    def _joined(self, role: str) -> str:
        return "\n".join(paragraph.text for paragraph in self.paragraphs if paragraph.role == role)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text in reading order."""
        return tuple(Paragraph(paragraph, self) for paragraph in self._part("paragraphs"))

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Reported speech in reading order."""
        return tuple(Quote(quote, self) for quote in self._part("quotes"))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Quoted words that are not speech, in reading order."""
        return tuple(Term(term, self) for term in self._part("terms"))

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Who and what the article refers to."""
        return tuple(Entity(entity, self) for entity in self._part("entities"))

    def paragraph(self, paragraph_id: str) -> Paragraph:
        """The paragraph with that id; KeyError when there is none."""
        return self._paragraphs[paragraph_id]

    def quote(self, quote_id: str) -> Quote:
        """The quote with that id; KeyError when there is none."""
        return self._quotes[quote_id]

    def entity(self, entity_id: str) -> Entity:
        """The entity with that id; KeyError when there is none."""
        return self._entities[entity_id]

    @cached_property
    def _paragraphs(self) -> dict[str, Paragraph]:
        return {paragraph.id: paragraph for paragraph in self.paragraphs}

    @cached_property
    def _quotes(self) -> dict[str, Quote]:
        return {quote.id: quote for quote in self.quotes}

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    def mentions(self) -> Iterator[Mention]:
        """Every mention of every entity."""
        return (mention for entity in self.entities for mention in entity.mentions)

    def __str__(self) -> str:
        return self.headline or self.id
