"""Reporting words, and the phrases beside them that say who speaks."""

import re
from functools import cache, lru_cache
from itertools import pairwise, takewhile
from typing import NamedTuple

from tasrih.drafting.gazetteer import is_known
from tasrih.text.lists import cue_kind, is_listed, listed, rows_of, with_object
from tasrih.text.marks import GLYPHS, IN_CLASS, OPENING
from tasrih.text.words import CONJUNCTIONS, PREPOSITIONS, Word, folded, forms, start_of, words

_NOMINAL = ("قول", "القول", "اتهام", "وصفه", "وصفها", "نعته", "الجواب", "الرد")
_BACK, _AHEAD = 60, 16  # words before a cue in which its subject is looked for, and after it
_BEFORE_RELATIVE = 6  # words before الذي in which the name or title that it is of begins
_SUBJECT, _HEAD = 7, 4  # words of a subject before its verb, and of a sentence, in which a title begins
_NOUN_REACH, _CLOSE, _COLON_REACH = 5, 4, 9  # words from قوله, from a weak verb, and from one before a colon to speech
_NEEDED = 9  # words after a reporting word among which the one it needs stands
_BESIDE = 3  # characters less than which part a word from one beside it
_LONGEST = 12  # words of a phrase
_FAR = 10  # words after a verb in which a title behind a phrase with a preposition stands
_NAMING = ("titles", "organisations", "outlets", "given")
_SPEAKING = ("titles", "organisations", "outlets", "texts", "documents", "groups")
_VERBAL_NOUN = re.compile("است..ا.(?:ه|ها)?|ت..ي.(?:ه|ها)?|[اإ][^ل]?ت..?ا.(?:ه|ها)?|ان..ا.(?:ه|ها)?")
_CAUSATIVE = re.compile("ا..ا.(?:ه|ها)?")
_STOP = re.compile(rf"[،,:.؛(\[{IN_CLASS}-]|''|``|<<|>>")
_OPENERS = re.escape(OPENING + '"')
_BETWEEN, _SEVERAL, _AS_FOR, _GOD = "بين", "عده", "اما", "الله"


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
        kind = cue_kind(form) or ("verb" if _describing(form) or form in with_object() else None)
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
    governed = cue.kind == "verb" and any(earlier in listed(name) for name in ("prepositions", "one_of", "verbless"))
    if cue.kind == "noun" and earlier in listed("as_told"):
        cue = cue._replace(kind="verb")  # ما وصفه
    bound = sentence[place].folded in with_object() and earlier not in listed("as_told")
    needed = listed("that") if bound else needed_after(sentence[place].folded)
    nearby = sentence[place + 1 : place + (_CLOSE if bound else _NEEDED)]
    missing = needed and all(word.folded not in needed for word in nearby)
    return None if governed or missing or _is_between(sentence, place) else cue


def _is_between(sentence: list[Word], place: int) -> bool:
    """Whether a word is "between" two, not "he made clear": بين البلدين, بين هذا وذاك."""
    if sentence[place].folded != _BETWEEN:
        return False
    following = [word.folded for word in sentence[place + 1 : place + 3]]
    return any(word.endswith(("ين", "هما", "هم")) for word in following[:1]) or following[1:2] == ["و"]


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


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[str, ...]:
    joined = len(word) == len("وحث") and word[0] == "و"
    return forms(word, CONJUNCTIONS + "لب", 2 if joined else 3)


def is_weak(word: Word) -> bool:
    """Whether a reporting word has other meanings."""
    return _is_weak(word.folded)


@lru_cache(maxsize=1 << 16)
def _is_weak(word: str) -> bool:
    bases = [word]
    if word in with_object():
        bases += [word.removesuffix(ending) for ending in ("ه", "ها", "هم") if word.endswith(ending)]
    return any(form in listed("weak") for base in bases for form in _forms(base))


def reach(word: Word) -> int:
    """Within how many words the أن of a weak reporting word stands."""
    return 8 if is_among(word, "far") else 7


