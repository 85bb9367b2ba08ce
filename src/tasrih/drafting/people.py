"""Who is who in an article: the entities by their names and titles, when two names are one, and who spoke last."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from typing import NamedTuple

from tasrih.drafting import phrases
from tasrih.drafting.gazetteer import Known, is_place, known_at, known_names
from tasrih.drafting.lexemes import is_bound, kind_of
from tasrih.drafting.names import names
from tasrih.text.lists import is_listed, listed
from tasrih.text.marks import IN_CLASS
from tasrih.text.words import PREPOSITIONS, Word, bare, folded, words

_RECENT = 50  # speakers and entities that are looked back over, so that time grows with the text only
_ALIKE = 0.85  # share of letters that a slip of spelling leaves in a name
_NAME_LENGTH = 2  # words of a name that introduces somebody
_SHORT = re.compile(rf" ?[({IN_CLASS}] ?([^\W\d][\w.]+(?:[ -][^\W\d][\w.]+){{0,2}}) ?[){IN_CLASS}]")
_PLURALS = (("ات", "ه"), ("ون", "ين"), ("ين", "ون"))
_SHORTEST_PLURAL = 6  # letters above which a word with the article may be a plural in ون
_TELLING = 4  # letters above which a single word may be another's name with a slip of spelling


class Mention(NamedTuple):
    """Where an entity is mentioned: paragraph, counted from 0, offsets, form (named or nominal), and by which rule."""

    paragraph: int
    start: int
    end: int
    form: str
    rule: str


@dataclass(eq=False)
class Entity:
    """An entity: its type, its name, the rule that made it; `value` is the day of a date, `titles` are folded words.

    `others` are shorter forms of its name that the article has.
    """

    type: str
    name: str
    rule: str = "speaker"
    value: str = ""
    gender: str = ""
    known: Known | None = None
    titles: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)

    def meet(self, paragraph: int, start: int, end: int, form: str = "named") -> None:
        """Enters a mention."""
        self.mentions.append(Mention(paragraph, start, end, form, self.rule))

    @property
    def parts(self) -> frozenset[str]:
        """The folded words of its name, without the article."""
        return parts_of(self.name)

    @property
    def calling(self) -> frozenset[str]:
        """The words of an institution's name and the nouns for it, or of a person's titles."""
        return frozenset(self.titles) if self.type == "PERS" else self.parts | self.titles


@lru_cache(maxsize=1 << 14)
def parts_of(name: str) -> frozenset[str]:
    """The folded words of a name, without the article."""
    return frozenset(bare(folded(part), prefixes="")[-1] for part in name.split())


def is_same(parts: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one name shortens the other, a slip of spelling allowed in a single word."""
    if parts <= others or others <= parts:
        return True
    part = next(iter(parts)) if len(parts) == 1 else ""
    alike = [other for other in others if other[:1] == part[:1] and abs(len(other) - len(part)) < 3]
    return bool(alike) and bool(get_close_matches(part, alike, 1, _ALIKE))


class Spoken(NamedTuple):
    """Who speaks: the entity, the form (named, nominal), the speaker's phrase, and what in it is the mention."""

    entity: Entity
    form: str
    phrase: Word
    mention: Word


