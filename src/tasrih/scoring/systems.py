"""The paths that the command was given: which are systems, what they are called, and what is to be said of them."""

import os
from collections.abc import Iterator, Sequence

from tasrih.choices import LAYERS
from tasrih.errors import ArgumentError
from tasrih.scoring.ceiling import CEILING
from tasrih.scoring.predictions import FIGURES, hold_records, refuse_unreadable
from tasrih.scoring.reports import Scores
from tasrih.scoring.scores import Wanted
from tasrih.scoring.sides import name_of


def told_apart(paths: Sequence[str], *, is_split: bool, has_ceiling: bool) -> tuple[str | None, list[str]]:
    """Which of the paths is the gold standard, and which are predictions.

    The first is the gold standard, unless it has predictions: then it is None, and that of the corpus is meant. Records
    alone are predictions where a split is named, and the gold standard where there is the ceiling to hold against it.
    Raises TasrihError where nothing is left to compare; for a file alone that is neither, it says why.
    """
    if list(paths).count("-") > 1:
        raise ArgumentError("-: standard input can be read once.")
    is_alone = is_split and len(paths) == 1 and not has_ceiling
    is_left_out = not paths or is_alone or not hold_records(paths[0])
    gold, predicted = (None, list(paths)) if is_left_out else (paths[0], list(paths[1:]))
    if not predicted and not has_ceiling:
        if gold:
            refuse_unreadable(gold)
        raise ArgumentError(
            f"there is nothing to compare with {gold or 'the corpus'}. Give PREDICTED, or GOLD and PREDICTED."
        )
    if len(set(predicted)) < len(predicted):
        raise ArgumentError("the same predictions are there twice. Give each system once.")
    return gold, predicted


def remarks(path: str, scores: Scores, wanted: Wanted) -> Iterator[str]:
    """What is to be said of a system's predictions: how many answers are invalid and why, and what was not tried."""
    found = scores.invalid
    path = name_of(path, 0)
    if found.invalid:
        yield (
            f"{path}: {found.invalid} of {found.answers} answers are invalid ({found.share:.1%}) and count as wrong:"
        )
        yield from (f"  {reason}" for reason in found.reasons)
        more = found.invalid - len(found.reasons)
        yield from [f"  and {more} more"] if more else []
    if wanted.given and not scores.counted:
        yield f"{path} has nothing to count given {wanted.given}: that is asked of quotes with type, cue or speaker."
    untried = [layer for layer in wanted.layers or LAYERS if scores.counted.isdisjoint(FIGURES[layer])]
    if untried and not wanted.given:
        yield f"{path} has no {', '.join(untried)}: they are not counted."


def named(predicted: Sequence[str], ceiling: str | None) -> dict[str, str]:
    """The paths of systems by what a report calls them: their files without folders and endings.

    Those of which several are called the same, or one as the ceiling, are called by their paths.
    """
    told = [name_of(path, 0) for path in predicted]
    short = [os.path.basename(path.rstrip("/")).partition(".")[0] or path for path in told]  # noqa: PTH119
    taken = [*short, CEILING]
    found = {path if taken.count(name) > 1 else name: path for path, name in zip(predicted, short, strict=True)}
    return found | ({CEILING: ceiling} if ceiling else {})
