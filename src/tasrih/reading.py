"""From a path to documents: files, folders and JSON Lines, plain or compressed."""

import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from tasrih.errors import TasrihError

_JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")


@dataclass(frozen=True)
class Document:
    """One record's bytes, and where they came from: a file, and for JSON Lines the line in it (from 1)."""

    file: str
    line: int | None = None
    data: bytes | None = field(default=None, repr=False)

    @property
    def place(self) -> str:
        """For messages: the file, and the line in it."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    def read(self) -> bytes:
        """The bytes of the record. Raises OSError when the file cannot be read."""
        return Path(self.file).read_bytes() if self.data is None else self.data


def documents(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Document]:
    """The documents of files, folders, JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst) or "-", in a stable order.

    A folder gives the `*.json` files below it, sorted; of a corpus folder (one that holds `articles/`), those of
    its articles. Raises TasrihError when a path does not exist or JSON Lines cannot be unpacked.
    """
    for path in paths:
        yield from _documents(os.fspath(path))


def _documents(path: str) -> Iterator[Document]:
    if path == "-":
        yield from _lines("<stdin>", sys.stdin.buffer)
    elif not Path(path).exists():
        raise TasrihError(f"{path}: no such file or folder. Give a record, a folder of records, or JSON Lines.")
    elif Path(path).is_dir():
        folder = Path(path, "articles") if Path(path, "articles").is_dir() else Path(path)
        yield from (Document(str(file)) for file in sorted(folder.rglob("*.json")))
    elif path.endswith(_JSON_LINES):
        yield from _unpacked(path)
    else:
        yield Document(path)


def _unpacked(path: str) -> Iterator[Document]:
    try:
        with _opened(path) as stream:
            yield from _lines(path, stream)
    except (OSError, EOFError, zlib.error) as error:
        raise TasrihError(f"{path}: cannot be read ({error}). Is it whole, and compressed as its name says?") from error


def _opened(path: str) -> IO[bytes]:
    if path.endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path))
    if path.endswith(".zst"):
        import pyarrow

        return cast("IO[bytes]", pyarrow.CompressedInputStream(pyarrow.OSFile(path), "zstd"))
    return Path(path).open("rb")


def _lines(name: str, stream: IO[bytes]) -> Iterator[Document]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield Document(name, number, line.rstrip(b"\r\n"))
