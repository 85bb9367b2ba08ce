"""Whether a dataset folder is what a build makes: its files, columns, keys, spans and splits."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from tasrih import arguments
from tasrih.dataset import manifest as manifests
from tasrih.dataset.card import promised
from tasrih.dataset.configs import HASHES, SAMPLE, configs, table_beside, table_path
from tasrih.dataset.digests import Digest
from tasrih.dataset.features import ALL
from tasrih.dataset.manifest import Document, File, Manifest, sha256
from tasrih.dataset.paths import entries, leads_outside
from tasrih.dataset.rights import missing
from tasrih.dataset.rows import Following, first_articles, joined, row_group, table
from tasrih.dataset.splits import SPLITS
from tasrih.dataset.verify.loading import unreadable
from tasrih.dataset.verify.rows import differences, wrong
from tasrih.dataset.verify.splits import Seen
from tasrih.errors import TasrihError
from tasrih.reading import is_litter
from tasrih.terminal import one_line, progress

_TOLD = 5


@dataclass(frozen=True, repr=False)
class Fault:
    """What is wrong with a dataset: the file, where it can be told the row (from 0) and the column, and why."""

    file: str
    why: str
    row: int | None = None
    column: str | None = None

    def __repr__(self) -> str:
        return one_line(f"<Fault {self}>")

    def __str__(self) -> str:
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{row}{column}: {self.why}"


def verify(dataset: str | os.PathLike[str]) -> list[Fault]:
    """What is wrong with a dataset folder; nothing when it is whole, and what a build of its articles would be.

    Looked at are the files against the manifest, the columns against the package, every row of a config against its
    article, every span against its text, and the splits: no group of articles may be in two. What is whole so far is
    loaded as `datasets` does it. Of faults that are alike, the first in a row group is told. Raises TasrihError when
    the folder is not a dataset.
    """
    folder = Path(arguments.path("dataset", dataset))
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
        raise TasrihError(f"{folder}: not whole; `tasrih verify` lists all that is wrong. Build it again.", *told)
    return manifest


def _faults(folder: Path, manifest: Manifest) -> list[Fault]:
    with ExitStack() as stack:
        tables = _Tables(folder, manifest, stack)
        found = [*_files(folder, manifest), *_names(manifest), *tables.faults()]
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
        size, digest = place.stat().st_size, sha256(place)
    except OSError as error:
        yield Fault(path, f"it cannot be read ({error.strerror})")
        return
    if size != file.bytes:
        yield Fault(path, f"it has {size} bytes, and {file.bytes} by the manifest")
    elif digest != file.sha256:
        yield Fault(path, "its SHA-256 is not that of the manifest")


def _names(manifest: Manifest) -> Iterator[Fault]:
    """Tables that are not called by their config, split and number: every config has as many as `articles`."""
    shards = Counter(file.split for file in manifest.files if file.config == "articles") or {"train": 1}
    parts = [(split, number, count) for split, count in shards.items() for number in range(count)]
    due = {table_path(config, *part): config for config in configs(manifest.rights) for part in parts}
    due |= {table_path(SAMPLE, split): SAMPLE for split in SPLITS}
    for file in manifest.files:
        if due.pop(file.path, None) != file.config or not file.path.startswith(f"data/{file.config}/{file.split}-"):
            yield Fault(file.path, f"no such table of {file.config} belongs in the dataset")
    yield from (Fault(path, "the manifest lacks it") for path, config in due.items() if config != SAMPLE)


class _Tables:
    """The Parquet files of a folder, looked through side by side."""

    def __init__(self, folder: Path, manifest: Manifest, stack: ExitStack) -> None:
        self._folder, self._rights, self._stack = folder, manifest.rights, stack
        self._files = {file.path: file for file in manifest.files if file.config in ALL and file.split in SPLITS}
        self._opened: dict[str, pq.ParquetFile] = {}
        self._seen = Seen(folder)

    def faults(self) -> Iterator[Fault]:
        """Those in what the tables hold."""
        for file in self._files.values():
            yield from self._open(file)
        for file in progress(list(self._files.values()), "tables"):
            if file.config == "articles" and file.path in self._opened:
                yield from self._shard(file)
            elif file.config == SAMPLE and file.path in self._opened:
                yield from self._sample(file)
        yield from (Fault(leak.file, leak.why, leak.row, "id") for leak in self._seen.leaks())

    def _open(self, file: File) -> Iterator[Fault]:
        if leads_outside(self._folder, file.path) or not (self._folder / file.path).is_file():
            return
        try:
            parquet = self._stack.enter_context(table(self._folder / file.path))
            faults = list(_columns(file, parquet))
        except (OSError, pa.ArrowException) as error:
            faults = [_unreadable(file, error)]
        if not faults:
            self._opened[file.path] = parquet
        yield from faults

    def _shard(self, articles: File) -> list[Fault]:
        """The same articles in every config."""
        paths = {config: table_beside(articles.path, config) for config in ALL if config != SAMPLE}
        files = {config: self._files[path] for config, path in paths.items() if path in self._opened}
        following = {
            config: Following(self._opened[file.path]) for config, file in files.items() if config != "articles"
        }
        digests = {config: Digest() for config in files}
        groups = range(self._opened[articles.path].num_row_groups)
        found = [fault for number in groups for fault in self._row_group(files, following, digests, number)]
        return found or [*_left(files, following), *_undigested(files, digests)]

    def _row_group(
        self, files: dict[str, File], following: dict[str, Following], digests: dict[str, Digest], number: int
    ) -> list[Fault]:
        """The faults of some articles in every config."""
        parquet = self._opened[files["articles"].path]
        config = "articles"
        try:
            batches = {config: row_group(parquet, number)}
            ids = set(batches[config].column("id").to_pylist())
            for config, rows in following.items():
                batches[config] = rows.of(ids)
        except (OSError, pa.ArrowException) as error:
            return [_unreadable(files[config], error)]
        for config, batch in batches.items():
            digests[config].update(batch)
        first = {config: rows.first for config, rows in following.items()}
        first["articles"] = sum(parquet.metadata.row_group(earlier).num_rows for earlier in range(number))
        found = wrong(batches, self._rights)
        if not any(flaw.config == "articles" for flaw in found):
            readable = ~missing(batches["articles"], batches.get(HASHES), self._rights)
            self._seen.note(files["articles"], number, first["articles"], batches["articles"], readable)
        return [Fault(files[config].path, why, first[config] + row, column) for config, row, column, why in found]

    def _sample(self, file: File) -> Iterator[Fault]:
        articles = [self._files[path] for path in self._opened if self._files[path].config == "articles"]
        if not articles:
            return
        try:
            parquet = self._opened[file.path]
            batches = [row_group(parquet, number) for number in range(parquet.num_row_groups)]
            due = first_articles(self._folder, articles, file.rows)
        except (OSError, pa.ArrowException) as error:
            yield _unreadable(file, error)
            return
        digest = Digest()
        for batch in batches:
            digest.update(batch)
        found = list(differences(SAMPLE, joined(batches, due.schema), due, "is not what the article has"))
        yield from (Fault(file.path, why, row, column) for _, row, column, why in found)
        if not found:
            yield from _undigested({SAMPLE: file}, {SAMPLE: digest})


def _left(files: dict[str, File], following: dict[str, Following]) -> Iterator[Fault]:
    """Rows that belong to none of the articles."""
    for config, rows in following.items():
        try:
            if not rows.is_over():
                yield Fault(files[config].path, "it is no row of the articles beside", rows.first, "article_id")
        except (OSError, pa.ArrowException) as error:
            yield _unreadable(files[config], error)


def _undigested(files: dict[str, File], digests: dict[str, Digest]) -> Iterator[Fault]:
    for config, file in files.items():
        if digests[config].hexdigest() != file.digest:
            yield Fault(file.path, "its rows have another digest than the manifest says")


def _columns(file: File, parquet: pq.ParquetFile) -> Iterator[Fault]:
    """Columns that are not those of the package, and rows that are more or fewer than listed."""
    due, found = ALL[file.config].arrow_schema, parquet.schema_arrow
    if not found.equals(due):
        odd = [field.name for field in found if field.name not in due.names or not field.equals(due.field(field.name))]
        missing = [name for name in due.names if name not in found.names]
        yield Fault(
            file.path, "it is missing, not in its place, or of another type", None, (odd + missing + due.names)[0]
        )
    elif found.metadata != due.metadata:
        yield Fault(file.path, "the features in its metadata are not those of the package")
    if any(not parquet.metadata.row_group(number).num_rows for number in range(parquet.num_row_groups)):
        yield Fault(file.path, "it has a row group without rows, which `datasets` cannot read")
    if parquet.metadata.num_rows != file.rows:
        yield Fault(file.path, f"it has {parquet.metadata.num_rows} rows, and {file.rows} by the manifest")


def _unreadable(file: File, error: Exception) -> Fault:
    return Fault(file.path, f"it cannot be read ({error})")
