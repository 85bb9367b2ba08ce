"""Paragraphs as tokens with IOB2 tags, for sequence labelling."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import (
    Flags,
    Layout,
    Numbers,
    Texts,
    child,
    encoded,
    flags,
    integers,
    items,
    numbers,
    ranges,
    says,
    spans,
    strings,
    take,
)
from tasrih.dataset.tags import LABELS
from tasrih.text.letters import is_sign

Codes = np.ndarray[Any, np.dtype[np.uint32]]
Classes = np.ndarray[Any, np.dtype[np.uint8]]
_WORD, _SIGN, _SPACE = 1, 2, 4
_DEEPEST = 64
_ASCII_SPACES = b"\t\n\v\f\r\x1c\x1d\x1e\x1f "
_LAST_OF_WIDTH = (0x7F, 0x7FF, 0xFFFF)  # the last characters of one, two and three bytes in UTF-8


class Places(NamedTuple):
    """Tokens: where each begins and ends in the texts, one after another, and which text it is in."""

    start: Numbers
    end: Numbers
    text: Numbers


class Stretches(NamedTuple):
    """Stretches of the texts, one after another, each with the number of its class."""

    start: Numbers
    end: Numbers
    label: Numbers


def tokens(layout: Layout) -> dict[str, pa.Array]:
    """The columns of the tokens of every paragraph: words, places in it, and a tag in every layer."""
    places = token_places(layout.texts)
    first = np.searchsorted(places.start, layout.texts.starts)
    base = layout.texts.starts[places.text]
    columns: dict[str, Any] = {"tokens": _words(child(layout.paragraphs.values, "text"), layout.texts.codes, places)}
    columns |= {"starts": integers(places.start - base, pa.int32()), "ends": integers(places.end - base, pa.int32())}
    for layer, stretches in _layers(layout):
        columns[f"{layer}_tags"] = integers(iob2(places, stretches, innermost=layer == "quote"))
    offsets = integers(first, pa.int32())
    return {name: pa.ListArray.from_arrays(offsets, column) for name, column in columns.items()}


def token_places(texts: Texts) -> Places:
    """Where the tokens of texts are.

    Letters, digits and underscores that stand together, with their diacritics and tatweel, are one token; any other
    character that is not white space is a token by itself. Proclitics are not split off.
    """
    classes = _classes(texts.codes)
    visible = classes & _SPACE == 0
    goes_on = _goes_on(classes, texts.starts)
    start = np.flatnonzero(visible & ~goes_on[:-1])
    end = np.flatnonzero(visible & ~goes_on[1:]) + 1
    counts = np.diff(np.searchsorted(start, texts.starts))
    return Places(start, end, np.repeat(np.arange(len(counts)), counts))


def _goes_on(classes: Classes, starts: Numbers) -> Flags:
    """Whether a character goes on with the word before it; one more than there are characters."""
    grouped = np.concatenate(([False], classes & (_WORD | _SIGN) > 0, [False]))
    joined = grouped[1:] & grouped[:-1]
    joined[starts] = False
    signs_first = np.flatnonzero((classes & _SIGN > 0) & ~joined[:-1])
    if len(signs_first):
        here = np.arange(len(classes))
        group = np.maximum.accumulate(np.where(joined[:-1], 0, here))
        last_word = np.maximum.accumulate(np.where(classes & _WORD > 0, here, -1))
        joined[1:-1] &= last_word[:-1] >= group[1:]
    return joined


def _classes(codes: Codes) -> Classes:
    classes = _class_table().take(codes, mode="clip")
    for code in np.unique(codes[codes > 0xFFFF]).tolist():
        classes[codes == code] = _WORD if re.match(r"\w", chr(code)) else 0
    return classes


@cache
def _class_table() -> Classes:
    """What each character of the basic plane is. Combining signs before U+0300 there are none."""
    every = "".join(map(chr, range(0x10000)))
    table = np.zeros(0x10000, np.uint8)
    for pattern, flag in ((r"\w", _WORD), (r"\s", _SPACE)):
        table[[match.start() for match in re.finditer(pattern, every)]] = flag
    table[[code for code, letter in enumerate(every) if is_sign(letter)]] = _SIGN
    return table


def _words(column: pa.StringArray, codes: Codes, places: Places) -> pa.StringArray:
    """The tokens themselves: together they are the texts without white space."""
    widths = np.ones(len(codes), np.uint8)
    for last in _LAST_OF_WIDTH:
        widths += codes > last
    first = np.zeros(len(codes) + 1, np.int32)  # the first byte of each character
    np.cumsum(widths, out=first[1:])
    start, end = first[places.start], first[places.end]
    bounds = np.zeros(len(start) + 1, np.int32)
    np.cumsum(end - start, out=bounds[1:])
    data = encoded(column)
    words = bytes(data).translate(None, _ASCII_SPACES)
    if len(words) > bounds[-1]:  # there is other white space
        places_of_bytes = ranges(start.astype(np.int64), np.diff(bounds).astype(np.int64))
        words = np.frombuffer(data, np.uint8)[places_of_bytes].tobytes()
    return pa.StringArray.from_buffers(len(start), pa.py_buffer(bounds), pa.py_buffer(words))


def iob2(places: Places, stretches: Stretches, *, innermost: bool = False) -> Numbers:
    """A tag for each token: 0 outside, else by the stretch that overlaps it 1 + 2 * class to begin, one more to go on.

    Of several stretches the first in text order counts, of two that start together the longer; with `innermost`, one
    that is nested in another counts before it. The second tag always follows one of the same stretch, so an outer
    stretch that goes on after an inner one begins anew.
    """
    order = np.lexsort((-stretches.end, stretches.start))
    start, end, label = (column[order] for column in stretches)
    first = np.searchsorted(places.end, start, side="right")
    last = np.maximum(np.searchsorted(places.start, end, side="left"), first)
    if (last[:-1] <= first[1:]).all():  # no token is in two
        inside, mine = ranges(first, last - first), np.repeat(np.arange(len(first)), last - first)
    else:
        owner = np.full(len(places.start), -1)
        for level in _levels(start, end) if innermost else (np.arange(len(start)),):
            paint = level[::-1]
            covered = last[paint] - first[paint]
            owner[ranges(first[paint], covered)] = np.repeat(paint, covered)
        inside = np.flatnonzero(owner >= 0)
        mine = owner[inside]
    text = places.text[inside]
    begins = np.ones(len(inside), np.bool_)
    begins[1:] = (mine[1:] != mine[:-1]) | (text[1:] != text[:-1])
    tags = np.zeros(len(places.start), np.int64)
    tags[inside] = 2 - begins + 2 * label[mine]
    return tags


def _levels(start: Numbers, end: Numbers) -> Iterator[Numbers]:
    """Stretches in text order by how deep they are nested, the outermost first."""
    remaining = np.arange(len(start))
    for _ in range(_DEEPEST):
        if not len(remaining):
            return
        outer = np.maximum.accumulate(np.concatenate(([-1], end[remaining][:-1]))) < end[remaining]
        yield remaining[outer]
        remaining = remaining[~outer]


def _layers(layout: Layout) -> Iterator[tuple[str, Stretches]]:
    quotes, owner = layout.quotes
    quoted, quote = items(child(quotes, "spans"))
    yield "ner", _names(layout)
    yield "quote", _stretches(layout, quoted, owner[quote], "quote", take(child(quotes, "type"), quote))
    for layer, path in (("cue", ("cue",)), ("speaker", ("speaker", "span"))):
        values = child(quotes, *path)
        there = np.flatnonzero(flags(values.is_valid()))
        yield layer, _stretches(layout, take(values, there), owner[there], layer)


def _names(layout: Layout) -> Stretches:
    """Named mentions, and all of titles and dates: a nominal mention of anything else is no name."""
    (entities, owner), (mentions, entity) = layout.entities, layout.mentions
    kind = take(child(entities, "type"), entity)
    named = says(child(mentions, "form"), "named")
    tagged = np.flatnonzero(named | flags(pc.is_in(kind, value_set=strings(["OCC", "DATE"]))))
    return _stretches(layout, take(mentions, tagged), owner[entity][tagged], "ner", take(kind, tagged))


def _stretches(
    layout: Layout, values: pa.StructArray, owner: Numbers, layer: str, kinds: pa.Array | None = None
) -> Stretches:
    where = spans(layout, values, owner)
    if kinds is None:
        return Stretches(where.start, where.end, np.zeros(len(owner), np.int64))
    return Stretches(where.start, where.end, numbers(pc.index_in(kinds, value_set=strings(LABELS[layer]))))
