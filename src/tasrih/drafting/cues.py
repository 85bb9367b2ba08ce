"""Reporting words, and the phrases beside them that say who speaks."""

import re
from functools import lru_cache
from typing import NamedTuple

from tasrih.text.lists import cue_kind, is_listed, listed
from tasrih.text.marks import GLYPHS, IN_CLASS, OPENING
from tasrih.text.words import CONJUNCTIONS, Word, forms, start_of, words

THAT = frozenset(["ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", "بانهم", "انهما", "لان", "فان", "فانه", "فانها"])
_NOMINAL = ("قول", "اتهام", "وصفه", "وصفها", "نعته")
_BACK, _AHEAD = 60, 16
_STOP = re.compile(rf"[،,:.؛(\[{IN_CLASS}-]|''|``|<<|>>")
_OPENERS = re.escape(OPENING + '"')
_NO_VERB = frozenset(["عدم", "دون", "بدون"])
_RELATIVE = frozenset(["الذي", "التي"])
_BETWEEN, _SEVERAL = "بين", "عده"
_WAS = frozenset(["كان", "كانت", "كانوا"])


class Cue(NamedTuple):
    """A cue: its offsets and kind."""

    start: int
    end: int
    kind: str


def reporting(word: Word) -> Cue | None:
    """The reporting word in a word, its proclitic aside."""
    found = _reporting(word.folded)
    return Cue(word.start + found[0], word.end, found[1]) if found else None


@lru_cache(maxsize=1 << 16)
def _reporting(word: str) -> tuple[int, str] | None:
    """The length of the proclitic before the reporting word in a folded word, and its kind."""
    for form in _forms(word):
        kind = cue_kind(form) or ("verb" if _describing(form) else None)
        if kind and form not in ("عن", "علي"):
            return len(word) - len(form), kind
    return None


def whole(text: str, before: list[Word], place: int, cue: Cue) -> Cue:
    """A cue with the verb right before it where two words report together: استدرك قائلا."""
    verb = reporting(before[place - 1]) if place and cue.kind == "participle" else None
    together = verb and verb.kind == "verb" and text[verb.end : cue.start] == " "
    return Cue(verb.start, cue.end, "verb") if verb and together else cue


def _describing(form: str) -> bool:
    """Whether a form gives a thing a name or quality, a pronoun for the thing at its end or not."""
    if form == _SEVERAL:
        return False
    bare_form = form.removesuffix("ه") if form.endswith("ه") else form.removesuffix("ها").removesuffix("هم")
    return form in listed("describing") or (len(bare_form) > 3 and bare_form in listed("describing"))


def _forms(word: str) -> tuple[str, ...]:
    return forms(word, CONJUNCTIONS + "لب", 3)


def is_weak(word: Word) -> bool:
    """Whether a reporting word has other meanings."""
    return any(form in listed("weak") for form in _forms(word.folded))


def reach(word: Word) -> int:
    """Within how many words the أن of a weak reporting word stands."""
    return 8 if any(form in listed("far") for form in _forms(word.folded)) else 4


def describes(text: str, cue: Cue) -> bool:
    """Whether a cue gives a thing a name or quality, or demands it."""
    return any(_describing(form) for form in _forms(word_at(text, cue)))


def word_at(text: str, cue: Cue) -> str:
    """The cue, folded."""
    return next((word.folded for word in words(text, cue.start, cue.end)), "")


def is_end(word: str) -> bool:
    """Whether a word ends the subject of a verb."""
    return word in listed("ends") or (word[:1] in ("و", "ف") and word[1:] in listed("ends"))


def cue_before(text: str, before: list[Word], start: int) -> tuple[Cue | None, int]:
    """The nearest of the words before a stretch whose speech can reach it, and its place among them."""
    fallback: tuple[Cue | None, int] = (None, -1)
    for place in range(len(before) - 1, -1, -1):
        found = reporting(before[place])
        if not found:
            continue
        found = whole(text, before, place, found)
        strength = _strength(text, before, place, found, start)
        if strength == 2:
            return found, place
        if strength == 1 and not fallback[0]:
            fallback = found, place
    return fallback


