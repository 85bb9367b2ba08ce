"""Is it Arabic? Texts in other languages of Arabic letters, and garbled ones, are refused with the reason."""

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import NamedTuple

from tasrih.encodings import reason_garbled
from tasrih.errors import InvalidError
from tasrih.text.letters import LETTERS, LOOK_ALIKES, SIGNS, TATWEEL
from tasrih.text.lists import rows_of
from tasrih.text.words import WITH_ARTICLE

_ARABIC = re.compile(f"[{LETTERS}]")
_MANY_LETTERS = re.compile(f"(?:[{LETTERS}][^{LETTERS}]*){{20}}")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = re.compile(f"[{TATWEEL}{SIGNS}]")
_YEH_AND_KAF = str.maketrans("یکڪ", "يكك")
_LOOK_ALIKES = str.maketrans(LOOK_ALIKES)
_WITH_ARTICLE = re.compile(f"{WITH_ARTICLE}[{LETTERS}]{{2,}}")
_SAMPLE, _FEW, _SEVERAL = 1 << 15, 3, 5


class _Language(NamedTuple):
    name: str
    letters: str
    words: frozenset[str]

    def shown_by(self, word: str) -> int:
        """How much a word tells of the language: a frequent word of it more than one with a letter of it."""
        return 3 if self.has(word) else int(bool(set(word) & set(self.letters)))

    def has(self, word: str) -> bool:
        """Whether a word is a frequent one of the language."""
        return word in self.words or word.translate(_YEH_AND_KAF) in self.words


def require_arabic(text: str) -> None:
    """Raises TasrihError for a text that is garbled, without Arabic, or in another language of Arabic letters."""
    if garbled := reason_garbled(text):
        raise InvalidError(garbled)
    if not _is_in_arabic_letters(text):
        raise InvalidError("there is no Arabic text in it. Give the text of an article.")
    if other := _other_language(text):
        raise InvalidError(f"it is not in Arabic but, it seems, in {other}. A record holds an Arabic article.")


def _is_in_arabic_letters(text: str) -> bool:
    """Whether letters are Arabic: many of them, or most of a few."""
    if _MANY_LETTERS.search(text):
        return True
    letters = [letter for letter in _plain(text) if letter.isalpha()]
    arabic = sum(_ARABIC.match(letter) is not None for letter in letters)
    return arabic > 1 and arabic > len(letters) / 2


def _plain(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text))


def _other_language(text: str) -> str | None:
    """The language other than Arabic of which a text shows more signs, and several of them."""
    plain = _plain(text[:_SAMPLE])
    words = Counter(_WORD.findall(plain))
    only_arabic = _letters_elsewhere().search(plain) is None  # so in most texts: only whole words can tell
    if only_arabic and sum(words[word] for word in words.keys() & _frequent_elsewhere()) < _FEW:
        return None
    arabic, foreign, frequent = 0, 0, False
    for word, count in words.items():
        is_arabic, is_frequent, is_foreign = _tells(word)
        arabic += count * is_arabic
        foreign += count * is_foreign
        frequent = frequent or is_frequent
    if foreign <= 2 * arabic or foreign < (_FEW if frequent else _SEVERAL):
        return None
    language = max(_listed()[1:], key=lambda language: sum(language.shown_by(word) * words[word] for word in words))
    signs = sorted(filter(language.shown_by, words), key=lambda word: -words[word])
    return f"{language.name} ({', '.join(signs[:3])})" if signs else "Persian or Urdu (ی and ک for ي and ك)"


@lru_cache(maxsize=1 << 16)
def _tells(word: str) -> tuple[bool, bool, bool]:
    """Whether a word is Arabic, a frequent one of another language, and any of another language, by its letters too."""
    spelt = word.translate(_LOOK_ALIKES)
    arabic = spelt in _listed()[0].words or _WITH_ARTICLE.fullmatch(spelt) is not None
    frequent = not _frequent_elsewhere().isdisjoint((word, word.translate(_YEH_AND_KAF)))
    return arabic, frequent, frequent or (not word.isascii() and _letters_elsewhere().search(word) is not None)


@cache
def _frequent_elsewhere() -> frozenset[str]:
    return frozenset().union(*(language.words for language in _listed()[1:]))


@cache
def _letters_elsewhere() -> re.Pattern[str]:
    letters = "".join(language.letters for language in _listed()[1:])
    return re.compile(f"[{''.join(LOOK_ALIKES)}{letters}]")


@cache
def _listed() -> tuple[_Language, ...]:
    """The languages of the list, Arabic first."""
    return tuple(
        _Language(name, letters, frozenset([*words.split(), *words.translate(_YEH_AND_KAF).split()]))
        for name, letters, words in rows_of("languages")
    )
