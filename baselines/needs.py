"""Packages that only some baselines need."""

import sys
from importlib import import_module
from types import ModuleType


def needed(name: str) -> ModuleType:
    """A package of the extra `baselines`. Exits with what to do where it is missing."""
    try:
        return import_module(name)
    except ModuleNotFoundError:
        sys.exit(f"{name} is not installed. Run pip install '.[baselines]' in the checkout.")
