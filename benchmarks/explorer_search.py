"""How fast the explorer's search answers over made articles, and what building and the first page take.

python benchmarks/explorer_search.py [--articles N] [--work FOLDER]

The answer is timed in the page by `performance.now`: from the query's being read to the numbers of all quotes that it
finds, first with the shards still to be loaded, then with those that are there. Chromium is Debian's.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import quote

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "scripts")]
from browser import started, watched

from tasrih import load
from tasrih.explorer.building import explore

TIMES = 7


def main(count: int, work: Path) -> None:
    source, site = work / "articles.jsonl", work / "site"
    if not source.exists():
        command = [sys.executable, ROOT / "scripts/make_corpus.py", "--articles", str(count), "--out", source]
        subprocess.run(command, check=True)
    if not site.exists():
        began = time.perf_counter()
        made = explore(load(source), site)
        print(f"{made}; {time.perf_counter() - began:.0f} s")
        print(f"largest process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    print("query\tquotes\tfirst, ms\tagain, ms\tshown, ms\tkB loaded")
    with started() as browser:
        for query in queries(site):
            print("\t".join(map(str, measured(browser, site, query))))


def queries(site: Path) -> list[str]:
    """Queries of every kind: the words and names of the made articles are asked for by those of the first quotes."""
    first = next(iter(load(site.parent / "articles.jsonl").quotes()))
    one, other, *_ = [word for word in first.text.split() if len(word) > 4]
    assert first.speaker
    name = f'"{first.speaker.name}"'
    return [
        "",
        "type=direct",
        one,
        f"-{one}",
        f'"{one} {other}"',
        f"article.text={one}",
        f"speaker={name}",
        "cue=قال speaker.form=named",
        f"type=direct cue=قال published=2020..2021 {one}|{other}",
    ]


def measured(browser, site: Path, query: str) -> tuple[object, ...]:
    address = (site / "search.html").as_uri()
    with watched(browser) as page:
        page.goto(address if not query else f"{address}#q={quote(query)}")
        page.wait_for_function("query => document.body.dataset.answered === query", arg=query)
        first = taken(page, "answered")
        again = []
        for _ in range(TIMES):
            page.evaluate("delete document.body.dataset.answered")
            page.evaluate("dispatchEvent(new Event('hashchange'))")
            page.wait_for_function("query => document.body.dataset.answered === query", arg=query)
            again.append((taken(page, "answered"), taken(page, "shown")))
        answered, shown = (median(one) for one in zip(*again, strict=True))
        loaded = {path for path in page.requested if path.startswith(site.as_uri())}
        size = sum((site / path.removeprefix(f"{site.as_uri()}/").partition("#")[0]).stat().st_size for path in loaded)
        count = page.locator("#count").inner_text().split(" ", 1)[0]
        return query or "(first page)", count, f"{first:.0f}", f"{answered:.0f}", f"{shown:.0f}", f"{size / 1000:.0f}"


def taken(page, name: str) -> float:
    """Milliseconds of the latest measure of a name."""
    return float(page.evaluate(f"performance.getEntriesByName('{name}').at(-1).duration"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--work", type=Path, default=None)
    given = parser.parse_args()
    if given.work:
        given.work.mkdir(parents=True, exist_ok=True)
        main(given.articles, given.work)
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(given.articles, Path(folder))
