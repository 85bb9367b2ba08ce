"""The grammar of phrases that name or describe: where a title ends and a name begins, and what a name is like."""

import re
from functools import lru_cache
from itertools import takewhile

from tasrih.drafting.cues import reporting
from tasrih.drafting.gazetteer import is_known, is_place, known_at
from tasrih.drafting.lexemes import is_bound, is_name_word, is_ordinary
from tasrih.text.lists import cue_kind, is_listed, listed
from tasrih.text.marks import IN_CLASS
from tasrih.text.words import Word, all_words, bare, forms, places, words_in

_LONGEST = 10  # words of a phrase: an office with its institution, and a name
_LONGEST_NAME = 5  # words of a name
_LONGEST_NEW = {"ORG": 8, "GPE": 1, "PERS": 3}  # words of a name that nobody knows yet
_SHORT = 5  # letters of an ordinary word that may be a later part of a name: باي, كابوس
_FAR = 60  # characters before or after a title in which a name beside it is looked for
_UP_TO_COMMA = re.compile(rf"([^،.:؛{IN_CLASS}]{{0,40}})،\s")
_ADJECTIVAL = ("ي", "يه")
_NOUNS = ("organisations", "titles", "localities", "divisions", "states", "landscape", "facilities")
_ENDINGS = ("ا", "ه", "ها", "هم", "نا", "ون", "ين")  # pronouns, the accusative, the plural
_NATIONALITY_ENDINGS = ("", "ه", "ون", "ين", "ات", "ان")


def has_article(word: Word) -> bool:
    """Whether a word begins with the article."""
    return word.folded.startswith("ال")


def is_definite(word: Word) -> bool:
    """Whether a word is a noun or adjective with the article, and not the like of الذي."""
    return has_article(word) and len(word.folded) > 4 and word.folded not in listed("ends")


def unbroken(text: str, following: list[Word]) -> list[Word]:
    """The first words, up to a mark of punctuation."""
    return following[: unbroken_end(text, following, 0)]


def unbroken_end(text: str, found: list[Word], first: int) -> int:
    """The place behind the words from `first` on that no mark of punctuation parts."""
    for place in range(first + 1, len(found)):
        between = text[found[place - 1].end : found[place].start]
        if between != " " and between.strip():
            return place
    return len(found)


def phrase_of(text: str, following: list[Word]) -> list[Word]:
    """The first words up to a mark of punctuation, a preposition or the like, or a number."""
    return list(takewhile(_is_inside, unbroken(text, following[:_LONGEST])))


def _is_inside(word: Word) -> bool:
    return word.folded not in listed("ends") and not word.folded[:1].isdigit()


@lru_cache(maxsize=1 << 8)
def titled(text: str) -> list[list[Word]]:
    """The phrases of a text that begin with a title."""
    found = all_words(text)
    return [phrase for place in places(text, _is_title) if (phrase := phrase_of(text, found[place : place + _LONGEST]))]


@lru_cache(maxsize=1 << 16)
def _is_title(word: str) -> bool:
    return not listed("titles").isdisjoint(bare(word))


@lru_cache(maxsize=1 << 10)
def parted(phrase: tuple[Word, ...]) -> tuple[list[Word], list[Word]]:
    """A phrase as title and name, not to be changed; either may be empty. A title after the name is left away."""
    phrase, first = up_to_same(phrase), phrase[0].folded
    if is_listed(first, "documents"):
        joined = (number for number, word in enumerate(phrase) if number and word.folded[:1] not in ("ا", "ل"))
        return list(phrase[: next(joined, len(phrase))]), []
    if is_listed(first, "texts") or is_group(phrase[0]) or _is_of_same(phrase):
        return list(phrase), []
    if is_listed(first, "organisations") and not is_listed(first, "titles"):
        return ([], list(phrase)) if len(phrase) > 1 else (list(phrase), [])
    if _is_anonymous(phrase):
        return list(phrase), []
    described = _given_name(phrase, 0) if has_article(phrase[0]) else 0  # by what is no listed title: البحار فلان
    place = _name_place(phrase) if begins_title(phrase[0]) else described
    return list(phrase[:place]), _until_title(list(phrase[place:]))[:_LONGEST_NAME]


