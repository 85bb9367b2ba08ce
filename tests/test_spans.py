"""Where spans stand is told by the models: of plain data, of models and of columns the same."""

import json

import pytest
from conftest import WITH_WORDS

from tasrih.columnar import all_spans, of_records
from tasrih.record import Article
from tasrih.spans import SPANS, located, spans
from tasrih.validation.findings import path_of, pointer

FILES = WITH_WORDS


@pytest.fixture(scope="module")
def records():
    return [json.loads(file.read_text(encoding="utf-8")) for file in FILES]


def walked(value, at=()):
    """Whatever looks like a span in a record, wherever it is."""
    if isinstance(value, dict) and {"paragraph", "start", "end"} <= value.keys():
        yield at, value
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield from walked(item, (*at, step))


def in_order(places):
    return sorted(places, key=repr)


def place(span):
    return span["paragraph"], span["start"], span["end"]


def test_every_span_of_a_record_is_found_where_it_is(records):
    for record in records:
        found = [one for name in SPANS for one in located(record, name)]
        assert in_order((one.at, one.span) for one in found) == in_order(walked(record))
        assert all(path_of(pointer(one.at)) == one.at for one in found)


def test_models_and_columns_have_the_same_spans(records):
    batch = of_records(records)
    columns = dict(all_spans(batch))
    for row, record in enumerate(records):
        plain = [place(one.span) for name in SPANS for one in located(record, name)]
        models = spans(Article.model_validate_json(json.dumps(record)))
        assert [(span.paragraph, span.start, span.end) for span in models] == plain
        in_columns = [
            place(span)
            for values, owner in columns.values()
            for span in values.filter((owner == row).tolist()).to_pylist()
            if span
        ]
        assert in_columns == plain
