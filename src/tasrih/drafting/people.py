"""Who is who in an article: phrases that name or describe, gathered into entities."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache

from tasrih.drafting.cues import reporting
from tasrih.drafting.gazetteer import Known, is_known, is_place, known_at, known_names
from tasrih.drafting.names import is_nationality, is_odd, names, nationality, peoples
from tasrih.text.lists import is_listed, listed
from tasrih.text.marks import IN_CLASS
from tasrih.text.words import Word, all_words, bare, folded, forms, start_of, words, words_in

_RECENT, _FAR = 50, 60
_UP_TO_COMMA = re.compile(rf"([^،.:؛{IN_CLASS}]{{0,40}})،\s")
_SAME = frozenset(["ذاته", "ذاتها", "نفسه", "نفسها", "المذكور", "المذكوره"])
_ONE = frozenset(["احد", "احدي"])
_FOR = frozenset(["باسم", "بلسان"])


Place = tuple[int, int, int, str]


@dataclass
class Entity:
    """An entity of the draft; mentions are (paragraph, start, end, form)."""

    type: str
    name: str
    titles: set[str] = field(default_factory=set)
    gender: str = ""
    mentions: list[Place] = field(default_factory=list)
    known: Known | None = None
    rule: str = "speaker"

    def meet(self, mention: Place) -> None:
        """Enters a mention once."""
        if mention not in self.mentions[-_RECENT:]:
            self.mentions.append(mention)


Spoken = tuple[Entity, str, Word]
Called = dict[str, list[tuple[tuple[str, ...], Entity]]]


@dataclass
class People:
    """The entities of an article in the order of their first mention, and who spoke last."""

    entities: list[Entity] = field(default_factory=list)
    spoken: list[Entity] = field(default_factory=list)
    by_part: dict[str, list[Entity]] = field(default_factory=dict)
    by_key: dict[str, Entity] = field(default_factory=dict)
    by_title: dict[str, list[Entity]] = field(default_factory=dict)

    def discover(self, text: str) -> None:
        """Meets everybody and everything that the text names."""
        for start, end, known in known_names(text):
            self._known(text[start:end], known)
        for phrase in _titled(text):
            self._introduced(text, phrase)
        for name in names(text):
            self.named(name.type, text[name.start : name.end], name.rule)

    def _known(self, name: str, known: Known) -> Entity:
        """The entity that a known name stands for, by whichever of its names."""
        if known.key not in self.by_key:
            person = known.type == "PERS"
            like = self.named(known.type, name, "known-name") if person else self._new(known.type, name, "known-name")
            self.by_key[known.key] = like
            like.known = known
        return self.by_key[known.key]

    def _introduced(self, text: str, phrase: list[Word]) -> None:
        title, name = parted(tuple(phrase))
        name = self._without_object(name, text) if name else apposed(text, phrase[-1]) or apposed_to(text, phrase)
        if title and len(name) > 1 and not any(is_odd(word, first=not place) for place, word in enumerate(name)):
            entity = self.named("PERS", text[name[0].start : name[-1].end], "title-and-name")
            self._entitle(entity, title)
            entity.gender = entity.gender or _gender(title) or "m"

    def _entitle(self, entity: Entity, title: list[Word]) -> None:
        for word in sorted(_heads(title) - entity.titles):
            entity.titles.add(word)
            self.by_title.setdefault(word, []).append(entity)

    def last(self, gender: str = "") -> Entity | None:
        """Who spoke last, of a gender where one is known."""
        fitting = (entity for entity in self.spoken[:-_RECENT:-1] if not gender or entity.gender in ("", gender))
        return next(fitting, self.spoken[-1] if self.spoken else None)

    def everywhere(self, paragraphs: list[str]) -> None:
        """Finds every place where somebody is called by name or surname, and every place."""
        called = self._names()
        met: dict[int, list[tuple[int, int, str]]] = {}
        for number, start, end, form in (mention for entity in self.entities for mention in entity.mentions):
            met.setdefault(number, []).append((start, end, form))
        for number, text in enumerate(paragraphs):
            taken = self._mentions(number, text, called, met.get(number, []))
            self._occupations(number, text, taken)
            for start, end, masculine in peoples(text):
                self._keyed("NORP", text[start:end], masculine, "nationality").mentions.append(
                    (number, start, end, "named")
                )

    def _names(self) -> Called:
        """What everybody is called, folded, by the first word; longer names first."""
        names: Called = {}
        for entity in self.entities:
            parts = tuple(word.folded for word in words(entity.name))
            if not parts or entity.rule == "description":
                continue
            joined = len(parts) > 2 and parts[-2] in listed("joints")
            surname = parts[-2:] if joined else parts[-1:] if len(parts[-1]) > 3 else parts
            surname = surname if entity.type == "PERS" else parts
            for name in dict.fromkeys([parts, surname]):
                names.setdefault(name[0], []).append((name, entity))
        for called in names.values():
            called.sort(key=lambda name: -len(name[0]))
        return names

    def institution(self, number: int, text: str, start: int, end: int, heads: list[Word]) -> Entity:
        """The institution that a stretch names, and the nouns before it, by which it may be called."""
        entity = self.named("ORG", text[start:end], "name-in-marks")
        self._entitle(entity, heads)
        entity.meet((number, start, end, "named"))
        return entity

    def _occupations(self, number: int, text: str, taken: list[int]) -> None:
        """The titles beside names of people; what would cross a name is left out."""
        last = 0
        for phrase in _titled(text):
            title, name = parted(tuple(phrase))
            if phrase[0].start < last:
                continue
            if not title or not name or not any(entity.type == "PERS" for entity in self._beginning(text, name)):
                continue
            start, end = start_of(text, title[0], _title_form(title[0].folded)), title[-1].end
            if not _cuts(taken, start) and not _cuts(taken, end):
                last = end
                occupation = self._keyed("OCC", text[start:end], folded(text[start:end]), "title")
                occupation.mentions.append((number, start, end, "nominal"))

    def _beginning(self, text: str, name: list[Word]) -> list[Entity]:
        """Who is called by the first two words."""
        return self._like(_parts(text[name[0].start : name[:2][-1].end]))

    def _keyed(self, type_: str, name: str, key: str, rule: str) -> Entity:
        type_key = f"{type_}:{key}"
        if type_key not in self.by_key:
            self.by_key[type_key] = self._new(type_, name, rule)
        return self.by_key[type_key]

    def _mentions(self, number: int, text: str, names: Called, met: list[tuple[int, int, str]]) -> list[int]:
        """Finds the names in a paragraph; for each character the name that covers it, counted from 1."""
        taken = [0] * (len(text) + 1)
        described = list(taken)
        for start, end, form in met:
            (taken if form == "named" else described)[start:end] = [start + 2] * (end - start)
        for start, end, entity in _called(text, names):
            if not any(taken[start:end]) and described[start] == described[end - 1]:
                taken[start:end] = [start + 2] * (end - start)
                entity.mentions.append((number, start, end, "named"))
        return taken

    def known(self, paragraph: int, context: tuple[Word, ...], gender: str) -> Spoken | None:
        """The first of the words of a sentence that call somebody who is known by name, of a gender."""
        for place, word in enumerate(context):
            part = bare(word.folded, prefixes="")[-1]
            for entity in self.by_part.get(part, ()) if len(part) > 2 else ():
                if (
                    entity.type == "PERS"
                    and entity.rule != "description"
                    and entity.gender in ("", gender or entity.gender)
                ):
                    last = place
                    while last + 1 < len(context) and _parts(context[last + 1].folded) <= _parts(entity.name):
                        last += 1
                    entity.meet((paragraph, word.start, context[last].end, "named"))
                    return entity, "named", Word(word.start, context[last].end, "")
        return None

    def speaker(self, paragraph: int, text: str, phrase: tuple[Word, ...], gender: str = "") -> Spoken | None:
        """Who a phrase stands for: the entity, the form (named, nominal), and the words that mention it.

        `gender` is the cue's: a feminine verb has no masculine title for its subject.
        """
        if not phrase:
            return None
        title, name = parted(phrase)
        name = self._without_object(name, text) or (apposed(text, phrase[-1]) if title else [])
        if title and name and is_odd(name[0], first=True):
            name = []
        if name and not title and not self._plausible(name, text):
            return None
        feminine = any(word.folded.endswith(("ه", "ات")) or is_listed(word.folded, "collectives") for word in title[:2])
        misfit = title and not name and gender == "f" and not feminine
        if (not title and not name) or (misfit and is_listed(title[0].folded, "titles")):
            return None
        if name:
            described = not title and len(name) == 1 and name[0].folded.startswith("ال") and kind(name) == "PERS"
            form = "named" if not described or self._like(_parts(text[name[0].start : name[0].end])) else "nominal"
            entity = self.named(kind(name), text[name[0].start : name[-1].end])
            self._entitle(entity, title)
            span = Word(name[0].start, name[-1].end, "")
        else:
            entity = self._described(title, text)
            form, span = "nominal", Word(phrase[0].start, phrase[-1].end, "")
        entity.meet((paragraph, span.start, span.end, form))
        return entity, form, span

    def named(self, type_: str, name: str, rule: str = "speaker") -> Entity:
        """The entity of that name, or of one that the name shortens; a new one, made by a rule, otherwise."""
        parts = _parts(name)
        for entity in self._like(parts):
            if entity.type == type_:
                if len(parts) > len(_parts(entity.name)):
                    entity.name = name
                    self._enter(entity)
                return entity
        return self._new(type_, name, rule)

    def _like(self, parts: frozenset[str]) -> list[Entity]:
        """Who may be called so, the latest first: by a part of the name or more of it, slips of spelling allowed."""
        if self.by_part.keys().isdisjoint(parts) and len(parts) > 1:
            return []
        candidates = {id(entity): entity for part in sorted(parts) for entity in self.by_part.get(part, ())}
        found = [entity for entity in candidates.values() if _same(parts, _parts(entity.name))]
        fuzzy = len(parts) == 1 and not found and len(next(iter(parts))) > 4
        recent = self.entities[-_RECENT:] if fuzzy else []
        return found[::-1] or [entity for entity in recent if _same(parts, _parts(entity.name))]

    def _enter(self, entity: Entity) -> None:
        for part in _parts(entity.name):
            self.by_part.setdefault(part, []).append(entity)

    def _without_object(self, name: list[Word], text: str) -> list[Word]:
        """The words that are somebody's name, where one is known that the first of them belong to."""
        for length in range(len(name), 0, -1):
            parts = _parts(text[name[0].start : name[length - 1].end])
            if any(parts <= _parts(entity.name) for entity in self._like(parts)):
                return name[:length]
        if len(name) == 1 and name[0].folded.endswith(("ه", "ها", "هم")) and len(name[0].folded) > 5:
            return []
        name = name[: next((place for place, word in enumerate(name) if word.folded.startswith("بال")), len(name))]
        if len(name) > 1 and name[0].folded.startswith("ال") and name[0].folded not in listed("given"):
            name = name[: _definite_length(name)]
        if len(name) > 2 and any(word.folded in listed("joints") for word in name[:2]):
            return name[:3]
        odd = len(name) > 2 and (name[2].folded.endswith("ا") or re.fullmatch("[بل].{3,}ه", name[2].folded))
        definite = len(name) > 2 and (
            name[1].folded.startswith("ال")
            or (name[2].folded.startswith("ال") and name[1].folded not in (listed("given") | {"علي"}))
        )
        longest = 2 if odd or definite or (len(name) > 2 and reporting(name[2])) else 3
        return name[: {"ORG": 8, "GPE": 1}.get(kind(name), longest)]

    def _plausible(self, name: list[Word], text: str) -> bool:
        """Whether words can be somebody's name: known already, or neither definite nor otherwise odd."""
        if name[0].folded.startswith("ال") and (len(name) == 1 or not name[1].folded.startswith("ال")):
            return name[0].folded not in listed("ends")
        parts = _parts(text[name[0].start : name[-1].end])
        return (
            bool(self._like(parts))
            or kind(name) != "PERS"
            or not any(is_odd(word, first=not place) for place, word in enumerate(name[:2]))
        )

    def _described(self, title: list[Word], text: str) -> Entity:
        """Whom a title or description stands for: who was introduced with it, or spoke last; somebody new otherwise."""
        if is_listed(title[0].folded, "documents"):
            if len(title) > 1 and is_listed(title[1].folded, "organisations"):
                return self._described(title[1:], text)
            if organisation := self._issuer():
                return organisation
        known = None if _is_somebody(title) else self._alike(title) or self._spoke_as(title)
        if known is None:
            person = is_listed(title[0].folded, "titles")
            known = self._new("PERS" if person else "ORG", text[title[0].start : title[-1].end], "description")
            self._entitle(known, title if person else [])
        return known

    def _alike(self, title: list[Word]) -> Entity | None:
        """Who has that title, or the institution of which it is a short name; the latest to speak if untitled."""
        heads = _heads(title)
        if is_listed(title[0].folded, "titles") or not is_listed(title[0].folded, "organisations"):
            alike = [entity for form in bare(title[0].folded) for entity in self.by_title.get(form, ())]
            alike = alike or self._of_office(title)
        else:
            alike = [entity for entity in self.entities if entity.type == "ORG" and heads & _called_so(entity)]
        alike = [entity for entity in alike if not _of_others(entity, heads)]
        if not alike:
            return None
        best = max(alike, key=lambda entity: (len(_called_so(entity) & heads), entity in self.spoken[-_RECENT:]))
        if best.rule == "description" and (spoke := self._spoke_as(title)):
            return spoke
        last = self.last(_gender(title))
        untitled = last is not None and last.type == best.type == "PERS" and not last.titles
        return last if untitled and len(best.titles & heads) < len(title) else best

    def _spoke_as(self, title: list[Word]) -> Entity | None:
        """Who spoke last, for a definite title that may be anybody's or one whose bearer has no other."""
        last = self.last(_gender(title))
        plain = all(is_nationality(word.folded) or word.folded in _SAME for word in title[1:])
        generic = is_listed(title[0].folded, "generic") or (len(title) > 1 and plain)
        definite = title[0].folded.startswith("ال") and is_listed(title[0].folded, "titles")
        return last if last and last.type == "PERS" and definite and (generic or not last.titles) else None

    def _of_office(self, title: list[Word]) -> list[Entity]:
        """Who holds an office that is called by the other gender, a slip: وزيرة الخارجية for وزير الخارجية."""
        head = bare(title[0].folded)[-1]
        other = head.removesuffix("ه") if head.endswith("ه") else head + "ه"
        return [entity for entity in self.by_title.get(other, ()) if entity.titles & _heads(title[1:])]

    def _issuer(self) -> Entity | None:
        """The institution that a statement is from: the latest that spoke, or the first; outlets only report."""
        return next(
            (
                entity
                for entity in (*reversed(self.spoken), *self.entities)
                if entity.type == "ORG" and not is_listed(folded(entity.name.split()[0]), "outlets")
            ),
            None,
        )

    def _new(self, type_: str, name: str, rule: str = "speaker") -> Entity:
        entity = Entity(type_, name, rule=rule)
        self.entities.append(entity)
        self._enter(entity)
        return entity


