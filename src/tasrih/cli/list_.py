"""tasrih list."""

import click

from tasrih.cli.choosing import opened
from tasrih.cli.rows import CORPUS, FORMAT, Rows, put
from tasrih.cli.typed import text


@click.command("list", short_help="List articles: id, day, collection, quotes, headline.")
@CORPUS
@click.option("--collection", type=text, metavar="NAME", help="Only this collection.")
@click.option("--published", type=text, metavar="DATE", help="Only of this day, month or year: 2021-10.")
@FORMAT
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
            "headline": article.headline,
        }
        for article in opened(corpus).articles(collection=collection, published=published)
    )
    put(rows, rendering, "No article is so. Without --collection and --published, all are listed.")
