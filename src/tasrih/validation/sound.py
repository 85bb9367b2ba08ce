"""The fast way through validation: tells of many records at once which families of rules have nothing to find in them.

A rule says what is wrong; these functions only say in which rows of a batch something may be. Where one is not sure the
row counts as doubtful, and the rules of its family are asked. The tests show that no rule finds anything in a row that
is called sound.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasrih import quotation
from tasrih.columnar import (
    Flags,
    Items,
    Layout,
    Numbers,
    Spans,
    child,
    flags,
    items,
    numbers,
    ranges,
    selected,
    spans,
    strings,
    take,
    texts,
)
from tasrih.guidelines import SPEAKERS, VERSIONS
from tasrih.lexicon import is_cue
from tasrih.validation.index import Json, Surroundings
from tasrih.validation.rules import entities

_SPACES = "".join(map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029]))
_EDGES = f" {quotation.GLYPHS}،؛؟.:,;!?()[]/-–—…"
_ODD = re.compile("[^ !-%'-;=-@\\[-`{-~\u0621-\u063a\u0640-\u0652\u060c\u061b\u061f\u0660-\u066c«»“”‘’–—…]")
_MARK, _SPACE, _EDGE, _STRANGE, _PROCLITIC, _UNSURE = 1, 2, 4, 8, 16, 32
_PERHAPS = quotation.SINGLE + "‹›" + quotation.DOUBLED
_DEEPEST = 64
_MENTIONS = 64
Codes = np.ndarray[Any, np.dtype[np.uint32]]


class Facts:
    """What several families look up in a batch of structurally valid records; `in_files`: each has its own file."""

    def __init__(self, batch: pa.RecordBatch, around: Surroundings, *, in_files: bool = False) -> None:
        self.batch = batch
        self.around = around
        self.in_files = in_files
        self.layout = Layout(batch)
        self.classes = _classes(self.layout.texts.codes)
        self.quotes, self.terms, self.entities = self.layout.quotes, self.layout.terms, self.layout.entities

    def rows(self, *owners: Numbers) -> Flags:
        """The rows that own one of these."""
        found = np.zeros(self.batch.num_rows, np.bool_)
        for owner in owners:
            found[owner] = True
        return found

    @cached_property
    def quoted(self) -> Items:
        """All spans of quotes, by row."""
        inner = items(child(self.quotes.values, "spans"))
        return Items(inner.values, self.quotes.owner[inner.owner])

    @cached_property
    def mentions(self) -> Items:
        """All mentions, by row."""
        mentions = self.layout.mentions
        return Items(mentions.values, self.entities.owner[mentions.owner])

    @cached_property
    def mention_spans(self) -> Spans:
        """Where the mentions are."""
        return spans(self.layout, *self.mentions)

    @cached_property
    def mention_entity(self) -> Numbers:
        """The entity of each mention, among those of all rows."""
        return self.layout.mentions.owner

    @cached_property
    def is_named(self) -> Flags:
        """Whether a mention calls by name."""
        return flags(pc.equal(child(self.mentions.values, "form"), "named"))

    @cached_property
    def first_spans(self) -> Spans:
        """Where each quote begins."""
        starts = child(self.quotes.values, "spans").offsets[:-1]
        first = self.quoted.values.take(pc.subtract(starts, starts[0]) if len(starts) else starts)
        return spans(self.layout, first, self.quotes.owner)

    @cached_property
    def term_spans(self) -> Spans:
        """Where the terms are."""
        return spans(self.layout, child(self.terms.values, "span"), self.terms.owner)

    def mentioned(self, where: Spans, entity: Numbers, meets: Callable[[Spans, Spans], Flags]) -> tuple[Flags, Flags]:
        """Which spans meet a mention of the entity that is theirs, and which a named one."""
        first = np.searchsorted(self.mention_entity, np.arange(len(self.entities.owner) + 1))
        known = np.where(entity < 0, 0, np.diff(first)[entity]) if len(first) > 1 else np.zeros(len(entity), np.int64)
        known[known > _MENTIONS] = 0  # the rules are asked: they do not compare each with each
        one = np.repeat(np.arange(len(entity)), known)
        other = ranges(first[:-1][entity[known > 0]], known[known > 0])
        met = meets(where.take(one), self.mention_spans.take(other))
        any_form, named = (np.zeros(len(entity), np.bool_) for _ in range(2))
        any_form[one[met]] = True
        named[one[met & self.is_named[other]]] = True
        return any_form, named


def doubtful(facts: Facts) -> dict[str, Flags]:
    """For each family, the rows in which its rules may find something."""
    return {family: doubts(facts) for family, doubts in FAMILIES.items()}


@cache
def _class_table() -> np.ndarray[Any, np.dtype[np.uint8]]:
    every = "".join(map(chr, range(0xD800))) + "\ufffd" * 0x800 + "".join(map(chr, range(0xE000, 0x10000)))
    table = np.zeros(0x10000, np.uint8)
    flags_of = ((quotation.GLYPHS, _MARK), (_SPACES, _SPACE), (_EDGES, _EDGE), ("وفبكل", _PROCLITIC))
    for letters, flag in (*flags_of, (_PERHAPS, _UNSURE)):
        table[[ord(letter) for letter in letters]] |= flag
    table[[match.start() for match in _ODD.finditer(every)]] |= _STRANGE
    return table


def _classes(codes: Codes) -> np.ndarray[Any, np.dtype[np.uint8]]:
    return _class_table()[np.minimum(codes, 0xFFFF)]


def text(facts: Facts) -> Flags:
    """Texts and names hold ordinary Arabic letters, digits, punctuation and single spaces, and are in NFC."""
    names = texts(child(facts.entities.values, "name"))
    strange = [_strange(facts.layout.texts.codes, facts.classes), _strange(names.codes, _classes(names.codes))]
    paragraph, name = (
        np.searchsorted(column.starts, where, side="right") - 1
        for column, where in zip((facts.layout.texts, names), strange, strict=True)
    )
    padded = _padded(facts.layout.texts), _padded(names)
    return facts.rows(
        facts.layout.paragraphs.owner[np.concatenate((paragraph, padded[0]))],
        facts.entities.owner[np.concatenate((name, padded[1]))],
    )


def _strange(codes: Codes, classes: np.ndarray[Any, np.dtype[np.uint8]]) -> Numbers:
    """Where there is an unusual letter, a second space, a tatweel before a letter, or a vowel sign out of order."""
    here, following = codes[:-1], codes[1:]
    signs = (here >= 0x64B) & (here <= 0x652) & (following >= 0x64B) & (following < here)
    pairs = ((here == 0x20) & (following == 0x20)) | ((here == 0x640) & (following >= 0x621) & (following <= 0x64A))
    return np.concatenate((np.flatnonzero(classes & _STRANGE), np.flatnonzero(pairs | signs)))


def _padded(column: Any) -> Numbers:
    """Which strings begin or end with a space."""
    there = np.flatnonzero(column.lengths)
    first, last = column.codes[column.starts[there]], column.codes[column.starts[there + 1] - 1]
    return there[(first == 0x20) | (last == 0x20)]


def anchors(facts: Facts) -> Flags:
    """Every span selects its text, at the edges of words or after one proclitic."""
    groups = list(_all_spans(facts))
    where = Spans(*(np.concatenate(columns) for columns in zip(*(where for where, _ in groups), strict=True)))
    words = texts(pa.concat_arrays([words for _, words in groups]))
    fits = selected(facts.layout, where, words)
    good = where.take(fits)
    return facts.rows(where.owner[~fits], good.owner[_is_loose(facts, good)])


def _all_spans(facts: Facts) -> Iterator[tuple[Spans, pa.StringArray]]:
    quoted = facts.quotes
    groups = [facts.quoted, Items(child(facts.terms.values, "span"), facts.terms.owner), facts.mentions]
    groups += [Items(child(quoted.values, *names), quoted.owner) for names in _ATTACHED]
    for values, owner in groups:
        there = np.flatnonzero(flags(values.is_valid()))
        present = take(values, there)
        yield spans(facts.layout, present, owner[there]), child(present, "text")


_ATTACHED = (("cue",), ("speaker", "span"), ("addressee", "span"))


def _is_loose(facts: Facts, where: Spans) -> Flags:
    """Whether spans begin or end with white space, hold their marks, or begin or end inside a word."""
    classes, bounds = facts.classes, facts.layout.texts.starts
    first, last = classes[where.start], classes[where.end - 1]
    padded = ((first | last) & _SPACE > 0) | (first & last & _MARK > 0)
    begins = where.start == bounds[where.paragraph]
    ends = where.end == bounds[where.paragraph + 1]
    before = classes[where.start - 1]
    cut = ~(begins | (before & _EDGE > 0) | (first & _EDGE > 0))
    proclitic = (before & _PROCLITIC > 0) & (
        (where.start - 1 == bounds[where.paragraph]) | (classes[where.start - 2] & _EDGE > 0)
    )
    after = classes[np.minimum(where.end, len(classes) - 1)]
    broken = ~(ends | (after & _EDGE > 0) | (last & _EDGE > 0))
    loose: Flags = padded | (cut & ~proclitic) | broken
    return loose


def speech(facts: Facts) -> Flags:
    """All marks enclose a quote or a term, and every quote is of the plain sort: one span, a known speaker."""
    doubts = [
        _marks_unsure(facts),
        _marks_left(facts),
        _terms_odd(facts),
        _quotes_odd(facts),
        _cues_odd(facts),
        _people_odd(facts),
    ]
    return np.logical_or.reduce([~facts.layout.numbered, *doubts])


def _marks_unsure(facts: Facts) -> Flags:
    """Characters that are marks by what stands beside them: apostrophes or single marks, and two for one."""
    codes = facts.layout.texts.codes
    commas = np.zeros(len(codes), np.bool_)
    commas[1:] = (codes[1:] == 0x2C) & (codes[:-1] == 0x2C)
    return _by_row(facts, commas | (facts.classes & _UNSURE > 0)) > 0


def _marks_left(facts: Facts) -> Flags:
    is_mark = facts.classes & _MARK > 0
    marked = flags(pc.not_equal(child(facts.quotes.values, "type"), "indirect"))
    where = [facts.first_spans.take(marked), facts.term_spans]
    owner, paragraph, start, end = (np.concatenate(columns) for columns in zip(*where, strict=True))
    last = len(is_mark) - 1
    enclosed = (paragraph >= 0) & (start > 0) & (end <= last)
    enclosed &= is_mark[start - 1] & is_mark[np.minimum(end, last)]
    enclosed &= (start > facts.layout.texts.starts[paragraph]) & (end < facts.layout.texts.starts[paragraph + 1])
    accounted = np.zeros(len(is_mark), np.bool_)
    accounted[start[enclosed] - 1] = accounted[end[enclosed]] = True
    found, told = (_by_row(facts, places) for places in (is_mark, accounted))
    due = 2 * np.bincount(owner, minlength=facts.batch.num_rows)
    return facts.rows(owner[~enclosed]) | (found != told) | (told != due)


def _by_row(facts: Facts, places: Flags) -> Numbers:
    """How many places of the text each row has."""
    paragraph = np.searchsorted(facts.layout.texts.starts, np.flatnonzero(places), side="right") - 1
    return np.bincount(facts.layout.paragraphs.owner[paragraph], minlength=facts.batch.num_rows)


def _terms_odd(facts: Facts) -> Flags:
    """Terms out of order, in the place of a quote, or of no entity."""
    where, quoted = facts.term_spans, facts.first_spans
    unordered = _follow(where.owner) & (np.diff(where.start, prepend=-1) <= 0)
    taken = np.isin(_key(where), _key(quoted))
    names = child(facts.terms.values, "entity")
    unknown = flags(names.is_valid()) & (facts.layout.position("entities", names, where.owner) < 0)
    return facts.rows(where.owner[unordered | taken | unknown | (where.paragraph < 0)])


def _key(where: Spans) -> Numbers:
    return where.start << 31 | where.end - where.start


def _follow(owner: Numbers) -> Flags:
    """Whether an item has another of its row before it."""
    return np.diff(owner, prepend=-1) == 0


def _quotes_odd(facts: Facts) -> Flags:
    """Quotes of several spans, out of order, crossing, or with another parent than the quote around them."""
    where, values = facts.first_spans, facts.quotes.values
    several = numbers(pc.list_value_length(child(values, "spans"))) != 1
    later = np.diff(where.start, prepend=-1)
    sorted_ = (later > 0) | ((later == 0) & (np.diff(where.end, prepend=0) < 0))
    around, unclear = enclosing(where.start, where.end)
    crosses = (around >= 0) & (where.end > where.end[around])
    parent = child(values, "parent")
    given = np.where(flags(parent.is_valid()), facts.layout.position("quotes", parent, where.owner), -1)
    orphan = flags(parent.is_valid()) & (given < 0)
    resumed = flags(child(values, "continues").is_valid())
    odd = several | (_follow(where.owner) & ~sorted_) | crosses | unclear | orphan | (given != around) | resumed
    return facts.rows(where.owner[odd | (where.paragraph < 0)])


def enclosing(start: Numbers, end: Numbers) -> tuple[Numbers, Flags]:
    """Of stretches in reading order, the last earlier one that is still open where each begins (-1 for none).

    Of two that begin together the longer comes first. The second array tells where the search was given up.
    """
    latest = np.maximum.accumulate(end) if len(end) else end
    opened = np.concatenate((np.zeros(1, np.bool_), latest[:-1] > start[1:]))[: len(start)]
    around = np.where(opened, np.arange(len(start)) - 1, -1)
    pending = np.flatnonzero(opened)
    for _ in range(_DEEPEST):
        pending = pending[end[around[pending]] <= start[pending]]
        around[pending] -= 1
    unclear = np.zeros(len(start), np.bool_)
    unclear[pending] = True
    return around, unclear


def _cues_odd(facts: Facts) -> Flags:
    """Cues in another paragraph than their quote, inside it, or of words that do not report."""
    values = child(facts.quotes.values, "cue")
    there = np.flatnonzero(flags(values.is_valid()))
    present = take(values, there)
    cue, quote = spans(facts.layout, present, facts.quotes.owner[there]), facts.first_spans.take(there)
    apart = (cue.end <= quote.start) | (quote.end <= cue.start)
    words = child(present, "text").dictionary_encode()
    known = np.array([is_cue(word) for word in words.dictionary.to_pylist()], np.bool_)
    odd = (cue.paragraph < 0) | (cue.paragraph != quote.paragraph) | ~apart | ~known[numbers(words.indices)]
    return facts.rows(cue.owner[odd])


def _people_odd(facts: Facts) -> Flags:
    """Speakers and addressees who are not known, cannot speak, or are referred to in another form than is said."""
    position, owner = facts.layout.position, facts.quotes.owner
    speaker, addressee = (child(facts.quotes.values, role) for role in ("speaker", "addressee"))
    both = [position("entities", child(person, "entity"), owner) for person in (speaker, addressee)]
    to_oneself = (both[0] >= 0) & (both[0] == both[1])
    early = _elided_early(facts, speaker, both[0])
    doubts = [_person_odd(facts, person, entity) for person, entity in zip((speaker, addressee), both, strict=True)]
    return np.logical_or.reduce([facts.rows(owner[to_oneself | early]), *doubts])


def _elided_early(facts: Facts, speaker: pa.StructArray, entity: Numbers) -> Flags:
    """Whether a speaker is elided before being mentioned."""
    elided = flags(pc.equal(child(speaker, "form"), "elided")) & (entity >= 0)
    first = np.searchsorted(facts.mention_entity, entity[elided])
    early = np.zeros(len(entity), np.bool_)
    early[elided] = facts.mention_spans.start[first] >= facts.first_spans.start[elided]
    return early


def _person_odd(facts: Facts, person: pa.StructArray, entity: Numbers) -> Flags:
    there = np.flatnonzero(flags(person.is_valid()))
    present, entity, owner = take(person, there), entity[there], facts.quotes.owner[there]
    kinds = flags(pc.is_in(child(facts.entities.values, "type"), value_set=strings(SPEAKERS)))
    cannot = (entity < 0) | ~(kinds[entity] if len(kinds) else np.zeros(len(entity), np.bool_))
    form, phrase = child(present, "form"), child(present, "span")
    elided, named, nominal = (flags(pc.equal(form, kind)) for kind in ("elided", "named", "nominal"))
    has_phrase = flags(phrase.is_valid())
    where = spans(facts.layout, phrase, owner)
    mentioned, by_name = facts.mentioned(where, entity, _holds)
    misnamed = has_phrase & ((named & ~by_name) | (nominal & (by_name | ~mentioned)))
    lost = has_phrase & (where.paragraph < 0)
    return facts.rows(owner[cannot | (elided == has_phrase) | misnamed | lost])


def _holds(outer: Spans, inner: Spans) -> Flags:
    held: Flags = (inner.paragraph >= 0) & (outer.start <= inner.start) & (inner.end <= outer.end)
    return held


def _meets(one: Spans, other: Spans) -> Flags:
    met: Flags = (one.start < other.end) & (other.start < one.end)
    return met


def people(facts: Facts) -> Flags:
    """Every entity is called by its own name, linked to the register as it should be, and no mentions cross."""
    doubts = [_doubles(facts), _names_odd(facts), _links_odd(facts), _crossing(facts), _terms_elsewhere(facts)]
    return np.logical_or.reduce([~facts.layout.numbered, *doubts])


def _doubles(facts: Facts) -> Flags:
    """Entities of one name and type, or with one link."""
    values, owner = facts.entities
    kind = child(values, "type")
    other = np.flatnonzero(flags(pc.not_equal(kind, "DATE")))
    names = numbers(child(values, "name").dictionary_encode().indices)[other]
    kinds = numbers(kind.dictionary_encode().indices)[other]
    linked = np.flatnonzero(flags(child(values, "link").is_valid()))
    links = numbers(take(child(values, "link"), linked).dictionary_encode().indices)
    return facts.rows(
        _repeated(owner[other], names << 8 | kinds),
        _repeated(owner[linked], links),
    )


def _repeated(owner: Numbers, values: Numbers) -> Numbers:
    """The owners that have a value twice."""
    keys = np.sort(owner << 40 | values)
    return keys[1:][keys[1:] == keys[:-1]] >> 40


def _names_odd(facts: Facts) -> Flags:
    """Entities that no mention calls by their name, or mentions that are unlike it or out of order."""
    values, owner = facts.entities
    entity, words = facts.mention_entity, child(facts.mentions.values, "text")
    name, kind, value = (take(child(values, field), entity) for field in ("name", "type", "value"))
    same = flags(pc.equal(words, name))
    date, title = (flags(pc.equal(kind, label)) for label in ("DATE", "OCC"))
    unlike = facts.is_named & ~same & ~date
    odd = title & facts.is_named
    odd[unlike] = odd[unlike] | ~_fit(entities.alike, name, words, unlike)
    valued = flags(value.is_valid())
    odd |= date != valued
    fitting = date & valued
    odd[fitting] = odd[fitting] | ~_fit(entities.value_fits, value, words, fitting)
    odd |= _follow(entity) & (np.diff(facts.mention_spans.start, prepend=-1) < 0)
    called = np.bincount(entity[same], minlength=len(owner)) > 0
    return facts.rows(owner[entity[odd]], owner[~called])


def _fit(fits: Callable[[str, str], bool], names: pa.StringArray, words: pa.StringArray, which: Flags) -> Flags:
    pairs = zip(*(take(column, np.flatnonzero(which)).to_pylist() for column in (names, words)), strict=True)
    return np.fromiter((fits(*pair) for pair in pairs), np.bool_)


def _links_odd(facts: Facts) -> Flags:
    """Entities that the register has otherwise, or that have identifiers without being in it."""
    values, owner = facts.entities
    link, identifiers = child(values, "link"), child(values, "identifiers")
    linked = flags(link.is_valid())
    composed = flags(pc.equal(child(facts.batch.column("metadata"), "origin"), "composed"))
    odd = ~linked & flags(identifiers.is_valid())
    for place in np.flatnonzero(linked & ~composed[owner]).tolist():
        odd[place] = not _registered(facts.around, values[place].as_py())
    return facts.rows(owner[odd | (linked & composed[owner])])


def _registered(around: Surroundings, entity: Json) -> bool:
    known = around.register.get(entity["link"])
    if known is None or known["type"] != entity["type"]:
        return False
    if entity["name"] not in known["names"]["arabic"] and not entities.called(known, entity["name"]):
        return False
    verified = known.get("identifiers") or {}
    given = entity["identifiers"] or {}
    return all(value is None or verified.get(register) == value for register, value in given.items())


def _crossing(facts: Facts) -> Flags:
    """Mentions that cross, or twice the same words but for a title."""
    where = facts.mention_spans
    title = flags(pc.equal(child(facts.entities.values, "type"), "OCC"))[facts.mention_entity]
    order = np.lexsort((title, -where.end, where.start, where.paragraph))
    sorted_, title = where.take(order), title[order]
    around, unclear = enclosing(sorted_.start, sorted_.end)
    crosses = (around >= 0) & (sorted_.end > sorted_.end[around])
    twin = (np.diff(sorted_.start, prepend=-1) == 0) & (np.diff(sorted_.end, prepend=-1) == 0)
    before = np.concatenate((np.ones(1, np.bool_), (title | twin)[:-1]))[: len(title)]
    odd = crosses | unclear | (twin & (before | ~title)) | (sorted_.paragraph < 0)
    return facts.rows(sorted_.owner[odd])


def _terms_elsewhere(facts: Facts) -> Flags:
    """Terms that are no mention of the entity they name."""
    names = child(facts.terms.values, "entity")
    naming = np.flatnonzero(flags(names.is_valid()))
    where = facts.term_spans.take(naming)
    entity = facts.layout.position("entities", take(names, naming), where.owner)
    mentioned, _ = facts.mentioned(where, entity, _meets)
    return facts.rows(where.owner[(entity >= 0) & ~mentioned])


def publication(facts: Facts) -> Flags:
    """The article is a reviewed one without a source file, dated, composed apart, licensed, and numbered."""
    metadata = facts.batch.column("metadata")
    rights, annotation = child(metadata, "rights"), child(metadata, "annotation")
    sound = [
        pc.equal(child(metadata, "origin"), "composed"),
        pc.equal(child(metadata, "collection"), "composed"),
        pc.equal(child(annotation, "status"), "reviewed"),
        pc.is_in(child(annotation, "guidelines"), value_set=strings(VERSIONS)),
        pc.greater(pc.list_value_length(child(annotation, "annotators")), 0),
        pc.or_(pc.not_equal(child(rights, "redistribution"), "permitted"), child(rights, "license").is_valid()),
        child(metadata, "source").is_null(),
    ]
    plain = np.logical_and.reduce([flags(column) for column in sound])
    return ~(plain & facts.layout.numbered & _dated(facts) & _has_parts(facts)) | _drafted(facts) | facts.in_files


def _dated(facts: Facts) -> Flags:
    published = child(facts.batch.column("metadata"), "published")
    ids = facts.batch.column("id")
    past = flags(pc.less_equal(published, facts.around.today.isoformat()))
    same = flags(pc.equal(pc.utf8_slice_codeunits(ids, 0, 10), published))
    undated = ~flags(pc.ascii_is_decimal(pc.utf8_slice_codeunits(ids, 0, 4)))
    return past & (same | undated)


def _has_parts(facts: Facts) -> Flags:
    """Whether there is one headline, and a body."""
    role, owner = child(facts.layout.paragraphs.values, "role"), facts.layout.paragraphs.owner
    heads, bodies = (
        np.bincount(owner[flags(pc.equal(role, kind))], minlength=facts.batch.num_rows) for kind in ("headline", "body")
    )
    return (heads == 1) & (bodies > 0)


def _drafted(facts: Facts) -> Flags:
    """Whether an item has a provenance, or something is waived."""
    groups = (facts.quotes, facts.terms, facts.mentions)
    waived = numbers(pc.list_value_length(facts.batch.column("waivers"))) > 0
    return waived | facts.rows(*(owner[flags(child(values, "provenance").is_valid())] for values, owner in groups))


FAMILIES: dict[str, Callable[[Facts], Flags]] = {
    "T": text,
    "A": anchors,
    "Q": speech,
    "E": people,
    "M": publication,
}