def _gender(title: list[Word]) -> str:
    """The gender that a title shows: f, or empty."""
    return "f" if title[0].folded.endswith("ه") else ""


def _of_others(entity: Entity, heads: set[str]) -> bool:
    """Whether a title names another nationality than the entity's."""
    own, said = (
        {found[0] for word in words_ if (found := nationality(word))} for words_ in (_called_so(entity), heads)
    )
    return bool(own and said) and not own & said


def _called_so(entity: Entity) -> frozenset[str]:
    """The words of an institution's name, or of a person's titles."""
    return frozenset(entity.titles) if entity.type == "PERS" else _parts(entity.name) | entity.titles


@lru_cache(maxsize=1 << 8)
def _titled(text: str) -> list[list[Word]]:
    """The phrases of a text that begin with a title."""
    found = all_words(text)
    places = [place for place, word in enumerate(found) if is_listed(word.folded, "titles")]
    return [phrase for place in places if (phrase := phrase_of(text, found[place : place + 12]))]


def _cuts(taken: list[int], place: int) -> bool:
    """Whether a name stands on both sides of a place."""
    return bool(place and taken[place]) and taken[place - 1] == taken[place]


def _title_form(word: str) -> str:
    """A title without its proclitic, with its article."""
    form = next((form for form in bare(word) if form in listed("titles")), word)
    return "ال" + form if word.endswith("ال" + form) else form


