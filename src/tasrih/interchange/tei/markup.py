"""XML as elements that know their place in the file: read without DTDs, and written."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import orjson

from tasrih.errors import InvalidError

_DEEPEST = 60
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_HINTS = {
    expat.errors.codes[expat.errors.XML_ERROR_UNDEFINED_ENTITY]: "Write the character itself.",
    expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN]: "Write & as &amp; and < as &lt;, and save it as UTF-8.",
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS]: "Begin with <TEI>.",
}


@dataclass(eq=False)
class Element:
    """An element; line and column of its first character count from 1."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)
    line: int = 0
    column: int = 0

    @property
    def elements(self) -> list["Element"]:
        """The elements in it."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def words(self) -> str:
        """The characters right in it, laid out."""
        return laid_out("".join(child for child in self.children if isinstance(child, str)))[0]

    def get(self, name: str) -> str | None:
        """The value of an attribute; None when it is not there."""
        return self.attributes.get(name)


Complain = Callable[[Element, str], None]


def ignore(element: Element, message: str) -> None:
    """Complaints about what the package itself wrote: there are none."""


def parse(data: bytes, file: str) -> Element:
    """The outermost element of a document. Raises TasrihError with file, line and column."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    around = [Element("")]

    def refused(told: str) -> InvalidError:
        return InvalidError(told, path=file, line=parser.CurrentLineNumber, column=parser.CurrentColumnNumber + 1)

    def begin(tag: str, attributes: dict[str, str]) -> None:
        if len(around) > _DEEPEST:
            raise refused(f"elements are nested more than {_DEEPEST} deep. Close some before.")
        given = {name: value for name, value in attributes.items() if not name.startswith("xmlns")}
        element = Element(tag, given, [], parser.CurrentLineNumber, parser.CurrentColumnNumber + 1)
        around[-1].children.append(element)
        around.append(element)

    def read_text(text: str) -> None:
        around[-1].children.append(text)

    def refuse(*_: object) -> None:
        raise refused("a DOCTYPE is not read. Take it out.")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _: around.pop()
    parser.CharacterDataHandler = read_text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        place = {"line": error.lineno, "column": error.offset + 1}
        raise InvalidError(_malformed(error, around[1:]), path=file, **place) from error
    return around[0].elements[0]


def _malformed(error: expat.ExpatError, around: list[Element]) -> str:
    left = f" <{around[-1].tag}> of {around[-1].line}:{around[-1].column} is still open." if around else ""
    hint = _HINTS.get(error.code, "")
    return f"not well-formed XML ({expat.ErrorString(error.code)}).{left}{' ' + hint if hint else ''}"


def laid_out(raw: str, *, exactly: bool = False) -> tuple[str, list[int]]:
    """Text without white space around it and with a space for every line break, with the white space around that.

    With it comes the place in the text for every place in `raw`. With `exactly` the text is kept as it is.
    """
    if exactly:
        return raw, list(range(len(raw) + 1))
    pieces: list[str] = []
    places: list[int] = []
    length = 0
    for run in re.findall(r"[ \t\n]+|[^ \t\n]+", raw):
        piece = " " if "\n" in run else run
        places += [length] * len(run) if "\n" in run else range(length, length + len(run))
        pieces.append(piece)
        length += len(piece)
    whole = "".join(pieces)
    before, text = len(whole) - len(whole.lstrip()), whole.strip()
    return text, [min(max(place - before, 0), len(text)) for place in [*places, length]]


def written(root: Element) -> str:
    """The document: what holds paragraphs or header fields a line each, everything else as it stands.

    Raises TasrihError when it holds a character that XML does not allow.
    """
    document = '<?xml version="1.0" encoding="UTF-8"?>\n' + _block(root, "") + "\n"
    if found := _UNWRITABLE.search(document):
        raise InvalidError(
            f"U+{ord(found[0]):04X} cannot stand in XML. Take it out; `tasrih validate` shows where it is."
        )
    return document


def _block(element: Element, indent: str) -> str:
    if not element.children or element.tag not in ("TEI", "header", "annotation", "source"):
        return indent + _inline(element)
    inner = "".join(f"{_block(child, indent + '  ')}\n" for child in element.elements)
    return f"{indent}<{element.tag}{_attributes(element)}>\n{inner}{indent}</{element.tag}>"


def _inline(element: Element) -> str:
    if not element.children:
        return f"<{element.tag}{_attributes(element)}/>"
    content = "".join(
        escape(child, {"\r": "&#13;"}) if isinstance(child, str) else _inline(child) for child in element.children
    )
    return f"<{element.tag}{_attributes(element)}>{content}</{element.tag}>"


def _attributes(element: Element) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in element.attributes.items())


def completed(element: Element, made: dict[str, Any], complain: Complain) -> dict[str, Any]:
    """What an element says, with the fields of its `more` (JSON) and without those of its `without`."""
    try:
        more = orjson.loads(element.get("more") or "{}")
    except orjson.JSONDecodeError as error:
        complain(element, f"more is not JSON ({error}).")
        more = {}
    if not isinstance(more, dict):
        complain(element, 'more is no JSON object, such as {"url": null}.')
        more = {}
    left_out = (element.get("without") or "").split()
    return {name: value for name, value in (made | more).items() if name not in left_out}


def complete(element: Element, made: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Gives an element the `more` and `without` that turn what it says into what it should say."""
    more = {name: value for name, value in wanted.items() if name not in made or made[name] != value}
    without = [name for name in made if name not in wanted]
    if more:
        element.attributes["more"] = json.dumps(more, ensure_ascii=False)
    if without:
        element.attributes["without"] = " ".join(without)
