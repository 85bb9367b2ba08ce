"""The canonical form of record files, so that a diff shows what changed and nothing else."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from tasrih import record
from tasrih.errors import InvalidError, TasrihError, unreadable
from tasrih.keys import refuse_repeated
from tasrih.reading import documents, read_bytes
from tasrih.standoff.models import model_of


class Change(NamedTuple):
    """A file before and after."""

    file: str
    before: bytes
    after: bytes


def formatted(file: str, data: bytes) -> bytes:
    """A record, or the register `entities.json`, in the canonical form.

    Raises TasrihError when it is not valid, or says something twice of which one would be lost.
    """
    try:
        document = (record.Register if Path(file).name == "entities.json" else model_of(data)).model_validate_json(data)
    except ValidationError as error:
        raise InvalidError(f"not a valid record; `tasrih validate {file}` says why.", path=file) from error
    refuse_repeated(file, data)
    return record.to_json(document)


def changes(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Change | TasrihError]:
    """The files that are not in the canonical form, as they are and as they should be; errors for invalid ones."""
    for file in _files(paths):
        try:
            before = read_bytes(file)
            after = formatted(file, before)
        except OSError as error:
            yield unreadable(file, error)
        except TasrihError as error:
            yield error
        else:
            if before != after:
                yield Change(file, before, after)


def _files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    for path in paths:
        yield from (document.file for document in documents([path]) if document.line is None)
        register = Path(path, "entities.json")
        yield from [str(register)] if register.is_file() else []