def describes(text: str, cue: Cue) -> bool:
    """Whether a cue gives a thing a name or quality, or demands it."""
    return _describes(word_at(text, cue))


@lru_cache(maxsize=1 << 12)
def _describes(word: str) -> bool:
    return any(map(_describing, _forms(word)))


def word_at(text: str, cue: Cue) -> str:
    """The cue, folded."""
    return _first_word(text[cue.start : cue.end])


@lru_cache(maxsize=1 << 12)
def _first_word(text: str) -> str:
    """The first word of a text, folded."""
    return next((word.folded for word in words(text)), "")


def is_end(word: str) -> bool:
    """Whether a word ends the subject of a verb."""
    return word in listed("ends") or (word[:1] in ("و", "ف") and word[1:] in listed("ends"))


def cue_before(text: str, before: list[Word], start: int) -> tuple[Cue | None, int]:
    """The nearest of the words before a stretch whose speech can reach it, and its place among them."""
    fallback: tuple[Cue | None, int] = (None, -1)
    for place in [place for place, word in enumerate(before) if _reporting(word.folded)][::-1]:
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
    bound = before[-1].folded in needed_after(word.folded)  # أجمع … على
    if is_weak(word) and not bound and not _has_that(before, place) and not _adjoins(text, before, place, start):
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
    inside = len(text[end : end + 2]) - len(text[end : end + 2].lstrip()) + 1  # a space before the closing mark, and it
    mark = re.search(f"[{_OPENERS}]", text[end + inside : end + 80])
    rest = words(text, end, end + inside + mark.start() if mark else min(len(text), end + 80))
    if not rest or not re.fullmatch(r"[^\w.]{1,4}", text[end : rest[0].start]):
        return None
    first, apart = reporting(rest[0]), re.search(r"[،,؟?!–-]", text[end : rest[0].start])
    if short and not apart and first and first.kind == "verb":
        return None
    early = (
        5 if rest[0].folded in listed("was") else 3 if any(word.folded in listed("what") for word in rest[1:2]) else 2
    )
    for place, word in enumerate(rest[:early]):
        found = reporting(word)
        if found and found.kind == "preposition" and (told := _told_after(text, rest[place + 1 : place + 3])):
            return told[0], tuple(phrase(text, rest[rest.index(told[1]) + 1 :]))
        if found and found.kind in ("verb", "preposition") and not is_weak(word):
            return found, tuple(phrase(text, rest[1:place]) or phrase(text, rest[place + 1 :]))
    return None


def _told_after(text: str, following: list[Word]) -> tuple[Cue, Word] | None:
    """The verb or noun after كما, بحسب ما or حسب: it is the cue, for a preposition gives way to it."""
    skipped = following[1:] if following and following[0].folded in listed("what") else following[:1]
    for word in skipped[:1]:
        cue = reporting(word)
        if cue and cue.kind in ("verb", "noun") and not text[word.end : word.end + 1].strip():
            return cue, word
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
    """The phrase that names the speaker: relayed, after the cue, before it, or the subject of the main verb.

    Of a document, whom it is from where that stands behind it.
    """
    found = _relayed(text, before, place) or _as_for(text, before[:place], cue) or _antecedent(text, before, place)
    found = found or _own(text, before, place, cue)
    if not found and cue.kind == "noun" and place:
        found = _of_noun(text, before, place, cue)
    if not found and not (cue.kind == "noun" and place and describes(text, cue)):
        found = _of_main(text, before, place) or _leading(text, before, place, cue)
    return _issuer(text, before, found) if found else ()


def _own(text: str, before: list[Word], place: int, cue: Cue) -> tuple[Word, ...]:
    """The subject of a verb, before it where it needs an object or only a noun with ل follows; else what follows."""
    if _resumes(before, place):
        return ()
    found = _after(text, before, place, cue)
    told = not found or found[0].folded.startswith("ل") or is_among(before[place], "objects")
    return (tuple(_before_verb(text, _up_to(before, place, cue), cue)) if told else ()) or found


