"""Quotation marks, paired by reading: by what stands before and after each, not by counting."""

import re
from bisect import bisect_right
from typing import NamedTuple

from tasrih.text.letters import LETTERS, SIGNS, TATWEEL
from tasrih.text.lists import cue_kind
from tasrih.text.marks import CLOSING, OPENING, Mark, ending, is_last, is_other, kind, marks, starting
from tasrih.text.sentences import ENDS, PAUSES
from tasrih.text.words import CONJUNCTIONS, PREPOSITIONS, folded_words, forms

_AHEAD, _DEEPEST = 30, 4
_FEW = 4  # spaces: no more in marks inside speech that lacks its closing mark, as many in the speech
_SENTENCE = re.compile(rf"[{ENDS}]\s")
_ENDS = " \t،؛؟.:,;!?)]}…/-"
_STARTS = " \t([{:،-—/"
_PROCLITICS = re.compile(f"(?:^|[^{LETTERS}{SIGNS}{TATWEEL}])(?:[{CONJUNCTIONS}]?(?:[{PREPOSITIONS}]ـ{{0,3}}|ال|لل)?)$")


class Pair(NamedTuple):
    """A stretch in marks: the offsets inside them, and which mark is missing ("", "opening" or "closing")."""

    start: int
    end: int
    missing: str = ""


def pairs(text: str) -> list[Pair]:
    """The stretches of a paragraph that stand in marks, in the order of their beginnings; one may hold others."""
    found: list[Pair] = []
    stack: list[Mark] = []
    shared: dict[Mark, int] = {}
    found_marks = marks(text)
    for number, mark in enumerate(found_marks):
        following = list(found_marks[number + 1 : number + _AHEAD])
        if is_other(text, mark) and not _pairs_off(text, mark, stack, following):
            continue
        if _opens(text, mark, stack):
            if stack and not _nests(text, mark, stack, following):
                if closing := _shared(text, stack[-1], mark, following):
                    shared[stack[-1]] = closing.end
                else:
                    found.append(_unclosed(text, stack.pop(), mark.start))
            stack.append(mark)
        else:
            _close(text, mark, stack, shared, found)
    found += [_unclosed(text, mark, _introduced(text, mark, found_marks)) for mark in stack]
    tight = {_tight(text, pair) for pair in found if pair.start <= pair.end}
    return sorted(tight, key=lambda pair: (pair.start, -pair.end, pair.missing))


def _opens(text: str, mark: Mark, stack: list[Mark]) -> bool:
    if mark.start == 0 or is_last(text, mark.end):
        return mark.start == 0
    before = text[mark.start - 1]
    after = text[mark.end] if mark.end < len(text) else " "
    proclitic = not before.isdigit() and _PROCLITICS.search(text[max(0, mark.start - 4) : mark.start])
    could_open = before in _STARTS or bool(proclitic)
    could_close = after in _ENDS or starting(text, mark.end) is not None
    if stack and stack[-1].end == mark.start and stack[-1].glyph == mark.glyph and not could_close:
        return True
    if could_open != could_close or (after in _ENDS and ending(text, mark.start)):
        return could_open and not could_close
    if mark.glyph[0] in OPENING and could_open:
        return mark.end < len(text)
    return mark.glyph[0] not in CLOSING and not stack


def _pairs_off(text: str, mark: Mark, stack: list[Mark], following: list[Mark]) -> bool:
    """Whether a mark that may be inches, an apostrophe or a bullet has another to make a pair with."""
    others = [other for other in following if kind(other) == kind(mark)]
    closers = [other for other in others if not is_other(text, other) and not _opens(text, other, [mark])]
    if text[mark.start - 1 : mark.start].isalnum():
        return bool(stack) and kind(stack[-1]) == kind(mark) and len(closers) * 2 <= len(others)
    return bool(closers)


def _nests(text: str, mark: Mark, stack: list[Mark], following: list[Mark]) -> bool:
    """Whether a mark that opens inside an open stretch opens another inside it, rather than a new one after it."""
    opened = stack[-1]
    if len(stack) >= _DEEPEST:
        return False
    if kind(mark) != kind(opened):
        return True
    between = text[opened.end : mark.start].rstrip()
    if not between or between[-1] in ENDS:
        return False
    closers = [other for other in following if not _opens(text, other, [opened])]
    openers = [other for other in following if _opens(text, other, [opened])]
    return len(closers) > len(openers) + 1


