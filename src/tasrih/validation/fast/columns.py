"""What several checks look up in the columns of a batch of records that keep the schema."""

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import (
    Flags,
    Items,
    Layout,
    Numbers,
    Spans,
    all_spans,
    child,
    flags,
    items,
    numbers,
    ranges,
    says,
    selected,
    spans,
    strings,
    take,
    texts,
)
from tasrih.record import WITHOUT_MARKS
from tasrih.standoff.models import MASK
from tasrih.validation.fast.letters import EDGE, MARK, PROCLITIC, SPACE, STRANGE, Classes, classes, strange
from tasrih.validation.index import Surroundings

_MENTIONS = 64  # of one entity; where there are more, the rules are asked: they do not compare each with each
BITS_OF_CODE = 40  # of a code beside its owner in one number
_CLOSED = 64  # stretches before one that are passed over as closed, until the search is given up


class Columns:
    """The columns of a batch; `files` are the paths of those that each of its records has to itself, if they have.

    Rows that are `masked` have no words, so that nothing is asked of where these begin and end.
    """

    def __init__(
        self,
        batch: pa.RecordBatch,
        around: Surroundings,
        files: Sequence[str | None] | None = None,
        masked: Flags | None = None,
    ) -> None:
        self.batch = batch
        self.size: int = batch.num_rows
        self.around = around
        self.files = files
        self.masked = np.zeros(batch.num_rows, np.bool_) if masked is None else masked
        self.layout = Layout(batch)
        self.metadata: pa.StructArray = batch.column("metadata")
        self.quotes, self.terms, self.entities = self.layout.quotes, self.layout.terms, self.layout.entities

    def rows(self, *owners: Numbers) -> Flags:
        """The rows that own one of these."""
        found = np.zeros(self.size, np.bool_)
        for owner in owners:
            found[owner] = True
        return found

    @cached_property
    def classes(self) -> Classes:
        """The classes of the letters of all paragraphs; what masks are made of is strange in other rows alone."""
        codes = self.layout.texts.codes
        found = classes(codes)
        if self.masked.any():
            is_masked = np.repeat(self.masked[self.layout.paragraphs.owner], self.layout.texts.lengths)
            found[is_masked & (codes == ord(MASK))] &= ~np.uint8(STRANGE)
        return found

    @cached_property
    def strange(self) -> Flags:
        """Rows with texts or names that hold unusual letters or spaces."""
        names, paragraphs = texts(child(self.entities.values, "name")), self.layout.texts
        return self.rows(
            self.layout.paragraphs.owner[strange(paragraphs, self.classes)],
            self.entities.owner[strange(names, classes(names.codes))],
        )

    @cached_property
    def quoted(self) -> Items:
        """All spans of quotes, by row."""
        inner = items(child(self.quotes.values, "spans"))
        return Items(inner.values, self.quotes.owner[inner.owner])

    @cached_property
    def in_parts(self) -> Flags:
        """Which quotes have several spans."""
        several: Flags = numbers(pc.list_value_length(child(self.quotes.values, "spans"))) != 1
        return several

    @cached_property
    def is_without_marks(self) -> Flags:
        """Which quotes stand in no marks."""
        return flags(pc.is_in(child(self.quotes.values, "type"), value_set=strings(WITHOUT_MARKS)))

    @cached_property
    def has_others(self) -> Flags:
        """Which quotes have several who speak, or are spoken to."""
        roles = (child(self.quotes.values, role, "others") for role in ("speaker", "addressee"))
        counts = (numbers(pc.list_value_length(others)) for others in roles)
        return np.logical_or.reduce([count > 0 for count in counts])

    @cached_property
    def mentions(self) -> Items:
        """All mentions, by row."""
        mentions = self.layout.mentions
        return Items(mentions.values, self.entities.owner[mentions.owner])

    @cached_property
    def spans(self) -> dict[str, Spans]:
        """Where all spans are, by the way to them, as `tasrih.spans.SPANS` has it; of a null nowhere."""
        return {way: spans(self.layout, *found) for way, found in all_spans(self.batch)}

    @property
    def mention_spans(self) -> Spans:
        """Where the mentions are."""
        return self.spans["entities.mentions"]

    @cached_property
    def mention_words(self) -> pa.DictionaryArray:
        """The words of each mention, those of all once."""
        return child(self.mentions.values, "text").dictionary_encode()

    @cached_property
    def mention_entity(self) -> Numbers:
        """The entity of each mention, among those of all rows."""
        return self.layout.mentions.owner

    @cached_property
    def is_worded(self) -> Flags:
        """Which mentions are in rows that have their words."""
        worded: Flags = ~self.masked[self.mentions.owner]
        return worded

    @cached_property
    def is_named(self) -> Flags:
        """Whether a mention calls by name."""
        return says(child(self.mentions.values, "form"), "named")

    @cached_property
    def _first(self) -> Numbers:
        """The place of the first span of each quote among those of all."""
        starts = numbers(child(self.quotes.values, "spans").offsets)
        return starts[:-1] - starts[0]

    @cached_property
    def firsts(self) -> pa.StructArray:
        """The first span of each quote."""
        return take(self.quoted.values, self._first)

    @cached_property
    def first_spans(self) -> Spans:
        """Where each quote begins."""
        return self.spans["quotes.spans"].take(self._first)

    @property
    def term_spans(self) -> Spans:
        """Where the terms are."""
        return self.spans["terms.span"]

    @property
    def cue_spans(self) -> Spans:
        """Where the cue of each quote is; of one without a cue nowhere."""
        return self.spans["quotes.cue"]

    @cached_property
    def text(self) -> str:
        """All paragraphs one after another."""
        return self.layout.texts.codes.tobytes().decode("utf-32-le")

    @cached_property
    def written(self) -> list[bytes]:
        """The bytes of each paragraph."""
        found: list[bytes] = child(self.layout.paragraphs.values, "text").cast(pa.binary()).to_pylist()
        return found

    def joined(self, row: int) -> str:
        """The paragraphs of a row, with a line break between."""
        start, end = self.layout.range_of("paragraphs", row)
        bounds = self.layout.texts.starts[start : end + 1].tolist()
        return "\n".join(self.text[one:other] for one, other in pairwise(bounds))

    @cached_property
    def composed(self) -> Flags:
        """Which rows were written for the corpus."""
        return says(child(self.metadata, "origin"), "composed")

    @cached_property
    def waived(self) -> Flags:
        """Which rows waive something."""
        waived: Flags = numbers(pc.list_value_length(self.batch.column("waivers"))) > 0
        return waived

    @cached_property
    def groundless(self) -> Flags:
        """Rows with ids that do not count from 1, or spans that do not select their text, or not in whole words."""
        return ~self.layout.numbered | self._unanchored()

    def _unanchored(self) -> Flags:
        where = Spans(*(np.concatenate(columns) for columns in zip(*self.spans.values(), strict=True)))
        words = pa.concat_arrays([child(values, "text") for _, (values, _) in all_spans(self.batch)])
        fits = selected(self.layout, where, texts(words))
        good = where.take(fits)
        return self.rows(where.owner[flags(words.is_valid()) & ~fits], good.owner[self._is_loose(good)])

    def _is_loose(self, where: Spans) -> Flags:
        """Whether spans begin or end with white space, hold their marks, or begin or end inside a word."""
        classes, bounds = self.classes, self.layout.texts.starts
        first, last = classes[where.start], classes[where.end - 1]
        padded, marked = (first | last) & SPACE > 0, first & last & MARK > 0
        begins = where.start == bounds[where.paragraph]
        ends = where.end == bounds[where.paragraph + 1]
        before = classes[where.start - 1]
        cut = ~(begins | (before & EDGE > 0) | (first & EDGE > 0))
        proclitic = (before & PROCLITIC > 0) & (
            (where.start - 1 == bounds[where.paragraph]) | (classes[where.start - 2] & EDGE > 0)
        )
        after = classes[np.minimum(where.end, len(classes) - 1)]
        broken = ~(ends | (after & EDGE > 0) | (last & EDGE > 0))
        worded = ~self.masked[where.owner]
        loose: Flags = padded | (worded & (marked | (cut & ~proclitic) | broken))
        return loose

    def mentioned(self, where: Spans, entity: Numbers, meets: Callable[[Spans, Spans], Flags]) -> tuple[Flags, Flags]:
        """Which spans meet a mention of the entity that is theirs, and which a named one."""
        first = np.searchsorted(self.mention_entity, np.arange(len(self.entities.owner) + 1))
        known = np.where(entity < 0, 0, np.diff(first)[entity]) if len(first) > 1 else np.zeros(len(entity), np.int64)
        known[known > _MENTIONS] = 0
        one = np.repeat(np.arange(len(entity)), known)
        other = ranges(first[:-1][entity[known > 0]], known[known > 0])
        met = meets(where.take(one), self.mention_spans.take(other))
        any_form, named = (np.zeros(len(entity), np.bool_) for _ in range(2))
        any_form[one[met]] = True
        named[one[met & self.is_named[other]]] = True
        return any_form, named


