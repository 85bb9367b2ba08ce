"""The dataset card: what a hub reads from its YAML, and what a person reads below it."""

import json
from bisect import bisect_right
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any

from datasets import DatasetInfo, SplitDict, SplitInfo
from datasets.info import DatasetInfosDict
from huggingface_hub import DatasetCardData

import tasrih
from tasrih.dataset.columns import columns
from tasrih.dataset.tables import CONFIGS

if TYPE_CHECKING:
    from tasrih.corpus import Corpus

_BODY = Template(Path(__file__).with_name("card.md").read_text(encoding="utf-8"))
_SIZES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M")


def card(corpus: "Corpus", rows: dict[str, int]) -> str:
    """The text of the card of a corpus; `rows` is the number of rows of every config."""
    tables = {config: _table(config) for config in CONFIGS}
    return f"---\n{_header(rows).to_yaml()}\n---\n{_BODY.substitute(tables, example=_example(corpus))}"


def _header(rows: dict[str, int]) -> DatasetCardData:
    data = DatasetCardData(
        pretty_name="Tasrih",
        language="ar",
        license="other",
        license_name="cc-by-4.0-annotations-only",
        license_link="https://creativecommons.org/licenses/by/4.0/",
        annotations_creators="machine-generated",
        source_datasets=["original"],
        size_categories=_SIZES[bisect_right((1_000, 10_000, 100_000, 1_000_000), rows["articles"])],
        task_categories=["token-classification", "text-classification"],
        tags=["arabic", "news", "quotation-attribution", "reported-speech", "named-entity-recognition"],
        configs=[_config(config) for config in CONFIGS],
    )
    DatasetInfosDict({config: _info(config, rows[config]) for config in CONFIGS}).to_dataset_card_data(data)
    return data


def _config(config: str) -> dict[str, Any]:
    return {
        "config_name": config,
        "version": tasrih.__version__,
        "data_files": [{"split": "train", "path": f"data/{config}/train-*.parquet"}],
        **({"default": True} if config == "articles" else {}),
    }


def _info(config: str, rows: int) -> DatasetInfo:
    splits = SplitDict()
    splits.add(SplitInfo("train", num_examples=rows))
    return DatasetInfo(features=CONFIGS[config][1], splits=splits, config_name=config)


def _table(config: str) -> str:
    lines = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns(config)]
    return "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *lines])


def _example(corpus: "Corpus") -> str:
    rows_of, _ = CONFIGS["quotes"]
    rows = (row for article in corpus for row in rows_of(article.record))
    row = next((row for row in rows if row["type"] == "direct"), None)
    return json.dumps(row, ensure_ascii=False, indent=2)
