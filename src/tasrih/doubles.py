"""Doubles among records: ids that are taken twice, and texts that nearly repeat one another.

Candidates are told from fingerprints, small enough for millions of records. Near-duplicates are found by MinHash over
word trigrams (Broder 1997) with bands of equal values, and confirmed by the exact overlap (Jaccard index) of the
trigrams. What validates, builds and verifies asks here, so that all three mean the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from operator import itemgetter
from typing import Any

import numpy as np

from tasrih.columnar import Flags, Layout, Numbers
from tasrih.overlap import Pair, same

BANDS, ROWS = 16, 4
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F], np.uint64)
_FIRST_LETTERS = np.array([0, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFFFF], np.uint64)
_HALF = np.uint64(32)

Hashes = np.ndarray[Any, np.dtype[np.uint64]]


FINGERPRINT = np.dtype([("id", "u8"), ("bands", "u4", BANDS), ("slice", "u4"), ("offset", "u8"), ("counts", "?")])
"""An entry for a record (85 bytes): hash of its id, hashes of its text, slice, offset, and whether it counts.

A pair of records of which neither counts is not looked for.
"""
Fingerprints = np.ndarray[Any, np.dtype[np.void]]


def fingerprints(layout: Layout, offsets: Sequence[int], counts: Flags, whole: Mapping[int, str]) -> Fingerprints:
    """Those of the records of a batch, which begin at these offsets.

    Records whose words are not known are near each other when the whole of what is known of them is the same; `whole`
    has it by their rows.
    """
    made = np.zeros(layout.size, FINGERPRINT)
    made["id"] = hashes(layout.batch.column("id").to_pylist())
    made["bands"], made["offset"], made["counts"] = bands(layout), offsets, counts
    made["bands"][list(whole)] = (hashes(list(whole.values())) >> _HALF)[:, None]
    return made


def together(parts: Iterable[Fingerprints]) -> Fingerprints:
    """Fingerprints one after another, of which there may be none."""
    return np.frombuffer(b"".join(part.tobytes() for part in parts), FINGERPRINT)


def hashes(names: Sequence[str]) -> Hashes:
    """A hash of each name, 64 bits."""
    return np.fromiter(map(_hashed, names), np.uint64, len(names))


def _hashed(name: str) -> int:
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest())


def bands(layout: Layout) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    """For each row `BANDS` hashes, of `ROWS` values of its MinHash each: texts that overlap have some in common."""
    from rensa import RMinHash

    trigrams, starts = _trigrams(layout)
    matrix = RMinHash.digest_matrix_from_flat_token_hashes(trigrams, starts.tolist(), BANDS * ROWS, 1)
    values = np.array(matrix.to_rows(), np.uint64).reshape(layout.size, BANDS, ROWS)
    mixed = np.zeros((layout.size, BANDS), np.uint64)
    for place in range(ROWS):
        mixed = (mixed ^ mixed >> _HALF) * _FACTORS[0] + values[..., place] * _FACTORS[1]
    return (mixed >> _HALF).astype(np.uint32)


def _trigrams(layout: Layout) -> tuple[Hashes, Numbers]:
    """A hash for each trigram of words of each row (each word where there are fewer than three), and their starts."""
    words, owner = _hashed_words(layout)
    few = np.bincount(owner, minlength=layout.size) < 3
    second, third = (np.roll(words, -place) for place in (1, 2))
    trigrams = np.where(few[owner], words, words * _FACTORS[0] ^ second * _FACTORS[1] ^ third)
    whole = few[owner] | (np.append(owner, [-1, -1])[2:] == owner)
    starts = np.zeros(layout.size + 1, np.int64)
    np.cumsum(np.bincount(owner[whole], minlength=layout.size), out=starts[1:])
    return trigrams[whole], starts


def _hashed_words(layout: Layout) -> tuple[Hashes, Numbers]:
    """A hash of the length and the first twelve and last four letters of each word, and the row the word is in."""
    codes, paragraphs = layout.texts.codes, layout.texts.starts
    lettered = np.concatenate(([False], (codes > 0x20) & (codes != 0xA0), [False]))
    begins, ends = (lettered[1:] & ~lettered[:-1], lettered[:-1] & ~lettered[1:])
    for bounds in (begins, ends):
        bounds[paragraphs[1:-1]] |= lettered[paragraphs[1:-1]] & lettered[paragraphs[1:-1] + 1]
    start, end = np.flatnonzero(begins), np.flatnonzero(ends)
    owner = np.repeat(layout.paragraphs.owner, np.diff(np.searchsorted(start, paragraphs)))
    letters = np.concatenate((np.zeros(4, np.uint16), codes.astype(np.uint16), np.zeros(12, np.uint16)))
    four = np.ndarray(len(letters) - 3, "<u8", letters.data, strides=(2,))
    length = end - start
    hashed = four[end] * (length > 4) + length.astype(np.uint64)
    for place in (0, 4, 8):
        there = np.clip(length - place, 0, 4)
        hashed = hashed * _FACTORS[0] ^ four[start + place + 4] & _FIRST_LETTERS[there]
    return hashed, owner


def same_ids(seen: Fingerprints) -> list[Pair]:
    """Numbers of records whose ids are, or hash, alike: the first of its kind, and the one to report on."""
    return _reported(seen, alike(seen["id"]))


def taken(ids: Sequence[str]) -> list[Pair]:
    """Numbers of ids that are alike: the first of its kind, and each later one, in the order of these."""
    pairs = alike(hashes(ids))
    return sorted(same(pairs.tolist(), ids.__getitem__), key=itemgetter(1))


def same_bands(seen: Fingerprints) -> list[Pair]:
    """Pairs of records whose texts are near-duplicates, or might be."""
    return _reported(seen, np.concatenate([alike(band) for band in seen["bands"].T]))


def alike(values: "np.ndarray[Any, np.dtype[Any]]") -> Numbers:
    """Pairs of places that hold the same value, one a row: the first place, and each other."""
    order = np.argsort(values, kind="stable")
    repeats = np.concatenate(([False], values[order][1:] == values[order][:-1]))[: len(values)]
    first = np.maximum.accumulate(np.where(repeats, 0, np.arange(len(values)))) if len(values) else order
    return np.stack((order[first[repeats]], order[repeats]), axis=1)


def _reported(seen: Fingerprints, pairs: Numbers) -> list[Pair]:
    """The pairs of which one counts, that one last."""
    counts = seen["counts"]
    turned = np.where(counts[pairs[:, 1:]], pairs, pairs[:, ::-1])
    return sorted({(one, other) for one, other in turned[counts[turned[:, 1]]].tolist()})
