"""Single mistakes that an annotator or a script makes in a record that was right: a small function a kind.

Each changes one fact of a record, in place, and keeps the schema. It says whether the record had such a fact. What it
moves it moves as a whole: the text of a span is what its new offsets select, as if somebody had annotated it so.
"""

import copy
import random
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from tasrih.validation.findings import pointer
from tasrih.validation.index import Index, Surroundings
from tasrih.validation.registry import RECORD
from tasrih.validation.rules.metadata import unused_waiver

Json = dict[str, Any]
Mistake = Callable[[Json, random.Random], bool]
KINDS: dict[str, Mistake] = {}
_TYPES = ("PERS", "ORG", "GPE", "LOC", "FAC", "NORP", "OCC", "EVENT", "LAW")
_WORD = re.compile(r"[^\W_]+")


def corrupted(record: Json, kind: str) -> Json | None:
    """A record with one mistake of a kind, always the same one; None where it has nothing to mistake so."""
    made = copy.deepcopy(record)
    is_made = KINDS[kind](made, random.Random(f"{record['id']} {kind}"))
    return made if is_made and made != record else None


def kind(name: str, *given: Any) -> Callable[[Callable[..., bool]], Callable[..., bool]]:
    """Enters a function as a kind of mistake, with what it is given after the record and chance."""

    def enter(function: Callable[..., bool]) -> Callable[..., bool]:
        KINDS[name] = (lambda record, rng: function(record, rng, *given)) if given else function
        return function

    return enter


def chosen(rng: random.Random, items: Any) -> Any:
    """One of some items; None when there are none."""
    listed = list(items)
    return rng.choice(listed) if listed else None


def noticed(record: Json, around: Surroundings, file: Path) -> bool:
    """Whether a rule finds something in a record that it does not waive, asked as if a file held it."""
    index = Index(record, around, file)
    waived = {(waiver["rule"], waiver["at"]) for waiver in record.get("waivers", [])}
    found: set[tuple[str, str]] = set()
    for rule in RECORD.rules.values():
        found |= {(rule.code, pointer(problem.at)) for problem in rule.check(index)}
        if found - waived:
            return True
    return next(unused_waiver(index, found), None) is not None


# Spans


def spans_of(record: Json, layer: str) -> list[Json]:
    """The spans of a layer: quote, cue, phrase, mention, term."""
    people = [quote.get(role) for quote in record["quotes"] for role in ("speaker", "addressee")]
    layers: dict[str, list[Json]] = {
        "quote": [span for quote in record["quotes"] for span in quote["spans"]],
        "cue": [quote["cue"] for quote in record["quotes"] if quote["cue"]],
        "phrase": [person["span"] for person in people if person and person["span"]],
        "mention": [mention for entity in record["entities"] for mention in entity["mentions"]],
        "term": [term["span"] for term in record["terms"]],
    }
    return layers[layer]


def every_span(record: Json) -> Iterator[Json]:
    """All spans of a record."""
    for layer in ("quote", "cue", "phrase", "mention", "term"):
        yield from spans_of(record, layer)


def text_of(record: Json, paragraph: str) -> str:
    """The text of a paragraph."""
    return next(str(one["text"]) for one in record["paragraphs"] if one["id"] == paragraph)


def placed(record: Json, span: Json, start: int, end: int) -> bool:
    """Sets a span to other offsets; False when they select nothing."""
    text = text_of(record, span["paragraph"])
    if not 0 <= start < end <= len(text):
        return False
    span |= {"start": start, "end": end, "text": text[start:end]}
    return True


def respan(layer: str, change: Callable[[str, Json], tuple[int, int]]) -> Mistake:
    """A mistake in where a span of a layer begins or ends."""

    def mistake(record: Json, rng: random.Random) -> bool:
        spans = spans_of(record, layer)
        rng.shuffle(spans)
        return any(placed(record, span, *change(text_of(record, span["paragraph"]), span)) for span in spans)

    return mistake


def _edges(text: str) -> tuple[list[int], list[int]]:
    found = list(_WORD.finditer(text))
    return [match.start() for match in found], [match.end() for match in found]


def first_word_out(text: str, span: Json) -> tuple[int, int]:
    """Begins with the second word."""
    later = [start for start in _edges(text)[0] if span["start"] < start < span["end"]]
    return (later[0], span["end"]) if later else (0, 0)


def last_word_out(text: str, span: Json) -> tuple[int, int]:
    """Ends with the last word but one."""
    earlier = [end for end in _edges(text)[1] if span["start"] < end < span["end"]]
    return (span["start"], earlier[-1]) if earlier else (0, 0)


def word_before_in(text: str, span: Json) -> tuple[int, int]:
    """Takes in the word before."""
    earlier = [start for start in _edges(text)[0] if start < span["start"]]
    return (earlier[-1], span["end"]) if earlier else (0, 0)


def word_after_in(text: str, span: Json) -> tuple[int, int]:
    """Takes in the word after."""
    later = [end for end in _edges(text)[1] if end > span["end"]]
    return (span["start"], later[0]) if later else (0, 0)


def one_word_on(text: str, span: Json) -> tuple[int, int]:
    """Begins and ends a word later."""
    return first_word_out(text, span)[0], word_after_in(text, span)[1]


def letter_before_in(text: str, span: Json) -> tuple[int, int]:
    """Takes in the letter before: a proclitic, or a mark."""
    return (span["start"] - 1, span["end"]) if text[: span["start"]].strip() else (0, 0)


