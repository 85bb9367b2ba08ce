"""The blocks of text of a web page, in the order of reading."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from tasrih.text.words import folded_words

_BLOCK_TAGS = """
address article aside blockquote body br center dd details dialog div dl dt fieldset figcaption figure footer form h1
h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead time title tr ul
"""
_LEAF_TAGS = "p h1 h2 h3 h4 h5 h6 li br blockquote time title address ul ol dd dt pre"
_SKIPPED_TAGS = "script style noscript template svg select option button textarea iframe object head"
_BLOCK, _LEAVES, _SKIPPED = (frozenset(tags.split()) for tags in (_BLOCK_TAGS, _LEAF_TAGS, _SKIPPED_TAGS))
_BORING = frozenset(("nav", "footer", "aside", "form", "figure", "figcaption", "menu"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BORING_NAME = re.compile(
    r"related|share|sharing|social|promo|newsletter|comment|advert|sidebar|breadcrumb|\btags?\b|footer|\bnav|menu|widget"
    r"|caption|copyright|recommend|also|most-|popular|trending|cookie|subscribe|hidden",
    re.IGNORECASE,
)


class Block(NamedTuple):
    """A stretch of text that a page sets apart; `line` is where it begins in the page, `parent` what holds it."""

    text: str
    line: int
    tag: str
    parent: int
    is_boring: bool
    is_linked: bool


def squeezed(text: str) -> str:
    """The letters and digits of a text, folded: what two versions of a headline share."""
    return "".join(folded_words(text))


class _Open(NamedTuple):
    """An element that is open: its tag, number, and what is known of text inside."""

    tag: str
    number: int
    is_skipped: bool
    is_boring: bool
    is_link: bool


class _Walk:
    """What is open while a page is walked through, and the text since the last edge of a block."""

    def __init__(self) -> None:
        self.open = [_Open("html", 0, False, False, False)]
        self.parts: list[str] = []
        self.linked = self.line = self.count = 0

    def enter(self, element: Any) -> None:
        self.count += 1
        around, tag = self.open[-1], element.tag
        name = f"{element.get('class') or ''} {element.get('id') or ''}"
        named = tag not in ("html", "body") and _BORING_NAME.search(name) is not None
        is_boring, is_skipped = around.is_boring or tag in _BORING or named, around.is_skipped or tag in _SKIPPED
        self.open.append(_Open(tag, self.count, is_skipped, is_boring, around.is_link or tag == "a"))

    def add(self, text: str | None, line: int) -> None:
        inside = self.open[-1]
        if not text or inside.is_skipped or not (self.parts or text.strip()):
            return
        if not self.parts:
            self.line = line + text[: len(text) - len(text.lstrip())].count("\n")
        self.parts.append(text)
        self.linked += len(text) if inside.is_link else 0

    def taken(self) -> Iterator[Block]:
        """The block that ends here."""
        if text := " ".join("".join(self.parts).split()):
            tags = [element for element in reversed(self.open) if element.tag in _BLOCK]
            holder = next((element for element in tags if element.tag not in _LEAVES), self.open[0])
            tag = next((element.tag for element in tags[:2] if element.tag in _HEADINGS), "")
            is_linked = self.linked * 2 > len(text)
            yield Block(text, max(1, self.line), tag, holder.number, self.open[-1].is_boring, is_linked)
        self.parts, self.linked = [], 0


def blocks(tree: Any) -> Iterator[Block]:
    """The blocks of a page that hold text."""
    from lxml import etree

    walk = _Walk()
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        line = element.sourceline or 1
        if event == "start":
            if element.tag in _BLOCK:
                yield from walk.taken()
            walk.enter(element)
            walk.add(element.text, line)
            continue
        if event == "end":
            if element.tag in _BLOCK:
                yield from walk.taken()
            walk.open.pop()
        walk.add(element.tail, line)
    yield from walk.taken()
