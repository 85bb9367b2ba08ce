"""From a web page to the text of its article and what the page says about it (needs the extra `html`)."""

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from tasrih.errors import TasrihError

_CREDITS = ("creditText", "copyrightNotice", "copyrightHolder")


class Facts(NamedTuple):
    """What is known of an article besides its text."""

    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    image_credit: str | None = None


class Page(NamedTuple):
    """The article of a page: headline, a blank line, a paragraph a line; and the facts of its metadata."""

    text: str
    facts: Facts


def is_page(name: str) -> bool:
    """Whether a file is a web page, by its name."""
    return name.lower().endswith((".html", ".htm"))


def page(raw: bytes) -> Page:
    """The article of a page. Raises TasrihError when there is none, or the extra is not installed."""
    try:
        import trafilatura
    except ImportError as error:
        raise TasrihError("web pages need an extra: pip install 'tasrih[html]'.") from error
    tree = _tree(raw)
    found: Any = None
    if tree is not None:
        found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=True)
    if found is None or not found.text:
        raise TasrihError("there is no article in the page. Give the page of one article, or its text.")
    title = (found.title or "").strip()
    lines = [line for line in found.text.split("\n") if line.strip() and line.strip() != title]
    authors = tuple(author.strip() for author in (found.author or "").split(";") if author.strip())
    facts = Facts(found.date, found.sitename, found.url, authors, _editions(tree), _credit(tree))
    return Page("\n".join([title, "", *lines] if title else lines), facts)


def _tree(raw: bytes) -> Any:
    """The elements of a page in UTF-8, or in the encoding that it declares; None for what is no page."""
    from lxml import etree, html

    try:
        raw.decode("utf-8-sig")
        parser = html.HTMLParser(encoding="utf-8")
    except UnicodeDecodeError:
        parser = html.HTMLParser()
    try:
        return html.document_fromstring(raw, parser=parser)
    except etree.LxmlError:
        return None


def _editions(tree: Any) -> tuple[str, ...]:
    """The languages, Arabic aside, in which the page says that it exists."""
    codes = (code.lower().partition("-")[0] for code in tree.xpath("//link[@rel='alternate']/@hreflang"))
    return tuple(dict.fromkeys(code for code in codes if code.isalpha() and len(code) in (2, 3) and code != "ar"))


def _credit(tree: Any) -> str | None:
    """Whom the page credits for its picture: in schema.org's words, as JSON-LD or as attributes."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            credits_ = list(_credits(json.loads(script)))
        except (ValueError, RecursionError):
            continue
        if credits_:
            return credits_[0]
    named = " or ".join(f"@itemprop='{name}'" for name in _CREDITS)
    texts = (" ".join(element.text_content().split()) for element in tree.xpath(f"//*[{named}]"))
    return next((text for text in texts if text), None)


def _credits(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text.strip() for name in _CREDITS if isinstance(text := value.get(name), str) and text.strip())
        for inner in value.values():
            yield from _credits(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _credits(inner)
