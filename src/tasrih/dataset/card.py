"""The dataset card: what a hub reads from its YAML, and what a person reads below it."""

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from string import Template
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from datasets import DatasetInfo, SplitDict, SplitInfo
from datasets.info import DatasetInfosDict
from huggingface_hub import DatasetCardData

import tasrih
from tasrih.dataset.columns import columns
from tasrih.dataset.features import FEATURES
from tasrih.dataset.shards import File
from tasrih.dataset.splits import SPLITS

_BODY = Template(Path(__file__).with_name("card.md").read_text(encoding="utf-8"))
_PICTURES = {
    "corpus.svg": "Articles by number of quotes; quotes by type, kind of cue and form of the speaker",
    "phenomena.svg": "Articles by phenomenon",
}
_SIZES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B")


def card(folder: Path, files: Sequence[File]) -> str:
    """The text of the card of a dataset; `files` are its Parquet files in `folder`."""
    tables = {config: _table(config) for config in FEATURES}
    rows = _rows(files)
    body = _BODY.substitute(
        tables,
        pictures=_pictures(folder),
        example=_example(folder, files),
        splits=_splits(rows),
        split=next(iter(rows["articles"])),
    )
    return f"---\n{_header(rows).to_yaml()}\n---\n{body}"


def _pictures(folder: Path) -> str:
    """The pictures that lie beside the card."""
    shown = (f"![{label}]({name})\n\n" for name, label in _PICTURES.items() if (folder / name).is_file())
    return "".join(shown)


def _rows(files: Sequence[File]) -> dict[str, dict[str, int]]:
    """The number of rows of each config in each split that there is."""
    counted = Counter[tuple[str, str]]()
    for file in files:
        counted[file.config, file.split] += file.rows
    there = [split for split in SPLITS if ("articles", split) in counted]
    return {config: {split: counted[config, split] for split in there} for config in FEATURES}


def _header(rows: dict[str, dict[str, int]]) -> DatasetCardData:
    data = DatasetCardData(
        pretty_name="Tasrih",
        language="ar",
        license="other",
        license_name="cc-by-4.0-annotations-only",
        license_link="https://creativecommons.org/licenses/by/4.0/",
        annotations_creators="machine-generated",
        source_datasets=["original"],
        size_categories=_SIZES[bisect_right([10**power for power in range(3, 9)], sum(rows["articles"].values()))],
        task_categories=["token-classification", "text-classification"],
        tags=["arabic", "news", "quotation-attribution", "reported-speech", "named-entity-recognition"],
        configs=[_config(config, rows[config]) for config in FEATURES],
    )
    DatasetInfosDict({config: _info(config, rows[config]) for config in FEATURES}).to_dataset_card_data(data)
    return data


def _config(config: str, rows: dict[str, int]) -> dict[str, Any]:
    return {
        "config_name": config,
        "version": tasrih.__version__,
        "data_files": [{"split": split, "path": f"data/{config}/{split}-*.parquet"} for split in rows],
        **({"default": True} if config == "articles" else {}),
    }


def _info(config: str, rows: dict[str, int]) -> DatasetInfo:
    splits = SplitDict()
    for split, count in rows.items():
        splits.add(SplitInfo(split, num_examples=count))
    return DatasetInfo(features=FEATURES[config], splits=splits, config_name=config)


def _splits(rows: dict[str, dict[str, int]]) -> str:
    lines = [f"| {config} | {' | '.join(map(str, counts.values()))} |" for config, counts in rows.items()]
    table = "\n".join(
        [f"| rows | {' | '.join(rows['articles'])} |", "| --- |" + " ---: |" * len(rows["articles"]), *lines]
    )
    if len(rows["articles"]) > 1:
        return table
    return f"There is one split, `{next(iter(rows['articles']))}`: the corpus is too small to divide.\n\n{table}"


def _table(config: str) -> str:
    lines = [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in columns(config)]
    return "\n".join(["| column | type | meaning |", "| --- | --- | --- |", *lines])


def _example(folder: Path, files: Sequence[File]) -> str:
    """The first direct quote as JSON; null when there is none."""
    for file in files:
        if file.config == "quotes":
            quotes = pq.ParquetFile(folder / file.path)
            for group in range(quotes.num_row_groups):
                found = pc.index(quotes.read_row_group(group, ["type"])["type"], "direct").as_py()
                if found >= 0:
                    row = quotes.read_row_group(group).slice(found, 1).to_pylist()[0]
                    return json.dumps(row, ensure_ascii=False, indent=2)
    return "null"
