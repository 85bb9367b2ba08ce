"""E: entities called by their own names, linked to the register as they should be, with mentions that do not cross."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasrih.columnar import Flags, Numbers, Spans, child, flags, numbers, take
from tasrih.record import Json
from tasrih.validation.fast.columns import Columns, enclosing, follow
from tasrih.validation.fast.doubts import vouches
from tasrih.validation.index import Surroundings
from tasrih.validation.rules.entities import alike, called, date_fits

_BITS_OF_TYPE, _BITS_OF_VALUE = 8, 40  # codes of a batch that stand beside others in one number


@vouches("E107")
def doubles(columns: Columns) -> Flags:
    """No two entities have one name and type, or one link."""
    values, owner = columns.entities
    kind = child(values, "type")
    other = np.flatnonzero(flags(pc.not_equal(kind, "DATE")))
    names = numbers(child(values, "name").dictionary_encode().indices)[other]
    kinds = numbers(kind.dictionary_encode().indices)[other]
    linked = np.flatnonzero(flags(child(values, "link").is_valid()))
    links = numbers(take(child(values, "link"), linked).dictionary_encode().indices)
    return columns.rows(
        _repeated(owner[other], names << _BITS_OF_TYPE | kinds),
        _repeated(owner[linked], links),
    )


def _repeated(owner: Numbers, values: Numbers) -> Numbers:
    """The owners that have a value twice."""
    keys = np.sort(owner << _BITS_OF_VALUE | values)
    return keys[1:][keys[1:] == keys[:-1]] >> _BITS_OF_VALUE


@vouches("E103", "E104", "E105", "E106", "E111", "E112", "E120", "E121", "E122")
def names(columns: Columns) -> Flags:
    """Every entity has a mention that is its name, and mentions that are like it and in order; dates have values."""
    values, owner = columns.entities
    entity, words = columns.mention_entity, child(columns.mentions.values, "text")
    name, kind, value = (take(child(values, field), entity) for field in ("name", "type", "value"))
    same = flags(pc.equal(words, name))
    date, title = (flags(pc.equal(kind, label)) for label in ("DATE", "OCC"))
    unlike = columns.is_named & ~same & ~date
    odd = title & columns.is_named
    odd[unlike] = odd[unlike] | ~_fit(alike, unlike, name, words)
    valued = flags(value.is_valid())
    odd |= date != valued
    fitting = date & valued
    published = take(child(columns.metadata, "published"), owner[entity])
    odd[fitting] = odd[fitting] | ~_fit(date_fits, fitting, value, words, published)
    odd |= follow(entity) & (np.diff(columns.mention_spans.start, prepend=-1) < 0)
    is_called = np.bincount(entity[same], minlength=len(owner)) > 0
    return columns.rows(owner[entity[odd]], owner[~is_called])


def _fit(fits: Callable[..., bool], which: Flags, *columns: pa.Array) -> Flags:
    there = np.flatnonzero(which)
    return np.fromiter(map(fits, *(take(column, there).to_pylist() for column in columns)), np.bool_)


@vouches("E108", "E109", "E110", "E113", "E115")
def links(columns: Columns) -> Flags:
    """Entities are as the register has them; those that are not in it have no identifiers, nor composed ones links."""
    values, owner = columns.entities
    link, identifiers = child(values, "link"), child(values, "identifiers")
    linked = flags(link.is_valid())
    odd = ~linked & flags(identifiers.is_valid())
    places = np.flatnonzero(linked & ~columns.composed[owner])
    given = zip(*(take(child(values, field), places).to_pylist() for field in _TOLD_BY_REGISTER), strict=True)
    odd[places] = [not _is_registered(columns.around, *entity) for entity in given]
    return columns.rows(owner[odd | (linked & columns.composed[owner])])


_TOLD_BY_REGISTER = ("link", "type", "name", "identifiers")


def _is_registered(around: Surroundings, link: str, kind: str, name: str, identifiers: Json | None) -> bool:
    known = around.register.get(link)
    if known is None or known["type"] != kind:
        return False
    if name not in known["names"]["arabic"] and not called(known, name):
        return False
    verified = known.get("identifiers") or {}
    return all(value is None or verified.get(register) == value for register, value in (identifiers or {}).items())


@vouches("E101", "E102")
def crossing(columns: Columns) -> Flags:
    """No mentions cross, and none are the same words but for a title's."""
    where = columns.mention_spans
    title = flags(pc.equal(child(columns.entities.values, "type"), "OCC"))[columns.mention_entity]
    order = np.lexsort((title, -where.end, where.start, where.paragraph))
    sorted_, title = where.take(order), title[order]
    around, unclear = enclosing(sorted_.start, sorted_.end)
    crosses = (around >= 0) & (sorted_.end > sorted_.end[around])
    twin = (np.diff(sorted_.start, prepend=-1) == 0) & (np.diff(sorted_.end, prepend=-1) == 0)
    before = np.concatenate((np.ones(1, np.bool_), (title | twin)[:-1]))[: len(title)]
    return columns.rows(sorted_.owner[crosses | unclear | (twin & (before | ~title))])


@vouches("E114")
def terms(columns: Columns) -> Flags:
    """Terms are mentions of the entity they name, or parts of one."""
    named = child(columns.terms.values, "entity")
    naming = np.flatnonzero(flags(named.is_valid()))
    where = columns.term_spans.take(naming)
    entity = columns.layout.position("entities", take(named, naming), where.owner)
    mentioned, _ = columns.mentioned(where, entity, _meets)
    return columns.rows(where.owner[(entity >= 0) & ~mentioned])


def _meets(one: Spans, other: Spans) -> Flags:
    met: Flags = (one.start < other.end) & (other.start < one.end)
    return met
