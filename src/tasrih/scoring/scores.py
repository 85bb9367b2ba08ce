"""Predictions against a gold standard."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasrih import record
from tasrih.choices import Grouping
from tasrih.scoring.counting import Counts, GroupScores, Tally, tally
from tasrih.scoring.items import Pair, is_of_quotes, items_of
from tasrih.scoring.sides import Annotations, grouped, sides
from tasrih.scoring.tables import score_tables


@dataclass(frozen=True, repr=False)
class Scores:
    """Figures by group, `all` first; `missing` are ids of articles that a side does not have, and that do not count."""

    groups: dict[str, GroupScores]
    missing: dict[str, list[str]]

    def __repr__(self) -> str:
        every = self.groups["all"]
        rates = ((name, every.counts[name].f1) for name in ("quotes exact", "quotes overlap", "attribution"))
        told = ", ".join(f"{name} F1 {'–' if rate is None else format(rate, '.3f')}" for name, rate in rates)
        return f"<Scores of {every.articles} article{'' if every.articles == 1 else 's'}: {told}>"

    def _repr_html_(self) -> str:
        from tasrih.notebook import tables_html

        return tables_html(score_tables(self.groups))


def score(gold: Annotations, predicted: Annotations, *, by: Grouping | None = None) -> Scores:
    """Holds records against a gold standard: paths of records, or the articles themselves.

    Articles are paired by id. Counts are summed over articles. `by` breaks the figures down by `collection` or by
    `phenomena` of the gold standard: by the quotes that list a phenomenon, each against what was predicted where it
    stands, and by whole articles where no quote does. Raises TasrihError when there is nothing to compare, or the
    texts differ.
    """
    found = sides([gold, predicted], by)
    groups = {}
    for name, articles in grouped(found.articles, by).items():
        items = items_of(name, articles) if by == "phenomena" else []
        groups[name] = _of_quotes(items) if items else GroupScores(len(articles), summed(articles, 0, 1))
    return Scores(groups, found.missing)


def _of_quotes(items: list[Pair]) -> GroupScores:
    """The figures of quotes alone; of terms and mentions there is nothing."""
    counts = summed(items, 0, 1)
    return GroupScores(len(items), {name: count if is_of_quotes(name) else Counts() for name, count in counts.items()})


def summed(articles: Iterable[tuple[record.Article, ...]], left: int, right: int) -> Tally:
    """The counts of two sides over all articles."""
    tallies = [tally(same[left], same[right]) for same in articles]
    return {name: sum((counts[name] for counts in tallies), Counts()) for name in tallies[0]}
