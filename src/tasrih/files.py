"""Reading and writing files: never blocked for ever, never half there, never over what somebody else made."""

import errno
import hashlib
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from tasrih.errors import ArgumentError, RefusedError, UnavailableError

_NO_HARD_LINKS = {errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}  # EINVAL: Windows, of FAT
_ONE_FILE = (".json", ".jsonl", ".gz", ".zst", ".xml", ".txt")


@contextmanager
def written(path: Path, *, force: bool) -> Iterator[IO[bytes]]:
    """A stream whose bytes become the file, all of them or none, when the block ends without an error.

    A file that is there keeps its permissions, and a new one gets those that the umask leaves. A symbolic link stays:
    the file that it leads to is written. Pipes, terminals and our own standard output get the bytes as they come.
    Raises FileExistsError when something is there, unless `force` says to take its place, and OSError.
    """
    stream = _as_it_is(path)
    if stream:
        with stream:
            yield stream
        return
    if not force and os.path.lexists(path):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".tasrih-{secrets.token_hex(8)}")
    try:
        with beside.open("xb") as file:
            yield file
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        (os.replace if force else _linked)(beside, target)
    finally:
        beside.unlink(missing_ok=True)


def replace(path: Path, data: bytes) -> None:
    """Writes a file, or writes it anew. Raises OSError."""
    with written(path, force=True) as file:
        file.write(data)


def _as_it_is(path: Path) -> IO[bytes] | None:
    """What is no file to be replaced, open for writing: standard output or error by any name, a pipe, a device."""
    try:
        about = path.stat()
    except FileNotFoundError:
        return None
    for handle in (1, 2):
        with suppress(OSError):
            if os.path.samestat(about, os.fstat(handle)):
                return os.fdopen(os.dup(handle), "wb")
    if stat.S_ISFIFO(about.st_mode) or stat.S_ISCHR(about.st_mode):
        return path.open("wb")
    if stat.S_ISSOCK(about.st_mode) or stat.S_ISBLK(about.st_mode):
        raise OSError(errno.EINVAL, "it is no file, folder or pipe", str(path))
    return None


def _linked(beside: Path, target: Path) -> None:
    """Gives a file its name. Raises FileExistsError when somebody has taken the name meanwhile."""
    try:
        os.link(beside, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))  # the name is ours, and then the content
        os.replace(beside, target)  # noqa: PTH105


def writer(out: str, *, several: bool, force: bool) -> Callable[[str, bytes], None]:
    """A function that writes a file of some name: in the folder `out`, or as the file `out` itself.

    It is a folder that is there, a path that ends with a slash, or what must hold `several` files. Raises TasrihError
    when that cannot be. The function raises it when something is there already (unless `force` says to overwrite
    it), when it was called with that name before, and when the file cannot be written.
    """
    in_folder = _is_folder(out, several=several)
    names: set[str] = set()

    def put(name: str, data: bytes) -> None:
        if name in names:
            raise RefusedError(f"{name}: another article given here has the same id. Only the first was written.")
        names.add(name)
        path = Path(out, name) if in_folder else Path(out)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UnavailableError(
                f"is no folder, and cannot be made one ({error.strerror}).", path=path.parent
            ) from error
        if in_folder and not path.resolve().is_relative_to(path.parent.resolve()):
            raise RefusedError("is a link that leads out of the folder. Remove it, or write there directly.", path=path)
        _put(path, data, force=force)

    return put


@contextmanager
def flowing(out: str, *names: str, force: bool) -> Iterator[Callable[[str, bytes], None]]:
    """A function like that of `writer` that puts the pieces of one name into one file, one after the other.

    The file is there when the block ends without an error: `out`, or the name in the folder `out`. Of several names
    there are the files that have pieces. Raises TasrihError when something is there already (unless `force` says to
    overwrite it), and when it cannot be written.
    """
    in_folder = _is_folder(out, several=len(names) > 1)
    paths = {name: Path(out, name) if in_folder else Path(out) for name in names}
    folder = Path(out) if in_folder else Path(out).parent
    put = writer(f"{folder}/", several=True, force=force)
    with _told(folder):
        folder.mkdir(parents=True, exist_ok=True)
    for path in paths.values() if len(names) > 1 and not force else ():
        if os.path.lexists(path):
            raise _taken(path)
    with ExitStack() as stack:
        files: dict[str, IO[bytes]] = {}

        def file_of(name: str) -> IO[bytes]:
            if name not in files:
                stack.enter_context(_told(paths[name]))
                files[name] = stack.enter_context(written(paths[name], force=force))
            return files[name]

        def add(name: str, data: bytes) -> None:
            if name in paths:
                file_of(name).write(data)
            else:
                put(name, data)

        if len(names) == 1:
            file_of(*names)
        yield add


def _taken(path: Path) -> RefusedError:
    return RefusedError("is there already. Choose another --out, or overwrite it with --force.", path=path)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """What keeps a file from being written as a TasrihError."""
    try:
        yield
    except FileExistsError as error:
        raise _taken(path) from error
    except BrokenPipeError:
        raise
    except OSError as error:
        raise UnavailableError(f"cannot be written ({error.strerror}).", path=path) from error


def _put(path: Path, data: bytes, *, force: bool) -> None:
    with _told(path), written(path, force=force) as file:
        file.write(data)


def _is_folder(out: str, *, several: bool) -> bool:
    if os.path.isdir(out) or out.endswith(("/", os.sep)):  # noqa: PTH112
        return True
    if several and (os.path.lexists(out) or out.endswith(_ONE_FILE)):
        raise ArgumentError(f"one file cannot hold several records. Give a folder: {out}/ is taken for one.", path=out)
    return several


def file_sha256(file: Path) -> str:
    """The SHA-256 of a file in hexadecimal. Raises OSError when it cannot be read."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