def _strength(text: str, before: list[Word], place: int, cue: Cue, start: int) -> int:
    """How likely a reporting word governs what starts at `start`: 2 yes, 1 when nothing else does, 0 not."""
    word, after = before[place], before[place + 1 :]
    if place and before[place - 1].folded in _NO_VERB:
        return 0
    weak = is_weak(word)
    if cue.kind == "noun":
        near = any(form.startswith(_NOMINAL) for form in _forms(word.folded)) and len(after) < 5
        return 2 if near else 0 if weak else 1
    if weak:
        that = any(other.folded in THAT for other in after[: reach(word)]) and not (
            place and reporting(before[place - 1])
        )
        that = that and not _is_governed(before, place)
        adjacent = len(after) < 4 or (len(after) < 9 and text[word.end : start].rstrip(f" {GLYPHS}").endswith(":"))
        if not that and (not adjacent or (word.folded == _BETWEEN and ":" not in text[word.end : start])):
            return 0
    return 1 if cue.kind == "preposition" else 2


def _is_governed(before: list[Word], place: int) -> bool:
    """Whether a stronger verb stands before, whose أن comes only after this one: أوضح في حوار نشر أمس أن …."""
    for number in range(place - 1, max(-1, place - _AHEAD), -1):
        if before[number].folded in THAT:
            return False
        main = reporting(before[number])
        if main and main.kind == "verb" and not is_weak(before[number]):
            return True
    return False


def cue_after(text: str, end: int, *, short: bool) -> tuple[Cue, tuple[Word, ...]] | None:
    """A reporting word right after a stretch, and its subject: “…”، يقول فلان; after a short one with a comma only."""
    mark = re.search(f"[{_OPENERS}]", text[end + 1 : end + 80])
    rest = words(text, end, end + 1 + mark.start() if mark else min(len(text), end + 80))
    if not rest or not re.fullmatch(r"[^\w.]{1,4}", text[end : rest[0].start]):
        return None
    first, apart = reporting(rest[0]), re.search(r"[،,؟?!–-]", text[end : rest[0].start])
    if short and not apart and first and first.kind == "verb":
        return None
    for place, word in enumerate(rest[: 5 if rest[0].folded in _WAS else 2]):
        found = reporting(word)
        if found and found.kind in ("verb", "preposition") and not is_weak(word):
            return found, tuple(phrase(text, rest[1:place]) or phrase(text, rest[place + 1 :]))
    return None


def headline_colon(text: str, before: list[Word], start: int) -> tuple[Cue, tuple[Word, ...]] | None:
    """The colon near the beginning of a line, and who speaks before it."""
    if any(is_listed(word.folded, "labels") for word in before[:2]):
        return None
    for place, word in enumerate(before[:6]):
        if re.match(r"\s?:\s", text[word.end : word.end + 3]) and word.end < start - 1:
            colon = text.index(":", word.end)
            return Cue(colon, colon + 1, "punctuation"), tuple(before[max(0, place - 3) : place + 1])
    return None


def subject(text: str, before: list[Word], place: int, cue: Cue) -> tuple[Word, ...]:
    """The phrase that names the speaker: relayed, after the cue, before it, or the subject of the main verb."""
    if found := _relayed(text, before, place) or _antecedent(text, before, place) or _after(text, before, place, cue):
        return found
    if cue.kind == "noun" and place and ((found := _of_noun(text, before, place, cue)) or describes(text, cue)):
        return found
    for number in range(place - 1, max(-1, place - _BACK), -1):
        main = reporting(before[number])
        rest = before[number + 1 : min(place, number + _AHEAD)]
        sure = not is_weak(before[number]) or place - number < 4 or _names_somebody(rest)
        governs = sure and main and main.kind in ("verb", "preposition")
        if governs and (main_subject := phrase(text, rest)):
            return tuple(main_subject)
    return tuple(leading(text, [word for word in before[max(0, place - _BACK) : place] if word.end <= cue.start], cue))


def _names_somebody(following: list[Word]) -> bool:
    """Whether words begin with a title or a given name."""
    first = following[0].folded if following else ""
    return first in listed("given") or is_listed(first, "titles")


