"""Where sentences end: the drafter, the phenomena and the figures part a text alike."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasrih.text.sentences import sentence_around, sentence_ends


def sentences(text):
    bounds = [0, *(following for _, following in sentence_ends(text)), len(text)]
    return [text[start:end] for start, end in pairwise(bounds)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("وصل الماء. هل امتلأ السد؟ نعم", ["وصل الماء. ", "هل امتلأ السد؟ ", "نعم"]),
        ("قال «انتهى العمل.» ثم مضى", ["قال «انتهى العمل.» ", "ثم مضى"]),
        ("قال «انتهى العمل». ومضى", ["قال «انتهى العمل». ", "ومضى"]),
        ("قال 〝انتهى العمل〞.ومضى", ["قال 〝انتهى العمل〞.", "ومضى"]),
        ("قال م. سعد الدرعي إن د. هدى غابت", ["قال م. سعد الدرعي إن د. هدى غابت"]),
        ("بلغ 2.5 متر", ["بلغ 2.5 متر"]),
    ],
)
def test_sentences_end_at_full_stops_before_or_after_marks_but_not_at_abbreviations(text, parts):
    assert sentences(text) == parts


@settings(max_examples=80)
@given(st.text(st.sampled_from('دم قال.؟…!،"»” \n'), max_size=40), st.data())
def test_a_stretch_is_within_the_sentence_around_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence_around(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert "".join(sentences(text)) == text