def letter_after_in(_: str, span: Json) -> tuple[int, int]:
    """Takes in the letter after: a mark, or a full stop."""
    return span["start"], span["end"] + 1


def last_letter_out(_: str, span: Json) -> tuple[int, int]:
    """Ends a letter early."""
    return span["start"], span["end"] - 1


def same_words_elsewhere(text: str, span: Json) -> tuple[int, int]:
    """Selects the same words where they stand a second time."""
    place = text.find(span["text"], span["end"])
    return (place, place + len(span["text"])) if place >= 0 else (0, 0)


_CHANGES = {
    "without its first word": first_word_out,
    "without its last word": last_word_out,
    "with the word before": word_before_in,
    "with the word after": word_after_in,
    "a word later": one_word_on,
    "with the letter before": letter_before_in,
    "with the letter after": letter_after_in,
    "without its last letter": last_letter_out,
    "at the same words elsewhere": same_words_elsewhere,
}
for _layer in ("quote", "cue", "phrase", "mention", "term"):
    for _name, _change in _CHANGES.items():
        KINDS[f"{_layer}: {_name}"] = respan(_layer, _change)


# Quotes


def quotes_of(record: Json, **fields: Any) -> list[Json]:
    """The quotes that have these values."""
    return [quote for quote in record["quotes"] if all(quote.get(name) == value for name, value in fields.items())]


def set_in(rng: random.Random, items: list[Json], **fields: Any) -> bool:
    """Sets fields of one of some items."""
    one = chosen(rng, items)
    if one is not None:
        one |= fields
    return one is not None


def retyped(record: Json, rng: random.Random, before: str, after: str) -> bool:
    """A quote of another type, in a record that may have it."""
    if after == "unmarked":
        record["schema_version"] = "1.1"
    return set_in(rng, quotes_of(record, type=before), type=after)


TYPES = ("direct", "partial", "indirect", "unmarked")
for _before in TYPES:
    for _after in sorted({*TYPES} - {_before}):
        kind(f"quote: {_before} becomes {_after}", _before, _after)(retyped)


@kind("quote: left out")
def quote_dropped(record: Json, rng: random.Random) -> bool:
    """A quote that no other refers to is not there; ids count on."""
    used = {quote.get(name) for quote in record["quotes"] for name in ("parent", "continues")}
    one = chosen(rng, [quote for quote in record["quotes"] if quote["id"] not in used])
    if one:
        record["quotes"].remove(one)
        renumber(record, "quotes")
    return bool(one)


def renumber(record: Json, kind: str) -> None:
    """Numbers items as they are listed, wherever their ids stand."""
    new = {item["id"]: f"{kind[0]}{number}" for number, item in enumerate(record[kind], 1)}
    _replace_ids(record, new)


def _replace_ids(value: Any, new: dict[str, str]) -> None:
    if isinstance(value, dict):
        for name in ("id", "entity", "parent", "continues", "paragraph"):
            if value.get(name) in new:
                value[name] = new[value[name]]
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        if isinstance(inner, dict | list):
            _replace_ids(inner, new)


@kind("quote: annotated twice")
def quote_doubled(record: Json, rng: random.Random) -> bool:
    """A quote is there a second time."""
    one = chosen(rng, record["quotes"])
    if one:
        at = record["quotes"].index(one)
        record["quotes"].insert(at, copy.deepcopy(one) | {"id": "q9999", "parent": None, "continues": None})
        renumber(record, "quotes")
    return bool(one)


def swapped(record: Json, rng: random.Random, kind: str) -> bool:
    """Two neighbours change places, and numbers."""
    if len(record[kind]) < 2:
        return False
    at = rng.randrange(len(record[kind]) - 1)
    record[kind][at : at + 2] = record[kind][at : at + 2][::-1]
    renumber(record, kind)
    return True


for _kind in ("quotes", "terms", "entities", "paragraphs"):
    kind(f"{_kind}: two in another order", _kind)(swapped)


@kind("quote: in two parts")
def quote_parted(record: Json, rng: random.Random) -> bool:
    """A span becomes two, with a space between."""
    quote = chosen(rng, [quote for quote in record["quotes"] if " " in quote["spans"][0]["text"]])
    if quote is None:
        return False
    span = quote["spans"][0]
    cut = span["start"] + rng.choice([match.start() for match in re.finditer(" ", span["text"])])
    rest = dict(span)
    quote["spans"][1:1] = [rest]
    return placed(record, rest, cut + 1, span["end"]) and placed(record, span, span["start"], cut)


@kind("quote: without one of its parts")
def part_dropped(record: Json, rng: random.Random) -> bool:
    """Interrupted speech lacks a span."""
    quote = chosen(rng, [quote for quote in record["quotes"] if len(quote["spans"]) > 1])
    if quote:
        quote["spans"].pop(rng.randrange(len(quote["spans"])))
    return quote is not None


@kind("quote: two parts as one")
def parts_joined(record: Json, rng: random.Random) -> bool:
    """What interrupts speech is taken for speech."""
    quotes = [quote for quote in record["quotes"] if len({span["paragraph"] for span in quote["spans"]}) == 1]
    quote = chosen(rng, [quote for quote in quotes if len(quote["spans"]) > 1])
    if quote is None:
        return False
    first, last = quote["spans"][0], quote["spans"][-1]
    quote["spans"] = [first]
    return placed(record, first, first["start"], last["end"])


