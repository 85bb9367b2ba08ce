"""Two readings of an article side by side."""

import re
import shutil

import pytest
from browser import PHONE, watched
from conftest import ROOT

from tasrih import TasrihError, load
from tasrih.differences import differences
from tasrih.explorer import readings
from tasrih.explorer.building import explore
from tasrih.standoff.filling import read_article

ARTICLE = "2020-12-20-poet-last-window"


def reading(name, which):
    return read_article((ROOT / "corpus/annotations" / which / f"{name}.json").read_bytes())


def test_both_readings_stand_side_by_side_and_differ_where_it_is_said(page, explored):
    page.goto((explored / f"articles/{ARTICLE}.html").as_uri())
    page.get_by_role("link", name="two readings of it").click()
    assert page.url.endswith(f"/readings/{ARTICLE}.html")
    found = differences(reading(ARTICLE, "first"), reading(ARTICLE, "second"))
    assert page.locator("tbody tr").count() == len(found)
    number = next(place for place, one in enumerate(found, 1) if (one.layer, one.what) == ("mention", "span"))
    one = found[number - 1]
    row = page.locator(f"#d{number}").inner_text()
    assert one.ours.words in row
    assert one.theirs.words in row
    lit = page.locator(".differs").all_inner_texts()
    assert one.ours.words in lit
    assert one.theirs.words in lit
    guide = page.locator(f"#d{number} a").get_attribute("href")
    assert guide.partition("#")[2] in (explored / "guidelines.html").read_text(encoding="utf-8")
    assert one.guide.anchor == guide.partition("#")[2]


def test_the_index_adds_up_and_names_the_most_first(explored):
    text = (explored / "readings.html").read_text(encoding="utf-8")
    counts = [int(count) for count in re.findall(r"</a><td class=number>(\d+)", text)]
    assert counts == sorted(counts, reverse=True)
    assert f"Of {sum(counts):,} differences" in text
    assert len(counts) == 300


def test_an_article_without_words_leads_to_its_readings_among_others(page, explored):
    page.goto((explored / "articles/news-167.html").as_uri())
    page.get_by_role("link", name="two readings of it").click()
    assert page.locator(":target").inner_text() == "news-167"


def test_of_an_article_without_words_places_are_told(browser, explored):
    with watched(browser, viewport=PHONE) as page:
        page.goto((explored / "readings.html").as_uri())
        page.get_by_role("link", name="news-167", exact=True).click()
        assert page.url.endswith("#news-167")
        table = page.locator("#news-167 ~ .wide").first
        found = differences(reading("news-167", "first"), reading("news-167", "second"))
        assert table.locator("tbody tr").count() == len(found)
        span = next(one for one in found if (one.layer, one.what) == ("mention", "span"))
        assert f"{span.ours.places[0].start}–{span.ours.places[0].end}" in table.inner_text()
        assert "▒" not in page.locator("main").inner_text()
        page.goto((explored / "readings.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.fixture
def few(tmp_path, monkeypatch):
    """A corpus of three articles that were read twice, whose readings other processes may hold against each other."""
    monkeypatch.setattr(readings, "_FEW", 0)
    for name in ("entities.json", "articles/composed", "articles/news", "annotations/first", "annotations/second"):
        folder = tmp_path / "corpus" / name
        folder.parent.mkdir(parents=True, exist_ok=True)
        if name == "entities.json":
            shutil.copy(ROOT / "corpus" / name, folder)
            continue
        folder.mkdir()
        for article in (ARTICLE, "news-002", "news-167"):
            if (file := ROOT / "corpus" / name / f"{article}.json").exists():
                shutil.copy(file, folder)
    return tmp_path / "corpus"


def files(site):
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_a_site_is_the_same_whatever_number_of_processes_works_on_it(few, tmp_path):
    for jobs in (1, 2):
        explore(load(few), tmp_path / f"site-{jobs}", jobs=jobs)
    assert files(tmp_path / "site-1") == files(tmp_path / "site-2")
    assert f"readings/{ARTICLE}.html" in map(str, files(tmp_path / "site-2"))


def test_a_reading_that_is_none_is_told_alike_by_whatever_process(few, tmp_path):
    (few / "annotations/second/news-167.json").write_text("{}", encoding="utf-8")
    (few / "annotations/first/news-002.json").write_text("[]", encoding="utf-8")
    said = set()
    for jobs in (1, 2):
        with pytest.raises(TasrihError) as error:
            explore(load(few), tmp_path / "site", jobs=jobs)
        said.add(str(error.value))
        assert not (tmp_path / "site").exists()
    assert "news-002.json" in said.pop()
    assert said == set()
