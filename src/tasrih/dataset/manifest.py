"""The manifest of a dataset folder: whose versions, the rights it was built for, and every file with its hash."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated

from pydantic import AfterValidator, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from tasrih.dataset.paths import visible
from tasrih.errors import MissingError, unreadable
from tasrih.files import file_sha256
from tasrih.register import flaw
from tasrih.version import __version__

NAME = "manifest.json"
REQUIRED = ("README.md", "croissant.json")
"""The documents that no dataset is without."""


def _inside(path: str) -> str:
    """A path that is one below a folder, on every system, and in the only spelling of it."""
    is_plain = path.isprintable() and "\\" not in path and PurePosixPath(path).as_posix() == path
    rooted = PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive
    if not is_plain or rooted or path == "." or ".." in PurePosixPath(path).parts:
        raise ValueError(f"{path!r} leads out of the folder")
    return path


_Path = Annotated[str, AfterValidator(_inside)]
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class File:
    """A Parquet file of a dataset or shard: its name, what it holds, and its hashes."""

    __pydantic_config__ = _STRICT
    path: _Path
    config: str
    split: str
    rows: int
    bytes: int
    sha256: str
    digest: str


@dataclass(frozen=True)
class Document:
    """A file that is no table: the card, a licence."""

    __pydantic_config__ = _STRICT
    path: _Path
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a manifest says.

    `version` is that of the corpus, None when it has none; `tasrih` is that of the package that made the folder.
    """

    version: str | None
    tasrih: str
    rights: Annotated[str, StringConstraints(pattern="^(all|redistributable|partial)$")]
    files: tuple[File, ...]
    documents: tuple[Document, ...]

    @property
    def listed(self) -> dict[str, File | Document]:
        """Every file by its path."""
        every: list[File | Document] = [*self.files, *self.documents]
        return {file.path: file for file in every}


def write(folder: Path, version: str | None, rights: str, files: Iterable[File]) -> None:
    """Writes the manifest of a folder that is otherwise complete; `files` are its tables."""
    tables = tuple(files)
    others = visible(folder).keys() - {table.path for table in tables} - {NAME}
    documents = (Document(path, (folder / path).stat().st_size, file_sha256(folder / path)) for path in sorted(others))
    manifest = asdict(Manifest(version, __version__, rights, tables, tuple(documents)))
    (folder / NAME).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8", newline="\n")


def read(folder: Path) -> Manifest:
    """The manifest of a folder. Raises TasrihError when there is none, and ValueError when it is damaged."""
    if not (folder / NAME).is_file():
        raise MissingError(f"not a dataset, for want of a {NAME}. Build it first.", path=folder)
    try:
        data = (folder / NAME).read_bytes()
    except OSError as error:
        raise unreadable(folder / NAME, error) from error
    try:
        manifest = TypeAdapter(Manifest).validate_json(data, strict=True)
    except ValidationError as error:
        raise ValueError(flaw(error)) from error
    if len(manifest.listed) < len(manifest.files) + len(manifest.documents):
        raise ValueError("a file is listed twice")
    return manifest
