"""S1: from bytes to JSON. These rules are asked, in this order, only when a file cannot be parsed as it stands."""

import json
import re
from collections.abc import Iterator

import orjson

from tasrih.keys import repeated
from tasrih.reading import MAX_BYTES
from tasrih.validation.findings import Flaw
from tasrih.validation.registry import BYTES, FILE, KEYS

_NOT_A_NUMBER = re.compile(r'"(?:[^"\\]|\\.)*+"|(?P<bad>NaN|-?Infinity)', re.DOTALL)
_SURROGATE = re.compile(
    r"\\u[dD][89aAbB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<bad>\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)
MAX_DEPTH = 200


@FILE.rule("S101")
def unreadable(error: OSError) -> Flaw:
    """The file cannot be read.

    It is a folder, a pipe or a device, a link that leads nowhere, a file without permission to read it, or one that
    is packed and breaks off.
    """
    return Flaw(0, (error.strerror or type(error).__name__).lower())


@BYTES.rule("S102")
def too_large(data: bytes) -> Iterator[Flaw]:
    """The record is larger than 64 MiB.

    A record holds one article. Several belong in several files, or one a line in JSON Lines.
    """
    if len(data) > MAX_BYTES:
        yield Flaw(0)


@BYTES.rule("S103")
def empty(data: bytes) -> Iterator[Flaw]:
    """The file is empty.

    A file of the corpus holds one record; delete a file that holds none.
    """
    if not data.strip():
        yield Flaw(0)


@BYTES.rule("S104")
def not_utf8(data: bytes) -> Iterator[Flaw]:
    """The file is not UTF-8.

    Records are UTF-8. Save the file again in that encoding, or convert it: `iconv -f WINDOWS-1256 -t UTF-8`.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Flaw(0, "it begins like UTF-16", "iconv -f UTF-16 -t UTF-8")
        return
    try:
        data.decode()
    except UnicodeDecodeError as error:
        yield Flaw(len(data[: error.start].decode()), f"byte 0x{data[error.start]:02X}")


@BYTES.rule("S105")
def byte_order_mark(data: bytes) -> Iterator[Flaw]:
    """The file begins with a byte order mark.

    JSON has none (RFC 8259). Save the file as "UTF-8", not "UTF-8 with BOM".
    """
    if data.startswith(b"\xef\xbb\xbf"):
        yield Flaw(0, suggestion="remove the first three bytes")


@BYTES.rule("S106")
def too_deep(data: bytes) -> Iterator[Flaw]:
    """The JSON is nested too deeply.

    A record is nested ten deep at most; a file nested deeper than 200 is not read at all.
    """
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(data.decode()):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > MAX_DEPTH:
            yield Flaw(match.start())
            return


@BYTES.rule("S107")
def not_a_number(data: bytes) -> Iterator[Flaw]:
    """NaN and Infinity are not JSON.

    Some programs write them for numbers that are missing. Leave the field out instead.
    """
    yield from (Flaw(match.start("bad"), match["bad"]) for match in _bad(_NOT_A_NUMBER, data))


@BYTES.rule("S108")
def lone_surrogate(data: bytes) -> Iterator[Flaw]:
    r"""An escape stands for half a character.

    Escapes from `\ud800` to `\udfff` come in pairs. Text that was cut in the middle of such a pair is damaged:
    write the character itself.
    """
    yield from (Flaw(match.start("bad"), match["bad"]) for match in _bad(_SURROGATE, data))


@BYTES.rule("S109")
def not_json(data: bytes) -> Iterator[Flaw]:
    """The file is not JSON.

    The place named is where the parser gave up; the mistake is there or just before it: a comma too many or too
    few, a bracket or a quotation mark that is missing, text after the end.
    """
    try:
        orjson.loads(data)
    except orjson.JSONDecodeError as error:
        yield Flaw(error.pos, error.msg.partition(":")[0])


@KEYS.rule("S110")
def repeated_key(data: bytes) -> Iterator[Flaw]:
    """An object has the same field twice.

    Programs disagree on which one counts, so that the record would mean two things. Keep one of them.
    """
    told: set[str] = set()
    for place, name in repeated(data.decode()):
        if name not in told:
            told.add(name)
            yield Flaw(place, json.dumps(name, ensure_ascii=False))


def _bad(pattern: re.Pattern[str], data: bytes) -> Iterator[re.Match[str]]:
    return (match for match in pattern.finditer(data.decode()) if match["bad"])
