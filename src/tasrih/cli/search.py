"""tasrih search."""

from pathlib import Path

import click

from tasrih.cli.choosing import chosen
from tasrih.cli.typed import text as words


@click.command(short_help="Find words in the corpus, with the text around them.")
@click.argument("text", type=words)
@click.option("--corpus", type=click.Path(exists=True, path_type=Path), help="Corpus folder or JSON Lines to search.")
def search(text: str, corpus: Path | None) -> None:
    """Find TEXT in the corpus, spelling variants included: one hit a line, with the text around it."""
    from tasrih.corpus import loaded
    from tasrih.terminal import clean, right_to_left

    found = chosen([corpus] if corpus else [])
    for hit in loaded(found.paths, found.within).search(text):
        left, match, right = map(clean, hit.context(30))
        words = right_to_left(f"…{left}{click.style(match, bold=True)}{right}…")
        click.echo(f"{clean(hit.article.id)} {clean(hit.paragraph.id)}:{hit.start}\t{words}")