def _as_for(text: str, before: list[Word], cue: Cue) -> tuple[Word, ...]:
    """The topic of أما الوزير فقال, wherever in the sentence أما stands."""
    if text[cue.start - 1 : cue.start] != "ف":
        return ()
    places = [place for place, word in enumerate(before) if _AS_FOR in forms(word.folded, CONJUNCTIONS)]
    return tuple(phrase(text, before[places[-1] + 1 :])) if places else ()


def _resumes(before: list[Word], place: int) -> bool:
    """Whether a verb has the subject of the one before it: خطابا قال فيه."""
    return any(word.folded in listed("resuming") for word in before[place + 1 : place + 2])


def _of_main(text: str, before: list[Word], place: int) -> tuple[Word, ...]:
    """The subject of the nearest verb or preposition before a cue that has one; of one inside a report only at need."""
    inner: tuple[Word, ...] = ()
    for number in range(place - 1, max(-1, place - _BACK), -1):
        main = reporting_at(before, number)
        sure = not is_weak(before[number]) or place - number < 4 or _names_somebody(before[number + 1 :])
        governs = sure and main and main.kind in ("verb", "preposition")
        if governs and main and (found := _own(text, before[: min(place, number + _AHEAD)], number, main)):
            if not _is_reported(before[:number], found[0]):
                return found
            inner = inner or found
    return inner


def _is_reported(before: list[Word], first: Word) -> bool:
    """Whether a subject before its verb stands right behind an أن: its verb is part of what another reports."""
    return any(
        word.end < first.start and word.folded in listed("that")
        for word, following in pairwise(before)
        if following.start == first.start
    )


def _leading(text: str, before: list[Word], place: int, cue: Cue) -> tuple[Word, ...]:
    earlier = _up_to(before, place, cue)
    return tuple(_topic(text, earlier) if _resumes(before, place) else leading(text, earlier, cue))


def _up_to(before: list[Word], place: int, cue: Cue) -> list[Word]:
    """The words before a cue among which its subject may be."""
    return [word for word in before[max(0, place - _BACK) : place] if word.end <= cue.start]


def _issuer(text: str, before: list[Word], found: tuple[Word, ...]) -> tuple[Word, ...]:
    """Whom a document is from, where it says so with ل, من or عن; the words as they are otherwise."""
    document = is_listed(found[0].folded, "documents") or is_listed(found[0].folded, "texts")
    if not document or found[0].folded.startswith("ال"):
        return found
    first = before.index(found[0]) if found[0] in before else len(before)
    for number in range(first + 1, min(len(before), first + _CLOSE)):
        word, earlier = before[number], before[number - 1].folded
        of = earlier in ("من", "عن") or word.folded.startswith("ل")
        if of and any(is_listed(word.folded, name) for name in ("organisations", "outlets", "titles")):
            whole_word = _unbound(text, word) if word.folded.startswith("ل") else word
            return tuple(phrase(text, [whole_word, *before[number + 1 : number + _AHEAD]])) or found
    return found


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
    if cue.kind == "verb":
        return tuple(_subject_after(text, before[place], following))
    if cue.kind != "preposition":
        return ()
    bound = before[place].folded.endswith("ا") and following and following[0].folded.startswith("ل")
    return tuple(phrase(text, [_unbound(text, following[0]), *following[1:]] if bound else following))


def _subject_after(text: str, verb: Word, following: list[Word]) -> list[Word]:
    """The subject after a verb, behind adverbs and phrases with a preposition; nothing where an object stands there."""
    rest = _past_adverbs(following)
    found = list(takewhile(lambda word: word.folded not in listed("adverbs"), phrase(text, rest)))
    if not found:
        return _past_preposition(text, rest)
    if is_document(found[0]):
        return [found[0], *takewhile(_is_adjective, found[1:])]
    none = _is_bound(found[0], verb) or _is_content(text, verb, found[0]) or _is_oblique(found[0])
    none = none or (found[0].folded == _GOD and is_among(verb, "of_god"))
    return [] if none or _is_object(verb, found, rest) else found


