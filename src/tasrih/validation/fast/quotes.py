"""Q: all marks enclose a quote or a term, and every quote is of the plain sort: one span, a known speaker."""

import numpy as np
import pyarrow.compute as pc

from tasrih.columnar import Flags, Numbers, Spans, child, flags, says, strings, take
from tasrih.guidelines import SPEAKERS
from tasrih.text.letters import SIGNS, TATWEEL
from tasrih.text.lists import is_cue
from tasrih.validation.fast.columns import Columns, among, codes, differing, enclosing, fit, follow, holds, meets
from tasrih.validation.fast.doubts import vouches
from tasrih.validation.fast.letters import FIRST, LAST, MARK, UNSURE
from tasrih.validation.rules.quotes import is_of_kind

_SIGNS = f"[{SIGNS}{TATWEEL}]*"
_THAT = rf"^ب?{_SIGNS}[اأإآ]{_SIGNS}ن{_SIGNS}(?:ه|ها|هم)?{_SIGNS}(?:[^{FIRST}-{LAST}]|$)"
_ABOUT = rf"^(?:ع{_SIGNS}ن|ح{_SIGNS}و{_SIGNS}ل|ب{_SIGNS}[شخ])"
_FORMS = ("elided", "named", "nominal", "pronoun")
_BITS_OF_PLACE = 32  # of a place in the text of a batch, beside an entity in one number
_MOST_BITS = 31  # of the length of a span: it and the start stand in one number


@vouches("Q101", "Q102", "Q103")
def marks(columns: Columns) -> Flags:
    """Every mark stands before or after a direct or partial quote of one span, or a term, and on both sides of it."""
    codes = columns.layout.texts.codes
    commas = np.zeros(len(codes), np.bool_)
    commas[1:] = (codes[1:] == ord(",")) & (codes[:-1] == ord(","))
    unsure = commas | (columns.classes & UNSURE > 0)
    return (_by_row(columns, unsure) > 0) | _marks_left(columns) | columns.rows(columns.quotes.owner[columns.in_parts])


def _marks_left(columns: Columns) -> Flags:
    is_mark = columns.classes & MARK > 0
    marked = ~columns.is_without_marks
    where = [columns.first_spans.take(marked), columns.term_spans]
    owner, paragraph, start, end = (np.concatenate(found) for found in zip(*where, strict=True))
    last = len(is_mark) - 1
    enclosed = (start > columns.layout.texts.starts[paragraph]) & (end < columns.layout.texts.starts[paragraph + 1])
    enclosed &= is_mark[start - 1] & is_mark[np.minimum(end, last)]
    accounted = np.zeros(len(is_mark), np.bool_)
    accounted[start[enclosed] - 1] = accounted[end[enclosed]] = True
    found, told = (_by_row(columns, places) for places in (is_mark, accounted))
    due = 2 * np.bincount(owner, minlength=columns.size)
    return columns.rows(owner[~enclosed]) | (found != told) | (told != due)


def _by_row(columns: Columns, places: Flags) -> Numbers:
    """How many places of the text each row has."""
    paragraph = np.searchsorted(columns.layout.texts.starts, np.flatnonzero(places), side="right") - 1
    return np.bincount(columns.layout.paragraphs.owner[paragraph], minlength=columns.size)


@vouches("Q105", "Q113", "Q117")
def terms(columns: Columns) -> Flags:
    """Terms are in order, in no quote's place, and of a known entity if of any."""
    where = columns.term_spans
    unordered = follow(where.owner) & (np.diff(where.start, prepend=-1) <= 0)
    taken = among(_key(where), _key(columns.first_spans))
    names = child(columns.terms.values, "entity")
    unknown = flags(names.is_valid()) & (columns.layout.position("entities", names, where.owner) < 0)
    return columns.rows(where.owner[unordered | taken | unknown])


def _key(where: Spans) -> Numbers:
    return where.start << _MOST_BITS | where.end - where.start


