"""tasrih score and tasrih agree."""

import sys
from typing import TYPE_CHECKING, Literal, get_args

import click

from tasrih.choices import GROUPINGS, Grouping
from tasrih.terminal import clean, data, say

if TYPE_CHECKING:
    from tasrih.scoring.tables import Table

_BY = click.option("--by", type=click.Choice(GROUPINGS), help="Break the figures down by what the first side says.")
Figures = Literal["text", "json"]
_FORMAT = click.option("--format", "rendering", type=click.Choice(get_args(Figures)), default="text")


@click.command(short_help="Hold records against a gold standard.")
@click.argument("gold", type=click.Path(exists=True))
@click.argument("predicted", type=click.Path(exists=True))
@_BY
@_FORMAT
def score(gold: str, predicted: str, by: Grouping | None, rendering: Figures) -> None:
    """Hold the records in PREDICTED against those in GOLD: files, folders or JSON Lines.

    Articles are paired by id. Exit code 0: all were. 1: some are missing on one side, and did not count. 2: the
    command was used wrongly.
    """
    import tasrih
    from tasrih.scoring.reports import score_json, score_tables

    found = tasrih.score(gold, predicted, by=by)
    systems = {"": found.groups}
    rendered = score_json(systems, found.missing) if rendering == "json" else score_tables(systems)
    _print(rendered, found.missing)


@click.command(short_help="Measure how far annotators agree.")
@click.argument("annotators", nargs=-1, required=True, metavar="A B...", type=click.Path(exists=True))
@_BY
@_FORMAT
def agree(annotators: tuple[str, ...], by: Grouping | None, rendering: Figures) -> None:
    """Measure how far two or more annotators agree, whose records are in A, B and so on.

    Krippendorff's alpha over tokens, F1 over items (of several pairs the mean). Articles are paired by id. Exit code
    0: all were. 1: some are missing on one side, and did not count. 2: the command was used wrongly.
    """
    import tasrih
    from tasrih.scoring.tables import agreement_json, agreement_tables

    found = tasrih.agree(*annotators, by=by)
    rendered = agreement_json(found.groups, found.missing) if rendering == "json" else agreement_tables(found.groups)
    _print(rendered, found.missing)


def _print(rendered: "str | list[Table]", missing: dict[str, list[str]]) -> None:
    if isinstance(rendered, str):
        data(rendered)
    else:
        _print_tables(rendered)
    for side, ids in missing.items():
        say(clean(f"{side} lacks {', '.join(ids)}."), err=True)
    sys.exit(1 if missing else 0)


def _print_tables(tables: "list[Table]") -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table as Printed
    from rich.text import Text

    from tasrih.scoring.tables import fitting

    console = Console()
    for table in (part for whole in tables for part in fitting(whole, console.width)):
        printed = Printed(box=box.SIMPLE_HEAD, padding=0, title=Text(clean(table.title)), title_justify="left")
        for number, column in enumerate(table.columns):
            printed.add_column(column, justify="right" if number else "left", no_wrap=True)
        for row in table.rows:
            printed.add_row(*(Text(clean(cell)) for cell in row))
        console.print(printed)
