"""Where spans stand in a record, as the models say it: for plain data, for models, and for columns."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from typing_extensions import TypeAliasType

from tasrih import record
from tasrih.record import Json, Path

Way = tuple[tuple[str, bool], ...]
"""The fields that lead to something in a record, one inside the other, and whether each is a list."""


class Located(NamedTuple):
    """A span of a record, as plain data, and where it is."""

    at: Path
    span: Json

    @property
    def place(self) -> tuple[str, int, int]:
        """Paragraph, start and end."""
        return self.span["paragraph"], self.span["start"], self.span["end"]


def plain(annotation: Any) -> Any:
    """A field's annotation without alias, constraints and `None`."""
    if isinstance(annotation, TypeAliasType):
        return plain(annotation.__value__)
    if get_origin(annotation) in (Annotated, Union, UnionType):
        return plain(next(option for option in get_args(annotation) if option is not NoneType))
    return annotation


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The record model that a field holds, alone or as items; None when it holds plain values."""
    bare = plain(annotation)
    if get_origin(bare) is tuple:
        return model_in(get_args(bare)[0])
    return bare if isinstance(bare, type) and issubclass(bare, BaseModel) else None


@cache
def models_in(model: type[BaseModel]) -> Mapping[str, type[BaseModel] | None]:
    """The record model that each field of a model holds, if any, in the order of its fields."""
    return {name: model_in(field.annotation) for name, field in model.model_fields.items()}


def ways(wanted: Callable[[type[BaseModel]], bool], model: type[BaseModel] = record.Article) -> Iterator[Way]:
    """The ways from a model to the outermost models in it that are wanted, in the order of its fields."""
    for name, field in model.model_fields.items():
        step = name, get_origin(plain(field.annotation)) is tuple
        inner = model_in(field.annotation)
        if inner and wanted(inner):
            yield (step,)
        elif inner:
            yield from ((step, *rest) for rest in ways(wanted, inner))


SPANS: dict[str, Way] = {
    ".".join(name for name, _ in way): way for way in ways(lambda model: issubclass(model, record.Span))
}
"""The ways to all spans of a record, by the names of their fields: `quotes.spans`, `quotes.cue` …"""


def found(whole: Any, way: Way, part: Callable[[Any, str], Any] = dict.get) -> list[tuple[Path, Any]]:
    """What is at the end of a way in a record, and where; `part` gives a field of plain data, or of a model."""
    values: list[tuple[Path, Any]] = [((), whole)]
    for name, several in way:
        values = [((*at, name), inner) for at, value in values if (inner := part(value, name)) is not None]
        if several:
            values = [((*at, number), item) for at, items in values for number, item in enumerate(items)]
    return values


def located(whole: Json, name: str) -> list[Located]:
    """The spans of one kind in a record that is plain data."""
    return [Located(*one) for one in found(whole, SPANS[name])]


def spans(article: record.Article) -> list[record.Span]:
    """All spans of an article, kind by kind."""
    return [span for way in SPANS.values() for _, span in found(article, way, getattr)]
