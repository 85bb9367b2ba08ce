"""tasrih stats."""

from pathlib import Path

import click

from tasrih.cli.choosing import opened
from tasrih.terminal import clean


@click.command(short_help="Count articles, quotes, speakers, entities.")
@click.argument("corpus", required=False, type=click.Path(exists=True, path_type=Path))
def stats(corpus: Path | None) -> None:
    """Count what is in the corpus, or in the records at CORPUS."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from tasrih.statistics import ordered, statistics

    articles = (article.record for article in opened(corpus))

    table = Table("", "", "count", box=box.SIMPLE_HEAD)
    table.columns[2].justify = "right"
    for name, counter in vars(statistics(articles)).items():
        for number, (kind, count) in enumerate(ordered(name, counter)):
            table.add_row("" if number else name, Text(clean(kind)), f"{count:,}")
        table.add_section()
    Console().print(table)