def holds(outer: Spans, inner: Spans) -> Flags:
    """Which spans hold those beside them."""
    held: Flags = (outer.start <= inner.start) & (inner.end <= outer.end)
    return held


def meets(one: Spans, other: Spans) -> Flags:
    """Which spans share characters with those beside them."""
    met: Flags = (one.start < other.end) & (other.start < one.end)
    return met


def among(values: Numbers, known: Numbers) -> Flags:
    """Which values are among the known ones; `np.isin` would look at each kind of both, and import numpy.ma."""
    known = np.sort(known)
    places = np.searchsorted(known, values)
    found = np.zeros(len(values), np.bool_)
    inside = np.flatnonzero(places < len(known))
    found[inside] = known[places[inside]] == values[inside]
    return found


def repeated(owner: Numbers, values: Numbers) -> Numbers:
    """The owners that have a value twice; values are codes, of less than 40 bits."""
    keys = np.sort(owner << BITS_OF_CODE | values)
    return keys[1:][keys[1:] == keys[:-1]] >> BITS_OF_CODE


def codes(column: pa.Array) -> Numbers:
    """A number for each value of a column, the same for the same value; -1 for null."""
    return numbers(column.dictionary_encode().indices, -1)


def differing(by: Sequence[Numbers], values: Numbers) -> Numbers:
    """The places of items that are alike in all columns of `by` with another one, and have another value."""
    order = np.lexsort((values, *reversed(by)))
    alike = np.logical_and.reduce([column[order][1:] == column[order][:-1] for column in by])
    return order[1:][alike & (values[order][1:] != values[order][:-1])]


def fit(fits: Callable[..., bool], which: Flags, *columns: pa.Array) -> Flags:
    """Of the chosen places, at which the values of some columns fit together."""
    there = np.flatnonzero(which)
    return np.fromiter(map(fits, *(take(column, there).to_pylist() for column in columns)), np.bool_)


def follow(owner: Numbers) -> Flags:
    """Whether an item has another of its row before it."""
    return np.diff(owner, prepend=-1) == 0


def enclosing(start: Numbers, end: Numbers) -> tuple[Numbers, Flags]:
    """Of stretches in reading order, the last earlier one that is still open where each begins (-1 for none).

    Of two that begin together the longer comes first. The second array tells where the search was given up.
    """
    latest = np.maximum.accumulate(end) if len(end) else end
    opened = np.concatenate((np.zeros(1, np.bool_), latest[:-1] > start[1:]))[: len(start)]
    around = np.where(opened, np.arange(len(start)) - 1, -1)
    pending = np.flatnonzero(opened)
    for _ in range(_CLOSED):
        pending = pending[end[around[pending]] <= start[pending]]
        around[pending] -= 1
    unclear = np.zeros(len(start), np.bool_)
    unclear[pending] = True
    return around, unclear
