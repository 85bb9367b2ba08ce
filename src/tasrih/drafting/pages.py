"""From a web page to the text of its article and what the page says about it (needs the extra `html`)."""

import re
from collections import deque
from typing import Any, NamedTuple

from tasrih.drafting.blocks import Block, blocks, squeezed
from tasrih.drafting.furniture import furniture_kind, says_who_or_when
from tasrih.drafting.statements import URL, Statements, is_outlet, outlets_apart
from tasrih.encodings import decoded_page
from tasrih.errors import InvalidError, UnavailableError

_TAGS = re.compile(rb"""<[a-zA-Z](?:[^<>"']|"[^"]*+"|'[^']*+')*+""")
_VALUES = re.compile(rb""""[^"]*+"|'[^']*+'""")
_LONG_TAG, _ATTRIBUTES = 1 << 12, 1000  # characters of a tag whose attributes are counted, and how many it may have
_SENTENCE, _WORDS = 40, 6  # characters and words of a line that is a sentence
_NEAR = 6  # blocks around an article in which a line of its own may be lost
Placed = tuple[str, int | None]
"""A line, and the number of the block that it is."""


class Facts(NamedTuple):
    """What is known of an article besides its text."""

    published: str | None = None
    publisher: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    image_credit: str | None = None
    agency: str | None = None


class Page(NamedTuple):
    """The article of a page: headline, a blank line, a paragraph a line; the number of each line in the page, the facts
    that the page states, and what was doubtful.
    """

    text: str
    facts: Facts
    numbers: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()


def page(raw: bytes) -> Page:
    """The article of a page. Raises TasrihError when there is none, or the extra is not installed."""
    try:
        import trafilatura
    except ImportError as error:
        raise UnavailableError("web pages need an extra: pip install 'tasrih[html]'.") from error
    tree = _tree(raw)
    found: Any = None
    if tree is not None:
        found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=False, with_metadata=True)
    if found is None or not found.text:
        raise InvalidError("there is no article in the page. Give the page of one article, or its text.")
    said = Statements(tree)
    everything = list(blocks(tree))
    headline, place = _headline(said, everything, found.title or "")
    extracted = [line for line in found.text.split("\n") if not is_outlet(line, said.outlets)]
    body, beside = _body(extracted, everything, place, squeezed(headline))
    facts = Facts(
        said.published,
        said.publisher or (found.sitename if found.sitename and "." not in found.sitename else None),  # no address
        said.url or (found.url if URL.fullmatch(found.url or "") else None),
        said.authors,
        said.editions,
        said.image_credit,
        said.agency,
    )
    number = 1 if place is None else everything[place].line
    lines = [*([(headline, number), ("", 1)] if headline else []), *body]
    doubts = (*said.doubts, *_doubts(tree, said, headline), *beside)
    return Page("\n".join(text for text, _ in lines), facts, tuple(number for _, number in lines), doubts)


def _tree(raw: bytes) -> Any:
    """The elements of a page; None for what is no page. Raises TasrihError for a tag that would take hours to read."""
    from lxml import etree, html

    for tag in _TAGS.finditer(raw):
        if len(tag[0]) > _LONG_TAG and len(re.split(rb"[\s/=]+", _VALUES.sub(b" ", tag[0]))) > _ATTRIBUTES:
            raise InvalidError(f"a tag of the page has more than {_ATTRIBUTES} attributes. No article's page has.")
    text = decoded_page(raw)
    try:
        return html.document_fromstring(text.encode(errors="replace"), parser=html.HTMLParser(encoding="utf-8"))
    except etree.LxmlError:
        return None


def _headline(said: Statements, everything: list[Block], guess: str) -> tuple[str, int | None]:
    """The headline as it stands on the page, and the block that it is; as the page states it where none is like it."""
    stated = [outlets_apart(title, said.outlets) for title in (*said.headlines, *said.titles)]
    stated = [title for title in stated if title and not is_outlet(title, said.outlets)] or [guess]
    headings = [(place, block) for place, block in enumerate(everything) if block.tag in ("h1", "h2", "h3")]
    same = (heading for title in stated for heading in headings if _is_same(heading[1].text, title))
    if found := next(same, None) or _top(headings):
        return outlets_apart(found[1].text, said.outlets), found[0]
    key = squeezed(stated[0])
    alike = (place for place, block in enumerate(everything) if key and squeezed(block.text) == key)
    return stated[0], next(alike, None)


