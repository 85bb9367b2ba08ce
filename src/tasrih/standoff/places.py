"""Where the span of a paragraph is in its new text: by letters, where the old text is known, or by words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from functools import partial
from itertools import pairwise

from tasrih.standoff.evidence import MARKS_AFTER, WORD
from tasrih.text.letters import TATWEEL, after_signs, fold, is_in_word
from tasrih.text.marks import GLYPHS
from tasrih.text.words import BOUND

Stretch = tuple[int, int]
Edges = Callable[[int, int], Stretch | None]
"""From start and end in an old text to those in the new one; None when nothing of it is left."""
_PREPOSITIONS = f"لب{TATWEEL}"  # with which a cue ends inside a word: وفقا لـ
_PAUSES = "،,؛;:."
_COMPARED = 4_000_000  # pairs of letters that are held against each other


def unmoved(start: int, end: int) -> Stretch:
    """Of a text that did not change."""
    return start, end


def by_letters(old: str, new: str) -> Edges:
    """Of a text that is known letter by letter."""
    return partial(_letters_edges, _kept_letters(old, new), new)


def _letters_edges(letters: Sequence[Stretch | None], new: str, start: int, end: int) -> Stretch | None:
    left = [letter for letter in letters[start:end] if letter]
    if not left:
        return None
    first, last = left[0][0], left[-1][1]
    return _whole_words(new, first, after_signs(new, last))


def _kept_letters(old: str, new: str) -> list[Stretch | None]:
    """For each letter of the old text where it stands in the new one: words that are the same first."""
    letters: list[Stretch | None] = [None] * len(old)
    before, after = list(WORD.finditer(old)), list(WORD.finditer(new))
    matcher = SequenceMatcher(None, [word[0] for word in before], [word[0] for word in after], autojunk=False)
    for _, begin, stop, where, until in matcher.get_opcodes():
        one, other = before[begin:stop], after[where:until]
        if len(one) == len(other):
            for word, now in zip(one, other, strict=True):
                _match(letters, word.span(), now.span(), old, new)
        elif one and other:
            _match(letters, (one[0].start(), one[-1].end()), (other[0].start(), other[-1].end()), old, new)
    return letters


def _match(letters: list[Stretch | None], one: Stretch, other: Stretch, old: str, new: str) -> None:
    """Enters where the letters of a stretch of the old text are in one of the new text."""
    (start, end), (first, last) = one, other
    while start < end and first < last and old[start] == new[first]:
        letters[start] = first, first + 1
        start, first = start + 1, first + 1
    while start < end and first < last and old[end - 1] == new[last - 1]:
        end, last = end - 1, last - 1
        letters[end] = last, last + 1
    if (end - start) * (last - first) > _COMPARED:
        return
    matcher = SequenceMatcher(None, old[start:end], new[first:last], autojunk=False)
    for kind, begin, stop, where, until in matcher.get_opcodes():
        if kind in ("equal", "replace"):
            letters[start + begin : start + stop] = _shares((first + where, first + until), stop - begin)


def _shares(stretch: Stretch, size: int) -> list[Stretch | None]:
    """A stretch shared out among some letters, in order; None for a letter that gets none of it."""
    start, width = stretch[0], stretch[1] - stretch[0]
    cuts = [start + number * width // size for number in range(size + 1)]
    return [share if share[0] < share[1] else None for share in pairwise(cuts)]


def by_words(words: Sequence[tuple[Stretch, Stretch | None]], new: str) -> Edges:
    """Of a text of which it is known where its words are, and where they are in the new one."""
    starts, ends = [old[0] for old, _ in words], [old[1] for old, _ in words]

    def edges(start: int, end: int) -> Stretch | None:
        return _words_edges(words[bisect_right(ends, start) : bisect_left(starts, end)], new, start, end)

    return edges


def _words_edges(held: Sequence[tuple[Stretch, Stretch | None]], new: str, start: int, end: int) -> Stretch | None:
    """Where the words of a span are that are left of it."""
    left = [(old, place) for old, place in held if place]
    if not left:
        return None
    (first_old, first), (last_old, last) = left[0], left[-1]
    begin = _start_in(new, first_old, first, max(start - first_old[0], 0))
    stop = _end_in(new, last_old, last, max(last_old[1] - end, 0))
    if held[0][0] != first_old:
        begin = min(len(new) - len(new[begin:].lstrip(GLYPHS)), first[1] - 1)
    if held[-1][0] != last_old:
        stop = max(len(new[:stop].rstrip(_PAUSES + GLYPHS)), last[0] + 1)
    return _whole_words(new, begin, stop) if begin < stop else first


def _whole_words(new: str, start: int, end: int) -> Stretch:
    """A stretch that holds no part of a word without the rest, proclitics before it and a preposition's end aside."""
    begin, stop = start, end
    while begin and is_in_word(new[start]) and is_in_word(new[begin - 1]):
        begin -= 1
    while stop < len(new) and is_in_word(new[end - 1]) and is_in_word(new[stop]):
        stop += 1
    is_proclitic = re.fullmatch(BOUND, fold(new[begin:start])[0]) is not None
    return (start if is_proclitic else begin), (end if new[end - 1] in _PREPOSITIONS else stop)


def _start_in(new: str, old: Stretch, place: Stretch, before: int) -> int:
    """Where a span begins in a word that had some letters before it: proclitics, or marks."""
    start, end = place
    if before == 0 or end - start == old[1] - old[0]:
        return start + before
    tail = old[1] - old[0] - before
    if before > tail and tail <= _marks_after(new[start:end]):
        return end - tail
    return min(start + before, end - 1)


def _end_in(new: str, old: Stretch, place: Stretch, after: int) -> int:
    """Where a span ends in a word that had some letters after it: marks, mostly."""
    start, end = place
    if after == 0 or end - start == old[1] - old[0]:
        return end - after
    return end - min(after, _marks_after(new[start:end]), end - start - 1)


def _marks_after(word: str) -> int:
    """How many characters that are no letters a word ends with."""
    return len(word) - len(MARKS_AFTER.sub("", word))
