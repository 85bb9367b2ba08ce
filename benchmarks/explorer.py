"""How long `tasrih explore` takes, how much it writes, and what memory it needs.

python benchmarks/explorer.py [--articles N …]

The bundled corpus, then datasets of made articles: whole processes with their start.
"""

import argparse
import re
import tempfile
from pathlib import Path

from processes import built, made, measured


def explored(corpus: list[str], out: Path) -> str:
    """A row of the table: wall and processor seconds, megabytes written, and the largest memory in MiB."""
    taken = measured("-m", "tasrih", "explore", *corpus, "--out", out)
    articles, size = re.search(r"([\d,]+) articles?, .* ([\d.]+) MB", taken.printed).groups()
    return f"| {articles} | {taken.wall:.1f} | {taken.processors:.1f} | {size} | {taken.memory:.0f} |"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[1_000, 10_000])
    given = parser.parse_args()
    print("| articles | wall, s | processors, s | written, MB | largest memory, MiB |")
    print("| ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(explored([], folder / "bundled"), flush=True)
        for count in given.articles:
            dataset = built(made(count, folder / f"{count}.jsonl"), folder / f"dataset-{count}")
            print(explored([str(dataset)], folder / f"site-{count}"), flush=True)


if __name__ == "__main__":
    main()