@dataclass
class People:
    """The entities of an article in the order of their first mention, and who spoke last."""

    entities: list[Entity] = field(default_factory=list)
    spoken: list[Entity] = field(default_factory=list)
    by_part: dict[str, list[Entity]] = field(default_factory=dict)
    by_key: dict[str, Entity] = field(default_factory=dict)
    by_title: dict[str, list[Entity]] = field(default_factory=dict)
    by_place: dict[tuple[str, int], Entity] = field(default_factory=dict)
    by_alias: dict[frozenset[str], Entity] = field(default_factory=dict)

    def discover(self, text: str) -> None:
        """Gets to know everybody and everything that the text names."""
        bodies: dict[int, Entity] = {}
        for start, end, known in known_names(text):
            like = self._known(_name_at(text, start, end), known)
            bodies |= {end: like} if like.type == "ORG" else {}
        for phrase in phrases.titled(text):
            self._introduced(text, phrase)
        for name in names(text):
            written = _name_at(text, name.start, name.end)
            entity = self.named(name.type, written.replace("_", " "), name.rule)
            entity.others |= {written} if "_" in written else set()
            if name.rule == "institution-noun" and (alone := _without_noun(text[name.start : name.end])):
                entity.others.add(alone)
            bodies |= {name.end: entity} if name.type == "ORG" else {}
        for end, entity in bodies.items():
            if short := _short_after(text, end):
                self._join(short, self.by_alias.get(entity.parts, entity))

    def _join(self, short: str, entity: Entity) -> None:
        """Lets an institution be the one that goes by its short name: الوكالة الوطنية (ونا)."""
        entity.others.add(short)
        parts = parts_of(short)
        self.by_alias[parts] = entity
        others = [other for other in self.like(parts) if other.type == "ORG" and other.parts == parts]
        for other in (other for other in others if other is not entity and not other.mentions):
            entity.others |= {other.name} | other.others
            entity.known = entity.known or other.known
            self.entities.remove(other)
            for part in other.parts:
                self.by_part[part].remove(other)
                self.by_part[part].append(entity)
            self.by_key |= {key: entity for key, one in self.by_key.items() if one is other}

    def _known(self, name: str, known: Known) -> Entity:
        """Enters a known name for whom or what it stands for, by whichever of its names."""
        if known.key not in self.by_key:
            person = known.type == "PERS"
            like = self.named(known.type, name, "known-name") if person else self._new(known.type, name, "known-name")
            self.by_key[known.key] = like
            like.known = known
        elif (like := self.by_key[known.key]).name != name:
            like.others.add(name)
            self.by_alias |= {parts_of(name): like} if like.type == "ORG" else {}
        return self.by_key[known.key]

    def _introduced(self, text: str, phrase: list[Word]) -> None:
        title, name = phrases.parted(tuple(phrase))
        beside = [] if name else phrases.apposed(text, phrase[-1]) or phrases.apposed_to(text, phrase)
        name = self._without_object(name, text) if name else beside
        if len(name) < _NAME_LENGTH or phrases.is_odd_name(name):
            name = phrases.apposed(text, phrase[-1]) or name
        if title and len(name) > 1 and not phrases.is_odd_name(name) and phrases.kind(name) == "PERS":
            entity = self.named("PERS", _words_of(text, name), "title-and-name")
            self.entitle(entity, title)
            entity.gender = entity.gender or phrases.gender_of(title) or "m"

    def entitle(self, entity: Entity, title: list[Word]) -> None:
        """Enters the words of a title as somebody's."""
        for word in sorted(phrases.heads(title) - entity.titles):
            entity.titles.add(word)
            self.by_title.setdefault(word, []).append(entity)

    def last(self, gender: str = "", number: str = "") -> Entity | None:
        """Who spoke last, of a gender and number where they are known."""
        agreeing = [entity for entity in self.spoken[:-_RECENT:-1] if agrees(entity, number)]
        fitting = (entity for entity in agreeing if not gender or gender_shown(entity) in ("", gender))
        return next(fitting, agreeing[0] if agreeing else self.spoken[-1] if self.spoken else None)

    def institution(self, name: str, nouns: list[Word]) -> Entity:
        """The institution of a name, and the nouns before it, by which it may be called."""
        entity = self.named("ORG", name, "name-in-marks")
        self.entitle(entity, nouns)
        return entity

    def keyed(self, type_: str, name: str, key: str, rule: str) -> Entity:
        """The entity of a type and key, one made by a rule if there is none."""
        type_key = f"{type_}:{key}"
        if type_key not in self.by_key:
            self.by_key[type_key] = self._new(type_, name, rule)
        return self.by_key[type_key]

    def known(self, context: tuple[Word, ...], gender: str) -> Spoken | None:
        """The first of the words of a sentence that call somebody who is known by name, of a gender."""
        for place, word in enumerate(context):
            if entity := self._called(word, gender):
                last = place
                while last + 1 < len(context) and parts_of(context[last + 1].folded) <= entity.parts:
                    last += 1
                name = Word(word.start, context[last].end, "")
                return Spoken(entity, "named", name, name)
        return None

    def _called(self, word: Word, gender: str) -> Entity | None:
        """The person of a name, and of a gender where both are known, that a word is part of."""
        part = bare(word.folded, prefixes="")[-1]
        named = (entity for entity in self.by_part.get(part, ()) if entity.rule != "description")
        people = (entity for entity in named if entity.type == "PERS" and len(part) > 2)
        return next((entity for entity in people if entity.gender in ("", gender or entity.gender)), None)

    def speaker(self, text: str, phrase: tuple[Word, ...], gender: str = "") -> Spoken | None:
        """Whom a phrase stands for, somebody new if need be; None when nobody can be called so.

        `gender` is the cue's: a feminine verb has no masculine title for its subject.
        """
        if not phrase:
            return None
        phrase = phrases.up_to_same(phrase)
        title, name = phrases.parted(phrase)
        name = self._without_object(name, text) or (phrases.apposed(text, phrase[-1]) if _is_office(title) else [])
        surname = [*title, *name[:1]]
        if title and name and phrases.is_odd(name[0], first=True):
            name = []
        if name:
            if title and is_person_title(title) and phrases.kind(name) in ("ORG", "GPE"):
                return self._by_title(phrase, [*title, *name], text)
            if title or self._is_plausible(name, text):
                return self._by_name(title, name, text)
            return self._by_description(phrase, text)
        if not title or _is_misfit(title, gender):
            return None
        return self._by_surname(surname) or self._by_title(phrase, title, text)

    def _by_surname(self, title: list[Word]) -> Spoken | None:
        """The person whose family name ends what looks like a title: الدكتور الجردي."""
        last = title[-1]
        if len(title) < _NAME_LENGTH or not phrases.has_article(last) or kind_of(last.folded) == "ordinary":
            return None
        if phrases.nationality(last.folded) or phrases.begins_title(last):
            return None
        named = (entity for entity in self.by_part.get(bare(last.folded, prefixes="")[-1], ()) if entity.type == "PERS")
        full = (entity for entity in named if entity.rule != "description" and len(entity.parts) > 1)
        mention = Word(last.start, last.end, "")
        return next((Spoken(person, "named", mention, mention) for person in full), None)

    def _by_title(self, phrase: tuple[Word, ...], title: list[Word], text: str) -> Spoken:
        """Whom the title or description that is a phrase stands for."""
        whole = Word(phrase[0].start, phrase[-1].end, "")
        place = text, phrase[0].start
        if place not in self.by_place:
            self.by_place[place] = self._described(title, text)
        return Spoken(self.by_place[place], "nominal", whole, whole)

    def _by_description(self, phrase: tuple[Word, ...], text: str) -> Spoken | None:
        """What a noun with its adjective stands for, both with the article: الجناح المسلح; None for other words."""
        body = is_listed(phrase[0].folded, "bodies")
        if not body or len(phrase) < _NAME_LENGTH or not all(map(phrases.is_definite, phrase[:_NAME_LENGTH])):
            return None
        whole = Word(phrase[0].start, phrase[-1].end, "")
        name = _words_of(text, list(phrase))
        known = next((other for other in self.like(parts_of(name)) if other.type == "ORG"), None)
        return Spoken(known or self._new("ORG", name, "description"), "nominal", whole, whole)

    def is_unheard(self, word: Word) -> bool:
        """Whether a word with the article is neither a title nor a group, and calls nobody who is known: القبطان."""
        other = (is_listed(word.folded, name) for name in ("titles", "organisations", "texts", "documents", "outlets"))
        definite = phrases.is_definite(word) and not phrases.is_group(word) and not any(other)
        return definite and not self.like(parts_of(word.folded)) and not phrases.nationality(word.folded)

    def entitled(self, text: str, title: list[Word], name: list[Word]) -> Spoken | None:
        """Who is called by a title and a name behind it, apart from it; None where that is unlike a name."""
        name = self._without_object(name, text)
        return None if phrases.is_odd_name(name) else self._by_name(title, name, text)

    def _by_name(self, title: list[Word], name: list[Word], text: str) -> Spoken:
        """Who is called by a name, which alone and with the article may be a description: القبطان."""
        described = not title and phrases.is_described(name)
        known = (other.rule != "description" for other in self.like(parts_of(_words_of(text, name))))
        form = "nominal" if described and not any(known) else "named"
        entity = self.named(
            phrases.kind(name), _words_of(text, name), "description" if form == "nominal" else "speaker"
        )
        self.entitle(entity, title)
        mention = Word(name[0].start, name[-1].end, "")
        return Spoken(entity, form, mention, mention)

    def named(self, type_: str, name: str, rule: str = "speaker") -> Entity:
        """The entity of that name, or of one that the name shortens; a new one, made by a rule, otherwise."""
        if (known := self.by_alias.get(parts_of(name))) and known.type == type_:
            return known
        alike = (other for other in self.like(parts_of(name)) if other.type == type_)
        entity = next((other for other in alike if type_ != "ORG" or _shortens(name, other.name)), None)
        if entity is None:
            return self._new(type_, name, rule)
        if type_ != "PERS" or len(parts_of(name)) > len(entity.parts):
            entity.others |= {other for other in (entity.name, name) if not _is_common_noun(other)}
            entity.others |= {name} if rule == "portfolio" else set()
        if len(parts_of(name)) > len(entity.parts):
            entity.name = name
            self._enter(entity)
        return entity

    def like(self, parts: frozenset[str]) -> list[Entity]:
        """Who may be called so, the latest first: by a part of the name or more of it, slips of spelling allowed."""
        if self.by_part.keys().isdisjoint(parts) and len(parts) > 1:
            return []
        candidates = dict.fromkeys(entity for part in sorted(parts) for entity in self.by_part.get(part, ()))
        found = [entity for entity in candidates if is_same(parts, entity.parts)]
        fuzzy = len(parts) == 1 and not found and len(next(iter(parts))) > _TELLING
        recent = self.entities[-_RECENT:] if fuzzy else []
        return found[::-1] or [entity for entity in recent if is_same(parts, entity.parts)]

    def _new(self, type_: str, name: str, rule: str) -> Entity:
        entity = Entity(type_, name, rule)
        self.entities.append(entity)
        self._enter(entity)
        return entity

    def _enter(self, entity: Entity) -> None:
        for part in entity.parts:
            self.by_part.setdefault(part, []).append(entity)

    def _without_object(self, name: list[Word], text: str) -> list[Word]:
        """The words that are somebody's name, where one is known that the first of them belong to."""
        noun = len(name) > 1 and is_listed(name[0].folded, "organisations")
        for length in range(len(name), int(noun), -1):
            parts = parts_of(_words_of(text, name[:length]))
            if parts <= self.by_part.keys() and any(parts <= entity.parts for entity in self.like(parts)):
                return name[:length]
        return phrases.without_object(name)

    def _is_plausible(self, name: list[Word], text: str) -> bool:
        """Whether words can be somebody's name: known already, or neither definite nor otherwise odd."""
        if name[0].folded[0] in PREPOSITIONS and known_at(name, 0, name[0].folded[1:]):
            return False
        if phrases.has_article(name[0]) and not any(map(phrases.has_article, name[1:2])):
            return name[0].folded not in listed("ends")
        known = (one for one in self.like(parts_of(_words_of(text, name))) if one.rule != "description")
        return any(known) or phrases.kind(name) != "PERS" or not phrases.is_odd_subject(name[:2])

    def _described(self, title: list[Word], text: str) -> Entity:
        """Whom a title or description stands for: who was introduced with it, or spoke last; somebody new otherwise."""
        if is_listed(title[0].folded, "documents"):
            if len(title) > 1 and is_listed(title[1].folded, "organisations"):
                return self._described(title[1:], text)
            if organisation := self._issuer():
                return organisation
        if title[-1].folded in listed("same") and (last := self.last()):
            return last
        known = (
            None if phrases.is_anybody(title) else self._alike(title) or self._spoke_as(title) or self._bare_body(title)
        )
        if known is None:
            known = self._new(_described_type(title), _words_of(text, title), "description")
            self.entitle(known, title if known.type != "ORG" else [])
        return known

    def _alike(self, title: list[Word]) -> Entity | None:
        """Who has that title, or the institution of which it is a short name; the latest to speak if untitled."""
        said = phrases.heads(title)
        bearers = (entity for entity in self._bearers(title, said) if not _of_others(entity, said))
        alike = [entity for entity in bearers if not _of_other_office(entity, title)]
        if not alike:
            return None
        best = max(alike, key=lambda entity: (len(entity.calling & said), entity in self.spoken[-_RECENT:]))
        if best.rule == "description" and (spoke := self._spoke_as(title)):
            return spoke
        last = self.last(phrases.gender_of(title))
        untitled = last is not None and last.type == best.type == "PERS" and not last.titles
        return last if untitled and len(best.titles & said) < len(title) else best

    def _bearers(self, title: list[Word], said: set[str]) -> list[Entity]:
        """All who have a title, or the institutions that the words of a short name may call."""
        first = title[0].folded
        if is_listed(first, "organisations") and not is_listed(first, "titles"):
            return [entity for entity in self.entities if entity.type == "ORG" and said & entity.calling]
        called = [entity for form in bare(first) for entity in self.by_title.get(form, ())]
        return called or self._of_office(title) or self._several(first)

    def _several(self, noun: str) -> list[Entity]:
        """The groups that a plural calls which were met in another case or by their singular: 11 جمعية, الجمعيات."""
        base = bare(noun)[-1]
        forms = {base[: -len(end)] + other for end, other in _PLURALS if base.endswith(end)}
        groups = (entity for form in sorted(forms) for entity in self.by_title.get(form, ()))
        return [entity for entity in groups if entity.type == "NORP"]

    def _spoke_as(self, title: list[Word]) -> Entity | None:
        """Who spoke last, for a definite title that may be anybody's or one whose bearer has no other."""
        last = self.last(phrases.gender_of(title))
        if last and (_of_others(last, phrases.heads(title)) or _of_other_office(last, title)):
            return None
        plain = all(phrases.nationality(word.folded) or word.folded in listed("same") for word in title[1:])
        generic = is_listed(title[0].folded, "generic") or (len(title) > 1 and plain)
        definite = phrases.has_article(title[0]) and is_listed(title[0].folded, "titles")
        if definite and is_listed(title[0].folded, "source_nouns"):
            return last
        return last if last and last.type == "PERS" and definite and (generic or not last.titles) else None

    def _bare_body(self, title: list[Word]) -> Entity | None:
        """The institution or outlet that spoke last by a name without a noun, for a noun alone: الصحيفة."""
        plain = len(title) == 1 or bool(phrases.nationality(title[1].folded))
        if not plain or not phrases.has_article(title[0]) or not is_listed(title[0].folded, "organisations"):
            return None
        bodies = (entity for entity in self.spoken[:-_RECENT:-1] if entity.type == "ORG")
        return next((body for body in bodies if not _has_noun(body)), None)

    def _of_office(self, title: list[Word]) -> list[Entity]:
        """Who holds an office that is called by the other gender, a slip: وزيرة الخارجية for وزير الخارجية."""
        head = bare(title[0].folded)[-1]
        other = head.removesuffix("ه") if head.endswith("ه") else head + "ه"
        return [entity for entity in self.by_title.get(other, ()) if entity.titles & phrases.heads(title[1:])]

    def _issuer(self) -> Entity | None:
        """The institution that a statement is from: the latest that spoke, or the first; outlets only report."""
        organisations = (entity for entity in (*reversed(self.spoken), *self.entities) if entity.type == "ORG")
        return next((one for one in organisations if not is_listed(folded(one.name.split()[0]), "outlets")), None)


