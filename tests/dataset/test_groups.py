"""Groups of articles: what they are called, and that the tables of shards say so."""

import tracemalloc

import numpy as np
import orjson
import pyarrow as pa
import pytest
from conftest import RECORD

from tasrih import columnar
from tasrih.dataset import keys
from tasrih.dataset.groups import SCHEMA, keys_of, moved, write
from tasrih.dataset.splits import SPLITS, Member, members, merged, split_of
from tasrih.doubles import FINGERPRINT, fingerprints
from tasrih.errors import TasrihError
from tasrih.reading import Slice


def shard(tmp_path, number, records):
    """The table that a shard of these records leaves, and the slice that it was made of."""
    lines = tmp_path / f"{number}.jsonl"
    data = [orjson.dumps(record) for record in records]
    lines.write_bytes(b"".join(line + b"\n" for line in data))
    batch = columnar.of_records(records)
    offsets = np.cumsum([0, *(len(line) + 1 for line in data)])[:-1].tolist()
    seen = fingerprints(columnar.Layout(batch), offsets, np.ones(len(records), np.bool_), {})
    columns = members(batch)
    names = [Member(*fields).name for fields in zip(*(column.to_pylist() for column in columns), strict=True)]
    write(tmp_path / f"{number}.arrow", [(*columns, pa.array(names))], [[seen]])
    return str(tmp_path / f"{number}.arrow"), [Slice(str(lines), 0, lines.stat().st_size)]


def article(name, story=None, words=None, split=None):
    paragraphs = [{**RECORD["paragraphs"][0], "text": " ".join(f"{words or name}{number}" for number in range(30))}]
    empty = {"quotes": [], "terms": [], "entities": [], "paragraphs": paragraphs}
    return RECORD | empty | {"id": name, "metadata": RECORD["metadata"] | {"story": story, "split": split}}


def test_a_shard_without_articles_leaves_an_empty_table(tmp_path):
    write(tmp_path / "none.arrow", [], [[]])
    with pa.memory_map(str(tmp_path / "none.arrow")) as source:
        assert pa.ipc.open_file(source).read_all().schema == SCHEMA


def test_a_near_duplicate_in_another_shard_moves_to_the_split_of_the_earlier(tmp_path):
    names = [f"2024-01-{day:02}-article" for day in range(1, 29)]
    first = names[0]
    second = next(name for name in names if split_of(f"article {name}") != split_of(f"article {first}"))
    others = [article(name) for name in names if name not in {first, second}]
    tables = [
        shard(tmp_path, 0, [article(first, words="خبر")]),
        shard(tmp_path, 1, [article(second, words="خبر"), *others]),
    ]
    files, slices = zip(*tables, strict=True)
    group = merged(
        [(Member(first, None, RECORD["metadata"]["published"]), Member(second, None, RECORD["metadata"]["published"]))]
    )
    wanted = split_of(group[f"article {second}"])
    found = moved(files, slices, 30)
    assert [*found[0].values(), *found[1].values()] == [wanted]


def test_an_id_that_two_shards_have_is_refused_with_both_places(tmp_path):
    tables = [shard(tmp_path, number, [article("2024-01-01-a", words=str(number))]) for number in (0, 1)]
    files, slices = zip(*tables, strict=True)
    with pytest.raises(TasrihError, match=r"is taken twice, in .*0\.jsonl.* and .*1\.jsonl"):
        moved(files, slices, 30)


def placed(files, slices):
    """The split of each shard's names that have another than their own."""
    return [dict(found) for found in moved(files, slices, 30)]


def test_a_split_that_one_article_is_given_is_that_of_its_story_and_its_doubles(tmp_path):
    other = next(split for split in SPLITS if split != split_of("story bridge"))
    tables = [
        shard(tmp_path, 0, [article("a", story="bridge", words="جسر"), article("b", words="خبر", split="test")]),
        shard(tmp_path, 1, [article("c", story="bridge", split=other), article("d", words="خبر"), article("e")]),
    ]
    assert placed(*zip(*tables, strict=True)) == [
        {"story bridge": other, "article b": "test"},
        {"story bridge": other, "article d": "test"},
    ]


def test_two_splits_for_what_belongs_together_are_refused(tmp_path):
    tables = [
        shard(tmp_path, 0, [article("a", story="bridge", split="test")]),
        shard(tmp_path, 1, [article("c", story="bridge", split="train"), article("e")]),
    ]
    with pytest.raises(TasrihError, match=r"a and c belong together.* are given test and train"):
        moved(*zip(*tables, strict=True), 30)


def test_in_however_many_parts_the_hashes_are_looked_through_the_same_is_found(tmp_path, monkeypatch):
    names = [f"2024-01-{day:02}-article" for day in range(1, 29)]
    told = [article(name, f"s{day % 5}" if day % 3 else None, f"w{day % 9}", None) for day, name in enumerate(names)]
    told[7]["metadata"]["split"] = told[12]["metadata"]["split"] = "test"
    tables = [shard(tmp_path, number, told[number * 7 : number * 7 + 7]) for number in range(4)]
    files, slices = zip(*tables, strict=True)
    whole, few = keys.found([keys_of(file) for file in files], range(4096)), moved(files, slices, 28)
    assert len(whole.bands) > 28
    monkeypatch.setattr(keys, "AT_ONCE", 1)
    assert len(keys.parts(28)) == 28
    cut = keys.ordered(keys.found([keys_of(file) for file in files], part) for part in keys.parts(28))
    assert np.array_equal(cut.bands, np.unique(whole.bands, axis=0))
    assert cut.stories.tolist() == sorted(whole.stories)
    assert moved(files, slices, 28) == few


def strangers(folder, shards, size):
    """The tables of so many shards of articles that have nothing in common."""
    folder.mkdir()
    for number in range(shards):
        rows = np.arange(number * size, (number + 1) * size)
        seen = np.zeros(size, FINGERPRINT)
        seen["id"] = rows.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        seen["bands"] = (rows.astype(np.uint32) * np.uint32(0x9E3779B1))[:, None]
        names = pa.array([f"article {row}" for row in rows])
        empty = pa.nulls(size, pa.string())
        write(folder / f"{number}.arrow", [(names, empty, empty, empty, names)], [[seen]])
    return [str(folder / f"{number}.arrow") for number in range(shards)]


def peak(files, size):
    """The bytes that are held at once to look through the articles of all shards."""
    tracemalloc.start()
    try:
        assert moved(files, [()] * len(files), len(files) * size) == [{}] * len(files)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_what_is_held_at_once_does_not_grow_with_the_corpus(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "AT_ONCE", 4_000)
    few, many = (peak(strangers(tmp_path / str(shards), shards, 2_000), 2_000) for shards in (4, 24))
    assert few > 4_000 * 17 * 13
    assert (many - few) / 40_000 < 5
