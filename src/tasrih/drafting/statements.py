"""What a web page states about its article: in JSON-LD, in microdata, in meta elements, in its address, in titles."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate
from functools import cache, cached_property
from typing import Any, NamedTuple

from tasrih.drafting import structured
from tasrih.drafting.furniture import agency, names
from tasrih.record import Json
from tasrih.text.lists import listed, rows_of
from tasrih.text.words import folded, folded_words

_CREDITS = ("creditText", "copyrightNotice", "copyrightHolder")
URL = re.compile(r"https?://[^ \t\r\n]+")
_DAY_INURL = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_FIRST = 1990  # the earliest year in which a page can have been published
_LONGEST_NAME = 6  # words of a person's name
_PARTS = re.compile(r"\||::|»|«|›|•| [-–—:/] ")  # between a headline and the name of the outlet
_LONGEST_TITLE = 500  # characters of a title that is taken apart
_ALSO_OTHERS = ("وكاله", "قناه", "شبكه", "محطه")


class _Said(NamedTuple):
    """What is stated, and where: "JSON-LD", "microdata", "meta" or "the address"."""

    where: str
    value: str


class Statements:
    """What a page states, in the order of trust. Values are texts; days are ISO 8601."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self.doubts: list[str] = []
        self._meta = structured.meta_texts(tree)
        self._linked = self._article(list(structured.json_objects(tree, self.doubts)))
        self._micro = structured.microdata(tree)

    def _article(self, objects: list[Json]) -> Json:
        """The object of JSON-LD that is about this page's article."""
        found = [thing for thing in objects if structured.is_article(thing)]
        if len(found) < 2:
            return found[0] if found else {}
        titles = [name_key(title) for title in self._tree.xpath("//title/text() | //h1//text()")]
        titles += [name_key(title) for title in self._meta.get("og:title", [])]
        by_address = (thing for thing in found if self.url in structured.addresses(thing))
        own = next(by_address, None) or next((thing for thing in found if _is_titled(thing, titles)), None)
        if own is None:
            self.doubts.append(f"JSON-LD is about {len(found)} articles, none of which is clearly this one; not read")
        return own or {}

    @property
    def is_article(self) -> bool:
        """Whether the page states that it holds an article."""
        return bool(self._linked or self._micro) or "article" in self._meta.get("og:type", [])

    def _stated(self, name: str, key: str) -> list[_Said]:
        linked = [_Said("JSON-LD", text) for text in structured.texts(self._linked.get(name))]
        micro = [_Said("microdata", text) for text in structured.texts(self._micro.get(name))]
        meta = [_Said("meta", text) for name in _meta_names()[key] for text in self._meta.get(name, [])]
        return [*linked, *micro, *meta]

    @cached_property
    def headlines(self) -> list[str]:
        """The headline as stated, once for each way it is written."""
        return list(dict.fromkeys(said.value for said in self._stated("headline", "headline")))

    @cached_property
    def titles(self) -> list[str]:
        """The title of the page."""
        return [text for title in self._tree.xpath("//title") if (text := structured.plain(title.text_content()))][:1]

    @cached_property
    def published(self) -> str | None:
        """The day of publication, which more than one place may state; a day that differs is a doubt."""
        said = [*self._stated("datePublished", "published"), *(_Said("time", value) for value in self._times())]
        said += [_Said("the address", "-".join(parts)) for parts in _DAY_INURL.findall(self.url or "")]
        days = [_Said(one.where, day) for one in said if (day := _day(one.value))]
        if other := next((other for other in days if other.value != days[0].value), None):
            self.doubts.append(f"published: {days[0].value} by {days[0].where}, {other.value} by {other.where}")
        return days[0].value if days else None

    def _times(self) -> list[str]:
        """The days of `time` elements that are said to be that of publication, or stand alone in the article."""
        marked = self._tree.xpath(
            "//time[@pubdate or contains(@class, 'publish') or contains(@itemprop, 'datePublished')]/@datetime"
        )
        inside = self._tree.xpath("(//article | //main)//time/@datetime") or self._tree.xpath("//time/@datetime")
        alone = inside if len({_day(value) for value in inside}) == 1 else []
        return [str(value) for value in marked or alone]

    @cached_property
    def authors(self) -> tuple[str, ...]:
        """Persons only, by the first place that names any."""
        linked, micro = structured.names_of(self._linked.get("author")), structured.names_of(self._micro.get("author"))
        meta = [(text, "") for name in _meta_names()["author"] for text in self._meta.get(name, [])]
        links = self._tree.xpath("//*[@rel='author']")[:1]
        linking = [(structured.plain(element.text_content()), "") for element in links]
        for people in (linked, micro, meta, linking):
            if found := tuple(dict.fromkeys(name for text, kind in people for name in self._named(text, kind))):
                return found
        return ()

    def _named(self, text: str, kind: str) -> tuple[str, ...]:
        """The people of a text that names authors; none for an organisation, an address, the outlet, a desk."""
        is_outlet = name_key(text) in map(name_key, self.outlets)
        if kind.endswith("Organization") or is_outlet or re.search(r"[@\d]|://|www\.", text):
            return ()
        found = names(text.removeprefix("بقلم").strip(" :"))
        words = text.split()
        is_person = kind.endswith("Person") and len(words) <= _LONGEST_NAME
        is_desk = is_person and (folded(words[0]) in listed("desks") or agency(text))
        return found or ((text,) if is_person and not is_desk else ())

    @cached_property
    def agency(self) -> str | None:
        """An agency that is stated to be the author."""
        people = [*structured.names_of(self._linked.get("author")), *structured.names_of(self._micro.get("author"))]
        return next((found for text, _ in people if (found := agency(text))), None)

    @cached_property
    def outlets(self) -> list[str]:
        """What the outlet is called."""
        linked = [text for text, _ in structured.names_of(self._linked.get("publisher"))]
        micro = [text for text, _ in structured.names_of(self._micro.get("publisher"))]
        meta = [text for name in _meta_names()["publisher"] for text in self._meta.get(name, [])]
        titles = [part for title in (*self.headlines, *self.titles) for part in outlets_in(title)]
        return [name for name in dict.fromkeys([*linked, *micro, *meta, *titles]) if not URL.match(name)]

    @property
    def publisher(self) -> str | None:
        """The outlet."""
        return next(iter(self.outlets), None)

    @cached_property
    def url(self) -> str | None:
        """The address that the page gives itself."""
        found = [*self._tree.xpath("//link[@rel='canonical']/@href"), *self._meta.get("og:url", [])]
        return next((str(url).strip() for url in found if URL.fullmatch(str(url).strip())), None)

    @cached_property
    def editions(self) -> tuple[str, ...]:
        """The languages, Arabic aside, in which the page says that it exists."""
        codes = (code.lower().partition("-")[0] for code in self._tree.xpath("//link[@rel='alternate']/@hreflang"))
        return tuple(dict.fromkeys(code for code in codes if code.isalpha() and len(code) in (2, 3) and code != "ar"))

    @cached_property
    def image_credit(self) -> str | None:
        """Whom the page credits for its picture."""
        for thing in structured.json_objects(self._tree, []):
            for name in _CREDITS:
                if isinstance(text := thing.get(name), str) and text.strip():
                    return text.strip()
        named = " or ".join(f"@itemprop='{name}'" for name in _CREDITS)
        texts = (structured.plain(element.text_content()) for element in self._tree.xpath(f"//*[{named}]"))
        return next((text for text in texts if text), None)


