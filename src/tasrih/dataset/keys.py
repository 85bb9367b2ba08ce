"""Keys of the articles of a shard: hashes that two articles share when they might belong together.

They are sorted, so that those of a range of hashes are read from the files of all shards without the others, and no
process holds the keys of a whole corpus.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tasrih.columnar import Numbers
from tasrih.dataset.splits import SPLITS
from tasrih.doubles import Fingerprints, alike, hashes
from tasrih.reading import fetched

AT_ONCE = 50_000  # articles whose keys are held at once, about: some 40 MiB while they are sorted
ID, STORY, BAND = 0, 1, 5
"""What a key is of; a story's says by the numbers after it which split its article is given."""
_KEY = np.dtype([("hash", "<u8"), ("kind", "u1"), ("row", "<u4")])
_RANGES = 4096  # ranges of hashes by their first bits: no part of the work is smaller
_FIRST_BITS = np.uint64(52)
_HALF = np.uint64(32)
_START = np.dtype("<u4")  # each file begins with where its ranges begin, and where the last ends
Keys = np.ndarray[Any, np.dtype[np.void]]


class Alike(NamedTuple):
    """What a range of hashes shows, by the numbers of articles (see `numbered`).

    `ids` and `bands` are pairs, one a row, of articles that have such a key in common; `stories` are the articles of
    stories of which some are given another split than others, or none.
    """

    ids: Numbers
    bands: Numbers
    stories: Numbers


def numbered(shard: int, rows: Numbers) -> Numbers:
    """The numbers of articles in the whole corpus: in the order of shards, and of the rows in each."""
    return (shard << 32) + rows.astype(np.int64)


def shard_and_row(number: int) -> tuple[int, int]:
    """The shard of an article, and its row there."""
    return divmod(number, 1 << 32)


def write(file: Path, seen: Fingerprints, stories: Sequence[str | None], splits: Sequence[str | None]) -> None:
    """Writes the keys of the articles of a shard: fingerprints, the stories they are of, the splits they are given."""
    rows = np.flatnonzero([bool(story) for story in stories])
    given = np.array([SPLITS.index(split) + 1 if split else 0 for split in splits], np.uint8)
    bands = seen["bands"].astype(np.uint64) << _HALF | np.arange(seen["bands"].shape[1], dtype=np.uint64)
    told = [
        (seen["id"], ID, np.arange(len(seen))),
        (hashes([story for story in stories if story]), STORY + given[rows], rows),
        (bands.ravel(), BAND, np.repeat(np.arange(len(seen)), seen["bands"].shape[1])),
    ]
    keys = np.concatenate([_keys(*columns) for columns in told])
    keys = keys[np.argsort(keys["hash"], kind="stable")]
    starts = np.searchsorted(keys["hash"] >> _FIRST_BITS, np.arange(_RANGES + 1, dtype=np.uint64))
    file.write_bytes(starts.astype(_START).tobytes() + keys.tobytes())


def _keys(hashed: Any, kind: Any, rows: Numbers) -> Keys:
    made = np.zeros(len(rows), _KEY)
    made["hash"], made["kind"], made["row"] = hashed, kind, rows
    return made


def parts(articles: int) -> list[range]:
    """The ranges of hashes that are looked through at once when there are so many articles."""
    count = min(max(1, -(-articles // AT_ONCE)), _RANGES)
    bounds = [part * _RANGES // count for part in range(count + 1)]
    return [range(start, end) for start, end in pairwise(bounds)]


def found(files: Sequence[str], part: range) -> Alike:
    """What the articles of all shards have in common in some ranges of hashes; `files` are what `write` wrote."""
    every = [_read(file, part) for file in files]
    keys = np.concatenate(every)
    numbers = np.concatenate([numbered(shard, some["row"]) for shard, some in enumerate(every)])
    del every

    def sharing(kind: int) -> Numbers:
        of_kind = keys["kind"] == kind
        pairs: Numbers = numbers[of_kind][alike(keys["hash"][of_kind])]
        return pairs

    stories = (keys["kind"] >= STORY) & (keys["kind"] < BAND)
    return Alike(sharing(ID), sharing(BAND), numbers[stories][_divided(keys[stories])])


def _read(file: str, part: range) -> Keys:
    begin = (_RANGES + 1) * _START.itemsize
    starts = begin + np.frombuffer(fetched(file, 0, begin), _START).astype(np.int64) * _KEY.itemsize
    return np.frombuffer(fetched(file, int(starts[part.start]), int(starts[part.stop])), _KEY)


def _divided(keys: Keys) -> Numbers:
    """The places of the keys of stories of which some articles are given a split, and not all the same."""
    _, story = np.unique(keys["hash"], return_inverse=True)
    least, most = np.full(len(keys), BAND), np.zeros(len(keys), np.int64)
    np.minimum.at(least, story, keys["kind"])
    np.maximum.at(most, story, keys["kind"])
    return np.flatnonzero((least != most)[story])


def ordered(every: Iterator[Alike]) -> Alike:
    """What was found in all ranges, one after another; a pair that shares several bands is there once."""
    ids, bands, stories = zip(*every, strict=True)
    return Alike(np.concatenate(ids), np.unique(np.concatenate(bands), axis=0), np.sort(np.concatenate(stories)))
