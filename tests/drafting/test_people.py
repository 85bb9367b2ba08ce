"""Who is who: names, short names, titles and elided speakers that stand for one person."""

import pytest

from tasrih.drafting.people import People, is_same, parts_of
from tasrih.text.words import words


def said(people, phrase, gender=""):
    return people.speaker(phrase, tuple(words(phrase)), gender)


@pytest.fixture
def people():
    known = People()
    known.discover("أعلنت وزيرة الري سلمى الحداد الخطة. وشكر مدير السد خالد السالمي الفريق.")
    return known


@pytest.mark.parametrize("phrase", ["الحداد", "سلمى الحداد", "وزيرة الري", "الوزيرة", "وزيرة الري سلمى الحداد"])
def test_a_person_is_met_under_every_name_and_title(people, phrase):
    before = len(people.entities)
    assert said(people, phrase).entity.name == "سلمى الحداد"
    assert len(people.entities) == before


def test_the_fullest_name_is_kept_and_found_by_all_its_parts(people):
    assert people.named("PERS", "سلمى نورة الحداد") is people.named("PERS", "نورة الحداد")
    assert people.named("PERS", "الحداد").name == "سلمى نورة الحداد"


def test_somebody_else_is_somebody_new(people):
    spoken = said(people, "نورة الخطيب")
    assert (spoken.form, spoken.entity.name, spoken.entity.mentions) == ("named", "نورة الخطيب", [])
    assert spoken.entity in people.entities


def test_a_feminine_verb_has_no_masculine_title_for_its_subject(people):
    assert said(people, "المدير", "f") is None
    assert said(people, "المدير", "m").entity.name == "خالد السالمي"


def test_who_spoke_last_is_of_the_gender_of_the_verb(people):
    salma, khalid = said(people, "الحداد").entity, said(people, "السالمي").entity
    people.spoken += [salma, khalid]
    assert [people.last(gender) for gender in ("f", "m", "")] == [salma, khalid, khalid]


def test_a_statement_is_from_the_institution_that_is_known(people):
    assert said(people, "جمعية السنابل").entity is said(people, "البيان").entity


def test_a_name_in_the_sentence_is_found_with_all_its_words(people):
    context = tuple(words("وفي الوادي سلمى الحداد التي"))
    found = people.known(context, "f")
    assert (found.entity.name, found.mention[:2]) == ("سلمى الحداد", (context[2].start, context[3].end))
    assert people.known(context, "m") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("سلمى الحداد", "الحداد", True),
        ("الحداد", "سلمى الحداد", True),
        ("السالميي", "خالد السالمي", True),
        ("خالد الحداد", "سلمى الحداد", False),
        ("النجار", "سلمى الحداد", False),
    ],
)
def test_names_are_one_when_one_shortens_the_other_or_slips_in_a_letter(one, other, same):
    assert is_same(parts_of(one), parts_of(other)) is same
