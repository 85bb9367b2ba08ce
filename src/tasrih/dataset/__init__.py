"""Records to datasets."""

from tasrih.dataset.folder import build
from tasrih.dataset.tables import CONFIGS, to_dataset

__all__ = ["CONFIGS", "build", "to_dataset"]
