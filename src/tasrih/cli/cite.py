"""tasrih cite."""

import click


@click.command(short_help="Print how to cite this version, in BibTeX.")
def cite() -> None:
    """Print how to cite this version of the corpus, in BibTeX."""
    import tasrih

    click.echo(tasrih.load().cite())
