"""Predictions against a gold standard."""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from tasrih import record
from tasrih.arguments import one_of, shown
from tasrih.choices import GIVEN, LAYERS, SCORE_GROUPINGS, Given, Layer, ScoreGrouping
from tasrih.errors import ArgumentError
from tasrih.record import Split
from tasrih.scoring.counting import Compared, Counts, GroupScores, Tally, tally, tally_given
from tasrih.scoring.items import mentions_by_type, quotes_by
from tasrih.scoring.predictions import FIGURES, Predictions
from tasrih.scoring.reports import Groups, Scores
from tasrih.scoring.sides import ALL, Annotations, groups_of
from tasrih.scoring.standard import held

Pair = tuple[record.Article, record.Article]


class Wanted(NamedTuple):
    """What is counted: broken down by what, given what, and of which layers (all for None)."""

    by: ScoreGrouping | None = None
    given: Given | None = None
    layers: Collection[Layer] | None = None


def score(
    gold: Annotations,
    predicted: Predictions,
    *,
    by: ScoreGrouping | None = None,
    given: Given | None = None,
    split: Split | None = None,
    layers: Collection[Layer] | None = None,
) -> Scores:
    """Holds predictions against a gold standard: paths, or articles; predictions also as dicts, as the schema says.

    Articles are paired by id. Counts are summed over articles, and kept for each of them. With `split`, those of the
    split count: one that was not predicted counts as one in which nothing was found; without it, it does not count.
    `layers` are those that count, all without it; what the predictions have no answers for counts as nothing on both
    sides. `by` breaks the figures down by `collection`, `outlet` or `split` of the articles, by `type` of the quotes
    and of the entities mentioned, or by `phenomena`: by the quotes that list one, each against what was predicted where
    it stands, and by whole articles where no quote does. With `given`, attribution alone is counted: of the `quotes`
    that were found, or of those whose speaker was found among the `mentions`. Raises TasrihError when there is nothing
    to compare, the texts differ, or predictions cannot be read; see `Scores.invalid` for answers.

    >>> article = tasrih.load()["2019-10-08-port-salaries"]
    >>> prediction = {"id": article.id, "quotes": [{"spans": [{"text": "لا قمح بلا خبز!"}], "type": "direct"}]}
    >>> scores = tasrih.score([article], [prediction], layers=["quotes"])
    >>> scores.groups["all"].counts["quotes exact"]
    Counts(gold=11, predicted=1, matched=1)
    """
    return score_all(gold, {"": predicted}, Wanted(by, given, layers), split)[""]


def score_all(
    gold: Annotations, systems: Mapping[str, Predictions], wanted: Wanted, split: Split | None = None
) -> dict[str, Scores]:
    """The scores of several systems by name; the gold standard is read once. Raises TasrihError as `score` does.

    Without a split, only articles that all of them have count.
    """
    if wanted.by is not None:
        one_of("cannot be broken down by that", wanted.by, SCORE_GROUPINGS)
    if wanted.given is not None:
        one_of("cannot be given", wanted.given, GIVEN)
    names = {name for layer in _chosen(wanted.layers) for name in FIGURES[layer]}
    found = held(gold, list(systems.values()), split)
    scores = {}
    for number, name in enumerate(systems):
        pairs = [(same[0], same[number + 1]) for same in found.articles]
        groups = _groups(pairs, wanted, found.counted[number] & names)
        counted = {key for key in groups[ALL].counts if _base(key) in found.counted[number] & names}
        scores[name] = Scores(groups, found.missing, frozenset(counted), found.invalid[number])
    return scores


def _chosen(layers: Collection[Layer] | None) -> Collection[Layer]:
    """The layers that were asked for, all for None. Raises TasrihError for others."""
    if layers is None:
        return LAYERS
    if isinstance(layers, str) or not isinstance(layers, Collection) or not layers:
        raise ArgumentError(f"layers: {shown(layers)} is no list. Give some of {', '.join(LAYERS)}.")
    for layer in layers:
        one_of("no such layer", layer, LAYERS)
    return layers


def _base(key: str) -> str:
    """What a figure is of, whatever is given."""
    return key.partition(" given ")[0]


def _groups(pairs: list[Pair], wanted: Wanted, counted: frozenset[str]) -> Groups:
    """The figures of each group, with nothing for what is not counted."""
    by = wanted.by
    each: dict[str, Tally] = {}
    groups: dict[str, dict[str, Tally]] = {}
    for gold, predicted in pairs:
        compared = Compared(gold, predicted)
        each[gold.id] = _counted(compared, wanted.given, counted)
        nothing = dict.fromkeys(each[gold.id], Counts())
        for name, part in _parts(compared, wanted, counted):
            groups.setdefault(name, {})[gold.id] = nothing | _counted(part, wanted.given, counted)
    if by and by != "type":
        same = groups_of((gold for gold, _ in pairs), by)
        groups = {name: {one: each[one] for one in ids} for name, ids in same.items()} | groups
    return {ALL: GroupScores(each)} | {name: GroupScores(groups[name]) for name in sorted(groups)}


def _parts(compared: Compared, wanted: Wanted, counted: frozenset[str]) -> Iterator[tuple[str, Compared]]:
    """The items of each group of an article: quotes that list a phenomenon, or quotes and mentions of a type.

    Types of quotes are groups where something of quotes counts, types of mentions where mentions do.
    """
    if wanted.by == "phenomena":
        yield from quotes_by(lambda quote: quote.phenomena, compared)
    if wanted.by == "type" and not counted <= {*FIGURES["terms"], *FIGURES["mentions"]}:
        yield from quotes_by(lambda quote: [quote.type], compared)
    if wanted.by == "type" and not wanted.given and not counted.isdisjoint(FIGURES["mentions"]):
        yield from mentions_by_type(compared)


def _counted(compared: Compared, given: Given | None, counted: Collection[str]) -> Tally:
    found = tally_given(compared, given) if given else tally(compared)
    return {key: count if _base(key) in counted else Counts() for key, count in found.items()}
