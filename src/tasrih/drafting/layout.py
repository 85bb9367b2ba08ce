"""From raw text to paragraphs: which line is what."""

import re
import unicodedata
from dataclasses import dataclass, field

from tasrih.drafting.dateline import date_line
from tasrih.drafting.words import folded
from tasrih.errors import TasrihError

_EDITIONS = re.compile(r"(?:[A-Z][a-z](?: |$)){1,6}")
_LABELS = {"الصوره": "credit", "صوره": "credit", "تصوير": "credit", "المصدر": "source", "مصدر": "source"}
_ARABIC = re.compile("[\u0621-\u064a]")
_SOME_ARABIC = re.compile("(?:[\u0621-\u064a][^\u0621-\u064a]*){20}")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]"
)
_BULK = 40


@dataclass
class Layout:
    """The paragraphs as (role, text), lines that are no paragraph as (line, kind, text), and what they say."""

    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    furniture: list[tuple[int, str, str]] = field(default_factory=list)
    published: str | None = None
    updated: str | None = None
    editions: list[str] = field(default_factory=list)
    credits: dict[str, str] = field(default_factory=dict)


def layout(raw: str) -> Layout:
    """What the lines of a plain text are. Raises TasrihError when there is no Arabic text."""
    if not _SOME_ARABIC.search(raw):
        raise TasrihError("there is no Arabic text in it. Give the text of an article.")
    found = Layout()
    for number, line in enumerate(raw.split("\n"), 1):
        text = clean(line)
        if text:
            _place(found, number, text)
    found.published = found.published or found.updated
    _sign_off(found)
    return found


def clean(line: str) -> str:
    """A line in NFC without invisible characters, white space made single."""
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", line)).split())


def _place(found: Layout, number: int, text: str) -> None:
    label, colon, rest = text.partition(":")
    if not found.paragraphs and _EDITIONS.fullmatch(text):
        found.furniture.append((number, "editions", text))
        found.editions = [code.lower() for code in text.split()]
    elif date := date_line(text):
        found.furniture.append((number, "date", text))
        if date.updated:
            found.updated = found.updated or date.day
        else:
            found.published = found.published or date.day
    elif not _ARABIC.search(text):
        found.furniture.append((number, "other", text))
    elif colon and folded(label.strip()) in _LABELS and len(found.paragraphs) > 1:
        role = _LABELS[folded(label.strip())]
        found.paragraphs.append((role, text))
        found.credits[role] = rest.strip()
    else:
        found.paragraphs.append(
            ("body" if any(role == "headline" for role, _ in found.paragraphs) else "headline", text)
        )


def _sign_off(found: Layout) -> None:
    """The last short line without a full stop is the signature."""
    bodies = [number for number, (role, _) in enumerate(found.paragraphs) if role == "body"]
    if len(bodies) > 2 and len(found.paragraphs[bodies[-1]][1]) < 2 * _BULK and found.credits:
        text = found.paragraphs[bodies[-1]][1]
        if text[-1] not in ".!؟?:":
            found.paragraphs[bodies[-1]] = ("signoff", text)
