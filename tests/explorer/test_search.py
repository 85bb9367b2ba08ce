"""The search page: it answers as Python does, from the disk, and its address says what was asked."""

import json
import shutil
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

import pytest
from browser import PHONE, hindrances, watched
from conftest import ROOT, SEED, corpus, read_json
from hypothesis import given, settings
from hypothesis import strategies as st

from tasrih import load
from tasrih.explorer.building import explore
from tasrih.explorer.columns import in_letters
from tasrih.explorer.postings import Postings
from tasrih.explorer.scripts import FOLDER, joined
from tasrih.phenomena import phenomena
from tasrih.queries import FIELDS
from tasrih.queries.answers import lines, row
from tasrih.queries.parsing import written

CASES = read_json(ROOT / "tests/queries/cases.json")
PROBE = """
import { answers, fromLetters, opened } from "./answers.js";
import { parse, written } from "./queries.js";
const root = document.body.dataset.root;
const index = opened(root);
async function asked(query) {
  const { contents } = await index;
  const language = { fields: contents.fields, whole: new Set(contents.whole) };
  return parse(query, language);
}
globalThis.probe = {
  written,
  async terms(query) {
    try {
      return { query, terms: (await asked(query)).map(({ field, values, negated }) => ({ field, values, negated })) };
    } catch (error) {
      return { query, error: error.at, message: error.message };
    }
  },
  async found(query) {
    const all = await answers(await index, await asked(query));
    return [...all.keys()].filter((number) => all[number]);
  },
  numbers: async ({ rows, width }) => [...fromLetters(rows, width)],
};
"""


@pytest.fixture(scope="module")
def probe(browser, explored, tmp_path_factory):
    """The search page with its parser and evaluator at hand: `probe(name, queries)` calls one of them for each."""
    folder = shutil.copytree(FOLDER, tmp_path_factory.mktemp("scripts") / "scripts")
    (folder / "probe.js").write_text(PROBE, encoding="utf-8")
    (script,) = [page for page in joined(folder) if page.path == "static/probe.js"]
    with watched(browser) as page:
        asked(page, explored, "")
        page.evaluate(script.data.decode())
        yield lambda name, queries: page.evaluate(f"queries => Promise.all(queries.map(probe.{name}))", queries)


def asked(page, site, query):
    """Opens the search page with a query in its address, and waits for the answer."""
    page.goto((site / "search.html").as_uri() + (f"#q={quote(query)}" if query else ""))
    answered(page, query)


def answered(page, query):
    page.wait_for_function("query => document.body.dataset.answered === query", arg=query)


@pytest.fixture(scope="module")
def numbers():
    """The quotes of the corpus by article and id, numbered as the index does."""
    return {(one.article.id, one.id): number for number, one in enumerate(corpus().quotes())}


