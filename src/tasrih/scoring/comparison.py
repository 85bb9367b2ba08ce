"""Two systems on the same articles: what one is better by, and whether that may be chance."""

from dataclasses import dataclass

from tasrih.choices import Given, Report, ScoreGrouping
from tasrih.scoring import bootstrap
from tasrih.scoring.counting import RATES, Difference, GroupComparison, GroupScores, main_rate, table
from tasrih.scoring.reports import Groups, Missing, Systems, compare_json, compare_tables, compare_tsv
from tasrih.scoring.scores import score_all
from tasrih.scoring.sides import Annotations
from tasrih.scoring.tables import Table


@dataclass(frozen=True, repr=False)
class Comparison:
    """Differences by group, `all` first; `missing` are ids of articles that a side does not have, and do not count."""

    groups: dict[str, GroupComparison]
    missing: Missing

    def __repr__(self) -> str:
        every = self.groups["all"]
        found = ((name, difference.gain, difference.p) for name, difference in every.differences.items())
        told = ", ".join(f"{name} {gain:+.3f} (p {p:.4f})" for name, gain, p in found if gain is not None and p)
        return f"<Comparison on {every.articles} article{'' if every.articles == 1 else 's'}: {told}>"

    def _repr_html_(self) -> str:
        from tasrih.notebook import tables_html

        return tables_html(compare_tables(self.groups, ("A", "B")))


def compare(
    gold: Annotations,
    one: Annotations,
    other: Annotations,
    *,
    by: ScoreGrouping | None = None,
    given: Given | None = None,
) -> Comparison:
    """Holds two systems against a gold standard and each other: F1 of the other less that of the one, and p.

    Only articles that both have count. The interval is that of the difference over articles drawn anew for both
    together; p is that of a paired randomisation test: how often a difference as large, in whichever direction, comes
    when a coin decides for each article which system its counts are of. `by` and `given` are as in `tasrih.score`;
    with `given` the difference is that of the part that is right. Raises TasrihError as that does.
    """
    (left, right), missing = score_all(gold, [one, other], by=by, given=given)
    return Comparison(differences(left, right), missing)


def differences(one: Groups, other: Groups) -> dict[str, GroupComparison]:
    """What the figures of one system differ by from those of another on the same articles, in the groups of both."""
    return {name: _compared(one[name], other[name]) for name in one if name in other}


def _compared(one: GroupScores, other: GroupScores) -> GroupComparison:
    ids = list(dict.fromkeys([*one.each, *other.each]))
    names = [name for name in one.counts if name in other.counts]
    tables = (table([side.each.get(article_id, {}) for article_id in ids], names) for side in (one, other))
    found = {}
    for name, numbers in zip(names, bootstrap.differences(*tables), strict=True):
        rate = main_rate(name)
        sides = (getattr(side.counts[name], rate) for side in (one, other))
        found[name] = Difference(*sides, *numbers[RATES.index(rate)])
    return GroupComparison(len(ids), found)


def compare_report(systems: Systems, missing: Missing, rendering: Report) -> str | list[Table]:
    """What the second of two systems gains: tables, or text for programs."""
    one, other = systems
    found = differences(systems[one], systems[other])
    if rendering == "text":
        return compare_tables(found, (one, other))
    return compare_tsv(found, (one, other)) if rendering == "tsv" else compare_json(found, (one, other), missing)
