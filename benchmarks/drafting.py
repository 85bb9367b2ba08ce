"""How fast drafts are made: Arabic text of some phenomena, one processor, warm, best of five; and that time is linear.

python benchmarks/drafting.py
"""

import sys
import time
from pathlib import Path

from tasrih.drafting import draft

SOURCE = Path(__file__).parents[1] / "corpus/sources/000_5342da39c5f54c5f.txt"


def seconds(raw: bytes, times: int) -> float:
    """The time of a draft, the fastest of five times as many."""
    best = float("inf")
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            draft("article.txt", raw)
        best = min(best, (time.perf_counter() - began) / times)
    return best


def main() -> None:
    raw = SOURCE.read_bytes()
    print(f"articles of {len(raw)} bytes: {len(raw) / seconds(raw, 50) / 1e6:.2f} MB a second")
    line = raw.decode().replace("\n", " ")
    for size in (100_000, 400_000, 1_600_000):
        text = line * (size // len(line.encode()))
        taken = seconds(f"عنوان\n{text}".encode(), 1)
        print(f"one paragraph of {len(text.encode())} bytes: {taken:.2f} s")


if __name__ == "__main__":
    sys.exit(main())
