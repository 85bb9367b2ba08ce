"""What a dataset folder holds besides its tables: a sample, the card, Croissant, the documents and the manifest."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import tasrih
from tasrih.dataset import manifest
from tasrih.dataset.card import card
from tasrih.dataset.croissant import croissant
from tasrih.dataset.features import ALL, SAMPLE
from tasrih.dataset.figures import figures
from tasrih.dataset.manifest import File
from tasrih.dataset.opened import Opened
from tasrih.dataset.rows import first_articles, first_split
from tasrih.dataset.shards import written
from tasrih.pictures import overview, phenomena_chart
from tasrih.resources import document
from tasrih.statistics import statistics

_DOCUMENTS = {"CHANGELOG.md": "CHANGELOG.md", "CITATION.cff": "CITATION.cff", "LICENSE": "LICENSE-DATA.md"}
_DATASHEET = "DATASHEET.md"
_DRAWN = 2_000  # of so many articles pictures are drawn; counting more would take longer than it is worth


def describe(folder: Path, tables: Sequence[File], rights: str, corpus: Path | None = None, sample: int = 0) -> None:
    """Completes a folder that holds tables only.

    Documents that lie beside the folder `corpus` are taken instead of those of the bundled corpus, whose datasheet says
    nothing about another. `sample` is the number of articles in the config of that name; with 0 there is none.
    """
    files = [*tables, _sample(folder, tables, sample)] if sample else list(tables)
    counted = figures(folder, files)
    for name, source in _DOCUMENTS.items():
        shutil.copyfile(document(source, corpus), folder / name)
    datasheet = corpus.parent / _DATASHEET if corpus else None
    if datasheet and not datasheet.is_file():
        datasheet = None
    if sum(file.rows for file in tables if file.config == "articles") <= _DRAWN:
        _draw(folder, tables)
    (folder / "README.md").write_text(card(folder, files, counted, rights, datasheet), encoding="utf-8")
    described = croissant(files, folder / "CITATION.cff", counted.newest)
    (folder / "croissant.json").write_text(described, encoding="utf-8")
    manifest.write(folder, tasrih.__version__, rights, files)


def _draw(folder: Path, tables: Sequence[File]) -> None:
    """Draws the pictures that the card shows, of the articles whose words are there."""
    articles = Opened(folder, {file.path: file.rows for file in tables if file.config == "articles"})
    counted = statistics(row.record() for row in articles if row.part("paragraphs")[0].text is not None)
    (folder / "corpus.svg").write_text(overview(counted), encoding="utf-8")
    if counted.phenomena:
        (folder / "phenomena.svg").write_text(phenomena_chart(counted), encoding="utf-8")


def _sample(folder: Path, tables: Sequence[File], count: int) -> File:
    articles = first_articles(folder, tables, count)
    split = first_split(tables)
    path = f"data/{SAMPLE}/{split}-00000-of-00001.parquet"
    return written(folder, path, split, ALL[SAMPLE].arrow_schema, [articles])
