"""Figures of likeness to news, worked out by hand."""

import json

import pytest
from conftest import ROOT

from tasrih.measures.likeness import Sample, likeness, sample
from tasrih.record import Article


def of(*texts, speech=(), terms=0, openings=()):
    return Sample(texts, speech, terms, openings)


def test_the_seed(seed):
    measured = likeness([sample(Article.model_validate_json(json.dumps(seed)))])
    assert measured["articles"] == 1
    assert measured["marked quotes per article"] == 7
    assert measured["marked non-speech per article"] == 6
    assert round(measured["type: partial, %"], 2) == 14.29
    assert measured["marks: straight, %"] == 100
    assert round(sum(value for name, value in measured.items() if name.startswith("cue: "))) == 100


def test_sentences_end_at_their_marks_and_at_paragraphs():
    measured = likeness([of("وصل الماء. هل امتلأ السد؟ نعم", "عنوان")])
    assert measured["words per sentence, mean"] == 7 / 4
    assert measured["words per sentence, median"] == 1.5


def test_variety_is_that_of_windows_of_the_same_length():
    assert likeness([of("ماء ماء سد")])["different words in 500, %"] == pytest.approx(200 / 3)
    long = " ".join(["ماء", "سد"] * 600)
    assert likeness([of(long)])["different words in 500, %"] == pytest.approx(0.4)


def test_sequences_count_where_another_article_has_them_and_not_within_one():
    name = "sequences of 6 words that another article has, %"
    frame = "قال الوزير إن الماء وصل إلى"
    assert likeness([of(frame, frame), of("نص آخر")])[name] == 0
    assert likeness([of(f"{frame} السد"), of(f"{frame} القرية")])[name] == 50
    assert likeness([of("نص")])[name] == 0


def test_an_article_without_speech_has_no_shares():
    measured = likeness([of("نص")])
    assert {value for name, value in measured.items() if ": " in name} == {0}


def test_the_figures_of_real_news_are_those_that_are_measured():
    document = json.loads((ROOT / "benchmarks/likeness.json").read_text(encoding="utf-8"))
    assert all(0.5 < area <= 1 for area in document["area under the curve"].values())
    assert list(document["figures"]) == list(likeness([of("نص")]))
