"""What is right in one record, held against another."""

from collections.abc import Sequence
from dataclasses import dataclass

from tasrih import record
from tasrih.scoring.matching import HALF, Item, item, matches, of_gold, overlap, same_entities

LAYERS = ("quotes", "cues", "speakers", "terms", "mentions")
PROPERTIES = ("type", "speaker", "cue")


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


@dataclass(frozen=True)
class GroupScores:
    """Figures over some articles: `counts` by what is counted (see `tally`)."""

    articles: int
    counts: Tally


@dataclass(frozen=True)
class GroupAgreement:
    """Agreement over some articles: alpha by layer, and the counts of each pair of annotators.

    `counts` is as in `Scores`; between annotators neither side is gold, and F1 is the same either way.
    """

    articles: int
    tokens: int
    alpha: dict[str, float | None]
    counts: dict[tuple[str, str], Tally]


def tally(gold: record.Article, predicted: record.Article) -> Tally:
    """Counts of one article by what is counted.

    `quotes exact`, `quotes overlap` and so on for each layer; `attribution`: quotes that overlap by half and have the
    same speaker; `type`, `speaker` and `cue`: of the quotes that overlap by half (gold and predicted), how many agree.
    """
    counted: Tally = {}
    sides = _items(gold), _items(predicted)
    for layer in LAYERS:
        left, right = sides[0][layer], sides[1][layer]
        counted[f"{layer} exact"] = Counts(len(left), len(right), len(matches(left, right, 1.0)))
        counted[f"{layer} overlap"] = Counts(len(left), len(right), len(matches(left, right)))
    return counted | _properties(gold, predicted, matches(sides[0]["quotes"], sides[1]["quotes"]))


def layers(article: record.Article) -> dict[str, list[tuple[Sequence[record.Span], str]]]:
    """The annotations of each layer: their spans, and the class of each."""
    quotes = article.quotes
    return {
        "quotes": [(quote.spans, quote.type) for quote in quotes if quote.spans],
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


def _properties(gold: record.Article, predicted: record.Article, matched: dict[int, int]) -> Tally:
    same = same_entities(gold, predicted)
    pairs = [(gold.quotes[left], predicted.quotes[right]) for left, right in matched.items()]
    right = {
        "type": sum(one.type == other.type for one, other in pairs),
        "speaker": sum(_same_speaker(one, other, same) for one, other in pairs),
        "cue": sum(_same_cue(one.cue, other.cue) for one, other in pairs),
    }
    attribution = Counts(len(gold.quotes), len(predicted.quotes), right["speaker"])
    return {"attribution": attribution, **{name: Counts(len(pairs), len(pairs), right[name]) for name in PROPERTIES}}


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
