"""The last look at a draft's entities: each stretch one mention, none crossing, and speakers who are mentioned."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tasrih.drafting.people import Entity, Mention
from tasrih.guidelines import SPEAKERS
from tasrih.record import Json
from tasrih.text.letters import after_signs

Place = tuple[int, int, int]
_TITLE = "OCC"


class _Held(NamedTuple):
    """A mention and whose it is."""

    entity: Entity
    mention: Mention


ByParagraph = dict[int, list[_Held]]
"""The mentions of each paragraph by their starts."""


def coherent(entities: list[Entity], quotes: list[Json], terms: list[Json], texts: list[str]) -> list[Entity]:
    """The entities that keep a mention, each called by one of them, in the order of the text.

    Speakers and terms point to these; who and what cannot point to one points to none.
    """
    _point(quotes, terms, _told_apart([entity for entity in entities if entity.type != "DATE"]))
    for entity in entities:
        ends = ((mention, after_signs(texts[mention.paragraph], mention.end)) for mention in sorted(entity.mentions))
        entity.mentions = [mention if end == mention.end else mention._replace(end=end) for mention, end in ends]
    spoken = [quote["speaker"]["span"] for quote in quotes if quote["speaker"] and quote["speaker"]["span"]]
    _untangle(entities, {_place_of(span) for span in spoken})
    present, others = _united([entity for entity in entities if entity.mentions], texts)
    _point(quotes, terms, others)
    _settle_speakers(quotes, present)
    _settle_terms(terms, present)
    return sorted(present, key=lambda entity: entity.mentions[0][:2])


def _settle_speakers(quotes: list[Json], present: list[Entity]) -> None:
    inside = _by_paragraph(present)
    for quote in quotes:
        if quote["speaker"] and not _fits(quote["speaker"], inside):
            quote["speaker"] = None


def _settle_terms(terms: list[Json], present: list[Entity]) -> None:
    places = {(entity, mention[:3]) for entity, mention in _held(present)}
    for term in (term for term in terms if "entity" in term):
        if (term["entity"], _place_of(term["span"])) not in places and not _meets(term):
            del term["entity"]


def pointing(quotes: list[Json], terms: list[Json]) -> Iterator[Json]:
    """What points to entities: speakers and terms."""
    yield from (quote["speaker"] for quote in quotes if quote["speaker"])
    yield from (term for term in terms if "entity" in term)


def _point(quotes: list[Json], terms: list[Json], others: dict[Entity, Entity]) -> None:
    """Lets what points to an entity point to the one that stands for it."""
    for item in pointing(quotes, terms):
        item["entity"] = others.get(item["entity"], item["entity"])


def _told_apart(entities: list[Entity]) -> dict[Entity, Entity]:
    """Leaves each stretch to the first entity that it mentions; a title may be a person's mention too.

    Returns which entity stands for one that has no mention left.
    """
    owners: dict[tuple[int, int, int, bool], Entity] = {}
    others: dict[Entity, Entity] = {}
    for entity in entities:
        places = {mention: (*mention[:3], entity.type == _TITLE) for mention in entity.mentions}
        kept = [mention for mention, place in places.items() if place not in owners]
        if places and not kept:
            others[entity] = owners[next(iter(places.values()))]
        entity.mentions = kept
        owners |= {places[mention]: entity for mention in kept}
    return others


def _untangle(entities: list[Entity], needed: set[Place]) -> None:
    """Takes away the mentions that say the same again or cross another; of two the one that a speaker needs stays."""
    kept: list[_Held] = []
    opened: list[_Held] = []
    for held in sorted(_held(entities), key=_rank):
        while opened and _is_past(opened[-1].mention, held.mention):
            opened.pop()
        crossed = [other for other in opened if _crosses(other.mention, held.mention)]
        if not (_outweighs(held, crossed, needed) if crossed else _may_join(held, opened)):
            continue
        if crossed:
            kept, opened = ([other for other in held_ if other not in crossed] for held_ in (kept, opened))
        kept.append(held)
        opened.append(held)
    for entity in entities:
        entity.mentions = []
    for entity, mention in kept:
        entity.mentions.append(mention)


def _held(entities: Iterable[Entity]) -> Iterator[_Held]:
    return (_Held(entity, mention) for entity in entities for mention in entity.mentions)


def _rank(held: _Held) -> tuple[tuple[int, int, int], bool, bool]:
    """By place, the longer first; of two at one place a title comes last, and a description after a name."""
    return _order(held.mention), held.entity.type == _TITLE, held.mention.form != "named"


def _order(mention: Mention) -> tuple[int, int, int]:
    return mention.paragraph, mention.start, -mention.end


def _place_of(span: Json) -> Place:
    """The place of a span of the record, as that of a mention."""
    return int(span["paragraph"][1:]) - 1, span["start"], span["end"]


def _is_past(earlier: Mention, mention: Mention) -> bool:
    return earlier.paragraph != mention.paragraph or earlier.end <= mention.start


def _crosses(earlier: Mention, mention: Mention) -> bool:
    return earlier.paragraph == mention.paragraph and earlier.start < mention.start < earlier.end < mention.end


def _outweighs(held: _Held, crossed: list[_Held], needed: set[Place]) -> bool:
    """Whether a speaker needs a mention, and none of those that it crosses."""
    return held.mention[:3] in needed and needed.isdisjoint(other.mention[:3] for other in crossed)


def _may_join(held: _Held, opened: list[_Held]) -> bool:
    """Whether a stretch that mentions others may mention an entity too: a title, and the person it stands for."""
    twins = [other.entity.type for other in opened if other.mention[:3] == held.mention[:3]]
    return not twins or (len(twins) == 1 and [*twins, held.entity.type].count(_TITLE) == 1)


def _united(entities: list[Entity], texts: list[str]) -> tuple[list[Entity], dict[Entity, Entity]]:
    """Entities by their names in the text, those of one type and name put together; and which stands for which."""
    first: dict[tuple[str, str], Entity] = {}
    others: dict[Entity, Entity] = {}
    for entity in entities:
        entity.name = _name(entity, texts)
        same = first.setdefault((entity.type, entity.value or entity.name), entity)
        if same is not entity:
            same.mentions = sorted([*same.mentions, *entity.mentions], key=_order)
            others[entity] = same
    return list(first.values()), others


def _name(entity: Entity, texts: list[str]) -> str:
    """The fullest form that the article has (guidelines 7.8)."""
    named = [mention for mention in entity.mentions if mention.form == "named"] or entity.mentions
    return max((texts[mention.paragraph][mention.start : mention.end] for mention in named), key=len)


def _by_paragraph(entities: list[Entity]) -> ByParagraph:
    found: ByParagraph = {}
    for held in sorted(_held(entities), key=_start):
        found.setdefault(held.mention.paragraph, []).append(held)
    return found


def _start(held: _Held) -> int:
    return held.mention.start


def _fits(speaker: Json, inside: ByParagraph) -> bool:
    """Whether a speaker is an entity that its phrase mentions; points to one that it does mention, if any."""
    if speaker["span"] is None:
        return bool(speaker["entity"].mentions)
    held = list(_within(speaker["span"], inside))
    if not any(entity is speaker["entity"] for entity, _ in held):
        others = [mention for mention in held if mention.entity.type in SPEAKERS]
        if not others:
            return False
        speaker["entity"] = max(others, key=lambda other: other.mention.end - other.mention.start).entity
    forms = [mention.form for entity, mention in held if entity is speaker["entity"]]
    if speaker["form"] in ("named", "nominal"):
        speaker["form"] = "named" if "named" in forms else "nominal"
    return True


def _within(span: Json, inside: ByParagraph) -> Iterator[_Held]:
    """The mentions that lie in a span."""
    paragraph, start, end = _place_of(span)
    near = inside.get(paragraph, [])
    first, last = (bisect_left(near, edge, key=_start) for edge in (start, end))
    return (held for held in near[first:last] if held.mention.end <= end)


def _meets(term: Json) -> bool:
    """Whether a mention of a term's entity shares characters with it."""
    paragraph, start, end = _place_of(term["span"])
    near = (mention for mention in term["entity"].mentions if mention.paragraph == paragraph)
    return any(mention.start < end and start < mention.end for mention in near)