def _called(text: str, names: Called) -> Iterator[tuple[int, int, Entity]]:
    """Where a text calls somebody by one of the names; at each word the longer names first."""
    found = all_words(text)
    for place, word in enumerate(found):
        for form in forms(word.folded):
            for name, entity in names.get(form, ()):
                if tuple(other.folded for other in found[place + 1 : place + len(name)]) == name[1:]:
                    yield start_of(text, word, form), found[place + len(name) - 1].end, entity


def kind(name: list[Word]) -> str:
    """The type of what a name names, by its first word."""
    if name and is_place(name[0].folded):
        return "GPE"
    return "ORG" if name and is_listed(name[0].folded, "organisations") else "PERS"


def apposed(text: str, last: Word) -> list[Word]:
    """The name between commas after a title: رئيسة البلدية، سلمى الحداد، …."""
    comma = _UP_TO_COMMA.match(text, last.end)
    following = words_in(text, comma.end(), comma.end() + _FAR) if comma else []
    if comma and comma[1].strip() and (not following or following[0].folded not in listed("given")):
        return []
    if following and _begins_title(following[0]):
        title, name = parted(tuple(phrase_of(text, following)))
        return name if title and len(name) > 1 and text[name[-1].end : name[-1].end + 1] == "،" else []
    for place, word in enumerate(following[:4]):
        if place and text[following[place - 1].end : word.start] != " ":
            break
        name = following[: place + 1]
        if place and text[word.end : word.end + 1] == "،" and not any(map(_unlike_name, name)):
            return name
    return []


