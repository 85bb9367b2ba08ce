"""From a path to documents: files, folders and JSON Lines, plain or compressed."""

import errno
import gzip
import io
import os
import shutil
import sys
import tempfile
import zlib
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple, cast

import orjson

from tasrih.errors import TasrihError

MAX_BYTES = 64 * 2**20
_COUNTED = 2**20
STDIN = "<stdin>"
_JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")


@dataclass(frozen=True)
class Document:
    """One record's bytes, and where they came from: a file, and for JSON Lines the line in it (from 1).

    `offset` is where the line begins in the file, unpacked, in bytes. What is larger than `MAX_BYTES` is cut.
    """

    file: str
    line: int | None = None
    data: bytes | None = field(default=None, repr=False)
    offset: int = 0
    broken: OSError | None = None

    @property
    def place(self) -> str:
        """For messages: the file, and the line in it."""
        return self.file if self.line is None else f"{self.file}:{self.line}"

    @property
    def size(self) -> int:
        """How many bytes there are to read, if they can be."""
        return Slice(self.file, data=self.data).size

    def read(self) -> bytes:
        """The bytes of the record. Raises OSError when the file cannot be read."""
        if self.broken:
            raise self.broken
        if self.data is not None:
            return self.data
        with _raw(self.file) as file:
            return file.read(MAX_BYTES + 1)


class Slice(NamedTuple):
    """A part of the input that can be read by itself: a file, a range of JSON Lines in bytes, a record.

    `name` is what messages call the file.
    """

    file: str
    start: int = 0
    end: int | None = None
    data: bytes | None = None
    name: str = ""

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        if self.data is not None or self.end is not None:
            return len(self.data or b"") + (self.end or 0) - self.start
        return state_of(self.file)[0]

    @property
    def is_lines(self) -> bool:
        """Whether it is JSON Lines."""
        return self.file.endswith(_JSON_LINES)


def documents(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Document]:
    """The documents of files, folders and JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst), in a stable order.

    A folder gives the `*.json` files below it, sorted; of a corpus folder (one that holds `articles/`), those of
    its articles. JSON Lines that cannot be unpacked end with a broken document. Raises TasrihError when a path does
    not exist.
    """
    for part in slices(paths, sys.maxsize):
        yield from documents_in(part)


def state_of(file: str) -> tuple[int, str]:
    """The size of a file in bytes and the time of its last change; (0, "") when there is none."""
    try:
        if "://" not in file:
            about = os.stat(file)  # noqa: PTH116
            return about.st_size, str(about.st_mtime_ns)
        system, path = _remote(file)
        return system.size(path) or 0, str(system.modified(path))
    except (OSError, NotImplementedError):
        return 0, ""


def content(part: Slice) -> Iterator[bytes]:
    """What a slice is read from, in pieces, down to the end of its last line; of a file far away, where that is known,
    its size and time of change instead. Raises OSError when it cannot be read.
    """
    known = state_of(part.file) if "://" in part.file else (0, "")
    if part.data is not None or known[1]:
        yield part.data or repr(known).encode()
        return
    with _raw(part.file) as stream:
        place = stream.seek(max(part.start - 1, 0))
        while part.end is None or place < part.end:
            piece = stream.read(2**20 if part.end is None else min(2**20, part.end - place))
            if not piece:
                return
            place += len(piece)
            yield piece
        while (rest := stream.readline(2**20)) and not rest.endswith(b"\n"):
            yield rest
        yield rest


def slices(paths: Iterable[str | os.PathLike[str]], step: int = 8 * 2**20) -> Iterator[Slice]:
    """The same input in parts that can be read side by side: files, and plain JSON Lines `step` bytes at a time.

    Raises TasrihError when a path does not exist.
    """
    for path in (os.fspath(path) for path in paths):
        if "://" in path:
            yield from _remote_slices(path, step)
        elif not os.path.lexists(path):
            raise TasrihError(f"{path}: no such file or folder. Give a record, a folder of records, or JSON Lines.")
        elif Path(path).is_dir():
            folder = Path(path, "articles") if Path(path, "articles").is_dir() else Path(path)
            yield from (Slice(str(file)) for file in sorted(folder.rglob("*.json")))
        elif path.endswith(".jsonl") and Path(path).is_file():
            yield from _ranges(path, Path(path).stat().st_size, step)
        else:
            yield Slice(path)


def _ranges(path: str, size: int, step: int) -> Iterator[Slice]:
    return (Slice(path, start, min(start + step, size)) for start in range(0, size, step))


def _remote_slices(url: str, step: int) -> Iterator[Slice]:
    system, path = _remote(url)
    if not system.exists(path):
        raise TasrihError(f"{url}: there is nothing. Give a record, a folder of records, or JSON Lines.")
    if system.isdir(path):
        inner = f"{path}/articles" if system.isdir(f"{path}/articles") else path
        files = sorted(system.find(inner))
        yield from (Slice(system.unstrip_protocol(file)) for file in files if file.endswith(".json"))
    elif url.endswith(".jsonl"):
        yield from _ranges(url, system.size(path) or 0, step)
    else:
        yield Slice(url)


