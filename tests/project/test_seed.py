"""Every fact of the first article points at its text, and nothing of the source is lost."""

import hashlib
import re

from conftest import ROOT


def spans(value):
    if isinstance(value, dict):
        if {"paragraph", "start", "end", "text"} <= value.keys():
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from spans(item)


def test_every_span_is_what_its_offsets_select(seed):
    texts = {paragraph["id"]: paragraph["text"] for paragraph in seed["paragraphs"]}
    found = list(spans([seed["quotes"], seed["terms"], seed["entities"]]))
    assert len(found) > 90
    assert all(texts[span["paragraph"]][span["start"] : span["end"]] == span["text"] for span in found)


def test_every_pair_of_marks_is_speech_or_a_term(seed):
    marked = {
        (paragraph["id"], match.start() + 1, match.end() - 1)
        for paragraph in seed["paragraphs"]
        for match in re.finditer('"[^"]*"', paragraph["text"])
    }
    accounted = [quote["spans"][0] for quote in seed["quotes"] if quote["type"] != "indirect"]
    accounted += [term["span"] for term in seed["terms"]]
    assert len(accounted) == 13
    assert {(span["paragraph"], span["start"], span["end"]) for span in accounted} == marked


def test_the_source_is_kept_whole(seed):
    source = seed["metadata"]["source"]
    raw = (ROOT / "corpus" / source["path"]).read_bytes()
    assert hashlib.sha256(raw).hexdigest() == source["sha256"]
    lines = [line.strip() for line in raw.decode().split("\n") if line.strip()]
    kept = [line["text"] for line in source["furniture"]] + [paragraph["text"] for paragraph in seed["paragraphs"]]
    assert sorted(lines) == sorted(kept)


def test_ids_that_are_referred_to_exist(seed):
    entities = {entity["id"] for entity in seed["entities"]}
    speakers = {quote["speaker"]["entity"] for quote in seed["quotes"]}
    assert speakers | {term["entity"] for term in seed["terms"]} <= entities


def test_dates_are_resolved(seed):
    values = {entity["name"]: entity["value"] for entity in seed["entities"] if entity["type"] == "DATE"}
    assert values == {
        "سبتمبر (أيلول)": "2021-09",
        "الربيع": "2021-21",
        "15 أغسطس/ آب": "2021-08-15",
        "6 سبتمبر/ أيلول الماضي": "2021-09-06",
        "اليوم التالي 7 سبتمبر": "2021-09-07",
    }
