"""Which road validation takes: with Arrow many records at once, without it or for few each by itself."""

import os
from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol

from tasrih.overlap import Pair
from tasrih.reading import Document, Slice
from tasrih.validation.findings import Report
from tasrih.validation.inspection import Inspection, Task

_NEEDED = ("numpy", "pyarrow", "rensa")
_FEW = 2**19  # bytes of records, some forty, that are sooner looked through than Arrow is imported and asked


class Road(Protocol):
    """What the module of a road does; what it saw of records, to find doubles by, each keeps in its own way."""

    def inspect(self, task: Task, parts: list[Slice]) -> list[Inspection]:
        """What is found in each slice."""

    def look(self, task: Task, inspection: Inspection, document: Document) -> None:
        """Enters what is wrong with one document."""

    def numbered(self, inspections: Iterable[Inspection], first: int) -> Any:
        """What is seen in inspections, each with its number from `first` on."""

    def together(self, parts: Iterable[Any]) -> Any:
        """What was seen in several."""

    def places(self, seen: Any, number: int) -> tuple[int, int]:
        """The number of the slice in which a record is, and its offset there."""

    def candidates(self, seen: Any) -> tuple[list[Pair], list[Pair]]:
        """Pairs of records whose ids are, or may be, alike, and whose texts are; the one to report on last."""


def road(parts: Sequence[Slice]) -> Road:
    """The road that the packages installed here allow, and that is the fastest for these slices."""
    no_lines = not any(part.is_lines for part in parts)
    are_few = no_lines and all(size <= _FEW for size in accumulate(part.size for part in parts))
    if not are_few and all(map(find_spec, _NEEDED)):
        from tasrih.validation import batches

        return batches
    from tasrih.validation import plain

    return plain


def check(file: str, data: bytes, *, within: str | os.PathLike[str] | None = None) -> Report:
    """What is wrong with the bytes of one record, as if the file held them."""
    task = Task(Path(within) if within is not None else None)
    inspection = Inspection()
    road([Slice("", data=data)]).look(task, inspection, Document(file, None, data))
    return inspection.report
