"""What each change does to a record, and that none does anything else."""

import copy

import orjson
import pytest
from conftest import RECORD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from strategies import articles

from tasrih import draft
from tasrih.errors import TasrihError
from tasrih.record import Article, to_json
from tasrih.review.changes import CHANGES
from tasrih.review.effects import changed
from tasrih.review.items import items
from tasrih.review.outline import differences, undone
from tasrih.spans import SPANS, located

TEXT = """عميد المرفأ: الرافعات عادت إلى العمل
قال عميد المرفأ سامي شريم: «الرافعات عادت إلى العمل، وقالت لي هدى نعمان "لن نتأخر"».
وأضاف شريم أن «الصيانة انتهت».
وصف التقرير المرفأ بأنه «رئة» المدينة.
"""


@pytest.fixture
def record():
    made = draft("harbour.txt", TEXT.encode(), published="2024-05-04")
    return orjson.loads(to_json(made))


def done(record, op, **fields):
    change = CHANGES.validate_json(orjson.dumps({"op": op, **fields}))
    before = copy.deepcopy(record)
    after = changed(record, change)
    assert record == before
    return after


def item(record, name):
    return next(one for kind in ("quotes", "terms", "entities") for one in record[kind] if one["id"] == name)


def place(record, words, paragraph=None):
    """Where words stand."""
    one = next(p for p in record["paragraphs"] if words in p["text"] and paragraph in (None, p["id"]))
    start = one["text"].index(words)
    return {"paragraph": one["id"], "start": start, "end": start + len(words)}


def test_accepted_items_have_no_provenance(record):
    quote = record["quotes"][0]["id"]
    after = done(record, "accept", items=[quote, "e1"]).record
    assert "provenance" not in item(after, quote)
    assert not any("provenance" in mention for mention in item(after, "e1")["mentions"])
    assert "provenance" in item(after, record["quotes"][1]["id"])


def test_words_are_those_of_the_paragraph(record):
    quote = record["quotes"][0]["id"]
    where = place(record, "الرافعات عادت")
    after = done(record, "set_spans", item=quote, spans=[where]).record
    assert item(after, quote)["spans"] == [where | {"text": "الرافعات عادت"}]


@pytest.mark.parametrize("where", [("p1", 5, 5), ("p1", 9, 3), ("p1", 0, 9999), ("p9", 0, 1)])
def test_a_stretch_that_is_none_is_refused(record, where):
    spans = [dict(zip(("paragraph", "start", "end"), where, strict=True))]
    with pytest.raises(TasrihError):
        done(record, "set_spans", item=record["quotes"][0]["id"], spans=spans)


@pytest.mark.parametrize(
    "change",
    [
        {"op": "anything"},
        {"op": "remove"},
        {"op": "remove", "item": 3},
        {"op": "set_type", "item": "q1", "type": "shouted"},
        {"op": "set_type", "item": "t1", "type": "direct"},
        {"op": "set_spans", "item": "q1", "spans": []},
        {"op": "set_spans", "item": "q1", "spans": [{"paragraph": "p1", "start": 0, "end": 3, "text": "مني"}]},
        {"op": "set_entity", "item": "e1", "type": "PERS", "name": "", "value": None},
        {"op": "set_entity", "item": "e1", "type": "PERS", "name": "س", "id": "e9"},
        {"op": "accept", "items": []},
    ],
)
def test_what_is_no_change_is_refused(change):
    with pytest.raises(ValidationError):
        CHANGES.validate_json(orjson.dumps(change))


@pytest.mark.parametrize("name", ["q99", "t99", "e99", "e1@p1.0.1", "q1.nothing", "w0", "p1", "", "x"])
def test_what_is_not_there_is_not_removed(record, name):
    with pytest.raises(TasrihError, match=r"no .* in the record"):
        done(record, "remove", item=name)


def test_who_speaks_is_not_removed_and_is_told(record):
    speaker = record["quotes"][0]["speaker"]["entity"]
    with pytest.raises(TasrihError, match="speaker of q1"):
        done(record, "remove", item=speaker)


