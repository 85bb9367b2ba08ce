"""How long `tasrih explore` takes, how much it writes, and what memory it needs.

python benchmarks/explorer.py [--articles N …]

The bundled corpus, then datasets of made articles: whole processes with their start.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SCRIPTS = Path(__file__).parents[1] / "scripts"


def explored(corpus: list[str], out: Path) -> str:
    """A row of the table: wall and processor seconds, megabytes written, and the largest memory in MiB."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "tasrih", "explore", *corpus, "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        told = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    articles, size = re.search(r"([\d,]+) articles?, .* ([\d.]+) MB", told).groups()
    wall, processor = time.perf_counter() - started, used.ru_utime + used.ru_stime
    return f"| {articles} | {wall:.1f} | {processor:.1f} | {size} | {used.ru_maxrss // 1024} |"


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
            lines, dataset = folder / f"{count}.jsonl", folder / f"dataset-{count}"
            made = [sys.executable, SCRIPTS / "make_corpus.py", "--articles", str(count), "--out", lines]
            subprocess.run(made, check=True, capture_output=True)
            build = [sys.executable, "-m", "tasrih", "build", "--out", dataset, "--records", lines]
            subprocess.run(build, check=True, capture_output=True)
            print(explored([str(dataset)], folder / f"site-{count}"), flush=True)


if __name__ == "__main__":
    main()