def _remote(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    import fsspec

    try:
        found: tuple[Any, str] = fsspec.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise TasrihError(f"{url}: cannot be reached ({error}).") from error
    return found


def _raw(path: str) -> IO[bytes]:
    if "://" not in path:
        return Path(path).open("rb")
    system, inner = _remote(path)
    return cast("IO[bytes]", system.open(inner, "rb"))


def documents_in(part: Slice) -> Iterator[Document]:
    """The documents of a slice; lines are counted from its beginning."""
    name = part.name or part.file
    if part.data is not None or not part.is_lines:
        yield Document(name, None if part.data is None else 1, part.data)
        return
    try:
        with _opened(part.file) as stream:
            yield from _lines(name, stream, part.start, part.end)
    except (OSError, EOFError, zlib.error) as error:
        reason = f"{error} (is it whole, and compressed as its name says?)"
        yield Document(name, broken=OSError(errno.EIO, reason, part.file))


def from_offset(part: Slice, offset: int) -> Slice:
    """The document that begins at an offset of a slice as a slice of its own, where that can be read by itself."""
    return part._replace(start=offset, end=offset + 1) if part.file.endswith(".jsonl") else part


def document_at(part: Slice, offset: int) -> Document:
    """The document of a slice that begins at an offset."""
    return next(document for document in documents_in(from_offset(part, offset)) if document.offset == offset)


def line_counter() -> Callable[[Slice], int]:
    """A function that tells how many lines of a file begin before the first of a slice's own."""
    known: dict[str, list[tuple[int, int]]] = {}

    def lines_before(part: Slice) -> int:
        places = known.setdefault(part.file, [(0, 0)])
        offset, lines = places[bisect(places, (part.start, sys.maxsize)) - 1]
        with _raw(part.file) as stream:
            stream.seek(offset)
            while offset < part.start:
                block = stream.read(min(_COUNTED, part.start - offset))
                offset, lines = offset + len(block), lines + block.count(b"\n")
                if len(block) == _COUNTED and offset > places[-1][0]:
                    places.append((offset, lines))
        return lines if _begins_a_line(part) else lines + 1

    return lines_before


def _begins_a_line(part: Slice) -> bool:
    with _raw(part.file) as stream:
        stream.seek(max(part.start - 1, 0))
        return part.start == 0 or stream.read(1) == b"\n"


@contextmanager
def spooled(stream: IO[bytes]) -> Iterator[list[Slice]]:
    """A stream that can be read once, as slices that can be read again: JSON Lines, or one record over many lines."""
    with tempfile.NamedTemporaryFile(prefix="tasrih-", suffix=".jsonl") as file:
        shutil.copyfileobj(stream, file)
        file.flush()
        if _begins_with_a_record(file.name):
            yield [part._replace(name=STDIN) for part in slices([file.name])]
        else:
            yield [Slice(STDIN, data=Path(file.name).read_bytes())]


def _begins_with_a_record(file: str) -> bool:
    with Path(file).open("rb") as stream:
        first = next((line for line in iter(lambda: stream.readline(MAX_BYTES + 1), b"") if line.strip()), b"")
    try:
        return bool(first) and (len(first) > MAX_BYTES or isinstance(orjson.loads(first), dict | list))
    except orjson.JSONDecodeError:
        return False


@contextmanager
def _opened(path: str) -> Iterator[IO[bytes]]:
    with _raw(path) as raw:
        if path.endswith(".gz"):
            yield cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
        elif path.endswith(".zst"):
            import pyarrow

            yield io.BufferedReader(pyarrow.CompressedInputStream(pyarrow.PythonFile(raw), "zstd"))
        else:
            yield raw


def _lines(name: str, stream: IO[bytes], start: int = 0, end: int | None = None) -> Iterator[Document]:
    """The lines that begin in the range: the one that is cut by `start` belongs to the range before."""
    offset, number = start, 0
    if start:
        stream.seek(start - 1)
        offset = _after_line(stream, start - 1, end)
    while end is None or offset < end:
        line = stream.readline(MAX_BYTES + 1)
        if not line:
            break
        number += 1
        following = offset + len(line)
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            following = _after_line(stream, following, end)
        if line.strip():
            yield Document(name, number, line if len(line) > MAX_BYTES else line.rstrip(b"\r\n"), offset)
        offset = following


def _after_line(stream: IO[bytes], offset: int, end: int | None) -> int:
    """The offset after the line that the stream is in, or one beyond `end`."""
    while (end is None or offset < end) and (rest := stream.readline(2**20)):
        offset += len(rest)
        if rest.endswith(b"\n"):
            break
    return offset
