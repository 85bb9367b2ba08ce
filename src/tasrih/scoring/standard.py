"""The articles of a gold standard, each with what systems found in it."""

from collections.abc import Sequence
from typing import NamedTuple, get_args

from tasrih import record
from tasrih.arguments import one_of
from tasrih.corpus import Corpus
from tasrih.errors import ArgumentError
from tasrih.instances import without_collecting
from tasrih.record import Split
from tasrih.scoring.places import Places
from tasrih.scoring.predictions import Invalid, Predictions, read
from tasrih.scoring.sides import Annotations, joined, name_of, records_of


class Held(NamedTuple):
    """Articles with the gold record first and that of each system after it; `missing` has the ids that a side lacks.

    For each system, `counted` names what it has answers for, and `invalid` tells of those that cannot be read.
    """

    articles: list[tuple[record.Article, ...]]
    missing: dict[str, list[str]]
    counted: list[frozenset[str]]
    invalid: list[Invalid]


def held(gold: Annotations, systems: Sequence[Predictions], split: Split | None = None) -> Held:
    """The articles that the gold standard and all systems have; with `split`, all of that split.

    An article of the split that a system lacks is one in which it found nothing. Raises TasrihError when nothing is in
    common, when the texts differ, and for what is no prediction.
    """
    if split is not None:
        one_of("no such split", split, get_args(Split))
    names = [name_of(source, number) for number, source in enumerate((gold, *systems))]
    if isinstance(gold, Corpus):
        names[0] = "the corpus"
    with without_collecting():
        every = records_of(gold, names[0])
    wanted = {name: article for name, article in every.items() if split in (None, article.metadata.split)}
    if not every:
        raise ArgumentError(f"{names[0]} has no articles, and there is nothing to score.")
    if not wanted:
        raise ArgumentError(f"{names[0]} has no article whose record says that it is in {split} (metadata.split).")
    places = {name: Places(article) for name, article in every.items()}
    with without_collecting():
        found = [read(source, places, name) for source, name in zip(systems, names[1:], strict=True)]
    made = [{name: one for name, one in each.articles.items() if split is None or name in wanted} for each in found]
    missing = {names[0]: list(dict.fromkeys(name for each in found for name in each.others))}
    missing |= {
        name: [one for one in wanted if one not in articles] for name, articles in zip(names[1:], made, strict=True)
    }
    if split:
        made = [{name: one.get(name) or _nothing(wanted[name]) for name in wanted} if one else one for one in made]
    pairs = joined(names, [wanted, *made]).articles
    lacking = {name: ids for name, ids in missing.items() if ids}
    return Held(pairs, lacking, [each.counted for each in found], [each.invalid for each in found])


def _nothing(article: record.Article) -> record.Article:
    """An article in which nothing was found."""
    return article.model_copy(update={"quotes": (), "terms": (), "entities": ()})