@vouches("Q104", "Q105", "Q106", "Q107", "Q108", "Q109", "Q117", "Q119")
def order(columns: Columns) -> Flags:
    """Quotes have one span, are in order, cross none, and have as parent the quote around them."""
    where, values = columns.first_spans, columns.quotes.values
    later = np.diff(where.start, prepend=-1)
    sorted_ = (later > 0) | ((later == 0) & (np.diff(where.end, prepend=0) < 0))
    around, unclear = enclosing(where.start, where.end)
    crosses = (around >= 0) & (where.end > where.end[around])
    parent = child(values, "parent")
    given = np.where(flags(parent.is_valid()), columns.layout.position("quotes", parent, where.owner), -1)
    orphan = flags(parent.is_valid()) & (given < 0)
    odd = columns.in_parts | crosses | unclear | orphan | (given != around)
    return columns.rows(where.owner[odd | (follow(where.owner) & ~sorted_)])


@vouches("Q110", "Q124", "Q126")
def resumption(columns: Columns) -> Flags:
    """No quote continues another."""
    return columns.rows(columns.quotes.owner[flags(child(columns.quotes.values, "continues").is_valid())])


@vouches("M133")
def phenomena(columns: Columns) -> Flags:
    """No quote lists phenomena."""
    return columns.rows(columns.quotes.owner[flags(child(columns.quotes.values, "phenomena").is_valid())])


@vouches("Q131")
def clauses(columns: Columns) -> Flags:
    """No quote without marks begins with a word that may be أن."""
    begins = pc.match_substring_regex(child(columns.firsts, "text"), _THAT)
    odd = flags(begins) & columns.is_without_marks
    return columns.strange | columns.rows(columns.quotes.owner[odd])


@vouches("Q135")
def parts_of_quotes(columns: Columns) -> Flags:
    """No quote has the start of its parent's cue and another addressee."""
    where, values = columns.first_spans, columns.quotes.values
    parent = child(values, "parent")
    part = np.flatnonzero(flags(parent.is_valid()))
    whole = columns.layout.position("quotes", take(parent, part), where.owner[part])
    part, whole = part[whole >= 0], whole[whole >= 0]
    cue, addressee = columns.cue_spans.start, codes(child(values, "addressee", "entity"))
    odd = (cue[part] == cue[whole]) & (addressee[part] != addressee[whole])
    return columns.rows(where.owner[part[odd]])


@vouches("Q136")
def topics(columns: Columns) -> Flags:
    """No quote begins with a word that may be عن, حول or the like."""
    odd = flags(pc.match_substring_regex(child(columns.firsts, "text"), _ABOUT))
    return columns.strange | columns.rows(columns.quotes.owner[odd])


@vouches("Q134")
def utterances(columns: Columns) -> Flags:
    """No quote is unmarked."""
    return columns.rows(columns.quotes.owner[says(child(columns.quotes.values, "type"), "unmarked")])


@vouches("Q111", "Q112", "Q121")
def cues(columns: Columns) -> Flags:
    """Cues are in the paragraph of their quote of one span, outside it, and of words that report."""
    values = child(columns.quotes.values, "cue")
    there = flags(values.is_valid())
    cue, quote = columns.cue_spans.take(there), columns.first_spans.take(there)
    known = fit(is_cue, there, child(values, "text"))
    odd = columns.in_parts[there] | (cue.paragraph != quote.paragraph) | meets(cue, quote) | ~known
    return columns.rows(cue.owner[odd])


@vouches("Q127", "Q128")
def reporting(columns: Columns) -> Flags:
    """Cues are of the kind of their word, and none is that of two quotes."""
    owner, cue = columns.quotes.owner, child(columns.quotes.values, "cue")
    there = np.flatnonzero(flags(cue.is_valid()))
    odd = ~fit(is_of_kind, flags(cue.is_valid()), child(cue, "text"), child(cue, "kind"))
    speaker = codes(child(columns.quotes.values, "speaker", "entity"))
    shared = differing([columns.cue_spans.start[there]], speaker[there])
    return columns.rows(owner[there[odd]], owner[there[shared]])


