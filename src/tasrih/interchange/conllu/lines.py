"""The lines of a CoNLL-U file: sentences of rows and comments, white space in MISC, and what is wrong with a line.

The package `conllu` reads such files as well, and is not used here: it does not know the number of a line, lets a row
with too few columns pass, cuts one at two spaces, and drops what follows a second `=` in MISC. Tests hold both alike.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

Complain = Callable[[int, str], None]
"""Told of what is wrong: the number of the line, and what is wrong with it."""

COLUMNS = ("ID", "FORM", "LEMMA", "UPOS", "XPOS", "FEATS", "HEAD", "DEPREL", "DEPS", "MISC")
"""The columns of CoNLL-U, where a file does not name others."""
NOTHING = "_"
NO_LAYER = "*"
"""What a column of our own holds where nothing is annotated; CoNLL-U Plus keeps `_` for what nobody looked at."""
LAYERS = ("QUOTE", "CUE", "SPEAKER", "ADDRESSEE", "TERM", "ENTITY")
"""What is annotated of words: a column each of CoNLL-U Plus, and but for entities an attribute each in MISC."""
OUR_COLUMNS = {f"TASRIH:{layer}": layer for layer in LAYERS}
ATTRIBUTES = {layer.capitalize() if layer != "ENTITY" else "Mention": layer for layer in LAYERS}
"""The names of the layers in MISC; mentions there are those that brackets of CorefUD cannot say."""
_READ = ("ID", "FORM", "MISC")
PREFIX = "tasrih."
"""How the comments begin that say what no word can."""

_RANGE = re.compile(r"([1-9][0-9]{0,8})-([1-9][0-9]{0,8})")
_EMPTY = re.compile(r"[0-9]+\.[0-9]+")
_ESCAPES = {" ": r"\s", "\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\", "|": r"\p"}
_PLAIN = {escape: letter for letter, escape in _ESCAPES.items()}
_ESCAPED = re.compile(r"\\(?:u[0-9a-f]{4}|.)")
_ODD = re.compile("[\u0085\u2028\u2029]")


class Row(NamedTuple):
    """A line with a word, a multiword token (`range`) or an empty node; `layers` are what columns of our own say."""

    line: int
    id: str
    kind: Literal["word", "range", "empty"]
    form: str
    misc: dict[str, str]
    layers: list[tuple[str, str]]

    @property
    def length(self) -> int:
        """How many words a multiword token has."""
        first, last = map(int, self.id.split("-"))
        return last - first + 1


class _Layout(NamedTuple):
    """Which column is where."""

    names: list[str]
    places: dict[str, int]
    layers: list[tuple[int, str]]


class Comment(NamedTuple):
    """A comment before a sentence: `# key = value`."""

    line: int
    key: str
    value: str


class Sentence(NamedTuple):
    """What stands between two empty lines."""

    comments: list[Comment]
    rows: list[Row]


def sentences(lines: Iterable[tuple[int, str]], complain: Complain) -> Iterator[Sentence]:
    """The sentences of a file, one after another; a line that is none is told of, and what it says is kept."""
    layout = _layout(list(COLUMNS))
    now, number = Sentence([], []), 0
    for number, line in lines:
        if not line.strip():
            if now.rows or now.comments:
                yield now
                now = Sentence([], [])
        elif line.startswith("#"):
            comment = _comment(line, number)
            now.comments.append(comment)
            if comment.key == "global.columns" and comment.value.split() != layout.names:
                layout = _layout(comment.value.split())
                _look_at_columns(comment, complain)
        else:
            now.rows.append(_row(line, number, layout, complain))
    if now.rows:
        complain(number, "the file ends without an empty line after its last sentence; it may have been cut off.")
        yield now


def _comment(line: str, number: int) -> Comment:
    key, _, value = line.lstrip("#").partition("=")
    return Comment(number, key.strip(), value.strip())


def _look_at_columns(comment: Comment, complain: Complain) -> None:
    names = comment.value.split()
    for name in names:
        if name not in COLUMNS and name not in OUR_COLUMNS:
            complain(comment.line, f"column {name}: nothing in a record is like it, and it is not read.")
    for name in ("ID", "FORM"):
        if name not in names:
            complain(comment.line, f"column {name} is missing, and no text can be made of a file without it.")


def _layout(names: list[str]) -> _Layout:
    layers = [(place, OUR_COLUMNS[name]) for place, name in enumerate(names) if name in OUR_COLUMNS]
    return _Layout(names, {name: place for place, name in enumerate(names)}, layers)


def _row(line: str, number: int, layout: _Layout, complain: Complain) -> Row:
    cells = line.split("\t")
    missing = len(layout.names) - len(cells)
    if missing:
        complain(number, f"{len(cells)} columns, and there should be {len(layout.names)}; what is there was read.")
        cells += [NOTHING] * missing
    name, form, said = (cells[layout.places[key]] if key in layout.places else NOTHING for key in _READ)
    misc = {} if said == NOTHING else dict(_pair(part) for part in said.split("|"))
    layers = [(layer, cells[place]) for place, layer in layout.layers if cells[place] not in (NO_LAYER, NOTHING, "")]
    return Row(number, name, _kind(name, number, complain), form, misc, layers)


def _kind(name: str, number: int, complain: Complain) -> Literal["word", "range", "empty"]:
    if name.isdecimal():
        return "word"
    if _EMPTY.fullmatch(name):
        return "empty"
    found = _RANGE.fullmatch(name)
    if found and int(found[1]) <= int(found[2]):
        return "range"
    complain(number, f"ID {name!r} is no number of a word, range or empty node; the line was read as a word.")
    return "word"


def _pair(part: str) -> tuple[str, str]:
    name, _, value = part.partition("=")
    return name, value


def misc(pairs: Iterable[tuple[str, str]]) -> str:
    """The column MISC that says these."""
    return "|".join(f"{name}={value}" for name, value in pairs) or NOTHING


def space_after(white: str) -> list[tuple[str, str]]:
    """What MISC says of the white space after a token; nothing of one space."""
    if white == " ":
        return []
    return [("SpacesAfter", escaped(white))] if white else [("SpaceAfter", "No")]


def white_after(said: dict[str, str]) -> str:
    """The white space after a token, as its MISC has it."""
    if "SpacesAfter" in said:
        return unescaped(said["SpacesAfter"])
    return "" if said.get("SpaceAfter") == "No" else " "


def escaped(white: str) -> str:
    """White space as UDPipe and Udapi write it in MISC; what they have no letter for by its number, as in JSON."""
    return "".join(_ESCAPES.get(letter) or f"\\u{ord(letter):04x}" for letter in white)


def unescaped(said: str) -> str:
    """White space that was written with letters."""
    return _ESCAPED.sub(lambda found: _PLAIN.get(found[0]) or _by_number(found[0]), said)


def _by_number(escape: str) -> str:
    return chr(int(escape.removeprefix("\\u"), base=16)) if len(escape) > 2 else escape


def commented(kind: str, name: str, value: Any) -> str:
    """A comment that says something of a record as JSON: `# tasrih.metadata.published = "2021-10-13"`."""
    said = json.dumps(value, ensure_ascii=False)
    return f"# {PREFIX}{kind}.{name} = " + _ODD.sub(lambda found: f"\\u{ord(found[0]):04x}", said)
