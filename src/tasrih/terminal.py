"""Arabic in a terminal."""

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_ARABIC = re.compile("“([^”]*[\u0600-\u06ff][^”]*)”")


Item = TypeVar("Item")


def progress(items: Iterable[Item], done: str) -> Iterator[Item]:
    """The items, while a bar on standard error counts them, where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.completed} " + done), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        for item in items:
            bar.advance(task)
            yield item


def clean(text: str) -> str:
    """Text without the characters that would move the cursor, change colours or reorder what is shown."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def right_to_left(text: str) -> str:
    """Text that is laid out from right to left, whatever stands around it."""
    return f"{_RIGHT_TO_LEFT}{text}{_POP}"


def message(text: str) -> str:
    """A cleaned message in which the Arabic words between “ and ” are isolated."""
    return _ARABIC.sub(lambda match: f"“{right_to_left(match[1])}”", clean(text))