def _name_at(text: str, start: int, end: int) -> str:
    """A name as it would stand alone, with the article that لل hides."""
    return ("ال" if text[max(0, start - 2) : start] == "لل" else "") + text[start:end]


def _short_after(text: str, end: int) -> str:
    """The short name of an institution in brackets or marks right behind it, where that is no ordinary word."""
    found = _SHORT.match(text, end)
    if found is None or not all(_may_be_short(word.folded) for word in words(found[1])):
        return ""
    return found[1]


def _may_be_short(word: str) -> bool:
    return word.isascii() or (kind_of(word) not in ("ordinary", "both") and not is_bound(word) and not is_place(word))


def _shortens(name: str, other: str) -> bool:
    """Whether one name of an institution is the beginning or the end of the other."""
    short, long = sorted(
        ([bare(folded(part), prefixes="")[-1] for part in one.split()] for one in (name, other)), key=len
    )
    part_of = len(long) > len(short) and long[-len(short) - 1] == "في"  # لجنة … في مجلس …
    return short == long[: len(short)] or (short == long[-len(short) :] and not part_of)


def _without_noun(name: str) -> str:
    """The name of an outlet or company without its noun: شفق نيوز for وكالة شفق نيوز; empty where it is none alone."""
    noun, *rest = words(name)
    if not rest or noun.folded not in listed("heads") or phrases.has_article(rest[-1]) or is_place(rest[0].folded):
        return ""
    return "" if any(map(phrases.is_odd, rest)) or phrases.has_article(rest[0]) else name[rest[0].start :]


