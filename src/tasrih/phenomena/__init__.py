"""What makes an article hard: for each phenomenon the quotes that are items of it, or a predicate over the record.

`phenomena.toml` says of each what a record must hold and why it matters; the words are in `text/lexicon/markers.toml`.
Where only a reader can tell, the predicate checks what must hold at least.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasrih.phenomena import marks, speech, wording
from tasrih.record import Article, Quote

_SELECTIONS = marks.SELECTIONS | speech.SELECTIONS | wording.SELECTIONS
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
    """Whether a record holds a phenomenon, in a quote or elsewhere, or could, where only a reader can tell.

    Raises KeyError for a name that is none of a phenomenon.
    """
    if slug not in _PREDICATES:
        return any(True for _ in _SELECTIONS[slug](article))
    return _PREDICATES[slug](article) or any(True for _ in _SELECTIONS.get(slug, _no_quotes)(article))


def _no_quotes(_: Article) -> tuple[Quote, ...]:
    return ()


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
    return [*derived(article), *_own(article.metadata.phenomena)]


def listed_of_quotes(article: Article) -> list[list[str]]:
    """What each quote of a record should list: the phenomena that it is an item of, and its own."""
    found: list[list[str]] = [[] for _ in article.quotes]
    numbers = {quote.id: number for number, quote in enumerate(article.quotes)}
    for one in phenomena():
        chosen = _SELECTIONS.get(one.slug, _no_quotes)(article)
        for number in sorted({numbers[quote.id] for quote in chosen}):
            if not one.reader or one.slug in article.quotes[number].phenomena:
                found[number].append(one.slug)
    return [[*told, *_own(quote.phenomena)] for told, quote in zip(found, article.quotes, strict=True)]


def _own(slugs: Iterable[str]) -> list[str]:
    known = {one.slug for one in phenomena()}
    return [slug for slug in dict.fromkeys(slugs) if slug not in known]