def apposed_to(text: str, phrase: list[Word]) -> list[Word]:
    """The name before a title between commas: سلمى الحداد، رئيسة البلدية، …."""
    name = words_in(text, max(0, phrase[0].start - _FAR), phrase[0].start)[-2:]
    between = len(name) == 2 and text[name[1].end : phrase[0].start] == "، " and text[phrase[-1].end :][:1] == "،"
    odd = not between or name[0].folded.startswith("ال") or any(map(_unlike_name, name))
    return [] if odd or text[name[0].end : name[1].start] != " " else name


def _unlike_name(word: Word) -> bool:
    return is_odd(word, first=False) or _begins_title(word) or is_listed(word.folded, "organisations")


def phrase_of(text: str, following: list[Word]) -> list[Word]:
    """The first words up to a mark of punctuation, a preposition or the like."""
    phrase: list[Word] = []
    for word in following[:10]:
        gap = text[phrase[-1].end : word.start] if phrase else ""
        if gap.strip() or word.folded in listed("ends") or word.folded[:1].isdigit():
            break
        phrase.append(word)
    return phrase


def parted(phrase: tuple[Word, ...]) -> tuple[list[Word], list[Word]]:
    """A phrase as title and name; either may be empty. A title after the name is left away."""
    first = phrase[0].folded
    if is_listed(first, "documents"):
        joined = (number for number, word in enumerate(phrase) if number and word.folded[:1] not in ("ا", "ل"))
        return list(phrase[: next(joined, len(phrase))]), []
    if is_listed(first, "organisations") and not is_listed(first, "titles"):
        return ([], list(phrase)) if len(phrase) > 1 else (list(phrase), [])
    if not _begins_title(phrase[0]):
        given = next((number for number, word in enumerate(phrase) if word.folded in listed("given")), 0)
        if given and first.startswith("ال"):
            return list(phrase[:given]), _until_title(list(phrase[given:]))[:5]
        return [], _until_title(list(phrase))[:5]
    place = _name_place(phrase)
    return list(phrase[:place]), _until_title(list(phrase[place : place + 5]))