def _close(text: str, mark: Mark, stack: list[Mark], shared: dict[Mark, int], found: list[Pair]) -> None:
    """Enters what a closing mark ends: one stretch, two, or one whose opening mark is missing."""
    if stack:
        opening = _matching(stack, mark)
        found.append(Pair(opening.end, mark.start))
        if stack and shared.get(stack[-1]) == mark.end:
            found.append(_ended(text, stack.pop(), mark.end))
    elif found and _is_reversed(text, found[-1], mark):
        found[-1] = Pair(_after(text, found[-1].start), mark.start)
    else:
        found.append(Pair(mark.start, mark.start, "opening"))


def _shared(text: str, opened: Mark, mark: Mark, following: list[Mark]) -> Mark | None:
    """The one mark that closes a few words at the end of a speech and the speech itself: "… القضية "قضية الجسر"."""
    closing = following[0] if following else None
    if closing is None or kind(mark) != kind(opened) or text[mark.end : closing.start].count(" ") > _FEW:
        return None
    before, further = text[opened.end : mark.start], following[1:2]
    alone = not further or _opens(text, further[0], [])
    says = any(cue_kind(form) for word in folded_words(before)[1:] for form in forms(word, CONJUNCTIONS))
    apart = any(end in before for end in PAUSES) or before.rstrip().endswith((":", "و"))
    long = before.count(" ") >= _FEW
    return closing if alone and long and not says and not apart and not _opens(text, closing, [opened]) else None


def _ended(text: str, opened: Mark, end: int) -> Pair:
    """A stretch that ends with another inside it, and with the full stop of the paragraph."""
    rest = text[end:].strip()
    return Pair(opened.end, end + text[end:].index(rest) + 1 if rest in tuple(ENDS) else end, "closing")


def _is_reversed(text: str, lone: Pair, mark: Mark) -> bool:
    """Whether a mark closes what one before it opened with the wrong glyph: قال فلان” … ”."""
    between = text[_after(text, lone.start) : mark.start] if lone.missing == "opening" else ""
    return between.count(" ") >= _FEW and between[:1].isspace() and not _SENTENCE.search(between)


def _after(text: str, start: int) -> int:
    mark = starting(text, start)
    return mark.end if mark else start


def _matching(stack: list[Mark], mark: Mark) -> Mark:
    """Takes the innermost open mark of the same kind off the stack; without one, the innermost."""
    alike = [place for place, opened in enumerate(stack) if kind(opened) == kind(mark)]
    place = alike[-1] if alike else len(stack) - 1
    opening = stack[place]
    del stack[place:]
    return opening


def _unclosed(text: str, mark: Mark, limit: int) -> Pair:
    """A stretch without a closing mark ends with the last sentence before the next mark, or the paragraph."""
    stretch = text[mark.end : limit].rstrip(" \t")
    tail = re.search(r"\s*[:،.](?=\s*\S+(?:\s+\S+){0,3}$)", stretch)
    end = tail.start() if tail and limit < len(text) else len(stretch)
    return Pair(mark.end, mark.end + end, "closing")


def _introduced(text: str, mark: Mark, found_marks: tuple[Mark, ...]) -> int:
    """Where the next speech after a colon begins after a mark, or the paragraph ends."""
    following = (other for other in found_marks[bisect_right(found_marks, mark) :][:_AHEAD])
    return next(
        (other.start for other in following if text[max(0, other.start - 3) : other.start].rstrip().endswith(":")),
        len(text),
    )


def _tight(text: str, pair: Pair) -> Pair:
    """The stretch without white space at its ends, and without a second pair of marks right inside."""
    start = pair.end - len(text[pair.start : pair.end].lstrip())
    end = start + len(text[start : pair.end].rstrip())
    first, last, found = starting(text, start), ending(text, end), marks(text)
    if first and last and first.end < last.start and found[bisect_right(found, first)] == last:
        return _tight(text, pair._replace(start=first.end, end=last.start))
    return pair._replace(start=start, end=end)
