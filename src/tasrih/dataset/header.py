"""The YAML at the top of a dataset card, which a hub and `datasets` read."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from huggingface_hub import DatasetCardData

from tasrih.dataset import description
from tasrih.dataset.configs import ARTICLES, QUESTIONS, WORDS
from tasrih.dataset.description import Described
from tasrih.dataset.manifest import File
from tasrih.dataset.schemas import told
from tasrih.dataset.totals import Totals

_SIZES = ("n<1K", "1K<n<10K", "10K<n<100K", "100K<n<1M", "1M<n<10M", "10M<n<100M", "100M<n<1B")
_VERSION = re.compile(r"\d+\.\d+\.\d+", re.ASCII)  # no other can `datasets` load

Rows = dict[str, dict[str, int]]
"""The number of rows of each config in each split."""


def filled(rows: Rows) -> Rows:
    """The configs and splits that have rows: `datasets` cannot load others."""
    found = {config: {split: count for split, count in splits.items() if count} for config, splits in rows.items()}
    return {config: splits for config, splits in found.items() if splits}


def header(rows: Rows, files: Sequence[File], described: Described) -> DatasetCardData:
    """What a hub is told of a dataset, and `datasets` of its configs; `files` are its Parquet files."""
    counted, licence, full = described.counted, description.licence(described), filled(rows)
    infos = [_info(config, full[config], files, counted) for config in sorted(full)]
    return DatasetCardData(
        pretty_name=described.identity.short,
        license=licence["license"],
        license_name=licence.get("license_name"),
        license_link=licence.get("license_link"),
        language_creators=description.language_creators(counted),
        annotations_creators=description.annotations_creators(counted) or None,
        size_categories=_SIZES[bisect_right([10**power for power in range(3, 9)], counted.articles)],
        **_told(rows),
        configs=[
            _config(config, found, described.identity.version, is_default=config == first(full))
            for config, found in full.items()
        ],
        dataset_info=infos[0] if len(infos) == 1 else infos or None,
    )


def _told(rows: Rows) -> dict[str, Any]:
    """What a hub is told of every dataset, with the tasks of the questions where there are some."""
    asked = WORDS["header_of_questions"] if rows.keys() & QUESTIONS.keys() else {}
    return {field: value + asked[field] if field in asked else value for field, value in WORDS["header"].items()}


def first(rows: Rows) -> str:
    """The config that is loaded when none is named: `articles`, or the stand-off one where there are no others."""
    return next(config for config in ARTICLES if config in rows)


def _config(config: str, rows: dict[str, int], version: str | None, *, is_default: bool) -> dict[str, Any]:
    return {
        "config_name": config,
        **({"version": version} if version and _VERSION.fullmatch(version) else {}),
        "data_files": [{"split": split, "path": f"data/{config}/{split}-*.parquet"} for split in rows],
        **({"default": True} if is_default else {}),
    }


def _info(config: str, rows: dict[str, int], files: Sequence[File], counted: Totals) -> dict[str, Any]:
    sizes = {split: counted.bytes[config, split] for split in rows}
    return {
        "config_name": config,
        "features": told(config),
        "splits": [{"name": split, "num_bytes": sizes[split], "num_examples": count} for split, count in rows.items()],
        "download_size": sum(file.bytes for file in files if file.config == config),
        "dataset_size": sum(sizes.values()),
    }
