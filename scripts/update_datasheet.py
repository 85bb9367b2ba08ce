"""Writes the corpus's figures into DATASHEET.md; with --check, says whether they are stale."""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import tasrih
from tasrih.statistics import Statistics, statistics

ROOT = Path(__file__).parents[1]
SHEET = ROOT / "DATASHEET.md"
PLACE = re.compile(r"(<!-- figures:(\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(kind: str, **counters: Counter[str]) -> str:
    """A Markdown table: a row a kind, the most frequent first, then the total."""
    first = next(iter(counters.values()))
    kinds = sorted(first, key=lambda name: (-first[name], name))
    rows = [[kind, *counters], ["---", *["---:"] * len(counters)]]
    rows += [[name, *(str(counter[name]) for counter in counters.values())] for name in kinds]
    rows.append(["**all**", *(f"**{counter.total()}**" for counter in counters.values())])
    return lines(rows)


def lines(rows: Iterable[Iterable[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def tables(counted: Statistics) -> dict[str, str]:
    sizes = [[name, str(count)] for name, count in counted.sizes.items()]
    return {
        "sizes": lines([["unit", "count"], ["---", "---:"], *sizes]),
        "paragraphs": table("role", paragraphs=counted.paragraphs),
        "quotes": table("type", quotes=counted.quotes),
        "cues": table("kind of cue", quotes=counted.cues),
        "speakers": table("form of the speaker", quotes=counted.speakers),
        "terms": table("kind", terms=counted.terms),
        "entities": table("type", entities=counted.entities, mentions=counted.mentions),
        "forms": table("form", mentions=counted.forms),
        "collections": table("collection", articles=counted.collections),
        "origins": table("origin", articles=counted.origins),
        "annotators": table("kind", annotators=counted.annotators),
        "redistribution": table("redistribution", articles=counted.redistribution),
    }


def filled(sheet: str, figures: dict[str, str]) -> str:
    """The sheet with every table in its place; exits when they do not match one to one."""
    places = [match[2] for match in PLACE.finditer(sheet)]
    if sorted(places) != sorted(figures):
        sys.exit(f"{SHEET.name} has places for {', '.join(places)}; it needs one each for {', '.join(figures)}")
    return PLACE.sub(lambda match: f"{match[1]}\n{figures[match[2]]}\n{match[3]}", sheet)


def main() -> int:
    sheet = SHEET.read_text(encoding="utf-8")
    corpus = tasrih.load(ROOT / "corpus")
    current = filled(sheet, tables(statistics(article.record for article in corpus)))
    if current == sheet:
        return 0
    if "--check" in sys.argv:
        print(f"stale: {SHEET.name}; run python scripts/update_datasheet.py", file=sys.stderr)
        return 1
    SHEET.write_text(current, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
