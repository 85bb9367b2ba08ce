"""What may be the file that a locator names."""

from typing import NamedTuple


class Candidate(NamedTuple):
    """The bytes of what may be the file that is looked for.

    `how` says in words what differs from the place that was named, "" for the file of that very commit and path. A
    `guess` is another file that may be the same: it is only when the text taken from it proves to be that of the
    record, and is never to be aligned with it.
    """

    data: bytes
    how: str = ""
    guess: bool = False
