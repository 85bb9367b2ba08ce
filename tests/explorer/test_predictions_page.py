"""Predictions against the corpus: hits, and each kind of error apart."""

import orjson
import pytest
from browser import PHONE, hindrances, watched
from conftest import ROOT, tasrih

import tasrih as package
from tasrih.errors import TasrihError
from tasrih.explorer.building import explore

NAME = "2020-12-20-poet-last-window"
GOLD = package.load(ROOT / f"corpus/articles/composed/{NAME}.json")[NAME]
OTHER = "2020-07-08-harbour-silt"
WITHHELD = "news-002"


def place(span):
    return {"paragraph": span.paragraph.id, "start": span.start, "end": span.end}


def line():
    """A prediction that finds most quotes: one is missed, one made up, one is of another speaker."""
    quotes = [
        {
            "spans": [place(span) for span in quote.spans],
            "type": quote.type,
            "cue": quote.cue and place(quote.cue),
            "speaker": {"entity": quote.speaker.entity.id} if quote.speaker else None,
        }
        for quote in GOLD.quotes
    ]
    speakers = [quote.speaker.entity.id for quote in GOLD.quotes if quote.speaker]
    quotes[0]["speaker"] = {"entity": next(one for one in speakers if one != speakers[0])}
    quotes[3]["spans"][-1]["end"] -= 1
    quotes[1]["type"] = "direct" if quotes[1]["type"] != "direct" else "partial"
    made_up = {"spans": [{"paragraph": "p1", "start": 0, "end": 4}], "type": "direct", "speaker": None}
    return {"id": NAME, "quotes": [*quotes[:2], *quotes[3:], made_up]}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("predicted")
    records = folder / "records"
    records.mkdir()
    for name in (NAME, OTHER):
        (records / f"{name}.json").write_bytes((ROOT / f"corpus/articles/composed/{name}.json").read_bytes())
    (folder / "system.jsonl").write_bytes(orjson.dumps(line()) + b"\n")
    explore(package.load(records), folder / "site", str(folder / "system.jsonl"))
    return folder / "site"


def verdicts(page):
    return [row.get_attribute("data-verdict") for row in page.locator("tbody tr[data-verdict]:visible").all()]


def test_hits_misses_what_is_made_up_and_wrong_attribution_are_told_apart(page, site):
    page.goto((site / f"articles/{NAME}.html").as_uri())
    page.get_by_role("link", name="predictions for it").click()
    found = verdicts(page)
    assert found[:4] == ["speaker", "type", "missed", "span"]
    assert found[-1] == "spurious"
    assert set(found[4:-1]) == {"hit"}
    assert len(found) == len(GOLD.quotes) + 1
    assert GOLD.quotes[2].text in page.locator(".words .missed").all_inner_texts()
    assert hindrances(page) == []


def test_errors_of_one_kind_are_shown_alone_without_scripts(browser, site):
    with watched(browser, java_script_enabled=False) as still:
        still.goto((site / f"predictions/{NAME}.html").as_uri())
        still.get_by_label("wrong attribution").check()
        assert verdicts(still) == ["speaker"]
        still.get_by_label("all", exact=True).check()
        assert len(verdicts(still)) == len(GOLD.quotes) + 1


def test_the_index_has_the_figures_of_score(browser, site):
    figures = package.score([GOLD], [line()]).groups["all"].counts
    with watched(browser, viewport=PHONE) as page:
        page.goto((site / "predictions.html").as_uri())
        rows = {row.split("\t")[0]: row.split("\t")[1:] for row in page.locator(".short tbody tr").all_inner_texts()}
        main = figures["attribution"]
        told = [
            str(main.gold),
            str(main.predicted),
            *(f"{rate:.3f}" for rate in (main.precision, main.recall, main.f1)),
        ]
        assert rows["attribution ≥ ½"] == told
        assert "terms" not in rows
        assert "1 of this corpus without a prediction" in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert hindrances(page) == []


def test_a_dataset_without_words_is_told_by_places(page, tmp_path):
    package.build(tmp_path / "dataset", [ROOT / f"corpus/annotations/second/{WITHHELD}.json"], rights="redistributable")
    dataset = package.load(tmp_path / "dataset")
    said = [quote.record.model_dump(mode="json", include={"spans", "type"}) for quote in dataset[WITHHELD].quotes]
    (tmp_path / "system.jsonl").write_bytes(orjson.dumps({"id": WITHHELD, "quotes": said[1:]}))
    explore(dataset, tmp_path / "site", str(tmp_path / "system.jsonl"))
    page.goto((tmp_path / f"site/predictions/{WITHHELD}.html").as_uri())
    assert verdicts(page) == ["missed", *["hit"] * len(said[1:])]
    first = said[0]["spans"][0]
    assert f"{first['paragraph']} {first['start']}–{first['end']}" in page.locator("#n1").inner_text()
    assert page.locator(".words").count() == 0
    assert hindrances(page) == []


def test_what_is_no_prediction_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "no.jsonl").write_text("{}\n", encoding="utf-8")
    record = ROOT / f"corpus/articles/composed/{NAME}.json"
    done = tasrih("explore", record, "--against", tmp_path / "no.jsonl", "--out", tmp_path / "site")
    assert done.returncode == 2
    assert b'has no "id"' in done.stderr
    assert not (tmp_path / "site").exists()
    with pytest.raises(TasrihError):
        explore(package.load(record), tmp_path / "site", str(tmp_path / "no.jsonl"))
