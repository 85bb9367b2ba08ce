"""The same articles, annotated more than once."""

import os
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import NamedTuple

from tasrih import record
from tasrih.article import Article
from tasrih.corpus import load
from tasrih.errors import TasrihError

Source = str | os.PathLike[str] | Iterable[record.Article | Article]
_GROUPS: dict[str, Callable[[record.Article], Iterable[str]]] = {
    "collection": lambda article: [article.metadata.collection],
    "phenomena": lambda article: article.metadata.phenomena,
}
GROUPINGS = tuple(_GROUPS)


class Sides(NamedTuple):
    """What several sides have of the same articles: a tuple of records each, and the ids that a side lacks."""

    names: list[str]
    articles: list[tuple[record.Article, ...]]
    missing: dict[str, list[str]]


def sides(sources: list[Source]) -> Sides:
    """The articles that all sides have, by id. Raises TasrihError for fewer than two sides, when they have
    no article in common, and when the texts differ.
    """
    if len(sources) < 2:
        raise TasrihError("there is nothing to compare with. Give the records of two annotators or more.")
    names = [_name(source, number) for number, source in enumerate(sources)]
    records = [_records(source) for source in sources]
    ids = list(dict.fromkeys(article_id for side in records for article_id in side))
    shared = [article_id for article_id in ids if all(article_id in side for side in records)]
    if not shared:
        raise TasrihError(f"{' and '.join(names)} have no article in common. Do the ids of the records agree?")
    articles = [tuple(side[article_id] for side in records) for article_id in shared]
    for same in articles:
        _refuse_other_text(same, names)
    missing = {
        name: [article_id for article_id in ids if article_id not in side]
        for name, side in zip(names, records, strict=True)
    }
    return Sides(names, articles, {name: lacking for name, lacking in missing.items() if lacking})


def _name(source: Source, number: int) -> str:
    return os.fspath(source) if isinstance(source, str | os.PathLike) else chr(ord("A") + number)


def _records(source: Source) -> dict[str, record.Article]:
    articles = load(source) if isinstance(source, str | os.PathLike) else source
    plain = (article.record if isinstance(article, Article) else article for article in articles)
    return {article.id: article for article in plain}


def _refuse_other_text(same: tuple[record.Article, ...], names: list[str]) -> None:
    texts = [[paragraph.text for paragraph in article.paragraphs] for article in same]
    for name, text in zip(names, texts, strict=True):
        pairs = enumerate(zip_longest(text, texts[0]), 1)
        if different := next((place for place, (one, other) in pairs if one != other), None):
            raise TasrihError(
                f"{same[0].id}: the text of paragraph {different} is not the same in {names[0]} and {name}. "
                "Annotations can be compared on the same text only."
            )


def grouped(articles: list[tuple[record.Article, ...]], by: str | None) -> dict[str, list[tuple[record.Article, ...]]]:
    """All articles, and those of each group of `by` (one of GROUPINGS), by what the first side says."""
    if by is not None and by not in _GROUPS:
        raise TasrihError(f"{by}: cannot be broken down by that. There are {', '.join(GROUPINGS)}.")
    groups: dict[str, list[tuple[record.Article, ...]]] = {}
    for same in articles:
        for group in dict.fromkeys(_GROUPS[by](same[0])) if by else ():
            groups.setdefault(group, []).append(same)
    return {"all": articles, **dict(sorted(groups.items()))}
