"""T: the text itself. Text is kept as published; these rules find what a program, not a writer, did to it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from tasrih.encodings import GARBLED
from tasrih.record import Path
from tasrih.text import controls
from tasrih.text.letters import LETTERS, LOOK_ALIKES, OTHER_LETTERS, SHAPES, TATWEEL
from tasrih.text.words import folded_words
from tasrih.validation.findings import Problem, shown
from tasrih.validation.index import Index
from tasrih.validation.registry import Problems, rule

_ARABIC = LETTERS + OTHER_LETTERS
_BIDI = re.compile(f"[{controls.DIRECTION}]")
_INVISIBLE = re.compile(f"[{controls.INVISIBLE}]")
_PRESENTATION = re.compile(f"[{SHAPES}]")
_TATWEEL = re.compile(f"[{_ARABIC}]{TATWEEL}+(?=[{_ARABIC}])")
_MIXED = re.compile(f"[{_ARABIC}][A-Za-z\u0370-\u03ff\u0400-\u04ff]|[A-Za-z\u0370-\u03ff\u0400-\u04ff](?=[{_ARABIC}])")
_FOREIGN = re.compile(f"[{''.join(LOOK_ALIKES)}]")
_DOUBLED = re.compile("[ \u00a0\u2000-\u200a\u202f\u3000]{2,}")
_CONTROL = re.compile(
    controls.one_of(
        controls.CONTROLS + controls.SPACING_CONTROLS + controls.SPECIALS + controls.PRIVATE + controls.NONCHARACTERS
    )
)
_ALIKE = 0.8  # of the words of a paragraph that is said again
_TELLING = 4  # words of a paragraph that seldom come twice
_BREAK = re.compile(f"[\n\r\t{controls.LINE_SEPARATORS}]")
_MARKUP = re.compile(
    r"&(?:[a-z]{2,6}|#[0-9]{2,5}|#x[0-9a-fA-F]{2,5});|</?(?:[a-z]{1,10}|h[1-6])(?: [^<>]{0,200})?/?>", re.IGNORECASE
)


def _texts(index: Index) -> Iterator[tuple[Path, str]]:
    for number, paragraph in enumerate(index.paragraphs):
        yield ("paragraphs", number, "text"), paragraph["text"]
    for number, entity in enumerate(index.entities):
        yield ("entities", number, "name"), entity["name"]


def _matches(index: Index, pattern: re.Pattern[str], suggestion: str = "") -> Problems:
    """One problem a text: the first place, and how many there are."""
    if not pattern.search(index.joined):
        return
    for at, text in _texts(index):
        places = [match.start() for match in pattern.finditer(text)]
        if places:
            more = f" and {len(places) - 1} more" if len(places) > 1 else ""
            yield Problem(at, f"{_named(text[places[0]])} at {places[0]}{more}", suggestion)


def _named(letter: str) -> str:
    return f"U+{ord(letter):04X} {unicodedata.name(letter, '(no name)')}"


@rule("T101", wordless=True)
def not_nfc(index: Index) -> Problems:
    """The text is not in Unicode's composed form (NFC).

    The same letters can be stored in two ways that look alike; searches then miss one of them and offsets differ.
    Normalise the text to NFC and set the offsets again.
    """
    for at, text in _texts(index):
        if not unicodedata.is_normalized("NFC", text):
            composed = unicodedata.normalize("NFC", text)
            place = next(n for n, pair in enumerate(zip(text, composed + "\0", strict=False)) if pair[0] != pair[1])
            yield Problem(at, f"first at {place}")


@rule("T102", wordless=True)
def bidi_control(index: Index) -> Problems:
    """The text holds an invisible character that sets the writing direction.

    Editors put them in by themselves; they change what a reader sees without changing what a program reads.
    Remove them and set the offsets again.
    """
    yield from _matches(index, _BIDI)


@rule("T103", wordless=True)
def invisible(index: Index) -> Problems:
    """The text holds a character that nobody can see.

    Zero-width spaces, soft hyphens and byte order marks come from web pages; words that look alike then differ.
    """
    yield from _matches(index, _INVISIBLE)


@rule("T104", wordless=True)
def presentation_form(index: Index) -> Problems:
    """The text holds letters as shapes, not as letters.

    Presentation forms come out of PDF files and old systems. Normalise them (NFKC) to the letters they stand for. The
    marks ﴿ ﴾ and formulas that a writer types as one sign (ﷺ ﷻ ﷽) are none.
    """
    yield from _matches(index, _PRESENTATION)


@rule("T105", "warning", wordless=True)
def tatweel(index: Index) -> Problems:
    """A word is stretched with tatweel.

    Tatweel between two letters is ornament; the same word without it is not found by a search. A tatweel after a
    proclitic that stands alone (الـ 17) is no matter.
    """
    yield from _matches(index, _TATWEEL)


@rule("T106", wordless=True)
def mojibake(index: Index) -> Problems:
    """The text was read in the wrong encoding.

    Arabic turned into pairs like Ø§Ù or ط§ظ„, or into ÇáæÒ, or a character replaced by U+FFFD. Take the text from its
    source again.
    """
    yield from _matches(index, GARBLED)


@rule("T107", "warning", wordless=True)
def mixed_scripts(index: Index) -> Problems:
    """A word mixes Arabic letters with those of another script.

    Mostly a space is missing, or a letter was typed that only looks right.
    """
    yield from _matches(index, _MIXED)


@rule("T108", "warning", wordless=True)
def foreign_letter(index: Index) -> Problems:
    """An Arabic word is spelt with a Persian or Urdu look-alike.

    ی and ک look like ي and ك and are other letters. Keep them only in words of those languages.
    """
    yield from _matches(index, _FOREIGN)


@rule("T109", "warning", wordless=True)
def doubled_space(index: Index) -> Problems:
    """Two spaces stand side by side.

    A slip of layout; a paragraph is one line with single spaces.
    """
    yield from _matches(index, _DOUBLED)


@rule("T110", wordless=True)
def padded(index: Index) -> Problems:
    """The text begins or ends with white space.

    A paragraph is a line of the source without the white space around it (guidelines 1.2).
    """
    for at, text in _texts(index):
        if text != text.strip():
            yield Problem(at)


@rule("T111", wordless=True)
def control_character(index: Index) -> Problems:
    """The text holds a control character or one without a meaning.

    They come from damaged files and may disturb a terminal; noncharacters such as U+FFFE cannot even be exported. Take
    the text from its source again.
    """
    yield from _matches(index, _CONTROL)


@rule("T112", wordless=True)
def line_break(index: Index) -> Problems:
    """The text holds a line break or a tab.

    A paragraph is one line (guidelines 1.2): make two paragraphs of it, or put a space.
    """
    yield from _matches(index, _BREAK)


@rule("T113", "warning", wordless=True)
def markup(index: Index) -> Problems:
    """The text holds remains of a web page.

    Tags and entities such as &nbsp; are not part of what was written.
    """
    yield from _matches(index, _MARKUP)


@rule("T114", "warning")
def said_twice(index: Index) -> Problems:
    """Two paragraphs have the same words.

    Mostly a page was copied with its teaser, or a script wrote a paragraph twice. Lines of less than four words, such
    as a label or a row of stars, may come again. Of a lead that the article says again, `repeats` says so (schema 1.1).
    """
    seen: dict[str, str] = {}
    for number, paragraph in enumerate(index.paragraphs):
        words = paragraph["text"].split()
        same = seen.setdefault(" ".join(words), paragraph["id"])
        if same != paragraph["id"] and len(words) >= _TELLING and not paragraph.get("repeats"):
            yield Problem(("paragraphs", number, "text"), f"it is {same} already")


@rule("T115", wordless=True)
def repeats_nothing(index: Index) -> Problems:
    """A paragraph repeats one that does not exist or does not come before it.

    `repeats` is the id of the earlier paragraph that is said again here, or null.
    """
    earlier: set[str] = set()
    for number, paragraph in enumerate(index.paragraphs):
        if paragraph.get("repeats") and paragraph["repeats"] not in earlier:
            yield Problem(("paragraphs", number, "repeats"), paragraph["repeats"])
        earlier.add(paragraph["id"])


@rule("T116")
def repeats_other_words(index: Index) -> Problems:
    """A paragraph says something else than the one that it repeats.

    At least four of five words are the same, wherever they stand. Name the paragraph that is said again, or leave
    `repeats` out.
    """
    for number, paragraph in enumerate(index.paragraphs):
        other = index.texts.get(paragraph.get("repeats") or "")
        if other is not None and not _says_the_same(paragraph["text"], other):
            yield Problem(("paragraphs", number, "repeats"), shown(paragraph["text"]))


def _says_the_same(text: str, other: str) -> bool:
    words, others = Counter(folded_words(text)), Counter(folded_words(other))
    return (words & others).total() >= _ALIKE * max(words.total(), others.total())
