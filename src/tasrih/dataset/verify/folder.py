"""Whether a dataset folder is what a build makes: its files, columns, keys, spans and splits."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import orjson

from tasrih import arguments
from tasrih.dataset import manifest as manifests
from tasrih.dataset.manifest import Manifest
from tasrih.dataset.verify import Fault, files
from tasrih.dataset.verify.loading import unreadable
from tasrih.dataset.verify.tables import Tables
from tasrih.errors import InvalidError

_TOLD = 5


def verify(dataset: str | os.PathLike[str]) -> list[Fault]:
    """What is wrong with a dataset folder; nothing when it is whole, and what a build of its articles would be.

    Looked at are the files against the manifest, the columns against the package, every row of a config against its
    article, every span against its text, and the splits: no group of articles may be in two. What is whole so far is
    loaded as `datasets` does it. Of faults that are alike, the first in a row group is told. Raises TasrihError when
    the folder is not a dataset.

    >>> folder = tasrih.build("dataset", "harbour/corpus")
    >>> _ = (folder / "README.md").write_text("")
    >>> [fault.file for fault in tasrih.verify(folder)]
    ['README.md']
    """
    folder = arguments.dataset(dataset)
    try:
        manifest = manifests.read(folder)
    except ValueError as error:
        return [Fault(manifests.NAME, f"it is damaged ({error})")]
    return _faults(folder, manifest) or list(_version(folder, manifest))


def whole(folder: Path) -> Manifest:
    """The manifest of a dataset folder; its version is for the hub to judge. Raises TasrihError for faults."""
    try:
        manifest = manifests.read(folder)
        faults = _faults(folder, manifest)
    except ValueError as error:
        faults = [Fault(manifests.NAME, f"it is damaged ({error})")]
    if faults:
        told = map(str, faults[:_TOLD])
        raise InvalidError("not whole; `tasrih verify` lists all that is wrong. Build it again.", *told, path=folder)
    return manifest


def _faults(folder: Path, manifest: Manifest) -> list[Fault]:
    with ExitStack() as stack:
        found = [*files.faults(folder, manifest), *Tables(folder, manifest, stack).faults()]
    return found or [Fault(file, why) for file, why in unreadable(folder, manifest)]


def _version(folder: Path, manifest: Manifest) -> Iterator[Fault]:
    """A version that is not that of the description, which the manifest has the hash of."""
    try:
        described = orjson.loads((folder / "croissant.json").read_bytes()).get("version")
    except (OSError, ValueError, AttributeError) as error:
        yield Fault("croissant.json", f"it tells no version ({error!r})")
        return
    if described != manifest.version:
        yield Fault(manifests.NAME, f"its version is {manifest.version!r}, and {described!r} by croissant.json")
