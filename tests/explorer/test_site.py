"""The site as a whole: a folder that opens from the disk, asks nobody for anything, and replaces nothing else."""

import os
import re
import subprocess
import sys
from html import unescape
from pathlib import PurePosixPath

import pytest
from browser import hindrances
from conftest import SEED, WITH_WORDS, tasrih

from tasrih import load
from tasrih.explorer.building import explore
from tasrih.explorer.scripts import joined
from tasrih.starting import new

PAGES = [
    "speakers.html",
    "readings.html",
    "speakers/sergey-lavrov.html",
    "phenomena.html",
    "phenomena/elided-chain.html",
    "readings/2020-12-20-poet-last-window.html",
    "readings/withheld/2.html",
    "index.html",
    "search.html",
    "guidelines.html",
    f"articles/{SEED}.html",
    "articles/news-002.html",
]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_from_the_disk_and_hinders_nobody(page, explored, path):
    page.goto((explored / path).as_uri())
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert hindrances(page) == []


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """The site of the one article that a new repository has."""
    folder = tmp_path_factory.mktemp("small")
    return explore(load(new(folder / "marfa")), folder / "site").page.parent


@pytest.mark.parametrize("site", ["explored", "small"])
def test_every_link_within_a_site_leads_to_a_page_and_a_place_in_it(site, request):
    folder = request.getfixturevalue(site)
    pages = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    places = {path: set(re.findall(r' id="?([^" >]+)', text)) for path, text in pages.items()}
    lost = set()
    for path, text in pages.items():
        for link in re.findall(r' href="(?!https?://)([^"]*)"', text):
            target, _, anchor = unescape(link).partition("#")
            target = target.partition("?")[0]
            page = os.path.normpath(PurePosixPath(path).parent / target) if target else path
            is_there = anchor in places[page] | {""} if page in places else (folder / page).is_file()
            if not is_there:
                lost.add((path, link))
    assert lost == set()


def test_of_one_article_nothing_is_told_as_of_many(small, page):
    assert [path.name for path in small.glob("phenomena/*")] == []
    page.goto((small / "phenomena.html").as_uri())
    assert page.locator("main").inner_text().partition("No article here lists ")[2].startswith("marks-straight, ")
    assert hindrances(page) == []
    assert "1 articles" not in (small / "index.html").read_text(encoding="utf-8")


def test_what_is_there_already_and_no_site_stays(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("mine", encoding="utf-8")
    done = tasrih("explore", "--out", tmp_path / "mine")
    assert done.returncode == 2
    assert b"not a site of the explorer" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_modules_are_joined_with_what_they_import(page, tmp_path):
    (tmp_path / "words.js").write_text('const own = "a";\nexport const word = own;\n', encoding="utf-8")
    (tmp_path / "first.js").write_text(
        'import { word } from "./words.js";\nconst own = "b";\ndocument.title = word + own;\n', encoding="utf-8"
    )
    (script,) = joined(tmp_path)
    assert script.path == "static/first.js"
    page.set_content("<title></title>")
    page.evaluate(script.data.decode())
    assert page.title() == "ab"


@pytest.mark.parametrize("form", ['import "./words.js";', "export default 1;", 'const x = import("./words.js");'])
def test_a_form_that_would_not_be_joined_is_refused(tmp_path, form):
    (tmp_path / "first.js").write_text(form, encoding="utf-8")
    with pytest.raises(ValueError, match=r"first\.js"):
        list(joined(tmp_path))


def test_a_site_is_the_same_each_time(tmp_path):
    """Whatever order sets have, so that a new version of a site differs only in what changed."""
    article = next(path for path in WITH_WORDS if path.stem == "2020-12-20-poet-last-window")
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "tasrih", "explore", article, "--out", tmp_path / seed]
        subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed})
    first, second = (
        {path.relative_to(tmp_path / seed): path for path in (tmp_path / seed).rglob("*") if path.is_file()}
        for seed in ("1", "2")
    )
    assert first.keys() == second.keys()
    assert [name for name, path in first.items() if path.read_bytes() != second[name].read_bytes()] == []
