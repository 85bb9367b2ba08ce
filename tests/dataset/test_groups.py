"""Groups of articles: what they are called, and that the tables of shards say so."""

import numpy as np
import orjson
import pyarrow as pa
import pytest
from conftest import RECORD

from tasrih import columnar
from tasrih.dataset.groups import SCHEMA, moved, write
from tasrih.dataset.splits import SPLITS, Member, members, merged, split_of
from tasrih.doubles import fingerprints
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
    return tmp_path / f"{number}.arrow", [Slice(str(lines), 0, lines.stat().st_size)]


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
    found = moved(files, slices)
    assert [*found[0].values(), *found[1].values()] == [wanted]


def test_an_id_that_two_shards_have_is_refused_with_both_places(tmp_path):
    tables = [shard(tmp_path, number, [article("2024-01-01-a", words=str(number))]) for number in (0, 1)]
    files, slices = zip(*tables, strict=True)
    with pytest.raises(TasrihError, match=r"is taken twice, in .*0\.jsonl.* and .*1\.jsonl"):
        moved(files, slices)


def placed(files, slices):
    """The split of each shard's names that have another than their own."""
    return [dict(found) for found in moved(files, slices)]


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
        moved(*zip(*tables, strict=True))
