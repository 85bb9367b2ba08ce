"""What the package raises when it cannot go on: one error, and a few kinds of it that a program tells apart."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_TOLD = 300
Done = TypeVar("Done")


class TasrihError(Exception):
    """Says what is wrong, where, and what to do; the command line prints it and exits with 2.

    Each argument is a line of it. `path` is the file, folder or URL that it is about, `line` and `column` the place in
    that, from 1: None where there is none. The message begins with them.
    """

    def __init__(
        self,
        *lines: object,
        path: str | os.PathLike[str] | None = None,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        self.path = None if path is None else os.fspath(path)
        self.line, self.column = line, column
        super().__init__(*(lines if self.place is None else (f"{self.place}: {lines[0]}", *lines[1:])))

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))

    @property
    def place(self) -> str | None:
        """Where to look, as the message has it: the path, and the line and column in it."""
        return None if self.path is None else place_of(self.path, self.line, self.column)


class ArgumentError(TasrihError):
    """What was handed over cannot be used: of another type, none of what can be chosen, or against something else."""


class MissingError(TasrihError):
    """What was asked for is not there: a path, a record, a revision."""


class NotFoundError(MissingError, KeyError, IndexError):
    """An id or number that nothing has: a `KeyError` and an `IndexError`, so that code for mappings and lists works."""


class InvalidError(TasrihError):
    """What was asked for is there, and is not what it should be: no Arabic text, no valid record, no whole dataset."""


class WithheldError(InvalidError):
    """A record that would do if it had its words."""

    def __init__(self, path: str | os.PathLike[str], line: int | None = None) -> None:
        super().__init__(
            "its words are withheld; `tasrih hydrate` puts them back where somebody has the text.", path=path, line=line
        )


class RefusedError(TasrihError):
    """It would have lost or given away something: a file that is there already, a text that may not be passed on."""


class UnavailableError(TasrihError):
    """Something around Tasrih failed: a disk, a network, a hub, a package. The same may work another time."""


def not_installed(package: str | None, extra: str = "") -> UnavailableError:
    """What is told of a package that is not there, of an extra or of those that always come with Tasrih."""
    brings = f"`pip install 'tasrih[{extra}]'`" if extra else "`pip install tasrih`, without --no-deps,"
    return UnavailableError(f"this needs {package}, which is not installed here: {brings} brings it.")


@contextmanager
def needing(extra: str = "") -> Iterator[None]:
    """For imports of packages that may be missing. Raises UnavailableError that says what brings them."""
    try:
        yield
    except ModuleNotFoundError as error:
        raise not_installed(error.name, extra) from error


def place_of(path: str, line: int | None, column: int | None = None) -> str:
    """How messages name a file, or a line of it, or a column of that."""
    return ":".join([path, *(str(number) for number in (line, column) if number is not None)])


def unreadable(path: str | os.PathLike[str], error: OSError, line: int | None = None) -> TasrihError:
    """What is told of a file that cannot be read."""
    kind = MissingError if isinstance(error, FileNotFoundError) else UnavailableError
    return kind(f"cannot be read ({error.strerror}).", path=path, line=line)


def attempted(place: str, done: str, work: Callable[[], Done]) -> Done | TasrihError:
    """What some work comes to, or the error that keeps it from that: one article must not cost the others."""
    try:
        return work()
    except TasrihError as error:
        return error
    except Exception as error:  # noqa: BLE001
        return mistake(place, done, error)


def mistake(place: str, done: str, error: Exception) -> TasrihError:
    """What is told of an error that nobody thought of, where the rest is to go on; `done` says what failed."""
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:_TOLD]
    return TasrihError(f"{place}: could not be {done}, by a mistake in Tasrih ({reason}). Please report it.")
