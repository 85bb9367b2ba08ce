"""Files of other formats as they are read: their text, their lines, and the files beside them."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tasrih.drafting.slugs import of_file
from tasrih.encodings import decoded
from tasrih.errors import ArgumentError, InvalidError, MissingError, unreadable
from tasrih.reading import MAX_BYTES, STDIN, files_below, opened
from tasrih.record import Json

_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Source:
    """A file to be read; "-" is standard input.

    `onto` looks up the records of the corpus that it is read onto, if there is one.
    """

    path: str
    onto: Callable[[str], Json] | None = None

    @property
    def name(self) -> str:
        """What messages call it."""
        return STDIN if self.path == "-" else self.path

    @property
    def stem(self) -> str:
        """The name of the file without its ending."""
        return Path(self.name).stem

    @property
    def article_id(self) -> str:
        """The id of an article that is in a file of this name: the name as it is, or as a record may have it."""
        return self.stem if _SLUG.fullmatch(self.stem) else of_file(self.name).id

    def data(self) -> bytes:
        """Its bytes. Raises TasrihError when it cannot be read, or is larger than what one record may be."""
        with self._opened() as stream:
            data = stream.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise InvalidError("it is larger than 64 MiB. Give one article a file.", path=self.path)
        return data

    def text(self) -> str:
        """Its text in UTF-8, line ends as they are, without a byte order mark. Raises TasrihError as `data` does."""
        return _decoded(self.data(), self)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Its lines without their ends, numbered from 1, as they are read: however large it is.

        Raises TasrihError when it cannot be read, and for lines that are not UTF-8 or too long.
        """
        with self._opened() as stream:
            for number, line in enumerate(iter(lambda: stream.readline(MAX_BYTES + 1), b""), 1):
                if len(line) > MAX_BYTES:
                    raise InvalidError("the line is longer than 64 MiB.", path=self.name, line=number)
                yield number, _decoded(line, self, number).removesuffix("\n").removesuffix("\r")

    def beside(self, suffix: str) -> "Source":
        """The file of the same name with another ending. Raises MissingError when there is none."""
        if self.path == "-":
            raise MissingError(
                f"a {suffix} file beside it belongs to it, and standard input has none. Give the path of a file.",
                path=self.name,
            )
        other = Path(self.path).with_suffix(suffix)
        if not other.is_file():
            raise MissingError(f"there is no {other.name} beside it, which belongs to it.", path=self.name)
        return Source(str(other))

    def known(self, name: str) -> Json:
        """The record of an id in the corpus that it is read onto. Raises TasrihError when there is none."""
        if self.onto is None:
            raise ArgumentError("there are no texts in it. Say with --onto of which corpus it is.")
        return self.onto(name)

    def error(self, message: str, line: int | None = None) -> InvalidError:
        """What is told of something in it."""
        return InvalidError(message, path=self.name, line=line)

    @contextmanager
    def _opened(self) -> Iterator[IO[bytes]]:
        try:
            if self.path == "-":
                yield sys.stdin.buffer
            else:
                with opened(self.path) as stream:
                    yield stream
        except OSError as error:
            raise unreadable(self.path, error) from error


def sources(path: str, suffix: str) -> list[Source]:
    """The file at a path, or those in the folder there that end so. Raises MissingError when none in a folder does."""
    if not os.path.isdir(path):  # noqa: PTH112
        return [Source(path)]
    found = [Source(str(file)) for file in files_below(Path(path)) if file.suffix == suffix]
    if not found:
        raise MissingError(
            f"there is no {suffix} file in it. Files with other endings are given by their names.", path=path
        )
    return found


def _decoded(data: bytes, source: Source, line: int | None = None) -> str:
    try:
        return decoded(data)
    except InvalidError as error:
        wrong = error.__cause__
        if line is None and isinstance(wrong, UnicodeDecodeError):
            line = data.count(b"\n", 0, wrong.start) + 1
        raise source.error(str(error), line) from error
