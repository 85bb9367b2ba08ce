"""The text of a source: its lines, without what no writer put there. The drafter and the rules read it here."""

import html
import re
import unicodedata

from tasrih.encodings import decoded_page
from tasrih.text.controls import CONTROLS, DIRECTION, INVISIBLE, JOINERS, NONCHARACTERS, SPECIALS, one_of
from tasrih.text.letters import SHAPES

_UNSEEN = re.compile(one_of(CONTROLS + DIRECTION + JOINERS + INVISIBLE + SPECIALS + NONCHARACTERS))
_SHAPES = re.compile(f"[{SHAPES}]+")
_TAG = re.compile("<[^<>]*>")


def lines(text: str) -> list[str]:
    """The lines of a text as a record has them, blank ones too; a line ends as in every system and format."""
    return [clean(line) for line in text.splitlines()]


def clean(line: str) -> str:
    """A line in NFC, without invisible characters and shapes of letters, white space made single.

    It is its own clean form.
    """
    seen = _SHAPES.sub(lambda shapes: _letters(shapes[0]), _UNSEEN.sub("", line))
    return " ".join(unicodedata.normalize("NFC", seen).split())


def _letters(shapes: str) -> str:
    """The letters that presentation forms stand for; a vowel sign by itself without the space that carries it."""
    return "".join(unicodedata.normalize("NFKC", shape).lstrip(" ") for shape in shapes)


def of_page(raw: bytes) -> str:
    """All that the bytes of a web page can say, without any white space: with its tags, and without."""
    said = html.unescape(decoded_page(raw))
    return "".join("".join(map(clean, text.splitlines())) for text in (said, "|", _TAG.sub("", said))).replace(" ", "")