def is_document(word: Word) -> bool:
    """Whether a word is the noun of a document with the article: who stands behind it is no part of its name."""
    return word.folded.startswith("ال") and is_listed(word.folded, "documents")


def _is_adjective(word: Word) -> bool:
    definite = word.folded.startswith("ال") or word.folded in listed("same")
    return definite and not is_known(word.folded) and not any(is_listed(word.folded, name) for name in _NAMING)


def _past_adverbs(following: list[Word]) -> list[Word]:
    """What follows a verb, without the adverbs at its beginning."""
    place = 0
    while place < len(following) and following[place].folded in _before_subjects():
        place += 1
    return following[place:]


@cache
def _before_subjects() -> frozenset[str]:
    return listed("adverbs") | listed("clitics")


def _past_preposition(text: str, following: list[Word]) -> list[Word]:
    """A subject with a title behind a phrase with a preposition: شدد في هذا الصدد وزير …."""
    if following and following[0].folded in listed("that"):
        return []
    for place, word in enumerate(following[1:_FAR], 1):
        earlier = following[place - 1]
        if word.folded in listed("that") or re.search(r"[:؛.]", text[earlier.end : word.start]):
            break
        whole_before = earlier.folded.startswith("ال") or earlier.folded in listed("adverbs")
        apart = (whole_before or "،" in text[earlier.end : word.start]) and not _is_preposition(earlier.folded)
        adjective = word.folded.startswith("ال") and not _ends_this(following, place)
        whole_word = word.folded in listed("titles") or word.folded[0] not in CONJUNCTIONS + PREPOSITIONS
        fits = whole_word and not (adjective and "،" not in text[earlier.end : word.start])
        if apart and fits and is_listed(word.folded, "titles"):
            return phrase(text, following[place:])
    return []


def _ends_this(following: list[Word], place: int) -> bool:
    """Whether "this" and a noun stand before a place: في هذا الصدد."""
    return place > 1 and following[place - 2].folded in ("هذا", "هذه")


def _is_bound(word: Word, verb: Word) -> bool:
    """Whether a word begins with a preposition: ل before a title, name or institution, ب after a verb that takes it."""
    rest = word.folded[1:]
    if len(rest) < 3 or word.folded in listed("given") or is_known(word.folded):
        return False
    if word.folded.startswith("ل"):
        several = rest.endswith(("ين", "يين")) or rest in listed("groups")
        return several or rest.startswith("ل") or any(is_listed(rest, name) for name in _NAMING) or is_known(rest)
    noun = any(is_listed(word.folded, name) for name in (*_NAMING, "documents"))
    return word.folded.startswith("ب") and is_among(verb, "after_b") and not noun


def _is_oblique(word: Word) -> bool:
    """Whether a word is a plural or dual in ين, which no subject has after its verb: الصحافيين."""
    several = word.folded.startswith("ال") and word.folded.endswith("ين") and len(word.folded) > len("الحسين")
    return several and not is_known(word.folded) and word.folded not in listed("given")


def _is_content(text: str, verb: Word, word: Word) -> bool:
    """Whether a word is a noun for what is reported: listed, or of the shape of a verbal noun."""
    if is_among(verb, "saying"):
        return False
    if word.folded in listed("contents"):
        return True
    shaped = _VERBAL_NOUN.fullmatch(word.folded) or (text[word.start] == "إ" and _CAUSATIVE.fullmatch(word.folded))
    named = is_known(word.folded) or any(is_listed(word.folded, name) for name in (*_NAMING, "documents"))
    return bool(shaped) and not named


