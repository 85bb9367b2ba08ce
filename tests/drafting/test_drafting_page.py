"""The figures of docs/drafting.md come from what was measured, and a perfect draft has perfect ones."""

import subprocess
import sys

from conftest import ROOT, corpus

sys.path.insert(0, str(ROOT / "benchmarks"))
import drafts
import update_drafting

COMPOSED = [one.record for one in corpus() if one.record.metadata.collection == "composed"]


def test_the_page_is_current():
    command = [sys.executable, ROOT / "scripts/update_drafting.py", "--check"]
    assert subprocess.run(command, capture_output=True, text=True, check=False).returncode == 0


def test_what_the_corpus_says_is_all_right_and_the_floor_is_not():
    gold = COMPOSED[:30]
    perfect = drafts.figures([drafts.counted(one, one) for one in gold])
    assert {figure["rate"] for figure in perfect.values()} == {1.0}
    floor = drafts.figures([drafts.counted(one, drafts.floor(one)) for one in gold])
    assert floor["quotes, half"]["rate"] > 0.5
    assert floor["attribution"]["rate"] < 0.1
    assert floor["no speech rejected"]["rate"] < 0.5


def test_items_are_told_apart_by_how_sure_the_draft_is_of_them():
    told = [(0.95, True), (0.9, False), (0.3, False), (0.75, True)]
    found = {one["from"]: (one["items"], one["sure"], one["right"]) for one in update_drafting.bins(told)}
    assert found[0.9] == (2, 0.925, 0.5)
    assert found[0.0] == (1, 0.3, 0.0)
    assert found[0.5] == (0, 0.0, 0.0)


def test_a_draft_of_a_composed_article_says_how_sure_it_is_of_each_quote():
    gold = next(one for one in COMPOSED if one.quotes[3:])
    made = drafts.predicted(gold)
    told = list(update_drafting.quotes_told(gold, made))
    assert len(told) == len(made.quotes)
    assert any(right for _, right in told)