@kind("parent: left out")
def parent_dropped(record: Json, rng: random.Random) -> bool:
    """A quote within a quote stands alone."""
    return set_in(rng, [quote for quote in record["quotes"] if quote.get("parent")], parent=None)


@kind("parent: another quote")
def parent_changed(record: Json, rng: random.Random) -> bool:
    """A quote stands within one that is not around it."""
    quote = chosen(rng, record["quotes"])
    others = [other["id"] for other in record["quotes"] if quote and other["id"] not in (quote["id"], quote["parent"])]
    return bool(others) and set_in(rng, [quote], parent=rng.choice(others))


@kind("continues: left out")
def continues_dropped(record: Json, rng: random.Random) -> bool:
    """Speech that is resumed begins anew."""
    return set_in(rng, [quote for quote in record["quotes"] if quote.get("continues")], continues=None)


def continued(record: Json, rng: random.Random, resumed: bool, same: bool) -> bool:
    """A quote continues an earlier one, of the same speaker or not, in place of another or of none."""
    pairs = [
        (quote, earlier["id"])
        for number, quote in enumerate(record["quotes"])
        for earlier in record["quotes"][:number]
        if bool(quote.get("continues")) == resumed
        and quote.get("continues") != earlier["id"]
        and (_entity(quote["speaker"]) == _entity(earlier["speaker"])) == same
    ]
    quote, earlier = chosen(rng, pairs) or (None, None)
    return quote is not None and set_in(rng, [quote], continues=earlier)


for _resumed in (True, False):
    for _same in (True, False):
        _which = "another" if _resumed else "given to one that begins anew,"
        kind(f"continues: {_which} of {'the same' if _same else 'another'} speaker", _resumed, _same)(continued)


def _entity(person: Json | None) -> str | None:
    return person["entity"] if person else None


# Cues


@kind("cue: left out")
def cue_dropped(record: Json, rng: random.Random) -> bool:
    """Nothing reports the speech."""
    return set_in(rng, [quote for quote in record["quotes"] if quote["cue"]], cue=None)


@kind("cue: of another kind")
def cue_rekinded(record: Json, rng: random.Random) -> bool:
    """A verb is said to be a noun, and the like."""
    cue = chosen(rng, spans_of(record, "cue"))
    kinds = {"verb", "participle", "noun", "preposition", "punctuation"}
    return cue is not None and set_in(rng, [cue], kind=rng.choice(sorted(kinds - {cue["kind"]})))


@kind("cue: that of another quote")
def cue_swapped(record: Json, rng: random.Random) -> bool:
    """A quote is reported by the cue of the quote before or after it."""
    quotes = record["quotes"]
    pairs = [(quotes[n], quotes[n + 1]["cue"]) for n in range(len(quotes) - 1) if quotes[n + 1]["cue"]]
    pairs += [(quotes[n + 1], quotes[n]["cue"]) for n in range(len(quotes) - 1) if quotes[n]["cue"]]
    quote, cue = chosen(rng, [(quote, cue) for quote, cue in pairs if quote["cue"] != cue]) or (None, None)
    return quote is not None and set_in(rng, [quote], cue=dict(cue))


@kind("cue: a word of the quote")
def cue_inside(record: Json, rng: random.Random) -> bool:
    """The first word of the speech is said to report it."""
    quote = chosen(
        rng, [quote for quote in record["quotes"] if quote["cue"] and _WORD.search(quote["spans"][0]["text"])]
    )
    if quote is None:
        return False
    span = quote["spans"][0]
    match = _WORD.search(span["text"])
    quote["cue"] |= {"paragraph": span["paragraph"]}
    return match is not None and placed(
        record, quote["cue"], span["start"] + match.start(), span["start"] + match.end()
    )


# Who speaks


def people_of(record: Json, role: str, **fields: Any) -> list[Json]:
    """The participants of a role that have these values."""
    people = [quote[role] for quote in record["quotes"] if quote.get(role)]
    return [person for person in people if all(person[name] == value for name, value in fields.items())]


def repeopled(record: Json, rng: random.Random, role: str, speaks: bool) -> bool:
    """Another entity that can speak, one that speaks elsewhere or never does."""
    speaking = {person["entity"] for person in people_of(record, "speaker")}
    person = chosen(rng, people_of(record, role))
    can = [one["id"] for one in record["entities"] if one["type"] in ("PERS", "ORG", "GPE", "NORP", "LAW")]
    others = [one for one in can if person and one != person["entity"] and (one in speaking) == speaks]
    return bool(others) and set_in(rng, [person], entity=rng.choice(others))


def reformed(record: Json, rng: random.Random, role: str, before: str, after: str) -> bool:
    """A participant referred to in another form than is said."""
    return set_in(rng, people_of(record, role, form=before), form=after)


for _role in ("speaker", "addressee"):
    kind(f"{_role}: another who speaks", _role, True)(repeopled)
    kind(f"{_role}: another who never speaks", _role, False)(repeopled)
    for _before in ("named", "nominal", "pronoun"):
        for _after in sorted({"named", "nominal", "pronoun"} - {_before}):
            kind(f"{_role}: {_before} becomes {_after}", _role, _before, _after)(reformed)


def person_dropped(record: Json, rng: random.Random, role: str) -> bool:
    """A quote without its speaker or addressee."""
    return set_in(rng, [quote for quote in record["quotes"] if quote.get(role)], **{role: None})


