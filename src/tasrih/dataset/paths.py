"""What lies in the folder of a dataset, and what only seems to."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from tasrih.reading import files_below, is_index


class Elsewhere:
    """Stands for a folder of which some files are elsewhere: `folder / name` is where to read one, a path or a URL."""

    def __init__(self, folder: Path, places: Mapping[str, str]) -> None:
        self._folder, self._places = folder, places

    def __truediv__(self, name: str) -> Any:
        return self._places.get(name) or self._folder / name


Folder = Path | Elsewhere


def visible(folder: Path) -> dict[str, Path]:
    """The files below a folder that are not litter (see `tasrih.reading.is_litter`), by their paths in it."""
    return {path.relative_to(folder).as_posix(): path for path in files_below(folder) if path.is_file()}


def entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    """Everything below a folder, hidden or not; links are not followed."""
    with os.scandir(folder) as found:
        for entry in sorted(found, key=lambda entry: entry.name):
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from entries(Path(entry))


def beyond(folder: Path, listed: set[str]) -> list[str]:
    """What a folder holds besides listed files and the folders that they are in, and the litter of systems."""
    expected = {str(parent) for path in listed for parent in PurePosixPath(path).parents}
    found = []
    for entry in entries(folder):
        path = Path(entry).relative_to(folder)
        known = expected if entry.is_dir(follow_symlinks=False) else listed
        is_known = path.as_posix() in known and not entry.is_symlink()
        if not is_known and not (entry.is_file(follow_symlinks=False) and _is_litter(path, listed)):
            found.append(path.as_posix())
    return found


def _is_litter(path: Path, listed: set[str]) -> bool:
    """Whether a file is worth nothing: an index of icons, or what macOS puts beside a listed file."""
    of = path.name.removeprefix("._")
    return is_index(path.name) or (of != path.name and path.with_name(of or "-").as_posix() in listed)


def leads_outside(folder: Path, path: str) -> bool:
    """Whether a path in a folder leads to a place outside by links, other than into the cache that a hub's client has.

    In that, a folder `snapshots/<commit>` holds links to the files of `blobs`.
    """
    root, place = folder.resolve(), (folder / path).resolve()
    in_cache = root.parent.name == "snapshots" and place.parent == root.parent.parent / "blobs"
    return not (place.is_relative_to(root) or in_cache)
