"""The page of the guidelines: the corpus's own, with an anchor at every heading, so that an article can link to one."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from markupsafe import Markup

from tasrih.errors import unreadable
from tasrih.explorer.site import Entry, Page, Section, Site, article_path
from tasrih.guidelines import anchor
from tasrih.terminal import clean

_NAME = "GUIDELINES.md"
_ARTICLE = re.compile(r"articles/(?:[\w-]+/)?([a-z0-9-]+)\.json")


class Guidelines(Section):
    """The page `guidelines.html`, of a corpus that has guidelines beside its articles."""

    def __init__(self, site: Site) -> None:
        super().__init__(site)
        self._tokens = _tokens(site)
        site.anchors = frozenset(token.attrs["id"] for token in self._tokens if "id" in token.attrs)
        if self._tokens:
            self.entry = Entry("Guidelines", "guidelines.html")

    def rest(self) -> Iterator[Page]:
        """The page."""
        if self._tokens:
            text = Markup(_markdown().renderer.render(self._tokens, _markdown().options, {}))  # noqa: S704 - see _markdown
            headings = [
                (token.attrs["id"], self._tokens[number + 1].content)
                for number, token in enumerate(self._tokens)
                if token.tag == "h2" and "id" in token.attrs
            ]
            yield self.site.page("guidelines.html", "guidelines.html", text=text, headings=headings)


@cache
def _markdown() -> Any:
    """A reader of Markdown that takes no HTML, and makes no link that runs code."""
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _tokens(site: Site) -> list[Any]:
    file = site.identity.document(_NAME)
    if file is None:
        return []
    try:
        text = file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise unreadable(file, error) from error
    tokens: list[Any] = _markdown().parse("\n".join(map(clean, text.splitlines())))
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            token.attrSet("id", anchor(tokens[number + 1].content))
        for inner in token.children or ():
            _relink(inner, site)
            if inner.type == "code_inline":
                inner.attrSet("dir", "auto")  # many are Arabic
    return tokens


def _relink(token: Any, site: Site) -> None:
    """Lets a link to a record lead to its page; one to any other file of the corpus leads nowhere, and stays words."""
    target = str(token.attrs.get("href", ""))
    if token.type == "link_open" and not target.startswith(("#", "https://", "http://")):
        found = _ARTICLE.fullmatch(target)
        del token.attrs["href"]
        if found and found[1] in site.ids:
            token.attrs["href"] = article_path(found[1])
    elif token.type == "link_open" and not target.startswith("#"):
        token.attrs["rel"] = "noreferrer"
    elif token.type == "image":
        token.type, token.attrs = "text", {}