def _is_titled(thing: Json, titles: list[str]) -> bool:
    """Whether the headline of an object stands in one of the titles of the page."""
    name = name_key("".join(structured.texts(thing.get("headline"))[:1]))
    return bool(name) and any(name in title for title in titles)


def _day(value: str) -> str | None:
    """The day of a date as machines write it; None for a month, a year, and what cannot be."""
    match = _ISO.match(value.strip())
    parts = tuple(map(int, match.groups())) if match else (parsedate(value) or ())[:3]
    try:
        day = date(*parts) if len(parts) == 3 else None
    except ValueError:
        return None
    return day.isoformat() if day and _FIRST <= day.year <= datetime.now(UTC).year + 1 else None


@cache
def _meta_names() -> dict[str, list[str]]:
    return {fact: names.split() for fact, names in rows_of("meta")}


def name_key(text: str) -> str:
    """The folded words of a name, by which two spellings of it are compared."""
    return " ".join(folded_words(text))


def outlets_apart(title: str, outlets: list[str]) -> str:
    """A headline without the name of the outlet before or behind it."""
    if len(title) > _LONGEST_TITLE:
        return title.strip()
    for match in [*_PARTS.finditer(title)][::-1]:
        behind, before = title[match.end() :], title[: match.start()]
        if before and is_outlet(behind, outlets):
            return outlets_apart(before, outlets)
        if behind and is_outlet(before, outlets, in_front=True):
            return outlets_apart(behind, outlets)
    return title.strip()


def outlets_in(title: str) -> list[str]:
    """The first and last part of a title, where a noun says that it is an outlet."""
    parts = [part.strip() for part in _PARTS.split(title[:_LONGEST_TITLE])]
    found = [parts[-1]] if is_outlet(parts[-1]) else []
    return found + ([parts[0]] if is_outlet(parts[0], in_front=True) else []) if len(parts) > 1 else []


def is_outlet(title: str, outlets: Iterable[str] = (), *, in_front: bool = False) -> bool:
    """Whether a title is the outlet and nothing else, by its name or a noun for one.

    With `in_front` it is the first part of a title: وكالة and قناة also begin headlines.
    """
    words = title.split()
    by_noun = len(words) in (2, 3, 4) and folded(words[0]) in listed("outlets")
    known = by_noun and not (in_front and folded(words[0]) in _ALSO_OTHERS)
    return known or name_key(title) in map(name_key, outlets)