def phrase_dropped(record: Json, rng: random.Random, role: str) -> bool:
    """The phrase is overlooked: the participant is said to be elided."""
    return set_in(rng, [one for one in people_of(record, role) if one["span"]], form="elided", span=None)


for _role in ("speaker", "addressee"):
    kind(f"{_role}: left out", _role)(person_dropped)
    kind(f"{_role}: the phrase left out", _role)(phrase_dropped)


def phrase_given(record: Json, rng: random.Random, near: bool) -> bool:
    """An elided speaker gets as phrase a mention in a paragraph of the quote, or in another one."""
    mentions = {entity["id"]: entity["mentions"] for entity in record["entities"]}
    pairs = [
        (quote["speaker"], mention)
        for quote in record["quotes"]
        if quote["speaker"] and quote["speaker"]["form"] == "elided"
        for mention in mentions[quote["speaker"]["entity"]]
        if (mention["paragraph"] in {span["paragraph"] for span in [*quote["spans"], quote["cue"]] if span}) == near
    ]
    person, mention = chosen(rng, pairs) or (None, None)
    span = {name: mention[name] for name in ("paragraph", "start", "end", "text")} if mention else None
    return person is not None and set_in(rng, [person], form=mention["form"], span=span)


kind("speaker: elided, with a phrase in the same paragraph", True)(phrase_given)
kind("speaker: elided, with a phrase in another paragraph", False)(phrase_given)


@kind("speaker: those of two quotes swapped")
def speakers_swapped(record: Json, rng: random.Random) -> bool:
    """Two quotes that follow one another have each other's speaker, phrase included."""
    pairs = zip(record["quotes"], record["quotes"][1:], strict=False)
    both = chosen(rng, [pair for pair in pairs if _entity(pair[0]["speaker"]) != _entity(pair[1]["speaker"])])
    if both:
        both[0]["speaker"], both[1]["speaker"] = both[1]["speaker"], both[0]["speaker"]
    return both is not None


@kind("speaker: swapped with the addressee")
def roles_swapped(record: Json, rng: random.Random) -> bool:
    """Who was spoken to is said to speak."""
    quote = chosen(rng, [quote for quote in record["quotes"] if quote.get("addressee") and quote["speaker"]])
    return quote is not None and set_in(rng, [quote], speaker=quote["addressee"], addressee=quote["speaker"])


def joined(record: Json, rng: random.Random, again: bool) -> bool:
    """Somebody else speaks or is spoken to as well: the same again, or one who cannot."""
    people = [*people_of(record, "speaker"), *people_of(record, "addressee")]
    person = chosen(rng, people)
    mute = [one["id"] for one in record["entities"] if one["type"] in ("OCC", "EVENT", "DATE")]
    other = person["entity"] if person and again else chosen(rng, mute)
    record["schema_version"] = "1.1"
    return person is not None and other is not None and set_in(rng, [person], others=[other])


kind("others: the speaker or addressee again", True)(joined)
kind("others: one who cannot speak", False)(joined)


@kind("addressee: somebody, where there is none")
def addressee_added(record: Json, rng: random.Random) -> bool:
    """A quote is addressed to somebody whom the text does not tell."""
    quote = chosen(rng, [quote for quote in record["quotes"] if not quote.get("addressee")])
    people = [one["id"] for one in record["entities"] if one["type"] == "PERS" and quote]
    others = [one for one in people if one != _entity(quote["speaker"])]
    added = {"entity": chosen(rng, others), "form": "elided", "span": None}
    return bool(others) and set_in(rng, [quote], addressee=added)


# Terms


@kind("term: left out")
def term_dropped(record: Json, rng: random.Random) -> bool:
    """Words in marks are not annotated."""
    one = chosen(rng, record["terms"])
    if one:
        record["terms"].remove(one)
        renumber(record, "terms")
    return one is not None


@kind("term: of another kind")
def term_rekinded(record: Json, rng: random.Random) -> bool:
    """A name is said to be a title, and the like."""
    term = chosen(rng, record["terms"])
    return term is not None and set_in(
        rng, [term], kind=rng.choice(sorted({"name", "title", "scare", "other"} - {term["kind"]}))
    )


@kind("term: names nothing")
def term_unlinked(record: Json, rng: random.Random) -> bool:
    """A term that is a mention does not say of whom."""
    return set_in(rng, [term for term in record["terms"] if term.get("entity")], entity=None)


@kind("term: names another entity")
def term_relinked(record: Json, rng: random.Random) -> bool:
    """A term points to somebody else."""
    term = chosen(rng, record["terms"])
    others = [one["id"] for one in record["entities"] if term and one["id"] != term.get("entity")]
    return bool(others) and set_in(rng, [term], entity=rng.choice(others))


@kind("term: a quote")
def term_said(record: Json, rng: random.Random) -> bool:
    """Words in marks that are not speech are said to be."""
    term = chosen(rng, record["terms"])
    if term is None:
        return False
    record["terms"].remove(term)
    order = {one["id"]: number for number, one in enumerate(record["paragraphs"])}
    record["quotes"].append(
        {"id": "q9999", "type": "partial", "spans": [term["span"]], "cue": None, "speaker": None, "addressee": None}
        | {"parent": None, "continues": None}
    )
    record["quotes"].sort(key=lambda quote: _order(order, quote["spans"][0]))
    renumber(record, "terms")
    renumber(record, "quotes")
    return True


