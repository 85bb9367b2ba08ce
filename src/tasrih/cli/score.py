"""tasrih score and tasrih agree."""

import sys
from typing import TYPE_CHECKING, Any, Literal, NoReturn, get_args

import click

from tasrih.choices import GIVEN, GROUPINGS, REPORTS, SCORE_GROUPINGS, Grouping
from tasrih.terminal import clean, data, say

if TYPE_CHECKING:
    from tasrih.scoring.tables import Table

_BY = "Break the figures down by what the first side says."
Figures = Literal["text", "json"]


@click.command(short_help="Hold records against a gold standard.")
@click.argument("gold", type=click.Path(exists=True))
@click.argument("predicted", nargs=-1, metavar="PREDICTED...", type=click.Path(exists=True))
@click.option("--by", type=click.Choice(SCORE_GROUPINGS), help=_BY)
@click.option("--given", type=click.Choice(GIVEN), help="Attribution alone, of what was found of these.")
@click.option("--ceiling", is_flag=True, help="What the second reading of the corpus scores, beside.")
@click.option(
    "--compare", "compared", is_flag=True, help="What the second of two systems gains, and whether by chance."
)
@click.option("--card", "carded", is_flag=True, help="As results for the card of a model, in YAML.")
@click.option("--format", "rendering", type=click.Choice(REPORTS), default="text")
def score(gold: str, predicted: tuple[str, ...], **wanted: Any) -> None:
    """Hold the records in PREDICTED against those in GOLD: files, folders or JSON Lines; several are set side by side.

    Articles are paired by id. Exit code 0: all were. 1: some are missing on one side, and did not count. 2: the
    command was used wrongly.
    """
    from tasrih.identity import identity
    from tasrih.scoring.card import card
    from tasrih.scoring.ceiling import CEILING, second_reading
    from tasrih.scoring.comparison import compare_report
    from tasrih.scoring.reports import names, score_report
    from tasrih.scoring.scores import score_all

    titles = names(predicted)
    paths = [*predicted]
    if wanted["ceiling"]:
        titles.append(CEILING)
        paths.append(str(second_reading(gold)))
    _refuse(len(paths), wanted)
    groups, missing = score_all(gold, paths, by=wanted["by"], given=wanted["given"])
    if wanted["carded"]:
        click.echo(card(groups[0], titles[0], identity([gold]).name), nl=False)
        _end(missing)
    report = compare_report if wanted["compared"] else score_report
    _print(report(dict(zip(titles, groups, strict=True)), missing, wanted["rendering"]), missing, wanted["rendering"])


def _refuse(systems: int, wanted: dict[str, Any]) -> None:
    """Raises UsageError for fewer or more systems than are asked for."""
    if not systems:
        raise click.UsageError("Missing argument 'PREDICTED...': give records to score, or --ceiling.")
    if wanted["compared"] and systems != 2:
        raise click.UsageError(f"--compare is of two systems, and here are {systems}; --ceiling is one.")
    if wanted["carded"] and systems != 1:
        raise click.UsageError(f"--card is of one system, and here are {systems}.")


@click.command(short_help="Measure how far annotators agree.")
@click.argument("annotators", nargs=-1, required=True, metavar="A B...", type=click.Path(exists=True))
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


def _print(rendered: "str | list[Table]", missing: dict[str, list[str]], rendering: str) -> NoReturn:
    if not isinstance(rendered, str):
        _print_tables(rendered)
    elif rendering == "json":
        data(rendered)
    else:
        click.echo(rendered, nl=False)
    _end(missing)


def _end(missing: dict[str, list[str]]) -> NoReturn:
    """Tells of articles that did not count; exits with 1 when there are any."""
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
            printed.add_column(Text(clean(column)), justify="right" if number else "left", no_wrap=True)
        for row in table.rows:
            printed.add_row(*(Text(clean(cell)) for cell in row))
        console.print(printed)
