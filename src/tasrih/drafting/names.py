"""Names that nobody has listed, found by the words around them: institutions, people, places, events."""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from itertools import takewhile
from typing import NamedTuple

from tasrih.drafting.gazetteer import is_known, is_place, known_at
from tasrih.drafting.institutions import (
    LONGEST,
    begins_another,
    foreign_length,
    institution,
    is_adjective,
    is_foreign,
    joined_length,
)
from tasrih.drafting.lexemes import NAMES, is_bound, is_name_word, is_ordinary, kind_of
from tasrih.drafting.phrases import (
    has_article,
    is_common,
    is_definite,
    is_odd,
    is_odd_later,
    is_odd_name,
    nationality,
    unbroken_end,
)
from tasrih.text.lists import is_listed, listed
from tasrih.text.marks import IN_CLASS
from tasrih.text.words import PROCLITICS, Word, all_words, bare, forms, places, start_of, words_in

_LATIN = re.compile(r"\(\s?([A-Z][A-Za-z.&-]+(?: [A-Za-z][A-Za-z.&-]+){0,4})\s?\)")
_NEAR = 60  # characters before a name in brackets in which the noun of the institution stands
_REACH = 12  # words from the one that gives a name away in which the name ends
_BESIDE = 14  # characters before a word in which the one beside it begins
_GIVEN = ("given", "given_rare")
_ALI = "علي"  # a given name that is spelt like a preposition
_FAITH = "الدين"  # the second word of such given names as عز الدين
_FATHERS = ("given", "surnames")  # lists of the words that tell it from that
_RARE = ("given_rare", "surnames")
_LONGEST_RARE = 4  # words of a name that begins with no common given name
_SHORTEST_RARE = 4  # letters of a rare name that may stand alone
_LONGEST_PERSON = 9  # words of a name with those of fathers


class Name(NamedTuple):
    """A name: its type, its offsets, and the rule that found it."""

    type: str
    start: int
    end: int
    rule: str = ""


Rule = Callable[[str, Word, list[Word]], Iterator[Name]]


def names(text: str) -> Iterator[Name]:
    """The names in a text that a word before or inside them gives away."""
    found = all_words(text)
    end = 0  # of the words with nothing but spaces between
    for place in places(text, _is_telling):
        word = found[place]
        if rules := _rules(word.folded):
            end = end if place < end else unbroken_end(text, found, place)
            near = found[place : min(place + _REACH, end)]
            after_minister = place > 0 and is_listed(found[place - 1].folded, "ministers")
            for rule in rules if not after_minister else [rule for rule in rules if rule not in _OF_MINISTRY]:
                for type_, start, last, _ in rule(text, word, near):
                    yield Name(type_, start, last, rule.__name__.strip("_").replace("_", "-"))
        if "_" in word.folded and kind_of(word.folded.split("_")[0]) in _GIVEN:
            yield Name("PERS", word.start + (text[word.start] == "#"), word.end, "hashtag")
    yield from _in_brackets(text)


def _in_brackets(text: str) -> Iterator[Name]:
    """Latin letters in brackets behind an institution: its name in its own language, or its acronym."""
    for bracketed in _LATIN.finditer(text):
        before = words_in(text, bracketed.start() - _NEAR, bracketed.start())
        if any(is_listed(word.folded, "organisations") for word in before):
            yield Name("ORG", *bracketed.span(1), "latin-in-brackets")


@lru_cache(maxsize=1 << 16)
def _is_telling(word: str) -> bool:
    """Whether a folded word sets off any rule, or holds a name with _ for its spaces."""
    return "_" in word or bool(_rules(word))


@lru_cache(maxsize=1 << 14)
def _rules(word: str) -> tuple[Rule, ...]:
    """The rules that a folded word sets off, by their lists."""
    whole = word[1:] if len(word) == 3 and word[0] in PROCLITICS else word  # بحي, a word of two letters
    found = {rule for form in (*bare(word), whole) for rule in _by_form().get(form, ())}
    rules = tuple(rule for rule in _LISTS if rule in found)
    if whole.removeprefix("و") == _ALI:
        return (_given_name,)
    if not rules and len(word) > 2 and word[:2] != "لل" and _may_begin_rare(word):
        rules = (_rare_name,)
    return rules