def _name_place(phrase: tuple[Word, ...]) -> int:
    """Where the name begins in a phrase that begins with a title: after it, and after the institution it is of."""
    length = _title_length(phrase)
    named = (number for number, word in enumerate(phrase) if number and word.folded in listed("given"))
    given = next(named, length)
    of_institution = length < len(phrase) and phrase[length].folded.startswith("ل")
    return given if given < length or of_institution else length


def _title_length(phrase: tuple[Word, ...]) -> int:
    """How many words are the title: adjectives, further titles, and the place or institution of the office too."""
    whole = phrase[0].folded.startswith("ال") or phrase[0].folded.endswith(("ها", "هم", "ته"))
    joined = not whole and len(phrase) > 1 and not _is_adjective(phrase[1])
    place = 2 if joined else 1
    while place < len(phrase):
        of_name = phrase[place].folded in listed("joints") and phrase[place + 1 : place + 2]
        if phrase[place].folded in listed("given") or (of_name and of_name[0].folded in listed("given")):
            break
        if length := _place_name(phrase[place:]):
            place += length
        elif phrase[place].folded in _FOR or _is_purpose(phrase, place):
            place += 2
        elif place > 1 and phrase[place].folded.startswith("ال") and is_listed(phrase[place].folded, "organisations"):
            break
        elif _is_adjective(phrase[place]) or _begins_title(phrase[place]) or phrase[place].folded == "د":
            place += 1
        else:
            break
    return place


