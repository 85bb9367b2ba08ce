"""What makes an article hard: one predicate a phenomenon, over the article's record.

`phenomena.toml` says of each what a record must hold and why it matters; the words are in `text/lexicon/markers.toml`.
Where only a reader can tell, the predicate checks what must hold at least.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasrih.phenomena import marks, speech, wording
from tasrih.record import Article

_PREDICATES = marks.PREDICATES | speech.PREDICATES | wording.PREDICATES


class Phenomenon(NamedTuple):
    """A phenomenon: its name in `metadata.phenomena`, what a record must hold, why it matters, and who can tell."""

    slug: str
    holds: str
    why: str
    reader: bool


@cache
def phenomena() -> tuple[Phenomenon, ...]:
    """Every phenomenon, in the order of the documents; `reader` where a predicate cannot tell for certain."""
    table = tomllib.loads(Path(__file__).with_name("phenomena.toml").read_text(encoding="utf-8"))
    return tuple(Phenomenon(slug, row["holds"], row["why"], row.get("reader", False)) for slug, row in table.items())


def holds(article: Article, slug: str) -> bool:
    """Whether a record holds a phenomenon, or could, where only a reader can tell.

    Raises KeyError for a name that is none of a phenomenon.
    """
    return _PREDICATES[slug](article)


def derived(article: Article) -> tuple[str, ...]:
    """The phenomena of a record: by predicate, and as it is tagged where only a reader can tell and it could be."""
    tagged = article.metadata.phenomena
    return tuple(
        phenomenon.slug
        for phenomenon in phenomena()
        if (not phenomenon.reader or phenomenon.slug in tagged) and holds(article, phenomenon.slug)
    )


def listed(article: Article) -> list[str]:
    """What a record that lists phenomena should list: those of it that are told, and its own, which nobody else has."""
    known = {one.slug for one in phenomena()}
    return [*derived(article), *(slug for slug in dict.fromkeys(article.metadata.phenomena) if slug not in known)]
