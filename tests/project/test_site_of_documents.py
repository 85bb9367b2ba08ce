"""The site of the documents: it builds without a warning, its links lead somewhere, nothing is asked of others."""

import re
import runpy
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from browser import PHONE, hindrances, watched
from conftest import ROOT, made_once

import tasrih
from tasrih.cli import main
from tasrih.dataset.configs import ROWS

CONF = runpy.run_path(str(ROOT / "docs/site/conf.py"))
BUILD = re.search(r"-m sphinx (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[1]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as `make site` makes it."""
    return made_once(tmp_path_factory, "documents", _make)


def _make(place):
    options = BUILD.replace("dist/.doctrees", f"{place}-doctrees").replace("dist/site", str(place))
    command = [sys.executable, "-m", "sphinx", *options.split()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


class Page(HTMLParser):
    """What a page links to, what it loads, and the anchors that it has."""

    def __init__(self, path):
        super().__init__()
        self.links, self.loaded, self.anchors = [], [], set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.anchors |= {told[name] for name in ("id", "name") if told.get(name)}
        if tag == "a" and "href" in told:
            self.links.append(told["href"])
        elif tag == "link" and told.get("rel") in ("stylesheet", "prefetch", "shortcut icon", "preload"):
            self.loaded.append(told["href"])
        elif told.get("src"):
            self.loaded.append(told["src"])


@pytest.fixture(scope="module")
def pages(site):
    return {path: Page(path) for path in site.rglob("*.html")}


def test_every_internal_link_and_anchor_is_there(site, pages):
    missing = []
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            if parts.scheme:
                continue
            if not target.is_file() or (
                target in pages and parts.fragment and unquote(parts.fragment) not in pages[target].anchors
            ):
                missing.append(f"{path.relative_to(site)}: {link}")
    assert len(pages) > 30
    assert missing == []


def test_nothing_is_loaded_from_elsewhere(site, pages):
    for path, page in pages.items():
        for address in page.loaded:
            parts = urlsplit(address)
            assert not parts.scheme
            assert not parts.netloc
            assert (path.parent / unquote(parts.path)).is_file(), address
    assert any(page.loaded for page in pages.values())
    styles = "".join(path.read_text(encoding="utf-8") for path in (site / "_static").rglob("*.css"))
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//|@import", styles)


def test_every_page_of_the_documents_is_on_the_site(site):
    there = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "docs").glob("*.ipynb"), *ROOT.glob("baselines/**/*.md")]
    there += [path for path in ROOT.glob("*.md") if path.name != "LICENSE.md"]
    on_it = {f"{CONF['root_doc']}.md", *CONF["PAGES"]}
    assert {str(path.relative_to(ROOT)) for path in there} - on_it == set()
    assert all((site / page).with_suffix(".html").is_file() for page in on_it)


def test_the_reference_has_every_name_command_config_and_definition(pages, site):
    reference = {name: pages[site / f"docs/reference/{name}.html"].anchors for name in ("api", "commands", "columns")}
    assert {f"tasrih.{name}" for name in tasrih.__all__} <= reference["api"]
    assert {f"tasrih-{name}" for name in main.commands} <= reference["commands"]
    assert {name.replace("_", "-") for name in ROWS} <= reference["columns"]


def test_rules_and_guidelines_keep_the_anchors_that_are_linked_to(pages, site):
    rules = pages[site / "docs/rules.html"].anchors
    assert {
        code.lower() for code in re.findall(r"^### (\w+)$", (ROOT / "docs/rules.md").read_text("utf-8"), re.MULTILINE)
    } <= rules
    guidelines = (ROOT / "corpus/GUIDELINES.md").read_text(encoding="utf-8")
    numbers = re.findall(r"^(\d+)\.(\d+) ", guidelines, re.MULTILINE)
    assert len(numbers) > 100
    anchors = {"4-quotes", "9-hard-cases", "g-4"} | {f"g-{section}-{number}" for section, number in numbers}
    assert anchors <= pages[site / "corpus/GUIDELINES.html"].anchors
    assert "../corpus/GUIDELINES.html#g-5-4" in pages[site / "docs/rules.html"].links


def test_the_notebook_shows_what_its_cells_show_now():
    command = [sys.executable, ROOT / "scripts/update_notebook.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


SEARCHED = [
    ("Krippendorff", "What the figures mean"),
    ("annotator agreements", "What the figures mean"),
    *((words, "البداية السريعة") for words in ("المدوّنة", "المدونة", "الْمُدَوَّنَة", "المـدونه", "أسأل", "الي")),
]
SEEN = ["docs/index.html", "docs/ar/index.html", "docs/quickstart.html", "docs/tutorials/annotate.html"]


@pytest.mark.parametrize("options", [{"viewport": PHONE}, {"color_scheme": "dark"}], ids=["phone", "dark"])
def test_pages_hinder_nobody(options, site, browser):
    with watched(browser, **options) as page:
        for name in SEEN:
            page.goto((site / name).as_uri())
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
            found = [
                one for one in hindrances(page) if one[0] != "landmark-unique"
            ]  # Furo's two sidebars have no names
            assert found == [], name


def test_an_arabic_page_runs_from_right_to_left_and_its_code_does_not(site, page):
    page.goto((site / "docs/ar/quickstart.html").as_uri())
    heading, code = page.locator("article h1"), page.locator("article pre").nth(1)
    assert heading.evaluate("one => getComputedStyle(one).direction") == "rtl"
    spoken = "one => one.closest('[lang]').lang"
    assert heading.evaluate(spoken) == "ar"
    assert page.locator("head title").evaluate(spoken) == "ar"
    assert page.locator(".toc-title").evaluate(spoken) == "en"  # "On this page"
    assert page.locator(".toc-title").evaluate("one => getComputedStyle(one).direction") == "ltr"
    assert code.evaluate("one => getComputedStyle(one).direction") == "ltr"
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate("document.fonts.check('16px \"Noto Naskh Arabic\"', 'تصريح')")


@pytest.mark.parametrize(("words", "found"), SEARCHED)
def test_search_works_from_a_folder(words, found, site, page):
    page.goto((site / "docs/index.html").as_uri())
    page.fill("input[name=q]", words)
    page.press("input[name=q]", "Enter")
    page.locator("ul.search a", has_text=found).first.wait_for()
    assert page.locator("ul.search a", has_text=found).count() > 0
