"""IOB2 tags as what they mark."""

from collections.abc import Iterator, Sequence

from tasrih import record
from tasrih.arguments import shown
from tasrih.dataset.tags import LABELS, OUTSIDE, tag_names
from tasrih.scoring.places import UnreadableError, stretch

COLUMNS = {f"{layer}_tags": layer for layer in LABELS}
"""The layers of the config `tokens` by the columns that hold their tags."""


def tagged(
    layer: str, tags: object, paragraph: str, tokens: Sequence[tuple[int, int]]
) -> list[tuple[record.Span, str]]:
    """The stretches of a paragraph that the tags of its tokens mark, each with its class.

    A tag that goes on with another class than the one before it, or with none, begins a stretch. Raises
    UnreadableError where there are not as many tags as tokens, and for a tag that the layer does not have.
    """
    if not isinstance(tags, list) or len(tags) != len(tokens):
        given = f"{len(tags)} tags" if isinstance(tags, list) else shown(tags)
        raise UnreadableError(f"{paragraph} has {len(tokens)} tokens, and not {given}")
    allowed = tag_names(layer)
    for tag in tags:
        if not isinstance(tag, str) or tag not in allowed:
            raise UnreadableError(f"{shown(tag)} is no tag of {layer}_tags")
    return [(stretch(paragraph, tokens[first][0], tokens[last][1]), label) for label, first, last in _runs(tags)]


def _runs(tags: list[str]) -> Iterator[tuple[str, int, int]]:
    """The class of each stretch, and its first and last token."""
    begun = 0
    for number, tag in enumerate(tags):
        before = tags[number - 1] if number else OUTSIDE
        if tag.startswith("B-") or tag[2:] != before[2:]:
            begun = number
        following = tags[number + 1] if number + 1 < len(tags) else OUTSIDE
        if tag != OUTSIDE and following != f"I-{tag[2:]}":
            yield tag[2:], begun, number
