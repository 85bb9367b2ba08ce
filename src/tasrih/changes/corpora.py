"""Two versions of a corpus, article by article: only what differs is looked at closely, and nothing is kept of it."""

import hashlib
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

import orjson
from pydantic import ValidationError

from tasrih import arguments
from tasrih.changes import Change, Difference
from tasrih.changes.articles import changes, register_changes
from tasrih.changes.versions import Version, is_cut, version
from tasrih.errors import InvalidError
from tasrih.reading import Document, Place, documents_in, read_again, slices
from tasrih.record import KnownEntity
from tasrih.register import invalid, union
from tasrih.resources import REGISTER, home_of
from tasrih.scoring.sides import refuse_adrift
from tasrih.validation import validate

Paths = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]


class _Entry(NamedTuple):
    """Where a record is, its collection, and a digest of what it says, however it is laid out."""

    place: Place
    line: int | None
    collection: str
    digest: bytes


def diff(old: Paths, new: Paths) -> Iterator[Difference]:
    """What became of each article from one version of a corpus to another: a `Difference` each, one after the other.

    Each version is a folder, JSON Lines, a built dataset, or several paths together. Articles are paired by id; they
    come in the order of `new`, then those that are gone, then the register where both versions have one. Raises
    TasrihError for what is not there, for an id that is there twice, and for a record that is not valid and differs.

    >>> [difference.kind for difference in tasrih.diff("harbour/corpus", "harbour/corpus")]
    ['same']
    """
    sides = [[arguments.path(what, path) for path in arguments.several(given)] for what, given in _named(old, new)]
    with ExitStack() as stack:
        before, after = (_indexed(_spooled(paths, stack)) for paths in sides)
        other = [name for name, entry in after.items() if name in before and before[name].digest != entry.digest]
        old_at = stack.enter_context(read_again([before[name].place for name in other]))
        new_at = stack.enter_context(read_again([after[name].place for name in other]))
        _refuse_odd(before, after)
        _refuse_odd(after, before)
        for name, entry in after.items():
            if name not in before:
                yield Difference(name, entry.collection, "added")
            elif before[name].digest == entry.digest:
                yield Difference(name, entry.collection, "same")
            else:
                found = tuple(_changes((before[name], entry), (old_at(before[name].place), new_at(entry.place))))
                yield Difference(name, entry.collection, "changed" if found else "same", found)
        yield from (
            Difference(name, entry.collection, "removed") for name, entry in before.items() if name not in after
        )
    registers = [_register(paths) for paths in sides]
    found = tuple(register_changes(*registers)) if all(registers) else ()
    if found:
        yield Difference(REGISTER, "", "changed", found)


def _named(old: Paths, new: Paths) -> tuple[tuple[str, Paths], tuple[str, Paths]]:
    return ("old", old), ("new", new)


def _register(paths: Sequence[str]) -> Mapping[str, KnownEntity]:
    homes = dict.fromkeys(filter(None, map(home_of, paths)))
    return {entity.id: entity for entity in union(home / REGISTER for home in homes)}


def _spooled(paths: Sequence[str], stack: ExitStack) -> list[str]:
    """The paths with the articles of a dataset as JSON Lines, in a file that goes when the work is done."""
    return [_lines(path, stack) if (Path(path) / "manifest.json").is_file() else path for path in paths]


def _lines(dataset: str, stack: ExitStack) -> str:
    from tasrih.dataset.stored import stored

    file = stack.enter_context(tempfile.NamedTemporaryFile(prefix="tasrih-", suffix=".jsonl"))  # noqa: SIM115
    for article in stored(Path(dataset)):
        plain = article.record.model_dump(mode="json", warnings=False)  # of words that were left out
        file.write(orjson.dumps(plain) + b"\n")
    file.flush()
    return file.name


def _indexed(paths: Sequence[str]) -> dict[str, _Entry]:
    """The records at some paths by their ids. Raises TasrihError for an id that is there twice."""
    found: dict[str, _Entry] = {}
    for part in slices(paths, sys.maxsize):
        for document in documents_in(part):
            name, collection, digest = _looked_at(document)
            if name in found:
                first = found[name].place[0].file
                told = f"the id {arguments.shown(name)} is already that of a record in {first}."
                raise InvalidError(told, path=document.file, line=document.line)
            found[name] = _Entry((part, document.offset), document.line, collection, digest)
    return found


def _refuse_odd(one: Mapping[str, _Entry], other: Mapping[str, _Entry]) -> None:
    """Raises TasrihError for what only one version has, and is no record: it neither came nor went."""
    odd = [entry for name, entry in one.items() if not entry.collection and name not in other]
    with read_again([entry.place for entry in odd]) as at:
        for entry in odd:
            _version(entry, at(entry.place), cut=False)


def _looked_at(document: Document) -> tuple[str, str, bytes]:
    """The id and the collection that a record says, and a digest of it; of what is none, of its bytes."""
    data = document.told()
    try:
        plain: Any = orjson.loads(data)
        collection = str(plain["metadata"]["collection"])
        data = orjson.dumps(_said(plain), option=orjson.OPT_SORT_KEYS)
        return str(plain["id"]), collection, hashlib.sha256(data).digest()
    except (ValueError, LookupError, TypeError, RecursionError):
        name = Path(document.file).stem if document.line is None else document.place
        return name, "", hashlib.sha256(data).digest()


def _said(value: Any) -> Any:
    """Plain data without what has no value, which may be left out."""
    if isinstance(value, dict):
        return {name: _said(inner) for name, inner in value.items() if inner is not None and inner != []}
    return list(map(_said, value)) if isinstance(value, list) else value


def _changes(entries: tuple[_Entry, _Entry], documents: tuple[Document, Document]) -> Iterator[Change]:
    """What changed in an article; what one version lacks, as datasets do, the other is without as well."""
    cut = any(is_cut(document.told()) for document in documents)
    old, new = (_version(entry, document, cut) for entry, document in zip(entries, documents, strict=True))
    return changes(old, new)


def _version(entry: _Entry, document: Document, cut: bool) -> Version:
    """Raises TasrihError for a record that is none, or has a span outside its text."""
    try:
        found = version(document.told(), cut=cut)
    except ValidationError as error:
        raise invalid(document.file, error, entry.line) from error
    except (ValueError, LookupError, TypeError) as error:
        raise InvalidError(f"no record ({error}).", path=document.file, line=entry.line) from error
    refuse_adrift(found.article, document.file)
    return found


def findings(old: Paths, new: Paths, within: str | os.PathLike[str] | None = None) -> dict[str, tuple[int, int]]:
    """How many findings of a rule there were, and how many there are, where that is not the same; by its code."""
    before, after = (validate(paths, within=within).by_code() for paths in (old, new))
    counts = {code: (before.get(code, 0), after.get(code, 0)) for code in sorted({*before, *after})}
    return {code: (one, other) for code, (one, other) in counts.items() if one != other}
