"""Marks in pairs: what the rules call marks, the drafter pairs, and both see the same marks around a stretch."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_marks import DOUBLE, PAIRS, TITLE, TYPED, WORDS

from tasrih import draft
from tasrih.drafting.furniture import byline
from tasrih.text.marks import ANGLE, CORNER, PRIME, enclosing, glyphs_around, is_pair, kind, marks
from tasrih.text.pairs import pairs

SIDES = [tuple(pair) for pair in PAIRS] + TYPED
WRONG = ["»«", "”“", '"”', '«"', "‛’"]
MARKED = st.text(st.sampled_from("«»“”\"〝〞‘’'<>` .،:قال"), max_size=40)


@pytest.mark.parametrize("outer", [("«", "»"), ("“", "”"), ("〝", "〞"), ("「", "」"), ("<<", ">>")])
@pytest.mark.parametrize("inner", [("«", "»"), ("“", "”"), ("〝", "〞"), ('"', '"'), ("‘", "’"), ("『", "』")])
def test_marks_of_one_sort_pair_inside_those_of_another(outer, inner):
    said = f"سنفتح مركز {inner[0]}الواحة{inner[1]} غدا"
    text = f"قالت هدى السالمي: {outer[0]}{said}{outer[1]}."
    assert [(text[pair.start : pair.end], pair.missing) for pair in pairs(text)] == [(said, ""), ("الواحة", "")]


def test_marks_that_the_text_lacks_leave_those_of_another_sort_alone():
    text = "قال 〝إن “الواحة” مفتوحة"
    assert [(text[pair.start : pair.end], pair.missing) for pair in pairs(text)] == [
        ("إن “الواحة” مفتوحة", "closing"),
        ("الواحة", ""),
    ]


@pytest.mark.parametrize(("opening", "closing"), [*SIDES, *DOUBLE])
def test_what_the_drafter_pairs_the_rules_enclose(opening, closing):
    text = f"قالت الوزيرة: {opening}{WORDS}{closing}."
    pair = next(pair for pair in pairs(text) if text[pair.start : pair.end] == WORDS)
    assert {mark.start for mark in marks(text)} == {mark.start for mark in enclosing(text, pair.start, pair.end)}
    left, right = glyphs_around(text, pair.start, pair.end)
    assert opening.replace(" ", "").endswith(left)
    assert closing.replace(" ", "").startswith(right)


def test_two_sides_of_one_sort_are_a_pair_and_of_one_kind():
    sided = {(opening, closing) for opening, closing in SIDES if is_pair(opening, closing)}
    assert {opening + closing for opening, closing in {*SIDES} - sided} <= {*WRONG, "””", "’’", '""""'}
    for opening, closing in sided - {(",,", "''")}:
        assert len({kind(mark) for mark in marks(f"{opening}{WORDS}{closing}")}) == 1
    assert not is_pair("«", "")
    assert not is_pair("", "")
    assert not ANGLE & CORNER & PRIME


@settings(max_examples=100)
@given(MARKED)
def test_every_stretch_that_is_closed_has_marks_that_the_rules_see(text):
    for pair in pairs(text):
        assert 0 <= pair.start <= pair.end <= len(text)
        around = list(enclosing(text, pair.start, pair.end))
        assert len(around) >= (1 if pair.missing else 2) or pair.start == pair.end
        assert list(glyphs_around(text, pair.start, pair.end)).count("") <= 2 - min(2, len(around))


@pytest.mark.parametrize(("opening", "closing"), [("«", "»"), ("〝", "〞"), ("「", "」"), ("<<", ">>")])
def test_a_line_with_words_in_marks_is_no_byline(opening, closing):
    assert byline("بقلم: هدى السالمي") == ("هدى السالمي",)
    assert byline(f"بقلم: هدى {opening}السالمي{closing}") is None
    record = draft("a.txt", f"{TITLE}كتبت هدى {opening}السالمي{closing}\n\nوصل الماء إلى البلدة.".encode())
    assert record.paragraphs[1].text == f"كتبت هدى {opening}السالمي{closing}"
