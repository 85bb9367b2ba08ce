"""What may be there once only: fingerprints of records, small enough for millions, and the doubles among them.

Near-duplicates are found by MinHash over word trigrams (Broder 1997) with bands of equal values, and confirmed by
the exact overlap (Jaccard index) of the trigrams.
"""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    Numbers = array[int]

BANDS, ROWS = 16, 4
NEAR = 0.6
_SEED = 1

Record = dict[str, Any]


@dataclass
class Fingerprints:
    """One entry a record (85 bytes): hash of its id, `BANDS` hashes of its text, slice, offset, and whether it counts.

    A pair of records of which neither counts is not looked for.
    """

    ids: "Numbers" = field(default_factory=partial(array, "Q"))
    bands: "Numbers" = field(default_factory=partial(array, "I"))
    slices: "Numbers" = field(default_factory=partial(array, "I"))
    offsets: "Numbers" = field(default_factory=partial(array, "Q"))
    counts: bytearray = field(default_factory=bytearray)

    def add(self, record: Record, offset: int, *, counts: bool) -> None:
        """Enters a record of the slice at hand."""
        self.ids.append(int.from_bytes(blake2b(record["id"].encode(), digest_size=8).digest()))
        self.bands.extend(_bands(shingles(record)))
        self.slices.append(0)
        self.offsets.append(offset)
        self.counts.append(counts)

    def extend(self, other: "Fingerprints", number: int) -> None:
        """Appends those of another slice, under its number."""
        self.ids.extend(other.ids)
        self.bands.extend(other.bands)
        self.slices.extend([number] * len(other.ids))
        self.offsets.extend(other.offsets)
        self.counts.extend(other.counts)


Pair = tuple[int, int]


def shingles(record: Record) -> list[str]:
    """The trigrams of words of a record's text; of one shorter than that, all of it."""
    words = " ".join([paragraph["text"] for paragraph in record["paragraphs"]]).split()
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False))) or [" ".join(words)]


def overlap(first: Record, second: Record) -> float:
    """The share of trigrams that two records have in common, 0 to 1."""
    left, right = set(shingles(first)), set(shingles(second))
    return len(left & right) / len(left | right)


def _bands(grams: list[str]) -> Iterable[int]:
    from rensa import RMinHash

    sketch = RMinHash(BANDS * ROWS, _SEED)
    sketch.update(grams)
    values = sketch.digest()
    return (hash(tuple(values[place : place + ROWS])) & 0xFFFFFFFF for place in range(0, BANDS * ROWS, ROWS))


def same_ids(seen: Fingerprints) -> list[Pair]:
    """Numbers of records whose ids are, or hash, alike: the first of its kind, and the one to report on."""
    return sorted(_alike(seen, seen.ids, 1))


def same_bands(seen: Fingerprints) -> list[Pair]:
    """Pairs of records whose texts are near-duplicates, or might be."""
    return sorted(set(chain.from_iterable(_alike(seen, seen.bands, BANDS, band) for band in range(BANDS))))


def _alike(seen: Fingerprints, values: "Numbers", step: int, column: int = 0) -> Iterator[Pair]:
    import numpy as np

    hashes = np.frombuffer(values, dtype=f"u{values.itemsize}")[column::step]
    order = np.argsort(hashes, kind="stable")
    repeats = np.flatnonzero(np.diff(hashes[order]) == 0)
    first = -1
    for place in repeats.tolist():
        first = first if first >= 0 and hashes[first] == hashes[order[place]] else int(order[place])
        other = int(order[place + 1])
        if seen.counts[other]:
            yield first, other
        elif seen.counts[first]:
            yield other, first