def _after(text: str, before: list[Word], place: int, cue: Cue) -> tuple[Word, ...]:
    """The subject of a verb, who stands after وفقا لـ or حسبما أفاد, or the statement in which something came."""
    following = before[place + 1 : place + _AHEAD]
    if cue.kind == "preposition" and following and (verb := reporting(following[0])) and verb.kind == "verb":
        following = following[1:]
    if len(following) > 1 and following[0].folded == "في" and is_listed(following[1].folded, "documents"):
        return tuple(phrase(text, following[1:]))
    found = phrase(text, following) if cue.kind in ("verb", "preposition") else []
    bound = cue.kind == "preposition" and before[place].folded.endswith("ا") and found
    return (_unbound(text, found[0]), *found[1:]) if bound and found[0].folded.startswith("ل") else tuple(found)


def _of_noun(text: str, before: list[Word], place: int, cue: Cue) -> tuple[Word, ...]:
    """The speaker of قوله and the like: whom an outlet relays, whom the words are from, or whose they are."""
    for number in range(max(0, place - _BACK), place):
        if relayed := _relayed(text, before, number):
            return relayed
    if describes(text, cue):
        return ()
    from_whom = [number for number in range(max(0, place - _BACK), place) if before[number].folded == "عن"]
    if from_whom:
        return tuple(phrase(text, before[from_whom[-1] + 1 : place]))
    own = before[place].folded.endswith(("ه", "ها", "هم"))
    return () if own else tuple(phrase(text, before[place + 1 : place + _AHEAD]))


def _unbound(text: str, word: Word) -> Word:
    """A word without the ل that وفقا takes."""
    rest = word.folded[1:]
    return Word(start_of(text, word, rest), word.end, "ا" + rest if rest.startswith("ل") else rest)


def _antecedent(text: str, before: list[Word], place: int) -> tuple[Word, ...]:
    """The name or title before الذي and its verb: رئيسها فلان، الذي شدد على …."""
    if not place or before[place - 1].folded not in _RELATIVE or before[place].folded.endswith(("ها", "هم", "ه")):
        return ()
    for number in range(max(0, place - 6), place - 1):
        if before[number].folded in listed("given") or is_listed(before[number].folded, "titles"):
            return tuple(phrase(text, before[number : place - 1]))
    return ()


def _relayed(text: str, before: list[Word], place: int) -> tuple[Word, ...]:
    """نقلت وكالة … عن فلان."""
    if not any(form in listed("relaying") for form in _forms(before[place].folded)):
        return ()
    sources = (number for number in range(place + 1, min(len(before), place + 12)) if before[number].folded == "عن")
    source = next(sources, None)
    return tuple(phrase(text, before[source + 1 : source + _AHEAD])) if source is not None else ()


def leading(text: str, before: list[Word], cue: Cue) -> list[Word]:
    """What stands right before the cue as its subject, or a title or institution that the sentence begins with."""
    while before and before[-1].folded in ("قد", "لقد"):
        before = before[:-1]
    for start in range(max(0, len(before) - 7), len(before)):
        if start and before[start - 1].folded in listed("prepositions"):
            break
        if before[start].folded.startswith("ي") and before[start].folded not in listed("given"):
            continue
        found = phrase(text, before[start:])
        ends_there = found and found[-1] is before[-1] and not _STOP.search(text[found[-1].end : cue.start])
        if ends_there and cue.kind == "verb" and not is_end(before[start].folded):
            return found
    for start, word in enumerate(before[:4]):
        title = is_listed(word.folded, "titles") or is_listed(word.folded.removesuffix("ا"), "titles")
        if title or is_listed(word.folded, "organisations"):
            return phrase(text, before[start:])
    return []


def phrase(text: str, following: list[Word]) -> list[Word]:
    """The first words up to a preposition, a mark of punctuation, a reporting word or the like."""
    found: list[Word] = []
    for word in following[1 if following and following[0].folded in listed("clitics") else 0 :]:
        gap = text[found[-1].end : word.start] if found else ""
        told = word.folded.startswith("ل") and is_listed(word.folded[1:], "outlets")
        ends = told or is_end(word.folded) or (found and (_reports(word) or word.folded.startswith("بال")))
        doctor = found and found[-1].folded == "د" and gap == ". "
        if (_STOP.search(gap) and not doctor) or ends or word.folded[:1].isdigit():
            break
        found.append(word)
    return found[:12]


def _reports(word: Word) -> bool:
    found = reporting(word)
    return found is not None and found.kind in ("participle", "verb", "noun")
