"""What systems score, as tables for people, and as tab-separated values and JSON for programs: the same figures."""

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tasrih.choices import Report
from tasrih.scoring.counting import (
    KINDS,
    PROPERTIES,
    RATES,
    Counts,
    Difference,
    Estimate,
    Estimates,
    GroupComparison,
    GroupScores,
    main_rate,
)
from tasrih.scoring.tables import Table, as_json, counts_json, shown, title
from tasrih.terminal import one_line

Groups = dict[str, GroupScores]
Missing = dict[str, list[str]]
Systems = Mapping[str, Groups]
"""What each system scores, by its name."""
_SIZES = ("gold", "predicted", "matched")
_INTERVAL = "95 %"
_MEAN = "mean ± sd"
_LONGEST = 24  # letters of the name of a group or a system in a table, so that it fits into 80


class Figure(NamedTuple):
    """What is counted, how it must match, the counts, and how sure they are."""

    name: str
    match: str
    counts: Counts
    estimates: Estimates

    @property
    def is_given(self) -> bool:
        """Whether what was found is given: then it is asked how many of the answers are right."""
        return " given " in self.name

    @property
    def rate(self) -> float | None:
        """The rate that says most."""
        rate: float | None = getattr(self.counts, main_rate(self.name))
        return rate

    @property
    def estimate(self) -> Estimate:
        """How sure that rate is."""
        estimate: Estimate = getattr(self.estimates, main_rate(self.name))
        return estimate


def figures(group: GroupScores) -> dict[str, Figure]:
    """The figures of a group, by what a tally calls them."""
    return {key: Figure(*named(key), counts, group.estimates[key]) for key, counts in group.counts.items()}


def named(key: str) -> tuple[str, str]:
    """What a tally counts under a key, and how it must match."""
    name, _, match = key.rpartition(" ")
    name, match = (name, match) if match in KINDS else (key, "overlap")
    return f"same {name}" if name in PROPERTIES else name, match


def label(key: str) -> str:
    """What a tally counts under a key, as a table names it."""
    name, match = named(key)
    return name if match == "exact" else f"{name} ≥ ½"


def score_tables(systems: Systems) -> list[Table]:
    """Tables of the figures: of one system all that there is to them, of several side by side how good and how sure.

    Groups have a table for each system, with a row for each.
    """
    whole = {name: groups["all"] for name, groups in systems.items()}
    tables = [_side_by_side(whole)] if len(whole) > 1 else _alone(next(iter(whole.values())))
    for name, groups in systems.items():
        if len(groups) > 1:
            tables.append(_groups(name if len(systems) > 1 else "each group", groups))
    return tables


def _alone(group: GroupScores) -> list[Table]:
    """What there is and how much of it is right, exactly and by half; then how sure that is."""
    name = title("all", group.articles)
    if any(" given " in key for key in group.counts):
        found = {label(key): figure for key, figure in figures(group).items()}
        rows = [[key, *_given_cells(one), *_sureness(one)] for key, one in found.items()]
        return [Table(name, ["", "gold", "asked", "share", "right", _INTERVAL, _MEAN], rows)]
    columns = ["", "gold", "found", "P", "R", "F1", "P ≥ ½", "R ≥ ½", "F1 ≥ ½"]
    sure = ["", "F1", _INTERVAL, _MEAN, "F1 ≥ ½", _INTERVAL, _MEAN]
    pairs = _pairs(figures(group))
    return [
        Table(name, columns, [_rates(key, *pair) for key, pair in pairs.items()]),
        Table("how sure, over articles", sure, [_sure_row(key, *pair) for key, pair in pairs.items()]),
    ]


def _pairs(found: dict[str, Figure]) -> dict[str, tuple[Figure | None, Figure | None]]:
    """Figures by name, of exact matches and of those by half, where there is one."""
    names = dict.fromkeys(one.name for one in found.values())
    by_match = {(one.name, one.match): one for one in found.values()}
    return {name: (by_match.get((name, "exact")), by_match.get((name, "overlap"))) for name in names}


