"""tasrih cite."""

import click


@click.command(short_help="Print how to cite this version, in BibTeX.")
def cite() -> None:
    """Print how to cite this version of the corpus, in BibTeX."""
    import tasrih
    from tasrih.terminal import say

    say(tasrih.load().cite())