def test_what_points_to_a_removed_quote_points_to_what_that_pointed_to():
    after = copy.deepcopy(RECORD)
    first, second, third = after["quotes"][:3]
    second["continues"], third["continues"] = first["id"], second["id"]
    made = done(after, "remove", item=second["id"])
    assert item(made.record, third["id"])["continues"] == first["id"]
    assert any(third["id"] in told for told in made.told)
    assert [quote["id"] for quote in made.record["quotes"][:2]] == [first["id"], third["id"]]


def test_waivers_follow_what_they_are_about():
    record = copy.deepcopy(RECORD)
    record["waivers"] = [
        {"rule": "Q101", "at": "/quotes/2/cue", "reason": "x"},
        {"rule": "Q102", "at": "/quotes/0", "reason": "y"},
        {"rule": "E117", "at": "/entities/1/mentions/0", "reason": "z"},
    ]
    made = done(record, "remove", item=record["quotes"][0]["id"])
    assert [waiver["at"] for waiver in made.record["waivers"]] == ["/quotes/1/cue", "/entities/1/mentions/0"]
    assert any("Q102" in told for told in made.told)
    assert undone(made.record, differences(record, made.record)) == record


def test_two_entities_become_one(record):
    one, other = record["entities"][:2]
    made = done(record, "merge", item=other["id"], into=one["id"])
    assert len(item(made.record, one["id"])["mentions"]) == len(one["mentions"]) + len(other["mentions"])
    assert f'"{other["id"]}"' not in orjson.dumps(made.record).decode()


def test_a_mention_goes_to_another_entity_and_the_last_takes_its_own_with_it(record):
    term = next(entity for entity in record["entities"] if len(entity["mentions"]) == 1)
    other = next(entity for entity in record["entities"] if entity is not term)
    mention = term["mentions"][0]
    name = f"{term['id']}@{mention['paragraph']}.{mention['start']}.{mention['end']}"
    made = done(record, "set_mention", item=name, form="nominal", entity=other["id"])
    assert term["id"] not in {entity["id"] for entity in made.record["entities"]}
    assert len(item(made.record, other["id"])["mentions"]) == len(other["mentions"]) + 1
    assert made.told


def test_what_was_overlooked_is_added_in_its_place(record):
    where = place(record, "رئة")
    added = done(
        record, "add_entity", type="FAC", name="المرفأ", mentions=[place(record, "المرفأ", "p4") | {"form": "named"}]
    )
    (entity,) = added.decided
    who = {"entity": entity, "form": "named", "span": place(record, "المرفأ", "p4")}
    cue = place(record, "وصف") | {"kind": "verb"}
    made = done(added.record, "add_quote", type="partial", spans=[where], cue=cue, speaker=who)
    quote = item(made.record, made.decided[0])
    assert quote["spans"][0]["text"] == "رئة"
    assert quote["speaker"]["span"]["text"] == "المرفأ"
    assert made.record["quotes"][-1] == quote
    with pytest.raises(TasrihError, match="no e99"):
        done(record, "add_term", kind="scare", span=where, entity="e99")


def test_what_only_a_newer_schema_can_say_raises_the_version(record):
    quote = record["quotes"][0]["id"]
    made = done(record, "set_type", item=quote, type="unmarked")
    assert made.record["schema_version"] == "1.1"
    assert undone(made.record, differences(record, made.record)) == record


def test_ids_count_from_one_again_in_all_that_points_to_them():
    record = copy.deepcopy(RECORD)
    gone = next(quote["id"] for quote in record["quotes"] if not quote.get("continues"))
    left = done(record, "remove", item=gone).record
    after = done(left, "renumber").record
    for kind in ("quotes", "terms", "entities"):
        assert [one["id"] for one in after[kind]] == [f"{kind[0]}{n}" for n in range(1, len(after[kind]) + 1)]
    names = {one["id"]: one["name"] for one in left["entities"]}
    said = [quote["speaker"] and names[quote["speaker"]["entity"]] for quote in left["quotes"]]
    names = {one["id"]: one["name"] for one in after["entities"]}
    assert [quote["speaker"] and names[quote["speaker"]["entity"]] for quote in after["quotes"]] == said