def _order(order: dict[str, int], span: Json) -> tuple[int, int, int]:
    return order[span["paragraph"]], span["start"], -span["end"]


@kind("quote: a term")
def quote_unsaid(record: Json, rng: random.Random) -> bool:
    """Speech in marks is said to be none."""
    used = {quote.get(name) for quote in record["quotes"] for name in ("parent", "continues")}
    marked = [one for one in record["quotes"] if one["type"] != "indirect" and len(one["spans"]) == 1]
    quote = chosen(rng, [one for one in marked if one["id"] not in used])
    if quote is None:
        return False
    record["quotes"].remove(quote)
    order = {one["id"]: number for number, one in enumerate(record["paragraphs"])}
    record["terms"].append({"id": "t9999", "kind": "scare", "span": quote["spans"][0], "entity": None})
    record["terms"].sort(key=lambda term: _order(order, term["span"]))
    renumber(record, "terms")
    renumber(record, "quotes")
    return True


# Entities


@kind("entity: of another type")
def entity_retyped(record: Json, rng: random.Random) -> bool:
    """A person is said to be an organisation, and the like."""
    entity = chosen(rng, [one for one in record["entities"] if one["type"] in _TYPES])
    return entity is not None and set_in(
        rng, [entity], type=rng.choice([one for one in _TYPES if one != entity["type"]])
    )


@kind("entity: a shorter name")
def name_shortened(record: Json, rng: random.Random) -> bool:
    """The name is a mention that is not the fullest."""
    pairs = [
        (entity, mention["text"])
        for entity in record["entities"]
        for mention in entity["mentions"]
        if entity["type"] != "DATE" and len(mention["text"]) < len(entity["name"])
    ]
    entity, name = chosen(rng, pairs) or (None, None)
    return entity is not None and set_in(rng, [entity], name=name)


@kind("entity: the name of another")
def name_changed(record: Json, rng: random.Random) -> bool:
    """An entity is called as another is."""
    entity = chosen(rng, record["entities"])
    others = [one["name"] for one in record["entities"] if entity and one["name"] != entity["name"]]
    return bool(others) and set_in(rng, [entity], name=rng.choice(others))


def used_entities(record: Json) -> set[str | None]:
    """The entities that a quote or term points to."""
    people = [_entity(quote.get(role)) for quote in record["quotes"] for role in ("speaker", "addressee")]
    return {*people, *(term.get("entity") for term in record["terms"])}


@kind("entity: left out")
def entity_dropped(record: Json, rng: random.Random) -> bool:
    """An entity that nothing points to is not there."""
    used = used_entities(record)
    one = chosen(rng, [entity for entity in record["entities"] if entity["id"] not in used])
    if one:
        record["entities"].remove(one)
        renumber(record, "entities")
    return one is not None


def merged(record: Json, rng: random.Random, same: bool) -> bool:
    """Two entities, of the same type or not, are one."""
    pairs = [
        (one, other)
        for number, one in enumerate(record["entities"])
        for other in record["entities"][number + 1 :]
        if (one["type"] == other["type"]) == same and "DATE" not in (one["type"], other["type"])
    ]
    one, other = chosen(rng, pairs) or (None, None)
    if one is None or other is None:
        return False
    order = {paragraph["id"]: number for number, paragraph in enumerate(record["paragraphs"])}
    mentions = [*one["mentions"], *other["mentions"]]
    one["mentions"] = sorted(mentions, key=lambda mention: (order[mention["paragraph"]], mention["start"]))
    record["entities"].remove(other)
    _replace_ids([record["quotes"], record["terms"]], {other["id"]: one["id"]})
    renumber(record, "entities")
    return True


kind("entity: two of one type as one", True)(merged)
kind("entity: two of unlike types as one", False)(merged)


@kind("entity: in two")
def entity_parted(record: Json, rng: random.Random) -> bool:
    """The later mentions of an entity are said to be of another."""
    entity = chosen(rng, [one for one in record["entities"] if len(one["mentions"]) > 1 and one["type"] != "DATE"])
    if entity is None:
        return False
    cut = rng.randrange(1, len(entity["mentions"]))
    rest = copy.deepcopy(entity) | {"id": "e9999", "mentions": entity["mentions"][cut:]}
    entity["mentions"] = entity["mentions"][:cut]
    for part in (entity, rest):
        part["name"] = max((mention["text"] for mention in part["mentions"]), key=len)
    record["entities"].append(rest)
    renumber(record, "entities")
    return True


def day_moved(record: Json, rng: random.Random, days: int) -> bool:
    """A day that is a date's value is some days later or earlier."""
    dates = [one for one in record["entities"] if re.fullmatch(r"\d{4}-\d\d-\d\d", one.get("value") or "")]
    entity = chosen(rng, dates)
    return entity is not None and set_in(rng, [entity], value=_moved(entity["value"], rng.choice([days, -days])))


def _moved(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days)).isoformat()


for _name, _days in {"a day": 1, "a week": 7, "a month": 30, "a year": 365}.items():
    kind(f"date: {_name} off", _days)(day_moved)


def redated(record: Json, rng: random.Random, pattern: str, change: Callable[[str], str]) -> bool:
    """A value of some form becomes another."""
    entity = chosen(rng, [one for one in record["entities"] if re.fullmatch(pattern, one.get("value") or "")])
    return entity is not None and set_in(rng, [entity], value=change(entity["value"]))