def _is_common_noun(name: str) -> bool:
    """Whether a name is nothing but a noun for an institution: السلطات, الجمعية."""
    word = folded(name)
    return " " not in word and any(is_listed(word, list_) for list_ in ("organisations", "national", "titles"))


def _words_of(text: str, phrase: list[Word]) -> str:
    """A phrase as it is written; of للشرطة, which begins behind its ل, with the article."""
    start = phrase[0].start
    bound = text[start] == "ل" and phrase[0].folded.startswith("ال")
    return "ا" * bound + text[start : phrase[-1].end]


def _is_office(title: list[Word]) -> bool:
    """Whether a description is of a single person, whose name may stand behind it."""
    text = bool(title) and any(is_listed(title[0].folded, name) for name in ("texts", "documents"))
    return bool(title) and not text and not phrases.is_group(title[0])


def _described_type(title: list[Word]) -> str:
    """The type of what a description stands for."""
    if phrases.is_group(title[0]):
        return "NORP"
    if is_listed(title[0].folded, "titles"):
        return "PERS"
    return "LAW" if is_listed(title[0].folded, "texts") else "ORG"


def agrees(entity: Entity, number: str) -> bool:
    """Whether somebody can be the subject of a word of a number (p, s, or empty) that stands behind."""
    if number == "p":
        return entity.type != "PERS" or are_several(entity)
    return not (number == "s" and are_several(entity))


