"""Records to datasets."""

from tasrih.dataset.tables import CONFIGS, to_dataset

__all__ = ["CONFIGS", "to_dataset"]
