"""The page of an article: marks that leave the letters joined, parts that light together, and nothing that runs."""

import copy
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from browser import PHONE, hindrances, watched
from conftest import RECORD, SEED, tasrih

from tasrih import build, load
from tasrih.explorer.building import explore

HOSTILE = "<img src=https://example.org/x onerror=alert(1)><script>alert(2)</script>\"'>\u202egnol{{ 7*7 }}"

LOOK = "(element, style) => getComputedStyle(element).getPropertyValue(style)"
LAYERS = {
    "direct": "background-color",
    "partial": "background-color",
    "indirect": "background-color",
    "cue": "box-shadow",
    "speaker": "box-shadow",
    "term": "background-image",
    "entity": "text-decoration-line",
}


@pytest.fixture
def seen(page, explored):
    page.goto((explored / f"articles/{SEED}.html").as_uri())
    return page


def lit(page):
    """What is lit in the text: stretches, in the order of the page."""
    return page.locator(".words .lit").all_inner_texts()


def test_a_quote_is_lit_with_its_cue_and_speaker_and_told(seen):
    seen.hover(".words .direct >> nth=0")
    quote = RECORD["quotes"][2]
    parts = [*quote["spans"], quote["cue"], quote["speaker"]["span"]]
    assert "".join(lit(seen)).replace(" ", "") == "".join(
        part["text"] for part in sorted(parts, key=lambda part: part["start"])
    ).replace(" ", "")
    told = seen.locator(".told")
    assert told.is_visible()
    assert "q3 direct" in told.inner_text()
    assert "سيرغي لافروف" in told.inner_text()
    seen.hover("h2#known")
    assert lit(seen) == []


def test_an_address_lights_what_it_names(seen, explored):
    seen.goto((explored / f"articles/{SEED}.html").as_uri() + "#e1")
    assert set(lit(seen)) >= {"لافروف"}
    assert seen.locator("tr#e1").is_visible()
    seen.keyboard.press("Escape")
    assert lit(seen) == []


def test_notes_are_reached_by_keyboard(seen):
    seen.locator("li#q4 a").first.focus()
    assert "q4 direct" in seen.locator(".told").inner_text()
    seen.keyboard.press("Enter")
    assert seen.url.endswith("#q4")


def test_a_layer_can_be_switched_off_without_a_script(browser, explored):
    with watched(browser, java_script_enabled=False) as page:
        page.goto((explored / f"articles/{SEED}.html").as_uri())
        assert page.locator("li#q3").inner_text().startswith("q3 direct · سيرغي لافروف (nominal) · cue مشيرا")
        for layer, style in LAYERS.items():
            marks = page.locator(f".words .{layer}")
            shown = [marks.nth(place).evaluate(LOOK, style) for place in range(min(marks.count(), 3))]
            page.locator(f"#layer-{layer}").focus()
            page.keyboard.press("Space")
            hidden = [marks.nth(place).evaluate(LOOK, style) for place in range(len(shown))]
            assert all(one != other for one, other in zip(shown, hidden, strict=True)), (layer, shown, hidden)
        assert page.locator(".words b:not([class])").first.evaluate(LOOK, "text-decoration-line") == "none"


def test_marks_leave_the_letters_joined(seen):
    """Each line of each paragraph is as wide with its marks as without them, also where a mark begins inside a word."""
    begun_inside = seen.evaluate(
        """() => [...document.querySelectorAll(".words b")].filter((mark) => {
             const before = mark.previousSibling?.textContent.at(-1) ?? " ";
             return /\\p{L}/u.test(before) && /\\p{L}/u.test(mark.textContent[0]);
           }).length"""
    )
    assert begun_inside > 3
    differing = seen.evaluate(
        """async () => {
          await document.fonts.ready;
          const width = (element) => {
            const range = document.createRange();
            range.selectNodeContents(element);
            return range.getBoundingClientRect().width;
          };
          const found = [];
          for (const words of document.querySelectorAll("p.words")) {
            words.style.cssText = "white-space: nowrap; width: max-content";
            const bare = words.cloneNode(false);
            bare.textContent = words.textContent;
            words.after(bare);
            if (Math.abs(width(words) - width(bare)) > 0.5) found.push([words.id, width(words), width(bare)]);
            bare.remove();
          }
          return found;
        }"""
    )
    assert differing == []


