"""What a format cannot say of a record, as paths of fields: `quotes[].addressee` is that of every quote.

From the paths alone follow what an export tells that it left out, the table in docs/formats.md, what a record has to be
equal in that went there and back, and what is kept when it is merged into the record that it was made of.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from tasrih.record import Json

Keys = tuple[str, ...]
"""The fields that lead to something, lists left out: `("quotes", "addressee")`."""


class Loss(NamedTuple):
    """A field that a format cannot say, and why."""

    path: str
    why: str

    @property
    def keys(self) -> Keys:
        """The fields that lead there."""
        return tuple(self.path.replace("[]", "").split("."))


ROUND_ARTICLES = (
    Loss("schema_version", "the lowest that suffices is written"),
    Loss("metadata", "there is no place for what is said of a whole article"),
    Loss("waivers", "they are a matter of validation"),
)
"""Losses of formats that hold a text with what is marked in it, and nothing about the article."""


def said(value: Any) -> bool:
    """Whether a field says anything: an empty one is as good as none."""
    if isinstance(value, dict):
        return any(map(said, value.values()))
    return value is not None and value not in ([], (), "")


def without(record: Json, losses: Iterable[Loss]) -> Json:
    """A record, or one of other keys, without the fields that a format cannot say."""
    kept: Json = _copied(record)
    for loss in losses:
        for holder in _holders(kept, loss.keys):
            holder.pop(loss.keys[-1], None)
    return kept


def left_out(record: Json, losses: Iterable[Loss]) -> Counter[str]:
    """How often a record says what a format cannot, by the paths of the losses."""
    counted: Counter[str] = Counter()
    for loss in losses:
        many = sum(said(holder.get(loss.keys[-1])) for holder in _holders(record, loss.keys))
        counted += Counter({loss.path: many})
    return counted


def _holders(value: Any, keys: Sequence[str]) -> Iterator[Json]:
    """The objects that may have the last of some fields, which the others lead to."""
    if isinstance(value, list | tuple):
        for item in value:
            yield from _holders(item, keys)
    elif isinstance(value, dict) and len(keys) == 1:
        yield value
    elif isinstance(value, dict):
        yield from _holders(value.get(keys[0]), keys[1:])


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _copied(inner) for name, inner in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list | tuple) else value
