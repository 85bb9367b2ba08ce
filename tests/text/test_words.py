"""Words and what may be written together with them: the rules, the drafter and the lists read them alike."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasrih.text.letters import after_signs, fold
from tasrih.text.words import BOUND, PROCLITICS, WITH_ARTICLE, bare, folded, folded_words, forms, start_of, words

TEXTS = st.text(st.sampled_from("وفبكلاسقمأةى\u064e\u0651ـ #_1 "), max_size=40)


@pytest.mark.parametrize("proclitic", PROCLITICS)
def test_every_proclitic_is_known_to_lists_and_may_stand_before_a_span(proclitic):
    assert "رئيس" in forms(f"{proclitic}رئيس")
    assert "رئيس" in bare(f"{proclitic}رئيس")
    assert re.fullmatch(BOUND, proclitic)


@pytest.mark.parametrize("word", ["المدينة", "والمدينة", "بالمدينة", "فكالمدينة", "للمدينة", "وللمدينة"])
def test_the_article_is_seen_after_proclitics(word):
    assert re.match(WITH_ARTICLE, word)


def test_the_article_belongs_into_a_span_but_with_the_preposition_in_one():
    assert not any(re.fullmatch(BOUND, start) for start in ("ال", "وال", "بال"))
    assert re.fullmatch(BOUND, "ولل")


@settings(max_examples=80)
@given(TEXTS)
def test_words_are_where_they_say_and_read_as_their_text(text):
    found = words(text)
    assert [folded(text[word.start : word.end]) for word in found] == [word.folded for word in found]
    assert all(one.end <= other.start for one, other in pairwise(found))
    assert folded_words(text) == "".join(letter if letter.isalnum() else " " for letter in fold(text)[0]).split()


@settings(max_examples=80)
@given(TEXTS)
def test_what_follows_a_proclitic_begins_at_a_letter_of_the_word(text):
    for word in words(text):
        for form in forms(word.folded):
            start = start_of(text, word, form)
            assert folded(text[start : word.end]) == form
            assert start == word.end or after_signs(text, start) == start
