"""Writes the corpus's figures into DATASHEET.md; with --check, says whether they are stale."""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable

from generated import ROOT, arguments, settle

import tasrih
from tasrih.measures.likeness import likeness, sample
from tasrih.record import Article
from tasrih.scoring import agree
from tasrih.scoring.tables import agreement_tables
from tasrih.standoff.models import is_masked
from tasrih.statistics import Statistics, statistics

SHEET = ROOT / "DATASHEET.md"
NEWS = ROOT / "benchmarks" / "likeness.json"
READINGS = [ROOT / "corpus" / "annotations" / reading for reading in ("first", "second")]
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


def likeness_table(articles: list[Article]) -> str:
    """The figures of each collection beside those of real news."""
    articles = [article for article in articles if not is_masked(article)]
    collections = sorted({article.metadata.collection for article in articles})
    columns = [
        likeness([sample(article) for article in articles if article.metadata.collection == collection])
        for collection in collections
    ]
    columns.append(json.loads(NEWS.read_text(encoding="utf-8"))["figures"])
    rows = [
        ["figure", *(f"`{collection}`" for collection in collections), "real news"],
        ["---", *["---:"] * len(columns)],
    ]
    return lines(rows + [[name, *(f"{column[name]:.4g}" for column in columns)] for name in columns[-1]])


def agreement_table() -> str:
    """How far the two readings agree; that there are none, when there are none."""
    if not all(reading.is_dir() for reading in READINGS):
        return "There are no second readings to compare yet.\n"
    [found] = agreement_tables(agree(*READINGS).groups)
    header = [["layer", *found.columns[1:]], ["---", *["---:"] * (len(found.columns) - 1)]]
    return f"{found.title.removeprefix('all: ')}.\n\n{lines(header + found.rows)}"


def filled(sheet: str, figures: dict[str, str]) -> str:
    """The sheet with every table in its place; exits when they do not match one to one."""
    places = [match[2] for match in PLACE.finditer(sheet)]
    if sorted(places) != sorted(figures):
        sys.exit(f"{SHEET.name} has places for {', '.join(places)}; it needs one each for {', '.join(figures)}")
    return PLACE.sub(lambda match: f"{match[1]}\n{figures[match[2]]}\n{match[3]}", sheet)


def main() -> int:
    given = arguments(__doc__).parse_args()
    sheet = SHEET.read_text(encoding="utf-8")
    articles = [article.record for article in tasrih.load(ROOT / "corpus")]
    figures = {
        **tables(statistics(articles)),
        "likeness": likeness_table(articles),
        "agreement": agreement_table(),
    }
    return settle({SHEET: filled(sheet, figures)}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
