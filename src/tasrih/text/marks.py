"""Quotation marks: which characters are, and where a text holds them. The drafter and the rules read it here.

Marks are the characters that Unicode calls so (property Quotation_Mark), their ornaments (❝ ❞), and what is typed for
them: backticks and accents, two single ones for one (''…'', ``…''), two comparison signs (<<…>>), two commas before a
word (,,…''). Primes (″), round and Koranic brackets are none.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from tasrih.text.letters import DIGITS, LATIN
from tasrih.text.lists import rows_of

OPENING = "«“„‟‹⹂❝〝「『﹁﹃｢"
CLOSING = "»›〞〟」』﹂﹄｣"
EITHER = '"”＂❞❠'
SINGLE = "'‘’‚‛＇❛❜❟`´"
DOUBLED = "<>"
ANGLE = frozenset(["«", "»", "‹", "›", "‹‹", "››", "<<", ">>"])
CORNER = frozenset("「」『』﹁﹂﹃﹄｢｣")
PRIME = frozenset("〝〞〟")
GLYPHS = OPENING + CLOSING + EITHER + SINGLE
_LATIN = LATIN + DIGITS
# The class at the beginning lets the search run to the next such character at once; what it is, is asked behind it.
_MARK = re.compile(
    rf"([{GLYPHS}{DOUBLED},])(?:(?<=[{SINGLE}‹›{DOUBLED}])\1|(?<=[{OPENING}{CLOSING}{EITHER}])"
    rf"|(?<=[{SINGLE}])(?:(?<![{_LATIN}].)|(?![{_LATIN}]))|(?<=,)(?<![^\s(:].),(?=\w))"
)
IN_CLASS = re.escape(OPENING + CLOSING + EITHER)
_MARGIN = re.compile(r"\s*")
_MEASURE = re.compile(r"(?<!\d)\d{1,3}$")
_YEAR, _LATIN_WORD = re.compile(r"\d"), re.compile(f"[{LATIN}]")


class Mark(NamedTuple):
    """A mark and its offsets, in code points."""

    start: int
    end: int
    glyph: str


@lru_cache(maxsize=1 << 8)
def marks(text: str) -> tuple[Mark, ...]:
    """The quotation marks of a text; apostrophes inside Latin words and numbers are none."""
    return tuple(Mark(*match.span(), match[0]) for match in _MARK.finditer(text))


def is_pair(opening: str, closing: str) -> bool:
    """Whether two glyphs are the two sides of one sort of marks, each on its side."""
    return closing in _closed_by().get(opening, "").split()


@cache
def _closed_by() -> dict[str, str]:
    return dict(rows_of("marks"))


def kind(mark: Mark) -> str:
    """The sort of a mark, by which it finds its other: single, angle, corner, prime or double."""
    glyphs = {"single": SINGLE, "angle": ANGLE, "corner": CORNER, "prime": PRIME}
    return next((name for name, others in glyphs.items() if mark.glyph in others), "double")


@lru_cache(maxsize=1 << 8)
def _by_place(text: str) -> tuple[dict[int, Mark], dict[int, Mark]]:
    """The marks by where they end, and by where they start."""
    return {mark.end: mark for mark in marks(text)}, {mark.start: mark for mark in marks(text)}


def starting(text: str, place: int) -> Mark | None:
    """The mark that starts at an offset."""
    return _by_place(text)[1].get(place)


def ending(text: str, place: int) -> Mark | None:
    """The mark that ends at an offset."""
    return _by_place(text)[0].get(place)


def mark_before(text: str, start: int) -> Mark | None:
    """The mark right before an offset, white space between allowed."""
    while start and text[start - 1 : start].isspace():
        start -= 1
    return ending(text, start)


def mark_after(text: str, end: int) -> Mark | None:
    """The mark right after an offset, white space between allowed."""
    while text[end : end + 1].isspace():
        end += 1
    return starting(text, end)


def glyphs_around(text: str, start: int, end: int) -> tuple[str, str]:
    """The glyphs of the marks right before and right after a stretch; empty where there is none."""
    left, right = mark_before(text, start), mark_after(text, end)
    return left.glyph if left else "", right.glyph if right else ""


def enclosing(text: str, start: int, end: int) -> Iterator[Mark]:
    """The marks right before and right after a stretch, and the pairs of marks right around those: ""…"", "«…»"."""
    left, right = mark_before(text, start), mark_after(text, end)
    yield from (mark for mark in (left, right) if mark)
    while left and right:
        left, right = ending(text, left.start), starting(text, right.end)
        yield from (left, right) if left and right else ()


def is_last(text: str, place: int) -> bool:
    """Whether nothing but white space stands behind an offset; the rest of the text is not copied for it."""
    return _MARGIN.fullmatch(text, place) is not None


def is_other(text: str, mark: Mark) -> bool:
    """Whether a mark that encloses nothing is no quotation mark.

    Inches (55"), minutes, a year ('90), the end of a Latin word (workers'), a bullet (» at the beginning).
    """
    if _MEASURE.search(text, max(0, mark.start - 3), mark.start):
        return mark.glyph[0] in "\"”＂'’＇´"
    if mark.glyph in SINGLE:
        return bool(_YEAR.match(text, mark.end) or _LATIN_WORD.match(text, mark.start - 1))
    return (
        mark.glyph in ANGLE
        and text[mark.end : mark.end + 1].isspace()
        and _MARGIN.fullmatch(text, 0, mark.start) is not None
    )
