"""What two annotations of one article disagree on."""

import re
from functools import reduce

import orjson
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import articles

from tasrih.differences import differences, taken
from tasrih.differences.guides import guides
from tasrih.errors import TasrihError
from tasrih.record import Article
from tasrih.standoff.filling import read_article, with_masks

CORPUS = ROOT / "corpus"
ARTICLE = "2020-12-20-poet-last-window"


def reading(name, which="first"):
    return read_article((CORPUS / "annotations" / which / f"{name}.json").read_bytes())


def changed(article, way, value):
    """A record with one value changed."""
    plain = article.model_dump(mode="json")
    holder = plain
    for step in way[:-1]:
        holder = holder[step]
    holder[way[-1]] = value(holder[way[-1]])
    return Article.model_validate_json(orjson.dumps(plain))


def told(found):
    return [(one.layer, one.what) for one in found]


def turned(found):
    return sorted((one.layer, one.what, str(one.theirs), str(one.ours)) for one in found)


def sided(found):
    return sorted((one.layer, one.what, str(one.ours), str(one.theirs)) for one in found)


@given(articles())
@settings(max_examples=40)
def test_a_record_does_not_differ_from_itself(plain):
    article = Article.model_validate_json(orjson.dumps(plain))
    assert differences(article, article) == []


@given(articles(), st.data())
@settings(max_examples=40)
def test_the_sides_may_be_changed(plain, data):
    """Of any two records on one text, whatever is taken away from one of them and changed in it."""
    ours = Article.model_validate_json(orjson.dumps(plain))
    for layer in ("quotes", "terms"):
        plain[layer] = [item for item in plain[layer] if data.draw(st.booleans())]
    for entity in plain["entities"]:
        entity["mentions"] = entity["mentions"][data.draw(st.integers(0, len(entity["mentions"]) - 1)) :]
        entity["type"] = data.draw(st.sampled_from(["PERS", "ORG", entity["type"]]))
    theirs = Article.model_validate_json(orjson.dumps(plain))
    assert sided(differences(ours, theirs)) == turned(differences(theirs, ours))


@pytest.mark.parametrize("name", ["news-167", "news-003", ARTICLE])
def test_two_readings_differ_by_the_same_things_from_either_side(name):
    ours, theirs = reading(name), reading(name, "second")
    found = differences(ours, theirs)
    assert sided(found) == turned(differences(theirs, ours))
    assert found == differences(ours, theirs)


def other(*values):
    return lambda value: next(one for one in values if one != value)


FACTS = {
    ("quotes", "type"): other("direct", "indirect"),
    ("quotes", "spans", 0, "end"): lambda end: end - 1,
    ("quotes", "cue"): lambda _: None,
    ("quotes", "cue", "start"): lambda start: start + 1,
    ("quotes", "cue", "kind"): other("verb", "noun"),
    ("quotes", "speaker"): lambda _: None,
    ("quotes", "speaker", "entity"): other("e1", "e2"),
    ("quotes", "speaker", "form"): other("named", "nominal"),
    ("quotes", "speaker", "others"): lambda _: ["e3"],
    ("quotes", "addressee"): lambda one: None if one else {"entity": "e1", "form": "elided", "span": None},
    ("quotes", "parent"): other("q1", "q2"),
    ("quotes", "continues"): other("q1", "q2"),
    ("terms", "kind"): other("scare", "other"),
    ("terms", "entity"): other("e1", "e2"),
    ("entities", "name"): lambda name: f"{name} الجديد",
    ("entities", "value"): other("2021", "2022"),
    ("entities", "link"): other("somebody", "somebody-else"),
    ("entities", "mentions", 0, "form"): other("named", "nominal"),
    ("entities", "mentions", 0, "start"): lambda start: start + 1,
    ("paragraphs", "role"): other("body", "note"),
    ("paragraphs", "repeats"): lambda _: "p1",
}


def reachable(article):
    """The facts of an article that can be changed, one by one."""
    plain = article.model_dump(mode="json")
    for (layer, *rest), value in FACTS.items():
        for number, item in enumerate(plain[layer]):
            holder = reduce(lambda inner, step: inner and inner[step], rest[:-1], item)
            if holder is not None and (rest[-1] not in ("cue", "speaker") or holder[rest[-1]] is not None):
                yield (layer, number, *rest), value


