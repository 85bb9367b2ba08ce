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


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The record model that a field holds, alone or as items; None when it holds plain values."""
    plain = _plain(annotation)
    if get_origin(plain) is tuple:
        return model_in(get_args(plain)[0])
    return plain if isinstance(plain, type) and issubclass(plain, BaseModel) else None


def _plain(annotation: Any) -> Any:
    """The annotation without alias, constraints and `None`."""
    if isinstance(annotation, TypeAliasType):
        return _plain(annotation.__value__)
    if get_origin(annotation) in (Annotated, Union, UnionType):
        return _plain(next(option for option in get_args(annotation) if option is not NoneType))
    return annotation


def _feature(annotation: Any) -> Any:
    plain = _plain(annotation)
    if get_origin(plain) is tuple:
        return List(_feature(get_args(plain)[0]))
    model = model_in(plain)
    if model:
        return of_model(model)
    return Value("string" if get_origin(plain) is Literal else _VALUES[plain])


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
