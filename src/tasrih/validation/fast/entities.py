"""E: entities called by their own names, linked to the register as they should be, with mentions that do not cross."""

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from tasrih.columnar import Flags, child, constant, flags, numbers, says, take
from tasrih.record import Json
from tasrih.text.letters import SIGNS, TATWEEL
from tasrih.text.words import PROCLITICS
from tasrih.validation.fast.columns import Columns, codes, differing, enclosing, fit, follow, meets, repeated
from tasrih.validation.fast.doubts import vouches
from tasrih.validation.fast.letters import FIRST, LAST, MARK
from tasrih.validation.index import Surroundings
from tasrih.validation.rules.entities import alike, called, date_fits

_BOUND = f"{PROCLITICS}س{TATWEEL}"
_SEVERAL = re.compile(r"[^\W_][\W_]+[^\W_]")
_HEADS = ("حمل", "مبادر", "برنامج", "مشروع", "زيار")
_BETWEEN = f"[{SIGNS}{TATWEEL}]*"
_NO_EVENTS = rf"^[^{FIRST}-{LAST}]*(?:ال)?(?:{'|'.join(map(_BETWEEN.join, _HEADS))})"
_AGO, _BEFORE_AGO, _ARTICLE = "قبل", f"وفلب{TATWEEL}", "ال"
_BITS_OF_TYPE = 8  # of the code of a type beside that of a name
_BITS_OF_PLACE = 31  # of a place in the text of a batch, beside another in one number


@vouches("E107")
def doubles(columns: Columns) -> Flags:
    """No two entities have one name and type, or one link."""
    values, owner = columns.entities
    kind = child(values, "type")
    other = np.flatnonzero(flags(pc.not_equal(kind, constant("DATE"))))
    links = codes(child(values, "link"))
    return columns.rows(
        repeated(owner[other], codes(child(values, "name"))[other] << _BITS_OF_TYPE | codes(kind)[other]),
        repeated(owner[links >= 0], links[links >= 0]),
    )


@vouches("E103", "E104", "E105", "E106", "E111", "E112", "E120", "E121", "E122")
def names(columns: Columns) -> Flags:
    """Every entity has a mention that is its name, and mentions that are like it and in order; dates have values."""
    values, owner = columns.entities
    entity, words = columns.mention_entity, child(columns.mentions.values, "text")
    name, kind, value = (take(child(values, field), entity) for field in ("name", "type", "value"))
    same = flags(pc.equal(words, name))
    date, title = (says(kind, label) for label in ("DATE", "OCC"))
    unlike = columns.is_named & ~same & ~date
    odd = title & columns.is_named
    unlike &= columns.is_worded
    odd[unlike] = odd[unlike] | ~fit(alike, unlike, name, words)
    valued = flags(value.is_valid())
    odd |= (date != valued) & ~(date & _may_be_undated(columns)[owner[entity]])
    fitting = date & valued & columns.is_worded
    published = take(child(columns.metadata, "published"), owner[entity])
    odd[fitting] = odd[fitting] | ~fit(date_fits, fitting, value, words, published)
    odd |= follow(entity) & (np.diff(columns.mention_spans.start, prepend=-1) < 0)
    is_called = np.bincount(entity[same], minlength=len(owner)) > 0
    return columns.rows(owner[entity[odd]], owner[~is_called & ~columns.masked[owner]])


def _may_be_undated(columns: Columns) -> Flags:
    """Which rows may have dates without a value."""
    newer = says(columns.batch.column("schema_version"), "1.1")
    return newer & ~flags(child(columns.metadata, "published").is_valid())


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
    title = says(child(columns.entities.values, "type"), "OCC")[columns.mention_entity]
    order = np.lexsort((title, -where.end, where.start, where.paragraph))
    sorted_, title = where.take(order), title[order]
    around, unclear = enclosing(sorted_.start, sorted_.end)
    crosses = (around >= 0) & (sorted_.end > sorted_.end[around])
    twin = (np.diff(sorted_.start, prepend=-1) == 0) & (np.diff(sorted_.end, prepend=-1) == 0)
    before = np.concatenate((np.ones(1, np.bool_), (title | twin)[:-1]))[: len(title)]
    return columns.rows(sorted_.owner[crosses | unclear | (twin & (before | ~title))])


@vouches("E123")
def titles(columns: Columns) -> Flags:
    """Nobody without a name is mentioned by words that are a mention of something else as well."""
    values, owner = columns.entities
    entity, where = columns.mention_entity, columns.mention_spans
    called = np.bincount(entity[columns.is_named], minlength=len(owner)) > 0
    nameless = (says(child(values, "type"), "PERS") & ~called)[entity]
    order = np.lexsort((where.end, where.start, where.paragraph))
    sorted_, nameless = where.take(order), nameless[order]
    again = (np.diff(sorted_.start, prepend=-1) == 0) & (np.diff(sorted_.end, prepend=-1) == 0)
    odd = again & (nameless | np.roll(nameless, 1) | np.roll(nameless, 2))
    return columns.rows(sorted_.owner[odd])


