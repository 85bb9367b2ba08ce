"""Predictions against a gold standard."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from tasrih import record
from tasrih.arguments import one_of, shown
from tasrih.choices import GROUPINGS, LAYERS, Grouping, Layer
from tasrih.errors import ArgumentError
from tasrih.record import Split
from tasrih.scoring.counting import Counts, GroupScores, Tally, tally
from tasrih.scoring.items import Pair, is_of_quotes, items_of
from tasrih.scoring.predictions import FIGURES, Invalid, Predictions
from tasrih.scoring.sides import Annotations, grouped
from tasrih.scoring.standard import Held, held
from tasrih.scoring.tables import score_tables


@dataclass(frozen=True, repr=False)
class Scores:
    """Figures by group, `all` first; `missing` are ids of articles that a side does not have.

    `counted` names what was counted: what was asked for and tried. `invalid` tells of answers that cannot be read.
    """

    groups: dict[str, GroupScores]
    missing: dict[str, list[str]]
    counted: frozenset[str] = frozenset()
    invalid: Invalid = field(default_factory=Invalid)

    def __repr__(self) -> str:
        every = self.groups["all"]
        rates = ((name, every.counts[name].f1) for name in ("quotes exact", "quotes overlap", "attribution"))
        told = ", ".join(f"{name} F1 {'–' if rate is None else format(rate, '.3f')}" for name, rate in rates)
        return f"<Scores of {every.articles} article{'' if every.articles == 1 else 's'}: {told}>"

    def _repr_html_(self) -> str:
        from tasrih.notebook import tables_html

        return tables_html(score_tables(self.groups))


def score(
    gold: Annotations,
    predicted: Predictions,
    *,
    by: Grouping | None = None,
    split: Split | None = None,
    layers: Collection[Layer] | None = None,
) -> Scores:
    """Holds predictions against a gold standard: paths, or articles; predictions also as dicts, as the schema says.

    Articles are paired by id. Counts are summed over articles. With `split`, those of the split count: one that was
    not predicted counts as one in which nothing was found; without it, it does not count. `layers` are those that
    count, all without it; what the predictions have no answers for counts as nothing on both sides. `by` breaks the
    figures down by `collection` or by `phenomena` of the gold standard: by the quotes that list a phenomenon, each
    against what was predicted where it stands, and by whole articles where no quote does. Raises TasrihError when
    there is nothing to compare, the texts differ, or predictions cannot be read; see `Scores.invalid` for answers.
    """
    return next(iter(scores_of(held(gold, [predicted], split), by, layers)))


def scores_of(found: Held, by: Grouping | None = None, layers: Collection[Layer] | None = None) -> Iterator[Scores]:
    """The scores of each system. Raises TasrihError as `score` does."""
    wanted = {name for layer in chosen_layers(layers) for name in FIGURES[layer]}
    if by is not None:
        one_of("cannot be broken down by that", by, GROUPINGS)
    groups = grouped(found.articles, by)
    for number, (counted, invalid) in enumerate(zip(found.counted, found.invalid, strict=True), 1):
        figures = {
            name: _group(name, [(same[0], same[number]) for same in some], by, counted & wanted)
            for name, some in groups.items()
        }
        yield Scores(figures, found.missing, counted & wanted, invalid)


def chosen_layers(layers: Collection[Layer] | None) -> Collection[Layer]:
    """The layers that were asked for, all for None. Raises TasrihError for others."""
    if layers is None:
        return LAYERS
    if isinstance(layers, str) or not isinstance(layers, Collection) or not layers:
        raise ArgumentError(f"layers: {shown(layers)} is no list. Give some of {', '.join(LAYERS)}.")
    for layer in layers:
        one_of("no such layer", layer, LAYERS)
    return layers


def _group(name: str, articles: list[Pair], by: Grouping | None, counted: Collection[str]) -> GroupScores:
    """The figures of a group, with nothing for what is not counted; of a phenomenon of quotes, those of quotes."""
    items = items_of(name, articles) if by == "phenomena" else []
    counts = summed(items or articles, 0, 1)
    kept = {one for one in counted if not items or is_of_quotes(one)}
    return GroupScores(
        len(items or articles), {one: count if one in kept else Counts() for one, count in counts.items()}
    )


def summed(articles: Iterable[tuple[record.Article, ...]], left: int, right: int) -> Tally:
    """The counts of two sides over all articles."""
    tallies = [tally(same[left], same[right]) for same in articles]
    return {name: sum((counts[name] for counts in tallies), Counts()) for name in tallies[0]}
