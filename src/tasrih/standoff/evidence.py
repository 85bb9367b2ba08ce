"""What a stand-off record tells of words that it leaves out: how long they are, and what some of them must hold."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from tasrih.record import WITHOUT_MARKS, Json
from tasrih.spans import located
from tasrih.text.lists import is_cue
from tasrih.text.marks import GLYPHS
from tasrih.text.words import PROCLITICS

WORD = re.compile(r"\S+")
MARKS_AFTER = re.compile(r"(?<![\W_])[\W_]+$")  # looked for once a run of marks
_SAME = 0.6  # of the letters of two words that are one name
_NAME, _CUE, _MARK = 12, 5, 5


class Word(NamedTuple):
    """A word, and where it stands: the number of its paragraph or line, and offsets in code points."""

    owner: int
    start: int
    end: int


class Evidence(NamedTuple):
    """What some old words hold, by their numbers, and how much it says that a new one holds it or not, in half bits."""

    words: list[int]
    holds: Callable[[str], bool]
    weight: int


def old_words(paragraph: Json) -> list[tuple[int, int]]:
    """The offsets of the words of a paragraph without its text; none when it does not tell their lengths."""
    words, place = [], 0
    lengths = paragraph.get("words", [])
    for number, length in enumerate(lengths):
        if length > 0:
            place += number > 0 and lengths[number - 1] > 0
            words.append((place, place + length))
        place += abs(length)
    return words


def evidence(record: Json, words: Sequence[Word]) -> list[Evidence]:
    """What is known of some words of a record: names, reporting words, and quotation marks."""
    told: dict[tuple[str, str], list[int]] = defaultdict(list)
    at = {(word.owner, place): number for number, word in enumerate(words) for place in range(word.start, word.end)}
    numbers = {paragraph["id"]: number for number, paragraph in enumerate(record["paragraphs"])}
    for paragraph, place, kind, what in _told(record):
        word = at.get((numbers.get(paragraph, -1), place))
        if word is not None:
            told[kind, what].append(word)
    return [_evidence(kind, what, numbers) for (kind, what), numbers in told.items()]


def _evidence(kind: str, what: str, words: list[int]) -> Evidence:
    if kind == "name":
        return Evidence(words, partial(_is_written, what), _NAME)
    if kind == "cue":
        return Evidence(words, _is_reporting, _CUE)
    return Evidence(words, lambda word: any(letter in GLYPHS for letter in word), _MARK)


def _is_written(name: str, word: str) -> bool:
    """Whether a word holds a name, or most of its letters and few others."""
    shared, letters = set(name) & set(word), set(name) | set(MARKS_AFTER.sub("", word))
    return name in word or len(shared) >= _SAME * len(letters)


def _is_reporting(word: str) -> bool:
    """Whether a word reports speech, with or without a proclitic."""
    bare = MARKS_AFTER.sub("", word)
    return is_cue(bare) or (bare[:1] in PROCLITICS and is_cue(bare[1:]))


def _told(record: Json) -> Iterator[tuple[str, int, str, str]]:
    """Paragraph and offset of what is known, of which kind it is, and the word if that is known."""
    for paragraph, start, name in _names(record):
        for part in WORD.finditer(name):
            yield paragraph, start + part.start(), "name", part[0]
    for one in located(record, "quotes.cue"):
        if one.span["kind"] == "verb":
            yield one.span["paragraph"], one.span["start"], "cue", ""
    for quote in record["quotes"]:
        if quote["type"] not in WITHOUT_MARKS:
            first, last = quote["spans"][0], quote["spans"][-1]
            yield first["paragraph"], first["start"] - 1, "mark", ""
            yield last["paragraph"], last["end"], "mark", ""


def _names(record: Json) -> Iterator[tuple[str, int, str]]:
    """Paragraph, offset and words of names: a record keeps those of its entities; a mention as long is that name."""
    for entity in record["entities"]:
        for mention in entity["mentions"]:
            if mention["end"] - mention["start"] == len(entity["name"]):
                yield mention["paragraph"], mention["start"], entity["name"]