@pytest.mark.parametrize("count", [1, 26, 27, 676, 677, 20_000])
def test_numbers_that_are_written_in_letters_are_read_again(probe, count):
    numbers = [*range(min(count, 30)), count - 1, count // 2]
    assert probe("numbers", [in_letters(numbers, count)]) == [numbers]


def test_a_query_is_read_as_python_reads_it(probe):
    told = probe("terms", [case["query"] for case in CASES])
    assert [{key: value for key, value in one.items() if key != "message"} for one in told] == CASES
    wrong = {one["query"]: one["message"] for one in told if "error" in one}
    assert "Did you mean published?" in wrong["day=2021"]
    assert wrong["type="].endswith("Write it as type=direct.")


def values_of(field):
    """Values of a field, most of them of the corpus."""
    if field.choices:
        return st.sampled_from(field.choices)
    if field.kind == "words":
        return st.sampled_from(
            ["أسعار", "الأسعار", "سعر", "قال", "في", "وزير الخارجية", "وفقا ل", "الله", "2021", "ان", "على ان"]
        )
    if field.kind == "name":
        return st.sampled_from(["لافروف", "sergey-lavrov", "Q58217", "russia", "لا أحد", "الوزير"])
    if field.kind == "period":
        return st.sampled_from(["2021", "2021-10", "2021-10-13", "2021-03..2021-11", "..2020", "2024.."])
    if field.kind == "number":
        return st.sampled_from(["0.5", "..1"])
    return st.sampled_from([*(one.slug for one in phenomena()), "news", "composed", SEED, "ويكي الأخبار", "العربيه"])


TERMS = st.sampled_from(list(FIELDS.values())).flatmap(
    lambda field: st.builds(
        lambda minus, sign, values: f"{minus}{field.name}{sign}{'|'.join(values)}",
        st.sampled_from(["", "", "-"]),
        st.sampled_from(["=", "=", "!="]),
        st.lists(values_of(field).map(written) | st.sampled_from(["*"]), min_size=1, max_size=2),
    )
)


@settings(max_examples=12)
@given(st.lists(st.lists(TERMS, min_size=1, max_size=2).map(" ".join), min_size=8, max_size=8))
def test_the_page_finds_what_python_finds(probe, numbers, queries):
    for query, found in zip(queries, probe("found", queries), strict=True):
        assert found == [numbers[one.article.id, one.id] for one in corpus().quotes(query)], query


@given(st.text('س=!|-"“”«»\\ .*a\n', min_size=1, max_size=8))
@settings(max_examples=40)
def test_values_are_written_as_python_writes_them(probe, value):
    assert probe("written", [value]) == [written(value)]


def test_words_are_found_behind_their_proclitics_and_marked(page, explored):
    asked(page, explored, "أسعار")
    found = list(corpus().quotes("أسعار"))
    assert page.locator("#count").inner_text().startswith(f"{len(found)} quotes in ")
    assert page.locator("#quotes li").count() == len(found)
    marked = page.locator("#quotes mark").all_inner_texts()
    assert {"الأسعار"} <= set(marked)
    assert all(one.endswith("أسعار") for one in marked)
    first = page.locator("#quotes li").first
    assert first.locator("a").get_attribute("href") == f"articles/{found[0].article.id}.html#{found[0].id}"
    articles = {hit.article.id for hit in corpus().search("أسعار")}
    assert page.locator("#words").inner_text() == f"The words stand in {len(articles)} articles."
    asked(page, explored, "سعره")
    assert page.locator("#count").inner_text() == "No quote is so."


def test_facets_write_terms_and_the_address_says_them(page, explored):
    asked(page, explored, "لكن")
    wanted = list(corpus().quotes("لكن"))
    direct = [one for one in wanted if one.type == "direct"]
    button = page.locator("#facet-type button[data-value=direct]")
    assert button.inner_text().split() == ["direct", str(len(direct))]
    button.click()
    answered(page, "لكن type=direct")
    assert page.input_value("#query") == "لكن type=direct"
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator("#count").inner_text().startswith(f"{len(direct)} quote")
    cited = page.url
    page.go_back()
    answered(page, "لكن")
    assert page.locator("#count").inner_text().startswith(f"{len(wanted)} quotes")
    page.goto(cited)
    answered(page, "لكن type=direct")
    button.click()
    answered(page, "لكن")


def test_an_address_with_a_query_before_the_hash_has_one_query_after_a_facet(page, explored):
    page.goto(f"{(explored / 'search.html').as_uri()}?q={quote('لكن')}")
    answered(page, "لكن")
    page.locator("#facet-type button[data-value=direct]").click()
    answered(page, "لكن type=direct")
    assert page.evaluate("location.search") == ""
    page.go_back()
    answered(page, "لكن")
    assert page.input_value("#query") == "لكن"


def test_every_facet_counts_what_its_term_finds(page, explored):
    asked(page, explored, "collection=composed cue=قال")
    for field in ("type", "speaker.form", "cue.kind", "phenomenon", "collection", "outlet", "published"):
        buttons = page.locator(f"#facet-{field} button[data-value]").evaluate_all(
            "buttons => buttons.map(one => [one.dataset.value, Number(one.querySelector('.number').textContent)])"
        )
        for value, count in buttons[:3]:
            query = f"collection=composed cue=قال {field}={written(value)}"
            assert len(list(corpus().quotes(query))) == count, query


def test_a_keyboard_is_enough(page, explored):
    page.goto((explored / "search.html").as_uri())
    answered(page, "")
    page.locator("#query").focus()
    page.keyboard.type("type=direct")
    page.keyboard.press("Enter")
    answered(page, "type=direct")
    page.locator("#facet-type button").first.focus()
    page.keyboard.press("Space")
    answered(page, "")
    asked(page, explored, "type=direct")
    before = page.locator("#quotes li").count()
    page.locator("#more").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("before => document.querySelectorAll('#quotes li').length > before", arg=before)
    focused = page.evaluate("document.activeElement.closest('li') === document.querySelectorAll('#quotes li')[20]")
    assert focused


def test_what_is_wrong_is_told_and_the_box_keeps_it(page, explored):
    asked(page, explored, "type=direct day=2021")
    assert page.locator("#wrong").inner_text().startswith("At character 13: day: no such field")
    assert page.locator("[role=alert]").is_visible()
    assert page.locator("#query").get_attribute("aria-invalid") == "true"
    assert page.input_value("#query") == "type=direct day=2021"
    assert page.locator("#quotes li").count() == 0
    asked(page, explored, "confidence=٠٫٥")
    assert "٠٫٥: no number" in page.locator("#wrong").inner_text()
    asked(page, explored, f'split="x\u202e{"س" * 500}"')
    told = page.locator("#wrong").inner_text()
    assert told.startswith("At character 1: x\ufffdسسس")
    assert len(told) < 200
    asked(page, explored, "type=direct")
    assert page.locator("#wrong").is_hidden()


def test_a_download_is_what_the_command_writes(page, explored):
    query = "phenomenon=quote-in-quote collection=composed|news"
    asked(page, explored, query)
    for form in ("tsv", "json", "csv"):
        with page.expect_download() as download:
            page.locator(f"button[data-format={form}]").click()
        printed = [f"{line}\n" for line in lines(map(row, corpus().quotes(query)), form)]
        assert len(printed) > 25
        assert Path(download.value.path()).read_text(encoding="utf-8") == "".join(printed)
        assert download.value.suggested_filename == f"quotes.{form}"


def test_nobody_is_hindered_in_the_dark(browser, explored):
    with watched(browser, color_scheme="dark") as page:
        asked(page, explored, "قال")
        assert hindrances(page) == []
        assert page.locator("#count").get_attribute("aria-live") == "polite"


def test_a_phone_shows_all_in_its_width(browser, explored):
    with watched(browser, viewport=PHONE) as page:
        asked(page, explored, "قال")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.locator(".facets details[open]").count() == 0


def test_little_is_loaded_before_something_is_asked(page, explored):
    asked(page, explored, "")
    loaded = [explored / path.removeprefix(explored.as_uri() + "/") for path in page.requested]
    pages = [path for path in loaded if path.suffix != ".woff2"]
    assert sum(path.stat().st_size for path in pages) < 120_000
    asked(page, explored, "speaker=لافروف")
    names = [path for path in page.requested if "/search/names/" in path]
    assert len(names) == 1


def test_what_is_hostile_is_text(page, tmp_path, seed):
    bad = '<img src=x onerror="alert(1)">\u202e'
    seed["entities"][0]["name"] = bad
    seed["metadata"]["publisher"] = "__proto__"
    seed["paragraphs"][0]["text"] = "</script><script>alert(2)</script> = constructor"
    seed["quotes"] = seed["quotes"][:1]
    seed["quotes"][0]["spans"] = [{"paragraph": "p1", "start": 0, "end": 20, "text": "</script><script>ale"}]
    seed["quotes"][0]["cue"] = None
    seed["quotes"][0]["speaker"] = {"entity": seed["entities"][0]["id"], "form": "elided", "span": None}
    (tmp_path / "x.json").write_text(json.dumps(seed), encoding="utf-8")
    explore(load(tmp_path), tmp_path / "site")
    asked(page, tmp_path / "site", "outlet=__proto__")
    assert page.locator("#quotes li").count() == 1
    assert page.locator("#quotes .speaker").first.inner_text() == bad.replace("\u202e", "\ufffd")
    assert page.locator("#quotes img, #quotes script").count() == 0
    asked(page, tmp_path / "site", "script")
    assert page.locator("#quotes mark").all_inner_texts() == ["script", "script"]


def test_the_index_is_numbered_as_the_corpus_is(explored):
    told = (explored / "data/search/articles.js").read_text(encoding="utf-8")
    value = json.loads(told.removeprefix('tasrihShard("search/articles",').removesuffix(");\n"))
    assert value["quotes"] == [len(article.quotes) for article in corpus()]
    blocks = sorted(int(path.stem) for path in (explored / "data/search/blocks").iterdir())
    assert all(other == one + 1 for one, other in pairwise(blocks))


def test_postings_hold_little_and_keep_the_order(monkeypatch):
    monkeypatch.setattr("tasrih.explorer.postings._HELD", 200)
    postings = Postings("search/x", 3)
    for number in range(50):
        for key in ("أسعار", "سعر", "__proto__", f"ن{number % 7}"):
            postings.add(key, [number, [number]])
            assert sum(map(len, postings._held.values())) < 200
    found = {}
    for page in postings.pages():
        told = page.data.decode().removeprefix(f'tasrihShard("{page.path[5:-3]}",').removesuffix(");\n")
        found |= dict(json.loads(told))
    assert found["أسعار"] == found["__proto__"] == [one for number in range(50) for one in (number, [number])]
    assert found["ن3"][::2] == [3, 10, 17, 24, 31, 38, 45]
    assert not postings._aside.exists()
