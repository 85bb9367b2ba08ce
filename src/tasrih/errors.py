"""What the package raises when it cannot go on."""

_TOLD = 300


class TasrihError(Exception):
    """Says what is wrong, where, and what to do; the command line prints it and exits with 2.

    Each argument is a line of it.
    """

    def __str__(self) -> str:
        return "\n".join(map(str, self.args))


class NotFoundError(TasrihError, KeyError, IndexError):
    """An id or number that nothing has: a `KeyError` and an `IndexError`, so that code for mappings and lists works."""


def mistake(place: str, done: str, error: Exception) -> TasrihError:
    """What is told of an error that nobody thought of, where the rest is to go on; `done` says what failed."""
    reason = " ".join(f"{type(error).__name__}: {error}".split())[:_TOLD]
    return TasrihError(f"{place}: could not be {done}, by a mistake in Tasrih ({reason}). Please report it.")
