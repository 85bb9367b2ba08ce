"""A dataset at a URL: in an object store, where what is written is there whole or not at all, and nothing is renamed.

Workers write their shards below the prefix `_unfinished`, from where the store copies them to their names in the end;
the card and the manifest come last. An earlier dataset cannot be replaced in one step, and so is not replaced.
"""

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import pyarrow as pa
from pydantic import TypeAdapter

from tasrih.dataset import dependencies, groups, manifest, shards
from tasrih.dataset.paths import visible
from tasrih.dataset.shards import Portion, Shard
from tasrih.dataset.signals import tidily
from tasrih.errors import ArgumentError, RefusedError, TasrihError
from tasrih.reading import fetched, reaching, remote

UNFINISHED = "_unfinished"
_PLACED = f"{UNFINISHED}/placed.json"
"""Lists what is about to get its name, so that a build that goes on knows it for its own."""
_OURS = re.compile(rf"{UNFINISHED}/(placed\.json|shards(-redistributable)?/\d{{5,}}/[a-z_.-]+)")
_LAST = (*manifest.REQUIRED, manifest.NAME)


_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")  # of two letters at least: one is a disk of Windows


def is_store(target: str) -> bool:
    """Whether a dataset goes to an object store. Raises TasrihError for one that was mistyped, or names no place."""
    scheme, _, place = target.partition("://")
    if place.strip("/") and scheme:
        return True
    if _SCHEME.match(target):
        raise ArgumentError("is no whole URL: scheme://place/prefix. For a folder of this name: ./", path=target)
    return False


@contextmanager
def below(url: str, *, keep: bool) -> Iterator[str]:
    """The prefix to work below, which is gone in the end; with `keep` it stays when the work is broken off.

    Raises TasrihError when something is at the URL already that an unfinished build did not put there, or when it
    cannot be reached.
    """
    with tidily():
        with reaching(url):
            _refuse(url, keep=keep)
        try:
            yield f"{url.rstrip('/')}/{UNFINISHED}"
        except BaseException:
            if not keep:
                with suppress(TasrihError), reaching(url):  # what broke it off is told, whatever happens now
                    _remove(url, _placed(url))
                    _clear(url)
            raise
        with reaching(url):
            _clear(url)


def _refuse(url: str, *, keep: bool) -> None:
    if set(url) & set("*?[]"):
        raise RefusedError("has one of * ? [ ] in it, which file systems take for patterns. Choose another.", path=url)
    names = _names(url)
    known = {*_placed(url)} if keep else set()
    odd = [name for name in names if name not in known and not _OURS.fullmatch(name)]
    if odd or manifest.NAME in names:
        raise RefusedError(
            f"something is there ({(odd or [manifest.NAME])[0]}), which no store replaces in one step. Choose another "
            "prefix, or remove it.",
            path=url,
        )
    if names and not keep:
        raise RefusedError(
            "an unfinished build is there, or one is at work. Go on with --resume if none is, or remove it.", path=url
        )


def _names(url: str) -> list[str]:
    """The names of all objects at a URL."""
    system, root = remote(url)
    system.invalidate_cache()
    root = root.rstrip("/")
    return sorted(name[len(root) :].lstrip("/") for name in system.find(root))


def _placed(url: str) -> list[str]:
    """What an unfinished build was about to give its name."""
    system, root = remote(url)
    path = f"{root.rstrip('/')}/{_PLACED}"
    return TypeAdapter(list[str]).validate_json(system.cat_file(path)) if system.exists(path) else []


def _remove(url: str, names: Sequence[str]) -> None:
    system, root = remote(url)
    there = set(names) & set(_names(url))
    if there:
        system.rm([f"{root.rstrip('/')}/{name}" for name in sorted(there)])


def _clear(url: str) -> None:
    """Removes what was put below the prefix to work in."""
    system, root = remote(url)
    place = f"{root.rstrip('/')}/{UNFINISHED}"
    if system.exists(place):
        system.rm(place, recursive=True)


def build_shard(schemas: Mapping[str, pa.Schema], target: str, source: Portion) -> Shard:
    """The same as `tasrih.dataset.shards.build_shard` below a URL: the shard is made here, and written there.

    What says that it is finished is written last.
    """
    place = f"{target}/{source.number:05}"
    given = dependencies.of_input(source.parts, source.within, source.moved, schemas)
    with reaching(place):
        finished = _finished(place, given)
    if finished:
        return finished
    with tempfile.TemporaryDirectory(prefix="tasrih-") as folder:
        row = shards.build_shard(schemas, folder, source)
        if not row.errors:
            with reaching(place):
                _write_shard(Path(folder, f"{source.number:05}"), place)
    return row


def _finished(place: str, given: str) -> Shard | None:
    """What a shard of this input came to, if all of it is there, of the right size: a store keeps bytes as they are."""
    system, path = remote(place)
    system.invalidate_cache()
    sizes = {name.rpartition("/")[2]: about["size"] for name, about in system.find(path, detail=True).items()}
    needed = {shards.MEMBERS, groups.keys_of(shards.MEMBERS), shards.ROW}
    if not needed <= sizes.keys():
        return None
    made = shards.finished(fetched(f"{place}/{shards.ROW}"), given)
    return made if made and all(sizes.get(file.path) == file.bytes for file in made.files) else None


def _write_shard(folder: Path, place: str) -> None:
    system, path = remote(place)
    if system.exists(f"{path}/{shards.ROW}"):
        system.rm_file(f"{path}/{shards.ROW}")
    for file in sorted(folder.iterdir(), key=lambda file: (file.name == shards.ROW, file.name)):
        system.put_file(str(file), f"{path}/{file.name}")


def publish(url: str, complete: Callable[..., None], tables: Mapping[str, str]) -> None:
    """Gives the tables at some URLs the names that they have in the dataset, and adds what completes it.

    `complete` writes that to a folder, and takes the `places` of the tables. Raises TasrihError when something
    has come to the URL meanwhile, or it cannot be reached.
    """
    with tempfile.TemporaryDirectory(prefix="tasrih-") as folder, reaching(url):
        complete(Path(folder), places=tables)
        _refuse(url, keep=True)
        _name(url, tables, {name: path for name, path in visible(Path(folder)).items() if name not in tables})


def _name(url: str, tables: Mapping[str, str], files: Mapping[str, Path]) -> None:
    system, root = remote(url)
    root = root.rstrip("/")
    names = sorted({*tables, *files})
    _remove(url, [name for name in _placed(url) if name not in names])
    system.pipe_file(f"{root}/{_PLACED}", json.dumps(names).encode())
    given = sorted(tables)
    system.copy([remote(tables[name])[1] for name in given], [f"{root}/{name}" for name in given])
    for name in sorted(files, key=lambda name: (_LAST.index(name) if name in _LAST else -1, name)):
        system.put_file(str(files[name]), f"{root}/{name}")
