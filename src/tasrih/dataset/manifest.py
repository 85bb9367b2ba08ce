"""The manifest of a dataset folder: whose versions, the rights it was built for, and every file with its hash."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, TypeVar

import orjson

from tasrih.dataset.digests import file_sha256
from tasrih.dataset.paths import visible
from tasrih.errors import MissingError, unreadable
from tasrih.version import __version__

NAME = "manifest.json"
REQUIRED = ("README.md", "croissant.json")
"""The documents that no dataset is without."""
_Listed = TypeVar("_Listed", "Document", "File")


@dataclass(frozen=True)
class File:
    """A Parquet file of a dataset or shard: its name, what it holds, and its hashes."""

    path: str
    config: str
    split: str
    rows: int
    bytes: int
    sha256: str
    digest: str


@dataclass(frozen=True)
class Document:
    """A file that is no table: the card, a licence."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a manifest says.

    `version` is that of the corpus, None when it has none; `tasrih` is that of the package that made the folder.
    """

    version: str | None
    tasrih: str
    rights: str
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
    (folder / NAME).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a folder. Raises TasrihError when there is none, and ValueError when it is damaged."""
    if not (folder / NAME).is_file():
        raise MissingError(f"not a dataset, for want of a {NAME}. Build it first.", path=folder)
    try:
        data = (folder / NAME).read_bytes()
    except OSError as error:
        raise unreadable(folder / NAME, error) from error
    manifest = _manifest(orjson.loads(data))
    if len(manifest.listed) < len(manifest.files) + len(manifest.documents):
        raise ValueError("a file is listed twice")
    return manifest


def _manifest(value: Any) -> Manifest:
    match value:
        case {
            "version": str() | None as version,
            "tasrih": str(made_by),
            "rights": "all" | "redistributable" | "partial" as rights,
            "files": list(files),
            "documents": list(documents),
        }:
            listed = tuple(_listed(File, file) for file in files)
            return Manifest(version, made_by, rights, listed, tuple(_listed(Document, file) for file in documents))
    raise ValueError("its version, rights, files or documents are missing")


def _listed(kind: type[_Listed], value: Any) -> _Listed:
    types: dict[str, Any] = {field.name: field.type for field in fields(kind)}
    if not isinstance(value, dict) or {key: type(inner) for key, inner in value.items()} != types:
        raise ValueError("a file is not listed as it should be")
    if not _stays_inside(value["path"]):
        raise ValueError(f"{value['path']!r} leads out of the folder")
    return kind(**value)


def _stays_inside(path: str) -> bool:
    """Whether a path is one below a folder, on every system, and the only spelling of it."""
    is_plain = path.isprintable() and "\\" not in path and PurePosixPath(path).as_posix() == path
    rooted = PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive
    return is_plain and not rooted and path != "." and ".." not in PurePosixPath(path).parts
