"""The same articles, annotated more than once."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any, NamedTuple

from tasrih import record
from tasrih.arguments import shown
from tasrih.article import Article
from tasrih.choices import Grouping
from tasrih.corpus import load
from tasrih.errors import ArgumentError, InvalidError
from tasrih.reading import STDIN
from tasrih.spans import spans
from tasrih.standoff.filling import with_masks
from tasrih.standoff.models import is_masked

Annotations = str | os.PathLike[str] | Iterable[record.Article | Article]
ALL = "all"
_UNKNOWN = "–"
_GROUPS: dict[Grouping, Callable[[record.Article], Iterable[str]]] = {
    "collection": lambda article: [article.metadata.collection],
    "outlet": lambda article: [article.metadata.publisher or _UNKNOWN],
    "phenomena": lambda article: article.metadata.phenomena,
    "split": lambda article: [article.metadata.split or _UNKNOWN],
}


class Sides(NamedTuple):
    """What several sides have of the same articles: a tuple of records each, and the ids that a side lacks."""

    names: list[str]
    articles: list[tuple[record.Article, ...]]
    missing: dict[str, list[str]]


def sides(sources: list[Annotations]) -> Sides:
    """The articles that all sides have, by id.

    Raises TasrihError for fewer than two sides, when they have no article in common, and when the texts differ.
    """
    if len(sources) < 2:
        raise ArgumentError("there is nothing to compare with. Give the records of two annotators or more.")
    names = [name_of(source, number) for number, source in enumerate(sources)]
    return joined(names, [records_of(source, name) for source, name in zip(sources, names, strict=True)])


def joined(names: list[str], records: list[dict[str, record.Article]]) -> Sides:
    """The articles that all sides have, from those of each by id.

    Raises TasrihError when they have none in common, and when the texts differ.
    """
    ids = list(dict.fromkeys(article_id for side in records for article_id in side))
    shared = [article_id for article_id in ids if all(article_id in side for side in records)]
    if not shared:
        raise ArgumentError(f"{' and '.join(names)} have no article in common. Do the ids of the records agree?")
    articles = [_alike(tuple(side[article_id] for side in records)) for article_id in shared]
    for same in articles:
        _refuse_other_text(same, names)
    articles = list(map(_once, articles))
    missing = {
        name: [article_id for article_id in ids if article_id not in side]
        for name, side in zip(names, records, strict=True)
    }
    return Sides(names, articles, {name: lacking for name, lacking in missing.items() if lacking})


def name_of(source: object, number: int) -> str:
    """What messages call a side: its path, or a letter."""
    if not isinstance(source, str | os.PathLike):
        return chr(ord("A") + number)
    return STDIN if os.fspath(source) == "-" else os.fspath(source)


def records_of(source: Annotations, name: str) -> dict[str, record.Article]:
    """The records of a side by id. Raises TasrihError for what is none, and for one that is there twice."""
    found: dict[str, record.Article] = {}
    for article in load(source) if isinstance(source, str | os.PathLike) else _articles(source, name):
        if article.id in found:
            raise InvalidError(f"{name}: the id {article.id} is taken twice. An annotator has an article once.")
        found[article.id] = article.record if isinstance(article, Article) else article
        refuse_adrift(found[article.id], name)
    return found


def refuse_adrift(article: record.Article, name: str) -> None:
    """Raises TasrihError for a span outside the text: scores count what spans share, character by character."""
    ends = {paragraph.id: len(paragraph.text) for paragraph in article.paragraphs if paragraph.text is not None}
    for span in spans(article) if ends else ():
        if not span.start < span.end <= ends.get(span.paragraph, 0):
            place = f"{span.paragraph}[{span.start}:{span.end}]"
            raise InvalidError(
                f"{name}: {article.id} has no text at {place}; `tasrih validate` lists all that is wrong."
            )


def _articles(source: object, name: str) -> Iterator[record.Article | Article]:
    """The articles that were handed over. Raises TasrihError for anything else."""
    allowed = (
        "Give the path of records, a corpus, or a list of articles (`tasrih.load` has some, `tasrih.draft` makes one)"
    )
    if not isinstance(source, Iterable) or isinstance(source, Mapping | bytes):
        raise ArgumentError(f"{name}: {shown(source)} has no articles. {allowed}.")
    for article in source:
        if not isinstance(article, record.Article | Article):
            raise ArgumentError(f"{name}: {shown(article)} is no article. {allowed}.")
        yield article


def _refuse_other_text(same: tuple[record.Article, ...], names: list[str]) -> None:
    texts = [[paragraph.text for paragraph in article.paragraphs] for article in same]
    for name, text in zip(names, texts, strict=True):
        pairs = enumerate(zip_longest(text, texts[0]), 1)
        if different := next((place for place, (one, other) in pairs if one != other), None):
            raise ArgumentError(
                f"{same[0].id}: the text of paragraph {different} is not the same in {names[0]} and {name}. "
                "Annotations can be compared on the same text only."
            )


def _alike(same: tuple[record.Article, ...]) -> tuple[record.Article, ...]:
    """The articles with masks for words, where one has them: of that only the lengths of words can be compared.

    Those whose texts are the same stay as they are.
    """
    if all(article.paragraphs == same[0].paragraphs for article in same):
        return same
    is_measured = all(paragraph.text is not None for article in same for paragraph in article.paragraphs)
    masked = [is_masked(article) for article in same] if is_measured else []
    if not any(masked):
        return same
    return tuple(one if is_mask else with_masks(one) for one, is_mask in zip(same, masked, strict=True))


def _once(same: tuple[record.Article, ...]) -> tuple[record.Article, ...]:
    """The articles without the paragraphs that a side says are said again, and without what is annotated in them."""
    again = {paragraph for article in same for paragraph in _said_again(article)}
    return tuple(_without(article, again) for article in same) if again else same


def _said_again(article: record.Article) -> Iterator[str]:
    """The ids of paragraphs that repeat an earlier one."""
    earlier: set[str] = set()
    for paragraph in article.paragraphs:
        if paragraph.repeats in earlier:
            yield paragraph.id
        earlier.add(paragraph.id)


def _without(article: record.Article, gone: set[str]) -> record.Article:
    """An article without some paragraphs; entities that are mentioned nowhere else are left without a mention."""

    def kept(spans: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(span for span in spans if span.paragraph not in gone)

    def person(one: record.Participant | None) -> record.Participant | None:
        is_gone = one is not None and one.span is not None and one.span.paragraph in gone
        return one.model_copy(update={"span": None}) if one and is_gone else one

    quotes = [
        quote.model_copy(
            update={
                "spans": spans,
                "cue": next(iter(kept([quote.cue] if quote.cue else [])), None),
                "speaker": person(quote.speaker),
                "addressee": person(quote.addressee),
            }
        )
        for quote in article.quotes
        if (spans := kept(quote.spans)) or not quote.spans  # a cue of tags has no quote
    ]
    parts = {
        "paragraphs": tuple(paragraph for paragraph in article.paragraphs if paragraph.id not in gone),
        "quotes": tuple(quotes),
        "terms": tuple(term for term in article.terms if term.span.paragraph not in gone),
        "entities": tuple(one.model_copy(update={"mentions": kept(one.mentions)}) for one in article.entities),
    }
    return article.model_copy(update=parts)


def groups_of(articles: Iterable[record.Article], by: Grouping) -> dict[str, list[str]]:
    """The ids of the articles in each group of `by`; one whose name is `all`, as that of all groups, is told apart."""
    groups: dict[str, list[str]] = {}
    for article in articles:
        for group in dict.fromkeys(_GROUPS[by](article)):
            groups.setdefault(f"{group}'" if group == ALL else group, []).append(article.id)
    return dict(sorted(groups.items()))