@vouches("E124")
def events(columns: Columns) -> Flags:
    """No mention of an event begins like a campaign, a programme and the like, or behind a mark."""
    kind = take(child(columns.entities.values, "type"), columns.mention_entity)
    event = np.flatnonzero(says(kind, "EVENT"))
    where = columns.mention_spans.take(event)
    odd = flags(pc.match_substring_regex(take(child(columns.mentions.values, "text"), event), _NO_EVENTS))
    before, second = where.start - 1, where.start - 2
    odd |= (columns.classes[before] | columns.classes[second]) & MARK > 0
    odd |= columns.layout.texts.codes[second] == ord(" ")
    return columns.strange | columns.rows(where.owner[odd])


@vouches("E125")
def ago(columns: Columns) -> Flags:
    """No text holds قبل before anything but a word with ال."""
    text, starts = columns.text, columns.layout.texts.starts
    places = np.fromiter(_places(text, _AGO), np.int64)
    first = np.isin(places, starts)
    odd = first | np.fromiter((_may_be_ago(text, place) for place in places.tolist()), np.bool_)
    return columns.rows(columns.layout.paragraphs.owner[np.searchsorted(starts, places[odd], side="right") - 1])


def _places(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, which a pattern would find three times as slowly."""
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _may_be_ago(text: str, place: int) -> bool:
    """Whether قبل may begin a word of its own, and stands before anything but a word with ال."""
    before = text[place - 1]
    is_word = before in _BEFORE_AGO or not before.isalpha()
    return is_word and not text.startswith(_ARTICLE, place + len(_AGO) + 1)


@vouches("E114")
def terms(columns: Columns) -> Flags:
    """Terms are mentions of the entity they name, or parts of one."""
    named = child(columns.terms.values, "entity")
    naming = np.flatnonzero(flags(named.is_valid()))
    where = columns.term_spans.take(naming)
    entity = columns.layout.position("entities", take(named, naming), where.owner)
    mentioned, _ = columns.mentioned(where, entity, meets)
    return columns.rows(where.owner[(entity >= 0) & ~mentioned])


@vouches("E117", "E118", "E119")
def callings(columns: Columns) -> Flags:
    """An entity's name is the fullest that it is called by, words have one form, and long names call one entity."""
    values, rows = columns.entities
    entity, words, where = columns.mention_entity, child(columns.mentions.values, "text"), columns.mention_spans
    names, kind = child(values, "name"), codes(child(values, "type"))[entity]
    named = columns.is_named & ~says(child(values, "type"), "DATE")[entity]
    fuller = named & (where.end - where.start > numbers(pc.utf8_length(names))[entity])
    fuller[fuller] = fit(_holds_name, fuller, words, take(names, entity))
    called = numbers(columns.mention_words.indices)
    split = differing([entity, called], codes(child(columns.mentions.values, "form")))
    several = np.flatnonzero(named & flags(pc.match_substring(words, " ")))
    by = [rows[entity], kind, called]
    shared = several[differing([column[several] for column in by], codes(names)[entity[several]])]
    return columns.rows(rows[entity[fuller]], rows[entity[split]], rows[entity[shared]])


def _holds_name(words: str, name: str) -> bool:
    return name in words


@vouches("E116")
def long_names(columns: Columns) -> Flags:
    """The names of several words that mentions call by stand nowhere but where they are mentions.

    To count their letters is mostly enough; where there are more of them, words are told apart.
    """
    values, rows = columns.mentions
    start, end = columns.mention_spans.start, columns.mention_spans.end
    named = np.flatnonzero(columns.is_named & columns.is_worded)
    place = start[named] << _BITS_OF_PLACE | end[named]
    order = np.argsort(place, kind="stable")
    once = named[order[np.diff(place[order], prepend=-1) > 0]]
    told = Counter(zip(rows[once].tolist(), take(child(values, "text"), once).to_pylist(), strict=True))
    bounds = columns.layout.texts.starts[columns.layout.first("paragraphs")].tolist()
    more = [
        (row, name, count)
        for (row, name), count in told.items()
        if not name.isalnum() and (columns.text.count(name, bounds[row], bounds[row + 1]) > count or _may_overlap(name))
    ]
    odd = [row for row, name, count in more if _SEVERAL.search(name) and _times(columns.joined(row), name) > count]
    return columns.rows(np.array(odd, np.int64))


def _may_overlap(name: str) -> bool:
    """Whether a name may stand again where it has not ended: some of its words, which end it, begin it as well."""
    begins_again = name.endswith((name[:1], name[:2])) or name[:3] in name[1:]
    return begins_again and any(name.endswith(name[:size]) and not name[size].isalnum() for size in range(1, len(name)))


def _times(text: str, name: str) -> int:
    """How often a name stands in a text as whole words, perhaps behind proclitics; overlapping ones too."""
    times = end = 0
    while start := text.find(name, end) + 1:
        before, after = text[max(start - 2, 0) : start - 1], text[start - 1 + len(name) : start + len(name)]
        times += not after.isalnum() and (before in _BOUND or not before.isalnum())
        end = start
    return times
