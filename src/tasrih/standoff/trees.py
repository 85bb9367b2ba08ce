"""The files of a repository, wherever somebody keeps them: in git, in a folder, in an archive as it was downloaded.

Each kind of tree lists the names of its files and gives the bytes of one. Nothing is unpacked beside it, fetched, or
read from outside; what is larger than `MAX_BYTES` is not read.
"""

import bz2
import errno
import gzip
import io
import lzma
import os
import re
import stat
import subprocess
import tarfile
import tempfile
import zipfile
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO, NamedTuple, Protocol, cast

from tasrih.errors import InvalidError, MissingError, RefusedError, TasrihError, UnavailableError
from tasrih.reading import MAX_BYTES, opened, read_bytes

ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar", ".tar.bz2", ".tar.xz")
_MOST_FILES = 300_000  # in one tree: the largest of the repositories has a tenth of that
_MOST_UNPACKED = 4 * 2**30
_KEPT = 2**27  # bytes of files that were read last: a file may hold many articles
_COMPRESSED: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b": lambda stream: cast(IO[bytes], gzip.GzipFile(fileobj=stream)),
    b"BZh": lambda stream: cast(IO[bytes], bz2.BZ2File(stream)),
    b"\xfd7zXZ\0": lambda stream: cast(IO[bytes], lzma.LZMAFile(stream)),  # noqa: SIM115
}
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError
)  # fmt: skip
# Nothing but the repository itself is asked: no settings of the machine, no helper, no network, no terminal.
_ENVIRONMENT = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # what stops git before 2.45 from fetching what a partial clone lacks
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}


class Tree(Protocol):
    """The files of a repository in one state."""

    @property
    def names(self) -> list[str]:
        """The paths of its files, as git writes them, sorted."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None when there is none. Raises TasrihError when it is there and cannot be read."""


class Git:
    """A git directory, bare or of a worktree, complete or not: one process of git that is asked for objects.

    Where git is not installed, or cannot read it, it has nothing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0

    @cached_property
    def remotes(self) -> list[str]:
        """The URLs that it was cloned from, or is pushed to."""
        listed = self._said("config", "--local", "--null", "--get-regexp", r"^remote\..*\.url$")
        return [line.partition("\n")[2] for line in listed.split("\0") if line]

    @cached_property
    def head(self) -> str:
        """The commit that HEAD is; "" when it is none."""
        return self._said("rev-parse", "--verify", "--quiet", "HEAD^{commit}").strip()

    def has(self, commit: str) -> bool:
        """Whether a commit is there."""
        return self.head == commit or self.read(f"{commit}^{{commit}}", "commit") is not None

    def listed(self, commit: str) -> list[str]:
        """The paths of the files of a commit, without links, sorted."""
        entries = self._said("ls-tree", "-r", "-z", "--full-tree", commit).split("\0")
        return sorted(entry.partition("\t")[2] for entry in entries[:_MOST_FILES] if entry.startswith("100"))

    def read(self, name: str, kind: str = "blob") -> bytes | None:
        """An object by its name, which holds no line break; None when it is not there, or of another kind.

        Raises RefusedError when it is too large.
        """
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        try:
            data = self._asked(name, kind)
        except OSError:
            self.close()
            return None
        if data is not None:
            self._keep(name, data)
        return data

    def _asked(self, name: str, kind: str) -> bytes | None:
        process = self._process = self._process or self._started()
        if process.stdin is None or process.stdout is None:
            return None
        process.stdin.write(name.encode(errors="surrogateescape") + b"\n")
        process.stdin.flush()
        answer = process.stdout.readline().rsplit(b" ", 2)
        if len(answer) < 3 or not answer[2].strip().isdigit():
            if not answer[-1]:  # git has ended
                self.close()
            return None
        size = int(answer[2])
        if size > MAX_BYTES:
            self.close()  # rather than read on to its end
            raise _too_large()
        data = process.stdout.read(size + 1)[:size]
        return data if answer[1] == kind.encode() and len(data) == size else None

    def _keep(self, name: str, data: bytes) -> None:
        self._kept[name] = data
        self._size += len(data)
        while self._size > _KEPT:
            self._size -= len(self._kept.popitem(last=False)[1])

    def _started(self) -> subprocess.Popen[bytes]:
        pipe = subprocess.PIPE
        command = [*self._command, "cat-file", "--batch"]
        return subprocess.Popen(command, env=_environment(), stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603

    def _said(self, *arguments: str) -> str:
        """What a command of git prints; nothing when it fails."""
        try:
            done = subprocess.run([*self._command, *arguments], env=_environment(), capture_output=True, check=False)  # noqa: S603
        except OSError:
            return ""
        return "" if done.returncode else done.stdout.decode(errors="surrogateescape")

    @property
    def _command(self) -> list[str]:
        # Naming the directory lets git of any age read what belongs to another user; the setting is for good measure.
        return ["git", "-c", "safe.directory=*", "--no-pager", f"--git-dir={self.folder}"]

    def close(self) -> None:
        """Ends the process."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):
                if stream is not None:
                    stream.close()
        process.wait()