def up_to_same(phrase: tuple[Word, ...]) -> tuple[Word, ...]:
    """A phrase up to the first "the same", which ends any description: الهيئات ذاتها."""
    ends = (place + 1 for place, word in enumerate(phrase) if place and word.folded in listed("same"))
    return phrase[: next(ends, len(phrase))]


def is_group(word: Word) -> bool:
    """Whether a word stands for several people: listed, or a plural with the article that is no known name."""
    if word.folded in listed("groups") or is_listed(word.folded, "collectives"):
        return True
    plural = has_article(word) and len(word.folded) > 6 and word.folded.endswith(("ون", "ين"))
    return plural and not is_known(word.folded) and not is_listed(word.folded, "titles")


def _is_of_bodies(word: str) -> bool:
    """Whether a folded word with the article is a plural of institutions: النقابات, التنسيقيات."""
    if not word.startswith("ال") or not word.endswith("ات"):
        return False
    return word[2:] in listed("groups") or word[2:-2] + "ه" in listed("organisations")


def _is_anonymous(phrase: tuple[Word, ...]) -> bool:
    """Whether a phrase is of nobody in particular: a title and adjectives without the article, no name among them."""
    anybody = is_listed(phrase[0].folded, "generic") and not has_article(phrase[0])
    described = len(phrase) > 1 and phrase[1].folded.endswith(_ADJECTIVAL)
    return anybody and described and not any(map(_is_given, phrase[1:]))


def _is_of_same(phrase: tuple[Word, ...]) -> bool:
    """Whether a phrase ends with "the same", so that no name is in it: المصدر نفسه."""
    return len(phrase) > 1 and phrase[-1].folded in listed("same") and has_article(phrase[0])


def _given_name(phrase: tuple[Word, ...], otherwise: int) -> int:
    """The place of the first given name after the first word."""
    return next((number for number, word in enumerate(phrase) if number and _is_given(word)), otherwise)


def _name_place(phrase: tuple[Word, ...]) -> int:
    """Where the name begins in a phrase that begins with a title: after it, and after the institution it is of."""
    length = _title_length(phrase)
    given = _given_name(phrase, length)
    of_institution = length < len(phrase) and phrase[length].folded.startswith("ل")
    return given if given < length or of_institution else length


def _title_length(phrase: tuple[Word, ...]) -> int:
    """How many words are the title: adjectives, further titles, and the place or institution of the office too."""
    whole = has_article(phrase[0]) or phrase[0].folded.endswith(("ها", "هم", "ته"))
    joined = not whole and len(phrase) > 1 and not _is_adjective(phrase[1])
    place = 2 if joined else 1
    while place < len(phrase) and not _begins_name(phrase[place:]):
        if not (length := _more_of_title(phrase, place)):
            break
        place += length
    return place


def _begins_name(rest: tuple[Word, ...]) -> bool:
    """Whether a given name follows, or a joint and one: بن علي."""
    return _is_given(rest[0]) or (rest[0].folded in listed("joints") and any(map(_is_given, rest[1:2])))


def _more_of_title(phrase: tuple[Word, ...], place: int) -> int:
    """How many words from a place on go on with a title."""
    word = phrase[place]
    if length := _place_name(phrase[place:]):
        return length
    if word.folded in listed("on_behalf"):
        return 2
    if place > 1 and not _is_given(word) and (length := purpose_length(phrase, place)):
        return length
    if place > 1 and has_article(word) and is_listed(word.folded, "organisations"):
        return 0
    return int(_is_adjective(word) or begins_title(word) or word.folded == "د")


def purpose_length(words: tuple[Word, ...] | list[Word], place: int) -> int:
    """How many words say what an institution is for: للتعاون, لحقوق الإنسان."""
    word = words[place].folded
    if word.startswith("ل") and len(word) > 3 and any(map(is_definite, words[place + 1 : place + 2])):
        return 2
    return int(word.startswith("لل"))