def _turned(day: str) -> str:
    return f"{day[:4]}-{day[8:]}-{day[5:7]}"


_DAY, _MONTH, _SEASON = r"\d{4}-\d\d-\d\d", r"\d{4}-(?:0\d|1[012])", r"\d{4}-2[1-4]"
kind("date: the month of a day", _DAY, lambda value: value[:7])(redated)
kind("date: the year of a day", _DAY, lambda value: value[:4])(redated)
kind("date: day and month swapped", r"\d{4}-(?:0\d|1[012])-(?:0\d|1[012])", _turned)(redated)
kind("date: another month", _MONTH, lambda value: f"{value[:5]}{int(value[5:]) % 12 + 1:02}")(redated)
kind("date: the month of another year", _MONTH, lambda value: f"{int(value[:4]) - 1}{value[4:]}")(redated)
kind("date: another season", _SEASON, lambda value: f"{value[:5]}{(int(value[5:]) - 20) % 4 + 21}")(redated)
kind("date: another year", r"\d{4}", lambda value: str(int(value) + 1))(redated)
kind("date: an interval without its end", r".+/.+", lambda value: value.partition("/")[0])(redated)
kind("date: uncertain", r"[\d-]+", lambda value: f"{value}~")(redated)


@kind("date: without a value")
def value_dropped(record: Json, rng: random.Random) -> bool:
    """A date of which is not said which one."""
    return set_in(rng, [one for one in record["entities"] if one.get("value")], value=None)


@kind("date: an event")
def date_retyped(record: Json, rng: random.Random) -> bool:
    """A date is said to be something else, and has no value."""
    return set_in(rng, [one for one in record["entities"] if one["type"] == "DATE"], type="EVENT", value=None)


@kind("link: to an entry, where there is none")
def link_added(record: Json, rng: random.Random) -> bool:
    """An entity is said to be one of the register."""
    unlinked = [one for one in record["entities"] if not one.get("link")]
    return set_in(rng, unlinked, link=rng.choice(["kabul", "tass", "sergey-lavrov", "cis"]))


@kind("link: to another entry")
def link_changed(record: Json, rng: random.Random) -> bool:
    """A link leads to somebody else."""
    linked = [one for one in record["entities"] if one.get("link") and one["link"] != "tass"]
    return set_in(rng, linked, link="tass")


@kind("link: left out")
def link_dropped(record: Json, rng: random.Random) -> bool:
    """An entity of the register is not said to be it."""
    return set_in(rng, [one for one in record["entities"] if one.get("link")], link=None)


@kind("identifier: one that nobody verified")
def identifier_added(record: Json, rng: random.Random) -> bool:
    """An entity has an identifier of somebody else."""
    return set_in(rng, record["entities"], identifiers={"wikidata": "Q42"})


@kind("identifier: left out")
def identifier_dropped(record: Json, rng: random.Random) -> bool:
    """A verified identifier is not given."""
    return set_in(rng, [one for one in record["entities"] if one.get("identifiers")], identifiers=None)


# Mentions


def mention_dropped(record: Json, rng: random.Random, form: str, words: int) -> bool:
    """A mention is overlooked: one of a form that is not its entity's only one, of so many words at least."""
    pairs = [
        (entity, mention)
        for entity in record["entities"]
        for mention in entity["mentions"]
        if len(entity["mentions"]) > 1 and mention["form"] == form and len(mention["text"].split()) >= words
    ]
    entity, mention = chosen(rng, pairs) or (None, None)
    if entity is not None:
        entity["mentions"].remove(mention)
    return entity is not None


kind("mention: a name left out", "named", 1)(mention_dropped)
kind("mention: a name of several words left out", "named", 2)(mention_dropped)
kind("mention: a description left out", "nominal", 1)(mention_dropped)


@kind("mention: a word that is none")
def mention_added(record: Json, rng: random.Random) -> bool:
    """A word somewhere is said to describe somebody."""
    taken = {(span["paragraph"], span["start"]) for span in spans_of(record, "mention")}
    places = [
        (paragraph["id"], match)
        for paragraph in record["paragraphs"]
        for match in _WORD.finditer(paragraph["text"])
        if (paragraph["id"], match.start()) not in taken
    ]
    entity, (paragraph, match) = rng.choice(record["entities"]), rng.choice(places)
    span = {"paragraph": paragraph, "start": match.start(), "end": match.end(), "text": match[0], "form": "nominal"}
    order = {one["id"]: number for number, one in enumerate(record["paragraphs"])}
    entity["mentions"].append(span)
    entity["mentions"].sort(key=lambda mention: (order[mention["paragraph"]], mention["start"]))
    return True


def mention_moved(record: Json, rng: random.Random, same: bool, form: str) -> bool:
    """A mention is said to be of another entity, of the same type or not."""
    triples = [
        (entity, mention, other)
        for entity in record["entities"]
        for other in record["entities"]
        if entity is not other and (entity["type"] == other["type"]) == same and len(entity["mentions"]) > 1
        for mention in entity["mentions"]
        if mention["form"] == form and mention["text"] != entity["name"]
    ]
    entity, mention, other = chosen(rng, triples) or (None, None, None)
    if entity is None or other is None:
        return False
    entity["mentions"].remove(mention)
    order = {one["id"]: number for number, one in enumerate(record["paragraphs"])}
    other["mentions"].append(mention)
    other["mentions"].sort(key=lambda one: (order[one["paragraph"]], one["start"]))
    return True


