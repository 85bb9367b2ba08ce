"""From a web page to the text of its article and what the page says about it (needs the extra `html`)."""

from typing import Any, NamedTuple

from tasrih.errors import TasrihError


class Page(NamedTuple):
    """The article of a page: headline, a blank line, a paragraph a line; and the facts of its metadata."""

    text: str
    facts: dict[str, str]


def is_page(name: str) -> bool:
    """Whether a file is a web page, by its name."""
    return name.lower().endswith((".html", ".htm"))


def page(html: str) -> Page:
    """The article of a page. Raises TasrihError when there is none, or the extra is not installed."""
    try:
        import trafilatura
    except ImportError as error:
        raise TasrihError("web pages need an extra: pip install 'tasrih[html]'.") from error
    found: Any = trafilatura.bare_extraction(html, include_comments=False, include_tables=False, with_metadata=True)
    if found is None or not found.text:
        raise TasrihError("there is no article in the page. Give the page of one article, or its text.")
    title = (found.title or "").strip()
    lines = [line for line in found.text.split("\n") if line.strip() and line.strip() != title]
    facts = {"published": found.date, "publisher": found.sitename, "url": found.url}
    return Page(
        "\n".join([title, "", *lines] if title else lines), {name: fact for name, fact in facts.items() if fact}
    )
