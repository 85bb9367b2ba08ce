"""The fast way through validation: tells in one pass that a family of rules has nothing to find in a record.

A rule says what is wrong; these functions only say that nothing is. Where one is not sure it answers False, and the
rules of its family are asked. The tests show that no rule finds anything in what is called sound.
"""

import re
from operator import itemgetter
from unicodedata import is_normalized

from tasrih.lexicon import is_cue
from tasrih.validation.index import Index, Json
from tasrih.validation.rules import entities, quotes
from tasrih.validation.rules.metadata import GUIDELINES

_MARKS = "\"“”„‟«»‹›＂〝〞'‘’‚‛"
_MARK = re.compile(f"[{_MARKS}]")
_MARK_SET = frozenset(_MARKS)
_SPACES = frozenset(
    map(chr, [*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029])
)
_EDGES = frozenset(f" {_MARKS}،؛؟.:,;!?()[]/-–—…")
_ODD = re.compile("[^ !-%'-;=-@\\[-`{-~\u0621-\u063a\u0640-\u0652\u060c\u061b\u061f\u0660-\u066c«»“”‘’–—…]")
_STRETCHED = re.compile("ـ[\u0621-\u064a]")
_PLACE = itemgetter("paragraph", "start", "end")


def text(index: Index) -> bool:
    """Whether the texts hold ordinary Arabic letters, digits, punctuation and single spaces only."""
    joined = f"|{index.joined}|"
    spaced = "  " in joined or " |" in joined or "| " in joined
    return not (spaced or _ODD.search(joined) or _STRETCHED.search(joined)) and is_normalized("NFC", joined)


def anchors(index: Index) -> bool:
    """Whether every span selects its text, at the edges of words or after one proclitic."""
    texts = index.texts
    for span in index.bare_spans:
        whole, start, end, words = texts.get(span["paragraph"], ""), span["start"], span["end"], span["text"]
        if whole[start:end] != words or end - start != len(words):
            return False
        first, last = words[0], words[-1]
        if first in _SPACES or last in _SPACES or (first in _MARK_SET and last in _MARK_SET):
            return False
        if start and whole[start - 1] not in _EDGES and first not in _EDGES and not _after_proclitic(whole, start):
            return False
        if end < len(whole) and whole[end] not in _EDGES and last not in _EDGES:
            return False
    return True


def _after_proclitic(whole: str, start: int) -> bool:
    return whole[start - 1] in "وفبكل" and (start == 1 or whole[start - 2] in _EDGES)


def speech(index: Index) -> bool:
    """Whether all marks enclose a quote or a term, and every quote is of the plain sort: one span, a known speaker."""
    return index.is_numbered and _marks_accounted(index) and _terms_plain(index) and _quotes_plain(index)


def _marks_accounted(index: Index) -> bool:
    places: set[tuple[str, int]] = set()
    for span in index.marked_spans:
        paragraph, start, end = _PLACE(span)
        whole = index.texts.get(paragraph, "")
        if not 0 < start <= len(whole) or whole[start - 1] not in _MARK_SET or whole[end : end + 1] not in _MARK_SET:
            return False
        places.update(((paragraph, start - 1), (paragraph, end)))
    found = sum(len(_MARK.findall(paragraph["text"])) for paragraph in index.paragraphs)
    return found == len(places) == 2 * len(index.marked_spans)


def _terms_plain(index: Index) -> bool:
    quoted = {_PLACE(span) for quote in index.quotes for span in quote["spans"]}
    before = (-1, 0)
    for term in index.terms:
        place = _PLACE(term["span"])
        here = (int(place[0][1:]), place[1])
        if place in quoted or here <= before or (term.get("entity") or None) not in index.entity_ids:
            return False
        before = here
    return True


def _quotes_plain(index: Index) -> bool:
    before = (-1, 0, 0)
    around: list[tuple[int, int, str]] = []
    for quote in index.quotes:
        span, *more = quote["spans"]
        here = (int(span["paragraph"][1:]), span["start"], -span["end"])
        while around and (around[-1][0] != here[0] or around[-1][1] <= span["start"]):
            around.pop()
        parent = around[-1][2] if around else None
        crosses = around and span["end"] > around[-1][1]
        if more or here <= before or crosses or quote.get("parent") != parent or quote.get("continues"):
            return False
        if not (_cue_plain(quote["cue"], span) and _people_plain(index, quote)):
            return False
        around.append((here[0], span["end"], quote["id"]))
        before = here
    return True


def _cue_plain(cue: Json | None, span: Json) -> bool:
    return cue is None or (
        cue["paragraph"] == span["paragraph"]
        and (cue["start"] <= cue["end"] <= span["start"] or span["end"] <= cue["start"] <= cue["end"])
        and is_cue(cue["text"])
    )


