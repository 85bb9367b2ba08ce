"""Files of other formats to records, and records to files of other formats."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import orjson
from pydantic import BaseModel, ValidationError

from tasrih import arguments
from tasrih.choices import FORMATS as NAMES
from tasrih.choices import Format as Name
from tasrih.errors import ArgumentError, InvalidError, TasrihError, mistake
from tasrih.formatting import valid
from tasrih.interchange.formats import Format
from tasrih.interchange.inputs import Source, sources
from tasrih.interchange.losses import left_out
from tasrih.interchange.merging import MARKED, Base, merged, named
from tasrih.interchange.registry import FORMATS
from tasrih.outputs import Converted
from tasrih.reading import Document, documents
from tasrih.record import Article, Json, to_json
from tasrih.standoff.models import is_standoff, model_of, standoff


def imported(
    paths: str | Iterable[str], kind: Name = "tei", *, onto: str | os.PathLike[str] | None = None
) -> Iterator[Converted | TasrihError]:
    """The records of files, of the files in folders, or of "-" (standard input); errors for what is none.

    An error about a part of a record comes before the record, which lacks that part. `kind` is one of the formats.
    With `onto`, a corpus, only the records come that differ from those of the same id there, which they are merged
    into: what the format cannot say is kept.
    """
    chosen = _format(kind)
    if chosen.read is None:
        raise ArgumentError(f"{kind}: this format is only written; it does not hold what a record is made of.")
    chosen.check_installed()
    if chosen.textless and onto is None:
        raise ArgumentError(f"{kind}: this format has no texts. Say with --onto of which corpus it is.")
    base = None if onto is None else Base(arguments.path("onto", onto))
    for given in [arguments.path("paths", one) for one in arguments.several(paths)]:
        yield from _told(given, _imported_at(given, chosen, base))


def _format(kind: object) -> Format:
    arguments.one_of("no such format", kind, NAMES)
    return FORMATS[kind]  # type: ignore[index]


def _told(place: str, made: Iterator[Converted | TasrihError]) -> Iterator[Converted | TasrihError]:
    """What is made, up to an error that keeps the rest from being made."""
    try:
        yield from made
    except TasrihError as error:
        yield error
    except Exception as error:  # noqa: BLE001
        yield mistake(place, "converted", error)


def _imported_at(path: str, chosen: Format, base: Base | None) -> Iterator[Converted | TasrihError]:
    for source in sources(path, chosen.suffixes[0]):
        yield from _told(source.name, _imported(source, chosen, base))


def _imported(source: Source, chosen: Format, base: Base | None) -> Iterator[Converted | TasrihError]:
    assert chosen.read is not None  # noqa: S101
    item = None
    for item in chosen.read(replace(source, onto=base.known if base else None)):
        if isinstance(item, TasrihError):
            yield item
        elif base is None:
            yield from _told(source.name, iter([_new(item, source)]))
        else:
            yield from _told(source.name, _onto(item, source, chosen, base))
    if item is None:
        yield source.error("there is no article in it.")


def _new(record: Json, source: Source) -> Converted:
    article = _validated(_named(record), source)
    return Converted(f"{record['id']}.json", to_json(article))


def _onto(record: Json, source: Source, chosen: Format, base: Base) -> Iterator[Converted | TasrihError]:
    """The record of the corpus with what changed, if anything did; before it, what referred to what is gone."""
    _validated(_named(record), source)
    document, before = base.record(record["id"], source)
    if any(map(before.get, MARKED)) and not any(map(record.get, MARKED)):
        raise source.error(f"{record['id']}: nothing is marked in it any more; the record was left as it is.")
    try:
        after, told = merged(before, record, chosen.losses)
    except InvalidError as error:
        raise source.error(f"{record['id']}: {error}") from error
    yield from (source.error(f"{record['id']}: {line}") for line in told)
    data = to_json(_validated(after, source))
    if after != before:
        yield Converted(f"{record['id']}.json", data, replaces=document.file if document.line is None else "")


def _named(record: Json) -> Json:
    """A record as it is validated; what is none stays as it is, and is told then."""
    try:
        return named(record)
    except (AttributeError, LookupError, TypeError, ValueError):
        return record


def _validated(record: Json, source: Source) -> BaseModel:
    model = standoff() if is_standoff(record) else Article
    try:
        return model.model_validate_json(orjson.dumps(record))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        why = f"{''.join(f'/{step}' for step in first['loc'])} {first['msg']}"
        raise source.error(f"what it says makes no record: {why}.") from error
    except orjson.JSONEncodeError as error:
        raise source.error(f"what it says makes no record: {error}.") from error


def exported(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]], kind: Name = "tei"
) -> Iterator[Converted | TasrihError]:
    """Records (files, folders, JSON Lines) in another format; errors for what cannot be written.

    One article may have several files. Where all have one, its pieces come as the articles do, under one name. Raises
    TasrihError when a path does not exist.
    """
    chosen = _format(kind)
    if chosen.write is None:
        raise ArgumentError(f"{kind}: this format is only read.")
    chosen.check_installed()
    found = documents([arguments.path("paths", one) for one in arguments.several(paths)])
    made = (item for document in found for item in _told(document.place, _exported(document, chosen)))
    yield from _flowing(made, chosen) if chosen.stream and not chosen.stream.parts else made
    yield from (Converted(name, data, is_around=True) for name, data in chosen.common().items())


def _flowing(made: Iterator[Converted | TasrihError], chosen: Format) -> Iterator[Converted | TasrihError]:
    """The pieces of a stream with what stands around and between them."""
    stream = chosen.stream
    assert stream is not None  # noqa: S101
    if stream.head:
        yield Converted(stream.name, stream.head, is_around=True)
    between = b""
    for item in made:
        if isinstance(item, Converted):
            yield item._replace(data=between + item.data)
            between = stream.between
        else:
            yield item
    if stream.tail:
        yield Converted(stream.name, stream.tail, is_around=True)


def _exported(document: Document, chosen: Format) -> Iterator[Converted]:
    model = model_of(document.told()) if chosen.without_words else Article
    record: Json = valid(model, document).model_dump(mode="json", exclude_unset=True)
    lost = left_out(record, chosen.losses)
    assert chosen.write is not None  # noqa: S101
    try:
        files = chosen.write(record)
    except InvalidError as error:
        raise error if error.path else InvalidError(error, path=document.file, line=document.line) from error
    for name, data in files.items():
        yield Converted(name, data, lost, source=document.file)
        lost = Counter()
