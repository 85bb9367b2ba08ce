"""What a web page states about its article: in JSON-LD, in microdata, in meta elements, in its address."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate
from functools import cached_property
from typing import Any, NamedTuple

from tasrih.drafting.furniture import agency, names
from tasrih.text.lists import listed
from tasrih.text.words import folded, folded_words

Json = dict[str, Any]
_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$", re.IGNORECASE)
_APART = "itemListElement hasPart isPartOf mentions citation comment relatedLink isBasedOn about author publisher"
_ELSEWHERE = frozenset(_APART.split())
_CREDITS = ("creditText", "copyrightNotice", "copyrightHolder")
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_AROUND_JSON = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)\s*$"
)
_URL = re.compile(r"https?://[^ \t\r\n]+")
_DAY_IN_URL = re.compile(r"/((?:19|20)\d\d)/(\d\d?)/(\d\d?)(?:/|$)")
_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_PARTS = re.compile(r"\||::|»|«|›|•| [-–—:/] ")
_FIRST, _LONGEST_NAME, _LONGEST_TITLE = 1990, 6, 500
_ALSO_OTHERS = ("وكاله", "قناه", "شبكه", "محطه")
_WANTED = ("headline", "datePublished", "author", "publisher")
_META = {
    "headline": ("og:title", "twitter:title", "dc.title", "title"),
    "published": (
        "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "publishdate",
        "publish-date", "publish_date", "pubdate", "date.issued", "dc.date.issued", "dcterms.created", "dc.date",
        "parsely-pub-date", "sailthru.date", "article.published", "cxenseparse:recs:publishtime", "date",
    ),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "og:article:author"),
    "publisher": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "url": ("og:url",),
}  # fmt: skip


class _Said(NamedTuple):
    """What is stated, and where: "JSON-LD", "microdata", "meta" or "the address"."""

    where: str
    value: str


class Statements:
    """What a page states, in the order of trust. Values are texts; days are ISO 8601."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self.doubts: list[str] = []
        self._meta = _meta(tree)
        self._linked = self._article(list(_json_objects(tree, self.doubts)))
        self._micro = _microdata(tree)

    def _article(self, objects: list[Json]) -> Json:
        """The object of JSON-LD that is about this page's article."""
        found = [thing for thing in objects if _is_article(thing)]
        if len(found) < 2:
            return found[0] if found else {}
        titles = [_key(title) for title in self._tree.xpath("//title/text() | //h1//text()")]
        titles += [_key(title) for title in self._meta.get("og:title", [])]
        own = [thing for thing in found if self.url in _addresses(thing)]
        own += [
            thing for thing in found if (name := _key(_text(thing.get("headline")))) and any(name in t for t in titles)
        ]
        if not own:
            self.doubts.append(f"JSON-LD is about {len(found)} articles, none of which is clearly this one; not read")
        return own[0] if own else {}

    @property
    def is_article(self) -> bool:
        """Whether the page states that it holds an article."""
        return bool(self._linked or self._micro) or "article" in self._meta.get("og:type", [])

    def _stated(self, name: str, key: str) -> list[_Said]:
        linked = [_Said("JSON-LD", text) for text in _texts(self._linked.get(name))]
        micro = [_Said("microdata", text) for text in _texts(self._micro.get(name))]
        return [*linked, *micro, *(_Said("meta", text) for meta in _META[key] for text in self._meta.get(meta, []))]

    @cached_property
    def headlines(self) -> list[str]:
        """The headline as stated, once for each way it is written."""
        return list(dict.fromkeys(said.value for said in self._stated("headline", "headline")))

    @cached_property
    def titles(self) -> list[str]:
        """The title of the page."""
        return [text for title in self._tree.xpath("//title") if (text := _plain(title.text_content()))][:1]

    @cached_property
    def published(self) -> str | None:
        """The day of publication, which more than one place may state; a day that differs is a doubt."""
        said = [*self._stated("datePublished", "published"), *(_Said("time", value) for value in self._times())]
        said += [
            _Said("the address", value) for value in _DAY_IN_URL.findall(self.url or "") for value in ["-".join(value)]
        ]
        days = [(_Said(one.where, day)) for one in said if (day := _day(one.value))]
        for other in days[1:]:
            if other.value != days[0].value:
                self.doubts.append(f"published: {days[0].value} by {days[0].where}, {other.value} by {other.where}")
                break
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
        linked, micro = _people(self._linked.get("author")), _people(self._micro.get("author"))
        meta = [(text, "") for name in _META["author"] for text in self._meta.get(name, [])]
        links = [(_plain(element.text_content()), "") for element in self._tree.xpath("//*[@rel='author']")][:1]
        for people in (linked, micro, meta, links):
            found = tuple(dict.fromkeys(name for text, kind in people for name in self._named(text, kind)))
            if found:
                return found
        return ()

    def _named(self, text: str, kind: str) -> tuple[str, ...]:
        """The people of a text that names authors; none for an organisation, an address, the outlet, a desk."""
        if (
            kind.endswith("Organization")
            or _key(text) in map(_key, self.outlets)
            or re.search(r"[@\d]|://|www\.", text)
        ):
            return ()
        found = names(text.removeprefix("بقلم").strip(" :"))
        words = text.split()
        is_person = kind.endswith("Person") and len(words) <= _LONGEST_NAME and not _is_desk(words) and not agency(text)
        return found or ((text,) if is_person else ())

    @cached_property
    def agency(self) -> str | None:
        """An agency that is stated to be the author."""
        people = [*_people(self._linked.get("author")), *_people(self._micro.get("author"))]
        return next((found for text, _ in people if (found := agency(text))), None)

    @cached_property
    def outlets(self) -> list[str]:
        """What the outlet is called."""
        linked = [text for text, _ in _people(self._linked.get("publisher"))]
        micro = [text for text, _ in _people(self._micro.get("publisher"))]
        meta = [text for name in _META["publisher"] for text in self._meta.get(name, [])]
        titles = [part for title in (*self.headlines, *self.titles) for part in _outlets_in(title)]
        return [name for name in dict.fromkeys([*linked, *micro, *meta, *titles]) if not _URL.match(name)]

    @property
    def publisher(self) -> str | None:
        """The outlet."""
        return next(iter(self.outlets), None)

    @cached_property
    def url(self) -> str | None:
        """The address that the page gives itself."""
        found = [*self._tree.xpath("//link[@rel='canonical']/@href"), *self._meta.get("og:url", [])]
        return next((str(url).strip() for url in found if _URL.fullmatch(str(url).strip())), None)

    @cached_property
    def editions(self) -> tuple[str, ...]:
        """The languages, Arabic aside, in which the page says that it exists."""
        codes = (code.lower().partition("-")[0] for code in self._tree.xpath("//link[@rel='alternate']/@hreflang"))
        return tuple(dict.fromkeys(code for code in codes if code.isalpha() and len(code) in (2, 3) and code != "ar"))

    @cached_property
    def image_credit(self) -> str | None:
        """Whom the page credits for its picture."""
        for thing in _json_objects(self._tree, []):
            for name in _CREDITS:
                if isinstance(text := thing.get(name), str) and text.strip():
                    return text.strip()
        named = " or ".join(f"@itemprop='{name}'" for name in _CREDITS)
        texts = (_plain(element.text_content()) for element in self._tree.xpath(f"//*[{named}]"))
        return next((text for text in texts if text), None)


