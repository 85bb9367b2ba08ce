"""From a path to documents: files, folders and JSON Lines, plain or compressed."""

import errno
import gzip
import io
import os
import re
import shutil
import stat
import sys
import tempfile
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path, PurePath
from typing import IO, Any, NamedTuple, TypeVar

import orjson

from tasrih.errors import ArgumentError, MissingError, TasrihError, UnavailableError, needing, place_of, unreadable
from tasrih.resources import DATASET_AT_URL, REGISTER, corpus_in, is_url

Item = TypeVar("Item")
_ABSENT = (404, 410)  # what a host answers when it has nothing there
MAX_BYTES = 64 * 2**20
_COUNTED = 2**20
_PIECE = 2**16  # bytes read at a time: room for the largest record, made at once, takes longer than reading most
_BARREN = 250_000_000  # bytes without a record after which a file is not read on: packed, they are a few kilobytes
STDIN = "<stdin>"
JSON_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
_INDEX = r"\.ds_store|thumbs\.db|desktop\.ini"
_LITTER = re.compile(
    r"\..*|~\$.*|.*~|#.*#|\$recycle\.bin|__macosx|__pycache__|@eadir|node_modules|lost\+found|system volume information"
    rf"|{_INDEX}|ehthumbs\.db|icon\r",
    re.IGNORECASE | re.DOTALL,
)


def inner(file: str) -> str:
    """A path or URL without the archive that it leads into: `zip://a.json` of `zip://a.json::b.zip`."""
    return file.partition("::")[0] if is_url(file) else file


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
        return place_of(self.file, self.line)

    def read(self) -> bytes:
        """The bytes of the record. Raises OSError when the file cannot be read."""
        if self.broken:
            raise self.broken
        return read_bytes(self.file) if self.data is None else self.data

    def told(self) -> bytes:
        """The same. Raises TasrihError when the file cannot be read."""
        try:
            return self.read()
        except OSError as error:
            raise unreadable(self.file, error, self.line) from error


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
        return inner(self.file).endswith(JSON_LINES)


def documents(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Document]:
    """The documents of files, folders and JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst), in a stable order.

    A folder gives the `*.json` files below it but litter and registers, sorted; of a corpus folder (one that holds
    `articles/`), or of a repository around it, those of its articles. JSON Lines that cannot be unpacked end with a
    broken document. Raises TasrihError when a path does not exist, or has no records.
    """
    for part in slices(paths, sys.maxsize):
        yield from documents_in(part)


def state_of(file: str) -> tuple[int, str]:
    """The size of a file in bytes and the time of its last change; (0, "") when there is none."""
    try:
        if not is_url(file):
            about = os.stat(file)  # noqa: PTH116
            return about.st_size, str(about.st_mtime_ns)
        system, path = remote(file)
        return system.size(path) or 0, str(system.modified(path))
    except Exception:  # noqa: BLE001
        return 0, ""