def _is_object(verb: Word, found: list[Word], following: list[Word]) -> bool:
    """Whether the only noun after a verb that needs an object is that: اتهم الاتحاد الأوروبي بأنه …."""
    noun = list(takewhile(lambda word: not word.folded.startswith("لل"), found))
    if is_among(verb, "objects") and _disagrees(verb, noun):
        return True
    if not is_among(verb, "object_first") or len(noun) not in (1, 2) or len(noun) == len(following):
        return False
    named = noun[0].folded in listed("given") or is_known(noun[0].folded)
    single = len(noun) == 1 or (noun[1].folded.startswith("ال") and not named)
    after = next((word.folded for word in _past_adverbs(following[len(noun) :])), "")
    return single and (after in ("علي", "الي") or after.startswith(("بان", "بال", "لل")) or _is_with_b(after))


def _disagrees(verb: Word, noun: list[Word]) -> bool:
    """Whether a verb has the other gender than the noun after it, its object then: دعا الولايات المتحدة."""
    form = next((form for form in _forms(verb.folded) if cue_kind(form)), verb.folded)
    if not noun or form.startswith("ي") or (form.endswith(("ا", "ون", "ان")) and form != "دعا"):
        return False
    feminine = form.endswith("ت") or (form.startswith("ت") and cue_kind("ي" + form[1:]) is not None)
    if feminine:
        title = noun[0].folded.startswith("ال") and noun[0].folded[2:] in listed("titles")
        return title and not noun[0].folded.endswith(("ه", "ات"))
    adjective = any(word.folded.startswith("ال") and word.folded.endswith("ه") for word in noun[1:2])
    definite = noun[0].folded.startswith("ال") and noun[0].folded.endswith(("ه", "ات"))
    return definite and (
        adjective or noun[0].folded[2:] in listed("titles") or is_listed(noun[0].folded, "organisations")
    )


def _is_with_b(word: str) -> bool:
    return word.startswith("ب") and not is_known(word) and word not in listed("given") and len(word) > 3


def is_among(word: Word, name: str) -> bool:
    """Whether a reporting word, its proclitic aside, is in a list."""
    return not listed(name).isdisjoint(_forms(word.folded))


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
    definite = rest.startswith("ل") and rest not in listed("organisations")  # للشرطة, not للجنة
    return Word(start_of(text, word, rest), word.end, "ا" + rest if definite else rest)


def _antecedent(text: str, before: list[Word], place: int) -> tuple[Word, ...]:
    """The name, title or noun for who speaks before الذي and its verb: رئيسها فلان، الذي شدد على …."""
    relative = place > 0 and before[place - 1].folded in listed("relative")
    if not relative or before[place].folded.endswith(("ها", "هم", "ه")):
        return ()
    for number in range(max(0, place - _BEFORE_RELATIVE), place - 1):
        word = before[number]
        if word.folded in listed("given") or any(is_listed(word.folded, name) for name in _SPEAKING):
            bound = word.folded[0] in PREPOSITIONS and not any(word.folded in listed(name) for name in _SPEAKING)
            first = _unbound(text, word) if bound else word
            found = phrase(text, [first, *before[number + 1 : place - 1]])
            if found and found[-1].end == before[place - 2].end:
                return tuple(found)
    return ()


def _relayed(text: str, before: list[Word], place: int) -> tuple[Word, ...]:
    """نقلت وكالة … عن فلان."""
    if not is_among(before[place], "relaying"):
        return ()
    sources = (number for number in range(place + 1, min(len(before), place + 12)) if before[number].folded == "عن")
    source = next(sources, None)
    return tuple(phrase(text, before[source + 1 : source + _AHEAD])) if source is not None else ()


def leading(text: str, before: list[Word], cue: Cue) -> list[Word]:
    """What stands right before the cue as its subject, or a title or institution that the sentence begins with."""
    while before and before[-1].folded in ("قد", "لقد"):
        before = before[:-1]
    return _before_verb(text, before, cue) or _topic(text, before)


def _topic(text: str, before: list[Word]) -> list[Word]:
    """What a sentence is about: what stands after أما, or a title or institution that it begins with."""
    if len(before) > 1 and before[0].folded.lstrip(CONJUNCTIONS) == _AS_FOR and (topic := phrase(text, before[1:])):
        return topic
    heads = (number for number, word in enumerate(before[:_HEAD]) if _heads_subject(word.folded))
    first = next(heads, None)
    return phrase(text, before[first:]) if first is not None else []


