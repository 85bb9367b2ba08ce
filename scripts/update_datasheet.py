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
from tasrih.statistics import statistics

SHEET = ROOT / "DATASHEET.md"
NEWS = ROOT / "benchmarks" / "likeness.json"
READINGS = [ROOT / "corpus" / "annotations" / reading for reading in ("first", "second")]
PLACE = re.compile(r"(<!-- figures:(\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(kind: str, counters: dict[str, Counter[str]]) -> str:
    """A Markdown table: a row a kind, the most frequent first, then the total."""
    every = sum(counters.values(), Counter[str]())
    kinds = sorted(every, key=lambda name: (-every[name], name))
    rows = [[kind, *counters], ["---", *["---:"] * len(counters)]]
    rows += [[name, *(str(counter[name]) for counter in counters.values())] for name in kinds]
    rows.append(["**all**", *(f"**{counter.total()}**" for counter in counters.values())])
    return lines(rows)


def lines(rows: Iterable[Iterable[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def tables(articles: list[Article]) -> dict[str, str]:
    """Every table of counts, a column a collection."""
    names = sorted({article.metadata.collection for article in articles}, reverse=True)
    sides = {name: statistics(one for one in articles if one.metadata.collection == name) for name in names}

    def counted(kind: str, field: str) -> str:
        return table(kind, {name: getattr(side, field) for name, side in sides.items()})

    sizes = [[unit, *(str(side.sizes[unit]) for side in sides.values())] for unit in sides[names[0]].sizes]
    return {
        "sizes": lines([["unit", *names], ["---", *["---:"] * len(names)], *sizes]),
        "paragraphs": counted("role of the paragraph", "paragraphs"),
        "quotes": counted("type of the quote", "quotes"),
        "cues": counted("kind of cue", "cues"),
        "speakers": counted("form of the speaker", "speakers"),
        "terms": counted("kind of the term", "terms"),
        "entities": counted("type of the entity", "entities"),
        "mentions": counted("type of the entity mentioned", "mentions"),
        "forms": counted("form of the mention", "forms"),
        "annotators": counted("kind of annotator", "annotators"),
        "redistribution": counted("redistribution", "redistribution"),
    }


def likeness_table(articles: list[Article]) -> str:
    """The figures of composed articles beside those of published ones, which were measured where their words are."""
    composed = likeness([sample(article) for article in articles if article.metadata.origin == "composed"])
    published = measured()["figures"]
    rows = [["figure", "composed", "published"], ["---", "---:", "---:"]]
    return lines(rows + [[name, f"{composed[name]:.4g}", f"{published[name]:.4g}"] for name in composed])


def measured() -> dict[str, dict[str, float]]:
    return json.loads(NEWS.read_text(encoding="utf-8"))


def apart_table() -> str:
    """How well a classifier of letters tells the two kinds apart."""
    rows = [["of", "area under the curve"], ["---", "---:"]]
    return lines(rows + [[name, f"{value:.3f}"] for name, value in measured()["area under the curve"].items()])


def agreement_table() -> str:
    """How far the two readings of each collection agree; that there are none, when there are none."""
    if not all(reading.is_dir() for reading in READINGS):
        return "There are no second readings to compare yet.\n"
    _, *tables = agreement_tables(agree(*READINGS, by="collection").groups)
    columns = [f"{found.title.partition(':')[0]}: {name}" for found in tables for name in found.columns[1:]]
    rows = [["layer", *columns], ["---", *["---:"] * len(columns)]]
    sides = zip(*(one.rows for one in tables), strict=True)
    rows += [[row[0][0], *(cell for part in row for cell in part[1:])] for row in sides]
    sizes = " and ".join(found.title.replace(":", ",") for found in tables)
    return f"Over {sizes}.\n\n{lines(rows)}"


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
        **tables(articles),
        "likeness": likeness_table(articles),
        "apart": apart_table(),
        "agreement": agreement_table(),
    }
    return settle({SHEET: filled(sheet, figures)}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