def gender_shown(entity: Entity) -> str:
    """The gender (f, m, or empty) of an institution by its noun, of a country, or that somebody was met with."""
    first = folded(entity.name.split()[0])
    if entity.type == "ORG" and is_listed(first, "organisations"):
        return "f" if first.endswith("ه") else "m"
    if entity.type == "GPE":
        return "m" if first in listed("masculine_places") else "f"
    return entity.gender


def are_several(entity: Entity) -> bool:
    """Whether an entity is a group by its description, of which no singular can speak."""
    first = folded(entity.name.split()[0])
    plural = first.startswith("ال") and len(first) > _SHORTEST_PLURAL and first.endswith(("ون", "ين"))
    listed_ = first in listed("groups") and first not in listed("vague_groups")
    return entity.rule == "description" and (plural or listed_)


def _has_noun(body: Entity) -> bool:
    """Whether an institution's name says what kind it is, or the article does."""
    return bool(body.titles) or is_listed(folded(body.name.split()[0]), "organisations")


def is_person_title(title: list[Word]) -> bool:
    """Whether a title is a person's, not a noun for an institution or a text."""
    other = any(is_listed(title[0].folded, name) for name in ("organisations", "texts", "documents", "outlets"))
    return phrases.begins_title(title[0]) and not other


def _is_misfit(title: list[Word], gender: str) -> bool:
    """Whether a title is masculine beside a feminine verb; plurals and collectives may be."""
    feminine = any(word.folded.endswith(("ه", "ات")) or is_listed(word.folded, "collectives") for word in title[:2])
    return gender == "f" and not feminine and is_listed(title[0].folded, "titles")


def _of_others(entity: Entity, said: set[str]) -> bool:
    """Whether a title names another nationality than the entity's."""
    own, other = _nationalities(entity.calling), _nationalities(said)
    return bool(own and other) and not own & other


def _of_other_office(entity: Entity, title: list[Word]) -> bool:
    """Whether a person's titles say another office than a title does, or a former one that it does not."""
    if entity.type != "PERS" or entity.parts & phrases.heads(title):
        return False
    rest = _beside_head(phrases.heads(title[1:]))
    own = _beside_head(entity.titles - phrases.heads(title[:1]))
    former = any(word in listed("former") for word in own) and not any(word in listed("former") for word in rest)
    return former or (bool(rest and own) and not rest & own)


def _beside_head(words: set[str]) -> set[str]:
    """The words of a title that tell offices apart: no further titles, nationalities or the like."""
    plain = ("titles", "same", "generic")
    return {
        word for word in words if not any(is_listed(word, name) for name in plain) and not phrases.nationality(word)
    }


def _nationalities(words: Iterable[str]) -> set[str]:
    return {found[0] for word in words if (found := phrases.nationality(word))}
