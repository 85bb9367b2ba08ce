"""Countries, regions and cities: the names that Unicode CLDR has in Arabic, and a list of others."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tasrih.drafting.words import all_words, folded

_WORLD = "001"


def places(text: str) -> Iterator[tuple[int, int, str]]:
    """The places that a text names, the longest first where several begin: start, end, and GPE or LOC."""
    found = all_words(text)
    for place, word in enumerate(found):
        for form in (word.folded, word.folded[1:]) if word.folded[0] in "وفبلك" else (word.folded,):
            for name, type_ in _by_first_word().get(form, ()):
                if tuple(other.folded for other in found[place + 1 : place + len(name)]) == name[1:]:
                    last = found[place + len(name) - 1]
                    if word.end - word.start == len(word.folded):
                        yield word.end - len(form), last.end, type_
                    break


def is_place(word: str) -> bool:
    """Whether a folded word by itself is the name of a place."""
    return any(len(name) == 1 for name, _ in _by_first_word().get(word, ()))


@cache
def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, type_ in sorted(_names(), key=lambda item: -len(item[0])):
        names.setdefault(name[0], []).append((name, type_))
    return names


def _names() -> set[tuple[tuple[str, ...], str]]:
    from babel import Locale

    arabic = Locale("ar")
    found = {(name, "GPE" if code.isalpha() else "LOC") for code, name in arabic.territories.items() if code != _WORLD}
    found |= {(zone["city"], "GPE") for zone in arabic.time_zones.values() if "city" in zone}
    lines = Path(__file__).with_name("lexicon").joinpath("places.txt").read_text(encoding="utf-8").splitlines()
    found |= {(line, "GPE") for line in lines if not line.startswith("#")}
    return {(tuple(map(folded, name.split())), type_) for name, type_ in found if "(" not in name and len(name) > 2}
