"""tasrih datasheet."""

import sys

import click

from tasrih.cli.choosing import CORPUS, chosen
from tasrih.terminal import clean, say


@click.command(short_help="Write the corpus's figures into its DATASHEET.md.")
@CORPUS
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 when a figure is stale.")
def datasheet(corpus: str | None, check: bool) -> None:
    """Write the tables of figures into the DATASHEET.md in the corpus folder or beside it.

    A table stands between <!-- figures:NAME --> and <!-- end -->, and is counted anew; the rest stays. Names: sizes,
    paragraphs, quotes, cues, speakers, terms, entities, mentions, forms, phenomena, origins, annotators,
    redistribution, agreement.
    Exit code 0: the figures are those of the corpus. 1: with --check, they are not. 2: there is no sheet to fill.
    """
    from tasrih.datasheet import renewed
    from tasrih.files import replace

    found = chosen([corpus] if corpus else [])
    change = renewed(found.paths, found.within)
    if change.is_stale and not check:
        replace(change.file, change.after)
    told = ("stale" if check else "written") if change.is_stale else "up to date"
    say(clean(f"{change.file}: {told}."))
    sys.exit(1 if check and change.is_stale else 0)