for _form in ("named", "nominal"):
    kind(f"mention: {_form}, to another entity of the type", True, _form)(mention_moved)
    kind(f"mention: {_form}, to an entity of another type", False, _form)(mention_moved)


def mention_reformed(record: Json, rng: random.Random, before: str, after: str) -> bool:
    """A name is said to be a description, or the other way round."""
    return set_in(rng, [one for one in spans_of(record, "mention") if one["form"] == before], form=after)


kind("mention: named becomes nominal", "named", "nominal")(mention_reformed)
kind("mention: nominal becomes named", "nominal", "named")(mention_reformed)


@kind("mention: two in another order")
def mentions_swapped(record: Json, rng: random.Random) -> bool:
    """The mentions of an entity are not in reading order."""
    entity = chosen(rng, [one for one in record["entities"] if len(one["mentions"]) > 1])
    if entity:
        at = rng.randrange(len(entity["mentions"]) - 1)
        entity["mentions"][at : at + 2] = entity["mentions"][at : at + 2][::-1]
    return entity is not None


@kind("mention: annotated twice")
def mention_doubled(record: Json, rng: random.Random) -> bool:
    """The same words are two mentions of an entity."""
    entity = rng.choice(record["entities"])
    at = rng.randrange(len(entity["mentions"]))
    entity["mentions"].insert(at, dict(entity["mentions"][at]))
    return True


# Paragraphs


def rolled(record: Json, rng: random.Random, before: str, after: str) -> bool:
    """A paragraph of another role."""
    return set_in(rng, [one for one in record["paragraphs"] if one["role"] == before], role=after)


for _before, _after in {
    "headline": "body",
    "body": "headline",
    "subheading": "body",
    "note": "body",
    "signoff": "body",
    "credit": "note",
}.items():
    kind(f"paragraph: {_before} becomes {_after}", _before, _after)(rolled)
kind("paragraph: body becomes note", "body", "note")(rolled)
kind("paragraph: body becomes subheading", "body", "subheading")(rolled)


@kind("paragraph: said twice")
def paragraph_doubled(record: Json, rng: random.Random) -> bool:
    """A paragraph comes again, without annotations."""
    one = rng.choice(record["paragraphs"])
    record["paragraphs"].append(one | {"id": f"p{len(record['paragraphs']) + 1}"})
    return True


def repeated(record: Json, rng: random.Random, earlier: bool) -> bool:
    """A paragraph is said to be one before it again, or one behind it."""
    record["schema_version"] = "1.1"
    paragraphs = record["paragraphs"]
    if len(paragraphs) < 2:
        return False
    first, second = sorted(rng.sample(range(len(paragraphs)), 2))
    one, other = (second, first) if earlier else (first, second)
    paragraphs[one]["repeats"] = paragraphs[other]["id"]
    return True


kind("paragraph: repeats another", True)(repeated)
kind("paragraph: repeats a later one", False)(repeated)


@kind("paragraph: left out")
def paragraph_dropped(record: Json, rng: random.Random) -> bool:
    """A paragraph in which nothing is annotated is not there."""
    used = {span["paragraph"] for span in every_span(record)}
    one = chosen(rng, [one for one in record["paragraphs"] if one["id"] not in used])
    if one:
        record["paragraphs"].remove(one)
        renumber(record, "paragraphs")
    return one is not None


def rewritten(record: Json, rng: random.Random, pattern: str, put: str) -> bool:
    """Some letters between the spans of a paragraph are others, and all that follows moves with them."""
    places = [
        (paragraph, match)
        for paragraph in record["paragraphs"]
        for match in re.finditer(pattern, paragraph["text"])
        if not any(
            span["paragraph"] == paragraph["id"] and span["start"] < match.end() and match.start() < span["end"]
            for span in every_span(record)
        )
    ]
    paragraph, match = chosen(rng, places) or (None, None)
    if paragraph is None or match is None:
        return False
    more = len(match.expand(put)) - len(match[0])
    for span in {id(span): span for span in every_span(record)}.values():
        if span["paragraph"] == paragraph["id"] and span["start"] >= match.end():
            span |= {"start": span["start"] + more, "end": span["end"] + more}
    paragraph["text"] = paragraph["text"][: match.start()] + match.expand(put) + paragraph["text"][match.end() :]
    return True


for _name, (_pattern, _put) in {
    "a word left out": (r"(?<= )[^\W_]+ (?=\S)", ""),
    "a word twice": (r"(?<= )([^\W_]{3,}) (?=\S)", r"\1 \1 "),
    "two letters swapped": (r"(?<=[^\W_])([^\W_])([^\W_])(?=[^\W_])", r"\2\1"),
    "a letter twice": (r"(?<=[^\W_])([بتجحدرسعفقكمنه])(?=[^\W_])", r"\1\1"),
    "a space left out": (r"(?<=[^\W_]) (?=[^\W_])", ""),
    "a space twice": (r" ", "  "),
    "a mark left out": (r"[\"«»“”]", ""),
    "a mark of another kind": (r"[»”]", '"'),
    "a full stop left out": (r"\.$", ""),
    "tatweel in a word": (r"(?<=[^\W_])(?=[^\W_])", "ـ"),
    "a Persian letter": ("ي", "ی"),
    "a web entity": (" ", "&nbsp;"),
    "an invisible character": (" ", " \u200b"),
}.items():
    kind(f"text: {_name}", _pattern, _put)(rewritten)