def _top(headings: list[tuple[int, Block]]) -> tuple[int, Block] | None:
    """The only heading of the first rank that is more than a word or two."""
    tops = [heading for heading in headings if heading[1].tag == "h1" and len(heading[1].text.split()) > 2]
    return tops[0] if len(tops) == 1 and not tops[0][1].is_boring else None


def _is_same(heading: str, title: str) -> bool:
    """Whether two headlines are one, or one the beginning or end of the other, cut at a word."""
    short, long = sorted((squeezed(heading), squeezed(title)), key=len)
    cut = len(short) * 2 > len(long) and (long.startswith(short) or long.endswith(short))
    return bool(short) and (short == long or cut)


def _doubts(tree: Any, said: Statements, headline: str) -> list[str]:
    several = len(tree.xpath("//article[.//h2//a or .//h3//a]"))
    doubts = [] if several < 3 or said.is_article else [f"page: it lists {several} articles; is it that of one?"]
    stated = dict.fromkeys(outlets_apart(title, said.outlets) for title in said.headlines)
    others = (title for title in stated if title and not _is_same(headline, title))
    return doubts + [f"headline: the page shows “{headline}” and states “{title}”" for title in others]


def _body(
    extracted: list[str], everything: list[Block], heading: int | None, headline: str
) -> tuple[list[tuple[str, int]], list[str]]:
    """The lines of the article with their numbers in the page: what was extracted, and what was lost beside it.

    And what was doubtful.
    """
    lines = [" ".join(line.split()).removeprefix("- ") for line in extracted]
    lines = [line for line in lines if line and squeezed(line) != headline]
    placed = [
        (line, place)
        for line, place in zip(lines, _places(lines, everything), strict=True)
        if place is None or not _is_above(everything[place], place, heading)
    ]
    known = {place for _, place in placed if place is not None}
    lost = _lost(everything, known, heading, headline) if known else []
    sentences = [everything[place].text for place in lost if _is_sentence(everything[place])]
    doubts = [f"body: “{text[:60]}” stands beside the article, and was taken for its own" for text in sentences]
    return _merged(placed, lost, everything), doubts


def _merged(placed: list[Placed], lost: list[int], everything: list[Block]) -> list[tuple[str, int]]:
    """The lines and the lost blocks in the order of the page; a line that is no block has the number before it."""
    merged: list[tuple[str, int]] = []
    number, waiting = 1, deque(lost)
    for line, place in placed:
        while place is not None and waiting and waiting[0] < place:
            block = everything[waiting.popleft()]
            merged.append((block.text, block.line))
        number = number if place is None else everything[place].line
        merged.append((line, number))
    return merged + [(everything[place].text, everything[place].line) for place in waiting]


def _is_above(block: Block, place: int, heading: int | None) -> bool:
    """Whether a block is the name of the outlet or of a section, above the headline."""
    is_above = block.tag == "h1" if heading is None else place < heading
    return is_above and not _is_sentence(block) and not says_who_or_when(block.text)


def _places(lines: list[str], everything: list[Block]) -> list[int | None]:
    """The block of each line, in order; None for a line that is no block."""
    by_key: dict[str, list[int]] = {}
    for place, block in reversed(list(enumerate(everything))):
        by_key.setdefault(squeezed(block.text), []).append(place)
    return [by_key[key].pop() if by_key.get(key := squeezed(line)) else None for line in lines]


def _lost(everything: list[Block], known: set[int], heading: int | None, headline: str) -> list[int]:
    """Blocks that were not extracted and belong to the article: sentences, and who wrote it and when."""
    first, last = min(known), max(known)
    begin = heading if heading is not None and heading < first else first
    containers = {everything[place].parent for place in known}
    found = []
    for place in range(max(0, begin - _NEAR), min(len(everything), last + _NEAR + 1)):
        block = everything[place]
        if place in known or block.is_boring or squeezed(block.text) == headline:
            continue
        inside = begin < place < last or block.parent in containers
        if (inside and _is_sentence(block)) or says_who_or_when(block.text):
            found.append(place)
    return found


def _is_sentence(block: Block) -> bool:
    long_enough = len(block.text) >= _SENTENCE and len(block.text.split()) >= _WORDS
    return long_enough and not block.is_linked and furniture_kind(block.text) is None
