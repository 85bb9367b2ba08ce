"""Tokens of one text are those of the dataset."""

import pyarrow as pa
from conftest import corpus
from hypothesis import given
from hypothesis import strategies as st

from tasrih import columnar
from tasrih.dataset.tokens import token_places
from tasrih.text.tokens import tokens


def in_the_dataset(text):
    places = token_places(columnar.texts(pa.array([text])))
    return list(zip(places.start.tolist(), places.end.tolist(), strict=True))


def test_the_tokens_of_the_corpus_are_those_of_the_dataset():
    texts = [paragraph.text for article in corpus() for paragraph in article.paragraphs if paragraph.text]
    assert len(texts) > 1000
    assert all(tokens(text) == in_the_dataset(text) for text in texts[::7])


@given(st.text(st.sampled_from("وقال_9ـًَّ́😀𑄀 \u00a0\u200f\t.«»") | st.characters(exclude_categories=["Cs"]), max_size=12))
def test_the_tokens_of_any_text_are_those_of_the_dataset(text):
    assert tokens(text) == in_the_dataset(text)
