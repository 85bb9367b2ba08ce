"""tasrih score and tasrih agree."""

import sys
from typing import TYPE_CHECKING, Any, Literal, cast, get_args

import click

from tasrih.arguments import shown
from tasrih.choices import GIVEN, GROUPINGS, LAYERS, REPORTS, SCORE_GROUPINGS, Grouping, Layer
from tasrih.cli.choosing import Here, chosen
from tasrih.settings import Chosen
from tasrih.terminal import clean, data, say

if TYPE_CHECKING:
    from tasrih.scoring.reports import Scores
    from tasrih.scoring.tables import Table

_TOLD = 5  # ids of articles that are missing
_BY = "Break the figures down by what the first side says."
Figures = Literal["text", "json"]


def _layers(_: click.Context, __: click.Parameter, given: str | None) -> list[Layer] | None:
    """Names with commas between them."""
    return None if given is None else cast("list[Layer]", [name.strip() for name in given.split(",")])


@click.command(short_help="Hold predictions against a gold standard.")
@click.argument("paths", nargs=-1, metavar="[GOLD] PREDICTED...", type=Here(allow_dash=True))
@click.option("--split", metavar="SPLIT", help="Of GOLD only train, validation or test, and all articles of it.")
@click.option("--layers", callback=_layers, help=f"What counts, with commas: {','.join(LAYERS)}.")
@click.option("--by", type=click.Choice(SCORE_GROUPINGS), help=_BY)
@click.option("--given", type=click.Choice(GIVEN), help="Attribution alone, of what was found of these.")
@click.option("--ceiling", is_flag=True, help="What the second reading of the corpus scores, beside.")
@click.option(
    "--compare", "compared", is_flag=True, help="What the second of two systems gains, and whether by chance."
)
@click.option("--card", "carded", is_flag=True, help="As results for the card of a model, in YAML.")
@click.option("--format", "rendering", type=click.Choice(REPORTS), default="text")
def score(paths: tuple[str, ...], **wanted: Any) -> None:
    """Hold what PREDICTED says against the records in GOLD: files, folders, JSON Lines, or - for standard input.

    PREDICTED has predictions, as docs/benchmark.md tells, or records; several are set side by side. GOLD may be left
    out where PREDICTED has predictions, or where it is alone with --split: the corpus is meant then. Articles are
    paired by id. Exit code 0: all were. 1: some are missing on one side; with --split they count as articles in which
    nothing was found, and else they do not count. 2: the command was used wrongly.
    """
    from tasrih.corpus import loaded
    from tasrih.scoring.ceiling import second_reading
    from tasrih.scoring.scores import Wanted, score_all
    from tasrih.scoring.systems import named, remarks, told_apart

    has_ceiling = wanted["ceiling"]
    gold, predicted = told_apart(paths, is_split=wanted["split"] is not None, has_ceiling=has_ceiling)
    source = chosen([gold] if gold else [])
    systems = named(predicted, str(second_reading(source.within or source.paths[0])) if has_ceiling else None)
    _refuse(len(systems), wanted)
    counted = Wanted(wanted["by"], wanted["given"], wanted["layers"])
    found = score_all(gold or loaded(source.paths, source.within), systems, counted, wanted["split"])
    missing = next(iter(found.values())).missing
    _print(_reported(found, missing, wanted, source), missing, wanted["rendering"])
    for path, scores in zip(systems.values(), found.values(), strict=True):
        for line in remarks(path, scores, counted):
            say(clean(line), err=True)
    sys.exit(1 if missing else 0)


def _reported(
    found: "dict[str, Scores]", missing: dict[str, list[str]], wanted: dict[str, Any], source: Chosen
) -> "str | list[Table]":
    from tasrih.identity import identity
    from tasrih.scoring.card import card
    from tasrih.scoring.comparison import compare_report
    from tasrih.scoring.reports import score_report

    if wanted["carded"]:
        ((name, scores),) = found.items()
        return card(scores.groups, name, identity(source.paths, source.within).name, wanted["split"])
    report = compare_report if wanted["compared"] else score_report
    return report(found, missing, wanted["rendering"])


def _refuse(systems: int, wanted: dict[str, Any]) -> None:
    """Raises UsageError for fewer or more systems than are asked for."""
    if wanted["compared"] and systems != 2:
        raise click.UsageError(f"--compare is of two systems, and here are {systems}; --ceiling is one.")
    if wanted["carded"] and systems != 1:
        raise click.UsageError(f"--card is of one system, and here are {systems}.")


@click.command(short_help="Measure how far annotators agree.")
@click.argument("annotators", nargs=-1, required=True, metavar="A B...", type=Here())
@click.option("--by", type=click.Choice(GROUPINGS), help=_BY)
@click.option("--format", "rendering", type=click.Choice(get_args(Figures)), default="text")
def agree(annotators: tuple[str, ...], by: Grouping | None, rendering: Figures) -> None:
    """Measure how far two or more annotators agree, whose records are in A, B and so on.

    Krippendorff's alpha over tokens, F1 over items (of several pairs the mean). Articles are paired by id. Exit code
    0: all were. 1: some are missing on one side, and did not count. 2: the command was used wrongly.
    """
    import tasrih
    from tasrih.scoring.tables import agreement_json, agreement_tables

    found = tasrih.agree(*annotators, by=by)
    rendered = agreement_json(found.groups, found.missing) if rendering == "json" else agreement_tables(found.groups)
    _print(rendered, found.missing, rendering)
    sys.exit(1 if found.missing else 0)


def _print(rendered: "str | list[Table]", missing: dict[str, list[str]], rendering: str) -> None:
    if not isinstance(rendered, str):
        _print_tables(rendered)
    elif rendering == "json":
        data(rendered)
    else:
        click.echo(rendered, nl=False)
    for side, ids in missing.items():
        more = f" and {len(ids) - _TOLD} more" if len(ids) > _TOLD else ""
        say(clean(f"{side} lacks {', '.join(map(shown, ids[:_TOLD]))}{more}."), err=True)


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
            printed.add_column(Text(clean(column)), justify="right" if number else "left", no_wrap=True)
        for row in table.rows:
            printed.add_row(*(Text(clean(cell)) for cell in row))
        console.print(printed)
