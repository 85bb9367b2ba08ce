"""An article as objects: what a record says by ids and offsets, resolved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Protocol, TypeVar

from tasrih import record
from tasrih.arguments import meant, number, shown
from tasrih.errors import ArgumentError, NotFoundError
from tasrih.record import (
    CueKind,
    EntityType,
    MentionForm,
    Metadata,
    ParagraphRole,
    ParticipantForm,
    QuoteType,
    TermKind,
)
from tasrih.standoff.models import is_mask
from tasrih.terminal import one_line

_LONGEST = 50
Item = TypeVar("Item")


class Context(NamedTuple):
    """A span with the text around it."""

    left: str
    match: str
    right: str


class _Shown:
    """Something that Python shows as one short line that is safe in a terminal."""

    def __repr__(self) -> str:
        return one_line(f"<{type(self).__name__} {self._told()}>")

    def _told(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True, repr=False, eq=False)
class _View(_Shown):
    """A part of a record with the article that it is in; the same part of the same article, wherever read, is equal."""

    record: Any
    article: "Article"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _View) and type(other) is type(self) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((type(self), self._key()))

    def _key(self) -> tuple[Any, ...]:
        return self.article.id, self.record

    def _at(self, span: record.Span) -> str:
        return f"{span.paragraph}[{span.start}:{span.end}]"


@dataclass(frozen=True, repr=False, eq=False)
class _Item(_View):
    """A part that other parts refer to by its id."""

    @property
    def id(self) -> str:
        """Unique in the article: p1, q1, t1 or e1, and so on."""
        return str(self.record.id)


def _words(text: str) -> str:
    """Words for a representation: cut, between quotation marks."""
    text = one_line(text)
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"


@dataclass(frozen=True, repr=False, eq=False)
class Paragraph(_Item):
    """One paragraph of an article."""

    record: record.Paragraph

    @property
    def role(self) -> ParagraphRole:
        """`headline`, `subheading`, `body`, `note`, `signoff`, `credit` or `source`."""
        return self.record.role

    @property
    def text(self) -> str:
        """The text as published; empty when the dataset was built without it."""
        return self.record.text or ""

    def _told(self) -> str:
        return f"{self.id} {self.role} {_words(self.text)}"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False, eq=False)
class Span(_View):
    """A stretch of one paragraph's text; offsets in code points, end exclusive.

    >>> span = tasrih.load()["2019-10-08-port-salaries"].quotes[0].spans[0]
    >>> span.start, span.end, span.text
    (8, 33, 'لن نعود إلى الأرصفة بوعود')
    """

    record: record.Span

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
        """What the offsets select; empty when the dataset was built without it."""
        return self.record.text or ""

    def context(self, width: int = 40) -> Context:
        """The span with up to `width` characters of its paragraph on either side."""
        return _context(self, self, self.text, width)

    def _told(self) -> str:
        return f"{self._at(self.record)} {_words(self.text)}"

    def __str__(self) -> str:
        return self.text


def _context(first: Span, last: Span, match: str, width: int) -> Context:
    """Text from the first to the last of some spans, with what stands before and after in their paragraphs."""
    width = number("width", width)
    left, right = first.paragraph.text[: first.start], last.paragraph.text[last.end :]
    return Context(left[max(0, len(left) - width) :], match, right[:width])


@dataclass(frozen=True, repr=False, eq=False)
class Cue(Span):
    """The words that report the speech."""

    record: record.Cue

    @property
    def kind(self) -> CueKind:
        """`verb`, `participle`, `noun`, `preposition` or `punctuation`."""
        return self.record.kind

    def _told(self) -> str:
        return f"{self._at(self.record)} {self.kind} {_words(self.text)}"


@dataclass(frozen=True, repr=False, eq=False)
class Mention(Span):
    """One place where an entity is referred to."""

    record: record.Mention
    entity: "Entity"

    @property
    def form(self) -> MentionForm:
        """`named` or `nominal`."""
        return self.record.form

    def _key(self) -> tuple[Any, ...]:
        return *super()._key(), self.entity.id

    def _told(self) -> str:
        return f"{self._at(self.record)} {self.form}, of {self.entity.id} {self.entity.type}: {_words(self.text)}"


@dataclass(frozen=True, repr=False, eq=False)
class Entity(_Item):
    """Somebody or something an article refers to."""

    record: record.Entity

    @property
    def type(self) -> EntityType:
        """PERS, ORG, GPE, LOC, FAC, NORP, OCC, EVENT, LAW or DATE."""
        return self.record.type

    @property
    def name(self) -> str:
        """The fullest name in the article; empty when the dataset was built without it."""
        return self.record.name or ""

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

    @property
    def quotes(self) -> "tuple[Quote, ...]":
        """What it is reported to have said, in reading order."""
        spoken = ((quote, quote.record.speaker) for quote in self.article.quotes)
        return tuple(quote for quote, speaker in spoken if speaker and speaker.entity == self.id)

    def _told(self) -> str:
        return f"{self.id} {self.type} {_words(self.name)}, mentions: {len(self.record.mentions)}"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False, eq=False)
class Participant(_View):
    """Who speaks, or who is spoken to."""

    record: record.Participant

    @property
    def entity(self) -> Entity:
        """Who it is."""
        return self.article.entity(self.record.entity)

    @property
    def others(self) -> tuple[Entity, ...]:
        """Who else speaks, or is spoken to, together with it."""
        return tuple(map(self.article.entity, self.record.others))

    @property
    def name(self) -> str:
        """The fullest name in the article, however the text refers to the speaker here."""
        return self.entity.name

    @property
    def form(self) -> ParticipantForm:
        """How the text refers to the speaker here: `named`, `nominal`, `pronoun` or `elided`."""
        return self.record.form

    @property
    def span(self) -> Span | None:
        """The phrase that refers to the speaker; None when elided."""
        return Span(self.record.span, self.article) if self.record.span else None

    def _told(self) -> str:
        span = f" {self.span._told()}" if self.span else ""
        return f"{self.record.entity} {_words(self.article._name_of(self.record.entity))}, {self.form}{span}"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False, eq=False)
class Quote(_Item):
    """Something somebody is reported to have said.

    >>> quote = tasrih.load()["2019-10-08-port-salaries"].quote("q4")
    >>> quote.type, quote.cue.text, quote.speaker.name, quote.speaker.form
    ('partial', 'اتهم', 'صقر الكثيبي', 'elided')
    """

    record: record.Quote

    @property
    def type(self) -> QuoteType:
        """`direct`, `partial`, `indirect` or `unmarked`."""
        return self.record.type

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands, in reading order; several when it is interrupted."""
        return tuple(Span(span, self.article) for span in self.record.spans)

    @property
    def text(self) -> str:
        """What was said, without the marks; the parts of interrupted speech joined by a space."""
        return " ".join(span.text for span in self.spans)

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph in which it begins."""
        return self.spans[0].paragraph

    def context(self, width: int = 40) -> Context:
        """`text`, with up to `width` characters before its first span and after its last."""
        return _context(self.spans[0], self.spans[-1], self.text, width)

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

    def _told(self) -> str:
        speaker = _words(self.article._name_of(self.record.speaker.entity)) if self.record.speaker else "nobody named"
        places = ", ".join(map(self._at, self.record.spans))
        return f"{self.id} {self.type} {places} by {speaker}: {_words(self.text)}"

    def _repr_html_(self) -> str:
        from tasrih.notebook import quote_html

        return quote_html(self.article.record, self.record)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False, eq=False)
class Term(_Item):
    """Words in quotation marks that are not speech."""

    record: record.Term

    @property
    def kind(self) -> TermKind:
        """`name`, `title`, `scare` or `other`."""
        return self.record.kind

    @property
    def span(self) -> Span:
        """Where it stands, without the marks."""
        return Span(self.record.span, self.article)

    @property
    def text(self) -> str:
        """The words."""
        return self.span.text

    @property
    def entity(self) -> Entity | None:
        """The entity it names, if any."""
        return self.article.entity(self.record.entity) if self.record.entity else None

    def _told(self) -> str:
        return f"{self.id} {self.kind} {self._at(self.record.span)} {_words(self.text)}"

    def __str__(self) -> str:
        return self.text


class Stored(Protocol):
    """A record that is read part by part."""

    def part(self, name: str) -> Any:
        """A field of the record."""

    def record(self) -> record.Article:
        """The whole record."""


class Article(_Shown):
    """An article with its paragraphs, quotes, terms and entities as objects.

    Articles with the same id and the same record are equal, wherever they were read from.

    >>> article = tasrih.load()["2019-10-08-port-salaries"]
    >>> len(article.paragraphs), len(article.quotes), article.published
    (10, 11, datetime.date(2019, 10, 8))
    >>> article.entity("e4").name
    'مراد باصهيب'
    """

    def __init__(self, source: record.Article | Stored) -> None:
        if not isinstance(source, record.Article) and not hasattr(source, "part"):
            raise ArgumentError(
                f"{shown(source)}: no record. `tasrih.load` has articles, and `tasrih.draft` makes one."
            )
        self._source = source

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Article) and self.id == other.id and self.record == other.record)

    def __hash__(self) -> int:
        return hash((Article, self.id))

    def __reduce__(self) -> tuple[Any, ...]:
        return Article, (self.record,)  # a store may hold open files; all else is made from the record again

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
        return str(self._part("id"))

    @cached_property
    def metadata(self) -> Metadata:
        """What is known about the article as a publication."""
        found: Metadata = self._part("metadata")
        return found

    @cached_property
    def is_withheld(self) -> bool:
        """Whether its words are not there, but ▒ for each letter, or nothing; `tasrih hydrate` puts them back."""
        return all(paragraph.text is None or is_mask(paragraph.text) for paragraph in self._part("paragraphs"))

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
        """The paragraph with that id; NotFoundError, a KeyError, when there is none."""
        return self._found(self._paragraphs, paragraph_id, "paragraph")

    def quote(self, quote_id: str) -> Quote:
        """The quote with that id; NotFoundError, a KeyError, when there is none."""
        return self._found(self._quotes, quote_id, "quote")

    def entity(self, entity_id: str) -> Entity:
        """The entity with that id; NotFoundError, a KeyError, when there is none."""
        return self._found(self._entities, entity_id, "entity")

    def _found(self, known: dict[str, Item], wanted: str, what: str) -> Item:
        if not isinstance(wanted, str) or wanted not in known:
            raise NotFoundError(f"{self.id}: no {what} is called {shown(wanted)}.{meant(wanted, known)}")
        return known[wanted]

    def _name_of(self, entity_id: str) -> str:
        """The name of an entity; empty when there is no such entity, which only a record with errors has."""
        return self._entities[entity_id].name if entity_id in self._entities else ""

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

    def _told(self) -> str:
        day = f", {self.metadata.published}" if self.metadata.published else ""
        words = "withheld; `tasrih hydrate` puts them back" if self.is_withheld else _words(self.headline)
        return f"{self.id}{day}: {words}"

    def _repr_html_(self) -> str:
        from tasrih.notebook import article_html

        return article_html(self.record)

    def __str__(self) -> str:
        return self.headline or self.id
