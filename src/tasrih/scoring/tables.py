"""Figures as tables for people, and as JSON for programs."""

import json
from statistics import fmean
from typing import Any, NamedTuple

from tasrih.choices import LAYERS
from tasrih.scoring.counting import PROPERTIES, Counts, GroupAgreement, Tally

Missing = dict[str, list[str]]


class Table(NamedTuple):
    """A table: its title, the names of its columns, and its rows."""

    title: str
    columns: list[str]
    rows: list[list[str]]


def fitting(table: Table, width: int) -> list[Table]:
    """A table as one or more that are no wider than so many letters, each with the first column."""
    cells = [table.columns, *table.rows]
    widths = [max(len(row[number]) for row in cells) + 1 for number in range(len(table.columns))]
    groups: list[list[int]] = [[0]]
    for number in range(1, len(widths)):
        if len(groups[-1]) > 1 and sum(widths[place] for place in (*groups[-1], number)) + 1 > width:
            groups.append([0])
        groups[-1].append(number)
    return [
        Table(
            table.title,
            [table.columns[place] for place in group],
            [[row[place] for place in group] for row in table.rows],
        )
        for group in groups
    ]


def title(name: str, articles: int) -> str:
    """What a group is called, and how many articles it has."""
    return f"{name}: {articles} article{'' if articles == 1 else 's'}"


def shown(rate: float | None) -> str:
    """A rate as people read it."""
    return "–" if rate is None else f"{rate:.3f}"


def agreement_tables(groups: dict[str, GroupAgreement]) -> list[Table]:
    """A table for each group: alpha, and F1 of exact and of overlapping matches (of several pairs the mean)."""
    tables = []
    for name, group in groups.items():
        columns = ["", "alpha", "F1", "F1 ≥ ½"]
        tables.append(Table(title(name, group.articles), columns, _agreement_rows(group, list(group.counts.values()))))
        if len(group.counts) > 1:
            tables += [
                Table(f"{name}: {' and '.join(pair)}", columns, _agreement_rows(group, [counts], pair=True))
                for pair, counts in group.counts.items()
            ]
    return tables


def _agreement_rows(group: GroupAgreement, tallies: list[Tally], *, pair: bool = False) -> list[list[str]]:
    alphas = {layer: "" if pair else shown(group.alpha[layer]) for layer in LAYERS}
    rows = [
        [layer, alpha, *(_mean(tallies, f"{layer} {kind}") for kind in ("exact", "overlap"))]
        for layer, alpha in alphas.items()
    ]
    rows.append(["attribution", "", "", _mean(tallies, "attribution")])
    return rows + [[f"same {name}", "", "", _mean(tallies, name)] for name in PROPERTIES]


def _mean(tallies: list[Tally], name: str) -> str:
    rates = [rate for counts in tallies if (rate := counts[name].f1) is not None]
    return shown(fmean(rates) if rates else None)


def agreement_json(groups: dict[str, GroupAgreement], missing: Missing) -> str:
    """The figures as JSON: groups, alpha by layer, and for each pair of annotators counts and rates by layer."""
    found = {
        name: {
            "articles": group.articles,
            "tokens": group.tokens,
            "alpha": group.alpha,
            "pairs": [
                {"annotators": list(pair), "figures": counts_json(counts)} for pair, counts in group.counts.items()
            ],
        }
        for name, group in groups.items()
    }
    return as_json({"groups": found, "missing": missing})


def counts_json(counts: Tally) -> dict[str, Any]:
    """Counts and rates for programs: of layers exact and overlapping, and of quotes that match how many agree."""
    figures: dict[str, Any] = {}
    for key, count in counts.items():
        name, _, kind = key.rpartition(" ")
        if name in LAYERS or " given " in name:
            figures.setdefault(name, {})[kind] = _figure(count)
        elif key not in PROPERTIES:
            figures[key] = _figure(count)
    same = {
        name: {"matched": counts[name].gold, "same": counts[name].matched, "accuracy": counts[name].recall}
        for name in PROPERTIES
        if name in counts
    }
    return figures | ({"same": same} if same else {})


def _figure(counts: Counts) -> dict[str, int | float | None]:
    rates = {"precision": counts.precision, "recall": counts.recall, "f1": counts.f1}
    return {"gold": counts.gold, "predicted": counts.predicted, "matched": counts.matched, **rates}


def as_json(value: object) -> str:
    """Figures for programs."""
    return json.dumps(value, ensure_ascii=False, indent=2)
