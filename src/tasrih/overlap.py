"""How far two texts repeat one another: which of the candidates for doubles are doubles.

Two texts count as one from an overlap (Jaccard index) of their trigrams of words of 0.6 on (Broder 1997).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

NEAR = 0.6

Record = dict[str, Any]
Known = TypeVar("Known")
"""What somebody knows a record by: its number, or its place."""
Pair = tuple[int, int]
Trigrams = frozenset[tuple[str, ...]]


def same(pairs: Iterable[tuple[Known, Known]], id_of: Callable[[Known], str]) -> Iterator[tuple[Known, Known]]:
    """Of candidates whose ids hash alike, the pairs that have the same id."""
    return ((one, other) for one, other in pairs if id_of(one) == id_of(other))


def near(
    pairs: Iterable[tuple[Known, Known]], record_of: Callable[[Known], Record]
) -> Iterator[tuple[Known, Known, float]]:
    """Of candidates that share a band, the pairs of which one nearly repeats the other, with their overlap."""
    for one, other in pairs:
        common = overlap(record_of(one), record_of(other))
        if common >= NEAR:
            yield one, other, common


def overlap(first: Record, second: Record) -> float:
    """The share of trigrams of words that the texts of two records have in common, 0 to 1."""
    return shared(trigrams(first), trigrams(second))


def shared(left: Trigrams, right: Trigrams) -> float:
    """The share of the trigrams of two texts that both have, 0 to 1."""
    return len(left & right) / len(left | right)


def trigrams(record: Record) -> Trigrams:
    """The trigrams of words in the texts of a record; of fewer than three words, these."""
    words = _words(record)
    return frozenset(tuple(words[place : place + 3]) for place in range(max(1, len(words) - 2)))


def _words(record: Record) -> list[str]:
    return " ".join([paragraph["text"] for paragraph in record["paragraphs"]]).split()
