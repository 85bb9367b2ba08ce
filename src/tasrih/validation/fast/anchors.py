"""A: spans that select their text, in whole words, are seen to before anything else is."""

import re
from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from tasrih.columnar import Flags, Spans, child, constant, flags, items, numbers
from tasrih.text.words import BOUND, PROCLITICS
from tasrih.validation.fast.columns import BITS_OF_CODE, Columns, among
from tasrih.validation.fast.doubts import vouches
from tasrih.validation.fast.letters import PAUSE


@vouches("A101", "A102", "A103", "A104", "A105", "A106", "A107", "A108", "M120", "Q118")
def grounded(columns: Columns) -> Flags:
    """Ids count from 1, and spans select their text at the edges of words, or after one proclitic."""
    return columns.groundless


@vouches("A109")
def pauses(columns: Columns) -> Flags:
    """What is neither in marks nor a mark of its own begins and ends with no comma, colon or full stop."""
    bare = Spans(*(np.concatenate(found) for found in zip(*_bare(columns), strict=True)))
    there = bare.take(bare.paragraph >= 0)
    edges = columns.classes[there.start] | columns.classes[there.end - 1]
    return columns.rows(there.owner[edges & PAUSE > 0])


def _bare(columns: Columns) -> Iterator[Spans]:
    """The spans that do not stand in marks: of quotes without them, cues of words, phrases, mentions."""
    quotes = columns.quotes.values
    yield columns.spans["quotes.spans"].take(columns.is_without_marks[items(child(quotes, "spans")).owner])
    yield columns.cue_spans.take(flags(pc.not_equal(child(quotes, "cue", "kind"), constant("punctuation"))))
    yield columns.spans["quotes.speaker.span"]
    yield columns.spans["quotes.addressee.span"]
    yield columns.mention_spans


@vouches("A110")
def proclitics(columns: Columns) -> Flags:
    """No mention is another one of its entity with a proclitic before it."""
    words = columns.mention_words
    number = {text: code for code, text in enumerate(words.dictionary.to_pylist())}
    begins = [text for text in number if text[0] in PROCLITICS]
    called, entity = numbers(words.indices), columns.mention_entity
    known, found = entity << BITS_OF_CODE | called, []
    for cut in (1, 2):
        bare = np.full(len(number), -1)
        for text in begins:
            if text[cut:] in number and re.fullmatch(BOUND, text[:cut]):
                bare[number[text]] = number[text[cut:]]
        there = np.flatnonzero(bare[called] >= 0)
        found.append(entity[there[among(entity[there] << BITS_OF_CODE | bare[called[there]], known)]])
    return columns.rows(*(columns.entities.owner[one] for one in found))