def _place_name(phrase: tuple[Word, ...]) -> int:
    """How many words of a title name the place where the office is: رئيسة بلدية وادي النخيل."""
    if hit := known_at(list(phrase), 0, phrase[0].folded):
        return phrase.index(hit[1]) + 1 if hit[0].type in ("GPE", "LOC") else 0
    return 2 if phrase[0].folded in listed("landscape") and len(phrase) > 1 else 0


def _is_given(word: Word) -> bool:
    return word.folded in listed("given")


def _until_title(name: list[Word]) -> list[Word]:
    """A name up to a title after it, or to somebody else joined to it."""
    for number, word in enumerate(name):
        joined = number > 1 and word.folded.startswith("و") and not _is_given(word)
        if number and (joined or begins_title(word)):
            return name[:number]
    return name


def begins_title(word: Word) -> bool:
    """Whether a word is a title, also with a pronoun at its end: رئيستها."""
    own = word.folded.removesuffix("ها").removesuffix("هم").removesuffix("ه")
    owned = own != word.folded and len(own) > 2 and (own in listed("titles") or f"{own[:-1]}ه" in listed("titles"))
    return owned or is_listed(word.folded, "titles")


def _is_adjective(word: Word) -> bool:
    joined = word.folded.startswith(("ال", "لل", "وال", "#")) or "_" in word.folded
    return joined or (word.folded.startswith("ل") and is_known(word.folded[1:]))


def title_form(word: str) -> str:
    """A title without its proclitic, with its article."""
    form = next((form for form in bare(word) if form in listed("titles")), word)
    return "ال" + form if word.endswith("ال" + form) else form


def gender_of(title: list[Word]) -> str:
    """The gender that a title shows: f, or empty."""
    return "f" if title[0].folded.endswith("ه") else ""


def is_anybody(title: list[Word]) -> bool:
    """Whether a description is of nobody met before: مهندس, مصادر مطلعة, أحد الركاب."""
    rest = title[1].folded if len(title) > 1 else ""
    plain = not rest.startswith("ال") and rest.endswith(("ه", "ي", "ين", "ون"))
    indefinite = not has_article(title[0]) and (len(title) == 1 or (len(title) == 2 and plain))
    return indefinite or title[0].folded in listed("one_of")


def heads(title: list[Word]) -> set[str]:
    """The words of a title, proclitics, article and a pronoun at its end aside."""
    found = {form for word in title for form in bare(word.folded)}
    return found | {form[:-1] for form in found if form.endswith("ه") and form[:-1] in listed("titles")}


def is_description(word: Word) -> bool:
    """Whether a word with the article describes rather than names: القبطان, but not البريكي."""
    if not has_article(word) or is_known(word.folded) or _is_given(word):
        return False
    surname = word.folded.endswith("ي") and len(word.folded) > 5 and not nationality(word.folded)
    return not surname or begins_title(word) or is_listed(word.folded, "common")


def is_described(name: list[Word]) -> bool:
    """Whether words without a title describe rather than name: القبطان, منظمو المزاد."""
    if len(name) == 1 and is_description(name[0]):
        return True
    return is_ordinary(name[0].folded) and kind(name) == "PERS" and not any(is_name_word(word.folded) for word in name)


def kind(name: list[Word]) -> str:
    """The type of what a name names, by its first word."""
    if name and (hit := known_at(name, 0, name[0].folded)):
        return "GPE" if hit[0].type in ("GPE", "LOC") else hit[0].type
    if name and (is_listed(name[0].folded, "organisations") or is_listed(name[0].folded, "national")):
        return "ORG"
    if name and name[-1].folded in listed("outlet_ends"):
        return "ORG"
    body = len(name) > 1 and has_article(name[0]) and not _is_given(name[0]) and nationality(name[1].folded)
    return "ORG" if body else "PERS"