def content(part: Slice) -> Iterator[bytes]:
    """What a slice is read from, in pieces, down to the end of its last line; of a file far away, where that is known,
    its size and time of change instead. Raises OSError when it cannot be read.
    """
    known = state_of(part.file) if is_url(part.file) else (0, "")
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

    Raises TasrihError when a path does not exist, or has no records.
    """
    for path in (os.fspath(path) for path in paths):
        found = _remote_slices(path, step) if is_url(path) else _local_slices(path, step)
        first = next(found, None)
        if first is None or (first.is_lines and _is_blank(path)):
            raise _barren(path)
        yield first
        yield from found


def _barren(path: str) -> MissingError:
    """What is told of a path with no records: of a corpus, that those beside `articles/` are not looked for."""
    corpus = None if is_url(path) else corpus_in(path)
    if corpus is None:
        return MissingError("there are no records in it. Is it the right folder or file?", path=path)
    return MissingError(
        "there are no records in it, and of what is around it nothing is read.", path=corpus / "articles"
    )


def _local_slices(path: str, step: int) -> Iterator[Slice]:
    if not os.path.lexists(path):
        raise MissingError("no such file or folder. Give a record, a folder of records, or JSON Lines.", path=path)
    if Path(path).is_dir():
        corpus = corpus_in(path)
        folder = corpus / "articles" if corpus else Path(path)
        found = (file for file in _names_below(folder) if os.path.splitext(file)[1] == ".json")  # noqa: PTH122
        yield from (Slice(file) for file in found if corpus or not _is_register(Path(file), folder))
    elif path.endswith(".jsonl") and Path(path).is_file():
        yield from _ranges(path, Path(path).stat().st_size, step)
    else:
        yield Slice(path)


def _is_register(file: Path, folder: Path) -> bool:
    """Whether a file below a folder is the register of it, or of a corpus in it. An article may be called so too."""
    return file.name == REGISTER and (file.parent == folder or corpus_in(file.parent) == file.parent)


def is_litter(path: str | PurePath) -> bool:
    """Whether a path below a folder is, or is in, what editors and systems leave behind, or is hidden."""
    return any(map(_LITTER.fullmatch, PurePath(path).parts))


def is_index(name: str) -> bool:
    """Whether a file is called as what systems leave in every folder that somebody looks at: nobody misses it."""
    return re.fullmatch(_INDEX, name, re.IGNORECASE) is not None


def files_below(folder: Path) -> list[Path]:
    """The files and folders below a folder but litter, sorted.

    Links to folders are not followed. Raises TasrihError when a folder cannot be listed.
    """
    return list(map(Path, _names_below(folder)))


def _names_below(folder: Path) -> list[str]:
    """The paths of the same, as `str` gives them: a `Path` takes longer to make than a small file to open."""
    found: list[str] = []
    for around, folders, files in os.walk(folder, onerror=_refuse_unlisted):
        inside = "" if around == "." else os.path.join(around.removeprefix(f".{os.sep}"), "")  # noqa: PTH118
        folders[:] = [name for name in folders if not _LITTER.fullmatch(name)]
        found += [inside + name for name in (*files, *folders) if not _LITTER.fullmatch(name)]
    return sorted(found, key=lambda name: name.split(os.sep))  # noqa: PTH206


def _refuse_unlisted(error: OSError) -> None:
    raise unreadable(error.filename, error) from error


def _is_blank(path: str) -> bool:
    """Whether JSON Lines hold no record; what cannot be read is told when it is read."""
    try:
        with _opened(path) as stream:
            return next(_lines(path, stream), None) is None
    except Exception:  # noqa: BLE001
        return False


def _ranges(path: str, size: int, step: int) -> Iterator[Slice]:
    return (Slice(path, start, min(start + step, size)) for start in range(0, size, step))


def _remote_slices(url: str, step: int) -> Iterator[Slice]:
    system, path = remote(url)
    with reaching(url):
        if not _exists(system, path):
            raise MissingError("there is nothing. Give a record, a folder of records, or JSON Lines.", path=url)
        if not system.isdir(path):
            size = (inner(url).endswith(".jsonl") and system.size(path)) or 0
            yield from _ranges(url, size, step) if size else [Slice(url)]
            return
        articles = f"{path.rstrip('/')}/articles"
        folder = articles if system.isdir(articles) else path
        files = [file for file in sorted(system.find(folder)) if file.endswith(".json")]
        files = [file for file in files if not is_litter(file[len(folder) :].lstrip("/"))]
        if f"{folder.rstrip('/')}/manifest.json" in files:
            raise ArgumentError(DATASET_AT_URL, path=url)
    _, chained, archive = url.partition("::")  # into which the URLs of the files lead too
    yield from (Slice(f"{system.unstrip_protocol(file)}{chained}{archive}") for file in files)


def _exists(system: Any, path: str) -> bool:
    """Whether something is there. Raises what keeps a host from being asked, which `exists` takes for an absence."""
    try:
        system.info(path)
    except FileNotFoundError as error:
        cause = error.__cause__
        if type(cause).__module__.startswith("aiohttp") and getattr(cause, "status", None) not in _ABSENT:
            raise cause or error from None
        return False
    return True


@contextmanager
def reaching(url: str) -> Iterator[None]:
    """What keeps a URL from being reached is told as a TasrihError: each of the many file systems has its own."""
    try:
        yield
    except (TasrihError, GeneratorExit):
        raise
    except ImportError as error:
        extra = " `pip install 'tasrih[s3]'` brings it." if url.startswith("s3:") else ""
        raise UnavailableError(f"cannot be reached ({error}).{extra}", path=url) from error
    except Exception as error:
        raise UnavailableError(f"cannot be reached ({str(error) or type(error).__name__}).", path=url) from error


def remote(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it."""
    with needing():
        import fsspec

    with reaching(url):
        settings = {"auto_mkdir": True} if url.startswith(("file:", "local:")) else {}
        found: tuple[Any, str] = fsspec.url_to_fs(url, **settings)
    return found


