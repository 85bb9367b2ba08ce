"""The configs and their columns, of which there is one list."""

import pyarrow as pa
import pytest
from datasets import DatasetInfo
from datasets.info import DatasetInfosDict
from huggingface_hub import DatasetCardData

from tasrih import columnar
from tasrih.dataset import CONFIGS
from tasrih.dataset.configs import EVERY, HASHES, NAMES, ROWS, SAMPLE, configs, meanings, table_beside, table_path
from tasrih.dataset.features import ALL, features
from tasrih.dataset.schemas import schema, told
from tasrih.dataset.tables import cut

FLAT = [config for config in ALL if config not in {"articles", SAMPLE}]


@pytest.mark.parametrize("config", FLAT)
def test_a_flat_config_has_the_listed_columns_in_their_order(config):
    assert list(ALL[config]) == list(meanings(config))


def test_only_the_hashes_lack_what_is_said_of_the_article():
    assert [config for config in FLAT if not EVERY.keys() <= meanings(config).keys()] == [HASHES]


def test_every_config_is_told_in_the_same_order_wherever_configs_are_listed():
    assert list(ROWS) == list(ALL) == [*CONFIGS, SAMPLE, HASHES]
    assert configs("all") == list(CONFIGS)
    assert configs("redistributable") == configs("partial") == [*CONFIGS, HASHES]


@pytest.mark.parametrize("config", [*CONFIGS, HASHES])
def test_every_listed_column_can_be_cut_where_there_is_no_article(config):
    due = schema(config)
    layout = columnar.Layout(pa.RecordBatch.from_pylist([], columnar.schema()))
    assert cut(layout, config, due).schema.equals(due, check_metadata=True)


@pytest.mark.parametrize("config", NAMES)
def test_columns_are_written_and_told_as_datasets_writes_and_tells_them(config):
    found, card = features(config), DatasetCardData()
    assert schema(config).equals(found.arrow_schema, check_metadata=True)
    DatasetInfosDict({config: DatasetInfo(features=found)}).to_dataset_card_data(card)
    assert told(config) == card["dataset_info"]["features"]


def test_places_are_whole_numbers_and_lists_of_them():
    quotes, tokens = ALL["quotes"], ALL["tokens"]
    assert {quotes[name].dtype for name in ("start", "end", "cue_start", "speaker_end")} == {"int32"}
    assert {tokens[name].feature.dtype for name in ("starts", "ends")} == {"int32"}
    assert quotes["speaker_text"].dtype == "string"


def test_the_tables_of_one_shard_lie_beside_one_another():
    assert table_path("articles", "train", 2, 10) == "data/articles/train-00002-of-00010.parquet"
    assert table_beside(table_path("articles", "train", 2, 10), HASHES) == table_path(HASHES, "train", 2, 10)