def test_every_change_of_one_fact_is_one_difference():
    article = reading(ARTICLE)
    found = {}
    for way, value in reachable(article):
        [one] = differences(article, changed(article, way, value))
        found.setdefault((one.layer, one.what), way)
        assert way[: len(one.ours.at)] == one.ours.at or one.ours.at[:2] == way[:2]
    assert len(found) >= 17


def test_what_one_side_alone_has_is_one_difference():
    article = reading(ARTICLE)
    plain = article.model_dump(mode="json")
    lost = plain["entities"].pop()
    for quote in plain["quotes"]:
        assert lost["id"] not in str(quote)
    fewer = Article.model_validate_json(orjson.dumps(plain))
    [one] = differences(article, fewer)
    assert (one.layer, one.what, one.ours.id, one.theirs) == ("entity", "only", lost["id"], None)
    assert len(one.ours.places) == len(lost["mentions"])
    [back] = differences(fewer, article)
    assert (back.ours, back.theirs) == (None, one.ours)


def test_mentions_that_go_to_another_entity_are_one_difference():
    plain = reading(ARTICLE).model_dump(mode="json")
    most = max(plain["entities"], key=lambda entity: len(entity["mentions"]))
    other_one = next(entity for entity in plain["entities"] if entity is not most and entity["type"] == most["type"])
    other_one["mentions"].append(most["mentions"].pop())
    other_one["mentions"].append(most["mentions"].pop())
    [one] = differences(reading(ARTICLE), Article.model_validate_json(orjson.dumps(plain)))
    assert (one.layer, one.what, one.ours.id, one.theirs.id) == ("entity", "cluster", most["id"], other_one["id"])
    assert len(one.ours.places) == 2


def test_ids_may_be_others_on_the_other_side():
    article = reading(ARTICLE)
    data = orjson.dumps(article.model_dump(mode="json", exclude_unset=True))
    renamed = re.sub(rb'"([eqt])(\d+)"', rb'"\g<1>9\2"', data)
    assert differences(article, Article.model_validate_json(renamed)) == []


def test_masks_may_stand_for_the_words():
    ours, theirs = reading(ARTICLE), reading(ARTICLE, "second")
    places = [(one.layer, one.what, one.place) for one in differences(ours, theirs)]
    assert [(one.layer, one.what, one.place) for one in differences(with_masks(ours), theirs)] == places


def test_another_text_is_refused():
    article = reading(ARTICLE)
    with pytest.raises(TasrihError, match="the text of paragraph 2 is not the same"):
        differences(article, changed(article, ("paragraphs", 1, "text"), lambda text: text[::-1]))


def test_a_decided_record_followed_one_of_two_readings():
    first = reading(ARTICLE)
    second = changed(first, ("quotes", 0, "type"), FACTS["quotes", "type"])
    second = second.model_copy(update={"quotes": second.quotes[:-1]})
    found = differences(first, second)
    assert [what for _, what in told(found)] == ["type", "only"]

    def followed(decided):
        return [which for _, which in taken(found, differences(first, decided), differences(second, decided))]

    assert followed(first) == ["first", "first"]
    assert followed(second) == ["second", "second"]
    assert followed(changed(first, ("quotes", 0, "type"), lambda _: "partial")) == ["neither", "first"]
    turned_round = [which for _, which in taken(differences(second, first), [], differences(first, second))]
    assert turned_round == ["first", "first"]


def test_the_decided_records_followed_a_reading_nearly_always():
    decided = read_article((CORPUS / "articles/news/news-167.json").read_bytes())
    first, second = reading("news-167"), reading("news-167", "second")
    found = taken(differences(first, second), differences(first, decided), differences(second, decided))
    assert {which for _, which in found} == {"first", "second"}


def test_every_difference_has_its_section_of_the_guidelines():
    text = (CORPUS / "GUIDELINES.md").read_text(encoding="utf-8")
    headings = re.findall(r"^##+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}
    rules = set(re.findall(r"^(?:\| )?(\d+\.\d+) ", text, re.MULTILINE))
    for kind, guide in guides().items():
        assert guide.anchor in anchors, kind
        assert rules.issuperset(guide.rules), kind
    for file in sorted((CORPUS / "annotations/first").glob("news-*.json"))[:40]:
        for one in differences(reading(file.stem), reading(file.stem, "second")):
            assert one.guide.rules
