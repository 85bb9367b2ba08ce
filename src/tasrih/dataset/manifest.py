"""The manifest of a dataset folder: whose versions, the rights it was built for, and every file with its hash."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import tasrih
from tasrih.dataset.folder import visible
from tasrih.dataset.shards import File, sha256
from tasrih.errors import TasrihError

NAME = "manifest.json"
_Listed = TypeVar("_Listed", "Document", File)


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
    documents = (Document(path, (folder / path).stat().st_size, sha256(folder / path)) for path in sorted(others))
    manifest = asdict(Manifest(version, tasrih.__version__, rights, tables, tuple(documents)))
    (folder / NAME).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")


def read(folder: Path) -> Manifest:
    """The manifest of a folder. Raises TasrihError when there is none, and ValueError when it is damaged."""
    try:
        data = (folder / NAME).read_bytes()
    except OSError as error:
        raise TasrihError(
            f"{folder}: not a dataset, for want of a {NAME} ({error.strerror}). Build it first."
        ) from error
    manifest = _manifest(json.loads(data))
    if len(manifest.listed) < len(manifest.files) + len(manifest.documents):
        raise ValueError("a file is listed twice")
    return manifest


def _manifest(value: Any) -> Manifest:
    match value:
        case {
            "version": str() | None as version,
            "tasrih": str(made_by),
            "rights": "all" | "redistributable" as rights,
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
    return kind(**value)
