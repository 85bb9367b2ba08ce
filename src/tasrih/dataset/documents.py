"""What a dataset folder holds besides its shards: sample, questions, card, Croissant, documents, register, manifest."""

import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from tasrih import record
from tasrih.dataset import manifest
from tasrih.dataset.card import card
from tasrih.dataset.configs import SAMPLE, table_path
from tasrih.dataset.croissant import croissant
from tasrih.dataset.description import LICENCES, Described
from tasrih.dataset.manifest import File
from tasrih.dataset.parquet import first_articles, sampled, written
from tasrih.dataset.paths import Elsewhere
from tasrih.dataset.questions import EVAL, eval_yaml, question_tables
from tasrih.dataset.schemas import schema
from tasrih.dataset.shards import Portion
from tasrih.dataset.stored import StoredDataset
from tasrih.dataset.totals import totals
from tasrih.errors import InvalidError
from tasrih.identity import CITATION, Identity
from tasrih.pictures import overview, phenomena_chart
from tasrih.reading import fetched
from tasrih.register import union
from tasrih.resources import REGISTER, corpus_around, is_url, register_of
from tasrih.statistics import statistics
from tasrih.validation.register import check_register

DATASHEET = "DATASHEET.md"
_DOCUMENTS = {"CHANGELOG.md": ("CHANGELOG.md",), CITATION: (CITATION,), "LICENSE": LICENCES}
_DRAWN = 2_000  # of so many articles pictures are drawn; counting more would take longer than it is worth


class Belongings(NamedTuple):
    """What comes with the records: whose they are, their register (`entities.json`), and their datasheet."""

    identity: Identity
    register: bytes | None
    datasheet: Path | None


def register(portions: Sequence[Portion]) -> bytes | None:
    """The register of the corpora that records are in, as JSON; None when they are in none, or none has one.

    Of one corpus it is the file as it stands; of several, all their entries. Raises TasrihError for one with errors,
    and when one id means two entities.
    """
    files = list(filter(None, map(register_of, sorted(_corpora(portions)))))
    for file in files:
        for finding in check_register(file.parent)[1]:
            if finding.severity == "error":
                raise InvalidError(
                    "The register has errors; `tasrih validate` lists all with their remedies.",
                    f"{file}: {finding.code} {finding.message} ({finding.pointer})",
                )
    if len(files) < 2:
        return files[0].read_bytes() if files else None
    entities = sorted(union(files), key=lambda entity: entity.id)
    return record.to_json(record.Register(schema_version="1.0", entities=tuple(entities)))


def _corpora(portions: Sequence[Portion]) -> set[Path]:
    """The folder that was named, or those that the files are in."""
    named = {Path(portion.within) for portion in portions if portion.within}
    parts = (part.file for portion in portions for part in portion.parts if not is_url(part.file))
    folders = {os.path.dirname(file) for file in parts}  # noqa: PTH120 - of many files, few folders
    return named or {corpus for folder in folders if (corpus := corpus_around(folder))}


def describe(
    folder: Path,
    tables: Sequence[File],
    rights: str,
    belongings: Belongings,
    sample: int = 0,
    *,
    places: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Completes a folder that holds tables only, but those that are at other places, by their paths in it.

    It gets questions about the articles of the test split, where there are some.

    It gets the documents that the corpus has, and no others. `sample` is the number of articles in the config of that
    name; with 0 there is none.
    """
    every = Elsewhere(folder, places)
    asked = question_tables(folder, every, tables)
    files = [*tables, *([_sample(folder, every, tables, sample)] if sample else []), *asked]
    counted = totals(every, files)
    _add_documents(folder, belongings)
    if counted.articles <= _DRAWN:
        _draw(folder, tables, places)
    described = Described(belongings.identity, counted, rights)
    if asked:
        (folder / EVAL).write_text(eval_yaml(files, described), encoding="utf-8", newline="\n")
    sheet = belongings.datasheet.read_text(encoding="utf-8") if belongings.datasheet else None
    (folder / "README.md").write_text(card(folder, files, described, sheet, every), encoding="utf-8", newline="\n")
    (folder / "croissant.json").write_text(croissant(files, described), encoding="utf-8", newline="\n")
    manifest.write(folder, belongings.identity.version, rights, files)


def _add_documents(folder: Path, belongings: Belongings) -> None:
    for name, sources in _DOCUMENTS.items():
        source = belongings.identity.document(*sources)
        if source:
            shutil.copyfile(source, folder / name)
    if belongings.register is not None:
        (folder / REGISTER).write_bytes(belongings.register)


def _draw(folder: Path, tables: Sequence[File], places: Mapping[str, str]) -> None:
    """Draws the pictures that the card shows, of the articles whose words are there."""
    rows = {file.path: file.rows for file in tables if file.config == "articles"}
    for path in rows.keys() & places.keys():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(fetched(places[path]))
    records = (article.record for article in StoredDataset(folder, rows))
    counted = statistics(record for record in records if record.paragraphs[0].text is not None)
    (folder / "corpus.svg").write_text(overview(counted), encoding="utf-8", newline="\n")
    if counted.phenomena:
        (folder / "phenomena.svg").write_text(phenomena_chart(counted), encoding="utf-8", newline="\n")


def _sample(folder: Path, every: Elsewhere, tables: Sequence[File], count: int) -> File:
    articles = first_articles(every, tables, count)
    split = sampled(tables)[0].split
    return written(folder, table_path(SAMPLE, split), split, schema(SAMPLE), [articles])