class Committed:
    """The files of a commit."""

    def __init__(self, git: Git, commit: str) -> None:
        self.git, self.commit = git, commit

    @cached_property
    def names(self) -> list[str]:
        """Their paths, sorted."""
        return self.git.listed(self.commit)

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(self.names)

    def read(self, path: str) -> bytes | None:
        """The bytes of one, None when there is none."""
        data = self.git.read(f"{self.commit}:{path}")
        if data is None and path in self._names:
            raise MissingError("its content is not in the clone, which is partial or damaged")
        return data


class Folder:
    """The files in a folder, but those of git, and but links that lead out of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def names(self) -> list[str]:
        """Their paths, sorted."""
        return sorted(islice(self._walked(), _MOST_FILES))

    def _walked(self) -> Iterator[str]:
        for around, folders, files in os.walk(self.folder):
            folders[:] = [name for name in folders if name != ".git" and not is_git(Path(around, name))]
            yield from (Path(around, name).relative_to(self.folder).as_posix() for name in files)

    def read(self, path: str) -> bytes | None:
        """The bytes of one, None when there is none."""
        file = self.folder / path
        try:
            if not file.is_file():
                return None
            if not file.resolve().is_relative_to(self.folder.resolve()):
                raise RefusedError("it is a link that leads out of the folder")
            data = read_bytes(os.fspath(file))
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise UnavailableError(f"it cannot be read ({reason})") from error
        if len(data) > MAX_BYTES:
            raise _too_large()
        return data


class _Packed(NamedTuple):
    """What is packed: sizes of files by name, a function that opens one, and the commit it was made of, or ""."""

    sizes: dict[str, int]
    opened: Callable[[str], IO[bytes]]
    commit: str


class Archive:
    """The files of an archive, below the one folder that hosts put all of them into.

    It is opened when it is first asked for a file. One that cannot be unpacked lists nothing, and says so when it is
    to be read.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        self._open = ExitStack()
        self._fault = ""
        self._kept: tuple[str, bytes] | None = None

    @cached_property
    def _packed(self) -> _Packed:
        try:
            stream = self._open.enter_context(opened(self.file))
            return (_zipped if self.file.name.casefold().endswith(".zip") else _tarred)(stream, self._open)
        except _BROKEN as error:
            self._fault = f"{self.file.name} cannot be unpacked ({error})"
            return _Packed({}, lambda _: io.BytesIO(), "")

    @cached_property
    def first(self) -> str:
        """The first name in it, without all of it being unpacked; "" when it cannot be told."""
        try:
            with opened(self.file) as stream:
                if self.file.name.casefold().endswith(".zip"):
                    return next(iter(zipfile.ZipFile(stream).namelist()), "")
                with tarfile.open(fileobj=stream, mode="r|*") as archive:
                    member = archive.next()
                    return member.name if member else ""
        except _BROKEN:
            return ""

    @cached_property
    def top(self) -> str:
        """The name of the folder that all is in; "" when there is none."""
        tops = {name.partition("/")[0] if "/" in name else "" for name in self._packed.sizes}
        return tops.pop() if len(tops) == 1 else ""

    @property
    def commit(self) -> str:
        """The commit that it says it was made of, as archives of git do; "" otherwise."""
        return self._packed.commit

    @cached_property
    def names(self) -> list[str]:
        """Their paths, sorted."""
        return sorted(name.removeprefix(f"{self.top}/") for name in self._packed.sizes)

    def read(self, path: str) -> bytes | None:
        """The bytes of one, None when there is none."""
        name = f"{self.top}/{path}" if self.top else path
        if self._fault:
            raise InvalidError(self._fault)
        if name not in self._packed.sizes:
            return None
        if self._kept is None or self._kept[0] != name:
            self._kept = name, self._unpacked(name)
        return self._kept[1]

    def _unpacked(self, name: str) -> bytes:
        if self._packed.sizes[name] > MAX_BYTES:
            raise _too_large()
        try:
            with self._packed.opened(name) as file:
                data = file.read(MAX_BYTES + 1)
        except _BROKEN as error:
            raise InvalidError(f"it cannot be unpacked ({error})") from error
        if len(data) > MAX_BYTES:
            raise _too_large()
        return data

    def close(self) -> None:
        """Closes the file."""
        self._open.close()


