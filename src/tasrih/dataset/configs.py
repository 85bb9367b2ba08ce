"""The configs of a dataset: what a row of each is, and the columns of the flat ones with their meanings."""

import tomllib
from pathlib import Path
from typing import Any

from tasrih.dataset import CONFIGS

SAMPLE = "sample"
"""The config of a few articles to look at."""
HASHES = "withheld"
"""The config of the texts that are left out."""
WORDS: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
"""What a card, its YAML and Croissant say in fixed words, by where it is said."""
ROWS: dict[str, str] = WORDS["rows"]
"""What one row of a config is."""
_MEANINGS = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
EVERY: dict[str, str] = _MEANINGS["every"]
"""The columns that are those of the article in every flat config."""


def meanings(config: str) -> dict[str, str]:
    """The columns of a flat config in their order, and what each means."""
    own: dict[str, str] = _MEANINGS[config]
    return EVERY | own if config in CONFIGS else own


def configs(rights: str) -> list[str]:
    """The configs that every dataset of these rights has."""
    return [*CONFIGS, *([] if rights == "all" else [HASHES])]


def table_path(config: str, split: str, number: int = 0, count: int = 1) -> str:
    """Where a table of a config lies in a dataset: one of so many of a split, from 0."""
    return f"data/{config}/{split}-{number:05}-of-{count:05}.parquet"


def table_beside(table: str, config: str) -> str:
    """Where another config has its rows of the articles that a table has, by the path of that."""
    return f"data/{config}/{Path(table).name}"
