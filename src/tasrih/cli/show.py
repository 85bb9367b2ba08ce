"""tasrih show."""

import os
from typing import TYPE_CHECKING

import click

from tasrih.cli.choosing import Here, opened
from tasrih.cli.choosing import text as words
from tasrih.cli.completing import articles as completed
from tasrih.errors import ArgumentError
from tasrih.terminal import clean, right_to_left

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from tasrih.article import Article, Paragraph, Quote, Span, Term

_STYLES = {
    "direct": "green",
    "partial": "yellow",
    "indirect": "cyan",
    "unmarked": "bright_green",
    "term": "blue",
    "speaker": "bold magenta",
    "cue": "bold red",
    "entity": "underline",
}


@click.command(short_help="Print an article with its quotes and entities marked.")
@click.argument("article", metavar="ID|FILE", type=words, shell_complete=completed)
@click.option("--corpus", type=Here(), help="Corpus folder or JSON Lines it is in.")
def show(article: str, corpus: str | None) -> None:
    """Print an article by its ID, or the record or draft in FILE.

    Quotes are in colour by type, cues and speakers in bold, entities underlined. Where there are no colours, in a pipe
    or by NO_COLOR, there are marks: ⟦q1 …⟧. The quotes and terms are listed below.
    """
    from rich.console import Console

    console = Console(highlight=False)
    coloured = bool(console.color_system) and not console.no_color
    _print(console if coloured else Console(highlight=False, color_system=None), _found(article, corpus), coloured)


def _found(wanted: str, corpus: str | None) -> "Article":
    from tasrih.corpus import loaded

    if corpus is None and (os.path.isfile(wanted) or wanted.endswith(".json")):  # noqa: PTH113
        held = loaded([wanted])
        if len(held) != 1:
            raise ArgumentError(f"holds {len(held)} articles. Name one: tasrih show --corpus {wanted} ID.", path=wanted)
        return next(iter(held))
    return opened(corpus)[wanted]


def _print(console: "Console", article: "Article", coloured: bool) -> None:
    from rich.text import Text

    from tasrih.marking import LEGEND

    metadata = article.metadata
    console.print(Text(clean(" · ".join(filter(None, [article.id, metadata.published, metadata.agency])))))
    if article.is_withheld:
        console.print(Text("Its words are withheld. `tasrih hydrate` puts them back where the text is."))
    styles = Text("  ").join(Text(name, style) for name, style in _STYLES.items())
    console.print(styles if coloured else Text(LEGEND))
    for paragraph in article.paragraphs:
        console.print(Text(f"\n{clean(paragraph.id)} {paragraph.role}", "dim"))
        _print_arabic(console, _styled(paragraph, coloured))
    console.print()
    for quote in article.quotes:
        speakers = (quote.speaker.entity, *quote.speaker.others) if quote.speaker else ()
        speaker = " + ".join(_isolated(one.name) for one in speakers) or "?"
        cue = _isolated(quote.cue.text) if quote.cue else "-"
        _print_item(console, quote, quote.type, quote.spans[0], f"{speaker} ← {cue}")
        _print_arabic(console, Text(clean(quote.text), _STYLES[quote.type]), "    ")
    for term in article.terms:
        meant = f" = {_isolated(term.entity.name)}" if term.entity else ""
        _print_item(console, term, term.kind, term.span, f"{_isolated(term.text)}{meant}")


def _print_arabic(console: "Console", text: "Text", before: str = "") -> None:
    from rich.text import Text

    for line in text.wrap(console, console.width - 2 - len(before)):
        console.print(Text(before), Text("\u2067").append_text(line).append("\u2069"), sep="")


def _print_item(console: "Console", item: "Quote | Term", kind: str, place: "Span", told: str) -> None:
    from rich.text import Text

    console.print(Text(clean(f"{item.id:4}{kind:9}{place.paragraph.id:4}")), Text(told))


def _isolated(text: str) -> str:
    return right_to_left(clean(text))


def _styled(paragraph: "Paragraph", coloured: bool) -> "Text":
    from rich.text import Text

    from tasrih.marking import marked, plainly

    if not coloured:
        return Text(clean(plainly(paragraph)), end="")
    text = Text(clean(paragraph.text), end="")
    for kind, name, span, _ in marked(paragraph.article):
        if span.record.paragraph == paragraph.id:
            style = _STYLES[paragraph.article.quote(name).type if kind == "quote" else kind]
            text.stylize(style, span.start, span.end)
    return text
