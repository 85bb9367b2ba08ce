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
from tasrih.dataset.rows import first_articles, first_split
from tasrih.dataset.shards import File, written
from tasrih.resources import document

_DOCUMENTS = {"CHANGELOG.md": "CHANGELOG.md", "CITATION.cff": "CITATION.cff", "LICENSE": "LICENSE-DATA.md"}
_DATASHEET = "DATASHEET.md"


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
    (folder / "README.md").write_text(card(folder, files, counted, rights, datasheet), encoding="utf-8")
    described = croissant(files, folder / "CITATION.cff", counted.newest)
    (folder / "croissant.json").write_text(described, encoding="utf-8")
    manifest.write(folder, tasrih.__version__, rights, files)


def _sample(folder: Path, tables: Sequence[File], count: int) -> File:
    articles = first_articles(folder, tables, count)
    split = first_split(tables)
    path = f"data/{SAMPLE}/{split}-00000-of-00001.parquet"
    return written(folder, path, split, ALL[SAMPLE].arrow_schema, [articles])
