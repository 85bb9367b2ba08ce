"""tasrih score and tasrih agree."""

import sys
from typing import TYPE_CHECKING, Literal, cast, get_args

import click

from tasrih.choices import GROUPINGS, LAYERS, Grouping, Layer
from tasrih.cli.choosing import opened
from tasrih.record import Split
from tasrih.terminal import clean, data, say

if TYPE_CHECKING:
    from tasrih.scoring.tables import Table

_TOLD = 5  # ids of articles that are missing
_BY = click.option("--by", type=click.Choice(GROUPINGS), help="Break the figures down by what the first side says.")
Figures = Literal["text", "json"]
_FORMAT = click.option("--format", "rendering", type=click.Choice(get_args(Figures)), default="text")


def _layers(_: click.Context, __: click.Parameter, given: str | None) -> list[Layer] | None:
    """Names with commas between them."""
    return None if given is None else cast("list[Layer]", [name.strip() for name in given.split(",")])


@click.command(short_help="Hold predictions against a gold standard.")
@click.argument("paths", nargs=-1, required=True, metavar="[GOLD] PREDICTED...", type=click.Path(True, allow_dash=True))
@click.option("--split", type=click.Choice(get_args(Split)), help="Of GOLD only these articles, and all of them.")
@click.option("--layers", callback=_layers, help=f"What counts, with commas: {','.join(LAYERS)}.")
@_BY
@_FORMAT
def score(
    paths: tuple[str, ...], split: Split | None, layers: list[Layer] | None, by: Grouping | None, rendering: Figures
) -> None:
    """Hold what PREDICTED says against the records in GOLD: files, folders, JSON Lines, or - for standard input.

    PREDICTED has predictions, as docs/benchmark.md tells, or records. GOLD may be left out where PREDICTED has
    predictions, or where it is alone with --split: the corpus is meant then. Articles are paired by id. Exit code 0:
    all were. 1: some are missing on one side; with --split they count as articles in which nothing was found, and else
    they do not count. 2: the command was used wrongly.
    """
    from tasrih.scoring.systems import compared, remarks, systems_json, systems_tables, told_apart

    gold, predicted = told_apart(paths, split)
    found = compared(gold or opened(None), predicted, by=by, split=split, layers=layers)
    first = next(iter(found.values()))
    _print(systems_json(found) if rendering == "json" else systems_tables(found), first.missing)
    for path, scores in found.items():
        for line in remarks(path, scores, layers):
            say(clean(line), err=True)
    sys.exit(1 if first.missing else 0)


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
    sys.exit(1 if found.missing else 0)


def _print(rendered: "str | list[Table]", missing: dict[str, list[str]]) -> None:
    if isinstance(rendered, str):
        data(rendered)
    else:
        _print_tables(rendered)
    for side, ids in missing.items():
        more = f" and {len(ids) - _TOLD} more" if len(ids) > _TOLD else ""
        say(clean(f"{side} lacks {', '.join(ids[:_TOLD])}{more}."), err=True)


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