def _before_verb(text: str, before: list[Word], cue: Cue) -> list[Word]:
    """The subject of a verb that stands before it: right there, or before a clause or apposition between commas."""
    while before and before[-1].folded in ("قد", "لقد"):
        before = before[:-1]
    joined = text[max(0, cue.start - 1)].isalpha()  # وشدد: another clause begins with it
    if cue.kind != "verb" or not before or joined:
        return []
    if adjacent := _adjacent(text, before, cue):
        return adjacent
    if "،" not in text[before[-1].end : cue.start]:
        return []
    for place in range(len(before) - 1, 0, -1):
        mark = re.search("[،؛]", text[before[place - 1].end : before[place].start])
        comma = before[place - 1].end + mark.start() if mark else 0
        found = _adjacent(text, before[:place], Cue(comma, comma, "verb")) if mark else []
        if found and _begins_clause(before, before.index(found[0])):
            return found
    return []


def _begins_clause(sentence: list[Word], place: int) -> bool:
    """Whether a word is the first of its clause."""
    return not place or any(form in listed("clause") for form in forms(sentence[place - 1].folded))


@lru_cache(maxsize=1 << 14)
def _is_preposition(word: str) -> bool:
    return any(form in listed(name) for form in forms(word, CONJUNCTIONS) for name in ("prepositions", "oblique"))


def _adjacent(text: str, before: list[Word], cue: Cue) -> list[Word]:
    """The longest phrase that ends right before a verb; behind a preposition only an office or institution."""
    governed = False
    for start in range(max(0, len(before) - _SUBJECT), len(before)):
        earlier = before[start - 1].folded if start else ""
        governed = (governed or _is_preposition(earlier)) and earlier not in listed("that")
        if governed and not (before[start].folded.startswith("ال") and _heads_subject(before[start].folded)):
            continue
        word = before[start].folded
        found = [] if _is_no_subject(word) else phrase(text, before[start:])
        ends_there = found and found[-1] is before[-1] and not _STOP.search(text[found[-1].end : cue.start])
        if ends_there and not is_end(word) and not _is_no_subject(found[-1].folded):
            return found
    return []


def _is_no_subject(word: str) -> bool:
    """Whether no subject begins with a word: another verb, a noun with ل, or the object of one: بيانا."""
    named = word in listed("given") or is_known(word)
    bound = word.startswith("ل") and len(word) > 4 and not is_listed(word, "organisations")
    owned = len(word) > 3 and word.endswith(("ه", "ها", "هم")) and is_listed(word.removesuffix("ه"), "organisations")
    return not named and (
        word.startswith("ي") or bound or owned or (word.endswith("ا") and word[:-1] in listed("documents"))
    )


def _heads_subject(word: str) -> bool:
    """Whether a word is a title, in the accusative too, or a noun for an institution."""
    return any(is_listed(form, "titles") for form in (word, word.removesuffix("ا"))) or is_listed(word, "organisations")


def phrase(text: str, following: list[Word]) -> list[Word]:
    """The first words up to a preposition, a mark of punctuation, a reporting word or the like."""
    found: list[Word] = []
    first = following[0].folded if following else ""
    skipped = first in listed("clitics") or first in ("ذات", "نفس") or (first and _is_this_latter(following))
    for word in following[1 if skipped else 0 :]:
        if _ends_phrase(word) or (found and (_parts(text, found[-1], word) or _goes_on(word))):
            break
        found.append(word)
    return found[:_LONGEST]


def _is_this_latter(following: list[Word]) -> bool:
    """Whether words begin with هذا الأخير."""
    return following[0].folded in ("هذا", "هذه") and any(word.folded in listed("latter") for word in following[1:2])


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
    cue = None if needed_after(word.folded) else reporting(word)
    return word.folded.startswith("بال") or (cue is not None and cue.kind in ("participle", "verb", "noun"))
