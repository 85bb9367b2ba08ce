"""What may be the file that a locator names."""

from typing import NamedTuple


class Candidate(NamedTuple):
    """The bytes of a file, and how they differ from what was asked for: "" for the file of that very commit and path.

    Whoever asks proves it by the hash of the text that is extracted from it.
    """

    data: bytes
    how: str
