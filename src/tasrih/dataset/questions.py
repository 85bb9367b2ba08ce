"""Questions of multiple choice about the articles of the test split whose words are there, for language models."""

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from tasrih.columnar import flags, integers, strings
from tasrih.dataset.configs import CANARY, QUESTIONS, QUESTIONS_ABOUT, table_path
from tasrih.dataset.description import Described
from tasrih.dataset.manifest import File
from tasrih.dataset.parquet import row_group, table, written
from tasrih.dataset.paths import Folder
from tasrih.dataset.schemas import schema
from tasrih.record import Json
from tasrih.standoff.models import digest

EVAL = "eval.yaml"
SPLIT = "test"
_MOST = 1_000  # articles that are asked about: more would tell no systems apart, and take a model hours
_CHOICES = 8  # names to choose from at most
_SPEAKING = ("PERS", "ORG", "NORP", "GPE", "LAW")
"""The types of entities that may be taken for a speaker; a title (OCC) would be a second name of its holder."""
_ITEM = "{}.list.element.{}".format
_TEXTS = _ITEM("paragraphs", "text")
_ASKED = (
    "id",
    "metadata.collection",
    *(_ITEM("paragraphs", name) for name in ("id", "text")),
    *(_ITEM("entities", name) for name in ("id", "name", "type")),
    *(_ITEM("quotes", name) for name in ("id", "type", "spans", "speaker.entity", "speaker.others")),
    *(_ITEM("terms", name) for name in ("id", "span")),
)
"""The columns that questions are made of: all others would be read, and made objects, for nothing."""
_MARKED = ("direct", "partial")
_GROUP = 512  # questions in a row group: many of them hold a whole article
_Place = tuple[int, int, int]
"""An article by the number of its table, the row group in that, and the row in that."""


class _About(NamedTuple):
    """What a question needs of its article: the texts of the paragraphs are by their ids."""

    id: str
    collection: str
    texts: dict[str, str]


class Asked(NamedTuple):
    """A question about a span of an article: in its paragraph, or in the whole article when choices are given."""

    config: str
    id: str
    about: _About
    span: Json
    answer: int
    choices: Sequence[str] | None = None


def question_tables(folder: Path, articles: Folder, tables: Sequence[File]) -> list[File]:
    """Writes the questions about the articles of a dataset, and tells the files: none for a config without any."""
    made = questions(articles, tables)
    return [
        written(folder, question_path(config), SPLIT, schema(config), question_groups(config, asked))
        for config, asked in made.items()
        if asked
    ]


def question_path(config: str) -> str:
    """Where the questions of a config lie in a dataset."""
    return table_path(config, SPLIT)


def questions(folder: Folder, tables: Sequence[File]) -> dict[str, list[Asked]]:
    """The questions of each config about the articles in `tables`, in an order that the ids alone decide."""
    found: dict[str, list[Asked]] = {config: [] for config in QUESTIONS}
    for article in _drawn(folder, tables):
        for asked in _questions(article):
            found[asked.config].append(asked)
    return {config: sorted(every, key=lambda asked: digest(asked.id)) for config, every in found.items()}


def question_groups(config: str, every: Sequence[Asked]) -> Iterator[pa.RecordBatch]:
    """The rows of a config, a row group at a time: only its texts are there."""
    for start in range(0, len(every), _GROUP):
        yield _table([_row(asked) for asked in every[start : start + _GROUP]], schema(config))


def _table(rows: Sequence[Json], columns: pa.Schema) -> pa.RecordBatch:
    """Rows as a batch; `from_pylist` would import pandas."""
    every = [_column([row[field.name] for row in rows], field.type) for field in columns]
    return pa.RecordBatch.from_arrays(every, schema=columns)


def _column(values: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_list(kind):
        ends = np.cumsum([0, *map(len, values)])
        return pa.ListArray.from_arrays(integers(ends, pa.int32()), strings(list(chain.from_iterable(values))))
    return integers(np.array(values), kind) if pa.types.is_integer(kind) else strings(values)


def eval_yaml(files: Sequence[File], described: Described) -> str:
    """The tasks as a hub and inspect-ai read them; `files` are the tables of the dataset."""
    there = {file.config for file in files}
    told = {
        "name": described.identity.short,
        "description": QUESTIONS_ABOUT,
        "evaluation_framework": "inspect-ai",
        "tasks": [_task(config) for config in QUESTIONS if config in there],
    }
    tasks: str = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=120)
    return f"# {CANARY}\n{tasks}"


def _task(config: str) -> Json:
    return {
        "id": QUESTIONS[config]["id"],
        "config": config,
        "split": SPLIT,
        "field_spec": {"input": "question", "target": "answer", "choices": "choices"},
        "solvers": [{"name": "multiple_choice"}],
        "scorers": [{"name": "choice"}],
    }


