"""What systems score, as tables for people, and as tab-separated values and JSON for programs: the same figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
from tasrih.scoring.predictions import Invalid
from tasrih.scoring.tables import Missing, Table, as_json, counts_json, shown, title
from tasrih.terminal import one_line

Groups = dict[str, GroupScores]
_SIZES = ("gold", "predicted", "matched")
_INTERVAL = "95 %"
_MEAN = "mean ± sd"
_RATES = ("gold", "found", "P", "R", "F1")
_GIVEN = ("gold", "asked", "share", "right")
_LONGEST = 24  # letters of the name of a group or a system in a table, so that it fits into 80


@dataclass(frozen=True, repr=False)
class Scores:
    """Figures by group, `all` first; `missing` are ids of articles that a side does not have.

    `counted` names what was counted: what was asked for and tried. `invalid` tells of answers that cannot be read.
    """

    groups: Groups
    missing: Missing
    counted: frozenset[str] = frozenset()
    invalid: Invalid = field(default_factory=Invalid)

    def __repr__(self) -> str:
        every = self.groups["all"]
        names = ("quotes exact", "quotes overlap", "attribution")
        rates = ((name, every.counts[name].f1) for name in names if name in every.counts)
        told = ", ".join(f"{name} F1 {shown(rate)}" for name, rate in rates)
        return f"<Scores of {title('all', every.articles).removeprefix('all: ')}: {told}>"

    def _repr_html_(self) -> str:
        from tasrih.notebook import tables_html

        return tables_html(score_tables({"": self}))


Systems = Mapping[str, Scores]
"""What each system scores, by its name."""


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
    """A table of the figures: of one system all that there is to them, of several side by side how good and how sure.

    What no system was counted for is left out. Groups have a table for each system, with a row for each.
    """
    tables = [_side_by_side(systems) if len(systems) > 1 else _alone(next(iter(systems.values())))]
    for name, scores in systems.items():
        if len(scores.groups) > 1:
            tables.append(_groups(name if len(systems) > 1 else "each group", scores.groups))
    return tables


def _alone(scores: Scores) -> Table:
    """A row for each figure: what there is, how much of it is right, and how sure that is."""
    every = scores.groups["all"]
    found = {key: figure for key, figure in figures(every).items() if key in scores.counted}
    is_given = any(figure.is_given for figure in found.values())
    columns, cells = (_GIVEN, _given_cells) if is_given else (_RATES, _rate_cells)
    rows = [[label(key), *cells(figure), *_sureness(figure)] for key, figure in found.items()]
    return Table(title("all", every.articles), ["", *columns, _INTERVAL, _MEAN], rows)


def _rate_cells(figure: Figure) -> list[str]:
    """How many there are and the three rates, which are one of quotes that match: the part that is right."""
    counts = figure.counts
    is_one = figure.name.startswith("same ")
    rates = ["", ""] if is_one else [shown(counts.precision), shown(counts.recall)]
    return [str(counts.gold), str(counts.predicted), *rates, shown(counts.f1)]


def _sureness(figure: Figure) -> list[str]:
    return [_interval(figure.estimate), _mean(figure.estimate)]


def _given_cells(figure: Figure) -> list[str]:
    counts = figure.counts
    share = counts.predicted / counts.gold if counts.gold else None
    return [str(counts.gold), str(counts.predicted), shown(share), shown(figure.rate)]


def _side_by_side(systems: Systems) -> Table:
    groups = [scores.groups["all"] for scores in systems.values()]
    found = [figures(group) for group in groups]
    counted = [scores.counted for scores in systems.values()]
    rows = []
    for key in (key for key in found[0] if any(key in names for names in counted)):
        gold = "" if key in PROPERTIES else str(max(one[key].counts.gold for one in found))
        cells = (_sure(one[key]) if key in names else "–" for one, names in zip(found, counted, strict=True))
        rows.append([label(key), gold, *cells])
    if any(scores.invalid.answers for scores in systems.values()):
        rows.append(["invalid answers", "", *(shown(scores.invalid.share) for scores in systems.values())])
    return Table(title("all", groups[0].articles), ["", "gold", *map(_cut, systems)], rows)


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
            lines.append([name, str(group.articles), *named(key), *systems, *map(_number, found)])
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
    """The figures as tab-separated values: a line for each of a system and a group; empty where there is nothing.

    The last column is the share of the system's answers that are invalid.
    """
    estimates = [f"{rate}_{field}" for rate in RATES for field in ("", *Estimate._fields)]
    head = ["system", "group", "articles", "figure", "match", *_SIZES, *(name.removesuffix("_") for name in estimates)]
    lines = [[*head, "invalid"]]
    for system, scores in systems.items():
        for group, found in scores.groups.items():
            start, end = [system, group, str(found.articles)], _number(scores.invalid.share)
            counted = (one for key, one in figures(found).items() if key in scores.counted)
            lines += [[*start, *_values(one), end] for one in counted]
    return _tsv(lines)


def _tsv(lines: list[list[str]]) -> str:
    return "".join("\t".join(map(one_line, line)) + "\n" for line in lines)


def _values(figure: Figure) -> Iterator[str]:
    yield from (figure.name, figure.match)
    numbers = [getattr(figure.counts, size) for size in _SIZES]
    for rate in RATES:
        numbers += [getattr(figure.counts, rate), *getattr(figure.estimates, rate)]
    yield from map(_number, numbers)


def _number(value: float | None) -> str:
    return "" if value is None else str(value)


def score_json(systems: Systems, missing: Missing) -> str:
    """The figures as JSON: groups, what is counted in each, rates, and how sure they are; null where there is none.

    Also what was counted, and how many answers are invalid. Several systems are told apart by name.
    """
    told = {name: _told(scores) for name, scores in systems.items()}
    return as_json((next(iter(told.values())) if len(told) == 1 else {"systems": told}) | {"missing": missing})


def _told(scores: Scores) -> dict[str, Any]:
    invalid = scores.invalid
    return {
        "groups": {name: _told_of_group(group) for name, group in scores.groups.items()},
        "invalid": {"answers": invalid.answers, "invalid": invalid.invalid, "reasons": invalid.reasons},
        "counted": sorted(scores.counted),
    }


def _told_of_group(group: GroupScores) -> dict[str, Any]:
    return {
        "articles": group.articles,
        "figures": counts_json(group.counts),
        "estimates": {
            key: {rate: getattr(found, rate)._asdict() for rate in RATES} for key, found in group.estimates.items()
        },
    }


def score_report(systems: Systems, missing: Missing, rendering: Report) -> str | list[Table]:
    """What systems score: tables, or text for programs."""
    if rendering == "text":
        return score_tables(systems)
    return score_tsv(systems) if rendering == "tsv" else score_json(systems, missing)
