"""The canonical form of record files, so that a diff shows what changed and nothing else."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from tasrih import record
from tasrih.errors import InvalidError, TasrihError, WithheldError
from tasrih.keys import refuse_repeated
from tasrih.reading import Document, documents
from tasrih.resources import REGISTER, corpus_in
from tasrih.standoff.models import model_of

Model = TypeVar("Model", bound=BaseModel)


class Change(NamedTuple):
    """A file before and after."""

    file: str
    before: bytes
    after: bytes


def formatted(file: str, data: bytes) -> bytes:
    """A record, or the register `entities.json`, in the canonical form.

    Raises TasrihError when it is not valid, or says something twice of which one would be lost.
    """
    model = record.Register if Path(file).name == REGISTER else model_of(data)
    return record.to_json(valid(model, Document(file, None, data)))


def valid(model: type[Model], document: Document) -> Model:
    """The record, or the register, that a document holds.

    Raises TasrihError when it cannot be read, is not valid, or says something twice of which one would be lost.
    """
    data = document.told()
    try:
        found = model.model_validate_json(data)
    except ValidationError as error:
        if model is record.Article and model_of(data) is not model:
            raise WithheldError(document.file, document.line) from error
        why = f"not a valid record; `tasrih validate {document.file}` says why."
        raise InvalidError(why, path=document.file, line=document.line) from error
    refuse_repeated(document.place, data)
    return found


def changes(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Change | TasrihError]:
    """The files that are not in the canonical form, as they are and as they should be; errors for invalid ones."""
    for file in _files(paths):
        try:
            before = Document(file).told()
            after = formatted(file, before)
        except TasrihError as error:
            yield error
        else:
            if before != after:
                yield Change(file, before, after)


def _files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[str]:
    for path in paths:
        yield from (document.file for document in documents([path]) if document.line is None)
        register = (corpus_in(path) or Path(path)) / REGISTER
        yield from [str(register)] if register.is_file() else []
