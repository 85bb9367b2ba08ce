"""Which section of the guidelines decides a difference."""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Guide(NamedTuple):
    """A section of corpus/GUIDELINES.md: the anchor of its heading, and the rules that say most of such cases."""

    anchor: str
    rules: tuple[str, ...]


@cache
def guides() -> dict[str, Guide]:
    """The sections by layer and what differs, and by the type of an entity where it has rules of its own."""
    table = tomllib.loads(Path(__file__).with_name("guides.toml").read_text(encoding="utf-8"))
    return {kind: Guide(row["anchor"], tuple(row["rules"])) for kind, row in table.items()}


def guide(layer: str, what: str, label: str) -> Guide:
    """The section for a difference. Raises KeyError for what none is."""
    known = guides()
    return known.get(f"{layer} {what} {label}") or known[f"{layer} {what}"]
