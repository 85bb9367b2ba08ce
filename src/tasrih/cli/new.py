"""tasrih new."""

import click

from tasrih.cli.choosing import text
from tasrih.terminal import clean, say


@click.command(short_help="Lay out a repository for a corpus of your own.")
@click.argument("folder", type=click.Path())
@click.option("--title", type=text, help="What the corpus is called; by default as the folder.")
@click.option("--author", "authors", multiple=True, type=text, metavar="NAME", help="Who it is by; may be repeated.")
def new(folder: str, title: str | None, authors: tuple[str, ...]) -> None:
    """Lay out a corpus repository in FOLDER, which is new, or empty but for .git.

    It has settings, a citation file, a datasheet, guidelines, one article as an example, tests, hooks and workflows;
    its README says what to do first.
    """
    import tasrih.starting

    place = tasrih.starting.new(folder, title, authors)
    say(clean(f"{place}: laid out. Its README.md says what comes first."))
