"""Formats in JSON with anything in the place of anything: it is told or left, and never surprises."""

import copy
import json
import random

import pytest
from own import record as own_record

import tasrih
from tasrih.interchange.conversion import imported
from tasrih.interchange.registry import FORMATS

ANYTHING = [
    *(None, True, 0, -1, 10**30, 1.5, "", "x", "q1", "e1.1", "\0", "\ud83d", [], {}, [None], [[]]),
    *(["Quote"], ["Quote", "Cue"], {"start": 1}, {"id": {}}, [{"id": "q1", "result": [{}]}]),
]


def places_in(value, path=()):
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from places_in(inner, (*path, key))


def damaged(whole, rng):
    """The same with something gone, put in, or something else in its place."""
    made = copy.deepcopy(whole)
    *path, last = rng.choice([path for path in places_in(made) if path])
    holder = made
    for key in path:
        holder = holder[key]
    if rng.random() < 0.2:
        del holder[last]
    else:
        name = rng.choice(["id", "labels", "start"]) if isinstance(holder, dict) and rng.random() < 0.2 else last
        holder[name] = rng.choice(ANYTHING)
    return made


@pytest.mark.parametrize("name", ["label-studio", "predictions", "web-annotation"])
def test_anything_in_the_place_of_anything_is_told_or_left(name, tmp_path):
    rng, record, chosen = random.Random(2), own_record(), FORMATS[name]
    corpus, file = tmp_path / "corpus.json", tmp_path / f"a{chosen.suffixes[0]}"
    corpus.write_text(json.dumps(record), encoding="utf-8")
    for other, data in chosen.write(record).items():
        (tmp_path / other).with_stem("a").write_bytes(data)
    whole = json.loads(file.read_bytes())
    told = 0
    for number in range(300):
        file.write_text(json.dumps(damaged(damaged(whole, rng), rng)), encoding="utf-8")
        onto = str(corpus) if chosen.textless or number % 2 else None
        for item in imported(str(file), name, onto=onto):
            assert "by a mistake in Tasrih" not in str(item)
            told += isinstance(item, tasrih.TasrihError)
    assert told > 150
