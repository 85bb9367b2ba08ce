"""What a CoNLL-U file says of its documents: paragraphs with their words, and the pieces of each layer.

Layers are looked for in columns of our own and in MISC, mentions in `Entity=` too: both formats are read alike.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from tasrih.arguments import shown
from tasrih.interchange.conllu import brackets
from tasrih.interchange.conllu.layers import ROLES, Item, Pieces, items, take_in
from tasrih.interchange.conllu.lines import (
    ATTRIBUTES,
    PREFIX,
    Comment,
    Complain,
    Row,
    Sentence,
    unescaped,
    white_after,
)

_COMMENT = re.compile(rf"{re.escape(PREFIX)}(record|metadata|paragraph|quote|term|mention|place)\.(\S+)")


class Said(NamedTuple):
    """The value of a comment, and its line."""

    line: int
    value: Any


class Node(NamedTuple):
    """The row of a word or empty node, and how many words of its paragraph there are before it."""

    row: Row
    before: int


class Silent(NamedTuple):
    """A speaker or addressee at an empty node."""

    role: str
    item: Item
    line: int


@dataclass
class Paragraph:
    """A paragraph: its text, and where each of its words begins and ends."""

    line: int
    name: str
    text: str = ""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    white: str = ""
    is_told: bool = False

    def append(self, token: Row) -> int:
        """Puts a token behind the others, and keeps the white space after it until another comes; where it begins."""
        before = "" if self.text else unescaped(token.misc.get("SpacesBefore", ""))
        self.text += self.white + before
        start = len(self.text)
        self.text += token.form
        self.white, self.is_told = white_after(token.misc), "SpacesAfter" in token.misc
        return start


@dataclass
class Document:
    """What a file says of one article; mentions in brackets come with the number of their paragraph from 0."""

    line: int
    name: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    comments: dict[str, dict[str, Said]] = field(default_factory=dict)
    layers: dict[str, Pieces] = field(default_factory=dict)
    silent: list[Silent] = field(default_factory=list)
    mentions: list[tuple[int, brackets.Found]] = field(default_factory=list)


def documents(found: Iterable[Sentence], stem: str, complain: Complain) -> Iterator[Document]:
    """The documents of a file as they are read, which `newdoc` parts; without one the file is a document."""
    names = brackets.GLOBAL.split("-")
    for started, together in groupby(found, _Numbered("newdoc")):
        own = list(together)
        told = next((comment for comment in own[0].comments if comment.key.startswith("newdoc")), None)
        line = told.line if told else _line(own[0])
        given = told.value if told and told.value else f"{stem}-{started}" if started > 1 else stem
        document = Document(line, _slug(given, line, complain))
        for comment in (comment for sentence in own for comment in sentence.comments):
            _take_comment(comment, document, complain)
            names = comment.value.split("-") if comment.key == "global.Entity" else names
        _take_paragraphs(own, document, names, complain)
        yield document


def _slug(given: str, line: int, complain: Complain) -> str:
    """The id of a document as that of a record."""
    name = "-".join(re.findall("[a-z0-9]+", given.lower())) or "document"
    if name != given:
        complain(line, f"{shown(given)} cannot be the id of a record; it is {name} there.")
    return name


class _Numbered:
    """Numbers sentences by how often something began before them, or with them: a key for `groupby`."""

    def __init__(self, key: str) -> None:
        self._key, self._count = key, 0

    def __call__(self, sentence: Sentence) -> int:
        self._count += any(comment.key.split()[:1] == [self._key] for comment in sentence.comments)
        return self._count


def _line(sentence: Sentence) -> int:
    return (sentence.comments or sentence.rows)[0].line


def _take_comment(comment: Comment, document: Document, complain: Complain) -> None:
    found = _COMMENT.fullmatch(comment.key)
    if not found:
        return
    try:
        value = json.loads(comment.value)
    except (ValueError, RecursionError) as error:
        complain(comment.line, f"what {comment.key} says is no JSON ({error}); it was left out.")
        return
    document.comments.setdefault(found[1], {})[found[2]] = Said(comment.line, value)


def _take_paragraphs(own: list[Sentence], document: Document, names: list[str], complain: Complain) -> None:
    """The paragraphs of a document: `newpar` begins one, and where there is none each sentence is one."""
    parted = any(comment.key.startswith("newpar") for sentence in own for comment in sentence.comments)
    for number, (_, together) in enumerate(groupby(_with_rows(own), _Numbered("newpar") if parted else id)):
        parts = list(together)
        told = next((comment for comment in parts[0].comments if comment.key.startswith("newpar")), None)
        paragraph = Paragraph(_line(parts[0]), told.value if told else "")
        nodes = [node for sentence in parts for node in _nodes(sentence, paragraph, complain)]
        if paragraph.is_told:
            paragraph.text += paragraph.white.rstrip("\r\n")
        document.paragraphs.append(paragraph)
        _take_layers(nodes, number, document, complain)
        document.mentions += [(number, found) for found in brackets.read(nodes, names, complain)]


def _with_rows(own: list[Sentence]) -> Iterator[Sentence]:
    """The sentences that have words; comments of one that has none are those of the next."""
    before: list[Comment] = []
    for sentence in own:
        if sentence.rows:
            yield Sentence([*before, *sentence.comments], sentence.rows)
        before = [] if sentence.rows else [*before, *sentence.comments]


def _nodes(sentence: Sentence, paragraph: Paragraph, complain: Complain) -> list[Node]:
    """Puts the words of a sentence into its paragraph: each row of one, and of an empty node, with its place."""
    nodes: list[Node] = []
    begin = None
    _check_ids(sentence.rows, complain)
    for token, parts in _tokens(sentence.rows, complain):
        if token:
            start = paragraph.append(token)
            begin = start if begin is None else begin
            places = iter(_places(token, [row for row in parts if row.kind != "empty"], start, complain))
        for row in parts:
            nodes.append(Node(row, len(paragraph.starts)))
            if row.kind != "empty":
                first, last = next(places)
                paragraph.starts.append(first)
                paragraph.ends.append(last)
    _check_text(sentence, paragraph.text[begin or 0 :], complain)
    return nodes


def _tokens(rows: list[Row], complain: Complain) -> Iterator[tuple[Row | None, list[Row]]]:
    """The tokens of a sentence, each with its words and the empty nodes between them; none for those elsewhere."""
    place = 0
    while place < len(rows):
        row = rows[place]
        place += 1
        if row.kind == "empty":
            yield None, [row]
        elif row.kind == "word":
            yield row, [row]
        else:
            end = _end_of_range(rows, place, row.length)
            parts, place = rows[place:end], end
            if sum(part.kind == "word" for part in parts) != row.length:
                complain(row.line, f"{row.id} should be {row.length} words, and the lines of some of them are missing.")
            yield row, parts or [row]


def _end_of_range(rows: list[Row], place: int, length: int) -> int:
    """Where the words of a multiword token end that begin at a place."""
    while length and place < len(rows) and rows[place].kind != "range":
        length -= rows[place].kind == "word"
        place += 1
    return place


def _places(token: Row, parts: list[Row], start: int, complain: Complain) -> Iterator[tuple[int, int]]:
    """Where the words of a token begin and end: after one another, or each all over it where they do not make it up."""
    whole = start, start + len(token.form)
    if "".join(part.form for part in parts) != token.form:
        complain(token.line, f"its words do not make up {token.form!r}: what one of them is part of has all of it.")
        yield from [whole] * len(parts)
        return
    for part in parts:
        yield start, start + len(part.form)
        start += len(part.form)


def _check_ids(rows: list[Row], complain: Complain) -> None:
    counted = 0
    for row in rows:
        counted += row.kind == "word"
        if row.kind == "word" and row.id != str(counted):
            complain(row.line, f"ID {row.id!r} where {counted} comes; the words are read in the order of their lines.")
            return


def _check_text(sentence: Sentence, text: str, complain: Complain) -> None:
    told = next((comment for comment in sentence.comments if comment.key == "text"), None)
    if told and told.value.split() != text.split():
        complain(told.line, f"the text is not that of the words below, which are read: {' '.join(text.split())[:60]} …")


def _take_layers(nodes: list[Node], paragraph: int, document: Document, complain: Complain) -> None:
    for row, word in nodes:
        for layer, cell in _cells(row):
            for item in items(cell, layer, row.line, complain):
                if row.kind != "empty":
                    take_in(document.layers.setdefault(layer, {}), item, paragraph, word, row.line)
                elif layer.lower() in ROLES:
                    document.silent.append(Silent(layer.lower(), item, row.line))
                else:
                    complain(row.line, f"{layer} {item.id} is at an empty node, which has no words; it was left out.")


def _cells(row: Row) -> Iterator[tuple[str, str]]:
    """What the layers say of a row."""
    yield from row.layers
    for name, cell in row.misc.items():
        if name in ATTRIBUTES:
            yield ATTRIBUTES[name], cell
