"""What a web page holds for machines: objects of JSON-LD, properties of microdata, meta elements."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from tasrih.record import Json

_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|SocialMediaPosting)$", re.IGNORECASE)
_APART = "itemListElement hasPart isPartOf mentions citation comment relatedLink isBasedOn about author publisher"
_ELSEWHERE = frozenset(_APART.split())
_TRAILING_COMMA = re.compile(r",(?=\s*[}\]])")
_AROUND_JSON = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>|;)\s*$"
)
_WANTED = ("headline", "datePublished", "author", "publisher")
_MOST = 50  # people of a list that are read


def json_objects(tree: Any, doubts: list[str]) -> Iterator[Json]:
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


def is_article(thing: Json) -> bool:
    """Whether an object of JSON-LD is an article."""
    kinds = thing.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in listed)


def addresses(thing: Json) -> list[str]:
    """The addresses that an object of JSON-LD says are its own."""
    about = thing.get("mainEntityOfPage")
    found = [thing.get("url"), thing.get("@id"), about.get("@id") if isinstance(about, dict) else about]
    return [value for value in found if isinstance(value, str)]


def microdata(tree: Any) -> Json:
    """The properties of the first article of the page's microdata: texts, and people as objects like JSON-LD's."""
    items = tree.xpath("//*[@itemscope and @itemtype]")
    articles = [item for item in items if _ARTICLE.search(item.get("itemtype").strip())]
    with_body = [item for item in articles if item.xpath(".//*[contains(@itemprop, 'articleBody')]")]
    holding = with_body if len(articles) > 1 else articles
    found: Json = {}
    for element in holding[0].xpath(".//*[@itemprop]") if holding else []:
        scope = next(around for around in element.iterancestors() if around.get("itemscope") is not None)
        if scope is holding[0]:
            for name in element.get("itemprop").split():
                if name in _WANTED:
                    found.setdefault(name, []).append(_property(element))
    return found


def _property(element: Any) -> Any:
    """The value of a property: an object with type and name where it is an item."""
    if element.get("itemscope") is None:
        return plain(element.get("content") or element.get("datetime") or element.text_content())
    named = element.xpath(".//*[@itemprop='name'][1]")
    name = plain(named[0].get("content") or named[0].text_content()) if named else ""
    return {"@type": (element.get("itemtype") or "").rpartition("/")[2], "name": name}


def meta_texts(tree: Any) -> dict[str, list[str]]:
    """What the meta elements of a page say, by their names in lower case."""
    found: dict[str, list[str]] = {}
    for element in tree.xpath("//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if text := plain(element.get("content")):
            found.setdefault(name.strip().lower(), []).append(text)
    return found


def names_of(value: Any) -> list[tuple[str, str]]:
    """Names with the type of each, from a text, an object or a list of them."""
    if isinstance(value, list):
        return [person for inner in value[:_MOST] if not isinstance(inner, list) for person in names_of(inner)]
    if isinstance(value, dict):
        kind = value.get("@type")
        name = value.get("name")
        kinds = kind if isinstance(kind, list) else [kind]
        return [(text, str(kinds[0] if kinds else "")) for text in texts(name)]
    return [(text, "") for text in texts(value)]


def texts(value: Any) -> list[str]:
    """The texts of a value, which may be a list."""
    values = value if isinstance(value, list) else [value]
    return [text for one in values if isinstance(one, str) and (text := plain(one))]


def plain(text: str) -> str:
    """A text without tags and entities, with single spaces."""
    return " ".join(re.sub(r"<[^<>]{0,200}>", "", html.unescape(text)).split())
