"""From full records to stand-off ones: of articles whose words may not be passed on, what we say about them may."""

import os
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import orjson

from tasrih import arguments
from tasrih.errors import InvalidError, RefusedError, TasrihError, attempted
from tasrih.files import writer
from tasrih.formatting import valid
from tasrih.outputs import Converted
from tasrih.reading import Document, documents
from tasrih.record import Json, Register, to_json
from tasrih.register import union
from tasrih.resources import REGISTER, corpus_around, home_of
from tasrih.standoff.models import is_standoff, model_of, standoff, withheld
from tasrih.text.words import folded_words

_TELLING = 8  # words in a row that are those of the text are no longer a name, but the text
Sources = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


def withhold(records: Sources, out: str | os.PathLike[str], *, force: bool = False) -> Path:
    """Writes records without their words to the corpus folder `out`, with their register, and returns it.

    Raises TasrihError when a path does not exist, and with a list of them when articles cannot be written; all others
    are.
    """
    put = writer(os.fspath(arguments.path("out", out)), several=True, force=force)
    paths = [arguments.path("records", one) for one in arguments.several(records)]
    refuse_home(paths, out)
    made = (
        item if isinstance(item, TasrihError) else attempted(item.name, "written", partial(put, item.name, item.data))
        for item in withheld_files(paths)
    )
    errors = [str(error) for error in made if error]
    if errors:
        raise InvalidError("Not all articles could be withheld:", *errors)
    return Path(out)


def refuse_home(paths: Iterable[str | os.PathLike[str]], out: str | os.PathLike[str]) -> None:
    """Raises RefusedError when `out` is the corpus folder that records are read from: what they have would be lost."""
    homes = {os.path.realpath(home) for path in paths if (home := corpus_around(path))}
    if os.path.realpath(out) in homes:
        raise RefusedError("holds the records that are read. Choose another --out.", path=out)


def withheld_files(records: Sources) -> Iterator[Converted | TasrihError]:
    """The files of a corpus without words: its stand-off records and its register; errors for what cannot be one.

    Records that are stand-off ones already are taken as they are. Raises TasrihError when a path does not exist.
    """
    paths = [arguments.path("records", one) for one in arguments.several(records)]
    found = list(documents(paths))
    yield from register_of_all(paths)
    for document in found:
        yield attempted(document.place, "withheld", partial(_withheld, document))


def register_of_all(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Converted]:
    """The register of the corpora that some paths are in, if there is any."""
    homes = dict.fromkeys(home for path in paths if (home := home_of(path)))
    files = [home / REGISTER for home in homes if (home / REGISTER).is_file()]
    if files:
        yield Converted(REGISTER, to_json(Register(schema_version="1.0", entities=tuple(union(files)))))


def _withheld(document: Document) -> Converted:
    record: Json = valid(model_of(document.told()), document).model_dump(mode="json", exclude_unset=True)
    kept: Json = record if is_standoff(record) else withheld(record)
    texts = [paragraph["text"] for paragraph in record["paragraphs"] if "text" in paragraph]
    if texts and record["metadata"]["rights"]["redistribution"] != "permitted":
        _refuse_telling(document, kept, texts)
    return Converted(file_of(kept), to_json(standoff().model_validate_json(orjson.dumps(kept))))


def file_of(record: Json) -> str:
    """Where a record lies in a corpus folder."""
    return f"articles/{record['metadata']['collection']}/{record['id']}.json"


def _refuse_telling(document: Document, kept: Json, texts: Iterable[str]) -> None:
    """Raises TasrihError when what stays of a record has a part of the text in it; the name of an entity is a fact."""
    told = {run for text in texts for run in _runs(text)}
    _refuse_row(document, [entity["name"] for entity in kept["entities"]], told)
    nameless = {**kept, "entities": [{**entity, "name": ""} for entity in kept["entities"]]}
    for said in _strings(nameless):
        if not told.isdisjoint(chain(_runs(said), _runs(_unquoted(said)))):
            raise InvalidError(
                f"{arguments.shown(said)} repeats {_TELLING} words of the text, which may not be passed on. Say it "
                "in fewer or other words.",
                path=document.file,
                line=document.line,
            )


def _refuse_row(document: Document, names: list[str], told: set[tuple[str, ...]]) -> None:
    """Raises TasrihError when names, one after the other, give back what the text says: a title and its holder."""
    single = {run for name in names for run in _runs(name)}
    if not told.isdisjoint(set(_runs(" ".join(names))) - single):
        raise InvalidError(
            f"The names of its entities in a row repeat {_TELLING} words of the text, which may not be passed on. List "
            "them in another order: by type, say, and then by name.",
            path=document.file,
            line=document.line,
        )


def _unquoted(said: str) -> str:
    """What an address says in a browser, or one that is quoted in another."""
    return unquote(unquote(said))


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = folded_words(text)
    return (tuple(found[start : start + _TELLING]) for start in range(len(found) - _TELLING + 1))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)
