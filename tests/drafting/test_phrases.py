"""Where titles end and names begin: what a speaker's phrase is taken for."""

import pytest

from tasrih.drafting.phrases import (
    apposed,
    apposed_to,
    is_anybody,
    parted,
    phrase_of,
    purpose_length,
    titled,
    unbroken,
    without_object,
)
from tasrih.text.words import words


def written(text, part):
    return text[part[0].start : part[-1].end] if part else ""


@pytest.mark.parametrize(
    ("text", "title", "name"),
    [
        ("وزيرة الري سلمى الحداد", "وزيرة الري", "سلمى الحداد"),
        ("رئيس بلدية وادي النخيل خالد السالمي", "رئيس بلدية وادي النخيل", "خالد السالمي"),
        ("الناطق باسم النقابة نورة الخطيب", "الناطق باسم النقابة", "نورة الخطيب"),
        ("الكاتبة العامة للنقابة الوطنية نعيمة الخطيب", "الكاتبة العامة للنقابة الوطنية", "نعيمة الخطيب"),
        ("القبطان خالد السالمي", "القبطان", "خالد السالمي"),
        ("رئيستها سلمى الحداد", "رئيستها", "سلمى الحداد"),
        ("خالد السالمي مدير السد", "", "خالد السالمي"),
        ("جمعية السنابل", "", "جمعية السنابل"),
        ("بيان الجمعية", "بيان الجمعية", ""),
    ],
)  # fmt: skip
def test_a_phrase_is_a_title_and_a_name(text, title, name):
    found = parted(tuple(phrase_of(text, words(text))))
    assert (written(text, found[0]), written(text, found[1])) == (title, name)


@pytest.mark.parametrize(
    ("text", "ends", "breaks"),
    [
        ("سلمى الحداد في الوادي", "سلمى الحداد", "سلمى الحداد في الوادي"),
        ("سلمى الحداد، مديرة السد", "سلمى الحداد", "سلمى الحداد"),
        ("سلمى الحداد 12 يوما", "سلمى الحداد", "سلمى الحداد 12 يوما"),
    ],
)
def test_a_phrase_ends_at_a_mark_a_function_word_or_a_number(text, ends, breaks):
    assert written(text, phrase_of(text, words(text))) == ends
    assert written(text, unbroken(text, words(text))) == breaks


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("خالد السالمي المشروع", "خالد السالمي"),
        ("خالد بن سالم المشروع", "خالد بن سالم"),
        ("خالد سالم خطيرا", "خالد سالم"),
        ("سلمى خالد أكدت", "سلمى خالد"),
        ("سلمى الحداد بالمشروع", "سلمى الحداد"),
        ("مشروعه", ""),
    ],
)
def test_the_object_of_the_verb_is_no_part_of_a_name(text, name):
    assert written(text, without_object(words(text))) == name


@pytest.mark.parametrize(
    ("text", "length"),
    [("لجنة للتعاون", 1), ("لجنة للتعاون الدولي", 2), ("لجنة لحقوق الإنسان", 2), ("لجنة لحقوق", 0), ("لجنة حقوق", 0)],
)
def test_what_an_institution_is_for_belongs_to_its_name(text, length):
    assert purpose_length(words(text), 1) == length


def test_a_name_may_stand_between_commas_on_either_side_of_a_title():
    after, before = "رئيسة البلدية، سلمى الحداد، إن السد امتلأ", "سلمى الحداد، رئيسة البلدية، إن السد امتلأ"
    assert written(after, apposed(after, words(after)[1])) == "سلمى الحداد"
    assert written(before, apposed_to(before, words(before)[2:4])) == "سلمى الحداد"
    assert apposed("رئيسة البلدية، أمس، إن", words("رئيسة البلدية")[1]) == []


def test_every_title_begins_a_phrase():
    text = "قالت وزيرة الري سلمى الحداد، ومدير السد خالد السالمي في الوادي"
    assert [written(text, phrase) for phrase in titled(text)] == ["وزيرة الري سلمى الحداد", "ومدير السد خالد السالمي"]


def test_a_description_without_the_article_or_of_one_of_several_is_of_nobody_met_before():
    assert all(is_anybody(words(text)) for text in ("مصادر مطلعة", "أحد الركاب"))
    assert not any(is_anybody(words(text)) for text in ("الوزيرة", "وزيرة الري"))
