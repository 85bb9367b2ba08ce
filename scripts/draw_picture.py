"""Draws the pictures of the corpus in docs: a quote, an overview, phenomena; with --check, says which are stale."""

import sys
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape

from generated import ROOT, arguments, settle

import tasrih
from tasrih import Quote, Span
from tasrih.pictures import FONTS, INK, PAPER, RULE, overview, phenomena_chart
from tasrih.statistics import statistics

DOCS = ROOT / "docs"
ARTICLE, QUOTE = "2021-10-13-lavrov-afghanistan", "q4"

WIDTH, HEIGHT, MARGIN = 920, 232, 44
LINE_LENGTH, LINE_HEIGHT = 76, 44


class Mark(NamedTuple):
    """A span to colour; its number ties it to its label without the colour."""

    span: Span
    colour: str
    weight: str
    number: str
    label: str
    at: int


def marks(quote: Quote) -> list[Mark]:
    cue, speaker = quote.cue, quote.speaker
    if cue is None or speaker is None or speaker.span is None:
        sys.exit(f"{quote.id}: the picture needs a quote with a cue and a speaker in the text")
    name = f'<tspan xml:lang="ar" direction="rtl" unicode-bidi="isolate">{escape(speaker.name)}</tspan>'
    identifiers = "".join(f", {identifier}" for identifier in speaker.entity.identifiers.values())
    return [
        Mark(cue, "#a83c00", "bold", "¹", f"cue · {cue.kind}", 0),
        Mark(speaker.span, "#0b55a8", "bold", "²", f"speaker → {name}{identifiers}", 220),
        Mark(quote.spans[0], "#00665a", "normal", "³", f"quote · {quote.type}", 640),
    ]


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines start and end, broken between words."""
    start = 0
    while len(text) - start > LINE_LENGTH:
        end = text.rindex(" ", start, start + LINE_LENGTH + 1)
        yield start, end
        start = end + 1
    yield start, len(text)


def coloured(text: str, start: int, end: int, marked: list[Mark]) -> str:
    """One line of the text, with a tspan for what each mark covers of it."""
    inside = (place for mark in marked for place in (mark.span.start, mark.span.end) if start < place < end)
    return "".join(piece(text, *ends, marked) for ends in pairwise(sorted({start, end, *inside})))


def piece(text: str, start: int, end: int, marked: list[Mark]) -> str:
    words = escape(text[start:end])
    for mark in marked:
        if mark.span.start <= start and end <= mark.span.end:
            number = mark.number if end == mark.span.end else ""
            return f'<tspan fill="{mark.colour}" font-weight="{mark.weight}">{words}{number}</tspan>'
    return words


def drawn(quote: Quote) -> str:
    marked = marks(quote)
    text = quote.spans[0].paragraph.text
    sentence = "\n".join(
        f'  <text x="{WIDTH - MARGIN}" y="{60 + LINE_HEIGHT * number}">{coloured(text, *ends, marked)}</text>'
        for number, ends in enumerate(lines(text))
    )
    labels = "\n".join(
        f'  <text x="{MARGIN + mark.at}" y="{HEIGHT - 26}" fill="{mark.colour}">{mark.number} {mark.label}</text>'
        for mark in marked
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"
  role="img" aria-labelledby="title desc" font-family="{FONTS}">
<title id="title">Who said what: one sentence of the corpus, annotated</title>
<desc id="desc">An Arabic sentence from right to left. Three stretches are coloured and numbered: 1, the cue; \
2, the speaker; 3, the quote, without its quotation marks. Labels below say what each is.</desc>
<rect x="1" y="1" width="{WIDTH - 2}" height="{HEIGHT - 2}" rx="10" fill="{PAPER}" stroke="{RULE}"/>
<g xml:lang="ar" direction="rtl" unicode-bidi="embed" text-anchor="start" font-size="22" fill="{INK}">
{sentence}
</g>
<path d="M{MARGIN} {HEIGHT - 58}H{WIDTH - MARGIN}" stroke="{RULE}"/>
<g xml:lang="en" font-size="17" font-weight="bold">
{labels}
</g>
</svg>
"""


def main() -> int:
    given = arguments(__doc__).parse_args()
    corpus = tasrih.load(ROOT / "corpus")
    counted = statistics(article.record for article in corpus)
    pictures = {
        "quote.svg": drawn(corpus[ARTICLE].quote(QUOTE)),
        "corpus.svg": overview(counted),
        "phenomena.svg": phenomena_chart(counted),
    }
    return settle({DOCS / name: picture for name, picture in pictures.items()}, check=given.check)


if __name__ == "__main__":
    sys.exit(main())