@cache
def _by_form() -> dict[str, list[Rule]]:
    """The rules that a folded word sets off, its proclitics and article aside."""
    rules: dict[str, list[Rule]] = {}
    for rule, form in ((rule, form) for rule, lists in _LISTS.items() for name in lists for form in listed(name)):
        rules.setdefault(form, []).append(rule)
    return rules


def _may_begin_rare(word: str) -> bool:
    """Whether a folded word may begin a name of rare words: it is on no list, or is one of them, behind و or ل too."""
    if word[0] == "و" and word[1:] in listed("given"):
        return False
    return not kind_of(word) or any(kind_of(form) in _RARE for form in forms(word))


def peoples(text: str) -> Iterator[tuple[int, int, str]]:
    """The adjectives of countries, peoples and religions in a text: start, end, and the masculine."""
    for place in places(text, nationality):
        word = all_words(text)[place]
        if found := nationality(word.folded):
            yield start_of(text, word, found[1]), word.end, found[0]


def _institution_noun(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """وزارة الخارجية, بلدية روما, الشرطة الإسرائيلية."""
    if len(name := institution(near)) > 1:
        yield Name("ORG", _inside(text, word, "organisations"), name[-1].end)


def _national_body(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """القوات السورية, السلطات المصرية: a common noun with an adjective of nationality."""
    if not is_definite(word) and not word.folded.startswith("لل"):
        return
    length = 1
    while length < min(len(near), LONGEST) and is_definite(near[length]):
        length += 1
        if nationality(near[length - 1].folded):
            yield Name("ORG", _inside(text, word, "national"), near[length - 1].end)
            return
        if not is_adjective(near[length - 1], word):
            return


def _portfolio(_: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """وزير الخارجية: the ministry by its short name, without the minister's nationality."""
    if len(near) < 2 or not is_definite(near[1]) or has_article(word) or nationality(near[1].folded):
        return
    if any(is_listed(near[1].folded, name) for name in ("titles", "qualities", "organisations")) and not is_listed(
        near[1].folded, "portfolios"
    ):
        return
    length = 2
    while length < min(len(near), LONGEST) and _is_of_portfolio(near[length]):
        length += 1
    yield Name("ORG", near[1].start, near[length - 1].end)


def _is_of_portfolio(word: Word) -> bool:
    """Whether a word goes on with the short name of a ministry: والإعلام, العالي, but no masculine nationality."""
    if word.folded.startswith("وال"):
        return not begins_another(word)
    adjective = is_definite(word) and (word.folded.endswith("ه") or not nationality(word.folded))
    formed = word.folded.endswith(("ي", "ه")) or word.folded in listed("degrees")
    return adjective and formed and not any(is_listed(word.folded, name) for name in ("qualities", "titles"))


def _given_name(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """A given name and what follows it."""
    if word.folded == _FAITH:
        return
    ali = text[word.end - 1] == "ي" and _ALI in _forms(word) and _is_ali(_ALI, near)
    form = _ALI if ali else next((form for form in _forms(word) if form in listed("given")), None)
    form = form or _with_article(word, near)
    length = person(near) if form and not (form != word.folded and kind_of(word.folded) == "ordinary") else 0
    if form and length > 1 and (form not in listed("given_ordinary") or not is_ordinary(near[1].folded)):
        yield Name("PERS", start_of(text, word, form), near[length - 1].end)


def _of_faith(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """عز الدين القسام: a given name of two words, of which neither is one alone."""
    form = next((form for form in _forms(word) if form in listed("faith")), None)
    if form and len(near) > 1 and near[1].folded == _FAITH:
        yield Name("PERS", start_of(text, word, form), near[person(near[1:])].end)


def _is_ali(form: str, near: list[Word]) -> bool:
    """Whether what may be على or علي is the latter: a word of names, or بن, follows."""
    return form == _ALI and len(near) > 1 and (near[1].folded == "بن" or kind_of(near[1].folded) in _FATHERS)


def _rare_name(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """A rare given name, a family name or a word on no list, and those after it: ناتشو, خولن لوبيتيغي, الراجحي."""
    form = _rare_form(word.folded)
    if not kind_of(form) and not (len(near) > 1 and kind_of(near[1].folded) in _RARE):
        return
    run = [word._replace(folded=form), *takewhile(_may_be_of_name, near[1:_LONGEST_RARE])]
    kind, later = kind_of(form), kind_of(run[1].folded) if len(run) > 1 else ""
    start = start_of(text, word, form)
    if kind:
        telling = len(form) >= _SHORTEST_RARE and (len(run) > 1 or not _is_after_mark(text, start))
    else:
        telling = later in _RARE and _may_be_of_name(run[0])
    before = words_in(text, max(0, word.start - _BESIDE), word.start)[-1:] if telling else []
    if not telling or (before and _continues(text, before[0], word)):
        return
    yield Name("PERS", start, run[-1].end)


@lru_cache(maxsize=1 << 14)
def _rare_form(word: str) -> str:
    """What of a folded word is on a list of rare names, its proclitic aside; the word where nothing is."""
    return next((form for form in forms(word, longer_than=3) if kind_of(form) in _RARE), word)


def _is_after_mark(text: str, place: int) -> bool:
    """Whether a mark stands right before a place, or a space before it."""
    return re.search(f"[{IN_CLASS}] ?$", text[max(0, place - 2) : place]) is not None


def _continues(text: str, before: Word, word: Word) -> bool:
    """Whether the word before one begins a name that it belongs to, or says that it is a name of something else."""
    if text[before.end : word.start] != " ":
        return False
    own = before.folded
    other = any(is_listed(own, name) for name in ("organisations", "facilities", "localities", "works", "governors"))
    return other or own in listed("joints") or kind_of(own) in NAMES


def _may_be_of_name(word: Word) -> bool:
    """Whether a word is one of names of people, or on no list and without the endings of ordinary words."""
    if kind_of(word.folded) or is_known(word.folded):
        return is_name_word(word.folded)
    plain = not has_article(word) and not word.folded.endswith(("ه", "ات", "ون", "ين", "هم", "ها", "وا"))
    return plain and not is_odd(word) and not is_bound(word.folded) and word.folded.isalpha()


def _with_article(word: Word, near: list[Word]) -> str | None:
    """A given name with the article, where a surname follows: المهدي السلاوي."""
    form = word.folded.removeprefix("و")
    surname = len(near) > 1 and near[1].folded.endswith("ي") and not is_listed(near[1].folded, "titles")
    telling = surname and not is_common(near[1].folded) and not nationality(near[1].folded)
    return form if telling and form.startswith("ال") and form[2:] in listed("given") else None


def _honorific(_: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """البابا فلان, الملك فلان الثاني."""
    if len(near) < 2 or not any(form in listed("honorifics") for form in _forms(word)):
        return
    length = 1 + len(list(takewhile(lambda word: word.folded in listed("given"), near[1:4])))
    if length > 1:
        length += length < len(near) and near[length].folded in listed("ordinals")
        yield Name("PERS", near[1].start, near[length - 1].end)


def person(near: list[Word]) -> int:
    """How many of the words that begin with a given name are somebody's name."""
    length, joined = (2, False) if near[0].folded.endswith("عبد") else (1, False)
    while length < min(len(near), _LONGEST_PERSON):
        word = near[length].folded
        if word in listed("joints") and length + 1 < len(near):
            length, joined = length + 2 + (near[length + 1].folded in listed("joints")), True
            continue
        given = word in listed("given") or _is_ali(word, near[length:])
        if not given and (length >= 3 + 2 * joined or not _is_surname(near[length], length)):
            break
        length += 1
        if not given:
            break
    return min(length, len(near))


def is_of_name(found: list[Word], place: int) -> bool:
    """Whether a given name has words of a longer name beside it: a father's before, a surname after it."""
    before, after = found[max(0, place - 1) : place], found[place + 1 : place + 2]
    beside = any(word.folded in listed("joints") or word.folded in listed("given") for word in (*before, *after))
    return beside or any(word.start - found[place].end == 1 and _is_surname(word, 1) for word in after)


def _is_surname(word: Word, length: int) -> bool:
    adjective = nationality(word.folded) and (length > 1 or not is_definite(word))
    other = word.folded[0] == "و" and not kind_of(word.folded) and is_name_word(word.folded[1:])  # محمد وطه
    return (
        not other
        and not is_odd_later(word)
        and not adjective
        and not is_listed(word.folded, "qualities")
        and word.folded[0] != "ي"
        and not is_listed(word.folded, "titles")
        and (is_name_word(word.folded) or not (word.folded[0] in "وبل" and len(word.folded) > 5))
    )


def _noun_before_name(_: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """برئاسة فلان الفلاني."""
    if word.folded not in listed("names_after") or len(near) < 3:
        return
    first, second = near[1], near[2]
    other = any(is_listed(first.folded, name) for name in ("titles", "organisations"))
    if not other and not is_odd_name([first, second]):
        yield Name("PERS", first.start, second.end)


def _locality_noun(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """مدينة فلانة, مناطق فلانة وفلانة."""
    several = any(form in listed("localities_several") for form in _forms(word))
    if not several and not any(form in listed("localities") for form in _forms(word)):
        return
    place = 1
    while place < len(near):
        clitic = 1 if place > 1 and near[place].folded.startswith("و") else 0
        length = _locality(near[place:], clitic)
        if not length or (place > 1 and not clitic):
            return
        yield Name("GPE", start_of(text, near[place], near[place].folded[clitic:]), near[place + length - 1].end)
        place += length
        if not several:
            return


def _division_noun(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """محافظة القاهرة, حي السنديانة: the noun is part of the name (guidelines 11.29)."""
    nouns = listed("divisions") | listed("quarters")
    form = next((form for form in forms(word.folded) if form in nouns), None)
    if form is None or len(near) < 2:
        return
    hit = known_at(near, 1, near[1].folded)
    length = near.index(hit[1]) + 1 if hit else 1 + _place_length(near[1:])
    if hit and hit[0].type not in ("GPE", "LOC"):
        return
    length += 1 < length < len(near) and is_adjective(near[length], word) and bool(nationality(near[length].folded))
    if length > 1:
        type_ = "GPE" if form in listed("divisions") else "LOC"
        yield Name(type_, start_of(text, word, form), near[length - 1].end)


def _place_length(near: list[Word]) -> int:
    """How many words are the name of a place after its noun: one, two after سيدي or عين, with its adjective."""
    if near[0].folded in listed("place_joints") and len(near) > 1:
        return 2
    plain = is_definite(near[0]) and not is_common(near[0].folded) and not nationality(near[0].folded)
    own = plain and not any(is_listed(near[0].folded, name) for name in ("titles", "qualities", "official", "states"))
    adjective = nationality(near[0].folded) or is_listed("ال" + near[0].folded, "official")
    short = near[0].folded.endswith("ي") and not has_article(near[0]) and len(near[0].folded) < 6 and not adjective
    return int(own or is_foreign(near[0]) or (short and not is_odd(near[0])))


def _player_noun(_: str, _word: Word, near: list[Word]) -> Iterator[Name]:
    """لاعب ليفربول: a city that has players is the club."""
    hit = known_at(near, 1, near[1].folded) if len(near) > 1 else None
    if hit and hit[0].key.startswith("geonames:"):
        yield Name("ORG", near[1].start, hit[1].end)


def _club_noun(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """أتلتيكو مدريد, ستوك سيتي: a word of clubs beside the name of a city, or behind a word on no list."""
    if len(near) > 1 and is_place(near[1].folded) and not has_article(near[1]):
        yield Name("ORG", start_of(text, word, bare(word.folded)[-1]), near[1].end)
    before = words_in(text, max(0, word.start - _BESIDE), word.start)[-1:]
    if (
        before
        and text[before[0].end : word.start] == " "
        and (is_place(before[0].folded) or _is_foreign_part(before[0]))
    ):
        yield Name("ORG", before[0].start, word.end)


def _is_foreign_part(word: Word) -> bool:
    """Whether a word may be part of a foreign name: on no list, or in names of companies and clubs only."""
    return kind_of(word.folded) == "foreign" or (not kind_of(word.folded) and _may_be_of_name(word))


def _state_noun(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """المملكة المغربية, جمهورية باكستان الإسلامية."""
    if len(near) > 1 and is_definite(word) and nationality(near[1].folded):
        yield Name("GPE", _inside(text, word, "states"), near[1].end)
    elif len(near) > 1 and (hit := known_at(near, 1, near[1].folded)) and hit[0].type == "GPE":
        length = near.index(hit[1]) + 1
        length += length < len(near) and is_adjective(near[length], word)
        yield Name("GPE", _inside(text, word, "states"), near[length - 1].end)


def _locality(near: list[Word], clitic: int) -> int:
    word = Word(near[0].start + clitic, near[0].end, near[0].folded[clitic:])
    if known_at(near, 0, word.folded):
        return 0
    return _place_length([word, *near[1:]])


def _landscape_noun(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """نهر النيل, مطار بيروت, ساحة الشهداء."""
    for list_, type_ in (("landscape", "LOC"), ("facilities", "FAC")):
        form = next((form for form in _forms(word) if form in listed(list_)), None)
        if form and len(near) > 1:
            hit = known_at(near, 1, near[1].folded)
            length = near.index(hit[1]) + 1 if hit else max(joined_length(near), 1 + foreign_length(near))
            length = length if hit or not is_common(near[1].folded) else 1
            while 1 < length < len(near) and is_definite(near[length]) and near[length].folded in ("الدولي", "الجوي"):
                length += 1
            if length > 1:
                yield Name(type_, start_of(text, word, form), near[length - 1].end)


def _event_noun(text: str, word: Word, near: list[Word]) -> Iterator[Name]:
    """كأس العالم, الحرب العالمية الثانية, مؤتمر ميونخ."""
    form = next((form for form in bare(word.folded) if form in listed("events")), None)
    if not form or len(near) < 2:
        return
    definite = "ال" + form in word.folded
    length = 1 + len(list(takewhile(is_definite, near[1:LONGEST])))
    if not definite and length == 1 and (hit := known_at(near, 1, near[1].folded)):
        length = near.index(hit[1]) + 1
    if length > (2 if definite else 1):
        yield Name("EVENT", start_of(text, word, ("ال" if definite else "") + form), near[length - 1].end)


def _forms(word: Word) -> tuple[str, ...]:
    return forms(word.folded, longer_than=3)


def _inside(text: str, word: Word, name: str) -> int:
    """Where the listed word begins in a word, after its proclitics; the article stays."""
    if word.folded.startswith("لل"):
        return start_of(text, word, word.folded[2:])
    form = next((form for form in bare(word.folded) if form in listed(name)), word.folded)
    whole = "ال" + form
    return start_of(text, word, whole if word.folded.endswith(whole) else form)


_LISTS: dict[Rule, tuple[str, ...]] = {
    _institution_noun: ("organisations",),
    _national_body: ("national",),
    _portfolio: ("ministers",),
    _given_name: ("given",),
    _of_faith: ("faith",),
    _honorific: ("honorifics",),
    _noun_before_name: ("names_after",),
    _locality_noun: ("localities", "localities_several"),
    _division_noun: ("divisions", "quarters"),
    _state_noun: ("states",),
    _player_noun: ("players",),
    _club_noun: ("clubs",),
    _landscape_noun: ("landscape", "facilities"),
    _event_noun: ("events",),
}
_OF_MINISTRY = (_institution_noun, _national_body)  # after a minister the ministry's, which is no name