def statements(tree: Any) -> Statements:
    """What a page states about its article."""
    return Statements(tree)


def _json_objects(tree: Any, doubts: list[str]) -> Iterator[Json]:
    """The objects of all blocks of JSON-LD, also those in others, references put in; `doubts` gets what is broken."""
    for number, script in enumerate(tree.xpath("//script[contains(@type, 'ld+json')]"), 1):
        try:
            yield from _objects(_loaded(script.text or ""))
        except (ValueError, RecursionError):
            doubts.append(f"JSON-LD block {number} is broken and was not read")


def _loaded(text: str) -> Any:
    text = _AROUND_JSON.sub("", text.strip()).strip()
    try:
        return json.loads(text, strict=False)
    except ValueError:
        return json.loads(_TRAILING_COMMA.sub("", text), strict=False)


def _objects(value: Any) -> Iterator[Json]:
    waiting, found = [value], []
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            found.append(value)
            waiting.extend(inner for name, inner in reversed(value.items()) if name not in _ELSEWHERE)
        elif isinstance(value, list):
            waiting.extend(reversed(value))
    by_id = {thing["@id"]: thing for thing in found if isinstance(thing.get("@id"), str) and len(thing) > 1}
    for thing in found:
        yield {name: _referred(inner, by_id) for name, inner in thing.items()}


def _referred(value: Any, by_id: dict[str, Json]) -> Any:
    """What a reference, or a list of them, refers to; anything else as it is."""
    if isinstance(value, list):
        return [_referred(inner, by_id) if isinstance(inner, dict) else inner for inner in value]
    if isinstance(value, dict) and set(value) == {"@id"} and isinstance(value["@id"], str):
        return by_id.get(value["@id"], value)
    return value


