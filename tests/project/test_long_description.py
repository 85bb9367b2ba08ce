"""The README where packages are listed: it renders, and leads out of there, or nowhere."""

import re
from html.parser import HTMLParser

import pytest
from conftest import ROOT
from long_description import LongDescription, described
from readme_renderer.markdown import render

import tasrih

HOME = "https://forge.example/owner/tasrih"
TAG = f"v{tasrih.__version__}"
README = (ROOT / "README.md").read_text(encoding="utf-8")


class Page(HTMLParser):
    """What a page links to and shows, and its words."""

    def __init__(self, text):
        super().__init__()
        self.links, self.pictures, self.words = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.links += [told["href"]] if "href" in told and not told["href"].startswith("#user-content-") else []
        self.pictures += [told["src"]] if tag == "img" else []

    def handle_data(self, data):
        self.words.append(data)


def shown(home):
    html = render(described(README, home, TAG))
    assert html is not None
    return Page(html)


def test_where_the_repository_has_an_address_every_link_leads_to_a_file_of_the_tag():
    page = shown(HOME)
    assert len(page.links) > 30
    assert len(page.pictures) == README.count("![") > 3
    for link, kind in [*((link, "blob") for link in page.links), *((picture, "raw") for picture in page.pictures)]:
        assert link.startswith(f"{HOME}/{kind}/{TAG}/")
        assert (ROOT / re.sub("#.*", "", link.removeprefix(f"{HOME}/{kind}/{TAG}/"))).is_file(), link


def test_where_it_has_none_the_words_stay_and_no_link_or_picture_is_left():
    page = shown(None)
    assert (page.links, page.pictures) == ([], [])
    assert "".join(page.words).split() == "".join(shown(HOME).words).split()


@pytest.mark.parametrize("home", [None, HOME])
def test_the_build_is_told_the_address(home, monkeypatch):
    monkeypatch.setenv("TASRIH_REPOSITORY", home or "")
    metadata = {}
    LongDescription(str(ROOT), {}).update(metadata)
    assert metadata["readme"] == {"content-type": "text/markdown", "text": described(README, home, TAG)}
    pages = [url.removeprefix(f"{home}/blob/{TAG}/") for url in metadata["urls"].values() if TAG in url]
    assert [(ROOT / page).is_file() for page in pages] == [True] * (3 if home else 0)
