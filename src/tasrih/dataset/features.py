"""The columns of every config as features of `datasets`, which takes half a second to import."""

from datasets import Features

from tasrih.dataset import CONFIGS
from tasrih.dataset.configs import ROWS
from tasrih.dataset.schemas import schema


def features(config: str) -> Features:
    """The features of a config; a stand-off one has those of the config with its columns."""
    return Features.from_arrow_schema(schema(config))


ALL = {config: features(config) for config in ROWS}
"""Those of every config that a dataset may have, but the stand-off ones and the questions."""
FEATURES = {config: ALL[config] for config in CONFIGS}
"""Those of the configs that every dataset has."""