def test_blocks_stand_for_words_that_are_withheld(page, explored):
    page.goto((explored / "articles/news-002.html").as_uri())
    assert "tasrih hydrate" in page.locator(".notice").inner_text()
    assert set(page.locator("#p1").inner_text()) == {"_", " "}
    assert page.locator("#p1").evaluate(LOOK, "text-shadow") != "none"
    assert page.locator("#p1").evaluate(LOOK, "-webkit-text-fill-color") == "rgba(0, 0, 0, 0)"
    assert page.locator("#p1").get_attribute("aria-hidden") == "true"
    assert "of 9 words, withheld" in page.locator(".row").first.inner_text()
    assert page.locator("#p1 .speaker").count() > 0


@pytest.fixture
def hostile(tmp_path):
    """A site of one record in which everything that may be any text is markup, code and marks of direction."""
    record = copy.deepcopy(RECORD)
    about = record["metadata"]
    about |= {"publisher": HOSTILE, "agency": HOSTILE, "authors": [HOSTILE]}
    about["url"] = 'https://example.org/"onmouseover="alert(3)'
    about["rights"] |= {"holder": HOSTILE, "license": HOSTILE}
    about["annotation"]["guidelines"] = HOSTILE
    for entity in record["entities"]:
        entity["name"] = HOSTILE
    for paragraph in record["paragraphs"]:
        paragraph["text"] = (HOSTILE * 30)[: len(paragraph["text"])]
    record["waivers"] = [{"rule": "Q101", "at": "/", "reason": HOSTILE}]
    folder = tmp_path / "<script>alert(4)<"
    folder.mkdir()
    (folder / "r.json").write_text(json.dumps(record), encoding="utf-8")
    return explore(load(folder), tmp_path / "site").page.parent


@pytest.mark.parametrize("path", ["index.html", f"articles/{SEED}.html"])
def test_nothing_that_a_record_says_is_run_or_asked_for_or_reorders(page, hostile, path):
    page.goto((hostile / path).as_uri())
    assert "onerror=alert(1)" in page.locator("main").inner_text()
    assert "\u202e" not in page.content()
    assert page.locator("img, main script, [onmouseover]").count() == 0
    if path != "index.html":
        page.hover(".words b >> nth=0")
        assert page.locator("main img, main b img").count() == 0


def test_an_id_of_a_dataset_leads_nowhere_else(tmp_path):
    (tmp_path / f"{SEED}.json").write_text(json.dumps(RECORD), encoding="utf-8")
    build(tmp_path / "dataset", [tmp_path / f"{SEED}.json"])
    for file in (tmp_path / "dataset").rglob("*.parquet"):
        table = pq.read_table(file)
        if "id" in table.column_names:
            place = table.column_names.index("id")
            pq.write_table(table.set_column(place, table.field(place), pa.array(["../../../planted"])), file)
    done = tasrih("explore", tmp_path / "dataset", "--out", tmp_path / "out/site")
    assert done.returncode == 2
    assert b"no page can be called so" in done.stderr
    assert list(tmp_path.rglob("planted*")) == []


@pytest.mark.parametrize("path", [f"articles/{SEED}.html#q3", "index.html"])
def test_a_phone_in_the_dark_shows_all_of_a_page_in_its_width(browser, explored, path):
    with watched(browser, viewport=PHONE, color_scheme="dark") as page:
        name, _, anchor = path.partition("#")
        page.goto((explored / name).as_uri() + f"#{anchor}")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert hindrances(page) == []


def test_ids_and_phenomena_lead_to_their_places(seen, explored):
    links = seen.locator(".margin a, tbody a, .hard a").evaluate_all("links => links.map((link) => link.href)")
    assert {one.rpartition("#")[2] for one in links if "#" in one} >= {"p1", "q3", "e1"}
    told = [one for one in links if "/phenomena/" in one]
    assert len(told) > len(set(told)) > 3
    assert all((explored / "phenomena" / one.rpartition("/")[2]).is_file() for one in told)
    assert seen.locator("li#q3").inner_text().startswith("q3 direct · ")


def test_a_quote_in_a_quote_lights_with_it_and_alone(page, explored):
    page.goto((explored / "articles/2020-12-20-poet-last-window.html").as_uri() + "#q3")
    inner = page.locator(".words .inner[data-of=q3]")
    assert lit(page)[-1] == inner.inner_text() == "النهر علي النهارده"
    page.goto(page.url.replace("#q3", "#q2"))
    page.wait_for_selector("li#q2.lit")
    assert inner.evaluate("(one) => getComputedStyle(one).backgroundColor") == page.locator("li#q2").evaluate(
        "(one) => getComputedStyle(one).backgroundColor"
    )
