"""Content without أن: the verbal noun that a reporting word governs, أعلن انسحابه, طالب بعقد جلسة, حذر من وقوعه."""

import re
from functools import cache, lru_cache

from tasrih.drafting.cues import Cue, is_end, reporting
from tasrih.text.letters import fold
from tasrih.text.lists import is_listed, listed, rows_of
from tasrih.text.marks import GLYPHS
from tasrih.text.words import CONJUNCTIONS, Word, bare, forms, start_of

_REACH, _NEAR = 16, 10  # words after a verb in which its content begins, and after a participle or noun
_SHORT = 4  # letters less than which no word with a preposition has
_NOTHING = "-"
_APART = re.compile(f"[،{re.escape(GLYPHS)}]")
_FELT = 5  # words after the noun of a feeling in which its content begins
_OF_FEELING = frozenset(("-", "في", "من", "علي", "عن", "ل", "ب", "ازاء", "حيال"))
_PRONOUNS = ("هما", "هم", "ها", "ه", "نا")
_SHAPES = re.compile(
    r"است\w{1,2}ا\w|ان\w{2}ا\w|ا\wت\wا\w|ات\wا\w|ت\w{2}ي\w|"  # استئناف، انخفاض، ارتفاع، اتفاق، تأجيل
    r"(?:است\w{2}|ا\wا|م\wا\w\w)ه"  # استقالة، إقامة، مطالبة
)
_WITH_HAMZA = re.compile(r"إ\w{2}ا\w")  # إغلاق, of which without its hamza only the list can tell


def governing(word: Word) -> Cue | None:
    """The reporting word in a word, whose pronoun may be the object: اتهمه بـ, أبلغهم أن."""
    found = _governing(word.folded)
    return Cue(word.start + found[0], word.end, found[1]) if found else None


@lru_cache(maxsize=1 << 16)
def _governing(word: str) -> tuple[int, str] | None:
    """The length of the proclitic before the reporting word in a folded word, and its kind."""
    if cue := reporting(Word(0, len(word), word)):
        return cue.start, cue.kind
    if (form := _form(word)) and form not in listed("prepositions"):
        return len(word) - len(form), "verb"
    for ending in _PRONOUNS:
        rest = word.removesuffix(ending)
        if 2 < len(rest) < len(word) and (form := _form(rest)):
            return (len(rest) - len(form), "verb") if form in _objects() else None
    return None


def content(text: str, sentence: list[Word], place: int, cues: dict[int, Cue]) -> tuple[int, int] | None:
    """The place of the word with which the content of a reporting word begins, and the offset in it."""
    before, kind = _before(sentence[place].folded), cues[place].kind
    if not before:
        return None
    order, commas = _is_order(sentence[place].folded), 0
    first, reach = place + (2 if kind == "noun" else 1), _REACH if kind == "verb" else _NEAR
    for number in range(first, min(len(sentence), place + reach)):
        comma = "،" in text[sentence[number - 1].end : sentence[number].start]
        commas += comma
        if commas and kind == "noun":
            return None
        apart = frozenset((_NOTHING,)) if commas % 2 and not comma else frozenset()
        if start := _begins(text, sentence, (place, number), before - apart, order=order):
            return number, start
        if _stops(sentence[number], cues.get(number), kind):
            return None
    return None


def _stops(word: Word, cue: Cue | None, kind: str) -> bool:
    """Whether the content of a reporting word of some kind stands before a word or nowhere."""
    if cue and cue.kind in ("verb", "participle") and word.folded not in listed("prepositions"):
        return True
    lists = ("that", "what", "reason") if kind == "verb" else ("that", "what", "reason", "relative")
    return any(form in listed(name) for form in forms(word.folded, "و") for name in lists)


def _begins(text: str, sentence: list[Word], places: tuple[int, int], before: frozenset[str], *, order: bool) -> int:
    """The offset at which the content begins in a word; 0 where it does not."""
    place, number = places
    word, earlier = sentence[number], sentence[number - 1]
    if "ل" in before and word.folded.startswith("لل") and is_verbal(word.folded[2:], word.folded[2:]):
        return start_of(text, word, word.folded[2:])
    for proclitic in before & {"ب", "ل"}:
        rest = word.folded[1:]
        if word.folded.startswith(proclitic) and _states(text, sentence, number, rest, order=order):
            return start_of(text, word, rest)
    if earlier.folded in before:
        return word.start if _states(text, sentence, number, word.folded, order=order) else 0
    governed = number - 1 > place and (_governs(earlier.folded) or _heads(earlier.folded))
    if governed and _APART.search(text, earlier.end, word.start):
        governed = False  # حركة "…" بسط
    if _NOTHING not in before or governed or is_end(word.folded) or word.folded in listed("given"):
        return 0
    following = sentence[number + 1].folded if number + 1 < len(sentence) else ""
    takes = following in listed("prepositions") or (following[:1] in ("ب", "ل") and not is_ordinary(following))
    takes = takes and not is_listed(word.folded, "speeches")
    return word.start if _states(text, sentence, number, word.folded, order=takes) else 0


def is_ordinary(word: str) -> bool:
    """Whether a word begins with its own letter, not with a preposition: بيان, لقاء."""
    return word in listed("ordinary") or word in listed("given") or len(word) < _SHORT