def _rates(name: str, exact: Figure | None, half: Figure | None) -> list[str]:
    either = exact or half
    sizes = [str(either.counts.gold), str(either.counts.predicted)] if either else ["", ""]
    if name.startswith("same "):  # one rate: of quotes that match, the part that is right
        return [name, *sizes, *[""] * 5, shown(half and half.rate)]
    return [name, *sizes, *_three(exact), *_three(half)]


def _three(figure: Figure | None) -> list[str]:
    counts = figure.counts if figure else None
    return [shown(rate) for rate in (counts.precision, counts.recall, counts.f1)] if counts else [""] * 3


def _sure_row(name: str, *pair: Figure | None) -> list[str]:
    return [name, *(cell for one in pair for cell in ([shown(one.rate), *_sureness(one)] if one else [""] * 3))]


def _sureness(figure: Figure) -> list[str]:
    return [_interval(figure.estimate), _mean(figure.estimate)]


def _given_cells(figure: Figure) -> list[str]:
    counts = figure.counts
    share = counts.predicted / counts.gold if counts.gold else None
    return [str(counts.gold), str(counts.predicted), shown(share), shown(figure.rate)]


def _side_by_side(systems: Mapping[str, GroupScores]) -> Table:
    found = [figures(group) for group in systems.values()]
    rows = []
    for key in dict.fromkeys(key for one in found for key in one):
        there = [one.get(key) for one in found]
        gold = "" if key in PROPERTIES else str(max(one.counts.gold for one in there if one))
        rows.append([label(key), gold, *(_sure(one) if one else "" for one in there)])
    articles = next(iter(systems.values())).articles
    return Table(title("all", articles), ["", "gold", *map(_cut, systems)], rows)


def _sure(figure: Figure) -> str:
    if figure.estimate.low is None:
        return shown(figure.rate)
    return f"{shown(figure.rate)} ({_interval(figure.estimate)})"


def _groups(name: str, groups: Groups) -> Table:
    """A row a group: of its quotes, or of its mentions where it has no quotes."""
    is_given = any(" given " in key for key in groups["all"].counts)
    columns = ["gold", "asked", "right", _INTERVAL]
    if not is_given:
        columns = ["items", "F1", "F1 ≥ ½", _INTERVAL, "attribution", _INTERVAL]
    row = _given_row if is_given else _group_row
    return Table(name, ["", *columns], [[_cut(group), *row(figures(found))] for group, found in groups.items()])


def _given_row(found: dict[str, Figure]) -> list[str]:
    speaker = next(one for key, one in found.items() if key.startswith("speaker") and one.match == "overlap")
    return [str(speaker.counts.gold), str(speaker.counts.predicted), shown(speaker.rate), _interval(speaker.estimate)]


def _group_row(found: dict[str, Figure]) -> list[str]:
    layer = next(
        (one for one in ("quotes", "mentions") if (exact := found.get(f"{one} exact")) and exact.counts.gold), ""
    )
    if not layer:
        return ["0", *["–"] * 5]
    exact, half = found[f"{layer} exact"], found[f"{layer} overlap"]
    cells = [str(exact.counts.gold), shown(exact.rate), shown(half.rate), _interval(half.estimate)]
    speaker = found.get("attribution") if layer == "quotes" else None
    return [*cells, shown(speaker.rate), _interval(speaker.estimate)] if speaker else [*cells, "", ""]


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _interval(estimate: Estimate) -> str:
    return "–" if estimate.low is None else f"{shown(estimate.low)}–{shown(estimate.high)}"


def _mean(estimate: Estimate) -> str:
    mean = shown(estimate.mean)
    return mean if estimate.deviation is None else f"{mean} ± {shown(estimate.deviation)}"


def compare_tables(groups: Mapping[str, GroupComparison], systems: tuple[str, str]) -> list[Table]:
    """A table for each group: the rate of both systems, what the second gains, its interval and p."""
    columns = ["", *map(_cut, systems), "gain", _INTERVAL, "p"]
    return [
        Table(
            title(name, group.articles), columns, [[label(key), *_gain(one)] for key, one in group.differences.items()]
        )
        for name, group in groups.items()
    ]