@vouches("Q125", "Q129", "Q130")
def phrases(columns: Columns) -> Flags:
    """Phrases stand beside a quote of one span, in its paragraph or its cue's; nobody elided stands after a cue."""
    owner, quote, cue = columns.quotes.owner, columns.first_spans, columns.cue_spans
    odd = columns.in_parts | _overlooked(columns)
    for role in ("speaker", "addressee"):
        phrase = columns.spans[f"quotes.{role}.span"]
        there = flags(child(columns.quotes.values, role, "span").is_valid())
        near = (phrase.paragraph == quote.paragraph) | (phrase.paragraph == cue.paragraph)
        odd |= there & (~near | meets(phrase, quote))
    return columns.rows(owner[odd])


def _overlooked(columns: Columns) -> Flags:
    """Which quotes with an elided speaker have a cue with a mention of the speaker behind it."""
    speaker = child(columns.quotes.values, "speaker")
    elided = says(child(speaker, "form"), "elided") & (columns.cue_spans.paragraph >= 0)
    entity = columns.layout.position("entities", child(speaker, "entity"), columns.quotes.owner)
    mentions = columns.mention_entity << _BITS_OF_PLACE | columns.mention_spans.start
    return elided & among(entity << _BITS_OF_PLACE | columns.cue_spans.end + 1, mentions)


@vouches("Q113", "Q114", "Q115", "Q116", "Q120", "Q122", "Q123", "Q132", "Q133")
def people(columns: Columns) -> Flags:
    """Speakers and addressees are one each, known, can speak, and are referred to in the form that is said."""
    position, owner = columns.layout.position, columns.quotes.owner
    roles = ("speaker", "addressee")
    both = [position("entities", child(columns.quotes.values, role, "entity"), owner) for role in roles]
    to_oneself = (both[0] >= 0) & (both[0] == both[1])
    early = _elided_early(columns, both[0])
    odd = [_person_odd(columns, role, entity) for role, entity in zip(roles, both, strict=True)]
    return columns.rows(owner[np.logical_or.reduce([to_oneself, early, columns.has_others, *odd])])


def _elided_early(columns: Columns, entity: Numbers) -> Flags:
    """Whether a speaker may be elided before being mentioned; with the cue in another paragraph, that is not told."""
    cue = columns.cue_spans.paragraph
    apart = (cue >= 0) & (cue != columns.first_spans.paragraph)
    elided = says(child(columns.quotes.values, "speaker", "form"), "elided") & (entity >= 0)
    first = np.searchsorted(columns.mention_entity, entity[elided])
    early = np.zeros(len(entity), np.bool_)
    early[elided] = columns.mention_spans.start[first] >= columns.first_spans.start[elided]
    early |= elided & apart
    return early


def _person_odd(columns: Columns, role: str, entity: Numbers) -> Flags:
    person = child(columns.quotes.values, role)
    kinds = flags(pc.is_in(child(columns.entities.values, "type"), value_set=strings(SPEAKERS)))
    cannot = (entity < 0) | ~(kinds[entity] if len(kinds) else np.zeros(len(entity), np.bool_))
    elided, named, nominal, pronoun = (says(child(person, "form"), kind) for kind in _FORMS)
    has_phrase = flags(child(person, "span").is_valid())
    mentioned, by_name = columns.mentioned(columns.spans[f"quotes.{role}.span"], entity, holds)
    misnamed = has_phrase & ((named & ~by_name) | (nominal & (by_name | ~mentioned)) | (pronoun & mentioned))
    return flags(person.is_valid()) & (cannot | (elided == has_phrase) | misnamed)