def _is_article(thing: Json) -> bool:
    kinds = thing.get("@type")
    return any(
        isinstance(kind, str) and _ARTICLE.search(kind) for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _addresses(thing: Json) -> list[str]:
    about = thing.get("mainEntityOfPage")
    found = [thing.get("url"), thing.get("@id"), about.get("@id") if isinstance(about, dict) else about]
    return [value for value in found if isinstance(value, str)]


def _microdata(tree: Any) -> Json:
    """The properties of the first article of the page's microdata: texts, and people as objects like JSON-LD's."""
    items = tree.xpath("//*[@itemscope and @itemtype]")
    articles = [item for item in items if _ARTICLE.search(item.get("itemtype").strip())]
    holding = (
        [item for item in articles if item.xpath(".//*[contains(@itemprop, 'articleBody')]")]
        if len(articles) > 1
        else articles
    )
    found: Json = {}
    for element in holding[0].xpath(".//*[@itemprop]") if holding else []:
        scope = next(element.iterancestors("{*}*"), None)
        scope = next((around for around in element.iterancestors() if around.get("itemscope") is not None), scope)
        if scope is holding[0]:
            for name in element.get("itemprop").split():
                if name in _WANTED:
                    found.setdefault(name, []).append(_property(element))
    return found


def _property(element: Any) -> Any:
    """The value of a property: an object with type and name where it is an item."""
    if element.get("itemscope") is None:
        return _plain(element.get("content") or element.get("datetime") or element.text_content())
    named = element.xpath(".//*[@itemprop='name'][1]")
    name = _plain(named[0].get("content") or named[0].text_content()) if named else ""
    return {"@type": (element.get("itemtype") or "").rpartition("/")[2], "name": name}


def _meta(tree: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in tree.xpath("//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if text := _plain(element.get("content")):
            found.setdefault(name.strip().lower(), []).append(text)
    return found


def _people(value: Any) -> list[tuple[str, str]]:
    """Names with the type of each, from a text, an object or a list of them."""
    if isinstance(value, list):
        return [person for inner in value[:50] if not isinstance(inner, list) for person in _people(inner)]
    if isinstance(value, dict):
        kind = value.get("@type")
        name = value.get("name")
        kinds = kind if isinstance(kind, list) else [kind]
        return [(text, str(kinds[0] if kinds else "")) for text in _texts(name)]
    return [(text, "") for text in _texts(value)]


def _texts(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for one in values if isinstance(one, str) and (text := _plain(one))]


def _text(value: Any) -> str:
    return next(iter(_texts(value)), "")


def _plain(text: str) -> str:
    import html

    return " ".join(re.sub(r"<[^<>]{0,200}>", "", html.unescape(text)).split())


def _key(text: str) -> str:
    return " ".join(folded_words(text))


def _day(value: str) -> str | None:
    """The day of a date as machines write it; None for a month, a year, and what cannot be."""
    match = _ISO.match(value.strip())
    parts = tuple(map(int, match.groups())) if match else (parsedate(value) or ())[:3]
    try:
        day = date(*parts) if len(parts) == 3 else None
    except ValueError:
        return None
    return day.isoformat() if day and _FIRST <= day.year <= datetime.now(UTC).year + 1 else None


def _is_desk(words: list[str]) -> bool:
    return folded(words[0]) in listed("desks")


def outlets_apart(title: str, outlets: list[str]) -> str:
    """A headline without the name of the outlet before or behind it."""
    if len(title) > _LONGEST_TITLE:
        return title.strip()
    known = {_key(name) for name in outlets}
    for match in [*_PARTS.finditer(title)][::-1]:
        behind, before = title[match.end() :], title[: match.start()]
        if before and _is_outlet(behind, known):
            return outlets_apart(before, outlets)
        if behind and _is_outlet(before, known, in_front=True):
            return outlets_apart(behind, outlets)
    return title.strip()


def _outlets_in(title: str) -> list[str]:
    """The first and last part of a title, where a noun says that it is an outlet."""
    parts = [part.strip() for part in _PARTS.split(title[:_LONGEST_TITLE])]
    found = [parts[-1]] if _is_outlet(parts[-1], set()) else []
    return found + ([parts[0]] if _is_outlet(parts[0], set(), in_front=True) else []) if len(parts) > 1 else []


def is_outlet(title: str, outlets: list[str]) -> bool:
    """Whether a title is a name of the outlet and nothing else."""
    return _is_outlet(title, {_key(name) for name in outlets})


def _is_outlet(part: str, known: set[str], *, in_front: bool = False) -> bool:
    """Whether a part of a title is the outlet, by its name or a noun for one; وكالة and قناة also begin headlines."""
    words = part.split()
    by_noun = len(words) in (2, 3, 4) and folded(words[0]) in listed("outlets")
    return _key(part) in known or (by_noun and not (in_front and folded(words[0]) in _ALSO_OTHERS))
