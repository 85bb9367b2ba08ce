"""Every place in which an article mentions its entities; each stretch for one of them, none crossing another."""

from collections.abc import Iterator
from functools import lru_cache

from tasrih.drafting.gazetteer import is_adjective
from tasrih.drafting.names import is_of_name, peoples
from tasrih.drafting.people import Entity, Mention, People, parts_of
from tasrih.drafting.phrases import parted, title_form, titled
from tasrih.text.lists import is_listed, listed
from tasrih.text.words import Word, all_words, folded, forms, goes_on, start_of, words

_HOLDING = ("EVENT", "LAW")  # in whose names those of places and people are mentions of their own: مونديال روسيا
_SHORTEST_SURNAME = 4  # letters; a shorter one is called with what stands before it
Called = dict[str, list[tuple[tuple[str, ...], Entity]]]


def mention_everywhere(people: People, texts: list[str]) -> None:
    """Enters every place in the paragraphs where somebody is called by name or surname, all titles and peoples."""
    called = _names(people.entities)
    met: dict[int, list[Mention]] = {}
    named_within = (entity for entity in people.entities if entity.type not in _HOLDING)
    for mention in (mention for entity in named_within for mention in entity.mentions):
        met.setdefault(mention.paragraph, []).append(mention)
    for number, text in enumerate(texts):
        covered = _call(number, text, called, met.get(number, []))
        _entitle(people, number, text, covered)
        for start, end, masculine in peoples(text):
            people.keyed("NORP", text[start:end], masculine, "nationality").meet(number, start, end)


def _names(entities: list[Entity]) -> Called:
    """What everybody is called, folded, by the first word; longer names first."""
    names: Called = {}
    for entity in entities:
        parts = _words_of(entity.name)
        if parts and entity.rule != "description":
            short = _surname(parts) if entity.type == "PERS" else parts
            others = map(_words_of, sorted(entity.others))
            given = parts[:1] if entity.type == "PERS" and parts[0] in listed("given") else parts
            for name in dict.fromkeys([parts, short, given, *filter(None, others)]):
                names.setdefault(name[0], []).append((name, entity))
    for called in names.values():
        called.sort(key=lambda name: (-len(name[0]), _is_city(name[1])))
    return names


@lru_cache(maxsize=1 << 14)
def _words_of(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(word.folded for word in words(name))


def _is_city(entity: Entity) -> bool:
    """Whether an entity is a city of the world's, whose name may be somebody's or a club's in the article."""
    return entity.known is not None and entity.known.key.startswith("geonames:")


def _surname(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The last part of a name, with a joint before it: بن علي."""
    if len(parts) > 2 and parts[-2] in listed("joints"):
        return parts[-2:]
    return parts[-1:] if len(parts[-1]) >= _SHORTEST_SURNAME else parts


def _call(number: int, text: str, names: Called, met: list[Mention]) -> list[int]:
    """Enters the names in a paragraph; for each character the name that covers it, by its start counted from 1."""
    taken = [0] * (len(text) + 1)
    described = list(taken)
    for mention in met:
        covered = taken if mention.form == "named" else described
        covered[mention.start : mention.end] = [mention.start + 1] * (mention.end - mention.start)
    for start, end, entity in _called(text, names):
        if not any(taken[start:end]) and described[start] == described[end - 1]:
            if entity.type not in _HOLDING:
                taken[start:end] = [start + 1] * (end - start)
            entity.meet(number, start, end)
    return taken


def _called(text: str, names: Called) -> Iterator[tuple[int, int, Entity]]:
    """Where a text calls somebody by one of the names; at each word the longer names first."""
    found = all_words(text)
    for place, word in enumerate(found):
        for form, rest in _forms(word.folded):
            for name, entity in names.get(form, ()):
                if goes_on(found, place, name):
                    last = found[place + len(name) - 1]
                    if not _is_other(entity, found, place, last):
                        yield start_of(text, word, rest), last.end, entity


def _is_other(entity: Entity, found: list[Word], place: int, last: Word) -> bool:
    """Whether words only look like a name: an adjective like that of a country, a ministry's after no minister."""
    word = found[place]
    if entity.type == "PERS" and word is last and word.folded in listed("given"):
        return is_of_name(found, place)
    short = entity.rule == "portfolio" or (word is last and word.folded in listed("portfolios"))
    if short and word.folded != "الخارجيه":
        return not place or not is_listed(found[place - 1].folded, "ministers") or found[place].folded[:2] != "ال"
    return entity.type == "GPE" and is_adjective(found, place, last)


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[tuple[str, str], ...]:
    """What a name in a folded word may begin with, and what of the word is the name: after لل what has the article."""
    found = [(form, form) for form in forms(word)]
    found += [("ال" + form[2:], form[2:]) for form, _ in found[:] if form.startswith("لل") and len(form) > 4]
    return tuple(found)


def _entitle(people: People, number: int, text: str, covered: list[int]) -> None:
    """Enters the titles beside names of people; what would cross a name is left out."""
    last = 0
    for phrase in titled(text):
        title, name = parted(tuple(phrase))
        if phrase[0].start < last or not title or not name or not _is_person(people, text, name):
            continue
        start, end = start_of(text, title[0], title_form(title[0].folded)), title[-1].end
        if not _cuts(covered, start) and not _cuts(covered, end):
            last = end
            people.keyed("OCC", text[start:end], folded(text[start:end]), "title").meet(number, start, end, "nominal")


def _is_person(people: People, text: str, name: list[Word]) -> bool:
    """Whether the first two words of a name call a person."""
    return any(entity.type == "PERS" for entity in people.like(parts_of(text[name[0].start : name[:2][-1].end])))


def _cuts(covered: list[int], place: int) -> bool:
    """Whether a name stands on both sides of a place."""
    return bool(place and covered[place]) and covered[place - 1] == covered[place]
