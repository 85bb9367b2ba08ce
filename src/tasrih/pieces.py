"""A text in pieces: cut wherever something that is marked in it begins or ends."""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Protocol, TypeVar


class Stretch(Protocol):
    """Something with a beginning and an end, in code points of a text, end exclusive."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """One past the last."""


Mark = TypeVar("Mark", bound=Stretch)


def pieces(text: str, marks: Iterable[Mark]) -> Iterator[tuple[str, list[Mark]]]:
    """Each piece of a text with the marks over it, the inner after the outer; a mark that does not fit is left out."""
    fitting = sorted(
        (mark for mark in marks if 0 <= mark.start < mark.end <= len(text)), key=lambda mark: (mark.start, -mark.end)
    )
    starts: dict[int, list[Mark]] = {}
    for mark in fitting:
        starts.setdefault(mark.start, []).append(mark)
    cuts = sorted({0, len(text), *starts, *(mark.end for mark in fitting)})
    over: list[Mark] = []
    for start, end in pairwise(cuts):
        over = [mark for mark in over if mark.end > start] + starts.get(start, [])
        yield text[start:end], over
