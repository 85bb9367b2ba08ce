"""Letters, signs and digits: the classes and the functions say the same, and folding hides what it should."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasrih.text import letters
from tasrih.text.letters import fold, is_arabic, is_in_word, is_sign, occurrences, western_digits

ARABIC = [chr(code) for code in range(0x600, 0x700)]
SPELT = st.text(st.sampled_from("اأإآبةتهىيوكلمنقحر سٱ12٣"), min_size=1, max_size=30)
ADORNED = st.text(st.sampled_from("\u064b\u064e\u064f\u0650\u0651\u0652\u0670ـ"), max_size=2)


def of_class(members):
    return {letter for letter in ARABIC if re.fullmatch(f"[{members}]", letter)}


def test_letters_signs_and_tatweel_are_apart_and_all_of_them_are_parts_of_words():
    classes = [of_class(one) for one in (letters.LETTERS, letters.SIGNS, letters.TATWEEL, letters.OTHER_LETTERS)]
    assert sum(map(len, classes)) == len(set.union(*classes)) > 140
    assert all(is_in_word(letter) for one in classes[:3] for letter in one)
    assert {letter for letter in ARABIC if is_sign(letter)} >= of_class(letters.SIGNS)


def test_a_look_alike_is_no_letter_of_arabic_but_looks_like_one():
    assert not of_class(letters.LETTERS) & letters.LOOK_ALIKES.keys()
    assert of_class(letters.LETTERS) >= set(letters.LOOK_ALIKES.values())


def test_every_shape_stands_for_letters_that_are_none():
    assert re.fullmatch(f"[{letters.SHAPES}]+", "ﻻﺍﻟﻜﺘﺎﺏ")
    assert not re.search(f"[{letters.SHAPES}]", "﴿قال﴾ ﷺ الكتاب")


@pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_digits_of_every_shape_are_read(digits):
    assert western_digits(f"عام {digits}") == "عام 0123456789"
    assert re.fullmatch(f"[{letters.DIGITS}]+", digits)


def test_only_letters_and_spaces_are_arabic():
    assert is_arabic("وادي النحل")
    assert not any(map(is_arabic, ["", "وادي 2", "Wadi", "وادي-النحل", "واديـ", "ک"]))


@settings(max_examples=60)
@given(SPELT, st.data())
def test_signs_and_tatweel_hide_nothing_from_a_search(text, data):
    adorned = "".join(letter + data.draw(ADORNED) for letter in text)
    assert fold(adorned)[0] == fold(text)[0]
    assert [fold(adorned[place])[0] for place in fold(adorned)[1]] == list(fold(text)[0])
    if text.strip() == text:
        assert (0, len(adorned)) in occurrences(adorned, text)