def opened(path: str | os.PathLike[str]) -> IO[bytes]:
    """A file to read. Raises OSError, also for a pipe or a device, which might never end."""
    kind = os.stat(path).st_mode  # noqa: PTH116
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise OSError(errno.EINVAL, "not a file; what a pipe gives is read with -", os.fspath(path))
    return open(path, "rb", opener=_opened_at_once)


def _opened_at_once(path: str, flags: int) -> int:
    """Opens what has just become a pipe without waiting for somebody to write to it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def seekable(url: str) -> IO[bytes]:
    """A file at a URL, of which parts are read."""
    system, place = remote(url)
    stream: IO[bytes] = system.open(place, "rb", block_size=_COUNTED)
    return stream


def fetched(path: str, start: int = 0, end: int | None = None) -> bytes:
    """The bytes of a file from one place to another. Raises OSError, and TasrihError when a URL cannot be reached."""
    if is_url(path):
        with reaching(path):
            system, place = remote(path)
            data: bytes = system.cat_file(place, start=start, end=end)
        return data
    with opened(path) as file:
        file.seek(start)
        return file.read(-1 if end is None else end - start)


def read_bytes(path: str) -> bytes:
    """The bytes of a file, not many more than `MAX_BYTES` of them. Raises OSError when it cannot be read."""
    try:
        with _raw(path) as file:
            return b"".join(islice(iter(partial(file.read, _PIECE), b""), MAX_BYTES // _PIECE + 1))
    except OSError:
        raise
    except Exception as error:
        raise OSError(errno.EIO, str(error) or type(error).__name__, path) from error


@contextmanager
def _raw(path: str) -> Iterator[IO[bytes]]:
    if not is_url(path):
        with opened(path) as file:
            yield file
    else:
        system, place = remote(path)  # an archive is closed when its file system is forgotten
        is_here = "file" in system.protocol  # where pipes are
        with opened(place) if is_here else system.open(place, "rb") as file:
            yield file


def documents_in(part: Slice) -> Iterator[Document]:
    """The documents of a slice; lines are counted from its beginning."""
    name = part.name or part.file
    if part.data is not None or not part.is_lines:
        yield Document(name, None if part.data is None else 1, part.data)
        return
    try:
        with _opened(part.file) as stream:
            yield from _lines(name, stream, part.start, part.end)
    except Exception as error:  # noqa: BLE001
        doubt = "" if isinstance(error, UnavailableError) else " (is it whole, and compressed as its name says?)"
        reason = f"{error or type(error).__name__}{doubt}"
        reason = error.strerror if isinstance(error, OSError) and error.strerror else reason
        yield Document(name, broken=OSError(errno.EIO, reason, part.file))


def from_offset(part: Slice, offset: int) -> Slice:
    """The document that begins at an offset of a slice as a slice of its own, where that can be read by itself."""
    return part._replace(start=offset, end=offset + 1) if inner(part.file).endswith(".jsonl") else part


Place = tuple[Slice, int]


@contextmanager
def read_again(places: Iterable[Place]) -> Iterator[Callable[[Place], Document]]:
    """A function that gives the documents that begin at these offsets of slices.

    Packed lines are unpacked once for all of them, into a file that nobody else sees.
    """
    packed: dict[Slice, set[int]] = {}
    for part, offset in places:
        if part.is_lines and from_offset(part, offset) is part:
            packed.setdefault(part, set()).add(offset)
    kept: dict[Place, tuple[Document, int]] = {}
    with tempfile.TemporaryFile(prefix="tasrih-") as file:
        for part, offsets in packed.items():
            for document in documents_in(part):
                if document.offset in offsets and document.data is not None:
                    kept[part, document.offset] = replace(document, data=None), file.tell()
                    file.write(len(document.data).to_bytes(8) + document.data)

        def document_at(place: Place) -> Document:
            if place not in kept:
                part, offset = place
                return next(each for each in documents_in(from_offset(part, offset)) if each.offset == offset)
            document, start = kept[place]
            file.seek(start)
            return replace(document, data=file.read(int.from_bytes(file.read(8))))

        yield document_at


def batched(items: Iterable[Item], most: int, size_of: Callable[[Item], int]) -> Iterator[list[Item]]:
    """The items in a row, as many at once as have no more bytes together than `most`; a larger one is alone."""
    batch: list[Item] = []
    total = 0
    for item in items:
        size = size_of(item)
        if batch and total + size > most:
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += size
    if batch:
        yield batch


def line_counter() -> Callable[[Slice], int]:
    """A function that tells how many lines of a file begin before the first of a slice's own."""
    known: dict[str, list[tuple[int, int]]] = {}

    def lines_before(part: Slice) -> int:
        places = known.setdefault(part.file, [(0, 0)])
        offset, lines = places[bisect(places, (part.start, sys.maxsize)) - 1]
        with _raw(part.file) as stream:
            stream.seek(max(part.start - 1, 0))
            begins_a_line = part.start == 0 or stream.read(1) == b"\n"
            stream.seek(offset)
            while offset < part.start:
                block = stream.read(min(_COUNTED, part.start - offset))
                offset, lines = offset + len(block), lines + block.count(b"\n")
                if len(block) == _COUNTED and offset > places[-1][0]:
                    places.append((offset, lines))
        return lines if begins_a_line else lines + 1

    return lines_before


