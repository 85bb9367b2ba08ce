"""An article as objects: what a record says by ids and offsets, resolved."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, Protocol, Self, TypeVar, cast

from pydantic import BaseModel

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
Part = TypeVar("Part")
PartWithId = TypeVar("PartWithId", record.Paragraph, record.Quote, record.Term, record.Entity)


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


_set = object.__setattr__  # what is frozen sets nothing itself


@dataclass(frozen=True, repr=False, eq=False)
class _View(_Shown, Generic[Part]):
    """A part of a record with the article that it is in; the same part of the same article, wherever read, is equal.

    Of a row of a dataset its record is made when it is first asked for.
    """

    record: Part
    article: "Article"

    if TYPE_CHECKING:

        @property
        def _source(self) -> Part:
            """What has the facts of the record as its attributes: a row of a dataset, or the record itself."""

    @classmethod
    def _of(cls, source: Any, article: "Article") -> Self:
        """A view of a part as the article's source has it."""
        view = cls.__new__(cls)
        _set(view, "_source", source)
        _set(view, "article", article)
        return view

    def __getattr__(self, name: str) -> Any:
        there = vars(self)
        if name == "record" and "_source" in there:
            return there.setdefault(name, _recorded(there["_source"]))
        if name == "_source" and "record" in there:
            return there["record"]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), tuple(getattr(self, part.name) for part in fields(self))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _View) and type(other) is type(self) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash((type(self), self._key()))

    def _key(self) -> tuple[Any, ...]:
        return self.article.id, self.record


@dataclass(frozen=True, repr=False, eq=False)
class _Item(_View[PartWithId]):
    """A part that other parts refer to by its id."""

    @property
    def id(self) -> str:
        """Unique in the article: p1, q1, t1 or e1, and so on."""
        return str(self._source.id)


def _place(span: record.Span) -> str:
    return f"{span.paragraph}[{span.start}:{span.end}]"


def _words(text: str) -> str:
    """Words for a representation: cut, between quotation marks."""
    text = one_line(text)
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"


@dataclass(frozen=True, repr=False, eq=False)
class Paragraph(_Item[record.Paragraph]):
    """One paragraph of an article."""

    @property
    def role(self) -> ParagraphRole:
        """`headline`, `subheading`, `body`, `note`, `signoff`, `credit` or `source`."""
        return self._source.role

    @property
    def text(self) -> str:
        """The text as published; empty when the dataset was built without it."""
        return self._source.text or ""

    def _told(self) -> str:
        return f"{self.id} {self.role} {_words(self.text)}"

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False, eq=False)
class Span(_View[record.Span]):
    """A stretch of one paragraph's text; offsets in code points, end exclusive.

    >>> span = tasrih.load()["2019-10-08-port-salaries"].quotes[0].spans[0]
    >>> span.start, span.end, span.text
    (8, 33, 'لن نعود إلى الأرصفة بوعود')
    """

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph it is in."""
        return self.article.paragraph(self._source.paragraph)

    @property
    def start(self) -> int:
        """First character, in code points from 0."""
        return self._source.start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self._source.end

    @property
    def text(self) -> str:
        """What the offsets select; empty when the dataset was built without it."""
        return self._source.text or ""

    def context(self, width: int = 40) -> Context:
        """The span with up to `width` characters of its paragraph on either side."""
        return _context(self, self, self.text, width)

    def _told(self) -> str:
        return f"{_place(self._source)} {_words(self.text)}"

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
        return cast("record.Cue", self._source).kind

    def _told(self) -> str:
        return f"{_place(self._source)} {self.kind} {_words(self.text)}"


@dataclass(frozen=True, repr=False, eq=False)
class Mention(Span):
    """One place where an entity is referred to."""

    record: record.Mention
    entity: "Entity"

    @property
    def form(self) -> MentionForm:
        """`named` or `nominal`."""
        return cast("record.Mention", self._source).form

    @classmethod
    def _by(cls, source: Any, entity: "Entity") -> Self:
        """A mention as the article's source has it."""
        mention = cls._of(source, entity.article)
        _set(mention, "entity", entity)
        return mention

    def _key(self) -> tuple[Any, ...]:
        return *super()._key(), self.entity.id

    def _told(self) -> str:
        return f"{_place(self._source)} {self.form}, of {self.entity.id} {self.entity.type}: {_words(self.text)}"


