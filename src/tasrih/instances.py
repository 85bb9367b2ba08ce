"""Models made of values that were checked before, many at once."""

import gc
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from itertools import islice, repeat
from typing import Any, NamedTuple, TypeVar, get_origin

from pydantic import BaseModel

from tasrih.record import Json
from tasrih.spans import model_in, plain

Model = TypeVar("Model", bound=BaseModel)


def instances(model: type[Model], contents: Sequence[dict[str, Any]]) -> list[Model]:
    """What `model.model_construct` makes of values that are all there: twenty times as fast for many at once."""
    made = list(map(model.__new__, repeat(model, len(contents))))
    slots = {
        "__dict__": contents,
        "__pydantic_fields_set__": repeat(set(model.model_fields)),
        "__pydantic_extra__": repeat(None),
        "__pydantic_private__": repeat(None),
    }
    for slot, values in slots.items():
        deque(map(vars(BaseModel)[slot].__set__, made, values), maxlen=0)  # no step of it is in Python
    return made


def instance(model: type[Model], values: dict[str, Any]) -> Model:
    """The same for one."""
    (made,) = instances(model, [values])
    return made


def of_plain(model: type[Model], values: Sequence[Json]) -> list[Model]:
    """The models of plain data that keeps their schema: what `model_validate_json` makes of it.

    For a few records that is sooner done than pydantic has prepared its checks, which takes 40 ms a process.
    """
    contents = [_defaults(model) | value for value in values]
    for part in _parts(model):
        there = [content for content in contents if content[part.name] is not None]
        if part.model is None:
            for content in there:
                content[part.name] = tuple(content[part.name])
            continue
        given = [content[part.name] for content in there]
        made = iter(of_plain(part.model, [item for items in given for item in items] if part.several else given))
        for content in there:
            content[part.name] = tuple(islice(made, len(content[part.name]))) if part.several else next(made)
    return instances(model, contents)


class _Part(NamedTuple):
    """A field of a model that plain data has otherwise: of another model, of several items, or both."""

    name: str
    model: type[BaseModel] | None
    several: bool


@cache
def _parts(model: type[BaseModel]) -> list[_Part]:
    annotations = {name: field.annotation for name, field in model.model_fields.items()}
    parts = [_Part(name, model_in(one), get_origin(plain(one)) is tuple) for name, one in annotations.items()]
    return [part for part in parts if part.model or part.several]


@cache
def _defaults(model: type[BaseModel]) -> Json:
    """The fields of a model in their order, with the values of those that need not be there."""
    return {name: None if field.is_required() else field.default for name, field in model.model_fields.items()}


@contextmanager
def without_collecting() -> Iterator[None]:
    """No garbage is collected meanwhile: for work that makes many objects and no cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
