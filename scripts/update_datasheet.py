"""Writes the corpus's figures into DATASHEET.md, and those of its likeness; with --check, says whether they are stale.

`tasrih datasheet` writes the same but the likeness, which was measured where the words of published articles are.
"""

import json
import sys
from collections.abc import Iterable

from generated import ROOT, arguments, settle

import tasrih
from tasrih.datasheet import figures, filled, lines
from tasrih.measures.likeness import likeness, sample

SHEET = ROOT / "DATASHEET.md"
NEWS = ROOT / "benchmarks" / "likeness.json"


def likeness_table(articles: Iterable[tasrih.Article]) -> str:
    """The figures of composed articles beside those of published ones, which were measured where their words are."""
    composed = likeness([sample(article.record) for article in articles if article.metadata.origin == "composed"])
    published = measured()["figures"]
    rows = [["figure", "composed", "published"], ["---", "---:", "---:"]]
    return lines(rows + [[name, f"{composed[name]:.4g}", f"{published[name]:.4g}"] for name in composed])


def measured() -> dict[str, dict[str, float]]:
    return json.loads(NEWS.read_text(encoding="utf-8"))


def apart_table() -> str:
    """How well a classifier of letters tells the two kinds apart."""
    rows = [["of", "area under the curve"], ["---", "---:"]]
    return lines(rows + [[name, f"{value:.3f}"] for name, value in measured()["area under the curve"].items()])


def main() -> int:
    given = arguments(__doc__).parse_args()
    corpus = tasrih.load(ROOT / "corpus")
    likeness_tables = {"likeness": lambda: likeness_table(corpus), "apart": apart_table}
    try:
        sheet = filled(SHEET.read_text(encoding="utf-8"), figures(corpus, ROOT / "corpus"), path=SHEET)
        sheet = filled(sheet, likeness_tables, "measured", SHEET)
    except tasrih.TasrihError as error:
        sys.exit(str(error))
    return settle({SHEET: sheet}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
