"""The columns of every config: derived from the record models for `articles`, listed for the flat ones."""

from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from datasets import ClassLabel, Features, List, Value
from pydantic import BaseModel
from typing_extensions import TypeAliasType

from tasrih.record import Article, EntityType, QuoteType, Span

_VALUES = {str: "string", int: "int32", float: "float64"}


def of_model(model: type[BaseModel]) -> dict[str, Any]:
    """The features of a record model, field by field."""
    return {name: _feature(field.annotation) for name, field in model.model_fields.items()}


def _feature(annotation: Any) -> Any:
    if isinstance(annotation, TypeAliasType):
        return _feature(annotation.__value__)
    origin, options = get_origin(annotation), get_args(annotation)
    if origin in (Annotated, Union, UnionType):
        return _feature(next(option for option in options if option is not NoneType))
    if origin is tuple:
        return List(_feature(options[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return of_model(annotation)
    return Value("string" if origin is Literal else _VALUES[annotation])


def _flat(strings: str, integers: str, **others: Any) -> Features:
    columns = {name: Value("string") for name in strings.split()}
    return Features(columns | {name: Value("int32") for name in integers.split()} | others)


def _tags(*classes: str) -> List:
    return List(ClassLabel(names=["O", *(f"{prefix}-{name}" for name in classes for prefix in "BI")]))


ARTICLES = Features(of_model(Article))

QUOTES = _flat(
    "article_id collection origin published publisher quote_id type text paragraph_id paragraph "
    "cue cue_kind cue_paragraph_id speaker speaker_id speaker_type speaker_link speaker_form speaker_text "
    "speaker_paragraph_id addressee parent continues",
    "start end cue_start cue_end speaker_start speaker_end",
    spans=List(of_model(Span)),
)

ENTITIES = _flat(
    "article_id collection origin published publisher entity_id type name value link wikidata iso3166 geonames "
    "text form paragraph_id paragraph",
    "start end",
)

TOKENS = _flat(
    "article_id collection origin published publisher paragraph_id role",
    "",
    tokens=List(Value("string")),
    starts=List(Value("int32")),
    ends=List(Value("int32")),
    ner_tags=_tags(*get_args(EntityType)),
    quote_tags=_tags(*get_args(QuoteType)),
    cue_tags=_tags("CUE"),
    speaker_tags=_tags("SPEAKER"),
)
