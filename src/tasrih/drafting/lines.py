"""From raw text to paragraphs: which line is what."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasrih.dates.dateline import date_line
from tasrih.drafting.furniture import agency, agency_within, byline, furniture_kind, lone_name
from tasrih.drafting.language import require_arabic
from tasrih.errors import InvalidError
from tasrih.sources import lines
from tasrih.text.letters import LETTERS
from tasrih.text.sentences import ENDS
from tasrih.text.words import folded

_EDITIONS = re.compile(r"(?:[A-Z][a-z](?: |$)){1,6}")
_LABELS = {"الصوره": "credit", "صوره": "credit", "تصوير": "credit", "المصدر": "source", "مصدر": "source"}
_ARABIC = re.compile(f"[{LETTERS}]")
_LABELLED = re.compile(r"(\w{1,20}) ?([:：|/–—-]) ?(.*)")
_LABELLED_DATE = re.compile("نشر|تحديث|تعديل")
_BULK, _TAIL, _NAMED = 40, 3, 6


@dataclass
class Lines:
    """The paragraphs as (role, text), lines that are no paragraph as (line, kind, text), and what they say."""

    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    furniture: list[tuple[int, str, str]] = field(default_factory=list)
    published: str | None = None
    updated: str | None = None
    editions: list[str] = field(default_factory=list)
    credits: dict[str, str] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    agency: str | None = None


def read_lines(raw: str, numbers: Sequence[int] = ()) -> Lines:
    """What the lines of a plain text are; `numbers` are theirs in the source, counted from 1 where they are not given.

    Raises TasrihError when it is no Arabic text, or a garbled one.
    """
    require_arabic(raw)
    found = Lines()
    texts = list(lines(raw))
    last = set([place for place, text in enumerate(texts) if text][-_TAIL:])
    for place, text in enumerate(texts):
        if text:
            at_edge = len(found.paragraphs) < 3 or place in last
            _place(found, numbers[place] if numbers else place + 1, text, at_edge=at_edge)
    found.published = found.published or found.updated
    if not found.paragraphs:
        raise InvalidError("there is no line of text in it. Give the text of an article.")
    _sign_off(found)
    _agency_within(found)
    return found


def _place(found: Lines, number: int, text: str, *, at_edge: bool) -> None:
    """Puts a line among the paragraphs or the furniture; `at_edge`: where an article begins or ends."""
    if kind := _furniture(found, text, at_edge=at_edge):
        found.furniture.append((number, kind, text))
    elif (role := _credit(found, text)) is not None:
        found.paragraphs.append((role, text))
    else:
        is_titled = any(role == "headline" for role, _ in found.paragraphs)
        found.paragraphs.append(("body" if is_titled else "headline", text))


def _furniture(found: Lines, text: str, *, at_edge: bool) -> str | None:
    """The kind of a line that is no paragraph; what it says is taken down."""
    if not found.paragraphs and _EDITIONS.fullmatch(text):
        found.editions = [code.lower() for code in text.split()]
        return "editions"
    if (date := date_line(text)) and (at_edge or _LABELLED_DATE.search(folded(text))):
        if date.updated:
            found.updated = found.updated or date.day
        else:
            found.published = found.published or date.day
        return "date"
    kind = furniture_kind(text) or (_signed(found, text) if at_edge and found.paragraphs else None)
    return kind or (None if _ARABIC.search(text) else "other")


def _signed(found: Lines, text: str) -> str | None:
    """The kind of a line that says who wrote the article: an agency, or authors."""
    if signature := agency(text):
        found.agency = found.agency or signature
        return "other"
    authors = byline(text) if _label(text) is None else None
    if authors is None and [role for role, _ in found.paragraphs] == ["headline"]:
        alone = lone_name(text)
        authors = (alone,) if alone else None
    if authors is None:
        return None
    found.authors += [name for name in authors if name not in found.authors]
    return "byline"


def _credit(found: Lines, text: str) -> str | None:
    """The role of a line that credits a picture or names a source."""
    label = _label(text)
    if label is None or not found.paragraphs:
        return None
    role, rest = label
    found.credits[role] = rest
    return role


def _label(text: str) -> tuple[str, str] | None:
    """The role that the label of a line gives it, and what follows the label."""
    match = _LABELLED.fullmatch(text)
    role = _LABELS.get(folded(match[1])) if match else None
    if match is None or role is None or (match[2] != ":" and len(match[3].split()) > _NAMED):
        return None
    return role, match[3]


def _sign_off(found: Lines) -> None:
    """The last short line without a full stop is the signature."""
    bodies = [number for number, (role, _) in enumerate(found.paragraphs) if role == "body"]
    if len(bodies) > 2 and len(found.paragraphs[bodies[-1]][1]) < 2 * _BULK and found.credits:
        text = found.paragraphs[bodies[-1]][1]
        if text[-1] not in f"{ENDS}:":
            found.paragraphs[bodies[-1]] = ("signoff", text)


def _agency_within(found: Lines) -> None:
    """An agency may sign in the first or last paragraph instead of on a line of its own."""
    bodies = [text for role, text in found.paragraphs if role == "body"]
    if bodies and found.agency is None:
        found.agency = agency_within(bodies[0], bodies[-1])
