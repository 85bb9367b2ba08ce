"""Invented articles with what is right in them: who and what is named, how often, and what is no name."""

import pytest
from invented import cases, drafted, speakers


@pytest.mark.parametrize("case", cases("cases_names.jsonl"))
def test_names_are_read_as_expected(case):
    record = drafted(case)
    found = [(entity.type, mention.form, mention.text) for entity in record.entities for mention in entity.mentions]
    texts = [text for type_, form, text in found if form == "named" and type_ not in ("NORP", "DATE")]
    assert {(type_, text) for type_, text in case.get("names", [])} <= {(type_, text) for type_, _, text in found}
    assert [[text, texts.count(text)] for text, _ in case.get("mentions", [])] == case.get("mentions", [])
    assert not set(case.get("not_names", [])) & {text for type_, _, text in found if type_ != "DATE"}
    assert not set(case.get("not_named", [])) & set(texts)
    assert set(case.get("speakers", [])) <= set(speakers(record.quotes, record))
