"""The files of a dataset against its manifest: all there, none besides, and called as they are due."""

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tasrih.dataset import manifest as manifests
from tasrih.dataset.card import promised
from tasrih.dataset.configs import ARTICLES, QUESTIONS, SAMPLE, STANDOFF, configs, table_path
from tasrih.dataset.manifest import Document, File, Manifest
from tasrih.dataset.paths import entries, leads_outside
from tasrih.dataset.questions import question_path
from tasrih.dataset.splits import SPLITS
from tasrih.dataset.verify import Fault
from tasrih.files import file_sha256
from tasrih.reading import is_litter
from tasrih.terminal import progress


def faults(folder: Path, manifest: Manifest) -> Iterator[Fault]:
    """What is wrong with the files of a folder, whatever they hold."""
    yield from _files(folder, manifest)
    yield from _names(manifest)


def _files(folder: Path, manifest: Manifest) -> Iterator[Fault]:
    """Files that are missing, unlisted, not the listed ones, or none."""
    found = {Path(entry).relative_to(folder): entry for entry in entries(folder)}
    there = {path.as_posix() for path, entry in found.items() if not is_litter(path) and not _is_folder(entry)}
    listed = manifest.listed
    for path in sorted(there - listed.keys() - {manifests.NAME}):
        yield Fault(path, "the manifest does not list it")
    for path in sorted(_due(folder) - listed.keys()):
        yield Fault(path, "the manifest lacks it, and the dataset should have it")
    for path, file in progress(sorted(listed.items()), "files"):
        if path not in there:
            yield Fault(path, "it is missing")
        elif leads_outside(folder, path) or not (folder / path).is_file():
            yield Fault(path, "it is no file of the folder, but a device, or a link that leads elsewhere")
        else:
            yield from _content(folder / path, path, file)


def _due(folder: Path) -> set[str]:
    """The documents that every dataset has, and those of which its card speaks."""
    try:
        card = (folder / "README.md").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        card = ""
    return {*manifests.REQUIRED, *promised(card)}


def _is_folder(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False)


def _content(place: Path, path: str, file: File | Document) -> Iterator[Fault]:
    try:
        size, digest = place.stat().st_size, file_sha256(place)
    except OSError as error:
        yield Fault(path, f"it cannot be read ({error.strerror})")
        return
    if size != file.bytes:
        yield Fault(path, f"it has {size} bytes, and {file.bytes} by the manifest")
    elif digest != file.sha256:
        yield Fault(path, "its SHA-256 is not that of the manifest")


def _tables(manifest: Manifest) -> Iterator[tuple[str, str]]:
    """The tables that a dataset with these articles has, and their configs."""
    for articles, beside in zip(ARTICLES, (configs(manifest.rights), STANDOFF.values()), strict=True):
        shards = Counter(file.split for file in manifest.files if file.config == articles)
        for split, count in shards.items():
            yield from ((table_path(config, split, n, count), config) for config in beside for n in range(count))


def _names(manifest: Manifest) -> Iterator[Fault]:
    """Tables that are not called by their config, split and number: every config has as many as its articles."""
    due = dict(_tables(manifest)) or {table_path(config, "train"): config for config in configs(manifest.rights)}
    extra = {table_path(SAMPLE, split): SAMPLE for split in SPLITS}
    extra |= {question_path(config): config for config in QUESTIONS}
    for file in manifest.files:
        if {**extra, **due}.get(file.path) != file.config or not file.path.startswith(
            f"data/{file.config}/{file.split}-"
        ):
            yield Fault(file.path, f"no such table of {file.config} belongs in the dataset")
    yield from (Fault(path, "the manifest lacks it") for path in due if path not in manifest.listed)