def _definite_length(name: list[Word]) -> int:
    """How many words of a name that begins with the article belong to it: not the object after it."""
    following = name[1].folded
    if not following.startswith("ال"):
        return 1
    return len(name) if following.endswith(("ي", "يه")) or kind(name) != "ORG" else 1


def _is_somebody(title: list[Word]) -> bool:
    """Whether a description is of nobody met before: مهندس, مصادر مطلعة, أحد الركاب."""
    indefinite = not title[0].folded.startswith("ال")
    rest = title[1].folded if len(title) > 1 else ""
    plain = not rest.startswith("ال") and rest.endswith(("ه", "ي", "ين", "ون"))
    return title[0].folded in _ONE or (indefinite and (len(title) == 1 or (len(title) == 2 and plain)))


def _is_purpose(phrase: tuple[Word, ...], place: int) -> bool:
    """للنقابة الوطنية [لعمال السكك]."""
    word = phrase[place].folded
    return (
        place > 1
        and len(phrase) > place + 1
        and word.startswith("ل")
        and len(word) > 3
        and phrase[place + 1].folded.startswith("ال")
        and word not in listed("given")
    )


def _place_name(phrase: tuple[Word, ...]) -> int:
    """How many words of a title name the place where the office is: رئيسة بلدية وادي النخيل."""
    if hit := known_at(list(phrase), 0, phrase[0].folded):
        return phrase.index(hit[1]) + 1 if hit[0].type in ("GPE", "LOC") else 0
    return 2 if phrase[0].folded in listed("landscape") and len(phrase) > 1 else 0


def _until_title(name: list[Word]) -> list[Word]:
    """A name up to a title after it, or to somebody else joined to it."""
    for number, word in enumerate(name):
        joined = number > 1 and word.folded.startswith("و") and word.folded not in listed("given")
        if number and (joined or _begins_title(word)):
            return name[:number]
    return name


def _begins_title(word: Word) -> bool:
    own = word.folded.removesuffix("ها").removesuffix("هم").removesuffix("ه")
    owned = own != word.folded and len(own) > 2 and (own in listed("titles") or f"{own[:-1]}ه" in listed("titles"))
    return owned or is_listed(word.folded, "titles")


def _is_adjective(word: Word) -> bool:
    joined = word.folded.startswith(("ال", "لل", "وال", "#")) or "_" in word.folded
    return joined or (word.folded.startswith("ل") and is_known(word.folded[1:]))


def _heads(title: list[Word]) -> set[str]:
    """The words of a title, the article aside."""
    return {form for word in title for form in bare(word.folded)}


def _same(parts: frozenset[str], others: frozenset[str]) -> bool:
    """Whether one name shortens the other, a slip of spelling allowed in a single word."""
    if parts <= others or others <= parts:
        return True
    part = next(iter(parts)) if len(parts) == 1 else ""
    alike = [other for other in others if other[:1] == part[:1] and abs(len(other) - len(part)) < 3]
    return bool(alike) and bool(get_close_matches(part, alike, 1, 0.85))


@lru_cache(maxsize=1 << 14)
def _parts(name: str) -> frozenset[str]:
    return frozenset(bare(folded(part), prefixes="")[-1] for part in name.split())
