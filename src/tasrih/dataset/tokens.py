"""Paragraphs as tokens with IOB2 tags, for sequence labelling."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import pairwise
from typing import Any, NamedTuple

from tasrih import record

_MARKS = "".join(mark for mark in map(chr, range(0x300, 0x10000)) if unicodedata.category(mark) == "Mn")
_TOKEN = re.compile(rf"\w[\w{_MARKS}]*|\S")


class Stretch(NamedTuple):
    """A stretch of a paragraph with its class; offsets in code points, end exclusive."""

    start: int
    end: int
    label: str


def rows(article: record.Article) -> Iterator[dict[str, Any]]:
    """One row a paragraph: its tokens, where they are, and a tag for each token in every layer."""
    layers = {"ner": _names(article), "quote": _quotes(article), "cue": _cues(article), "speaker": _speakers(article)}
    for paragraph in article.paragraphs:
        places = token_places(paragraph.text)
        yield {
            "paragraph_id": paragraph.id,
            "role": paragraph.role,
            "tokens": [paragraph.text[start:end] for start, end in places],
            "starts": [start for start, _ in places],
            "ends": [end for _, end in places],
            **{
                f"{layer}_tags": iob2(places, spans.get(paragraph.id, ()), innermost=layer == "quote")
                for layer, spans in layers.items()
            },
        }


def token_places(text: str) -> list[tuple[int, int]]:
    """Start and end of every token, in code points.

    Letters, digits and underscores that stand together, with their diacritics and tatweel, are one token; any other
    character that is not white space is a token by itself. Proclitics are not split off.
    """
    return [match.span() for match in _TOKEN.finditer(text)]


def iob2(places: Sequence[tuple[int, int]], spans: Iterable[Stretch], *, innermost: bool = False) -> list[str]:
    """A tag for each place: `O`, or `B-` or `I-` with the class of the span that overlaps it.

    Of several spans the first in text order counts, of two that start together the longer; with `innermost`, the
    innermost of those nested in it. `I-` always follows a tag of the same span, so an outer span that goes on after
    an inner one begins anew with `B-`.
    """
    ordered = sorted(spans, key=lambda span: (span.start, -span.end))
    owners = [_owner(place, ordered, innermost) for place in places]
    return [_tag(before, owner) for before, owner in pairwise([None, *owners])]


def _owner(place: tuple[int, int], ordered: list[Stretch], innermost: bool) -> Stretch | None:
    touching = [span for span in ordered if max(span.start, place[0]) < min(span.end, place[1])]
    if not touching:
        return None
    return reduce(_inner, touching) if innermost else touching[0]


def _inner(outer: Stretch, span: Stretch) -> Stretch:
    return span if outer.start <= span.start and span.end <= outer.end else outer


def _tag(before: Stretch | None, owner: Stretch | None) -> str:
    if owner is None:
        return "O"
    return f"{'I' if owner == before else 'B'}-{owner.label}"


_Layer = dict[str, list[Stretch]]


def _by_paragraph(labelled: Iterable[tuple[record.Span, str]]) -> _Layer:
    layer: _Layer = {}
    for span, label in labelled:
        layer.setdefault(span.paragraph, []).append(Stretch(span.start, span.end, label))
    return layer


def _names(article: record.Article) -> _Layer:
    """Named mentions, and all of titles and dates: a nominal mention of anything else is no name."""
    return _by_paragraph(
        (mention, entity.type)
        for entity in article.entities
        for mention in entity.mentions
        if mention.form == "named" or entity.type in {"OCC", "DATE"}
    )


def _quotes(article: record.Article) -> _Layer:
    return _by_paragraph((span, quote.type) for quote in article.quotes for span in quote.spans)


def _cues(article: record.Article) -> _Layer:
    return _by_paragraph((quote.cue, "CUE") for quote in article.quotes if quote.cue)


def _speakers(article: record.Article) -> _Layer:
    speakers = (quote.speaker for quote in article.quotes)
    return _by_paragraph((speaker.span, "SPEAKER") for speaker in speakers if speaker and speaker.span)
