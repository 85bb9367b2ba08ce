"""tasrih show."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tasrih.cli.choosing import chosen

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from tasrih.article import Article, Paragraph, Span

_STYLES = {"direct": "green", "partial": "yellow", "indirect": "cyan", "speaker": "bold magenta", "cue": "bold red"}


@click.command(short_help="Print an article with its quotes and entities marked.")
@click.argument("article_id", metavar="ID")
@click.option("--corpus", type=click.Path(exists=True, path_type=Path), help="Corpus folder or JSON Lines it is in.")
def show(article_id: str, corpus: Path | None) -> None:
    """Print the article ID: quotes in colour by type, cues and speakers in bold, entities underlined."""
    from rich.console import Console

    from tasrih.corpus import loaded

    found = chosen([corpus] if corpus else [])
    _print(Console(highlight=False), loaded(found.paths, found.within)[article_id])


def _print(console: "Console", article: "Article") -> None:
    from rich.text import Text

    from tasrih.terminal import clean, right_to_left

    metadata = article.metadata
    console.print(Text(clean(" · ".join(filter(None, [article.id, metadata.published, metadata.agency])))))
    console.print(Text.assemble(*((f"{name}  ", style) for name, style in _STYLES.items()), ("entity", "underline")))
    for paragraph in article.paragraphs:
        console.print(Text(f"\n{clean(paragraph.id)} {paragraph.role}", "dim"))
        for line in _styled(article, paragraph).wrap(console, console.width - 2):
            console.print(Text("\u2067").append_text(line).append("\u2069"))
    console.print()
    for quote in article.quotes:
        speaker = right_to_left(clean(quote.speaker.name)) if quote.speaker else "?"
        cue = right_to_left(clean(quote.cue.text)) if quote.cue else "-"
        console.print(
            Text(clean(f"{quote.id:4}{quote.type:9}{quote.spans[0].paragraph.id:4}")), Text(f"{speaker} ← {cue}")
        )


def _styled(article: "Article", paragraph: "Paragraph") -> "Text":
    from rich.text import Text

    from tasrih.terminal import clean

    text = Text(clean(paragraph.text), end="")
    for style, span in _spans(article):
        if span.record.paragraph == paragraph.id:
            text.stylize(style, span.start, span.end)
    return text


def _spans(article: "Article") -> "list[tuple[str, Span]]":
    spans: list[tuple[str, Span]] = [("underline", mention) for mention in article.mentions()]
    for quote in article.quotes:
        spans += [(_STYLES[quote.type], span) for span in quote.spans]
        spans += [(_STYLES["cue"], quote.cue)] if quote.cue else []
        spans += [(_STYLES["speaker"], quote.speaker.span)] if quote.speaker and quote.speaker.span else []
    return spans