def _gain(found: Difference) -> list[str]:
    interval = "–" if found.low is None else f"{found.low:+.3f} … {found.high:+.3f}"
    gain = "–" if found.gain is None else f"{found.gain:+.3f}"
    return [shown(found.one), shown(found.other), gain, interval, "–" if found.p is None else f"{found.p:.4f}"]


def compare_tsv(groups: Mapping[str, GroupComparison], systems: tuple[str, str]) -> str:
    """The differences as tab-separated values: a line for each figure of a group; empty where there is nothing."""
    lines = [["group", "articles", "figure", "match", "first", "second", *Difference._fields]]
    for name, group in groups.items():
        for key, found in group.differences.items():
            numbers = ("" if number is None else str(number) for number in found)
            lines.append([name, str(group.articles), *named(key), *systems, *numbers])
    return _tsv(lines)


def compare_json(groups: Mapping[str, GroupComparison], systems: tuple[str, str], missing: Missing) -> str:
    """The differences as JSON: the systems, groups, and what is counted in each."""
    told = {}
    for name, group in groups.items():
        nested: dict[str, dict[str, Any]] = {}
        for key, found in group.differences.items():
            figure, match = named(key)
            nested.setdefault(figure, {})[match] = found._asdict()
        told[name] = {"articles": group.articles, "figures": nested}
    return as_json({"systems": list(systems), "groups": told, "missing": missing})


def score_tsv(systems: Systems) -> str:
    """The figures as tab-separated values: a line for each of a system and a group; empty where there is nothing."""
    estimates = [f"{rate}_{field}" for rate in RATES for field in ("", *Estimate._fields)]
    head = ["system", "group", "articles", "figure", "match", *_SIZES, *(name.removesuffix("_") for name in estimates)]
    lines = [head]
    for system, groups in systems.items():
        for group, found in groups.items():
            lines += [[system, group, str(found.articles), *_values(one)] for one in figures(found).values()]
    return _tsv(lines)


def _tsv(lines: list[list[str]]) -> str:
    return "".join("\t".join(map(one_line, line)) + "\n" for line in lines)


def _values(figure: Figure) -> Iterator[str]:
    yield from (figure.name, figure.match)
    numbers = [getattr(figure.counts, size) for size in _SIZES]
    for rate in RATES:
        numbers += [getattr(figure.counts, rate), *getattr(figure.estimates, rate)]
    yield from ("" if number is None else str(number) for number in numbers)


def score_json(systems: Systems, missing: Missing) -> str:
    """The figures as JSON: groups, what is counted in each, rates, and how sure they are; null where there is none.

    Several systems are told apart by name.
    """
    told = {name: {"groups": _told(groups)} for name, groups in systems.items()}
    return as_json((next(iter(told.values())) if len(told) == 1 else {"systems": told}) | {"missing": missing})


def _told(groups: Groups) -> dict[str, Any]:
    return {
        name: {
            "articles": group.articles,
            "figures": counts_json(group.counts),
            "estimates": {
                key: {rate: getattr(found, rate)._asdict() for rate in RATES} for key, found in group.estimates.items()
            },
        }
        for name, group in groups.items()
    }


def score_report(systems: Systems, missing: Missing, rendering: Report) -> str | list[Table]:
    """What systems score: tables, or text for programs."""
    if rendering == "text":
        return score_tables(systems)
    return score_tsv(systems) if rendering == "tsv" else score_json(systems, missing)


def names(paths: Sequence[str]) -> list[str]:
    """What systems are called in a report: their files without folders and endings, or paths where these are the same.

    A path that is there twice has a number.
    """
    short = [os.path.basename(path.rstrip("/")).partition(".")[0] or path for path in paths]  # noqa: PTH119
    found = [path if short.count(name) > 1 else name for path, name in zip(paths, short, strict=True)]
    return [
        f"{name} ({found[:number].count(name) + 1})" if found.count(name) > 1 else name
        for number, name in enumerate(found)
    ]
