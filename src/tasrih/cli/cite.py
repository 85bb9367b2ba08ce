"""tasrih cite."""

from pathlib import Path

import click

from tasrih.cli.choosing import opened
from tasrih.terminal import say


@click.command(short_help="Print how to cite the corpus, in BibTeX.")
@click.argument("corpus", required=False, type=click.Path(exists=True, path_type=Path))
def cite(corpus: Path | None) -> None:
    """Print how to cite the corpus, or the records or dataset at CORPUS, in BibTeX: by its CITATION.cff."""
    say(opened(corpus).cite())
