"""Invented articles with what is right in them, which several tests hold drafts against."""

import json
from pathlib import Path

import pytest

from tasrih import draft


def cases(name):
    """The cases of a file as parameters; those that are not right yet fail for the reason beside them."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    return [_parameter(json.loads(line)) for line in lines]


def _parameter(case):
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["id"], marks=marks)


def drafted(case):
    """The draft of a case."""
    return draft("a.txt", f"{case['headline']}\n\n{case['body']}\n".encode(), published="2024-05-14")


def speakers(quotes, record):
    """The names of those who say some quotes of a record; None for nobody."""
    names = {entity.id: entity.name for entity in record.entities}
    return [quote.speaker and names[quote.speaker.entity] for quote in quotes]
