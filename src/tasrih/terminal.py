"""Text in a terminal: Arabic from right to left, and nothing that can steer who reads it.

What a name, a record or a server says is hostile. `say`, `complain` and `data` print it, for people, as an error, and
for programs; `clean` is for a part of something longer.
"""

import codecs
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Literal, TextIO, TypeVar

from tasrih.text.controls import DIRECTION, JOINERS, LINE_SEPARATORS, SPECIALS, SURROGATES, ZERO_WIDTH

if TYPE_CHECKING:
    from rich.console import Console

_RIGHT_TO_LEFT, _POP = "\u2067", "\u2069"
_TAGS = "\U000e0000-\U000e007f"
# What moves the cursor, changes colours, reorders, or is not seen; unpaired surrogates stand for bytes of file names.
_UNSEEN = f"\x7f-\x9f{DIRECTION}{JOINERS}{ZERO_WIDTH}{LINE_SEPARATORS}{SPECIALS}{_TAGS}{SURROGATES}"
# What a runner of CI takes for a command: `::error …` and `##[error]`, `##vso[…]`, `##teamcity[…]`.
_COMMAND = r"(?<!\S):(?=:)|\#(?=\#\w*\[)"
_UNPRINTABLE = re.compile(f"[\x00-\x08\x0b-\x1f{_UNSEEN}]|{_COMMAND}")
_HALVES = re.compile("[\udc80-\udcff]")
_BREAK = re.compile("[\t\n]")
_IN_DATA = re.compile(f"[{_UNSEEN}]|{_COMMAND}")
_ARABIC = re.compile("“([^”]*[\u0600-\u06ff][^”]*)”")
_LOST = "tasrih.replace"


Item = TypeVar("Item")


def clean(text: str) -> str:
    """Text on one line, letter for letter, without what steers a terminal, a reader or a runner of CI."""
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", _BREAK.sub(" ", _decoded(text)))


def one_line(text: str) -> str:
    """Cleaned text with single spaces: for what stands inside a line, where letters need not keep their places."""
    return " ".join(clean(text).split())


def _decoded(text: str) -> str:
    """Names of files as their bytes say them in UTF-8, where the locale does not know UTF-8."""
    if text.isascii() or not _HALVES.search(text):
        return text
    with suppress(UnicodeEncodeError):
        return text.encode(errors="surrogateescape").decode(errors="surrogateescape")
    return text


def counted(number: int, noun: str) -> str:
    """A number of things, as people write it: `1 article`, `2,000 articles`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def message(text: str) -> str:
    """Cleaned lines in which the Arabic words between “ and ” are isolated."""
    lines = (_ARABIC.sub(lambda match: f"“{right_to_left(match[1])}”", clean(line)) for line in text.split("\n"))
    return "\n".join(lines)


def right_to_left(text: str) -> str:
    """Text that is laid out from right to left, whatever stands around it."""
    return f"{_RIGHT_TO_LEFT}{text}{_POP}"


def say(text: str, *, err: bool = False) -> None:
    """Prints lines for a person. A name in them that may hold a line break is cleaned before."""
    import click

    click.echo(message(text), err=err)


def told(error: Exception) -> str:
    """What an error says, each argument of it on one line."""
    from tasrih.errors import TasrihError

    lines = map(str, error.args) if isinstance(error, TasrihError) else [str(error)]
    return "\n".join(message(line.replace("\n", " ")) for line in lines)


def complain(error: Exception) -> None:
    """Prints an error on standard error."""
    import click

    click.echo(told(error), err=True)


def data(text: str | bytes, kind: Literal["json", "xml", "text"] = "json") -> None:
    """Prints data for a program, in UTF-8 whatever the terminal's encoding; what steers a reader is escaped in it.

    Plain text has no escapes: it is cleaned where a terminal shows it, and else comes as it is.
    """
    import click

    given = text if isinstance(text, str) else text.decode()
    if kind != "text":
        given = _IN_DATA.sub(_json_escape if kind == "json" else _xml_escape, given)
    elif sys.stdout.isatty():
        given = _IN_DATA.sub("\N{REPLACEMENT CHARACTER}", given)
    click.echo(given.encode(), nl=not given.endswith("\n"))


def _json_escape(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1] if not match[0].isascii() else f"\\u{ord(match[0]):04x}"


def _xml_escape(match: re.Match[str]) -> str:
    return f"&#x{ord(match[0]):X};"


def progress(items: Iterable[Item], done: str) -> Iterator[Item]:
    """The items, while a bar on standard error counts them, where that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.completed} " + done), TimeElapsedColumn())
    with Progress(*columns, console=_console(), transient=True) as bar:
        task = bar.add_task("", total=None)
        for item in items:
            bar.advance(task)
            yield item


@cache
def _console() -> "Console":
    """Standard error for bars, which only one console keeps from being drawn over one another."""
    from rich.console import Console

    return Console(stderr=True)


@contextmanager
def transfer(name: str) -> Iterator[Callable[[int, int | None, str], None]]:
    """A function to be told how many bytes of how many have come, and what is waited for, "" for nothing.

    A bar on standard error shows it with the name of what comes, where that is a terminal; while another bar is shown,
    below that, which rich before 15 cannot, so that there is none then.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total, _waiting: None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn
    from rich.table import Column

    shown = TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True, overflow="ellipsis"))
    with Progress(BarColumn(), DownloadColumn(), shown, console=_console(), transient=True) as bar:
        task = bar.add_task(one_line(name), total=None)

        def tell(done: int, total: int | None, waiting: str) -> None:
            told = one_line(f"{waiting} {name}")
            bar.update(task, completed=done, total=total, description=told, refresh=bool(waiting))

        yield tell


@contextmanager
def streams() -> Iterator[None]:
    """Standard streams on which any text can be printed, and whose end is told: closed, full, read by nobody."""
    codecs.register_error(_LOST, _replaced)
    for name, mode in {"stdin": "r", "stdout": "w", "stderr": "w"}.items():
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    _encode(sys.stdout)
    _encode(sys.stderr)
    try:
        yield
    finally:
        if not all([_flushed(sys.stdout), _flushed(sys.stderr)]):
            sys.exit(2)


def _encode(stream: TextIO) -> None:
    """Lets a stream replace what its encoding has not; ASCII, the encoding of no locale at all, becomes UTF-8."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure:
        is_ascii = codecs.lookup(stream.encoding or "ascii").name == "ascii"
        reconfigure(encoding="utf-8" if is_ascii else stream.encoding, errors=_LOST)


def _replaced(error: UnicodeError) -> tuple[str | bytes, int]:
    """A question mark for each character that an encoding has not, and nothing for marks of direction."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lost = error.object[error.start : error.end]
    return "".join("" if letter in _RIGHT_TO_LEFT + _POP else "?" for letter in lost), error.end


def _flushed(stream: TextIO) -> bool:
    """Whether a stream took what was printed; if not, nothing is left in it to be tried again at the very end."""
    try:
        stream.flush()
    except OSError:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        return False
    return True
