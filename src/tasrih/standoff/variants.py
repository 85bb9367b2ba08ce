"""Harmless changes of a line that can be undone, and proved by a hash: how a text is written, and one stretch added."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, takewhile

from tasrih import sources
from tasrih.record import Json
from tasrih.standoff.models import digest
from tasrih.text.controls import DIRECTION, INVISIBLE, JOINERS
from tasrih.text.letters import LOOK_ALIKES, SIGNS, TATWEEL

_LONGEST = 2_000  # letters of a line in which single letters are looked for; a hash is made for each place and letter
_LETTERS = (
    'ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأإؤئ\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652ـ،؛:.!؟"«»“”()- \u00a0\u200f'
)
_QUOTES = str.maketrans("“”„«»‹›‘’", '"""""""\'\'')
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\t", " "))
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LOOK_ALIKES = str.maketrans(LOOK_ALIKES)
_UNSEEN = re.compile(f"[{DIRECTION}{JOINERS}{INVISIBLE}]")
_SIGNS = re.compile(f"[{SIGNS}]")
_SHADDA_SECOND = re.compile("([\u064b-\u0650])\u0651")
_SHADDA_FIRST = re.compile("\u0651([\u064b-\u0650])")
_STRAIGHT = re.compile('"([^"]*)"')

_CHANGES: Sequence[Callable[[str], str]] = (
    sources.clean,
    str.strip,
    lambda line: " ".join(line.split()),
    *(lambda line, form=form: unicodedata.normalize(form, line) for form in ("NFC", "NFD", "NFKC", "NFKD")),
    html.unescape,
    html.escape,
    lambda line: html.escape(line, quote=False),
    lambda line: line.replace(TATWEEL, ""),
    lambda line: _UNSEEN.sub("", line),
    lambda line: _SIGNS.sub("", line),
    lambda line: line.translate(_SPACES),
    lambda line: line.translate(_QUOTES),
    lambda line: _STRAIGHT.sub("“\\1”", line),
    lambda line: _STRAIGHT.sub("«\\1»", line),
    lambda line: _STRAIGHT.sub("”\\1“", line),
    lambda line: line.replace("«", "“").replace("»", "”"),
    lambda line: line.replace("“", "«").replace("”", "»"),
    lambda line: _SHADDA_SECOND.sub("\u0651\\1", line),
    lambda line: _SHADDA_FIRST.sub("\\1\u0651", line),
    lambda line: line.translate(_LOOK_ALIKES),
    lambda line: line.translate(_WESTERN),
    lambda line: line.translate(_ARABIC),
    lambda line: line.replace("…", "..."),
    lambda line: line.replace("...", "…"),
    lambda line: line.replace("–", "-").replace("—", "-"),
    lambda line: line.replace(" - ", " – "),
    lambda line: re.sub(" +([،؛:.!؟])", "\\1", line),
    lambda line: re.sub("([،؛:])(?=\\w)", "\\1 ", line),
)


def forms(line: str) -> dict[str, str]:
    """What a line may have been before a harmless change, or two of them: each form by its hash."""
    once = {line, *(change(line) for change in _CHANGES)}
    twice = {change(form) for form in once for change in _CHANGES}
    return {digest(form): form for form in once | twice}


def with_one_change(paragraph: Json, line: str) -> str | None:
    """The old text of a paragraph, proved by its hash, if a line is that but for one stretch or letter."""
    length = paragraph["length"]
    if max(len(line), length) > _LONGEST or not _is_near(line, paragraph):
        return None
    tries = chain(_shortened(line, length), _lengthened(line, length))
    return next((text for text in tries if digest(text) == paragraph["sha256"]), None)


def _is_near(line: str, paragraph: Json) -> bool:
    """Whether a line may have the words of a paragraph but for one, and for one stretch added."""
    if "words" not in paragraph:
        return True
    old, new = [length for length in paragraph["words"] if length > 0], [len(word) for word in line.split()]
    before = _alike(old, new)
    return before + min(_alike(old[::-1], new[::-1]), len(old) - before) >= len(old) - 1


def _alike(one: Sequence[int], other: Sequence[int]) -> int:
    """How many numbers are the same from the beginning."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _shortened(line: str, length: int) -> Iterator[str]:
    """A line without a stretch of it, wherever that is."""
    more = len(line) - length
    if 0 < more < len(line):
        yield from (line[:place] + line[place + more :] for place in range(length + 1))


def _lengthened(line: str, length: int) -> Iterator[str]:
    """A line with one letter more, or another one, wherever that is."""
    less = length - len(line)
    if less in (0, 1):
        letters = sorted({*line, *_LETTERS})
        for place in range(length):
            yield from (line[:place] + letter + line[place + 1 - less :] for letter in letters)
