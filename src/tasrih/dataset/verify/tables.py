"""The tables of a dataset, looked through side by side: columns, rows, digests and splits."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tasrih.dataset import CONFIGS
from tasrih.dataset.configs import ARTICLES, HASHES, NAMES, SAMPLE, STANDOFF, table_beside
from tasrih.dataset.digests import Digest
from tasrih.dataset.manifest import File, Manifest
from tasrih.dataset.parquet import Following, first_articles, joined, row_group, table
from tasrih.dataset.paths import leads_outside
from tasrih.dataset.questions import question_groups, question_path, questions
from tasrih.dataset.schemas import schema
from tasrih.dataset.splits import SPLITS
from tasrih.dataset.verify import Fault
from tasrih.dataset.verify.rows import differences, without_words, wrong
from tasrih.dataset.verify.splits import Seen
from tasrih.terminal import progress


class Tables:
    """The Parquet files of a folder, looked through side by side."""

    def __init__(self, folder: Path, manifest: Manifest, stack: ExitStack) -> None:
        self._folder, self._rights, self._stack = folder, manifest.rights, stack
        self._files = {file.path: file for file in manifest.files if file.config in NAMES and file.split in SPLITS}
        self._opened: dict[str, pq.ParquetFile] = {}
        self._seen = Seen(folder)

    def faults(self) -> Iterator[Fault]:
        """Those in what the tables hold."""
        for file in self._files.values():
            yield from self._open(file)
        for file in progress(list(self._files.values()), "tables"):
            if file.config in ARTICLES and file.path in self._opened:
                yield from self._shard(file)
            elif file.config == SAMPLE and file.path in self._opened:
                yield from self._sample(file)
        yield from self._questions()
        yield from self._seen.leaks()

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
        beside = [*CONFIGS, HASHES] if articles.config == "articles" else list(STANDOFF)
        paths = {config: table_beside(articles.path, config) for config in beside}
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
        is_standoff = files["articles"].config != "articles"
        found = wrong(batches, self._rights, is_standoff=is_standoff)
        if not any(flaw.config == "articles" for flaw in found):
            readable = ~without_words(batches, self._rights, is_standoff=is_standoff)
            self._seen.note(files["articles"], number, first["articles"], batches["articles"], readable)
        return [Fault(files[config].path, why, first[config] + row, column) for config, row, column, why in found]

    def _sample(self, file: File) -> Iterator[Fault]:
        articles = self._articles()
        if not articles:
            return
        try:
            due = first_articles(self._folder, articles, file.rows)
        except (OSError, pa.ArrowException) as error:
            yield _unreadable(file, error)
            return
        yield from self._compared(file, due, "is not what the article has")

    def _articles(self) -> list[File]:
        return [self._files[path] for path in self._opened if self._files[path].config in ARTICLES]

    def _questions(self) -> Iterator[Fault]:
        """Questions that are not those about the articles of the test split."""
        try:
            made = questions(self._folder, self._articles())
        except (OSError, pa.ArrowException):  # told of the articles
            return
        for config, asked in made.items():
            path = question_path(config)
            if path in self._opened:
                due = joined(list(question_groups(config, asked)), schema(config))
                yield from self._compared(self._files[path], due, "is not what its article makes it")
            elif asked and path not in self._files:
                yield Fault(path, "the manifest lacks it")

    def _compared(self, file: File, due: pa.RecordBatch, why: str) -> Iterator[Fault]:
        """Where a table that is no part of a shard is not as it is due."""
        try:
            parquet = self._opened[file.path]
            batches = [row_group(parquet, number) for number in range(parquet.num_row_groups)]
        except (OSError, pa.ArrowException) as error:
            yield _unreadable(file, error)
            return
        digest = Digest()
        for batch in batches:
            digest.update(batch)
        found = list(differences(file.config, joined(batches, due.schema), due, why))
        yield from (Fault(file.path, why, row, column) for _, row, column, why in found)
        if not found:
            yield from _undigested({file.config: file}, {file.config: digest})


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
    due, found = schema(file.config), parquet.schema_arrow
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
