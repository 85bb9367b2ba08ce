"""The configs of a dataset: what a row of each is, and the columns of the flat ones with their meanings."""

import tomllib
from pathlib import Path
from typing import Any

from tasrih.dataset import CONFIGS

SAMPLE = "sample"
"""The config of a few articles to look at."""
HASHES = "withheld"
"""The config of the texts that are left out."""
STANDOFF: dict[str, str] = {config: f"standoff_{config}" for config in CONFIGS if config != "tokens"}
"""The configs of articles whose words are not in their records, by those with the same columns."""
ARTICLES = ("articles", STANDOFF["articles"])
"""The configs of whole articles, beside which the tables of the others lie."""
_ASKED = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))
QUESTIONS: dict[str, dict[str, Any]] = _ASKED["configs"]
"""The configs of questions of multiple choice, and what each asks."""
QUESTIONS_ABOUT: str = _ASKED["about"]
"""What all questions are about."""
CANARY: str = _ASKED["canary"]
"""The line by which it shows that a model has seen the test split."""
NAMES: tuple[str, ...] = (*CONFIGS, SAMPLE, HASHES, *STANDOFF.values(), *QUESTIONS)
"""Every config that a dataset may have, in the order in which they are told."""
WORDS: dict[str, dict[str, Any]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
"""What a card, its YAML and Croissant say in fixed words, by where it is said."""
ROWS: dict[str, str] = WORDS["rows"]
"""What one row of a config is; of the stand-off ones that of the config with the same columns."""
_MEANINGS = tomllib.loads(Path(__file__).with_name("columns.toml").read_text(encoding="utf-8"))
EVERY: dict[str, str] = _MEANINGS["every"]
"""The columns that are those of the article in every flat config."""


def meanings(config: str) -> dict[str, str]:
    """The columns of a flat config in their order, and what each means."""
    own: dict[str, str] = _ASKED["columns"] if config in QUESTIONS else _MEANINGS[config]
    return EVERY | own if config in CONFIGS else own


def configs(rights: str) -> list[str]:
    """The configs that every dataset of these rights has."""
    return [*CONFIGS, *([] if rights == "all" else [HASHES])]


def table_path(config: str, split: str, number: int = 0, count: int = 1) -> str:
    """Where a table of a config lies in a dataset: one of so many of a split, from 0."""
    return f"data/{config}/{split}-{number:05}-of-{count:05}.parquet"


def table_beside(table: str, config: str) -> str:
    """Where another config has its rows of the articles that a table has, by the path of that.

    Beside a table of stand-off articles, that is the stand-off one with the columns of this config.
    """
    is_standoff = Path(table).parent.name == STANDOFF["articles"]
    return f"data/{STANDOFF[config] if is_standoff else config}/{Path(table).name}"


def plain(config: str) -> str:
    """The config that has the columns of this one: of a stand-off one another, of all others itself."""
    return next((name for name, standoff in STANDOFF.items() if standoff == config), config)
