"""Articles as rows of tokens with IOB2 tags: those of the config `tokens`, and tags of all mentions and of terms.

A token holds its proclitics, and a span begins after them. So there is a layer more, which tags a token in which a span
begins after its first letter with the number of letters before it.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, get_args

import numpy as np

from tasrih.columnar import Layout, of_records
from tasrih.dataset.tags import LABELS
from tasrih.dataset.tokens import Stretches, iob2, token_places, tokens
from tasrih.record import Article, EntityType, TermKind
from tasrih.spans import spans

CLASSES: dict[str, tuple[str, ...]] = {
    "quote": LABELS["quote"],
    "cue": LABELS["cue"],
    "speaker": LABELS["speaker"],
    "mention": get_args(EntityType),
    "term": get_args(TermKind),
    "clitic": ("1", "2", "3"),
}
"""What tags of each layer mark. Of mentions and terms inside one another the outer is tagged, of quotes the inner."""
TAGS = {layer: ["O", *(f"{prefix}-{name}" for name in names for prefix in "BI")] for layer, names in CLASSES.items()}
"""The tags of each layer by their numbers, as the config `tokens` counts them."""


class Row(NamedTuple):
    """A paragraph: its article, its number, its text, its tokens with where they begin and end, and its tags."""

    article: str
    paragraph: int
    text: str
    tokens: list[str]
    starts: list[int]
    ends: list[int]
    tags: dict[str, list[str]]


def rows(articles: Iterable[Article]) -> Iterator[Row]:
    """The paragraphs of articles whose words are there, in their order."""
    for article in articles:
        layout = Layout(of_records([article.model_dump(mode="json", exclude_unset=True)]))
        columns = {name: column.to_pylist() for name, column in tokens(layout).items()}
        tagged = {layer: _named(layer, columns[f"{layer}_tags"]) for layer in ("quote", "cue", "speaker")}
        tagged |= {layer: _tagged(layer, layout, found) for layer, found in _others(article).items()}
        for place, paragraph in enumerate(article.paragraphs):
            parts = [columns[name][place] for name in ("tokens", "starts", "ends")]
            begins = [span.start for span in spans(article) if span.paragraph == paragraph.id]
            tags = {layer: every[place] for layer, every in tagged.items()} | {"clitic": _clitics(parts[1], begins)}
            yield Row(article.id, int(paragraph.id[1:]), paragraph.text, *parts, tags)


def _clitics(starts: list[int], begins: list[int]) -> list[str]:
    """For each token the letters before the spans that begin inside it: most often there are none."""
    tags = ["O"] * len(starts)
    for begin in begins:
        token = bisect_right(starts, begin) - 1
        letters = str(begin - starts[token])
        if letters in CLASSES["clitic"]:
            tags[token] = f"B-{letters}"
    return tags


def _others(article: Article) -> dict[str, list[tuple[Any, str]]]:
    """The spans of the layers that the config does not tag, each with its class."""
    return {
        "mention": [(mention, entity.type) for entity in article.entities for mention in entity.mentions],
        "term": [(term.span, term.kind) for term in article.terms],
    }


def _tagged(layer: str, layout: Layout, found: list[tuple[Any, str]]) -> list[list[str]]:
    begins = {f"p{number}": start for number, start in enumerate(layout.texts.starts.tolist(), 1)}
    spans = [(begins[span.paragraph] + span.start, begins[span.paragraph] + span.end) for span, _ in found]
    bounds = np.array(spans, np.int64).reshape(-1, 2)
    labels = np.array([CLASSES[layer].index(name) for _, name in found], np.int64)
    places = token_places(layout.texts)
    tags = iob2(places, Stretches(bounds[:, 0], bounds[:, 1], labels))
    return _named(layer, [tags[places.text == number].tolist() for number in range(len(begins) - 1)])


def _named(layer: str, numbers: list[list[int]]) -> list[list[str]]:
    return [[TAGS[layer][number] for number in row] for row in numbers]


class Stretch(NamedTuple):
    """Tokens of a row with one class: the numbers of the first and of the one after the last."""

    first: int
    end: int
    label: str


def stretches(tags: Iterable[str]) -> list[Stretch]:
    """What the tags of a row mark; a tag that goes on with another class than the one before it begins anew."""
    found: list[Stretch] = []
    for number, tag in enumerate(tags):
        prefix, _, label = tag.partition("-")
        if prefix == "I" and found and found[-1].end == number and found[-1].label == label:
            found[-1] = found[-1]._replace(end=number + 1)
        elif prefix != "O":
            found.append(Stretch(number, number + 1, label))
    return found
