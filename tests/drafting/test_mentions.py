"""Every place where entities are called, and what is left of them when each place is given to one."""

from tasrih.drafting.coherence import coherent
from tasrih.drafting.mentions import mention_everywhere
from tasrih.drafting.people import Entity, People

TEXT = "أعلنت وزيرة الري سلمى الحداد الخطة. وقالت الحداد إن النرويجيين وافقوا."


def entity(type_, name, *places, **fields):
    made = Entity(type_, name, **fields)
    for place in places:
        made.meet(0, *place)
    return made


def speaker(entity, start, end, form="named"):
    return {"entity": entity, "form": form, "span": {"paragraph": "p1", "start": start, "end": end}}


def test_names_surnames_titles_and_peoples_are_found_wherever_they_stand():
    people = People()
    people.discover(TEXT)
    mention_everywhere(people, [TEXT, "الوزيرة الحداد"])
    mentions = [(one.type, mention) for one in people.entities for mention in one.mentions]
    first = {(type_, TEXT[found.start : found.end]) for type_, found in mentions if found.paragraph == 0}
    assert {("PERS", "سلمى الحداد"), ("PERS", "الحداد"), ("OCC", "وزيرة الري"), ("NORP", "النرويجيين")} <= first
    assert [(type_, found.start) for type_, found in mentions if found.paragraph == 1] == [("PERS", 8)]


def test_a_stretch_is_a_mention_of_the_first_and_what_points_to_another_points_to_it():
    first, second = entity("PERS", "سلمى", (17, 28)), entity("ORG", "سلمى", (17, 28))
    quote = {"speaker": speaker(second, 17, 28)}
    assert coherent([first, second], [quote], [], [TEXT]) == [first]
    assert quote["speaker"]["entity"] is first


def test_a_title_may_share_its_stretch_with_the_person_it_stands_for():
    person, title = entity("PERS", "وزيرة الري", (6, 16, "nominal")), entity("OCC", "وزيرة الري", (6, 16, "nominal"))
    assert coherent([title, person], [], [], [TEXT]) == [title, person]


def test_of_mentions_that_cross_the_one_stays_that_a_speaker_needs():
    earlier, later = entity("ORG", "وزيرة الري سلمى", (6, 21)), entity("PERS", "سلمى الحداد", (17, 28))
    assert coherent([earlier, later], [], [], [TEXT]) == [earlier]
    earlier, later = entity("ORG", "وزيرة الري سلمى", (6, 21)), entity("PERS", "سلمى الحداد", (17, 28))
    assert coherent([earlier, later], [{"speaker": speaker(later, 17, 28)}], [], [TEXT]) == [later]


def test_entities_of_one_name_are_one_and_called_by_their_fullest_form():
    text = "الحداد. سلمى الحداد. الحداد"
    one, other = entity("PERS", "؟", (21, 27)), entity("PERS", "؟", (0, 6), (8, 19))
    third = entity("PERS", "؟", (8, 19))
    quote = {"speaker": {"entity": one, "form": "elided", "span": None}}
    assert coherent([one, other], [quote], [], [text]) == [other, one]
    assert [one.name, other.name] == ["الحداد", "سلمى الحداد"]
    same = entity("PERS", "؟", (0, 6))
    quote["speaker"]["entity"] = same
    assert [found.name for found in coherent([one, third, same], [quote], [], [text])] == ["الحداد", "سلمى الحداد"]
    assert quote["speaker"]["entity"] is one
    assert [mention.start for mention in one.mentions] == [0, 21]


def test_who_is_not_mentioned_speaks_not_and_a_term_names_nobody_else():
    person, nobody = entity("PERS", "سلمى الحداد", (17, 28)), entity("PERS", "خالد")
    quotes = [{"speaker": speaker(nobody, 0, 5)}, {"speaker": speaker(nobody, 6, 28, "nominal")}]
    term = {"entity": person, "span": {"paragraph": "p1", "start": 30, "end": 35}}
    assert coherent([person, nobody], quotes, [term], [TEXT]) == [person]
    assert quotes[0]["speaker"] is None
    assert (quotes[1]["speaker"]["entity"], quotes[1]["speaker"]["form"]) == (person, "named")
    assert "entity" not in term


def test_signs_over_the_last_letter_belong_to_a_mention():
    text = "قالت سلمى الحدادُ أمس"
    person = entity("PERS", "سلمى الحداد", (5, 16))
    coherent([person], [], [], [text])
    assert (person.mentions[0].end, person.name) == (17, "سلمى الحدادُ")
