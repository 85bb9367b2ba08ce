"""The text of a source: its lines, without what no writer put there. The drafter and the rules read it here."""

import html
import re
import unicodedata

from tasrih.encodings import decoded_page
from tasrih.text.letters import SHAPES

_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffc\ufffe\uffff"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_SHAPES = re.compile(f"[{SHAPES}]+")
_TAG = re.compile("<[^<>]*>")


def lines(text: str) -> list[str]:
    """The lines of a text as a record has them, blank ones too; a line ends as in every system and format."""
    return [clean(line) for line in text.splitlines()]


def clean(line: str) -> str:
    """A line in NFC, without invisible characters and shapes of letters, white space made single.

    It is its own clean form.
    """
    seen = _SHAPES.sub(lambda shapes: _letters(shapes[0]), _INVISIBLE.sub("", line))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _letters(shapes: str) -> str:
    """The letters that presentation forms stand for; a vowel sign by itself without the space that carries it."""
    return "".join(unicodedata.normalize("NFKC", shape).lstrip(" ") for shape in shapes)


def of_page(raw: bytes) -> str:
    """All that the bytes of a web page can say, without any white space: with its tags, and without."""
    said = html.unescape(decoded_page(raw))
    return "".join("".join(map(clean, text.splitlines())) for text in (said, "|", _TAG.sub("", said))).replace(" ", "")
