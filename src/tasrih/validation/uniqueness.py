"""What may be there once only: fingerprints of records, small enough for millions, and the doubles among them.

Near-duplicates are found by MinHash over word trigrams (Broder 1997) with bands of equal values, and confirmed by
the exact overlap (Jaccard index) of the trigrams.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    Numbers = array[int]

BANDS, ROWS = 16, 4
NEAR = 0.6
_FACTORS = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F

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
        self.bands.extend(_bands(_words(record)))
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


def overlap(first: Record, second: Record) -> float:
    """The share of trigrams of words that the texts of two records have in common, 0 to 1."""
    left, right = (
        {tuple(words[place : place + 3]) for place in range(max(1, len(words) - 2))}
        for words in map(_words, (first, second))
    )
    return len(left & right) / len(left | right)


def _words(record: Record) -> list[bytes]:
    return " ".join([paragraph["text"] for paragraph in record["paragraphs"]]).encode().split()


def _bands(words: list[bytes]) -> list[int]:
    """A hash for each group of `ROWS` values of the MinHash; two texts that overlap have some of them in common."""
    import numpy as np
    from rensa import RMinHash

    hashes = np.fromiter(map(crc32, words), np.uint64, len(words))
    first, second = (np.uint64(factor) for factor in _FACTORS)
    trigrams = hashes[:-2] * first ^ hashes[1:-1] * second ^ hashes[2:] if len(words) > 2 else hashes
    (values,) = RMinHash.digest_matrix_from_flat_token_hashes(trigrams, [0, len(trigrams)], BANDS * ROWS, 1).to_rows()
    return [hash(tuple(values[place : place + ROWS])) & 0xFFFFFFFF for place in range(0, BANDS * ROWS, ROWS)]


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
