"""A file brought from a server of the web: the rest of what is there already, and no more requests than it bears."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from tasrih.errors import InvalidError, MissingError, UnavailableError, needing
from tasrih.terminal import one_line
from tasrih.version import __version__

EXTRA = "hydrate"
MAX_BYTES = 256 * 2**20
ATTEMPTS = 5
LONGEST_WAIT = 120  # seconds; a server that asks for more is not waited for
sleep = time.sleep  # one name for all waiting, so that tests can count it

_PIECE = 2**16
_SECONDS_OF_SILENCE = 30
_SECONDS_A_REQUEST = 900
_REDIRECTS = 3
_GONE = {404, 410, 451}
_BUSY = {408, 425, 429, 500, 502, 503, 504}
_RANGE = re.compile(r"bytes (?:(\d{1,15})-\d{1,15}|\*)/(\d{1,15})")

_LOCATION = re.compile("[!-~]+")

Tell = Callable[[int, int | None, str], None]  # bytes that are there, of how many, and what is waited for


class RefusingError(UnavailableError):
    """A server wants to be left alone for longer than anybody would wait."""


class _AgainError(Exception):
    """A request that failed and may be made again: why, and how many seconds the server asks to wait before."""

    def __init__(self, cause: str, wait: float = 0) -> None:
        self.cause, self.wait = cause, wait
        super().__init__(cause)


class _EndError(Exception):
    """The file has nothing after what is there already: what the server says of its length."""

    def __init__(self, content_range: str) -> None:
        self.content_range = content_range
        super().__init__(content_range)


def web() -> Any:
    """A file system of fsspec for the web, which keeps its connections. Raises UnavailableError without the extra."""
    with needing(EXTRA):
        import aiohttp
        import fsspec
    timeout = aiohttp.ClientTimeout(
        total=_SECONDS_A_REQUEST, sock_connect=_SECONDS_OF_SILENCE, sock_read=_SECONDS_OF_SILENCE
    )
    # Only bytes as they are can be counted and continued, so none are to come compressed.
    headers = {"User-Agent": f"tasrih/{__version__}", "Accept-Encoding": "identity"}
    options = {"timeout": timeout, "headers": headers, "trust_env": True}
    return fsspec.filesystem("https", client_kwargs=options, encoded=True, skip_instance_cache=True)


def download(system: Any, url: str, part: Path, tell: Tell) -> None:
    """Makes an unfinished file whole: by what it lacks where the server can do that, else from the beginning.

    What has come stays in the file, whatever happens. Raises MissingError when the server has no such file,
    InvalidError when it is too large, RefusingError and else UnavailableError when the server or the way to it fails,
    and OSError when the file cannot be written.
    """
    for attempt in range(ATTEMPTS):
        try:
            _continue(system, url, part, tell)
            return
        except _AgainError as failed:
            seconds = max(failed.wait, 2.0**attempt)
            if seconds > LONGEST_WAIT:
                raise RefusingError(f"{failed.cause}, and asks to wait {seconds:.0f} s.", path=url) from failed
            if attempt == ATTEMPTS - 1:
                raise UnavailableError(f"{failed.cause}, {ATTEMPTS} times. Try again later.", path=url) from failed
            tell(_size(part), None, f"({failed.cause}; waits {seconds:.0f} s)")
            sleep(seconds)


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _continue(system: Any, url: str, part: Path, tell: Tell) -> None:
    """One request, and what it gives written to the end of the file."""
    begun = _size(part)
    try:
        with _answer(system, url, begun) as answer:
            _refuse_other(answer.r, begun, url)
            if answer.r.status != 206:
                begun = 0
            whole = _whole(part, begun, answer.r.headers)
            if (whole or 0) > MAX_BYTES:
                raise _too_large(url)
            with part.open("ab" if begun else "wb") as file:
                for piece in _pieces(answer, url):
                    file.write(piece)
                    file.flush()  # whoever follows a process that is killed is not to ask again for what has come
                    if file.tell() > MAX_BYTES:
                        raise _too_large(url)
                    tell(file.tell(), whole, "")
    except _EndError as end:
        _end(part, begun, end.content_range)
    else:
        if whole is not None and _size(part) != whole:
            raise _AgainError("the file was cut off")


def _refuse_other(answer: Any, begun: int, url: str) -> None:
    """Raises UnavailableError for what is neither a file nor the rest of one, byte for byte."""
    if answer.status != 200 and not (begun and answer.status == 206):
        raise UnavailableError(f"is not given (HTTP {answer.status}).", path=url)
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise UnavailableError("is given compressed only, which was not asked for.", path=url)


def _too_large(url: str) -> InvalidError:
    return InvalidError(f"is larger than {MAX_BYTES // 2**20} MiB.", path=url)


def _end(part: Path, begun: int, content_range: str) -> None:
    """What it means that nothing follows what is there: it is the whole file, or it is no part of it."""
    given = _RANGE.fullmatch(content_range)
    if not given or int(given[2]) != begun:
        part.unlink(missing_ok=True)
        raise _AgainError("the file is another than the one that was begun")


def _whole(part: Path, begun: int, headers: Any) -> int | None:
    """How many bytes the whole file has; None where the server does not say."""
    if not begun:
        length = headers.get("Content-Length", "")
        return int(length) if length.isdecimal() and len(length) < 16 else None
    given = _RANGE.fullmatch(headers.get("Content-Range", ""))
    if not given or given[1] is None or int(given[1]) != begun:
        part.unlink()
        raise _AgainError("the server sent another part than was asked for")
    return int(given[2])


def _pieces(answer: Any, url: str) -> Iterator[bytes]:
    while True:
        with _network(url):
            piece: bytes = answer.read(_PIECE)
        if not piece:
            return
        yield piece


@contextmanager
def _answer(system: Any, url: str, begun: int) -> Iterator[Any]:
    """The answer of the server, open to be read; of what has moved on the same server, that from its new place."""
    asked = url
    for _ in range(_REDIRECTS + 1):
        with _network(url):
            answer = _opened(system, asked, begun)
        try:
            if not 300 <= answer.r.status < 400:
                yield answer
                return
            asked = _moved(url, asked, answer.r.headers.get("Location", ""))
        finally:
            answer.close()
    raise MissingError("is not there: the server sends whoever asks from one place to the next.", path=url)


def _opened(system: Any, url: str, begun: int) -> Any:
    """A stream of fsspec; made here, as `system.open` asks for the length first, and sends every request twice."""
    from fsspec.asyn import sync
    from fsspec.implementations.http import HTTPStreamFile

    session = sync(system.loop, system.set_session)
    options: dict[str, Any] = {"headers": {"Range": f"bytes={begun}-"}} if begun else {}
    return HTTPStreamFile(system, url, loop=system.loop, session=session, allow_redirects=False, **options)


def _moved(url: str, asked: str, location: str) -> str:
    """Where a file has moved that keeps its commit and path; pages to sign in and other servers are no such place."""
    new = _joined(asked, location)
    before, after = urlsplit(url), urlsplit(new)
    kept = unquote(before.path).split("/", 3)[-1]  # all but owner and name
    if (before.scheme, before.netloc) != (after.scheme, after.netloc) or not unquote(after.path).endswith(f"/{kept}"):
        raise MissingError(
            f"is not there: the server leads to “{one_line(new)[:200]}” instead, which is not asked. "
            "The repository may be gone, or no longer public.",
            path=url,
        )
    return new


def _joined(asked: str, location: str) -> str:
    if not _LOCATION.fullmatch(location):
        return ""
    with suppress(ValueError):
        return urljoin(asked, location)
    return ""


@contextmanager
def _network(url: str) -> Iterator[None]:
    """What the server and the way to it do wrong, as errors of ours and those after which a request is made again."""
    import aiohttp

    try:
        yield
    except FileNotFoundError as error:
        raise _refusal(404, {}, url) from error
    except aiohttp.ClientResponseError as error:
        raise _refusal(error.status, error.headers or {}, url) from error
    except (aiohttp.ClientError, OSError) as error:  # among them all timeouts
        raise _AgainError(f"the network failed ({one_line(str(error))[:200] or type(error).__name__})") from error


def _refusal(status: int, headers: Mapping[str, str], url: str) -> Exception:
    if status in _GONE:
        cause = "the repository, the commit or the file is gone, or not public"
        return MissingError(f"is not there (HTTP {status}): {cause}.", path=url)
    if status == 416:
        return _EndError(headers.get("Content-Range", ""))
    if status in _BUSY:
        return _AgainError(f"the server cannot answer (HTTP {status})", _asked_wait(headers.get("Retry-After", "")))
    return UnavailableError(f"is not given (HTTP {status}).", path=url)


def _asked_wait(retry_after: str) -> float:
    """The seconds that a server asks to wait, which it says as a number or as a date; 0 where it says neither."""
    if retry_after.isascii() and retry_after.isdigit():
        return float(retry_after[:9])  # years, which nobody waits
    with suppress(ValueError, TypeError, OverflowError):  # TypeError: a date that does not know its zone
        return (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds()
    return 0
