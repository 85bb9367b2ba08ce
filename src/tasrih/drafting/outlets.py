"""Names of outlets in the titles of their pages: what is a headline, and what says whose it is."""

import re

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
    known = {name_key(name) for name in outlets}
    for match in [*_PARTS.finditer(title)][::-1]:
        behind, before = title[match.end() :], title[: match.start()]
        if before and _is_outlet(behind, known):
            return outlets_apart(before, outlets)
        if behind and _is_outlet(before, known, in_front=True):
            return outlets_apart(behind, outlets)
    return title.strip()


def outlets_in(title: str) -> list[str]:
    """The first and last part of a title, where a noun says that it is an outlet."""
    parts = [part.strip() for part in _PARTS.split(title[:_LONGEST])]
    found = [parts[-1]] if _is_outlet(parts[-1], set()) else []
    return found + ([parts[0]] if _is_outlet(parts[0], set(), in_front=True) else []) if len(parts) > 1 else []


def is_outlet(title: str, outlets: list[str]) -> bool:
    """Whether a title is a name of the outlet and nothing else."""
    return _is_outlet(title, {name_key(name) for name in outlets})


def _is_outlet(part: str, known: set[str], *, in_front: bool = False) -> bool:
    """Whether a part of a title is the outlet, by its name or a noun for one; وكالة and قناة also begin headlines."""
    words = part.split()
    by_noun = len(words) in (2, 3, 4) and folded(words[0]) in listed("outlets")
    return name_key(part) in known or (by_noun and not (in_front and folded(words[0]) in _ALSO_OTHERS))