def without_object(name: list[Word]) -> list[Word]:
    """A name that nobody knows yet, without the object of the verb and whatever else stands behind it."""
    if len(name) == 1 and len(name[0].folded) > 5 and name[0].folded.endswith(("ه", "ها", "هم")):
        return []
    name = list(takewhile(lambda word: not word.folded.startswith("بال"), name))
    if len(name) > 1 and has_article(name[0]) and not _is_given(name[0]):
        name = name[: _definite_length(name)]
    if len(name) > 2 and any(word.folded in listed("joints") for word in name[:2]):
        return name[:3]
    shortened = kind(name) == "PERS" and len(name) > 2 and _ends_at_second(name)
    return name[: 2 if shortened else _LONGEST_NEW[kind(name)]]


def _definite_length(name: list[Word]) -> int:
    """How many words of a name that begins with the article belong to it: not the object after it."""
    if not has_article(name[1]):
        return 1
    return len(name) if name[1].folded.endswith(("ي", "يه")) or kind(name) != "ORG" else 1


def _ends_at_second(name: list[Word]) -> bool:
    """Whether the third word of a name is no part of it: an object, an adjective, a verb that reports.

    After a given name an article shows nothing, nor after علي, which is on no list since على is folded to it.
    """
    second, third = name[1], name[2]
    bound = third.folded[0] in "بل" and third.folded.endswith("ه") and len(third.folded) > 4
    definite = has_article(second) or (has_article(third) and not _is_given(second) and second.folded != "علي")
    return definite or bound or third.folded.endswith("ا") or reporting(third) is not None


def behind(text: str, described: list[Word]) -> tuple[list[Word], list[Word]]:
    """A longer description as it and the name at its end: المدير العام في الهيئة سمير …, مصممة المسرح، سلمى …."""
    for place in range(1, len(described)):
        comma = text[described[place - 1].end : described[place].start].strip() == "،"
        name = described[place:]
        if (comma or _ends_description(described, place)) and _is_whole_name(text, name, comma=comma):
            return described[:place], name
    return described, []


def _ends_description(described: list[Word], place: int) -> bool:
    """Whether a description can end before a place: with the article, or before a given name or another title."""
    earlier = described[place - 1]
    if earlier.folded in listed("prepositions"):
        return False
    return has_article(earlier) or _is_given(described[place]) or is_place(earlier.folded)


def _is_whole_name(text: str, name: list[Word], *, comma: bool) -> bool:
    """Whether words are nothing but a name of several; the article only after a given name or a comma."""
    if not 1 < len(name) < _LONGEST_NAME + 2 or len(unbroken(text, name)) < len(name):
        return False
    given = _is_given(name[0]) or (comma and not has_article(name[0]))
    plain = all(given or not has_article(word) for word in name)
    function = any(word.folded in listed(ends) for word in name for ends in ("ends", "adverbs"))
    return plain and not function and not any(map(_unlike_name, name[: 1 if given else None]))


def apposed(text: str, last: Word) -> list[Word]:
    """The name between commas after a title: رئيسة البلدية، سلمى الحداد، …."""
    comma = _UP_TO_COMMA.match(text, last.end)
    following = words_in(text, comma.end(), comma.end() + _FAR) if comma else []
    if not comma or not following or (comma[1].strip() and not _is_given(following[0])):
        return []
    if begins_title(following[0]):
        title, name = parted(tuple(phrase_of(text, following)))
        return name if title and len(name) > 1 and _is_comma_after(text, name[-1]) else []
    return _up_to_comma(text, following[:4])


def _up_to_comma(text: str, following: list[Word]) -> list[Word]:
    """A name of several words with nothing but spaces between, if a comma ends it."""
    for place in range(1, len(following)):
        if text[following[place - 1].end : following[place].start] != " ":
            break
        if _is_comma_after(text, following[place]):
            name = following[: place + 1]
            return [] if any(map(_unlike_name, name)) else name
    return []


def _is_comma_after(text: str, word: Word) -> bool:
    return text[word.end : word.end + 1] == "،"


