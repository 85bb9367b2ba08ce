"""Withheld texts: where a record has them, and what is put back by its hash alone."""

import copy
import unicodedata

from conftest import RECORD

from tasrih.dataset.rights import put_back, texts_by_hash, withheld_texts
from tasrih.standoff.models import digest


def at(record, pointer):
    for step in pointer.strip("/").split("/"):
        record = record[int(step)] if isinstance(record, list) else record[step]
    return record


def test_every_withheld_text_is_where_its_pointer_says():
    found = list(withheld_texts(RECORD))
    assert [text for _, text in found] == [at(RECORD, pointer) for pointer, _ in found]
    assert len({pointer for pointer, _ in found}) == len(found)


def test_paragraphs_are_withheld_and_what_an_article_is_cited_by_is_not():
    pointers = {pointer for pointer, _ in withheld_texts(RECORD)}
    assert {f"/paragraphs/{number}/text" for number in range(len(RECORD["paragraphs"]))} <= pointers
    assert not pointers & {"/id", "/metadata/publisher", "/metadata/rights/license", "/metadata/rights/holder"}


def test_words_of_spans_have_no_hash_for_offsets_select_them():
    pointers = {pointer for pointer, _ in withheld_texts(RECORD)}
    assert not any("/spans/" in pointer or "/mentions/" in pointer or "/cue/" in pointer for pointer in pointers)


def test_what_is_emptied_is_put_back_word_for_word():
    emptied, texts = copy.deepcopy(RECORD), list(withheld_texts(RECORD))
    for pointer, _ in texts:
        around, _, last = pointer.rpartition("/")
        at(emptied, around)[last] = None
    due = {pointer: digest(text) for pointer, text in texts}
    assert put_back(emptied, due, texts_by_hash(RECORD)) == []
    assert emptied == RECORD


def test_other_words_are_told_and_stay_out():
    row = {"paragraphs": [{"text": None}, {"text": None}]}
    known = texts_by_hash({"anywhere": ["وصل الوفد"]})
    due = {"/paragraphs/0/text": digest("وصل الوفد"), "/paragraphs/1/text": digest("غادر الوفد")}
    assert put_back(row, due, known) == ["/paragraphs/1/text"]
    assert row == {"paragraphs": [{"text": "وصل الوفد"}, {"text": None}]}


def test_a_text_is_known_by_its_composed_form_as_well():
    composed = "آسر"
    known = texts_by_hash({"text": unicodedata.normalize("NFD", composed)})
    assert known[digest(composed)] == composed
