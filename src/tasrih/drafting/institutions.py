"""How far the name of an institution goes that begins with its noun: genitives, adjectives, purposes, foreign words."""

import re
from itertools import takewhile

from tasrih.drafting.gazetteer import is_place, known_at
from tasrih.drafting.phrases import (
    is_common,
    is_definite,
    is_no_name,
    is_odd,
    nationality,
    purpose_length,
)
from tasrih.text.lists import is_listed, listed
from tasrih.text.words import Word

_WITH_ARTICLE = re.compile("[وف]?(?:ب?ال|لل)")  # without ك, so that وكالة is none
LONGEST = 6  # words after the noun of an institution or event


def institution(near: list[Word]) -> list[Word]:
    """The name that begins with the first word, a noun for an institution: what is joined to it."""
    length = _of_definite(near) if _WITH_ARTICLE.match(near[0].folded) else _of_construct(near)
    if length > 1 and not is_listed(near[0].folded, "offices") and not _of_itself(near[:length]):
        length = _with_purpose(near, length)
    if length > 1 and not _WITH_ARTICLE.match(near[0].folded) and is_listed(near[0].folded, "parts"):
        length = _with_whole(near, length)
    return near[:length]


def _with_whole(near: list[Word], length: int) -> int:
    """The name of a committee or department with the institution that it is in: في مجلس النواب, بوزارة المالية."""
    place = length + (near[length].folded == "في") if length < len(near) else length
    if place >= len(near) or (place == length and near[place].folded[0] != "ب"):
        return length
    noun = near[place].folded.removeprefix("ب") if place == length else near[place].folded
    if not is_listed(noun, "organisations") or place + 1 >= len(near):
        return length
    whole = institution([near[place]._replace(folded=noun), *near[place + 1 :]])
    return place + len(whole) if len(whole) > 1 else length


def _of_definite(near: list[Word]) -> int:
    """المجلس العلمي الأعلى, القوات الجوية الملكية السعودية: adjectives, one of them of a nationality or official."""
    length = 1
    while length < min(len(near), LONGEST) and is_adjective(near[length], near[0]):
        length += 1
    telling = (bool(nationality(word.folded)) or is_listed(word.folded, "official") for word in near[1:length])
    return length if any(telling) else 1


def is_adjective(word: Word, noun: Word) -> bool:
    """Whether a definite word can be an adjective of an institution: by its ending or by a list."""
    if not is_definite(word) or is_listed(word.folded, "qualities") or is_listed(word.folded, "titles"):
        return False
    feminine = noun.folded.endswith(("ه", "ات")) or is_listed(noun.folded, "collectives")
    formed = word.folded.endswith("يه" if feminine else "ي")
    return formed or (is_listed(word.folded, "official") and word.folded.endswith("ه") == feminine)


def _of_construct(near: list[Word]) -> int:
    """وزارة الخارجية, بلدية روما, صحيفة الغارديان البريطانية."""
    vague = is_listed(near[0].folded, "vague")
    if len(near) > 2 and near[1].folded in listed("divisions") and (hit := known_at(near, 2, near[2].folded)):
        return near.index(hit[1]) + 1  # بلدية محافظة …
    if length := _after_somebody(near):
        return length
    if len(near) > 1 and (hit := known_at(near, 1, near[1].folded)):
        length = 1 if is_listed(near[0].folded, "owned") else near.index(hit[1]) + 1
    elif is_listed(near[0].folded, "heads") and (foreign := foreign_length(near)):
        length = 1 + foreign
    else:
        length = 1 if vague else joined_length(near, 3 if _has_genitive(near) else 1)
    while 1 < length < min(len(near), LONGEST) and is_adjective(near[length], near[0]):
        length += 1
    return length


def _after_somebody(near: list[Word]) -> int:
    """How many words name an institution that is called after a person with a title: جامعة الملك فلان; 0 for others."""
    if len(near) < 3 or not is_definite(near[1]) or not is_listed(near[1].folded, "honorifics"):
        return 0
    name = list(takewhile(lambda word: word.folded in listed("given") or word.folded in listed("joints"), near[2:]))
    length = 2 + len(name) if name else 0
    return length + (0 < length < len(near) and is_adjective(near[length], near[0]))


def foreign_length(near: list[Word]) -> int:
    """How many words after the first are a name without the article: صحيفة ديلي ستار."""
    length = len(list(takewhile(is_foreign, near[1:4])))
    return length if length and not is_common(near[length].folded) else 0


def _of_itself(name: list[Word]) -> bool:
    """Whether a name is complete without a purpose: one known beforehand."""
    hit = known_at(name, 0, name[0].folded)
    return hit is not None and hit[1] is name[-1]


def _with_purpose(near: list[Word], length: int) -> int:
    """The name with phrases like لحقوق الإنسان and what و joins to them."""
    while length < min(len(near), LONGEST + 2) and (purpose := purpose_length(near, length)):
        length += purpose
        while length < min(len(near), LONGEST + 3) and _goes_on(near[length]):
            length += 1
    return length


def _goes_on(word: Word) -> bool:
    """Whether a word goes on with what an institution is for: والرياضة, الإسلامي."""
    joined = word.folded.startswith("وال") and not begins_another(word)
    return joined or (is_definite(word) and word.folded.endswith(("ي", "يه")) and not is_listed(word.folded, "titles"))


def _has_genitive(near: list[Word]) -> bool:
    """مركز أبحاث المياه."""
    if len(near) < 3 or is_definite(near[1]) or not is_definite(near[2]):
        return False
    word = near[1].folded
    verb = (word.endswith("ت") and not word.endswith("ات")) or word[0] in "يوبل"
    other = nationality(word) or any(is_listed(word, name) for name in ("titles", "organisations", "given"))
    return not verb and not other and not is_no_name(word) and not is_listed("ال" + word, "qualities")


def joined_length(near: list[Word], length: int = 1) -> int:
    """How many of the words are the noun, a definite word after it, its adjectives, and what و joins to it."""
    while length < min(len(near), LONGEST + 1):
        word = near[length]
        if is_listed(word.folded, "qualities") or begins_another(word):
            break
        own = is_definite(word) and (length == 1 or _goes_with(word))
        joined = word.folded.startswith("وال") and length > 1 and not is_place(word.folded[1:])
        if own or (joined and word.folded[1:] not in listed("ends")):
            length += 1
        else:
            break
    return length


def _goes_with(word: Word) -> bool:
    """Whether a definite word can stand after the genitive of an institution: it is no institution of its own."""
    other = any(is_listed(word.folded, name) for name in ("titles", "organisations", "national"))
    return not other and not is_common(word.folded) and not word.folded.endswith("ات")


def begins_another(word: Word) -> bool:
    """Whether a word joins another institution or office to a name: والرئيس, للوزارة."""
    lead = word.folded[1:] if word.folded[0] in "ول" else ""
    if lead.endswith("يه"):
        return is_listed(lead, "organisations")
    return bool(lead) and any(is_listed(lead, name) for name in ("organisations", "titles"))


def is_foreign(word: Word) -> bool:
    """Whether a word is unlike an adjective or a noun of the language: a name of its own."""
    return (
        not is_odd(word, first=True)
        and not word.folded.endswith(("ه", "ي", "ين", "ات"))
        and not is_listed("ال" + word.folded, "qualities")
        and not is_listed(word.folded, "titles")
    )
