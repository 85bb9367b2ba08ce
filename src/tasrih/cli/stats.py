"""tasrih stats and tasrih cite: the corpus as a whole."""

import click

from tasrih.cli.choosing import CORPUS, opened
from tasrih.terminal import clean, say


@click.command(short_help="Count articles, quotes, speakers, entities.")
@CORPUS
def stats(corpus: str | None) -> None:
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


@click.command(short_help="Print how to cite the corpus, in BibTeX.")
@CORPUS
def cite(corpus: str | None) -> None:
    """Print how to cite the corpus, or the records or dataset at CORPUS, in BibTeX: by its CITATION.cff."""
    say(opened(corpus).cite())
