"""Files of other formats to records, and records to files of other formats."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tasrih import arguments
from tasrih.choices import FORMATS, Format
from tasrih.errors import InvalidError, MissingError, TasrihError, attempted, unreadable
from tasrih.formatting import valid
from tasrih.interchange.tei import from_tei, to_tei
from tasrih.reading import MAX_BYTES, STDIN, Document, documents, files_below, opened
from tasrih.record import Article, to_json


class Converter(NamedTuple):
    """How a format is read and written, and how its files end."""

    suffix: str
    read: Callable[[bytes, str], Article]
    write: Callable[[Article], str]


class Converted(NamedTuple):
    """A converted article: the name of the file it belongs in, and the bytes of that file."""

    name: str
    data: bytes


CONVERTERS: dict[Format, Converter] = {"tei": Converter(".xml", from_tei, to_tei)}


def imported(paths: str | Iterable[str], kind: Format = "tei") -> Iterator[Converted | TasrihError]:
    """The records of files, of the files in folders, or of "-" (standard input); errors for what is none.

    `kind` is one of the formats.
    """
    arguments.one_of("no such format", kind, FORMATS)
    chosen = CONVERTERS[kind]
    given = (arguments.path("paths", one) for one in arguments.several(paths))
    for file in (file for one in given for file in _files(one, chosen.suffix)):
        yield attempted(file, "converted", partial(_imported, file, chosen))


def _imported(file: str, chosen: Converter) -> Converted:
    article = chosen.read(_read(file), STDIN if file == "-" else file)
    return Converted(f"{article.id}.json", to_json(article))


def _files(path: str, suffix: str) -> list[str]:
    is_folder = os.path.isdir(path)  # noqa: PTH112
    found = [str(file) for file in files_below(Path(path)) if file.suffix == suffix] if is_folder else []
    return found or [path]


def _read(file: str) -> bytes:
    try:
        if file == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with opened(file) as stream:
                data = stream.read(MAX_BYTES + 1)
    except IsADirectoryError as error:
        raise MissingError("there is no file of this format in it.", path=file) from error
    except OSError as error:
        raise unreadable(file, error) from error
    if len(data) > MAX_BYTES:
        raise InvalidError("it is larger than 64 MiB. Give one article a file.", path=file)
    return data


def exported(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], kind: Format = "tei"
) -> Iterator[Converted | TasrihError]:
    """Records (files, folders, JSON Lines) in another format; errors for what cannot be written.

    Raises TasrihError when a path does not exist.
    """
    arguments.one_of("no such format", kind, FORMATS)
    chosen = CONVERTERS[kind]
    for document in documents([arguments.path("paths", one) for one in arguments.several(paths)]):
        yield attempted(document.place, "converted", partial(_exported, document, chosen))


def _exported(document: Document, chosen: Converter) -> Converted:
    article = valid(Article, document)
    return Converted(f"{article.id}{chosen.suffix}", chosen.write(article).encode())
