"""Models made of values that were checked before, many at once."""

import gc
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from typing import Any, TypeVar

from pydantic import BaseModel

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
