"""How well near-duplicates are found, and what they cost: planted doubles of known overlap among made-up articles.

    python benchmarks/doubles.py [--articles N]

For each overlap (Jaccard index of word trigrams, as measured on the pair) 300 doubles are planted. A double counts as
found when it shares a band with its original; what shares one with another article is a false candidate, which the
exact overlap then refuses. Peer: datasketch with 128 permutations (`pip install 'tasrih[benchmarks]'`), which is given
the trigrams as text.
"""

import argparse
import copy
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import orjson
from datasketch import MinHash

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))
from make_corpus import articles

from tasrih import columnar
from tasrih.doubles import Fingerprints, fingerprints, same_bands, together
from tasrih.overlap import overlap

PLANTED = 300
WANTED = (0.9, 0.8, 0.6)
Json = dict[str, Any]


def doubled(record: Json, wanted: float, number: int, rng: Random) -> Json:
    """The record with single words replaced until its overlap with the original is as wanted."""
    double = copy.deepcopy(record) | {"id": f"double-{wanted}-{number}"}
    texts = [paragraph["text"].split() for paragraph in double["paragraphs"]]
    places = [(one, other) for one, words in enumerate(texts) for other in range(len(words))]
    rng.shuffle(places)
    shared = 1.0
    while shared > wanted and places:
        for one, other in (places.pop() for _ in range(min(3, len(places)))):
            texts[one][other] = f"كلمة{rng.random()}"
        for paragraph, words in zip(double["paragraphs"], texts, strict=True):
            paragraph["text"] = " ".join(words)
        shared = overlap(record, double)
    return double


def entered(records: list[Json], offset: int) -> Fingerprints:
    batch = columnar.read(list(map(orjson.dumps, records)))
    return fingerprints(columnar.Layout(batch), range(offset, offset + len(records)), np.ones(len(records), np.bool_))


def peer(records: list[Json]) -> float:
    """Microseconds an article that datasketch takes."""
    began = time.perf_counter()
    for record in records:
        words = " ".join(paragraph["text"] for paragraph in record["paragraphs"]).split()
        made = MinHash(num_perm=128)
        made.update_batch([" ".join(words[place : place + 3]).encode() for place in range(len(words) - 2)])
    return (time.perf_counter() - began) / len(records) * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=20_000)
    count = parser.parse_args().articles
    rng = Random(0)
    originals = list(articles(PLANTED * len(WANTED), 5))
    doubles = [doubled(record, WANTED[number % len(WANTED)], number, rng) for number, record in enumerate(originals)]
    parts, taken, batch = list[Fingerprints](), 0.0, list[Json]()
    for number, record in enumerate([*originals, *doubles, *articles(count, 6)]):
        batch.append(record)
        if len(batch) == 500:
            began = time.perf_counter()
            parts.append(entered(batch, number))
            taken += time.perf_counter() - began
            batch = []
    began = time.perf_counter()
    seen = together(parts)
    pairs = set(same_bands(seen))
    found = time.perf_counter() - began
    planted = {(number, number + len(originals)) for number in range(len(originals))}
    each = taken / len(seen) * 1e6
    print(f"{len(seen)} articles; {each:.0f} us an article, with parsing; pairs found in {found:.1f} s")
    for place, wanted in enumerate(WANTED):
        mine = {pair for pair in planted if pair[0] % len(WANTED) == place}
        print(f"overlap {wanted:.0%}: {len(mine & pairs) / len(mine):.1%} of {len(mine)} found")
    print(f"candidates that are no planted double: {len(pairs - planted)} of {len(pairs)}")
    print(f"memory of the index: {seen.itemsize} bytes an article")
    print(f"datasketch, 128 permutations: {peer(originals):.0f} us an article without parsing")


if __name__ == "__main__":
    main()
