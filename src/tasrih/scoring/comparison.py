"""Two systems on the same articles: what one is better by, and whether that may be chance."""

from collections.abc import Collection
from dataclasses import dataclass

from tasrih.choices import Given, Report, ScoreGrouping
from tasrih.errors import ArgumentError, needing
from tasrih.record import Split
from tasrih.scoring.counting import RATES, Difference, GroupComparison, GroupScores, main_rate, table
from tasrih.scoring.predictions import Predictions
from tasrih.scoring.reports import Scores, Systems, compare_json, compare_tables, compare_tsv
from tasrih.scoring.scores import Wanted, score_all
from tasrih.scoring.sides import Annotations
from tasrih.scoring.tables import Missing, Table


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
    one: Predictions,
    other: Predictions,
    *,
    by: ScoreGrouping | None = None,
    given: Given | None = None,
    split: Split | None = None,
) -> Comparison:
    """Holds two systems against a gold standard and each other: F1 of the other less that of the one, and p.

    Only figures that both have answers for are compared, and without a split only articles that both have. The interval
    is that of the difference over articles drawn anew for both together; p is that of a paired randomisation test: how
    often a difference as large, in whichever direction, comes when a coin decides for each article which system its
    counts are of. `by`, `given` and `split` are as in `tasrih.score`; with `given` the difference is that of the part
    that is right. Raises TasrihError as that does.

    >>> gold = [tasrih.load()["2019-10-08-port-salaries"]]
    >>> nothing = [{"id": gold[0].id, "quotes": []}]
    >>> tasrih.compare(gold, nothing, gold).groups["all"].differences["quotes exact"].gain
    1.0
    """
    found = score_all(gold, {"A": one, "B": other}, Wanted(by, given), split)
    return Comparison(differences(found["A"], found["B"]), found["A"].missing)


def differences(one: Scores, other: Scores) -> dict[str, GroupComparison]:
    """What the figures of one system differ by from those of another on the same articles, in the groups of both.

    Raises TasrihError when they have answers to nothing in common.
    """
    counted = one.counted & other.counted
    if not counted:
        raise ArgumentError(
            "the two systems have no answers of the same kind, and there is nothing to compare. Score them without "
            "--compare: what each has then stands side by side."
        )
    return {
        name: _compared(one.groups[name], other.groups[name], counted) for name in one.groups if name in other.groups
    }


def _compared(one: GroupScores, other: GroupScores, counted: Collection[str]) -> GroupComparison:
    with needing():
        from tasrih.scoring import bootstrap

    ids = list(dict.fromkeys([*one.each, *other.each]))
    names = [name for name in one.counts if name in counted]
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