def _zipped(stream: IO[bytes], stack: ExitStack) -> _Packed:
    archive = stack.enter_context(zipfile.ZipFile(stream))
    files = (
        entry for entry in archive.infolist() if not entry.is_dir() and not stat.S_ISLNK(entry.external_attr >> 16)
    )
    sizes = {entry.filename: entry.file_size for entry in files if not entry.filename.startswith("__MACOSX/")}
    return _Packed(sizes, archive.open, _commit(archive.comment.decode(errors="replace")))


def _tarred(stream: IO[bytes], stack: ExitStack) -> _Packed:
    plain = stack.enter_context(_unpacked(stream))
    archive = stack.enter_context(tarfile.TarFile(fileobj=plain))
    members = {member.name: member for member in archive if member.isreg()}
    sizes = {name: member.size for name, member in members.items()}
    commit = _commit(archive.pax_headers.get("comment", ""))

    def extract(name: str) -> IO[bytes]:
        return archive.extractfile(members[name]) or io.BytesIO()

    return _Packed(sizes, extract, commit)


def _unpacked(stream: IO[bytes]) -> IO[bytes]:
    """A tar that can be read at any place: what is compressed as a whole is spooled to a file without a name."""
    start = stream.read(6)
    stream.seek(0)
    kind = next((kind for magic, kind in _COMPRESSED.items() if start.startswith(magic)), None)
    if kind is None:
        return stream
    plain: IO[bytes] = tempfile.TemporaryFile(prefix="tasrih-")  # noqa: SIM115
    with kind(stream) as packed:
        while piece := packed.read(2**20):
            if plain.tell() > _MOST_UNPACKED:
                raise OSError(errno.EFBIG, f"more than {_MOST_UNPACKED // 2**30} GiB are packed in it")
            plain.write(piece)
    plain.seek(0)
    return plain


def is_git(folder: Path) -> bool:
    """Whether a folder is what git keeps a repository in, as in `.git` or by itself."""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir()


def _commit(comment: str) -> str:
    return comment if re.fullmatch("[0-9a-f]{40}", comment) else ""


def _environment() -> dict[str, str]:
    """The environment without what tells git of another repository, as in one of its hooks."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | _ENVIRONMENT


def _too_large() -> TasrihError:
    return RefusedError(f"it is larger than {MAX_BYTES // 2**20} MiB, and is not read")
