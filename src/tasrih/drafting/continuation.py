"""Speech that runs over paragraphs (guidelines 9.4): one quote, with a span in each, and perhaps a cue in another."""

from collections.abc import Iterator

from tasrih.drafting.attribution import introduced
from tasrih.drafting.scenes import Attribution
from tasrih.text.marks import Mark, kind, mark_after, mark_before, marks, starting
from tasrih.text.pairs import Pair
from tasrih.text.sentences import ENDS, PAUSES
from tasrih.text.words import words_in

Text = tuple[str, str]
Found = list[list[Attribution]]  # the attributions of each paragraph
Begun = tuple[int, Attribution]  # with the number of its paragraph, as the stretch of a part
Part = tuple[int, Pair]
_FARTHEST, _SHORTEST, _EDGE = 12, 4, 12


def run_on(paragraphs: list[Text], pairs: list[list[Pair]], found: Found) -> None:
    """Joins what is one speech, given the paragraphs (role, text), and their stretches and attributions.

    The first part keeps the speech, with the others as its `parts`; they go from the lists of their own paragraphs.
    """
    number = 0
    while number < len(paragraphs):
        begun = _begun(paragraphs, pairs, found, number)
        number = _joined(paragraphs, pairs, found, begun) if begun else number + 1


def _begun(paragraphs: list[Text], pairs: list[list[Pair]], found: Found, number: int) -> Begun | None:
    """The speech that may go on after a paragraph: what reaches its end, or what it announces with a colon."""
    role, text = paragraphs[number]
    if role != "body":
        return None
    first = _first(paragraphs, found, number + 1) if text.endswith(":") else None
    told = introduced(text, pairs[number]) if first else None
    if first and told and (first.is_speech or told.rule == "colon-before-paragraph"):
        first.type, first.rule, first.confidence, first.told = "direct", told.rule, told.confidence, (number, told)
        return number + 1, first
    marked = (other for other in found[number] if other.is_marked and _reaches_end(text, other.pair))
    last = next((other for other in marked if other.is_speech or _is_left_open(text, other)), None)
    return (number, last) if last else None


def _is_left_open(text: str, attribution: Attribution) -> bool:
    """Whether a whole paragraph stands in marks that it does not close."""
    return attribution.pair.missing == "closing" and not _before(text, attribution.pair.start)


def _first(paragraphs: list[Text], found: Found, number: int) -> Attribution | None:
    """The stretch in marks with which a paragraph of the body begins."""
    if number >= len(paragraphs) or paragraphs[number][0] != "body":
        return None
    text = paragraphs[number][1]
    early = (other for other in found[number] if other.is_marked and other.pair.start <= _EDGE)
    return next((other for other in early if not _before(text, other.pair.start)), None)


def _before(text: str, start: int) -> str:
    """What stands before a stretch besides its marks."""
    while start <= _EDGE and (mark := mark_before(text, start)):
        start = mark.start
    return text[:start].strip()


def _reaches_end(text: str, pair: Pair) -> bool:
    """Whether nothing follows a stretch but its marks and a full stop."""
    end = pair.end
    if end + _EDGE < len(text):
        return False
    while mark := mark_after(text, end):
        end = mark.end
    return not text[end:].strip(f" {ENDS}{PAUSES}")


def _joined(paragraphs: list[Text], pairs: list[list[Pair]], found: Found, begun: Begun) -> int:
    """Gives a speech its parts in the following paragraphs; the first paragraph that has none of it."""
    number, speech = begun
    last = speech.pair
    while _reaches_end(paragraphs[number][1], last):
        first = _first(paragraphs, found, number + 1)
        if first and _goes_on(paragraphs[number + 1][1], speech, first, is_open=last.missing == "closing"):
            found[number + 1].remove(first)
            parts = [(number + 1, first.pair)]
            speech.told = speech.told or ((number + 1, first) if first.cue else None)
        else:
            parts = [] if first else list(_up_to_closing(paragraphs, pairs, (number, last)))
            _clear(found, parts)
        if not parts:
            break
        speech.parts += parts
        if not speech.is_speech:
            speech.type, speech.rule = "direct", "over-paragraphs"
        number, last = parts[-1]
    return max(number, begun[0]) + 1 if speech.parts else begun[0] + 1


def _goes_on(text: str, speech: Attribution, first: Attribution, *, is_open: bool) -> bool:
    """Whether a stretch at the beginning of a paragraph goes on with a speech: it has no cue of its own.

    A cue after the last of several paragraphs serves all of them (guidelines 10.9).
    """
    if first.cue:
        return first.rule == "cue-after" and not speech.cue and not speech.told
    length = len(words_in(text, first.pair.start, first.pair.end))
    sentence = first.is_speech or length >= _SHORTEST or any(end in text[first.pair.end - 1 :] for end in ENDS)
    return is_open or (_reaches_end(text, first.pair) and sentence)


def _up_to_closing(paragraphs: list[Text], pairs: list[list[Pair]], begun: Part) -> Iterator[Part]:
    """The paragraphs of a speech whose marks are opened once, up to the one that closes them; none if none does."""
    number, opened = begun
    mark = mark_before(paragraphs[number][1], opened.start)
    parts: list[Part] = []
    if opened.missing != "closing" or mark is None:
        return
    for at in range(number + 1, min(number + _FARTHEST, len(paragraphs))):
        role, text = paragraphs[at]
        lone = next((pair for pair in pairs[at] if pair.missing), None)
        if role != "body" or starting(text, 0) or (lone and lone.missing == "closing"):
            return
        parts.append((at, Pair(0, len(text)) if lone is None else Pair(0, len(text[: lone.end].rstrip()))))
        if lone:
            if _closes(text, lone, mark):
                yield from (part for part in parts if part[1].end)
            return


def _closes(text: str, lone: Pair, opening: Mark) -> bool:
    closing = next((mark for mark in marks(text) if mark.start >= lone.end), None)
    return closing is not None and kind(closing) == kind(opening)


def _clear(found: Found, parts: list[Part]) -> None:
    """Takes away what was found in speech as if it stood in no marks."""
    for number, part in parts:
        found[number][:] = [
            other
            for other in found[number]
            if other.pair.start >= part.end or (other.is_marked and other.pair.end <= part.end)
        ]


def told_at(number: int, attribution: Attribution) -> tuple[int, Attribution]:
    """The paragraph in which the cue of a speech stands, and the attribution as it is told there."""
    return attribution.told or (number, attribution)