def _people_plain(index: Index, quote: Json) -> bool:
    speaker, addressee = quote["speaker"], quote.get("addressee")
    if speaker and addressee and speaker["entity"] == addressee["entity"]:
        return False
    if speaker and speaker["form"] == "elided" and not _known_before(index, speaker, quote):
        return False
    return (not speaker or _person_plain(index, speaker)) and (not addressee or _person_plain(index, addressee))


def _known_before(index: Index, speaker: Json, quote: Json) -> bool:
    entity = index.entity_by_id.get(speaker["entity"])
    return entity is not None and _order(entity["mentions"][0]) < _order(quote["spans"][0])


def _order(span: Json) -> tuple[int, int]:
    return int(span["paragraph"][1:]), span["start"]


def _person_plain(index: Index, person: Json) -> bool:
    entity, form, span = index.entity_by_id.get(person["entity"]), person["form"], person["span"]
    if not entity or entity["type"] not in quotes.SPEAKERS or (form == "elided") != (span is None):
        return False
    if span is None:
        return True
    if form == "named":
        return quotes.holds_name(span, entity)
    return form == "pronoun" or (not quotes.holds_name(span, entity) and quotes.mentioned_in(span, entity))


def people(index: Index) -> bool:
    """Whether every entity is called by its own name, links to the register as it should, and no mentions cross."""
    seen: set[object] = set()
    for entity in index.entities:
        keys = {
            entity.get("link") or entity["id"],
            entity["id"] if entity["type"] == "DATE" else (entity["type"], entity["name"]),
        }
        if not seen.isdisjoint(keys) or not (_named(entity) and _registered(index, entity)):
            return False
        seen |= keys
    return (
        index.is_numbered
        and _nested(index)
        and all(_terms_name(index, term) for term in index.terms if term.get("entity"))
    )


def _named(entity: Json) -> bool:
    name, kind, value = entity["name"], entity["type"], entity.get("value")
    before, found = (-1, 0), False
    for mention in entity["mentions"]:
        words, named = mention["text"], mention["form"] == "named"
        here = (int(mention["paragraph"][1:]), mention["start"])
        if here < before or (kind == "OCC" and named):
            return False
        if kind == "DATE":
            if value is None or not entities.value_fits(value, words):
                return False
        elif named and words != name and not entities.alike(name, words):
            return False
        found = found or words == name
        before = here
    return found and (kind == "DATE" or value is None)


def _registered(index: Index, entity: Json) -> bool:
    link, identifiers = entity.get("link"), entity.get("identifiers")
    if link is None:
        return not identifiers
    known = index.surroundings.register.get(link)
    if known is None or known["type"] != entity["type"] or index.metadata["origin"] == "composed":
        return False
    if entity["name"] not in known["names"]["arabic"] and not entities.called(known, entity["name"]):
        return False
    verified = known.get("identifiers") or {}
    return not identifiers or all(verified.get(name) == value for name, value in identifiers.items())


def _nested(index: Index) -> bool:
    places = sorted(
        (mention["paragraph"], mention["start"], -mention["end"], entity["type"] == "OCC")
        for entity in index.entities
        for mention in entity["mentions"]
    )
    around: list[int] = []
    before: tuple[str, int, int, bool] = ("", 0, 0, True)
    for paragraph, start, negative, title in places:
        if paragraph != before[0]:
            around = []
        while around and around[-1] <= start:
            around.pop()
        twin = (paragraph, start, negative) == before[:3]
        if (around and -negative > around[-1]) or (twin and (before[3] or not title)):
            return False
        around.append(-negative)
        before = (paragraph, start, negative, title or twin)
    return True


def _terms_name(index: Index, term: Json) -> bool:
    entity = index.entity_by_id.get(term["entity"])
    return entity is None or entities.mentioned_at(entity, term["span"])


def publication(index: Index) -> bool:
    """Whether the article is a reviewed one without a source file, dated, composed apart, licensed, and numbered."""
    metadata, rights, annotation = index.metadata, index.metadata["rights"], index.metadata["annotation"]
    composed = metadata["origin"] == metadata["collection"] == "composed"
    reviewed = (
        annotation["status"] == "reviewed" and annotation["guidelines"] in GUIDELINES and annotation["annotators"]
    )
    licensed = rights["redistribution"] != "permitted" or rights["license"] is not None
    roles = [paragraph["role"] for paragraph in index.paragraphs]
    return (
        bool(composed and reviewed and licensed and index.is_numbered)
        and metadata["source"] is None
        and _dated(index)
        and index.file is None
        and roles.count("headline") == 1
        and "body" in roles
        and not _drafted(index)
    )


def _dated(index: Index) -> bool:
    published, record_id = index.metadata["published"], index.record["id"]
    if published is None or published > index.surroundings.today.isoformat():
        return False
    return record_id.startswith(published) or not record_id[:4].isdecimal()


def _drafted(index: Index) -> bool:
    items = [*index.quotes, *index.terms, *(mention for entity in index.entities for mention in entity["mentions"])]
    return any(item.get("provenance") for item in items)
