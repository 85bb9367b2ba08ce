"""From the bytes of a file in a repository to the text of one article: a headline, a blank line, a body.

A format is a function of some lines, with the number of its version: a function that comes to give other text for the
same bytes gets the next one, since records name the version that they were made with.
"""

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from tasrih.errors import InvalidError
from tasrih.reading import MAX_BYTES
from tasrih.terminal import one_line

_BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError)
_ARRAYS = 4  # arrays kept unpacked: one is read in 50 ms and takes some 20 MB, and records of one file follow another


class Extractor(NamedTuple):
    """How the text of an article is taken from the bytes of a file.

    `extract` gets the bytes and the item, so many numbers that say which article of the file is meant (`items`), and
    raises InvalidError when they hold no such article.
    """

    version: int
    items: int
    extract: Callable[[bytes, Sequence[int]], str]


def extracted(data: bytes, locator: Mapping[str, Any]) -> str:
    """The text of the article that a locator means, out of the bytes of its file.

    Raises InvalidError when the format or the version of its extractor is not known, and when the file does not hold
    such an article.
    """
    name, item = str(locator.get("format")), locator.get("item") or []
    extractor = EXTRACTORS.get(name)
    if extractor is None:
        raise InvalidError(f"the format {one_line(name)} is none of {', '.join(EXTRACTORS)}.")
    version = locator.get("extractor", extractor.version)
    if version != extractor.version:
        raise InvalidError(
            f"version {one_line(str(version))} of the extractor for {name} is wanted, and this Tasrih has "
            f"{extractor.version}. Install the Tasrih that the records were made for."
        )
    if not isinstance(item, list | tuple) or not all(isinstance(number, int) for number in item):
        raise InvalidError(f"the item {one_line(str(item))} is no list of numbers.")
    return extractor.extract(data, item)


def _ant_xml(data: bytes, item: Sequence[int]) -> str:  # noqa: ARG001
    """One article a file, between tags; what stands between them is no XML (`&` is meant as it is)."""
    text = _decoded(data)
    return _article(_between(text, "TITLE"), _between(text, "TEXT"))


def _between(text: str, tag: str) -> str:
    _, opening, rest = text.partition(f"<{tag}>")
    inside, closing, _ = rest.partition(f"</{tag}>")
    if not (opening and closing):
        raise InvalidError(f"it has no <{tag}> that ends with </{tag}>.")
    return inside


def _zipjson(data: bytes, item: Sequence[int]) -> str:
    """A zip with one JSON file, an array of articles: the one with the number `item[0]`, from 0."""
    articles = _array(data)
    if len(item) != 1 or not 0 <= item[0] < len(articles):
        raise InvalidError(f"its array has {len(articles)} articles, and the item {_told(item)} is none of them.")
    match articles[item[0]]:
        case {"title": str(headline), "content": str(body)}:
            return _article(headline, body)
    raise InvalidError(f"the item {_told(item)} of its array has no title and content.")


def _plain(data: bytes, item: Sequence[int]) -> str:  # noqa: ARG001
    """The whole file is the article."""
    return _norm(_decoded(data)) + "\n"


def _lines(data: bytes, item: Sequence[int]) -> str:
    """Some lines of a file, from `item[0]` to `item[1]`, from 1."""
    lines = _norm_ends(_decoded(data)).split("\n")
    if len(item) != 2 or not 1 <= item[0] <= item[1] <= len(lines):
        raise InvalidError(f"it has {len(lines)} lines, and the item {_told(item)} is no range of them.")
    headline, *body = lines[item[0] - 1 : item[1]]
    return _article(headline, "\n".join(line.strip() for line in body))


EXTRACTORS: dict[str, Extractor] = {
    "ant-xml": Extractor(1, 0, _ant_xml),
    "zipjson": Extractor(1, 1, _zipjson),
    "plain": Extractor(1, 0, _plain),
    "lines": Extractor(1, 2, _lines),
}


def _article(headline: str, body: str) -> str:
    return f"{_norm(headline)}\n\n{_norm(body)}\n"


def _norm(text: str) -> str:
    return _norm_ends(text).strip("\ufeff \n")


def _norm_ends(text: str) -> str:
    """Text in which lines end as in Unix, whatever git or an editor made of them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise InvalidError(f"it is no UTF-8 (byte {error.start}).") from error


@lru_cache(_ARRAYS)
def _array(data: bytes) -> list[Any]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = [name for name in packed.namelist() if name.endswith(".json") and not name.startswith("__MACOSX/")]
            if len(names) != 1:
                raise InvalidError(f"it is a zip with {len(names)} JSON files, not one.")
            with packed.open(names[0]) as file:
                content = file.read(MAX_BYTES + 1)
    except _BROKEN_ZIP as error:
        raise InvalidError(f"it cannot be unpacked ({one_line(str(error))}).") from error
    if len(content) > MAX_BYTES:
        raise InvalidError(f"what is packed in it is larger than {MAX_BYTES // 2**20} MiB.")
    try:
        articles = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise InvalidError(f"what is packed in it is no JSON ({error}).") from error
    if not isinstance(articles, list):
        raise InvalidError("what is packed in it is no JSON array.")
    return articles


def _told(item: Sequence[int]) -> str:
    return one_line(str(list(item)))
