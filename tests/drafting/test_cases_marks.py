"""Invented articles with what is right in them: marks, types, terms and speech without marks."""

import json
from pathlib import Path

import pytest

from tasrih import draft

CASES = [json.loads(line) for line in Path(__file__).with_name("cases_marks.jsonl").read_text("utf-8").splitlines()]


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
def test_marks_and_unmarked_speech_are_read_as_expected(case):
    record = draft("a.txt", f"{case['headline']}\n\n{case['body']}\n".encode(), published="2024-05-14")
    names = {entity.id: entity.name for entity in record.entities}
    quotes = [[quote.type, "".join(span.text for span in quote.spans)] for quote in record.quotes]
    terms = [[term.kind, term.span.text] for term in record.terms]
    if "quotes" in case:
        assert quotes or not case["quotes"]
        assert [quote for quote in quotes if quote in case["quotes"]] == case["quotes"]
        assert case["quotes"] or not quotes
    assert [term for term in terms if term in case.get("terms", [])] == case.get("terms", [])
    assert set(case.get("speakers", [])) <= {names[quote.speaker.entity] for quote in record.quotes if quote.speaker}
