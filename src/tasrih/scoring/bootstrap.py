"""How sure figures are: intervals over articles drawn anew, the mean over articles, and a paired test of two systems.

Counts are by article, by figure, and three of each: gold, predicted, matched. Rates are three of each figure:
precision, recall, F1; NaN where there is nothing to divide by. Whatever is drawn is drawn from one seed.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[Any]
Counted = Sequence[Sequence[tuple[int, int, int]]]
DRAWS = 2000  # of articles: the ends of an interval move by some thousandths from seed to seed
SWAPS = 10_000  # of systems: the least p that can be told is 1 in 10,001
_SEED = 7
_AT_ONCE = 2**21  # weights of articles in memory: 16 MB
_SURE = (0.025, 0.975)  # the ends of a 95 % interval


def rates(counts: Numbers) -> Numbers:
    """Precision, recall and F1 of counts, whatever axes stand before the last."""
    gold, predicted, matched = np.moveaxis(np.asarray(counts, float), -1, 0)
    with np.errstate(invalid="ignore"):  # nothing matches where there is nothing: 0 / 0
        return np.stack([matched / predicted, matched / gold, 2 * matched / (gold + predicted)], axis=-1)


def estimates(counts: Counted) -> list[list[list[float | None]]]:
    """Of every figure and rate: the ends of its 95 % interval, its mean over articles and the standard deviation."""
    numbers = np.array(counts)
    return nulled(np.concatenate([intervals(numbers), means(numbers)], axis=-1))


def differences(one: Counted, other: Counted) -> list[list[list[float | None]]]:
    """Of every figure and rate of two systems: what the other is above the one, the ends of its interval, and p."""
    left, right = np.array(one), np.array(other)
    gain = rates(right.sum(axis=0)) - rates(left.sum(axis=0))
    return nulled(np.concatenate([gain[..., None], gains(left, right), chances(left, right)[..., None]], axis=-1))


def nulled(numbers: Numbers) -> list[list[list[float | None]]]:
    """Numbers as lists, with None for NaN."""
    found = numbers.astype(object)
    found[np.isnan(numbers)] = None
    return cast(list[list[list[float | None]]], found.tolist())


def intervals(counts: Numbers) -> Numbers:
    """The lower and upper ends of the 95 % intervals of rates: by figure, by rate, by end. NaN for a single article."""
    return _ends(rates(_resampled(counts)), len(counts))


def means(counts: Numbers) -> Numbers:
    """Mean and standard deviation of rates over articles that have one: by figure, by rate. NaN where there is none.

    The deviation is that of a sample; one article has none.
    """
    each = rates(counts)
    is_there = ~np.isnan(each)
    number = is_there.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(is_there, each, 0).sum(axis=0) / number
        spread = np.where(is_there, (each - mean) ** 2, 0).sum(axis=0) / np.where(number > 1, number - 1, np.nan)
    return np.stack([mean, np.sqrt(spread)], axis=-1)


def gains(one: Numbers, other: Numbers) -> Numbers:
    """The ends of the 95 % intervals of what the rates of `other` are above those of `one`, on the same articles."""
    return _ends(rates(_resampled(other)) - rates(_resampled(one)), len(one))


def chances(one: Numbers, other: Numbers) -> Numbers:
    """How often a difference as large comes of chance, by figure and by rate: p of a paired randomisation test.

    In every draw each article's counts change sides, or do not, as a coin falls.
    """
    totals = one.sum(axis=0), other.sum(axis=0)
    seen = np.abs(rates(totals[1]) - rates(totals[0]))
    larger = np.zeros(seen.shape)
    for coins in _coins(len(one)):
        moved = _weighted(coins, other - one)
        found = np.abs(rates(totals[1] - moved) - rates(totals[0] + moved))
        larger += (found >= seen - 1e-12).sum(axis=0)  # the same difference by another sum
    return np.where(np.isnan(seen), np.nan, (larger + 1) / (SWAPS + 1))


def _ends(drawn: Numbers, articles: int) -> Numbers:
    """The ends of intervals of what was drawn; draws in which there is nothing to divide by are left out."""
    ends = np.full((*drawn.shape[1:], 2), np.nan)
    if articles > 1:
        for place in np.ndindex(*drawn.shape[1:]):
            found = drawn[(slice(None), *place)]
            found = found[~np.isnan(found)]
            if found.size:
                ends[place] = np.quantile(found, _SURE)
    return ends


def _resampled(counts: Numbers) -> Numbers:
    """The sums of as many articles, drawn anew, in every draw."""
    return np.concatenate([_weighted(weights, counts) for weights in _weights(len(counts))])


def _weighted(weights: Numbers, counts: Numbers) -> Numbers:
    flat = counts.reshape(len(counts), -1).astype(float)
    sums: Numbers = weights @ flat
    return sums.reshape(len(weights), *counts.shape[1:])


def _weights(articles: int) -> Iterator[Numbers]:
    """How often each article is drawn: the same for the same number of articles, so that systems stay paired."""
    if articles * DRAWS <= _AT_ONCE:
        yield _all_weights(articles)
        return
    random = np.random.default_rng(_SEED)
    for draws in _portions(DRAWS, articles):
        yield _drawn(random, draws, articles)


@lru_cache(maxsize=4)
def _all_weights(articles: int) -> Numbers:
    return _drawn(np.random.default_rng(_SEED), DRAWS, articles)


def _drawn(random: np.random.Generator, draws: int, articles: int) -> Numbers:
    places = random.integers(articles, size=(draws, articles)) + np.arange(draws)[:, None] * articles
    return np.bincount(places.ravel(), minlength=draws * articles).reshape(draws, articles).astype(float)


def _coins(articles: int) -> Iterator[Numbers]:
    random = np.random.default_rng(_SEED)
    for swaps in _portions(SWAPS, articles):
        yield random.integers(2, size=(swaps, articles)).astype(float)


def _portions(total: int, articles: int) -> Iterator[int]:
    """A number of draws in parts that fit in memory."""
    most = max(1, _AT_ONCE // articles)
    yield from (min(most, total - done) for done in range(0, total, most))
