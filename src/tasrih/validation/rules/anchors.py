"""A: do the spans point at the text, and at whole words of it?"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from tasrih.record import Json
from tasrih.spans import Located
from tasrih.text.letters import TATWEEL, is_in_word, is_sign
from tasrih.text.marks import marks
from tasrih.text.words import BOUND, PROCLITICS
from tasrih.validation.differences import difference
from tasrih.validation.findings import Fix, Problem, shown
from tasrih.validation.index import Index
from tasrih.validation.registry import Problems, rule

_SHOWN = 61  # one more than a message shows of a text
_SEARCHED = 2**24  # letters in which the words of spans that went adrift are looked for, all in all
PAUSES = "،,؛;:."
_NONE: tuple[str, Fix | None] = ("", None)


@rule("A101", adrift=True, wordless=True)
def unknown_paragraph(index: Index) -> Problems:
    """A span is in a paragraph that does not exist.

    `paragraph` is the id of one of the record's paragraphs.
    """
    for located in index.spans:
        if located.span["paragraph"] not in index.texts:
            yield Problem((*located.at, "paragraph"), located.span["paragraph"])


@rule("A102", adrift=True, wordless=True)
def out_of_range(index: Index) -> Problems:
    """A span reaches beyond the end of its paragraph.

    Offsets count code points of the paragraph's text, from 0; the end is the offset after the last character.
    """
    beyond = (
        located
        for located in index.spans
        if (text := index.texts.get(located.span["paragraph"])) is not None
        and max(located.span["start"], located.span["end"]) > len(text)
    )
    for located, text, remedy in _with_remedies(index, beyond):
        yield Problem(located.at, f"the paragraph has {len(text)} characters", *remedy)


@rule("A103", adrift=True, wordless=True)
def nothing_selected(index: Index) -> Problems:
    """A span ends before it begins, or is empty.

    `end` is greater than `start`.
    """
    empty = (located for located in index.spans if located.span["end"] <= located.span["start"])
    for located, _, remedy in _with_remedies(index, empty):
        yield Problem(located.at, f"{located.span['start']} to {located.span['end']}", *remedy)


@rule("A104", adrift=True)
def drifted(index: Index) -> Problems:
    """A span's text is not what its offsets select.

    The text was changed after it was annotated, or the offsets count something else than code points. `text`
    repeats the selected words so that this is noticed: set the offsets, or the text, right. Of very many such spans
    in long paragraphs, only the first get a remedy.
    """
    adrift = (located for located in index.anchored(index.spans) if not _selects(index, located.span))
    for located, text, remedy in _with_remedies(index, adrift):
        _, start, end = located.place
        selected, words = text[start:end], located.span["text"]
        differs = difference(words, selected) if remedy != _NONE and words not in text else ""
        detail = f"the offsets select {shown(text[start : min(end, start + _SHOWN)])}"
        yield Problem(located.at, "; ".join(filter(None, [detail, differs])), *remedy)


def _selects(index: Index, span: Json) -> bool:
    """Whether the offsets of a span in its paragraph select its text."""
    is_long_enough = len(span["text"]) == span["end"] - span["start"]
    return is_long_enough and index.texts[span["paragraph"]].startswith(span["text"], span["start"])


def _with_remedies(index: Index, spans: Iterable[Located]) -> Iterator[tuple[Located, str, tuple[str, Fix | None]]]:
    """Spans, the texts of their paragraphs, and remedies until the texts that were searched for them are too many."""
    searched = 0
    for located in spans:
        text = index.texts.get(located.span["paragraph"], "")
        searched += len(text)
        yield located, text, _remedy(text, located) if searched <= _SEARCHED else _NONE


def _remedy(text: str, located: Located) -> tuple[str, Fix | None]:
    """Where the span's text is now, and the span set right if it is there once."""
    span = located.span
    if text.count(span["text"]) != 1:
        return _drift(text, span), None
    start = text.index(span["text"])
    return _drift(text, span), Fix(located.at, span | {"start": start, "end": start + len(span["text"])})


def _drift(text: str, span: Json) -> str:
    """Where the span's text is now, and what happened to it, as far as can be told."""
    wanted, start = span["text"], span["start"]
    places = [text.rfind(wanted, 0, start + len(wanted)), text.find(wanted, start)]
    if max(places) >= 0:
        nearest = min((place for place in places if place >= 0), key=lambda place: abs(place - start))
        return f"{shown(wanted)} is at {nearest} to {nearest + len(wanted)} ({_unit(text, nearest, start)})"
    for cause, alike in _CAUSES.items():
        if alike(wanted) in _changed(cause, text):
            return f"the paragraph has {shown(wanted)} in another {cause}"
    return ""


