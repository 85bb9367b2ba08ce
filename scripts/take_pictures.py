"""Takes the pictures of the explorer that the README shows: an article, and the search page.

.venv/bin/python scripts/take_pictures.py

They are of composed articles, since the text of a published one belongs to its publisher. Nothing tells whether they
are stale: each browser and each font draws other pixels. Take them anew when the pages look different.
"""

import argparse
import shutil
import tempfile
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

import tasrih
from tasrih.explorer.building import explore

ROOT = Path(__file__).parents[1]
PROGRAM = shutil.which("chromium") or "chromium"
ADDRESSES = {
    "explorer-article": "articles/2020-12-20-poet-last-window.html#q3",
    "explorer-search": f"search.html#q={quote('قال speaker.form=elided')}",
}
SIZE = {"width": 1120, "height": 640}
MOST = 200_000  # bytes of a picture


def main() -> None:
    """Writes docs/explorer-article.png and docs/explorer-search.png."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = explore(tasrih.load(ROOT / "corpus"), Path(folder) / "site").page.parent
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=["--no-sandbox"])
        page = browser.new_page(viewport=SIZE)
        for name, address in ADDRESSES.items():
            page.goto(f"{site.as_uri()}/{address}", wait_until="load")
            page.wait_for_selector(".words .lit, #quotes li")
            page.evaluate("document.fonts.ready")
            page.evaluate("document.querySelector('article.text')?.scrollIntoView()")  # so that no line is cut in two
            data = page.screenshot(path=ROOT / f"docs/{name}.png")
            if len(data) >= MOST:
                raise SystemExit(f"docs/{name}.png has {len(data):,} bytes, and {MOST:,} is the most")
        browser.close()


if __name__ == "__main__":
    main()
