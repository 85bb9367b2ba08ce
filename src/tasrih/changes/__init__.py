"""What changed between two versions of a corpus: articles, and in them text, spans and labels."""

from typing import Literal, NamedTuple, get_args

Layer = Literal[
    "metadata",
    "text",
    "quotes",
    "cues",
    "speakers",
    "addressees",
    "terms",
    "entities",
    "mentions",
    "waivers",
    "register",
]
"""What of a corpus changes."""
LAYERS: tuple[Layer, ...] = get_args(Layer)
Kind = Literal["added", "removed", "changed"]
"""What became of something."""


class Change(NamedTuple):
    """A part of an article that is another now.

    `item` is its id in the new version, or of what is removed in the old one; empty where it has none. `field` says
    what of it changed, and is empty where all of it came or went. `old` and `new` are as a reader may be told them,
    None where there is nothing.
    """

    layer: Layer
    kind: Kind
    item: str
    field: str = ""
    old: str | None = None
    new: str | None = None


class Difference(NamedTuple):
    """What became of an article: `same`, or that it came, went or changed, and then each change in it.

    The register of the corpus counts as an article that is called `entities.json`, in no collection.
    """

    article: str
    collection: str
    kind: Literal["same", "added", "removed", "changed"]
    changes: tuple[Change, ...] = ()
