"""tasrih search."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tasrih.cli.choosing import Here, opened
from tasrih.cli.choosing import text as words
from tasrih.terminal import clean, right_to_left, say

if TYPE_CHECKING:
    from tasrih.article import Span

_AROUND = 30


@click.command(short_help="Find words in the corpus, with the text around them.")
@click.argument("text", type=words)
@click.option("--corpus", type=Here(path_type=Path), help="Corpus folder or JSON Lines to search.")
def search(text: str, corpus: Path | None) -> None:
    """Find words in the corpus that follow one another: one hit a line, with the text around it.

    Spelling variants, the article and what is written together with a word before it make no difference: أسعار is found
    in بأسعار and والأسعار, and سعر in neither.
    """
    is_found = False
    for hit in opened(corpus).search(text):
        is_found = True
        click.echo(f"{clean(hit.article.id)} {clean(hit.paragraph.id)}:{hit.start}\t{_shown(hit)}")
    if not is_found:
        say(clean(f"No hit: {text} is in no paragraph."), err=True)


def _shown(hit: "Span") -> str:
    """The hit with the words around it; … stands where the paragraph goes on."""
    left, match, right = map(clean, hit.context(_AROUND))
    before = "…" if hit.start > _AROUND else ""
    after = "…" if hit.end + _AROUND < len(hit.paragraph.text) else ""
    return right_to_left(f"{before}{left}{click.style(match, bold=True)}{right}{after}")
