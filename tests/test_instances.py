"""Models made without looking at their values again."""

import orjson
import pytest
from conftest import WITH_WORDS

from tasrih.instances import of_plain
from tasrih.record import Article


@pytest.mark.parametrize("path", WITH_WORDS[::6], ids=lambda path: path.stem)
def test_plain_data_becomes_the_models_that_pydantic_makes_of_it(path):
    data = path.read_bytes()
    (made,), checked = of_plain(Article, [orjson.loads(data)]), Article.model_validate_json(data)
    assert made == checked
    assert made.model_dump_json() == checked.model_dump_json()


def test_fields_that_are_left_out_have_their_defaults():
    record = orjson.loads(WITH_WORDS[-1].read_bytes())
    short = {name: record[name] for name in record if name not in ("waivers", "entities")} | {"entities": []}
    short["metadata"] = {name: value for name, value in record["metadata"].items() if name != "phenomena"}
    assert of_plain(Article, [short, record]) == [
        Article.model_validate_json(orjson.dumps(one)) for one in (short, record)
    ]
