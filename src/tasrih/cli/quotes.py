"""tasrih quotes."""

from typing import TYPE_CHECKING

import click

from tasrih.cli.choosing import opened
from tasrih.cli.rows import CORPUS, FORMAT, Rows, put
from tasrih.cli.typed import text

if TYPE_CHECKING:
    from tasrih.record import QuoteType


@click.command(short_help="List quotes: who said what, in which words.")
@CORPUS
@click.option(
    "--speaker", type=text, metavar="NAME", help="Only of this speaker: a name, an id of entities.json, Q58217."
)
@click.option("--type", "kind", metavar="TYPE", help="Only of this type: direct, partial or indirect.")
@FORMAT
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
            "cue": quote.cue.text if quote.cue else None,
            "text": quote.text,
        }
        for quote in opened(corpus).quotes(speaker=speaker, type=kind)
    )
    put(rows, rendering, "No quote is so. A speaker is found by a name that the articles or entities.json have.")
