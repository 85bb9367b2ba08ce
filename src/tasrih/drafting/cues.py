"""Reporting words, and the phrases beside them that say who speaks."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from tasrih.text.lists import cue_kind, is_listed, listed, rows_of, with_object
from tasrih.text.marks import GLYPHS, IN_CLASS, OPENING
from tasrih.text.words import CONJUNCTIONS, Word, folded, forms, start_of, words

_NOMINAL = ("قول", "اتهام", "وصفه", "وصفها", "نعته")
_BACK, _AHEAD = 60, 16  # words before a cue in which its subject is looked for, and after it
_BEFORE_RELATIVE = 6  # words before الذي in which the name or title that it is of begins
_SUBJECT, _HEAD = 7, 4  # words of a subject before its verb, and of a sentence, in which a title begins
_NOUN_REACH, _CLOSE, _COLON_REACH = 5, 4, 9  # words from قوله, from a weak verb, and from one before a colon to speech
_NEEDED = 9  # words after a reporting word among which the one it needs stands
_BESIDE = 3  # characters less than which part a word from one beside it
_LONGEST = 12  # words of a phrase
_STOP = re.compile(rf"[،,:.؛(\[{IN_CLASS}-]|''|``|<<|>>")
_OPENERS = re.escape(OPENING + '"')
_BETWEEN, _SEVERAL = "بين", "عده"


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


def reporting_at(sentence: list[Word], place: int) -> Cue | None:
    """The reporting word at a place, unless the words around it show that it is another: عن نشر …, عبر الموقع."""
    cue = reporting(sentence[place])
    if cue is None:
        return None
    beside = place and sentence[place].start - sentence[place - 1].end < _BESIDE
    earlier = sentence[place - 1].folded if beside else ""
    governed = cue.kind == "verb" and (earlier in listed("prepositions") or earlier in listed("one_of"))
    bound = sentence[place].folded in with_object() and earlier not in listed("as_told")
    needed = listed("that") if bound else needed_after(sentence[place].folded)
    nearby = sentence[place + 1 : place + (_CLOSE if bound else _NEEDED)]
    return None if governed or (needed and all(word.folded not in needed for word in nearby)) else cue


@lru_cache(maxsize=1 << 12)
def needed_after(word: str) -> frozenset[str]:
    """The words one of which follows a folded word where it reports; empty where it does without."""
    needs = [_needed().get(form, frozenset()) for form in _forms(word) if cue_kind(form)]
    return needs[0] if needs and all(needs) else frozenset()


@cache
def _needed() -> dict[str, frozenset[str]]:
    rows = rows_of("following")
    return {folded(form): frozenset(map(folded, needed.split())) for needed, forms_ in rows for form in forms_.split()}


def whole(text: str, before: list[Word], place: int, cue: Cue) -> Cue:
    """A cue with the verb right before it where two words report together: استدرك قائلا."""
    verb = reporting_at(before, place - 1) if place and cue.kind == "participle" else None
    together = verb and verb.kind == "verb" and text[verb.end : cue.start] == " "
    return Cue(verb.start, cue.end, "verb") if verb and together else cue


def _describing(form: str) -> bool:
    """Whether a form gives a thing a name or quality, a pronoun for the thing at its end or not."""
    if form == _SEVERAL:
        return False
    bare_form = form.removesuffix("ه") if form.endswith("ه") else form.removesuffix("ها").removesuffix("هم")
    return form in listed("describing") or (len(bare_form) > 3 and bare_form in listed("describing"))


def _forms(word: str) -> tuple[str, ...]:
    joined = len(word) == len("وحث") and word[0] == "و"
    return forms(word, CONJUNCTIONS + "لب", 2 if joined else 3)


def is_weak(word: Word) -> bool:
    """Whether a reporting word has other meanings."""
    return any(form in listed("weak") for form in _forms(word.folded))


def reach(word: Word) -> int:
    """Within how many words the أن of a weak reporting word stands."""
    return 8 if any(form in listed("far") for form in _forms(word.folded)) else 7


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
        found = reporting_at(before, place)
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
    word = before[place]
    if place and before[place - 1].folded in listed("verbless"):
        return 0
    if cue.kind == "noun":
        nominal = any(form.startswith(_NOMINAL) for form in _forms(word.folded))
        return 2 if nominal and len(before) - place <= _NOUN_REACH else 0 if is_weak(word) else 1
    if is_weak(word) and not _has_that(before, place) and not _adjoins(text, before, place, start):
        return 0
    return 1 if cue.kind == "preposition" else 2


def _has_that(before: list[Word], place: int) -> bool:
    """Whether an أن follows a weak reporting word, and no other reporting word is more likely to govern it."""
    that = any(word.folded in listed("that") for word in before[place + 1 :][: reach(before[place])])
    return that and not (place and reporting_at(before, place - 1)) and not _is_governed(before, place)


def _adjoins(text: str, before: list[Word], place: int, start: int) -> bool:
    """Whether what starts at `start` follows a reporting word closely, or with a colon after a few words."""
    word, length = before[place], len(before) - place
    between = text[word.end : start]
    if word.folded == _BETWEEN and ":" not in between:
        return False
    return length <= _CLOSE or (length <= _COLON_REACH and between.rstrip(f" {GLYPHS}").endswith(":"))


def _is_governed(before: list[Word], place: int) -> bool:
    """Whether a stronger verb stands before, whose أن comes only after this one: أوضح في حوار نشر أمس أن …."""
    for number in range(place - 1, max(-1, place - _AHEAD), -1):
        if before[number].folded in listed("that"):
            return False
        main = reporting_at(before, number)
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
    for place, word in enumerate(rest[: 5 if rest[0].folded in listed("was") else 2]):
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
        main = reporting_at(before, number)
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
    if from_whom := [number for number in range(max(0, place - _BACK), place) if before[number].folded == "عن"]:
        return tuple(phrase(text, before[from_whom[-1] + 1 : place]))
    own = before[place].folded.endswith(("ه", "ها", "هم"))
    return () if own else tuple(phrase(text, before[place + 1 : place + _AHEAD]))


def _unbound(text: str, word: Word) -> Word:
    """A word without the ل that وفقا takes."""
    rest = word.folded[1:]
    return Word(start_of(text, word, rest), word.end, "ا" + rest if rest.startswith("ل") else rest)


def _antecedent(text: str, before: list[Word], place: int) -> tuple[Word, ...]:
    """The name or title before الذي and its verb: رئيسها فلان، الذي شدد على …."""
    relative = place > 0 and before[place - 1].folded in listed("relative")
    if not relative or before[place].folded.endswith(("ها", "هم", "ه")):
        return ()
    near = range(max(0, place - _BEFORE_RELATIVE), place - 1)
    first = next((number for number in near if _names_somebody(before[number:])), None)
    return tuple(phrase(text, before[first : place - 1])) if first is not None else ()


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
    if cue.kind == "verb" and (adjacent := _adjacent(text, before, cue)):
        return adjacent
    heads = (number for number, word in enumerate(before[:_HEAD]) if _heads_subject(word.folded))
    first = next(heads, None)
    return phrase(text, before[first:]) if first is not None else []


def _adjacent(text: str, before: list[Word], cue: Cue) -> list[Word]:
    """The longest phrase that ends right before a verb, not reaching back over a preposition."""
    for start in range(max(0, len(before) - _SUBJECT), len(before)):
        if start and before[start - 1].folded in listed("prepositions"):
            break
        word = before[start].folded
        found = [] if word.startswith("ي") and word not in listed("given") else phrase(text, before[start:])
        ends_there = found and found[-1] is before[-1] and not _STOP.search(text[found[-1].end : cue.start])
        if ends_there and not is_end(word):
            return found
    return []


def _heads_subject(word: str) -> bool:
    """Whether a word is a title, in the accusative too, or a noun for an institution."""
    return any(is_listed(form, "titles") for form in (word, word.removesuffix("ا"))) or is_listed(word, "organisations")


def phrase(text: str, following: list[Word]) -> list[Word]:
    """The first words up to a preposition, a mark of punctuation, a reporting word or the like."""
    found: list[Word] = []
    for word in following[1 if following and following[0].folded in listed("clitics") else 0 :]:
        if _ends_phrase(word) or (found and (_parts(text, found[-1], word) or _goes_on(word))):
            break
        found.append(word)
    return found[:_LONGEST]


def _ends_phrase(word: Word) -> bool:
    """Whether a word is no part of a phrase, wherever it stands: a preposition, a number, an outlet that is told."""
    told = word.folded.startswith("ل") and is_listed(word.folded[1:], "outlets")
    return told or is_end(word.folded) or word.folded[:1].isdigit()


def _parts(text: str, earlier: Word, word: Word) -> bool:
    """Whether a mark stands between two words, but for the full stop of د."""
    gap = text[earlier.end : word.start]
    return bool(_STOP.search(gap)) and not (earlier.folded == "د" and gap == ". ")


def _goes_on(word: Word) -> bool:
    """Whether the clause goes on after the phrase: with what is reported, or a definite word after ب."""
    cue = reporting(word)
    return word.folded.startswith("بال") or (cue is not None and cue.kind in ("participle", "verb", "noun"))
