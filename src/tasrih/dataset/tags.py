"""The IOB2 tags of tokens: which layers there are, and what can be marked in each."""

from typing import get_args

from tasrih.record import EntityType, QuoteType

OUTSIDE = "O"
LABELS: dict[str, tuple[str, ...]] = {
    "ner": get_args(EntityType),
    "quote": get_args(QuoteType),
    "cue": ("CUE",),
    "speaker": ("SPEAKER",),
}


def tag_names(layer: str) -> list[str]:
    """The tags of a layer by their numbers."""
    return [OUTSIDE, *(f"{prefix}-{label}" for label in LABELS[layer] for prefix in "BI")]
