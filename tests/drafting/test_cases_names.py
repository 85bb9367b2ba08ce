"""Invented articles with what is right in them: who and what is named, how often, and what is no name."""

import json
from pathlib import Path

import pytest

from tasrih import draft

CASES = [json.loads(line) for line in Path(__file__).with_name("cases_names.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(
            case,
            id=case["id"],
            marks=[pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else [],
        )
        for case in CASES
    ],
)
def test_names_are_read_as_expected(case):
    record = draft("a.txt", f"{case['headline']}\n\n{case['body']}\n".encode(), published="2024-05-14")
    found = [(entity.type, mention.form, mention.text) for entity in record.entities for mention in entity.mentions]
    texts = [text for type_, form, text in found if form == "named" and type_ not in ("NORP", "DATE")]
    names = {entity.id: entity.name for entity in record.entities}
    assert {(type_, text) for type_, text in case.get("names", [])} <= {(type_, text) for type_, _, text in found}
    assert [[text, texts.count(text)] for text, _ in case.get("mentions", [])] == case.get("mentions", [])
    assert not set(case.get("not_names", [])) & {text for type_, _, text in found if type_ != "DATE"}
    assert not set(case.get("not_named", [])) & set(texts)
    assert set(case.get("speakers", [])) <= {names[quote.speaker.entity] for quote in record.quotes if quote.speaker}
