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
from tasrih.errors import ArgumentError, InvalidError, MissingError, unreadable
from tasrih.reading import MAX_BYTES, STDIN, files_below, opened
from tasrih.record import Json

_BOM = "\ufeff"
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
        return _decoded(self.data(), self).removeprefix(_BOM)

    def lines(self) -> Iterator[tuple[int, str]]:
        """Its lines without their ends, numbered from 1, as they are read: however large it is.

        Raises TasrihError when it cannot be read, and for lines that are not UTF-8 or too long.
        """
        with self._opened() as stream:
            for number, line in enumerate(iter(lambda: stream.readline(MAX_BYTES + 1), b""), 1):
                if len(line) > MAX_BYTES:
                    raise InvalidError("the line is longer than 64 MiB.", path=self.name, line=number)
                text = _decoded(line, self, number).removesuffix("\n").removesuffix("\r")
                yield number, text.removeprefix(_BOM) if number == 1 else text

    def beside(self, suffix: str) -> "Source":
        """The file of the same name with another ending. Raises MissingError when there is none."""
        other = Path(self.path).with_suffix(suffix)
        if self.path == "-" or not other.is_file():
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
        except IsADirectoryError as error:
            raise MissingError("there is no file of this format in it.", path=self.path) from error
        except OSError as error:
            raise unreadable(self.path, error) from error


def sources(path: str, suffixes: tuple[str, ...]) -> list[Source]:
    """The file at a path, or those in the folder there that end so."""
    is_folder = os.path.isdir(path)  # noqa: PTH112
    found = [str(file) for file in files_below(Path(path)) if file.suffix in suffixes] if is_folder else []
    return [Source(file) for file in found or [path]]


def _decoded(data: bytes, source: Source, line: int | None = None) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        place = line or data.count(b"\n", 0, error.start) + 1
        raise source.error("it is not UTF-8. Save it in that encoding.", place) from error
