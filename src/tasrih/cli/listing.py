"""tasrih list and tasrih quotes: a line each with tabs between, or one JSON document."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from tasrih.cli.choosing import CORPUS, opened, text
from tasrih.terminal import clean, data, say

if TYPE_CHECKING:
    from tasrih.record import QuoteType

Rows = Literal["tsv", "json"]
_FORMAT = click.option("--format", "rendering", type=click.Choice(get_args(Rows)), default="tsv", show_default=True)


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


@click.command(short_help="List quotes: who said what, in which words.")
@CORPUS
@click.option(
    "--speaker", type=text, metavar="NAME", help="Only of this speaker: a name, an id of entities.json, Q58217."
)
@click.option("--type", "kind", metavar="TYPE", help="Only of this type: direct, partial, indirect or unmarked.")
@_FORMAT
def quotes(corpus: str | None, speaker: str | None, kind: "QuoteType | None", rendering: Rows) -> None:
    """List the quotes of the corpus, or of the records at CORPUS.

    A line each, with tabs between: article, id of the quote, type, speaker, cue, words.
    """
    rows = (
        {
            "article": quote.article.id,
            "quote": quote.id,
            "type": quote.type,
            "speaker": quote.speaker.name if quote.speaker else None,
            "cue": quote.cue.text if quote.cue and not quote.article.is_withheld else None,
            "text": None if quote.article.is_withheld else quote.text,
        }
        for quote in opened(corpus).quotes(speaker=speaker, type=kind)
    )
    _put(rows, rendering, "No quote is so. A speaker is found by a name that the articles or entities.json have.")


def _put(rows: Iterable[dict[str, Any]], rendering: Rows, nothing: str) -> None:
    """Prints rows; when there is none, `nothing` is said on standard error."""
    if rendering == "json":
        data(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return
    is_empty = True
    for row in rows:
        is_empty = False
        click.echo("\t".join("" if value is None else clean(str(value)) for value in row.values()))
    if is_empty:
        say(nothing, err=True)
