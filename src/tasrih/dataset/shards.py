"""The kernel of a build: a slice of records becomes Parquet files. Engines only decide where and when this runs."""

import dataclasses
import json
import shutil
import zlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter

from tasrih.columnar import Layout, child, strings, take
from tasrih.dataset import dependencies, groups
from tasrih.dataset.configs import HASHES, STANDOFF
from tasrih.dataset.manifest import File
from tasrih.dataset.parquet import Writer
from tasrih.dataset.rights import withheld, wordless
from tasrih.dataset.splits import SPLITS, Member, members, own_split
from tasrih.dataset.tables import cut
from tasrih.files import file_sha256, replace
from tasrih.instances import without_collecting
from tasrih.reading import Slice, line_counter
from tasrih.standoff.columns import masked_rows
from tasrih.validation.batches import examined
from tasrih.validation.findings import Finding
from tasrih.validation.inspection import Inspection, Task, inspections_of

MEMBERS = "members.arrow"
ROW = "row.json"
GROUP = 512  # articles in a row group, more or less; the flat configs follow the articles
_TOLD = 5


@dataclass(frozen=True)
class Portion:
    """A slice of the input with its number, the corpus folder of records in none, and the splits of odd groups.

    An article's split is that of its own name (see `Member`), unless `moved` has another.
    """

    number: int
    parts: tuple[Slice, ...]
    within: str | None = None
    moved: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        first, last = self.parts[0], self.parts[-1]
        place = f"{first.file} from byte {first.start}" if first.start else first.file
        return place if len(self.parts) == 1 else f"{place} to {last.file}"


@dataclass(frozen=True)
class Shard:
    """What a shard came to: its files, and how many errors its records have, the first few told.

    Of one that is kept, `given` and `texts` are the hashes of what it was made of, `day` is the one on which it was
    found without errors, `sources` are the texts that its records name, by folder and path, `members` is the hash of
    what they are judged by.
    """

    number: int
    records: int
    files: tuple[File, ...] = ()
    errors: int = 0
    told: tuple[str, ...] = ()
    given: str = ""
    day: str = ""
    sources: tuple[tuple[str, str], ...] = ()
    texts: str = ""
    members: str = ""


def build_shard(schemas: Mapping[str, pa.Schema], target: str, source: Portion, *, keep: bool = True) -> Shard:
    """Validates a slice, and writes its Parquet files and a table of their articles to a folder in `target`.

    With `keep`, a shard that is there already, whole and of the same source, is kept, and what that is known by is
    written beside it. Nothing is written for records with errors. Raises OSError when it cannot be written.
    """
    folder = Path(target, f"{source.number:05}")
    given = dependencies.of_input(source.parts, source.within, source.moved, schemas) if keep else ""
    made = _finished(folder, given) if keep else None
    if made:
        return made
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    inspections = inspections_of(list(source.parts))
    with _sparing(), _Tables(schemas, folder) as writers:
        for batch in examined(Task(_path(source.within), doubles=True), list(source.parts), inspections):
            writers.add(batch, source.moved)
    row = _row(source, inspections, writers)
    if not row.errors:
        groups.write(folder / MEMBERS, writers.members, [inspection.seen for inspection in inspections])
    if keep and not row.errors:
        row = _with_state(row, given, folder, writers, inspections)
        replace(folder / ROW, json.dumps(asdict(row)).encode())
    return row


def _path(name: str | None) -> Path | None:
    return None if name is None else Path(name)


def _with_state(row: Shard, given: str, folder: Path, writers: "_Tables", inspections: list[Inspection]) -> Shard:
    corpora = {str(around.folder) for inspection in inspections for around in inspection.folders.values()}
    sources = tuple((corpus, path) for corpus in sorted(corpora) for path in sorted(writers.sources))
    return dataclasses.replace(
        row,
        given=given,
        day=dependencies.today(),
        sources=sources,
        texts=dependencies.of_texts(sources),
        members=groups.sha256(folder / MEMBERS),
    )


def _finished(folder: Path, given: str) -> Shard | None:
    """What a shard of this input came to, if all of it is there as it was."""
    try:
        made = finished((folder / ROW).read_bytes(), given)
        if made is None:
            return None
        whole = [groups.sha256(folder / MEMBERS), *(file_sha256(folder / file.path) for file in made.files)]
    except (OSError, ValueError):
        return None
    is_whole = whole == [made.members, *(file.sha256 for file in made.files)]
    return made if is_whole else None


def finished(row: bytes, given: str) -> Shard | None:
    """What a finished shard came to, if it is of this input, and the rules would find in it what they found.

    Raises ValueError when it is damaged.
    """
    made = TypeAdapter(Shard).validate_json(row)
    is_right = (made.given, made.texts) == (given, dependencies.of_texts(made.sources))
    return made if is_right and made.day <= dependencies.today() else None


