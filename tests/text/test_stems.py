"""Under what a word is found: what is written before it does not hide it, and part of another word it is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasrih.text.letters import fold
from tasrih.text.lists import lines_of, listed
from tasrih.text.stems import hits, located, phrase, stem, stems


def found(wanted, text):
    return [text[hit.start : hit.end] for hit in hits(text, phrase(wanted))]


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("أسعار", "بأسعار والأسعار وللأسعار فبأسعار أسعار الاسعار وأسعار"),
        ("الأسعار", "أسعار بالأسعار كالأسعار"),
        ("والأسعار", "أسعار الأسعار"),
        ("الله", "الله لله وبالله فلله والله"),
        ("ليبيا", "لليبيا وليبيا"),
        ("التزام", "الالتزام بالتزام والتزام التزام"),
        ("2014", "و٢٠١٤ 2014 ل2014"),
        ("يقول", "سيقول وسيقول فيقول يقول"),
        ("وزير", "الوزير ووزير لوزير"),
        ("مَدرسة", "مدرسه والمدرسـة بِمَدْرَسَةٍ"),
    ],
)
def test_a_word_is_found_behind_what_is_written_before_it(wanted, text):
    assert found(wanted, text) == text.split()


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("سعر", "مسعر الأسعار سعره"),
        ("لهم", "اللهم"),
        ("زير", "وزير الوزير ووزير"),
        ("تاب", "كتاب كتابا الكتاب"),
        ("لد", "ولد"),
        ("عيد", "سعيد بعيد"),
        ("يده", "سيدة"),
        ("تزام", "التزام"),
    ],
)
def test_a_part_of_another_word_is_no_hit(wanted, text):
    assert found(wanted, text) == []


def test_words_follow_one_another_whatever_parts_them():
    text = "لمجموعةِ «الرؤيةِ»: مجموعة من رؤية"
    assert found("مجموعه الرؤية", text) == ["لمجموعةِ «الرؤيةِ"]
    assert found("وزير خارجية", "التقى بوزير الخارجية") == ["بوزير الخارجية"]


def test_of_a_stretch_only_its_words_are_looked_through():
    text = "قال إن الماء قليل"
    assert hits(text, phrase("ماء"), 7) == hits(text, phrase("ماء"))
    assert hits(text, phrase("ماء"), 0, 6) == []
    assert hits(text, phrase("إن الماء"), 7) == []


def test_a_word_that_is_whole_is_no_word_of_two():
    for word in listed("whole"):
        assert stems(word) == {stem(word)}
    words = [word for line in lines_of("whole.txt") for word in line.split()]
    assert [fold(word)[0] for word in words] == words
    assert len(set(words)) == len(words)


@given(st.text('ابتثلموفكسءئىة ًّـ."٣x_', max_size=40))
def test_every_text_finds_its_own_words(text):
    places = located(text)
    assert all(text[place.start : place.end].strip() for place in places)
    for place in places:
        assert any(hit.start == place.start for hit in hits(text, phrase(text[place.start : place.end])))
        assert stem(place.folded) in stems(place.folded)
        assert stem(stem(place.folded)) == stem(place.folded)
