"""Doubles: what validates, builds and verifies agrees on."""

import json

import pytest
from conftest import RECORD

import tasrih
from tasrih.doubles import taken
from tasrih.errors import TasrihError
from tasrih.overlap import near, overlap, same

WORDS = [f"كلمة{number}" for number in range(40)]


def record(*texts):
    return {"paragraphs": [{"text": text} for text in texts]}


def test_overlap_is_the_share_of_trigrams_worked_out_by_hand():
    one, other = record("وصل الوفد صباحا إلى المدينة"), record("وصل الوفد صباحا إلى", "القرية")
    assert overlap(one, other) == 2 / 4
    assert overlap(one, one) == 1


def test_a_text_of_fewer_than_three_words_is_one_trigram():
    assert overlap(record("وصل الوفد"), record("وصل الوفد")) == 1
    assert overlap(record("وصل الوفد"), record("وصل")) == 0


@pytest.mark.parametrize(("changed", "found"), [(9, True), (10, False)])
def test_near_is_six_tenths_of_the_trigrams_and_no_less(changed, found):
    others = [f"أخرى{number}" for number in range(changed)]
    records = {"a": record(" ".join(WORDS)), "b": record(" ".join(WORDS[: 40 - changed] + others))}
    shared = overlap(*records.values())
    assert (shared >= 0.6) is found
    assert list(near([("a", "b")], records.get)) == ([("a", "b", shared)] if found else [])


def test_a_hash_that_two_ids_share_makes_them_no_double():
    assert list(same([(0, 1), (2, 3)], ["a", "b", "c", "c"].__getitem__)) == [(2, 3)]


def test_every_later_id_is_held_against_the_first():
    assert taken(["b", "a", "b", "c", "a", "b"]) == [(0, 2), (1, 4), (0, 5)]
    assert taken([]) == []


def test_validate_and_build_name_the_same_places_of_an_id_that_is_taken(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{RECORD['id']}.json").write_text(json.dumps(RECORD, ensure_ascii=False), encoding="utf-8")
    (finding,) = tasrih.validate([tmp_path], select="C101")
    with pytest.raises(TasrihError, match="is taken twice") as raised:
        tasrih.build(tmp_path / "out", [tmp_path / "one", tmp_path / "two"])
    first, second = (str(tmp_path / name / f"{RECORD['id']}.json") for name in ("one", "two"))
    assert finding.file == second
    assert first in finding.message
    assert first in str(raised.value)
    assert second in str(raised.value)
