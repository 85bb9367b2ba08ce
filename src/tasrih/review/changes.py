"""What a reader can do to a record: a closed set of changes, each a model whose `op` names it."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tasrih.record import (
    CueKind,
    Edtf,
    EntityId,
    EntityType,
    Identifiers,
    MentionForm,
    Offset,
    ParagraphId,
    ParagraphRole,
    ParticipantForm,
    Pointer,
    QuoteId,
    QuoteType,
    RuleCode,
    Slug,
    TermId,
    TermKind,
    Text,
)

_MOST = 10_000  # items that one change can be about
Name = Annotated[str, Field(max_length=200)]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


class Place(_Model):
    """A stretch of a paragraph, in code points; its words are taken from the paragraph."""

    paragraph: ParagraphId
    start: Offset
    end: Offset


class CueAt(Place):
    """A cue."""

    kind: CueKind


class Who(_Model):
    """A speaker or an addressee."""

    entity: EntityId
    form: ParticipantForm
    span: Place | None = None
    others: tuple[EntityId, ...] = ()


class MentionAt(Place):
    """A mention."""

    form: MentionForm


class Accept(_Model):
    """Items are right as they are. A quote is accepted with its parts, an entity with all its mentions."""

    op: Literal["accept"]
    items: tuple[Name, ...] = Field(min_length=1, max_length=_MOST)


class Remove(_Model):
    """An item is wrong: a quote, term, entity or mention goes; a cue, speaker or addressee becomes none."""

    op: Literal["remove"]
    item: Name


class SetSpans(_Model):
    """An item stands elsewhere: a quote on one stretch or several, a term, mention, cue or phrase on one."""

    op: Literal["set_spans"]
    item: Name
    spans: tuple[Place, ...] = Field(min_length=1, max_length=_MOST)


class SetType(_Model):
    """A quote is of another type."""

    op: Literal["set_type"]
    item: QuoteId
    type: QuoteType


class SetCue(_Model):
    """Something else reports a quote, or nothing does."""

    op: Literal["set_cue"]
    item: QuoteId
    cue: CueAt | None


class SetSpeaker(_Model):
    """Somebody else said a quote, or the text does not tell who."""

    op: Literal["set_speaker"]
    item: QuoteId
    speaker: Who | None


class SetAddressee(_Model):
    """A quote was said to somebody else, or to nobody that the text tells of."""

    op: Literal["set_addressee"]
    item: QuoteId
    addressee: Who | None


class SetRelations(_Model):
    """The quote inside which another stands, and the one that it resumes."""

    op: Literal["set_relations"]
    item: QuoteId
    parent: QuoteId | None
    continues: QuoteId | None


class SetTerm(_Model):
    """A term is of another kind, or names another entity."""

    op: Literal["set_term"]
    item: TermId
    kind: TermKind
    entity: EntityId | None = None


class SetEntity(_Model):
    """An entity is of another type, has another name, value or entry in the register.

    Without `identifiers` its own stay, unless the link is another.
    """

    op: Literal["set_entity"]
    item: EntityId
    type: EntityType
    name: Text
    value: Edtf | None = None
    link: Slug | None = None
    identifiers: Identifiers | None = None


class SetMention(_Model):
    """A mention is of another form, or of another entity."""

    op: Literal["set_mention"]
    item: Name
    form: MentionForm
    entity: EntityId


class Merge(_Model):
    """Two entities are one: the mentions of `item` and all that points to it become those of `into`."""

    op: Literal["merge"]
    item: EntityId
    into: EntityId


class SetRole(_Model):
    """A paragraph has another role in the article; with `repeats`, also another that it says again."""

    op: Literal["set_role"]
    item: ParagraphId
    role: ParagraphRole
    repeats: ParagraphId | None = None


class AddQuote(_Model):
    """A quote that was overlooked."""

    op: Literal["add_quote"]
    type: QuoteType
    spans: tuple[Place, ...] = Field(min_length=1, max_length=_MOST)
    cue: CueAt | None = None
    speaker: Who | None = None
    addressee: Who | None = None


class AddTerm(_Model):
    """A term that was overlooked."""

    op: Literal["add_term"]
    kind: TermKind
    span: Place
    entity: EntityId | None = None


class AddEntity(_Model):
    """An entity that was overlooked."""

    op: Literal["add_entity"]
    type: EntityType
    name: Text
    value: Edtf | None = None
    link: Slug | None = None
    mentions: tuple[MentionAt, ...] = Field(min_length=1, max_length=_MOST)


class AddMention(_Model):
    """A mention that was overlooked."""

    op: Literal["add_mention"]
    item: EntityId
    mention: MentionAt


class Waive(_Model):
    """A finding is right as it stands; a question that the draft left open is answered with the reader's reason."""

    op: Literal["waive"]
    rule: RuleCode
    at: Pointer
    reason: Text


class Unwaive(_Model):
    """A waiver is taken out."""

    op: Literal["unwaive"]
    rule: RuleCode
    at: Pointer


class Keep(_Model):
    """Ours is right where two readings disagree."""

    op: Literal["keep"]
    item: Name


class Take(_Model):
    """Theirs is right where two readings disagree: ours says the same from now on."""

    op: Literal["take"]
    item: Name


class Renumber(_Model):
    """Ids count from 1 again, in the order of the lists, in all that points to them too."""

    op: Literal["renumber"]


Change = Annotated[
    Accept
    | Remove
    | SetSpans
    | SetType
    | SetCue
    | SetSpeaker
    | SetAddressee
    | SetRelations
    | SetTerm
    | SetEntity
    | SetMention
    | Merge
    | SetRole
    | AddQuote
    | AddTerm
    | AddEntity
    | AddMention
    | Waive
    | Unwaive
    | Keep
    | Take
    | Renumber,
    Field(discriminator="op"),
]
CHANGES: TypeAdapter[Any] = TypeAdapter(Change)
"""Reads any of them, by its `op`."""
