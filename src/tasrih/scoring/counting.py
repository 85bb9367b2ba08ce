"""What is right in one record, held against another."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from tasrih import record
from tasrih.choices import LAYERS, Given
from tasrih.errors import needing
from tasrih.scoring.matching import HALF, Item, chosen, item, meetings, of_gold, overlap, same_entities

PROPERTIES = ("type", "speaker", "cue")
Kind = Literal["exact", "overlap"]
LEAST: dict[Kind, float] = {"exact": 1.0, "overlap": HALF}
RATES = ("precision", "recall", "f1")
KINDS: tuple[Kind, ...] = ("exact", "overlap")
ATTRIBUTION: dict[str, Kind] = {"attribution exact": "exact", "attribution": "overlap"}
Quotes = tuple[record.Quote, record.Quote]


@dataclass(frozen=True)
class Counts:
    """How many items the gold standard has, how many were predicted, and how many of them match."""

    gold: int = 0
    predicted: int = 0
    matched: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.gold + other.gold, self.predicted + other.predicted, self.matched + other.matched)

    @property
    def precision(self) -> float | None:
        """The part of the predicted items that match; None when there are none."""
        return self.matched / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The part of the gold items that match; None when there are none."""
        return self.matched / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall; None when there are no items on either side."""
        return 2 * self.matched / (self.gold + self.predicted) if self.gold + self.predicted else None


Tally = dict[str, Counts]


class Estimate(NamedTuple):
    """How sure a rate is: the ends of its 95 % interval, and its mean over articles with the standard deviation.

    Each is None where there is nothing to tell: for a single article, or where there is nothing to divide by.
    """

    low: float | None
    high: float | None
    mean: float | None
    deviation: float | None


class Estimates(NamedTuple):
    """How sure the rates of one figure are."""

    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True)
class GroupScores:
    """Figures over some articles: the counts of `each` by its id, and by what is counted (see `tally`)."""

    each: dict[str, Tally]

    @property
    def articles(self) -> int:
        """How many articles there are."""
        return len(self.each)

    @cached_property
    def counts(self) -> Tally:
        """The sums over all articles."""
        return summed(self.each.values())

    @cached_property
    def estimates(self) -> dict[str, Estimates]:
        """How sure each figure is: by articles drawn anew, from one seed."""
        with needing():
            from tasrih.scoring import bootstrap

        found = bootstrap.estimates(table(self.each.values(), self.counts))
        return {
            name: Estimates(*(Estimate(*rate) for rate in rates))
            for name, rates in zip(self.counts, found, strict=True)
        }


def table(tallies: Iterable[Tally], names: Iterable[str]) -> list[list[tuple[int, int, int]]]:
    """Counts as numbers: by article, by what is counted, gold and predicted and matched."""
    none = Counts()
    found = [[counts.get(name, none) for name in names] for counts in tallies]
    return [[(count.gold, count.predicted, count.matched) for count in row] for row in found]


def main_rate(name: str) -> str:
    """The rate that says most: of what was given the part of the answers that is right, or else F1."""
    return "precision" if " given " in name else "f1"


def summed(tallies: Iterable[Tally]) -> Tally:
    """The sums of what is counted; what is not counted in an article adds nothing."""
    sums: dict[str, Counts] = {}
    for counts in tallies:
        for name, count in counts.items():
            sums[name] = sums.get(name, Counts()) + count
    return sums


class Difference(NamedTuple):
    """A rate of two systems on the same articles: what the other gains, the ends of the 95 % interval of that, and p.

    All are None where one of them has nothing to divide by; low and high also for a single article.
    """

    one: float | None
    other: float | None
    gain: float | None
    low: float | None
    high: float | None
    p: float | None


class GroupComparison(NamedTuple):
    """Differences over some articles, by what is counted."""

    articles: int
    differences: dict[str, Difference]


@dataclass(frozen=True)
class GroupAgreement:
    """Agreement over some articles: alpha by layer, and the counts of each pair of annotators.

    `counts` is as in `Scores`; between annotators neither side is gold, and F1 is the same either way.
    """

    articles: int
    tokens: int
    alpha: dict[str, float | None]
    counts: dict[tuple[str, str], Tally]


def tally(compared: "Compared") -> Tally:
    """Counts of one article by what is counted.

    `quotes exact`, `quotes overlap` and so on for each layer; `attribution exact` and `attribution`: quotes that match
    exactly, or overlap by half, and have the same speaker; `type`, `speaker` and `cue`: of the quotes that overlap by
    half (gold and predicted), how many agree.
    """
    counted: Tally = {}
    for layer in compared.layers:
        for kind in KINDS:
            counted[f"{layer} {kind}"] = compared.counts(layer, len(compared.matches(layer, kind)))
    if "quotes" not in compared.layers:
        return counted
    for name, kind in ATTRIBUTION.items():
        counted[name] = compared.counts("quotes", compared.right("speaker", compared.pairs(kind)))
    pairs = compared.pairs("overlap")
    return counted | {name: Counts(len(pairs), len(pairs), compared.right(name, pairs)) for name in PROPERTIES}


def tally_given(compared: "Compared", given: Given) -> Tally:
    """Counts of attribution alone: gold quotes, those that can be asked for as they were found, those that are right.

    `type given quotes exact`, `speaker given quotes overlap` and so on: of quotes whose spans match exactly, or overlap
    by half. With `mentions` given, of those whose speaker is nobody or an entity that was found, and of their speakers
    alone.
    """
    counted: Tally = {}
    for name in PROPERTIES if given == "quotes" else ("speaker",):
        for kind in KINDS:
            pairs = [pair for pair in compared.pairs(kind) if given == "quotes" or compared.knows(pair[0].speaker)]
            counted[f"{name} given {given} {kind}"] = Counts(
                len(compared.quotes[0]), len(pairs), compared.right(name, pairs)
            )
    return counted


class Compared:
    """Two records of an article, and what meets what in them: looked up once for all that is counted."""

    def __init__(
        self,
        gold: record.Article,
        predicted: record.Article,
        layers: Sequence[str] = LAYERS,
        whole: "Compared | None" = None,
    ) -> None:
        """With `whole`, the records are parts of those that it compares, and their entities the same as there."""
        self.layers = layers
        self.records = gold, predicted
        self.quotes = _with_spans(gold), _with_spans(predicted)
        self.items = _items(gold), _items(predicted)
        self.met = {layer: meetings(self.items[0][layer], self.items[1][layer]) for layer in layers}
        self.same: dict[str, str] = whole.same if whole else same_entities(gold, predicted, self.met["mentions"])

    def counts(self, layer: str, matched: int) -> Counts:
        """Counts of a layer of which so many items match."""
        return Counts(len(self.items[0][layer]), len(self.items[1][layer]), matched)

    def matches(self, layer: str, kind: Kind) -> dict[int, int]:
        """For numbers of gold items of a layer the number of the predicted one that matches."""
        return chosen(self.met[layer], LEAST[kind])

    def pairs(self, kind: Kind) -> list[Quotes]:
        """The gold quotes that match a predicted one, each with that."""
        return [(self.quotes[0][left], self.quotes[1][right]) for left, right in self.matches("quotes", kind).items()]

    def knows(self, speaker: record.Participant | None) -> bool:
        """Whether a gold speaker is nobody, or an entity that was found; who finds none chooses among the gold ones."""
        return speaker is None or not self.records[1].entities or speaker.entity in self.same

    def right(self, name: str, pairs: list[Quotes]) -> int:
        """How many quotes that match have the same type, speaker or cue."""
        agrees: dict[str, Callable[[record.Quote, record.Quote], bool]] = {
            "type": lambda one, other: one.type == other.type,
            "speaker": lambda one, other: _same_speaker(one, other, self.same),
            "cue": lambda one, other: _same_cue(one.cue, other.cue),
        }
        return sum(agrees[name](*pair) for pair in pairs)


def _with_spans(article: record.Article) -> list[record.Quote]:
    """The quotes that are items: all of a record; of predictions a cue or a phrase may be all that is known."""
    return [quote for quote in article.quotes if quote.spans]


def layers(article: record.Article) -> dict[str, list[tuple[Sequence[record.Span], str]]]:
    """The annotations of each layer: their spans, and the class of each."""
    quotes = article.quotes
    return {
        "quotes": [(quote.spans, quote.type) for quote in _with_spans(article)],
        "cues": [([quote.cue], "cue") for quote in quotes if quote.cue],
        "speakers": [([quote.speaker.span], "speaker") for quote in quotes if quote.speaker and quote.speaker.span],
        "terms": [([term.span], term.kind) for term in article.terms],
        "mentions": [([mention], entity.type) for entity in article.entities for mention in entity.mentions],
    }


def _items(article: record.Article) -> dict[str, list[Item]]:
    """The items of each layer; a cue or phrase that serves several quotes counts once, mentions have a type."""
    items = {
        layer: [item(spans, label if layer == "mentions" else "") for spans, label in found]
        for layer, found in layers(article).items()
    }
    return items | {layer: sorted(set(items[layer])) for layer in ("cues", "speakers")}


def _same_speaker(one: record.Quote, other: record.Quote, same: dict[str, str]) -> bool:
    if one.speaker is None or other.speaker is None:
        return one.speaker is other.speaker
    right = {name for entity in _speakers(one.speaker) for name in (same.get(entity), of_gold(entity))}
    return not right.isdisjoint(_speakers(other.speaker))


def _speakers(participant: record.Participant) -> tuple[str, ...]:
    return participant.entity, *participant.others


def _same_cue(one: record.Cue | None, other: record.Cue | None) -> bool:
    if one is None or other is None:
        return one is other
    return overlap(item([one]), item([other])) >= HALF
