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


class Listed(NamedTuple):
    """The phenomena that a record should list, and those that each of its quotes should."""

    record: list[str]
    quotes: list[list[str]]


def derived(article: Article) -> tuple[str, ...]:
    """The phenomena of a record: by predicate, and as it is tagged where only a reader can tell and it could be."""
    return _derived(article, _items(article))


def listed(article: Article) -> Listed:
    """What a record that lists phenomena should list: those that are told of it, and its own, which nobody else has.

    A quote should list those that it is an item of, and its own.
    """
    items = _items(article)
    found: list[list[str]] = [[] for _ in article.quotes]
    numbers = {quote.id: number for number, quote in enumerate(article.quotes)}
    readers = {one.slug for one in phenomena() if one.reader}
    for slug, chosen in items.items():
        for number in sorted({numbers[quote.id] for quote in chosen}):
            if slug not in readers or slug in article.quotes[number].phenomena:
                found[number].append(slug)
    quotes = [[*told, *_own(quote.phenomena)] for told, quote in zip(found, article.quotes, strict=True)]
    return Listed([*_derived(article, items), *_own(article.metadata.phenomena)], quotes)


def _items(article: Article) -> dict[str, tuple[Quote, ...]]:
    """The quotes that are items of each phenomenon: of one that only a reader can tell, where anything is tagged so."""
    tagged = {*article.metadata.phenomena, *(slug for quote in article.quotes for slug in quote.phenomena)}
    asked = (one.slug for one in phenomena() if not one.reader or one.slug in tagged)
    return {slug: tuple(_SELECTIONS.get(slug, _no_quotes)(article)) for slug in asked}


def _derived(article: Article, items: dict[str, tuple[Quote, ...]]) -> tuple[str, ...]:
    tagged = article.metadata.phenomena
    return tuple(
        one.slug
        for one in phenomena()
        if (not one.reader or one.slug in tagged)
        and (items[one.slug] or (one.slug in _PREDICATES and _PREDICATES[one.slug](article)))
    )


def _own(slugs: Iterable[str]) -> list[str]:
    known = {one.slug for one in phenomena()}
    return [slug for slug in dict.fromkeys(slugs) if slug not in known]