@contextmanager
def spooled(stream: IO[bytes]) -> Iterator[list[Slice]]:
    """A stream that can be read once, as slices that can be read again: JSON Lines, or one record over many lines."""
    with tempfile.NamedTemporaryFile(prefix="tasrih-", suffix=".jsonl") as file:
        shutil.copyfileobj(stream, file)
        file.flush()
        if _begins_with_a_record(file.name):
            yield [part._replace(name=STDIN) for part in slices([file.name])]
        else:
            yield [Slice(STDIN, data=read_bytes(file.name))]


def _begins_with_a_record(file: str) -> bool:
    try:
        with _opened(file) as stream:
            first = next(_lines(file, stream)).data or b""
        return len(first) > MAX_BYTES or isinstance(orjson.loads(first), dict | list)
    except (StopIteration, OSError, orjson.JSONDecodeError):
        return False


@contextmanager
def _opened(path: str) -> Iterator[io.BufferedReader]:
    with _raw(path) as raw:
        unpacked: Any = raw
        if inner(path).endswith(".gz"):
            unpacked = gzip.GzipFile(fileobj=raw)
        elif inner(path).endswith(".zst"):
            with needing():
                import pyarrow

            unpacked = pyarrow.CompressedInputStream(pyarrow.PythonFile(raw), "zstd")
        yield unpacked if isinstance(unpacked, io.BufferedReader) else io.BufferedReader(unpacked, 2**17)


def _lines(name: str, stream: io.BufferedReader, start: int = 0, end: int | None = None) -> Iterator[Document]:
    """The lines that begin in the range: the one that is cut by `start` belongs to the range before."""
    offset, number, barren, is_blank = start, 0, 0, False
    if start:
        stream.seek(start - 1)
        offset = _after_line(stream, start - 1, end)
    while end is None or offset < end:
        lines, size = _skip_blank(stream, _BARREN if end is None else end - offset) if is_blank else (0, 0)
        number, offset = number + lines, offset + size
        line = stream.readline(MAX_BYTES + 1) if end is None or offset < end else b""
        if not line:
            break
        number += 1
        following = offset + len(line)
        if len(line) > MAX_BYTES and not line.endswith(b"\n"):
            following = _after_line(stream, following, end)
        is_blank = not line.strip()
        if not is_blank:
            yield Document(name, number, line if len(line) > MAX_BYTES else line.rstrip(b"\r\n"), offset)
        barren = barren + size + following - offset if is_blank else 0
        _refuse_barren(barren)
        offset = following


def _skip_blank(stream: io.BufferedReader, most: int) -> tuple[int, int]:
    """Reads on over blank lines as they are buffered, and tells how many lines and bytes. Raises OSError for many."""
    lines = size = 0
    while size < most and (ahead := stream.peek()):
        blank = len(ahead) - len(ahead.lstrip())
        whole = ahead.rfind(b"\n", 0, blank) + 1
        if not whole:
            break
        stream.read(whole)
        lines, size = lines + ahead.count(b"\n", 0, whole), size + whole
        _refuse_barren(size)
    return lines, size


def _after_line(stream: io.BufferedReader, offset: int, end: int | None) -> int:
    """The offset after the line that the stream is in, or one beyond `end`. Raises OSError for a very long one."""
    start = offset
    while (end is None or offset < end) and (rest := stream.readline(2**20)):
        offset += len(rest)
        if rest.endswith(b"\n"):
            break
        _refuse_barren(offset - start)
    return offset


def _refuse_barren(size: int) -> None:
    if size >= _BARREN:
        raise OSError(errno.EFBIG, f"more than {_BARREN // 10**6} megabytes without a record; it is not read on")
