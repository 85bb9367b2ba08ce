"""Predictions against a gold standard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tasrih import record
from tasrih.arguments import one_of
from tasrih.choices import GIVEN, SCORE_GROUPINGS, Given, ScoreGrouping
from tasrih.errors import ArgumentError
from tasrih.scoring.counting import Compared, Counts, GroupScores, Tally, tally, tally_given
from tasrih.scoring.items import mentions_by_type, quotes_by
from tasrih.scoring.reports import Groups, Missing, score_tables
from tasrih.scoring.sides import ALL, Annotations, groups_of, name_of, records_of, sides


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

        return tables_html(score_tables({"": self.groups}))


def score(
    gold: Annotations, predicted: Annotations, *, by: ScoreGrouping | None = None, given: Given | None = None
) -> Scores:
    """Holds records against a gold standard: paths of records, or the articles themselves.

    Articles are paired by id. Counts are summed over articles, and kept for each of them. `by` breaks the figures down
    by `collection`, `outlet` or `split` of the articles, by `type` of the quotes and of the entities mentioned, or by
    `phenomena`: by the quotes that list one, each against what was predicted where it stands, and by whole articles
    where no quote does. With `given`, attribution alone is counted: of the `quotes` that were found, or of those whose
    speaker was found among the `mentions`. Raises TasrihError when there is nothing to compare, or the texts differ.
    """
    if by is not None:
        one_of("cannot be broken down by that", by, SCORE_GROUPINGS)
    if given is not None:
        one_of("cannot be given", given, GIVEN)
    found = sides([gold, predicted])
    return Scores(_groups(found.articles, by, given), found.missing)


def score_all(
    gold: Annotations,
    systems: Sequence[Annotations],
    *,
    by: ScoreGrouping | None = None,
    given: Given | None = None,
) -> tuple[list[Groups], Missing]:
    """The figures of several systems, each on what all of them have; the gold standard is read once.

    Also the ids of articles that a side does not have. Raises TasrihError as `score` does, and when the systems have no
    article in common.
    """
    name = name_of(gold, 0)
    records = list(records_of(gold, name).values())
    missing: Missing = {}
    scores = []
    for number, system in enumerate(systems, 1):
        found = score(records, system, by=by, given=given)
        for side, ids in found.missing.items():
            told = missing.setdefault(name if side == "A" else name_of(system, number), [])
            told += [article_id for article_id in ids if article_id not in told]
        scores.append(found.groups)
    return _on_same_articles(scores), missing


def _on_same_articles(systems: Sequence[Groups]) -> list[Groups]:
    shared = set.intersection(*({*groups["all"].each} for groups in systems))
    if not shared:
        raise ArgumentError("the systems have no article in common. Do they have predictions of the same articles?")
    return [
        {name: _within(group, shared) for name, group in groups.items() if not shared.isdisjoint(group.each)}
        for groups in systems
    ]


def _within(group: GroupScores, shared: set[str]) -> GroupScores:
    return GroupScores({article_id: counts for article_id, counts in group.each.items() if article_id in shared})


def _groups(pairs: list[tuple[record.Article, ...]], by: ScoreGrouping | None, given: Given | None) -> Groups:
    each: dict[str, Tally] = {}
    groups: dict[str, dict[str, Tally]] = {}
    for gold, predicted in pairs:
        compared = Compared(gold, predicted)
        each[gold.id] = _counted(compared, given)
        nothing = dict.fromkeys(each[gold.id], Counts())
        for name, part in _parts(compared, by, given):
            groups.setdefault(name, {})[gold.id] = nothing | _counted(part, given)
    if by and by != "type":
        same = groups_of((gold for gold, _ in pairs), by)
        groups = {name: {one: each[one] for one in ids} for name, ids in same.items()} | groups
    return {ALL: GroupScores(each)} | {name: GroupScores(groups[name]) for name in sorted(groups)}


def _parts(compared: Compared, by: ScoreGrouping | None, given: Given | None) -> Iterator[tuple[str, Compared]]:
    """The items of each group of an article: quotes that list a phenomenon, or quotes and mentions of a type."""
    if by == "phenomena":
        yield from quotes_by(lambda quote: quote.phenomena, compared)
    if by == "type":
        yield from quotes_by(lambda quote: [quote.type], compared)
        yield from () if given else mentions_by_type(compared)


def _counted(compared: Compared, given: Given | None) -> Tally:
    return tally_given(compared, given) if given else tally(compared)