def felt(text: str, sentence: list[Word], place: int) -> tuple[int, int] | None:
    """The same for أعرب عن رغبته في السفر: what the noun of a feeling governs."""
    if not _is_in(sentence[place].folded, "expressing"):
        return None
    for number in range(place + 1, min(len(sentence), place + _NEAR)):
        if sentence[number].folded in listed("that"):
            return None
        if any(form in listed("feelings") for word in bare(sentence[number].folded) for form in _without_pronoun(word)):
            return _after_feeling(text, sentence, number)
    return None


def _after_feeling(text: str, sentence: list[Word], place: int) -> tuple[int, int] | None:
    for number in range(place + 1, min(len(sentence), place + _FELT)):
        if start := _begins(text, sentence, (place, number), _OF_FEELING, order=True):
            return number, start
        if _stops(sentence[number], None, "noun"):
            return None
    return None


def asked(sentence: list[Word], place: int) -> tuple[int, int] | None:
    """The same for a question: سأل متى يعود, تساءل عما إذا كان يعود."""
    if not _is_in(sentence[place].folded, "asking"):
        return None
    for number in range(place + 1, min(len(sentence), place + _NEAR)):
        word = sentence[number]
        if any(form in listed("questions") for form in forms(word.folded, CONJUNCTIONS)):
            late = any(other.folded == "اذا" for other in sentence[number + 1 : number + 2])
            first = sentence[min(number + 2, len(sentence) - 1)] if late else word
            return number + 2 * late, first.start
        if word.folded in listed("that"):
            return None
    return None


@lru_cache(maxsize=1 << 16)
def _is_in(word: str, name: str) -> bool:
    return any(form in listed(name) for form in forms(word, CONJUNCTIONS + "لب", 3))


@lru_cache(maxsize=1 << 16)
def _governs(word: str) -> bool:
    """Whether a word governs the verbal noun after it, or a verb: خلال لقاء, الذي نقل."""
    return any(form in listed(name) for form in forms(word, CONJUNCTIONS) for name in ("governing", "relative", "what"))


def _heads(word: str) -> bool:
    """Whether a noun has a verbal noun for its genitive: لجنة تنظيم, فكرة التعاقد; a number is none of a subject."""
    if word.startswith(("لل", "ولل")):
        return False
    heads = word in listed("heading") or is_listed(word, "titles") or is_listed(word, "organisations")
    return word.isdigit() or (heads and not word.startswith("ال"))


def _states(text: str, sentence: list[Word], number: int, form: str, *, order: bool) -> bool:
    """Whether a word is a verbal noun with something of its own; behind an order it needs nothing."""
    definite, word = form.startswith("ال"), sentence[number]
    if definite and not order:
        return False
    written = text[start_of(text, word, form) : word.end]
    if not is_verbal(form[2:] if definite else form, written[2:] if definite else written):
        return False
    return order or number + 1 < len(sentence) or form.endswith(_PRONOUNS)


@lru_cache(maxsize=1 << 14)
def is_verbal(form: str, written: str) -> bool:
    """Whether a folded word is a verbal noun, a pronoun at its end or not; `written` tells its hamza."""
    if is_listed(form, "organisations") or is_listed(form, "documents"):
        return False
    bare_forms = _without_pronoun(form)
    if any(one in listed("verbal_nouns") for one in bare_forms):
        return True
    shaped = any(_SHAPES.fullmatch(one) for one in bare_forms)
    shaped = shaped or any(_WITH_HAMZA.fullmatch(one) for one in _without_pronoun(written))
    return shaped and not is_listed(form, "governors")


def _without_pronoun(form: str) -> list[str]:
    found = [form, form.removesuffix("ا")]
    for ending in _PRONOUNS:
        if form.endswith(ending) and len(form) > len(ending) + 2:
            rest = form.removesuffix(ending)
            found += [rest, rest[:-1] + "ه"] if rest.endswith("ت") else [rest]
    return found


def _form(word: str) -> str | None:
    return next((form for form in forms(word, CONJUNCTIONS + "لب", 2) if form in _table()), None)


@lru_cache(maxsize=1 << 14)
def _before(word: str) -> frozenset[str]:
    """What may stand before the content of a reporting word."""
    form = _form(word)
    return _table()[form] if form else frozenset()


def takes_content(word: str) -> bool:
    """Whether a reporting word may have a verbal noun as its object: أكد, أعلن."""
    return _NOTHING in _before(word)


@lru_cache(maxsize=1 << 14)
def _is_order(word: str) -> bool:
    form = _form(word)
    return form is not None and form in listed("orders")


@cache
def _table() -> dict[str, frozenset[str]]:
    """What may stand before the content, by the folded form of a reporting word."""
    table: dict[str, frozenset[str]] = {}
    for before, words in rows_of("contents"):
        for word in fold(words)[0].split():
            table[word] = table.get(word, frozenset()) | frozenset(fold(before)[0].split())
    return table


@cache
def _objects() -> frozenset[str]:
    """Reporting verbs whose object is a person, by form: what may have a pronoun at its end."""
    return listed("orders") | frozenset(form for form, before in _table().items() if before == _table()["ابلغ"])
