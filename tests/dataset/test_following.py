"""Rows that follow the articles of a table, in a file of their own."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasrih.dataset.parquet import Following, first_split, joined


@pytest.fixture
def parquet(tmp_path):
    with pq.ParquetWriter(tmp_path / "rows.parquet", pa.schema([("article_id", pa.string())])) as writer:
        for group in (["a", "a"], [], ["c"]):
            writer.write_table(pa.table({"article_id": pa.array(group, pa.string())}))
    with pq.ParquetFile(tmp_path / "rows.parquet") as opened:
        yield opened


def test_each_row_group_goes_to_its_articles_and_nothing_to_those_without(parquet):
    rows = Following(parquet)
    assert (rows.of({"a"})["article_id"].to_pylist(), rows.first) == (["a", "a"], 0)
    assert (rows.of({"b"}).num_rows, rows.first) == (0, 2)
    assert not rows.is_over()
    assert (rows.of({"c"})["article_id"].to_pylist(), rows.first) == (["c"], 2)
    assert rows.is_over()


def test_rows_of_no_article_are_left_with_the_number_of_their_first(parquet):
    rows = Following(parquet)
    rows.of({"a"})
    assert not rows.is_over()
    assert rows.first == 2


def test_no_batches_are_a_batch_without_rows():
    schema = pa.schema([("article_id", pa.string())])
    assert joined([], schema).num_rows == 0
    assert joined([], schema).schema == schema


def test_the_first_split_is_the_first_of_those_that_there_are():
    class Named:
        def __init__(self, split):
            self.split = split

    assert first_split([Named("test"), Named("validation")]) == "validation"