def _unit(text: str, place: int, start: int) -> str:
    before = text[:place]
    if len(before.encode("utf-16-le")) == 2 * start != 2 * place:
        return "the offsets count UTF-16 units"
    if len(before.encode()) == start != place:
        return "the offsets count bytes"
    return f"moved by {place - start:+d}" if place != start else "only the end is wrong"


def _plain(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not is_sign(letter))


_CAUSES: dict[str, Callable[[str], str]] = {
    "Unicode form": lambda text: unicodedata.normalize("NFKC", text),
    "vocalisation": _plain,
    "spacing": lambda text: " ".join(text.split()),
}


@lru_cache(maxsize=8)
def _changed(cause: str, text: str) -> str:
    return _CAUSES[cause](text)


@rule("A105")
def starts_inside_word(index: Index) -> Problems:
    """A span starts inside a word.

    Before it may stand the proclitics و ف ب ك ل, which belong outside, and nothing else of the word.
    """
    for located in index.anchored(index.spans):
        text, start = index.texts[located.span["paragraph"]], located.span["start"]
        before = _word_end(text, start)
        if before and is_in_word(text[start]) and not re.fullmatch(BOUND, _plain(before).lstrip(TATWEEL)):
            yield Problem((*located.at, "start"), f"{shown(before)} stands before it")


@rule("A106")
def ends_inside_word(index: Index) -> Problems:
    """A span ends inside a word.

    Endings, pronouns among them, belong inside. A cue such as وفقا لـ ends with its preposition.
    """
    for located in index.anchored(index.spans):
        text, end = index.texts[located.span["paragraph"]], located.span["end"]
        joined = end < len(text) and is_in_word(text[end - 1]) and is_in_word(text[end])
        if joined and not (located.span.get("kind") == "preposition" and text[end - 1] in "لبـ"):
            yield Problem((*located.at, "end"), f"{shown(text[end : end + 20].split(' ')[0])} stands after it")


@rule("A107", wordless=True)
def padded_span(index: Index) -> Problems:
    """A span begins or ends with white space.

    A span holds words; set it tight around them.
    """
    for located in index.spans:
        if located.span["text"] != located.span["text"].strip():
            yield Problem(located.at)


@rule("A108")
def holds_its_marks(index: Index) -> Problems:
    """A span holds the quotation marks that enclose it.

    Marks stay outside the span (guidelines 2.2).
    """
    for located in index.anchored(index.spans):
        text = located.span["text"]
        inside = marks(text)
        if len(inside) == 2 and inside[0].start == 0 and inside[1].end == len(text):
            remedy = "begin after the first mark, end before the last"
            yield Problem(located.at, "", remedy, _tightened(located, inside[0].end, inside[1].start))


@rule("A109", "warning")
def edge_of_the_sentence(index: Index) -> Problems:
    """A span begins or ends with punctuation.

    A comma or colon beside the words is the sentence's, and so is the full stop after an indirect quote (guidelines
    4.4). What stands in quotation marks is not looked at: all of it is inside (guidelines 2.2).
    """
    edges = [one for one in index.spans if one.span["text"][0] in PAUSES or one.span["text"][-1] in PAUSES]
    in_marks = {located.at for located in index.marked} if edges else set()
    for located in index.anchored(edges):
        if located.at not in in_marks and located.span.get("kind") != "punctuation":
            yield Problem(located.at, shown(located.span["text"]))


@rule("A110", "warning")
def holds_its_proclitic(index: Index) -> Problems:
    """A mention holds the proclitic before it.

    The entity has the same mention without it. The proclitics و ف ب ك ل stay outside (guidelines 2.3). Where ل has
    swallowed the article (للجسر) nothing is said.
    """
    for at, entity in index.numbered("entities"):
        texts = {mention["text"] for mention in entity["mentions"]}
        for number, mention in enumerate(entity["mentions"]):
            text = mention["text"]
            bare = next((text[cut:] for cut in (1, 2) if text[0] in PROCLITICS and text[cut:] in texts), "")
            if bare and not text.startswith("لل") and re.fullmatch(BOUND, text[: -len(bare)]):
                yield Problem((*at, "mentions", number), shown(text), f"begin with {shown(bare)}")


def _tightened(located: Located, first: int, last: int) -> Fix | None:
    """A span that begins and ends with words between two places of its text; none when there are no words."""
    text, start = located.span["text"], located.span["start"]
    words = text[first:last].strip()
    if not words or located.span["end"] - start != len(text):
        return None
    start += text.index(words, first)
    return Fix(located.at, located.span | {"start": start, "end": start + len(words), "text": words})


def _word_end(text: str, end: int) -> str:
    """The part of a word that stands before an offset, as far as it is shown."""
    place = end
    while place and end - place < _SHOWN and is_in_word(text[place - 1]):
        place -= 1
    return text[place:end]
