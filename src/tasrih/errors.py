"""What the package raises when it cannot go on."""


class TasrihError(Exception):
    """Says what is wrong, where, and what to do; the command line prints it and exits with 2."""


class NotFoundError(TasrihError, KeyError, IndexError):
    """An id or number that nothing has: a `KeyError` and an `IndexError`, so that code for mappings and lists works."""

    __str__ = Exception.__str__  # that of KeyError quotes and escapes the message