def apposed_to(text: str, title: list[Word]) -> list[Word]:
    """The name before a title between commas: سلمى الحداد، رئيسة البلدية، …."""
    name = words_in(text, max(0, title[0].start - _FAR), title[0].start)[-2:]
    between = len(name) == 2 and text[name[1].end : title[0].start] == "، " and _is_comma_after(text, title[-1])
    if not between or has_article(name[0]) or any(map(_unlike_name, name)):
        return []
    return name if text[name[0].end : name[1].start] == " " else []


def _unlike_name(word: Word) -> bool:
    return is_odd(word) or begins_title(word) or is_listed(word.folded, "organisations")


def is_odd_name(name: list[Word]) -> bool:
    """Whether words are unlike a name that nobody knows yet."""
    first, *others = name
    if first.folded in listed("given_ordinary") and any(is_ordinary(word.folded) for word in others[:1]):
        return True
    return is_odd(first, first=True) or is_ordinary(first.folded) or any(map(is_odd_later, others))


def is_odd_subject(name: list[Word]) -> bool:
    """Whether words that speak neither name nor describe somebody: وبعدما."""
    return is_bound(name[0].folded) or any(is_odd(word, first=not place) for place, word in enumerate(name))


def is_odd_later(word: Word) -> bool:
    """Whether a word is unlike a later part of a name, where some ordinary words, short or with the article, may be."""
    own = word.folded
    odd = is_ordinary(own) and not has_article(word) and (len(own) > _SHORT or own.endswith(("ه", "ا")))
    return odd or is_odd(word)


def is_odd(word: Word, *, first: bool = False) -> bool:
    """Whether a word is unlike a part of a name that nobody knows yet; with `first`, unlike its first word."""
    if first and has_article(word) and not _is_given(word):
        return True
    return is_no_name(word.folded) or is_common(word.folded)


@lru_cache(maxsize=1 << 16)
def is_common(word: str) -> bool:
    """Whether a folded word is one of the language that nobody is named by: أفضل, بنسبة, نظامه, يجب."""
    if word in listed("given") or (word.startswith("ال") and word.endswith("ي")):
        return False
    endings = [end for end in _ENDINGS if word.endswith(end) and len(word) > len(end) + 2 and word[:2] != "ال"]
    bases = [word, *(word.removesuffix(end) for end in endings)]
    verb = len(word) > 2 and word[0] == "ي" and word[1] not in "او"
    verb = verb or (len(word) > 4 and word[0] == "س" and word[1] in "يتن" and word[2:] in listed("common"))
    return verb or any(is_listed(base, "common") for base in bases)


@lru_cache(maxsize=1 << 16)
def is_no_name(word: str) -> bool:
    """Whether a folded word is a function word, reports, has a proclitic or pronoun, is too short or Latin."""
    bound = word[0] in "وفبل" and _is_bound(word, word[1:])
    formed = word.startswith(("بال", "كال", "فال", "يست", "تست")) or word.endswith(("ها", "هم", "ته"))
    short = len(word) < 3 and word not in listed("joints")
    function = word in listed("ends") or word in listed("clitics")
    other = function or cue_kind(word) is not None or is_listed(word, "governors")
    return bound or formed or short or other or word.isascii()


def _is_bound(word: str, rest: str) -> bool:
    """Whether a folded word is a proclitic and another word, rather than a name that begins so."""
    if cue_kind(rest) is not None or (word[0] == "و" and (is_known(rest) or rest in listed("ends"))):
        return True
    own = word in listed("given") or is_known(word)
    return not own and len(rest) > 2 and (is_known(rest) or any(rest in listed(name) for name in _NOUNS))


@lru_cache(maxsize=1 << 16)
def nationality(word: str) -> tuple[str, str] | None:
    """The adjective of a country, people or religion in a folded word: its masculine, and it without proclitic."""
    for form in forms(word):
        for ending in _NATIONALITY_ENDINGS:
            masculine = form.removeprefix("ال").removesuffix(ending) if form.endswith(ending) else ""
            if masculine in listed("nationalities"):
                return masculine, form
    return None
