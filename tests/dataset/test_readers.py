"""Programs that read a dataset without the package."""

import os
import re
import subprocess
import sys

import pyarrow.parquet as pq
import pytest
from conftest import ROOT

import tasrih
from tasrih.dataset.features import FEATURES

EXPECTED = {
    "pandas": "سيرغي لافروف",
    "pandas, terms": "رابطة الدول المستقلة",
    "Polars": "أضاف",
    "DuckDB": "سيرغي لافروف",
    "DuckDB, nested": "p1",
    "datasets": "سيرغي لافروف نتشارك",
    "Sequence labelling": "O', 'B-PERS', 'I-PERS",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder in which a dataset was built."""
    folder = tmp_path_factory.mktemp("readers")
    tasrih.build(folder / "dist/tasrih", [ROOT / "corpus/articles/news"], within=ROOT / "corpus")
    return folder


def examples():
    text = (ROOT / "docs/readers.md").read_text(encoding="utf-8")
    return dict(zip(EXPECTED, re.findall(r"```python\n(.*?)```", text, re.DOTALL), strict=True))


@pytest.mark.parametrize("name", EXPECTED)
def test_the_documented_examples_run(name, folder, tmp_path):
    environment = os.environ | {"HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-W", "error::SyntaxWarning", "-c", examples()[name]]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    assert EXPECTED[name] in done.stdout


@pytest.mark.parametrize("config", FEATURES)
def test_all_readers_see_the_same_rows(config, folder):
    import duckdb
    import pandas
    import polars

    path = folder / f"dist/tasrih/data/{config}/train-00000-of-00001.parquet"
    rows = pq.read_table(path).num_rows
    name = "id" if config == "articles" else "article_id"
    ids = pq.read_table(path, columns=[name])[name].to_pylist()
    assert list(pandas.read_parquet(path)[name]) == ids
    assert polars.read_parquet(path)[name].to_list() == ids
    assert duckdb.sql(f"SELECT count({name}) FROM '{path}'").fetchall() == [(rows,)]  # noqa: S608


@pytest.mark.parametrize("config", FEATURES)
def test_the_viewers_of_hubs_can_page_through(config, folder):
    """Row groups are small enough to be read for one page, and have a page index; columns are of plain types."""
    metadata = pq.read_metadata(folder / f"dist/tasrih/data/{config}/train-00000-of-00001.parquet")
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        assert group.total_byte_size < 100 * 2**20
        columns = [group.column(place) for place in range(group.num_columns)]
        assert all(column.has_column_index and column.has_offset_index for column in columns)
        assert {column.physical_type for column in columns} <= {"BYTE_ARRAY", "INT32", "INT64", "DOUBLE"}
        assert {column.compression for column in columns} == {"ZSTD"}
