"""The first page, the guidelines, and what the whole site weighs."""

import gc
import json
import weakref

from conftest import RECORD, ROOT, corpus, tasrih

from tasrih import build, load
from tasrih.cite import bibtex
from tasrih.explorer import home
from tasrih.explorer.building import explore


def test_the_first_page_counts_both_kinds_of_articles_apart_and_lists_all(page, explored):
    page.goto((explored / "index.html").as_uri())
    sizes = page.locator("table.sizes tr", has_text="quotes").inner_text().split()
    counted = dict.fromkeys(("composed", "published"), 0)
    for article in corpus():
        counted[article.metadata.origin] += len(article.quotes)
    assert sizes == ["quotes", *(f"{size:,}" for size in counted.values())]
    links = page.eval_on_selector_all(".list a", "links => links.map((link) => link.getAttribute('href'))")
    assert sorted(links) == sorted(f"articles/{name}.html" for name in corpus().ids)
    assert page.locator("pre").inner_text().strip() == bibtex(corpus().identity)


def test_a_page_of_the_list_holds_some_and_leads_to_the_next(tmp_path, monkeypatch):
    monkeypatch.setattr(home, "_LISTED", 2)
    lines = "\n".join(json.dumps(RECORD | {"id": f"made-{number}"}) for number in range(5))
    (tmp_path / "r.jsonl").write_text(lines, encoding="utf-8")
    explore(load(tmp_path / "r.jsonl"), tmp_path / "site")
    pages = [
        (tmp_path / "site" / name).read_text(encoding="utf-8") for name in ("index.html", "list-2.html", "list-3.html")
    ]
    assert [[name for name in range(5) if f"articles/made-{name}.html" in text] for text in pages] == [
        [0, 1],
        [2, 3],
        [4],
    ]
    assert ['rel="next"' in text for text in pages] == [True, True, False]


def test_an_article_leads_to_the_guideline_and_the_guideline_to_articles(page, explored):
    page.goto((explored / "articles/news-002.html").as_uri())
    page.click("text=quotes and their types")
    assert page.locator("h2:target").inner_text() == "4. Quotes"
    page.click("text=2021-10-13-lavrov-afghanistan >> nth=0")
    assert page.locator("h1#p1").is_visible()


def test_the_site_is_light(explored):
    """The first page with its styles and font, and everything together."""
    static = explored / "static"
    first = [explored / "index.html", *static.glob("*.css"), *static.glob("*.js"), *static.glob("*.woff2")]
    assert sum(file.stat().st_size for file in first) < 200_000
    assert sum(file.stat().st_size for file in explored.rglob("*") if file.is_file()) < 8_000_000


def test_articles_pass_and_are_let_go():
    passed = [weakref.ref(article) for article in load(ROOT / "corpus/articles/composed").once()]
    gc.collect()
    assert len(passed) == 120
    assert [one for one in passed if one() is not None] == []


def test_a_dataset_is_shown_as_the_records_are_and_without_words_by_blocks(tmp_path):
    record = RECORD | {"id": "made-1"}
    (tmp_path / "made-1.json").write_text(json.dumps(record), encoding="utf-8")
    explore(load(tmp_path / "made-1.json"), tmp_path / "of-records")
    for rights in ("all", "redistributable"):
        build(tmp_path / rights, [tmp_path / "made-1.json"], rights=rights)
        explore(load(tmp_path / rights), tmp_path / f"of-{rights}")
    folders = ("of-records", "of-all", "of-redistributable")
    plain, same, without = ((tmp_path / one / "articles/made-1.html").read_text(encoding="utf-8") for one in folders)
    assert plain.partition("<footer")[0].partition("<main")[2] == same.partition("<footer")[0].partition("<main")[2]
    words = RECORD["quotes"][2]["spans"][0]["text"]
    assert words[:20] in plain
    assert words[:20] not in without
    assert "___" in without
    figures = [(tmp_path / one / "index.html").read_text(encoding="utf-8") for one in folders]
    assert ["1 article whose words are not there" in told for told in figures] == [False, False, True]


def test_a_record_that_refers_to_what_it_has_not_is_told(tmp_path):
    record = json.loads(json.dumps(RECORD))
    record["quotes"][0]["speaker"]["entity"] = "e99"
    (tmp_path / "r.json").write_text(json.dumps(record), encoding="utf-8")
    done = tasrih("explore", tmp_path / "r.json", "--out", tmp_path / "site")
    assert done.returncode == 2
    assert b"no entity is called e99" in done.stderr
    assert b"tasrih validate" in done.stderr
    assert not (tmp_path / "site").exists()
