"""Records in memory as a `datasets.Dataset`."""

from collections.abc import Iterable, Iterator
from itertools import islice

import datasets
import numpy as np
import pyarrow as pa
from datasets.table import InMemoryTable

from tasrih.arguments import one_of
from tasrih.columnar import Layout, integers, read
from tasrih.dataset import CONFIGS, Config
from tasrih.dataset.configs import STANDOFF
from tasrih.dataset.features import FEATURES
from tasrih.dataset.rights import wordless
from tasrih.dataset.schemas import schema
from tasrih.dataset.tables import cut
from tasrih.record import Article
from tasrih.standoff.columns import masked_rows

_AT_ONCE = 1000


def to_dataset(articles: Iterable[Article], config: Config) -> datasets.Dataset:
    """The rows of a config with its exact features. Raises TasrihError when there is no such config.

    Stand-off records have null in the place of words, and no tokens.
    """
    one_of("no such config", config, CONFIGS)
    columns = schema(config)
    table = pa.Table.from_batches((cut(layout, config, columns) for layout in _layouts(articles, config)), columns)
    return datasets.Dataset(InMemoryTable(table), info=datasets.DatasetInfo(features=FEATURES[config]))


def _layouts(articles: Iterable[Article], config: Config) -> Iterator[Layout]:
    lines = (article.model_dump_json().encode() for article in articles)
    while some := list(islice(lines, _AT_ONCE)):
        batch = read(some)
        masked = masked_rows(batch)
        if config in STANDOFF:
            yield Layout(wordless(batch, masked))
        else:
            yield Layout(batch.take(integers(np.flatnonzero(~masked))))