def _drawn(folder: Folder, tables: Sequence[File]) -> Iterator[Json]:
    """The articles of the test split that are asked about: those whose words are there, of many the least by hash."""
    paths = [folder / file.path for file in tables if (file.config, file.split) == ("articles", SPLIT)]
    every = (found for number, path in enumerate(paths) for found in _with_words(number, path))
    places = sorted(place for _, place in heapq.nsmallest(_MOST, every))
    for (number, group), rows in groupby(places, itemgetter(0, 1)):
        with table(paths[number]) as parquet:
            batch = row_group(parquet, group, _ASKED)
        yield from batch.take(integers(np.array([row for *_, row in rows]))).to_pylist()


def _with_words(number: int, path: Path | str) -> Iterator[tuple[str, _Place]]:
    """The hashes of the ids of articles in a table whose words are there, and where these are."""
    with table(path) as parquet:
        for group in range(parquet.num_row_groups):
            ids = row_group(parquet, group, ("id",)).column("id").to_pylist()
            yield from ((digest(ids[row]), (number, group, row)) for row in _rows_with_words(parquet, group))


def _rows_with_words(parquet: pq.ParquetFile, group: int) -> Sequence[int]:
    """The rows of articles whose words are there; where no text at all is missing, none is read."""
    about = parquet.metadata.row_group(group)
    columns = (about.column(number) for number in range(about.num_columns))
    texts = next(column for column in columns if column.path_in_schema == _TEXTS)
    if texts.statistics and texts.statistics.null_count == 0:
        return range(about.num_rows)
    paragraphs = row_group(parquet, group, ("paragraphs",)).column("paragraphs")
    there = flags(paragraphs.values.field("text").is_valid())[paragraphs.offsets.to_numpy()[:-1]]
    return np.flatnonzero(there).tolist()


def _questions(article: Json) -> Iterator[Asked]:
    """The questions about an article."""
    texts = {paragraph["id"]: paragraph["text"] for paragraph in article["paragraphs"]}
    about = _About(article["id"], article["metadata"]["collection"], texts)
    names = {entity["id"]: entity["name"] for entity in article["entities"]}
    speaking = {entity["name"] for entity in article["entities"] if entity["type"] in _SPEAKING}
    for quote in article["quotes"]:
        name, span = f"{about.id}:{quote['id']}", quote["spans"][0]
        if quote["type"] in _MARKED:
            yield Asked("speech_questions", name, about, span, 0)
            yield Asked("type_questions", name, about, span, _MARKED.index(quote["type"]))
        right, *wrong = _speakers(name, quote["speaker"], names, speaking)
        if wrong:
            choices = _shuffled([right, *wrong], f"choices {name}")
            yield Asked("speaker_questions", name, about, span, choices.index(right), choices)
    for term in article["terms"]:
        yield Asked("speech_questions", f"{about.id}:{term['id']}", about, term["span"], 1)


def _row(asked: Asked) -> Json:
    told, texts = QUESTIONS[asked.config], asked.about.texts
    paragraph = _pointed(texts, asked.span)
    whole = "\n".join((texts | {asked.span["paragraph"]: paragraph}).values()) if asked.choices else paragraph
    return {
        "id": asked.id,
        "article_id": asked.about.id,
        "collection": asked.about.collection,
        "question": told["prompt"].strip().format(whole),
        "choices": list(asked.choices or told["choices"]),
        "answer": asked.answer,
        "canary": CANARY,
    }


def _pointed(texts: dict[str, str], span: Json) -> str:
    """The paragraph of a span, with signs around the span that no text of the corpus has."""
    text, start, end = texts[span["paragraph"]], span["start"], span["end"]
    return f"{text[:start]}⟦{text[start:end]}⟧{text[end:]}"


def _speakers(quote: str, speaker: Json | None, names: dict[str, str], speaking: set[str]) -> list[str]:
    """The name of who speaks, and names of others in the article; the empty name when the text tells no speaker.

    `names` are those of entities by their ids, `speaking` those that may be taken for a speaker.
    """
    if speaker is None or speaker["entity"] is None:
        return [""]
    right = names[speaker["entity"]]
    others = speaking - {names[other] for other in speaker["others"] or ()} - {right}
    few = others if len(others) < _CHOICES else _shuffled(others, f"others {quote}")[: _CHOICES - 1]
    return [right, *few]


def _shuffled(names: Iterable[str], seed: str) -> list[str]:
    return sorted(names, key=lambda name: digest(f"{seed}:{name}"))