# Metadata


def meta(record: Json, _: random.Random, field: str, value: Any) -> bool:
    """A field of the metadata, by its path, has another value."""
    *outer, name = field.split(".")
    inner: Any = record["metadata"]
    for step in outer:
        inner = inner[step]
        if inner is None:
            return False
    inner[name] = value(inner.get(name)) if callable(value) else value
    return True


def fewer(listed: list[Any] | None) -> list[Any]:
    """A list without its last item."""
    return (listed or [])[:-1]


def again(listed: list[Any] | None) -> list[Any]:
    """A list with its first item twice."""
    return [*(listed or []), *(listed or [])[:1]]


def _day(days: int, value: str | None) -> str | None:
    return _moved(value, days) if value else None


for _name, (_field, _value) in {
    "collection: another": ("collection", "press"),
    "origin: another": ("origin", lambda value: "published" if value == "composed" else "composed"),
    "published: a day later": ("published", partial(_day, 1)),
    "published: a year earlier": ("published", partial(_day, -365)),
    "published: in the future": ("published", "2999-01-01"),
    "published: left out": ("published", None),
    "publisher: left out": ("publisher", None),
    "publisher: another": ("publisher", "صحيفة أخرى"),
    "agency: one, where there is none": ("agency", "وكالة النبأ"),
    "authors: somebody": ("authors", ["هند الراوي"]),
    "authors: one twice": ("authors", again),
    "url: another": ("url", "https://example.org/articles/77"),
    "editions: one twice": ("editions", lambda value: [*(value or ["en"]), "en"]),
    "editions: the language of the text": ("editions", ["ar"]),
    "image credit: one, where there is none": ("image_credit", "أرشيف المدينة"),
    "story: one of its own": ("story", "bridge-2024"),
    "phenomena: one left out": ("phenomena", fewer),
    "phenomena: one twice": ("phenomena", again),
    "phenomena: one too many": ("phenomena", lambda value: [*(value or []), "no-quotes" if value else "interview"]),
    "phenomena: none": ("phenomena", []),
    "rights: a licence that is none": ("rights.license", "CC BY 4.0"),
    "rights: another licence": ("rights.license", "CC0-1.0"),
    "rights: no licence": ("rights.license", None),
    "rights: forbidden": ("rights.redistribution", "forbidden"),
    "rights: unknown": ("rights.redistribution", "unknown"),
    "rights: somebody holds them": ("rights.holder", "صحيفة أخرى"),
    "source: another file": ("source.path", "sources/other.txt"),
    "source: another hash": ("source.sha256", "0" * 64),
    "source: a line left out": ("source.furniture", fewer),
    "source: left out": ("source", None),
    "annotation: a draft": ("annotation.status", "draft"),
    "annotation: other guidelines": ("annotation.guidelines", lambda value: "1.0" if value == "1.1" else "1.1"),
    "annotation: guidelines that are not": ("annotation.guidelines", "2.0"),
    "annotation: an annotator left out": ("annotation.annotators", fewer),
    "annotation: an annotator twice": ("annotation.annotators", again),
    "annotation: no annotator": ("annotation.annotators", []),
}.items():
    kind(_name, _field, _value)(meta)


@kind("annotation: an annotator of another kind")
def annotator_changed(record: Json, rng: random.Random) -> bool:
    """A model is said to be a person."""
    annotators = record["metadata"]["annotation"]["annotators"]
    return set_in(rng, [one for one in annotators if one["kind"] == "model"], kind="human")


# The record


@kind("id: of another day")
def id_redated(record: Json, _: random.Random) -> bool:
    """The id begins with another day."""
    dated = re.match(r"\d{4}-\d\d-\d\d", record["id"])
    record["id"] = _moved(dated[0], 1) + record["id"][10:] if dated else record["id"]
    return dated is not None


@kind("id: another word")
def id_changed(record: Json, _: random.Random) -> bool:
    """The id is not that of the file."""
    record["id"] += "-new"
    return True


def drafted(record: Json, rng: random.Random, kind: str) -> bool:
    """An item is left as a program drafted it."""
    items = spans_of(record, "mention") if kind == "mention" else record[f"{kind}s"]
    return set_in(rng, items, provenance={"rule": "verb-before-marks", "confidence": 0.5})


for _kind in ("quote", "term", "mention"):
    kind(f"provenance: of a {_kind}", _kind)(drafted)


@kind("waiver: one that waives nothing")
def waiver_added(record: Json, _: random.Random) -> bool:
    """A finding that there is not is waived."""
    record.setdefault("waivers", []).append({"rule": "Q101", "at": "/paragraphs/0/text", "reason": "كذا في النص."})
    return True


def waiver_changed(record: Json, rng: random.Random, field: str, value: str) -> bool:
    """A waiver is for another rule or place."""
    return set_in(rng, record.get("waivers", []), **{field: value})


kind("waiver: for another rule", "rule", "T101")(waiver_changed)
kind("waiver: for another place", "at", "/quotes/99")(waiver_changed)


@kind("waiver: left out")
def waiver_dropped(record: Json, rng: random.Random) -> bool:
    """A finding that was accepted is not waived."""
    waivers = record.get("waivers", [])
    if waivers:
        waivers.pop(rng.randrange(len(waivers)))
    return bool(waivers) or record.pop("waivers", None) is not None