@contextmanager
def _sparing() -> Iterator[None]:
    """Freed memory is not kept by Arrow meanwhile, and no garbage is collected."""
    pool = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        with without_collecting():
            yield
    finally:
        pa.set_memory_pool(pool)


def _row(source: Portion, inspections: list[Inspection], writers: "_Tables") -> Shard:
    reports = [inspection.report for inspection in inspections]
    found = ((part, each) for part, report in zip(source.parts, reports, strict=True) for each in report.findings)
    errors = [(part, finding) for part, finding in found if finding.severity == "error"]
    lines_before = line_counter()
    told = tuple(_told(finding, lines_before(part) if part.start else 0) for part, finding in errors[:_TOLD])
    records = sum(report.records for report in reports)
    return Shard(source.number, records, writers.files, len(errors), told)


def _told(finding: Finding, before: int) -> str:
    """An error, and the line that it is in when as many are before the first of its slice."""
    place = f"{finding.file}:{finding.line + before}"
    return f"{place}: {finding.code} {finding.message} ({finding.pointer or 'the whole record'})"


class _Tables(AbstractContextManager["_Tables"]):
    """The Parquet files of a shard, one a config and split, that take articles as they come."""

    def __init__(self, schemas: Mapping[str, pa.Schema], folder: Path) -> None:
        self.files: tuple[File, ...] = ()
        self.members: list[tuple[pa.Array, ...]] = []
        self.sources: set[str] = set()
        self._schemas, self._folder = schemas, folder
        self._waiting: dict[tuple[str, bool], pa.Table] = {}
        self._open: dict[tuple[str, str], Writer] = {}
        self._stack = ExitStack()

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            for part, articles in self._waiting.items():
                if articles.num_rows:
                    self._write(*part, articles)
        self._stack.close()
        self.files = tuple(writer.file(*key) for key, writer in sorted(self._open.items()))

    def add(self, batch: pa.RecordBatch, moved: Mapping[str, str]) -> None:
        """Takes the articles of a batch, each for its split; whole row groups are written."""
        self.sources.update(pc.unique(child(batch.column("metadata"), "source", "path")).drop_null().to_pylist())
        columns = members(batch)
        found = list(map(Member, *(column.to_pylist() for column in columns)))
        self.members.append((*columns, strings([member.name for member in found])))
        splits = np.array([SPLITS.index(moved.get(member.name) or own_split(member)) for member in found])
        standoff = masked_rows(batch)
        for number, is_standoff in sorted(set(zip(splits.tolist(), standoff.tolist(), strict=True))):
            rows = np.flatnonzero((splits == number) & (standoff == is_standoff))
            self._take(SPLITS[number], is_standoff, take(batch.to_struct_array(), rows))

    def _take(self, split: str, is_standoff: bool, articles: pa.StructArray) -> None:
        new, part = pa.Table.from_struct_array(articles), (split, is_standoff)
        waiting = pa.concat_tables([self._waiting[part], new]) if part in self._waiting else new
        start = 0
        for end in _ends(waiting["id"].to_pylist()):
            self._write(split, is_standoff, waiting.slice(start, end - start))
            start = end
        self._waiting[part] = waiting.slice(start)

    def _write(self, split: str, is_standoff: bool, articles: pa.Table) -> None:
        """Writes a row group of every config, or of every stand-off one."""
        batches = articles.combine_chunks().to_batches()
        if is_standoff:
            bare = [Layout(wordless(batch)) for batch in batches]
            for config, name in STANDOFF.items():
                self._add(name, split, config, bare)
            return
        full = [Layout(batch) for batch in batches]
        public = [Layout(withheld(layout.batch)) for layout in full] if HASHES in self._schemas else full
        for config in self._schemas:
            self._add(config, split, config, full if config == HASHES else public)

    def _add(self, name: str, split: str, config: str, layouts: list[Layout]) -> None:
        """Adds a row group to the table of this name and split, with the columns of a config."""
        schema = self._schemas[config]
        if (name, split) not in self._open:
            path = self._folder / f"{name}-{split}.parquet"
            self._open[name, split] = self._stack.enter_context(Writer(path, schema))
        self._open[name, split].write([cut(layout, config, schema) for layout in layouts])


def _ends(ids: list[str]) -> Iterator[int]:
    """Where row groups end: at articles that a hash picks, so that another article changes no group but its own.

    One of a quarter of a group is picked from three quarters on: hardly any group comes to twice the size and is cut.
    """
    start = 0
    least, most, one_of = 3 * GROUP // 4, 2 * GROUP, GROUP // 4
    for end, name in enumerate(ids, 1):
        if end - start == most or (end - start >= least and zlib.crc32(name.encode()) % one_of == 0):
            yield end
            start = end
