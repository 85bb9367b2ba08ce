"""Several systems held against one gold standard."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from tasrih.choices import LAYERS, Grouping, Layer
from tasrih.corpus import Corpus
from tasrih.errors import ArgumentError
from tasrih.record import Split
from tasrih.scoring.counting import Tally
from tasrih.scoring.predictions import FIGURES, hold_records
from tasrih.scoring.scores import Scores, scores_of
from tasrih.scoring.standard import held
from tasrih.scoring.tables import Table, as_json, group_figures, score_tables, shown, title

_COLUMNS = {
    "quotes": "quotes exact",
    "quotes ≥ ½": "quotes overlap",
    "attribution": "attribution",
    "cues": "cues exact",
    "speakers": "speakers exact",
    "terms": "terms exact",
    "mentions": "mentions exact",
    "type": "type",
    "speaker": "speaker",
    "cue": "cue",
}


def told_apart(paths: Sequence[str], split: Split | None) -> tuple[str | None, list[str]]:
    """Which of the paths is the gold standard, and which are predictions.

    The first is the gold standard, unless it has predictions, or is the only one and a split is named: then it is
    None, and that of the corpus is meant. Raises TasrihError where nothing is left to compare.
    """
    if list(paths).count("-") > 1:
        raise ArgumentError("-: standard input can be read once.")
    is_left_out = not hold_records(paths[0]) or (split is not None and len(paths) == 1)
    gold, predicted = (None, list(paths)) if is_left_out else (paths[0], list(paths[1:]))
    if not predicted:
        raise ArgumentError(
            f"there is nothing to compare with {paths[0]}. Give GOLD and PREDICTED, or with --split PREDICTED alone."
        )
    if len(set(predicted)) < len(predicted):
        raise ArgumentError("the same predictions are there twice. Give each system once.")
    return gold, predicted


def compared(
    gold: str | Corpus,
    predicted: Sequence[str],
    *,
    by: Grouping | None = None,
    split: Split | None = None,
    layers: Collection[Layer] | None = None,
) -> dict[str, Scores]:
    """The scores of each system by the path of its predictions. Raises TasrihError as `score` does.

    Without a split, only articles that all of them have count.
    """
    return dict(zip(predicted, scores_of(held(gold, predicted, split), by, layers), strict=True))


def remarks(path: str, scores: Scores, layers: Collection[Layer] | None) -> Iterator[str]:
    """What is to be said of a system's predictions: how many answers are invalid and why, and what was not tried."""
    found = scores.invalid
    if found.invalid:
        yield (
            f"{path}: {found.invalid} of {found.answers} answers are invalid ({found.share:.1%}) and count as wrong:"
        )
        yield from (f"  {reason}" for reason in found.reasons)
        more = found.invalid - len(found.reasons)
        yield from [f"  and {more} more"] if more else []
    untried = [layer for layer in layers or LAYERS if scores.counted.isdisjoint(FIGURES[layer])]
    if untried:
        yield f"{path} has no {', '.join(untried)}: they are not counted."


def systems_tables(found: Mapping[str, Scores]) -> list[Table]:
    """The tables of one system; of several a table for each group, with a row for each.

    It has F1 of each layer, and of the quotes that match the part with the same type, speaker and cue. What no system
    has is left out, what one has not is `–`.
    """
    if len(found) == 1:
        return score_tables(next(iter(found.values())).groups)
    counted = frozenset[str]().union(*(scores.counted for scores in found.values()))
    columns = {name: figure for name, figure in _COLUMNS.items() if figure in counted}
    first = next(iter(found.values()))
    return [
        Table(
            f"{title(name, group.articles)}, F1",
            ["", *columns, "invalid"],
            [
                [system, *_rates(scores.groups[name].counts, columns.values()), shown(scores.invalid.share)]
                for system, scores in _named(found)
                if name in scores.groups
            ],
        )
        for name, group in first.groups.items()
    ]


def _rates(counts: Tally, figures: Collection[str]) -> list[str]:
    return [shown(counts[figure].f1) for figure in figures]


def _named(found: Mapping[str, Scores]) -> list[tuple[str, Scores]]:
    """The scores of systems by the names of their files, or by their paths where two have one name."""
    names = [os.path.basename(path.rstrip("/")) for path in found]  # noqa: PTH119
    is_clear = len(set(names)) == len(names) and all(names)
    return list(zip(names if is_clear else found, found.values(), strict=True))


def systems_json(found: Mapping[str, Scores]) -> str:
    """The figures as JSON; of several systems by their paths."""
    told = {path: _figures(scores) for path, scores in found.items()}
    return as_json({"systems": told} if len(told) > 1 else next(iter(told.values())))


def _figures(scores: Scores) -> dict[str, Any]:
    invalid = scores.invalid
    return {
        "groups": group_figures(scores.groups),
        "missing": scores.missing,
        "invalid": {"answers": invalid.answers, "invalid": invalid.invalid, "reasons": invalid.reasons},
        "counted": sorted(scores.counted),
    }
