"""What a prediction is: the models of a line of JSON Lines, which generate `schema/v1/predictions.schema.json`.

Other keys than these are ignored.
"""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType

from tasrih.record import EntityType, Offset, ParagraphId, QuoteType, TermKind, Text

Number = TypeAliasType("Number", Annotated[int, Field(ge=1, le=2**31 - 1)])
_WORDS = {"text": "الطريق مفتوحة", "paragraph": 3}
_OFFSETS = {"paragraph": 3, "start": 10, "end": 23}


class _Line(BaseModel):
    """A part of a line; a part that cannot be as it says is an invalid answer."""

    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class Offsets(_Line):
    """A stretch of a paragraph by its offsets in code points, as in records."""

    paragraph: Number | ParagraphId = Field(
        description="Which paragraph: its number from 1, or its id.", examples=[3, "p3"]
    )
    start: Offset = Field(description="First character, from 0.", examples=[10])
    end: Offset = Field(description="One past the last character.", examples=[23])


class Words(_Line):
    """A stretch of the text by its words."""

    text: Text = Field(description="The words as the article has them.", examples=["الطريق مفتوحة"])
    paragraph: Number | ParagraphId | None = Field(
        default=None,
        description="The paragraph in which they stand: its number from 1, or its id; without it, they are looked for "
        "in all of them, from the first on.",
        examples=[3],
    )
    occurrence: Number = Field(
        default=1, description="Which of the places where they begin is meant, counted from 1.", examples=[1]
    )


Span = TypeAliasType("Span", Annotated[Offsets | Words, Field(union_mode="left_to_right")])


class ByPhrase(_Line):
    """A speaker by words of the text that refer to them."""

    span: Span = Field(description="Any words that refer to the speaker.", examples=[{"text": "الوزير لافروف"}])


class ByName(_Line):
    """A speaker by name."""

    name: Text = Field(description="A name that the article has for the speaker.", examples=["سيرغي لافروف"])


class ByEntity(_Line):
    """A speaker by an entity."""

    entity: Text = Field(
        description="The `entity` of mentions of this line, or the id of an entity of the gold standard.",
        examples=["e1"],
    )


Speaker = TypeAliasType("Speaker", Annotated[ByPhrase | ByName | ByEntity, Field(union_mode="left_to_right")])


class Quote(_Line):
    """Reported speech. Without `type`, `cue` or `speaker` that was not tried."""

    spans: Annotated[tuple[Span, ...], Field(min_length=1)] = Field(
        description="What was said, without the marks.", examples=[[_OFFSETS]]
    )
    type: QuoteType | None = Field(default=None, description="How it is reported, as in records.", examples=["direct"])
    cue: Span | None = Field(
        default=None, description="The words that report it; null when nothing does.", examples=[{"text": "قال"}]
    )
    speaker: Speaker | None = Field(
        default=None, description="Who said it; null when the text does not tell.", examples=[{"name": "سيرغي لافروف"}]
    )


class Term(_Line):
    """Words in quotation marks that are not speech."""

    span: Span = Field(description="The words, without the marks.", examples=[_WORDS])
    kind: TermKind | None = Field(default=None, description="What they are, as in records.", examples=["name"])


class Mention(_Line):
    """A place where the text refers to somebody or something."""

    span: Span = Field(description="The words.", examples=[_WORDS])
    type: EntityType = Field(description="Type of the entity, as in records.", examples=["PERS"])
    entity: Text | None = Field(
        default=None,
        description="Mentions of the article with the same one are one entity; without it, an entity by itself.",
        examples=["minister"],
    )


class Prediction(_Line):
    """What a system found in an article. A layer that is not there was not tried."""

    id: Text = Field(description="Id of the article.", examples=["2021-10-13-lavrov-afghanistan"])
    quotes: tuple[Quote, ...] | None = Field(
        default=None,
        description="Reported speech, with its cues and speakers.",
        examples=[[{"spans": [_WORDS], "type": "direct", "cue": None, "speaker": None}]],
    )
    terms: tuple[Term, ...] | None = Field(
        default=None, description="Quoted words that are not speech.", examples=[[{"span": _WORDS, "kind": "scare"}]]
    )
    mentions: tuple[Mention, ...] | None = Field(
        default=None,
        description="Where entities are mentioned.",
        examples=[[{"span": _WORDS, "type": "LOC", "entity": "road"}]],
    )
    tags: dict[str, tuple[tuple[str, ...], ...]] | None = Field(
        default=None,
        description="IOB2 tags by columns of the config `tokens` (`quote_tags`, `cue_tags`, `speaker_tags`, "
        "`ner_tags`): for each row of the article a list with a tag for each token.",
        examples=[{"cue_tags": [["B-CUE", "O", "O"]]}],
    )
