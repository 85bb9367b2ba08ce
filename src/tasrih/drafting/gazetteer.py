"""Names that are known beforehand: countries and regions (Unicode CLDR), cities (GeoNames), lists, the register."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import orjson

from tasrih.resources import corpus_folder
from tasrih.text.lists import is_listed, lines_of, listed, rows_of
from tasrih.text.words import WITH_ARTICLE, Word, all_words, folded, goes_on, places, start_of

_LISTS = (("institutions", "ORG"), ("places", "GPE"), ("landmarks", "LOC"), ("figures", "PERS"))
_WORDS = ("ends", "titles", "governors", "organisations", "prepositions", "clitics", "given", "common")


class Known(NamedTuple):
    """What a name stands for: its type, a key that spellings share, its entry in the register and identifiers there."""

    type: str
    key: str
    link: str | None = None
    identifiers: dict[str, str] | None = None


class Found(NamedTuple):
    """A known name in a text: the offsets, and what it stands for."""

    start: int
    end: int
    known: Known


def known_names(text: str) -> Iterator[Found]:
    """The known names in a text, the longest first where several begin."""
    found = all_words(text)
    for place in places(text, _forms):
        word = found[place]
        for form in _forms(word.folded):
            hit = known_at(found, place, form)
            if (
                hit
                and not is_adjective(found, place, hit[1])
                and (hit[1] is not word or _may_be_alone(word.folded, form))
            ):
                known, last = hit
                rest = form if word.folded.endswith(form) else form[2:]
                yield Found(start_of(text, word, rest), last.end, known)
                break


def is_adjective(found: list[Word], place: int, last: Word) -> bool:
    """Whether a name of one word is an adjective of what stands before it: الصادرات السعودية."""
    word, before = found[place], found[place - 1 if place else 0].folded
    masculine = word.folded.removeprefix("ال").removesuffix("ه")
    return word is last and masculine in listed("nationalities") and _is_definite(before)


@lru_cache(maxsize=1 << 16)
def _is_definite(word: str) -> bool:
    """Whether a folded word is a noun with the article, perhaps behind proclitics."""
    return len(word) > 4 and word not in listed("ends") and re.match(WITH_ARTICLE, word) is not None


@lru_cache(maxsize=1 << 16)
def _forms(word: str) -> tuple[str, ...]:
    """What a known name may begin with in a folded word: the word itself, or what follows its proclitic."""
    bound = word[0] in "وبل" or (word[0] in "فك" and len(word) > 5)
    forms = (word, word[1:]) if bound else (word,)
    forms = (*forms, "ال" + word[2:]) if word.startswith("لل") else forms
    return tuple(form for form in forms if form in _by_first_word())


@lru_cache(maxsize=1 << 16)
def _may_be_alone(word: str, form: str) -> bool:
    """Whether a form of a folded word may be a name by itself: behind a proclitic of no ordinary word only."""
    return form == word or word.startswith("لل") or not any(is_listed(word, name) for name in _WORDS)


def known_at(found: list[Word], place: int, form: str) -> tuple[Known, Word] | None:
    """What the words from a place on name, the longest name first, and its last word."""
    beside = found[place + 1].folded if place + 1 < len(found) else ""
    for name, known in _by_first_word().get(form, ()):
        if len(name) == 1 or (name[1] == beside and goes_on(found, place, name)):
            return known, found[place + len(name) - 1]
    return None


@lru_cache(maxsize=1 << 16)
def is_known(word: str) -> bool:
    """Whether a folded word by itself is a known name."""
    return any(len(name) == 1 for name, _ in _by_first_word().get(word, ()))


def is_place(word: str) -> bool:
    """Whether a folded word by itself is the name of a place."""
    return any(len(name) == 1 and known.type in ("GPE", "LOC") for name, known in _by_first_word().get(word, ()))


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], Known]]]:
    names = _cities() | _territories() | _listed() | _registered()
    names |= {full[-1:]: names[full] for full in _names("figures")}
    by_first: dict[str, list[tuple[tuple[str, ...], Known]]] = {}
    names = {
        name: known for name, known in names.items() if not (name[1:] in names and name[0] in listed("localities"))
    }
    for name, known in sorted(names.items(), key=lambda item: (-len(item[0]), item[0])):
        if len(name) > 1 or not any(name[0] in listed(other) for other in ("ambiguous", *_WORDS)):
            by_first.setdefault(name[0], []).append((name, known))
    return by_first


def _territories() -> dict[tuple[str, ...], Known]:
    """Countries, regions and seas, over the cities of time zones."""
    rows = sorted(rows_of("territories"), key=lambda row: row[1] != row[2])
    return {_parts(name): Known(type_, key) for type_, key, name in rows}


def _cities() -> dict[tuple[str, ...], Known]:
    return {_parts(name): Known("GPE", f"geonames:{number}") for number, name in rows_of("cities")}


def _listed() -> dict[tuple[str, ...], Known]:
    """The names of our own lists; one with and without the article is one."""
    return {name: Known(type_, " ".join(name).removeprefix("ال")) for list_, type_ in _LISTS for name in _names(list_)}


def _registered() -> dict[tuple[str, ...], Known]:
    """The names in the corpus's register; short names are left to the article, but for those of our own lists."""
    known = frozenset(_names("institutions"))
    entities = orjson.loads((corpus_folder() / "entities.json").read_bytes())["entities"]
    return {
        _parts(name): Known(entity["type"], entity["id"], entity["id"], entity.get("identifiers"))
        for entity in entities
        for number, name in enumerate(entity["names"]["arabic"])
        if _parts(name) and (not number or " " in name or entity["type"] == "GPE" or _parts(name) in known)
    }


def _names(list_: str) -> list[tuple[str, ...]]:
    """The folded names of a list, a name a line."""
    return [_parts(line) for line in lines_of(f"{list_}.txt")]


def _parts(name: str) -> tuple[str, ...]:
    return tuple(folded(part) for part in re.findall(r"\w+", name))
