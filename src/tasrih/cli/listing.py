"""tasrih list and tasrih quotes."""

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

import click

from tasrih.choices import ROWS, Rows
from tasrih.cli.choosing import CORPUS, opened, text
from tasrih.cli.completing import terms
from tasrih.terminal import data, say

if TYPE_CHECKING:
    from tasrih.queries.answers import Row
    from tasrih.record import QuoteType

_FORMAT = click.option("--format", "rendering", type=click.Choice(ROWS), default="tsv", show_default=True)


@click.command("list", short_help="List articles: id, day, collection, quotes, headline.")
@CORPUS
@click.option("--collection", type=text, metavar="NAME", help="Only this collection.")
@click.option("--published", type=text, metavar="DATE", help="Only of this day, month or year: 2021-10.")
@_FORMAT
def list_(corpus: str | None, collection: str | None, published: str | None, rendering: Rows) -> None:
    """List the articles of the corpus, or of the records at CORPUS.

    A line each, with tabs between: id, day of publication, collection, number of quotes, headline.
    """
    rows = (
        {
            "id": article.id,
            "published": article.metadata.published,
            "collection": article.metadata.collection,
            "quotes": len(article.quotes),
            "headline": None if article.is_withheld else article.headline,
        }
        for article in opened(corpus).articles(collection=collection, published=published)
    )
    _put(rows, rendering, "No article is so. Without --collection and --published, all are listed.")


class _Asked(click.Command):
    """A command that takes a query, and says which fields there are."""

    def format_epilog(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        from tasrih.queries import FIELDS

        with formatter.section("Fields of a query"):
            told = (f"{field.holds}{': ' * bool(field.choices)}{', '.join(field.choices)}" for field in FIELDS.values())
            formatter.write_dl(list(zip(FIELDS, told, strict=True)))


@click.command(cls=_Asked, short_help="List quotes: who said what, in which words.")
@CORPUS
@click.option(
    "--speaker", type=text, metavar="NAME", help="Only of this speaker: a name, an id of entities.json, Q58217."
)
@click.option("--type", "kind", metavar="TYPE", help="Only of this type: direct, partial, indirect or unmarked.")
@click.option(
    "--where",
    "query",
    type=text,
    metavar="QUERY",
    shell_complete=terms,
    help="Only those of which all terms of a query hold: 'type=direct cue=قال أسعار'.",
)
@_FORMAT
def quotes(
    corpus: str | None, speaker: str | None, kind: "QuoteType | None", query: str | None, rendering: Rows
) -> None:
    """List the quotes of the corpus, or of the records at CORPUS.

    A line each, with tabs between: article, id of the quote, type, speaker, cue, words. In CSV a cell that a
    spreadsheet would take for a formula has an apostrophe before it. QUERY is terms with spaces between: words of the
    quote, and field=value. Values with spaces stand in marks, a|b is one or the other, * any, and - before a term is
    not.
    """
    from tasrih.queries.answers import row

    rows = map(row, opened(corpus).quotes(query, speaker=speaker, type=kind))
    asked_of_speaker = speaker or (query and "speaker" in query)
    _put(rows, rendering, "No quote is so. " + (_NO_SPEAKER if asked_of_speaker else _NONE))


_NO_SPEAKER = "A speaker is found by a name that the articles or entities.json have."
_NONE = (
    "All terms must hold of one quote: leave some out, or see `tasrih quotes --help` for the fields and their values."
)


def _put(rows: "Iterable[Row]", rendering: Rows, nothing: str) -> None:
    """Prints rows one by one; when there is none, `nothing` is said on standard error."""
    from tasrih.queries.answers import lines

    found = iter(rows)
    first = next(found, None)
    if first is None and rendering != "json":
        say(nothing, err=True)
    for line in lines(found if first is None else chain([first], found), rendering):
        (click.echo if rendering == "tsv" else data)(line)
