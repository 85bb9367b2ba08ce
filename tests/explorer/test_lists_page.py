"""Speakers and phenomena across the articles."""

import re

import orjson
import pytest
from browser import hindrances, watched
from conftest import ROOT, SEED

import tasrih
from tasrih.explorer.building import explore
from tasrih.explorer.paging import leaves

RECORD = orjson.loads((ROOT / f"corpus/articles/news/{SEED}.json").read_bytes())
HOSTILE = "<img src=x onerror=alert(1)>\u202egnp"


@pytest.fixture(scope="module")
def bundled():
    return tasrih.load()


def lines(page, selector):
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


def test_a_speaker_of_the_register_is_told_across_articles(page, explored, bundled):
    spoken = list(bundled.quotes(speaker="sergey-lavrov"))
    page.goto((explored / "speakers/sergey-lavrov.html").as_uri())
    assert len({quote.article.id for quote in spoken}) > 1
    assert page.locator(".quotes li").count() == len(spoken)
    assert f"{len(spoken)} quotes in 2 articles" in page.locator("main").inner_text()
    said = next(quote for quote in spoken if quote.article.id == SEED)
    assert said.text in lines(page, "blockquote")
    href = page.locator(".quotes a").first.get_attribute("href")
    assert (explored / "speakers" / href.partition("#")[0]).is_file()


def test_names_are_found_in_another_spelling_and_the_table_is_whole_without_scripts(page, browser, explored):
    address = (explored / "speakers.html").as_uri()
    page.goto(address)
    page.get_by_label("Find a name").fill("سيرغى لافروف")
    assert [row.split()[0] for row in lines(page, "tbody tr:visible")] == ["سيرغي"]
    page.get_by_label("Find a name").fill("")
    every = page.locator("tbody tr:visible").count()
    with watched(browser, java_script_enabled=False) as still:
        still.goto(address)
        assert still.locator("tbody tr:visible").count() == every > 1000
        assert still.locator("input:visible").count() == 0


def test_who_is_in_no_register_is_found_in_the_article(explored, bundled):
    rows = re.findall(r'<tr><td><a href="(articles/[^"#]+)#(q\d+)"', (explored / "speakers.html").read_text("utf-8"))
    assert len(rows) > 500
    for path, quote in rows[::50]:
        article = bundled[path.removeprefix("articles/").removesuffix(".html")]
        assert not article.quote(quote).speaker.entity.link or article.quote(quote).speaker.others
        assert (explored / path).is_file()


def test_phenomena_have_the_counts_of_the_documents(page, explored):
    document = (ROOT / "corpus/PHENOMENA.md").read_text(encoding="utf-8")
    counted = re.findall(r"^\| \[([\w-]+)\]\(.*\| (\d+) \| (\d*) \|$", document, re.MULTILINE)
    page.goto((explored / "phenomena.html").as_uri())
    rows = [re.split(r"\t", row) for row in page.locator("tbody tr").all_inner_texts()]
    assert len(rows) == len(counted)
    written = {(name, *(f"{int(size):,}" if size else "" for size in sizes)) for name, *sizes in counted}
    assert {(row[0].rstrip("*"), row[2], row[3]) for row in rows} == written


def test_a_phenomenon_shows_items_in_context_and_lists_all(page, explored, bundled):
    page.goto((explored / "phenomena/elided-chain.html").as_uri())
    for item in page.locator(".items li").all()[:3]:
        article, quote = item.locator("a").inner_text().split()
        said = bundled[article].quote(quote)
        assert said.text.startswith(item.locator("mark").inner_text().removesuffix(" …"))
        assert item.locator("mark").inner_text() in item.inner_text()
    listed = [row.split() for row in lines(page, ".all li")]
    quotes = sum(len(row) - 1 for row in listed)
    assert quotes == sum("elided-chain" in quote.record.phenomena for article in bundled for quote in article.quotes)
    page.get_by_role("link", name="search", exact=True).click()
    page.wait_for_function("() => document.body.dataset.answered === 'phenomenon=elided-chain'")
    assert page.locator("#count").inner_text().startswith(f"{quotes} quotes")


def test_a_hostile_name_is_text(page, tmp_path):
    record = orjson.loads(orjson.dumps(RECORD))
    for entity in record["entities"]:
        entity["name"] = HOSTILE
        entity.pop("link", None)
    record["metadata"]["phenomena"] = ["its-own"]
    (tmp_path / "one.json").write_bytes(orjson.dumps(record))
    explore(tasrih.load(tmp_path / "one.json"), tmp_path / "site")
    page.goto((tmp_path / "site/speakers.html").as_uri())
    assert "<img src=x onerror=alert(1)>\ufffdgnp" in page.locator("tbody").inner_text()
    assert page.locator("main img").count() == 0
    assert hindrances(page) == []
    page.goto((tmp_path / "site/phenomena/its-own.html").as_uri())
    assert SEED in page.locator(".all").inner_text()


def test_long_lists_go_on_on_further_pages():
    assert [one.path for one in leaves("a/b.html", 0, 10)] == ["a/b.html"]
    first, second, third = leaves("a/b.html", 21, 10)
    assert (first.before, first.after, second.path) == (None, "a/b/2.html", "a/b/2.html")
    assert (third.before, third.after, third.first) == ("a/b/2.html", None, 20)
