"""Datasets of records: built, described, read, verified and pushed."""

from typing import Literal, get_args

Rights = Literal["all", "redistributable"]
"""Which texts a dataset holds: all, or those that may be passed on."""
RIGHTS: tuple[Rights, ...] = get_args(Rights)

Config = Literal["articles", "quotes", "terms", "entities", "tokens"]
"""The kinds of rows that records are made into."""
CONFIGS: tuple[Config, ...] = get_args(Config)
