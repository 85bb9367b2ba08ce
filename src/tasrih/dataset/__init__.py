"""Records to datasets."""

from tasrih.dataset.folder import build
from tasrih.dataset.hub import Push, push
from tasrih.dataset.tables import CONFIGS, to_dataset

__all__ = ["CONFIGS", "Push", "build", "push", "to_dataset"]
