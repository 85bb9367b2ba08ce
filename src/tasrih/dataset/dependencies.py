"""What a shard of a build depends on, as hashes: a shard that is there is kept only where all of that is as it was."""

import hashlib
import importlib.metadata
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pyarrow as pa

from tasrih.choices import SCHEMAS
from tasrih.reading import Slice, content
from tasrih.resources import REGISTER, corpus_for, schema_path
from tasrih.validation.index import source_bytes
from tasrih.version import __version__

_READ = {".py", ".toml", ".tsv", ".txt", ".json"}
_PACKAGES = ("datasets", "jsonschema-rs", "numpy", "pyarrow", "pydantic", "rensa", "xxhash")


def of_input(
    parts: Sequence[Slice], within: str | None, moved: Mapping[str, str], schemas: Mapping[str, pa.Schema]
) -> str:
    """The hash of the records, of the registers of their corpora, of the columns, and of the programs."""
    corpora = {Path(within) if within else corpus_for(part.file) for part in parts}
    known = [
        *((part.file, part.start, part.end, part.name, _of_slice(part)) for part in parts),
        *sorted((str(corpus), _of_slice(Slice(str(corpus / REGISTER)))) for corpus in corpora),
        *sorted(moved.items()),
        *((name, schema.to_string(show_schema_metadata=True)) for name, schema in schemas.items()),
        within,
        _of_programs(),
    ]
    return _hash([repr(known).encode()])


def of_texts(sources: Iterable[tuple[str, str]]) -> str:
    """The hash of texts as received, each by the folder of its corpus and its path in that."""
    found = ((corpus, path, source_bytes(os.path.realpath(corpus), path)) for corpus, path in sources)
    return _hash(repr((corpus, path, raw and _hash([raw]))).encode() for corpus, path, raw in found)


def today() -> str:
    """The day on which something is found: what is not in the future then, is not in it later."""
    return datetime.now(UTC).date().isoformat()


@cache
def _of_programs() -> str:
    """The hash of the package with its data, and of those that have a say in what is valid and how it is written."""
    package = Path(__file__).parents[1]
    every = (file for file in sorted(package.rglob("*")) if file.suffix in _READ)
    files = [file for file in every if package / "data" not in file.parents]  # the bundled corpus is no program
    schemas = map(schema_path, SCHEMAS)
    read = [(file.name, _of_slice(Slice(str(file)))) for file in (*files, *schemas)]
    versions = [(name, importlib.metadata.version(name)) for name in _PACKAGES]
    return _hash([repr((__version__, read, versions)).encode()])


def _of_slice(part: Slice) -> str | None:
    try:
        return _hash(content(part))
    except OSError:
        return None


def _hash(pieces: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()
