"""Statements that a source beside them qualifies: وفقا للوزير، …; …، بحسب ما ذكرت الوزارة; …، كما أعلن الوالي."""

import re
from collections.abc import Iterator

from tasrih.drafting.boundaries import trimmed
from tasrih.drafting.cues import Cue, phrase, reporting, subject
from tasrih.drafting.scenes import Attribution
from tasrih.text.lists import is_listed, listed
from tasrih.text.pairs import Pair
from tasrih.text.words import CONJUNCTIONS, Word, forms, words, words_in

_SHORTEST, _EARLY = 3, 2  # words of a statement, and words before a source that does not begin its sentence
_SO = ("فان", "فانه", "فانها", "فقد")
_AS = "كما"
_PAUSE = re.compile(r"\s?[،؛]|\s[-–—]")
_GOES_ON = ("relative", "meanwhile", "but")


def beside_source(
    number: int, text: str, sentence: list[Word], end: int, cues: dict[int, Cue]
) -> Iterator[Attribution]:
    """The statement in a sentence of a paragraph of some number, with its source; at most one."""
    for place, cue in cues.items():
        told = _told(sentence, place) if cue.kind == "preposition" else None
        if told is None:
            continue
        source = _source(text, sentence, *told)
        behind = bool(source) and source[0].start > told[1].start and _may_speak(source[0])
        parts = _qualified(text, sentence, place, source, end) if behind else []
        if parts and len(words_in(text, parts[0].start, parts[-1].end)) >= _SHORTEST:
            rest = [(number, part) for part in parts[1:]]
            yield Attribution(parts[0], "indirect", "source-unmarked", 0.5, told[1], tuple(source), parts=rest)
            return


def _source(text: str, sentence: list[Word], place: int, cue: Cue) -> tuple[Word, ...]:
    """Who says what stands beside a cue: behind a noun whose it is, else as of any other cue."""
    if cue.kind == "noun":
        return tuple(phrase(text, sentence[place + 1 :]))
    return subject(text, sentence, place, cue)


def _told(sentence: list[Word], place: int) -> tuple[int, Cue] | None:
    """The place of the cue beside a source, and it: the verb of بحسب ما ذكر or كما ذكر, else the preposition."""
    as_ = _AS in forms(sentence[place].folded, CONJUNCTIONS + "ب")
    if as_ and place < _EARLY:
        return None
    what = any(word.folded in listed("what") for word in sentence[place + 1 : place + 2])
    number = place + 2 if what else place + 1
    verb = reporting(sentence[number]) if number < len(sentence) else None
    if verb and (verb.kind == "verb" or (verb.kind == "noun" and not is_listed(sentence[number].folded, "documents"))):
        return number, verb
    cue = reporting(sentence[place])
    return None if as_ or what or cue is None else (place, cue)


def _may_speak(first: Word) -> bool:
    """Whether a source speaks: no calendar, law or plan that something merely accords with."""
    return not is_listed(first.folded, "accorded") and not is_listed(first.folded, "showing")


def _qualified(text: str, sentence: list[Word], place: int, source: tuple[Word, ...], end: int) -> list[Pair]:
    """The parts of the statement that a source qualifies: after it, from a فإن where there is one, or around it."""
    pause = _PAUSE.search(text, source[-1].end, end)
    if place >= _EARLY:
        before = trimmed(text, sentence[0].start, sentence[place].start)
        if pause and not _is_over(words(text, pause.end(), end)):
            return [before, trimmed(text, pause.end(), end)]
        return [before] if place > _SHORTEST else []
    so = next((word for word in sentence[place:] if word.folded in _SO), None)
    if so:
        return [trimmed(text, so.end, end)]
    return [trimmed(text, pause.end(), end)] if pause and "،" in pause[0] else []


def _is_over(rest: list[Word]) -> bool:
    """Whether what follows a source goes on about it or with another clause: الذي, بينما, و."""
    if len(rest) < _SHORTEST:
        return True
    first = rest[0].folded
    return any(first in listed(name) for name in _GOES_ON) or first.startswith("و") or first in ("اذ", "حيث", "في")
