"""Takes the pictures of the explorer that the README shows, and those of the site of documents in CONTRIBUTING.

make site && .venv/bin/python scripts/take_pictures.py

They are of composed articles, since the text of a published one belongs to its publisher. Nothing tells whether they
are stale: each browser and each font draws other pixels. Take them anew when the pages look different.
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

import tasrih
from tasrih.explorer.building import explore

ROOT = Path(__file__).parents[1]
PROGRAM = shutil.which("chromium") or "chromium"
ADDRESSES = {
    "explorer-article": "articles/2020-12-20-poet-last-window.html#q3",
    "explorer-search": f"search.html#q={quote('قال speaker.form=elided')}",
}
SIZE = {"width": 1120, "height": 640}
PHONE = {"width": 390, "height": 800}
DOCUMENTS = {
    "site-home": ("index.html", SIZE, "light"),
    "site-reference": ("docs/reference/api.html", SIZE, "dark"),
    "site-arabic": ("docs/ar/quickstart.html", PHONE, "light"),
    "site-tutorial": ("docs/tutorials/annotate.html", PHONE, "dark"),
}
MOST = 200_000  # bytes of a picture


def main() -> None:
    """Writes docs/explorer-*.png and docs/site-*.png."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    documents = ROOT / "dist/site"
    if not documents.is_dir():
        raise SystemExit("dist/site is not there: make site")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = explore(tasrih.load(ROOT / "corpus"), Path(folder) / "site").page.parent
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        for name, address in ADDRESSES.items():
            page.goto(f"{site.as_uri()}/{address}", wait_until="load")
            page.wait_for_selector(".words .lit, #quotes li")
            page.evaluate("document.fonts.ready")
            page.evaluate("document.querySelector('article.text')?.scrollIntoView()")  # so that no line is cut in two
            take(page, name)
        for name, (address, size, scheme) in DOCUMENTS.items():
            page = browser.new_page(viewport=size, color_scheme=scheme)
            page.goto(f"{documents.as_uri()}/{address}", wait_until="load")
            take(page, name)
        browser.close()


def take(page: Page, name: str) -> None:
    """Writes what a page shows. Ends the program where that is too large for a repository."""
    data = page.screenshot(path=ROOT / f"docs/{name}.png")
    if len(data) >= MOST:
        raise SystemExit(f"docs/{name}.png has {len(data):,} bytes, and {MOST:,} is the most")


if __name__ == "__main__":
    main()
