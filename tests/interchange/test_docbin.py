"""DocBin: what spaCy reads of it."""

import copy
import json

import pytest
import spacy
from conftest import RECORD, WITH_WORDS, read_json
from hypothesis import given, settings
from spacy.tokens import DocBin
from strategies import WITHOUT_SHRINKING, articles

from tasrih.interchange.docbin import to_docbin

SAMPLE = [RECORD, *map(read_json, WITH_WORDS[::8])]


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("ar")


def doc_of(record, nlp):
    (data,) = to_docbin(record).values()
    (doc,) = DocBin().from_bytes(data).get_docs(nlp.vocab)
    return doc


def check(record, nlp):
    doc = doc_of(record, nlp)
    assert doc.text == "\n".join(paragraph["text"] for paragraph in record["paragraphs"])
    assert [(one.id_, one.text) for one in doc.spans["quotes"]] == [
        (quote["id"], span["text"]) for quote in record["quotes"] for span in quote["spans"]
    ]
    assert [(one.label_, one.text) for one in doc.spans["mentions"]] == [
        (entity["type"], mention["text"]) for entity in record["entities"] for mention in entity["mentions"]
    ]
    assert [one.text for one in doc.spans["terms"]] == [term["span"]["text"] for term in record["terms"]]
    assert json.loads(doc.user_data["tasrih"]) == record
    assert {(one.label_, one.text) for one in doc.ents} <= {(one.label_, one.text) for one in doc.spans["mentions"]}
    return doc


def test_every_span_of_the_corpus_is_one_of_tokens(nlp):
    for record in SAMPLE:
        doc = check(record, nlp)
        assert len(doc.ents) > len(record["entities"]) / 2
        assert not any(token.text == " " for token in doc)


def test_every_span_of_any_record_is_one_of_tokens(nlp):
    @settings(max_examples=40, phases=WITHOUT_SHRINKING)
    @given(articles())
    def every(record):
        check(record, nlp)

    every()


def test_a_name_behind_a_proclitic_is_tokens_of_its_own(nlp):
    record = copy.deepcopy(RECORD) | {"quotes": [], "terms": []}
    record["paragraphs"] = [{"id": "p1", "role": "body", "text": "وقال لسلمى: نعم"}]
    mention = {"paragraph": "p1", "start": 6, "end": 10, "text": "سلمى", "form": "named"}
    record["entities"] = [{"id": "e1", "type": "PERS", "name": "سلمى", "mentions": [mention]}]
    doc = doc_of(record, nlp)
    assert [token.text_with_ws for token in doc] == ["وقال ", "ل", "سلمى", ": ", "نعم"]
    assert [(one.text, one.label_) for one in doc.ents] == [("سلمى", "PERS")]


def test_a_pipeline_trains_on_it(nlp, tmp_path):
    """As its users do: a folder of files, read by spaCy's own reader."""
    for record in SAMPLE[:4]:
        for name, data in to_docbin(record).items():
            (tmp_path / name).write_bytes(data)
    examples = list(spacy.training.Corpus(tmp_path)(nlp))
    assert sum(len(one.reference.ents) for one in examples) > 100
    ner = spacy.blank("ar").add_pipe("ner")
    ner.initialize(lambda: examples)
    assert set(ner.labels) >= {"PERS", "ORG", "GPE", "DATE"}
