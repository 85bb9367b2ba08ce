r"""From what was written to terms: `type=direct speaker="سلمى الحداد" -cue=قال|أكد أسعار`.

A term is a field, `=` or `!=`, and a value or several with | between; a word alone is one of the quote's. All terms
must hold; a - before one, or !=, says that it must not. Values with spaces stand in marks: "…", “…” or «…»; a mark in
them has a \ before it. * is any value.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tasrih.arguments import meant, shown, text
from tasrih.errors import ArgumentError
from tasrih.queries.fields import FIELDS, Field
from tasrih.queries.values import Value, value

ANY = "*"
MARKS = {'"': '"', "“": "”", "«": "»"}
# White space, and marks of direction that a keyboard or a page puts beside Arabic words.
_S = "[\\s\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]"
_SPACES = re.compile(f"{_S}*")
# A name is short: without a bound, a long word is looked through again from each of its letters.
_FIELD = re.compile(f'([^\\s"“«|=!-][^\\s"“«|=!]{{0,60}}){_S}*(!?=){_S}*')
_BARE = re.compile(f"(?:(?!{_S})[^|])+")
_MARKED = re.compile('(?:"((?:[^"\\\\]|\\\\.)*)"|“((?:[^”\\\\]|\\\\.)*)”|«((?:[^»\\\\]|\\\\.)*)»)', re.DOTALL)
_OR = re.compile(f"{_S}*\\|{_S}*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LONGEST = 10_000


class Term(NamedTuple):
    """A field with the values of which it must have one, or none where it is negated; no values mean any."""

    field: Field
    values: tuple[Value, ...]
    negated: bool = False


class _Written(NamedTuple):
    """A value as it was written, where it ends, and whether it stands for any."""

    text: str
    end: int
    is_any: bool = False


def parse(query: str) -> tuple[Term, ...]:
    """The terms of a query. Raises ArgumentError that names the term, its place, and what can be written."""
    given = text("query", query)
    if len(given) > _LONGEST:
        raise ArgumentError(f"query: it has {len(given)} characters, and {_LONGEST} are read.")
    terms = tuple(_terms(given))
    if not terms:
        raise ArgumentError(f"query: {shown(repr(given))} has no term. Write one as type=direct, or words to look for.")
    return terms


def _terms(query: str) -> Iterator[Term]:
    place = _after_spaces(query, 0)
    while place < len(query):
        try:
            term, end = _term(query, place)
        except ArgumentError as error:
            raise ArgumentError(f"query, at character {place + 1}: {error}") from error
        yield term
        place = _after_spaces(query, end)


def _term(query: str, start: int) -> tuple[Term, int]:
    is_negated = query[start] == "-" and _after_spaces(query, start + 1) == start + 1 < len(query)
    found = _FIELD.match(query, start + is_negated)
    field = _field(found[1]) if found else FIELDS["text"]
    written = list(_values(query, found.end() if found else start + is_negated, field))
    is_other = found is not None and found[2] == "!="
    values = () if any(one.is_any for one in written) else tuple(value(field, one.text) for one in written)
    return Term(field, values, is_negated != is_other), written[-1].end


def _field(name: str) -> Field:
    if name.lower() not in FIELDS:
        also = {other: field.name for field in FIELDS.values() for other in field.also}
        near = f" Did you mean {also[name.lower()]}?" if name.lower() in also else meant(name, FIELDS)
        raise ArgumentError(f"{shown(name)}: no such field; choose one of {', '.join(FIELDS)}.{near}")
    return FIELDS[name.lower()]


def _values(query: str, start: int, field: Field) -> Iterator[_Written]:
    """The values of a term, which | parts."""
    found = _value(query, start, field)
    yield found
    while more := _OR.match(query, found.end):
        found = _value(query, more.end(), field)
        yield found


def _value(query: str, start: int, field: Field) -> _Written:
    if query[start : start + 1] in MARKS:
        found = _MARKED.match(query, start)
        if not found:
            raise ArgumentError(f"{shown(query[start:])}: the closing {MARKS[query[start]]} is missing.")
        return _Written(_ESCAPED.sub(r"\1", found[found.lastindex or 0]), found.end())
    bare = _BARE.match(query, start)
    if not bare:
        raise ArgumentError(f"{field.name} has no value. Write it as {field.name}={written(field.example)}.")
    return _Written(bare[0], bare.end(), bare[0] == ANY)


def written(given: str) -> str:
    """A value as a query has it: in marks where it needs them."""
    found = _BARE.match(given)
    is_bare = found is not None and found.end() == len(given) and given[0] not in (*MARKS, "-") and "=" not in given
    return given if is_bare and given != ANY else '"' + re.sub(r'(["\\])', r"\\\1", given) + '"'


def _after_spaces(query: str, place: int) -> int:
    found = _SPACES.match(query, place)
    return found.end() if found else place
