"""Invented articles with what is right in them: marks, types, terms and speech without marks."""

import pytest
from invented import cases, drafted, speakers


@pytest.mark.parametrize("case", cases("cases_marks.jsonl"))
def test_marks_and_unmarked_speech_are_read_as_expected(case):
    record = drafted(case)
    quotes = [[quote.type, "".join(span.text for span in quote.spans)] for quote in record.quotes]
    terms = [[term.kind, term.span.text] for term in record.terms]
    if "quotes" in case:
        assert quotes or not case["quotes"]
        assert [quote for quote in quotes if quote in case["quotes"]] == case["quotes"]
        assert case["quotes"] or not quotes
    assert [term for term in terms if term in case.get("terms", [])] == case.get("terms", [])
    assert set(case.get("speakers", [])) <= set(speakers(record.quotes, record))
