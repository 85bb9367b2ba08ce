"""The figures of results/*.json, from their predictions, and the tables of docs/leaderboard.md, from the figures.

Offsets need no words, so the corpus as it is committed will do. What a result says of its system stays as it is.
"""

import re
import sys
from typing import Any

from generated import ROOT, arguments, settle
from submissions import CORPUS, Figure, Result, figures, measured, results, scored

import tasrih
from tasrih.scoring.ceiling import CEILING, second_reading

PAGE = ROOT / "docs/leaderboard.md"
_PLACE = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_COLUMNS = {
    "attribution": "attribution",
    "quotes overlap": "quotes ≥ ½",
    "quotes exact": "quotes",
    "cues overlap": "cues ≥ ½",
    "speakers overlap": "speakers ≥ ½",
    "terms exact": "terms",
    "mentions exact": "mentions",
}
"""What stands in the tables, the first of which ranks."""
Row = tuple[str, str, dict[str, Any]]


def table(rows: list[Row]) -> str:
    """The systems of a group of articles, the best one first, with what each was trained on."""
    first = next(iter(_COLUMNS))
    ranked = sorted(rows, key=lambda row: -((row[2].get(first) or [None])[0] or 0))
    lines = [f"| system | trained on | {' | '.join(_COLUMNS.values())} |", "| --- | --- |" + " ---: |" * len(_COLUMNS)]
    for name, trained, found in ranked:
        lines.append(f"| {name} | {trained} | {' | '.join(_cell(found.get(key)) for key in _COLUMNS)} |")
    return "\n".join(lines)


def _cell(figure: Figure | None) -> str:
    if figure is None or figure[0] is None:
        return "–"
    rate, *ends = figure
    return f"{rate:.3f}" if None in ends else f"{rate:.3f} ({'–'.join(f'{end:.2f}' for end in ends)})"


def systems(found: list[Result]) -> str:
    """Who made each system, when, how, and how many of its answers cannot be read."""
    lines = ["| system | who | date | how | answers | invalid |", "| --- | --- | --- | --- | ---: | ---: |"]
    for one in found:
        counted = one.invalid
        sizes = [str(counted.answers), str(counted.invalid)] if counted else ["", ""]
        lines.append(f"| {_linked(one)} | {one.who} | {one.date} | {one.trained.how} | {' | '.join(sizes)} |")
    return "\n".join(lines)


def _linked(result: Result) -> str:
    if result.code is None:
        return result.system
    return f"[{result.system}]({result.code if '://' in result.code else f'../{result.code}/README.md'})"


def page(found: list[Result]) -> str:
    """The page, with its tables made anew."""
    ceiling = figures(scored({CEILING: second_reading(CORPUS)})[CEILING])
    made = {"systems": systems(found)}
    for group in ("news", "composed"):
        rows: list[Row] = [
            (_linked(one), one.trained.on or "–", one.figures[group])
            for one in found
            if one.figures and group in one.figures
        ]
        made[group] = table([*rows, (f"*{CEILING}*", "–", ceiling[group])])
    return _PLACE.sub(lambda place: f"{place[1]}{made[place[2]]}\n{place[3]}", PAGE.read_text("utf-8"))


def main() -> int:
    """Writes the results and the page; the exit code."""
    given = arguments(__doc__).parse_args()
    try:
        wanted = measured(results(), tasrih.__version__)
    except tasrih.TasrihError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    listed = [Result.model_validate_json(text) for text in wanted.values()]
    return settle(wanted | {PAGE: page(listed)}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