@dataclass(frozen=True, repr=False, eq=False)
class Entity(_Item[record.Entity]):
    """Somebody or something an article refers to."""

    @property
    def type(self) -> EntityType:
        """PERS, ORG, GPE, LOC, FAC, NORP, OCC, EVENT, LAW or DATE."""
        return self._source.type

    @property
    def name(self) -> str:
        """The fullest name in the article; empty when the dataset was built without it."""
        return self._source.name or ""

    @property
    def value(self) -> str | None:
        """The date meant, ISO 8601 / EDTF; DATE only."""
        return self._source.value

    @property
    def link(self) -> str | None:
        """Id in `corpus.entities`, the same across articles."""
        return self._source.link

    @property
    def identifiers(self) -> dict[str, str]:
        """Verified identifiers by register: `{"wikidata": "Q58217"}`."""
        known = _recorded(self._source.identifiers)
        return known.model_dump(exclude_none=True) if known else {}

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention, in reading order."""
        return tuple(Mention._by(mention, self) for mention in self._source.mentions)

    @property
    def quotes(self) -> "tuple[Quote, ...]":
        """What it is reported to have said, in reading order."""
        spoken = ((quote, quote._source.speaker) for quote in self.article.quotes)
        return tuple(quote for quote, speaker in spoken if speaker and speaker.entity == self.id)

    def _told(self) -> str:
        return f"{self.id} {self.type} {_words(self.name)}, mentions: {len(self._source.mentions)}"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False, eq=False)
class Participant(_View[record.Participant]):
    """Who speaks, or who is spoken to."""

    @property
    def entity(self) -> Entity:
        """Who it is."""
        return self.article.entity(self._source.entity)

    @property
    def others(self) -> tuple[Entity, ...]:
        """Who else speaks, or is spoken to, together with it."""
        return tuple(map(self.article.entity, self._source.others))

    @property
    def name(self) -> str:
        """The fullest name in the article, however the text refers to the speaker here."""
        return self.article._found(self.article._names, self._source.entity, "entity")

    @property
    def form(self) -> ParticipantForm:
        """How the text refers to the speaker here: `named`, `nominal`, `pronoun` or `elided`."""
        return self._source.form

    @property
    def span(self) -> Span | None:
        """The phrase that refers to the speaker; None when elided."""
        return Span._of(found, self.article) if (found := self._source.span) else None

    def _told(self) -> str:
        span = f" {self.span._told()}" if self.span else ""
        return f"{self._source.entity} {_words(self.article._name_of(self._source.entity))}, {self.form}{span}"

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, repr=False, eq=False)
class Quote(_Item[record.Quote]):
    """Something somebody is reported to have said.

    >>> quote = tasrih.load()["2019-10-08-port-salaries"].quote("q4")
    >>> quote.type, quote.cue.text, quote.speaker.name, quote.speaker.form
    ('partial', 'اتهم', 'صقر الكثيبي', 'elided')
    """

    @property
    def type(self) -> QuoteType:
        """`direct`, `partial`, `indirect` or `unmarked`."""
        return self._source.type

    @property
    def spans(self) -> tuple[Span, ...]:
        """Where it stands, in reading order; several when it is interrupted."""
        return tuple(Span._of(span, self.article) for span in self._source.spans)

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
        return Cue._of(found, self.article) if (found := self._source.cue) else None

    @property
    def speaker(self) -> Participant | None:
        """Who said it."""
        return Participant._of(found, self.article) if (found := self._source.speaker) else None

    @property
    def addressee(self) -> Participant | None:
        """To whom."""
        return Participant._of(found, self.article) if (found := self._source.addressee) else None

    @property
    def parent(self) -> "Quote | None":
        """The quote inside which this one stands."""
        return self.article.quote(self._source.parent) if self._source.parent else None

    @property
    def continues(self) -> "Quote | None":
        """The earlier quote that this one resumes."""
        return self.article.quote(self._source.continues) if self._source.continues else None

    def _told(self) -> str:
        speaker = _words(self.article._name_of(self._source.speaker.entity)) if self._source.speaker else "nobody named"
        places = ", ".join(map(_place, self._source.spans))
        return f"{self.id} {self.type} {places} by {speaker}: {_words(self.text)}"

    def _repr_html_(self) -> str:
        from tasrih.notebook import quote_html

        return quote_html(self.article.record, self.record)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, repr=False, eq=False)
class Term(_Item[record.Term]):
    """Words in quotation marks that are not speech."""

    @property
    def kind(self) -> TermKind:
        """`name`, `title`, `scare` or `other`."""
        return self._source.kind

    @property
    def span(self) -> Span:
        """Where it stands, without the marks."""
        return Span._of(self._source.span, self.article)

    @property
    def text(self) -> str:
        """The words."""
        return self.span.text

    @property
    def entity(self) -> Entity | None:
        """The entity it names, if any."""
        return self.article.entity(self._source.entity) if self._source.entity else None

    def _told(self) -> str:
        return f"{self.id} {self.kind} {_place(self._source.span)} {_words(self.text)}"

    def __str__(self) -> str:
        return self.text


class Stored(Protocol):
    """An article that is read part by part: what its record says are its attributes, and these have parts again."""

    def __getattr__(self, name: str) -> Any:
        """A field of the record."""

    def record(self) -> record.Article:
        """The whole record."""


def _recorded(source: Any) -> Any:
    """The record of a source, or of a part of one; None where there is none."""
    return source if source is None or isinstance(source, BaseModel) else source.record()


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
        if not isinstance(source, record.Article) and not hasattr(type(source), "record"):
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

    @cached_property
    def record(self) -> record.Article:
        """The record itself."""
        made: record.Article = _recorded(self._source)
        return made

    @cached_property
    def id(self) -> str:
        """Unique in the corpus."""
        return str(self._source.id)

    @cached_property
    def metadata(self) -> Metadata:
        """What is known about the article as a publication."""
        found: Metadata = _recorded(self._source.metadata)
        return found

    @cached_property
    def is_withheld(self) -> bool:
        """Whether its words are not there, but ▒ for each letter, or nothing; `tasrih hydrate` puts them back."""
        return all(paragraph.text is None or is_mask(paragraph.text) for paragraph in self._source.paragraphs)

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
        return "\n".join(paragraph.text or "" for paragraph in self._source.paragraphs)

    def _joined(self, role: str) -> str:
        return "\n".join(paragraph.text or "" for paragraph in self._source.paragraphs if paragraph.role == role)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The text in reading order."""
        return tuple(Paragraph._of(paragraph, self) for paragraph in self._source.paragraphs)

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Reported speech in reading order."""
        return tuple(Quote._of(quote, self) for quote in self._source.quotes)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Quoted words that are not speech, in reading order."""
        return tuple(Term._of(term, self) for term in self._source.terms)

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Who and what the article refers to."""
        return tuple(Entity._of(entity, self) for entity in self._source.entities)

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
        return self._names.get(entity_id, "")

    @cached_property
    def _paragraphs(self) -> dict[str, Paragraph]:
        return {paragraph.id: paragraph for paragraph in self.paragraphs}

    @cached_property
    def _quotes(self) -> dict[str, Quote]:
        return {quote.id: quote for quote in self.quotes}

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def _names(self) -> dict[str, str]:
        return {entity.id: entity.name or "" for entity in self._source.entities}

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
