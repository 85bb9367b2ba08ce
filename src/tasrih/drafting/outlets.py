"""Names of outlets in the titles of their pages: what is a headline, and what says whose it is."""

import re
from collections.abc import Iterable

from tasrih.text.lists import listed
from tasrih.text.words import folded, folded_words

_PARTS = re.compile(r"\||::|»|«|›|•| [-–—:/] ")
_LONGEST = 500  # characters of a title that is taken apart
_ALSO_OTHERS = ("وكاله", "قناه", "شبكه", "محطه")


def name_key(text: str) -> str:
    """The folded words of a name, by which two spellings of it are compared."""
    return " ".join(folded_words(text))


def outlets_apart(title: str, outlets: list[str]) -> str:
    """A headline without the name of the outlet before or behind it."""
    if len(title) > _LONGEST:
        return title.strip()
    for match in [*_PARTS.finditer(title)][::-1]:
        behind, before = title[match.end() :], title[: match.start()]
        if before and is_outlet(behind, outlets):
            return outlets_apart(before, outlets)
        if behind and is_outlet(before, outlets, in_front=True):
            return outlets_apart(behind, outlets)
    return title.strip()


def outlets_in(title: str) -> list[str]:
    """The first and last part of a title, where a noun says that it is an outlet."""
    parts = [part.strip() for part in _PARTS.split(title[:_LONGEST])]
    found = [parts[-1]] if is_outlet(parts[-1]) else []
    return found + ([parts[0]] if is_outlet(parts[0], in_front=True) else []) if len(parts) > 1 else []


def is_outlet(title: str, outlets: Iterable[str] = (), *, in_front: bool = False) -> bool:
    """Whether a title is the outlet and nothing else, by its name or a noun for one.

    With `in_front` it is the first part of a title: وكالة and قناة also begin headlines.
    """
    words = title.split()
    by_noun = len(words) in (2, 3, 4) and folded(words[0]) in listed("outlets")
    known = by_noun and not (in_front and folded(words[0]) in _ALSO_OTHERS)
    return known or name_key(title) in map(name_key, outlets)
