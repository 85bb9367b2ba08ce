"""Articles as marked-up text: what is written by hand becomes a record, and every record is written back."""

import json

from conftest import RECORD
from hypothesis import given, settings
from strategies import articles

from tasrih.interchange.tei import from_tei, to_tei
from tasrih.record import Article, to_json


def there_and_back(record):
    article = Article.model_validate_json(json.dumps(record))
    text = to_tei(article)
    again = from_tei(text.encode())
    return to_json(article), to_json(again), text, to_tei(again)


def test_the_first_article_comes_back_byte_for_byte():
    before, after, text, again = there_and_back(RECORD)
    assert before == after
    assert text == again


@settings(max_examples=1000)
@given(articles())
def test_every_record_comes_back_byte_for_byte(record):
    before, after, text, again = there_and_back(record)
    assert before == after
    assert text == again
