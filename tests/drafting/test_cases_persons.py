"""Invented articles with what is right in them: who is meant by titles, descriptions and verbs without a subject."""

import pytest
from invented import cases, drafted, speakers


@pytest.mark.parametrize("case", cases("cases_persons.jsonl"))
def test_speakers_are_who_is_meant(case):
    record = drafted(case)
    assert speakers(record.quotes, record) == case["speakers"]