def test_a_question_is_answered_with_a_reason(record):
    record["waivers"] = [{"rule": "Q101", "at": "/paragraphs/1", "reason": "A reader must decide what this mark is."}]
    assert [one.item for one in items(record) if one.kind == "question"] == ["w0"]
    with pytest.raises(TasrihError, match="reason"):
        done(record, "accept", items=["w0"])
    after = done(record, "waive", rule="Q101", at="/paragraphs/1", reason="The mark is a slip.").record
    assert not [one for one in items(after) if one.kind == "question"]
    assert done(after, "unwaive", rule="Q101", at="/paragraphs/1").record["waivers"] == []


def test_a_question_that_is_answered_keeps_its_place_among_others(record):
    asked = [{"rule": "Q101", "at": f"/paragraphs/{n}", "reason": "A reader must decide this."} for n in (1, 2)]
    record["waivers"] = asked
    after = done(record, "waive", rule="Q101", at="/paragraphs/1", reason="The mark is a slip.").record
    assert after["waivers"] == [asked[0] | {"reason": "The mark is a slip."}, asked[1]]
    assert undone(after, differences(record, after)) == record


def some_change(data, record):
    """A change that could be meant, of any kind."""
    every = items(record)

    def draw(values):
        return data.draw(st.sampled_from(values))

    name = draw([one.item for one in every] or ["q1"])
    paragraph = draw(record["paragraphs"])
    start = data.draw(st.integers(0, len(paragraph["text"])))
    where = {"paragraph": paragraph["id"], "start": start, "end": start + data.draw(st.integers(0, 4))}
    entity, other = (draw([one["id"] for one in record["entities"]] or ["e1"]) for _ in range(2))
    quote = draw([one["id"] for one in record["quotes"]] or ["q1"])
    who = {"entity": entity, "form": "nominal", "span": where}
    return draw(
        [
            {"op": "accept", "items": [name]},
            {"op": "remove", "item": name},
            {"op": "set_spans", "item": name, "spans": [where]},
            {"op": "set_type", "item": quote, "type": "unmarked"},
            {"op": "set_cue", "item": quote, "cue": draw([None, where | {"kind": "noun"}])},
            {"op": "set_speaker", "item": quote, "speaker": draw([None, who])},
            {"op": "set_addressee", "item": quote, "addressee": draw([None, who])},
            {"op": "merge", "item": entity, "into": other},
            {"op": "set_entity", "item": entity, "type": "ORG", "name": "اسم"},
            {"op": "add_quote", "type": "partial", "spans": [where], "speaker": who},
            {"op": "add_term", "kind": "other", "span": where},
            {"op": "add_mention", "item": entity, "mention": where | {"form": "named"}},
            {"op": "renumber"},
        ]
    )


def tried(record, change):
    try:
        return changed(record, CHANGES.validate_json(orjson.dumps(change))).record
    except TasrihError:
        return record


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(articles(), st.data())
def test_whatever_is_done_leaves_a_record_and_can_be_taken_back(record, data):
    for _ in range(3):
        after = tried(record, some_change(data, record))
        Article.model_validate_json(orjson.dumps(after))
        texts = {paragraph["id"]: paragraph["text"] for paragraph in after["paragraphs"]}
        known = [tuple(found.span.items()) for name in SPANS for found in located(record, name)]
        for name in SPANS:
            for found in located(after, name):
                own, start, end = found.place
                assert texts[own][start:end] == found.span["text"] or tuple(found.span.items()) in known
        changes = differences(record, after)
        back = undone(after, orjson.loads(orjson.dumps(changes)))
        assert {kind: sorted(map(str, back[kind])) for kind in ("quotes", "terms", "entities")} == {
            kind: sorted(map(str, record[kind])) for kind in ("quotes", "terms", "entities")
        }
        record = after
