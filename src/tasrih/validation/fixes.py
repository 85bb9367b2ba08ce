"""Safe fixes: what can be set right without deciding anything about the text."""

import json
import os
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from pathlib import Path

from tasrih.errors import TasrihError
from tasrih.formatting import Change, formatted
from tasrih.reading import documents
from tasrih.validation.findings import Fix
from tasrih.validation.locate import extents
from tasrih.validation.roads import check

_ROUNDS = 5


def fixes(paths: Iterable[str | os.PathLike[str]], *, within: str | os.PathLike[str] | None = None) -> Iterator[Change]:
    """The files that safe fixes would change, as they are and as they would be. Lines of JSON Lines are not fixed."""
    for document in documents(paths):
        if document.line is None and Path(document.file).is_file():
            before = document.read()
            after = fixed(document.file, before, within)
            if after != before:
                yield Change(document.file, before, after)


def fixed(file: str, data: bytes, within: str | os.PathLike[str] | None = None) -> bytes:
    """A record with the safe fixes of its findings; in the canonical layout if it was in it before."""
    while data.startswith(BOM_UTF8):
        data = data.removeprefix(BOM_UTF8)
    canonical = _is_canonical(file, data)
    for _ in range(_ROUNDS):
        remedies = [finding.fix for finding in check(file, data, within=within) if finding.fix]
        if not remedies:
            break
        data = _spliced(data.decode(), remedies).encode()
    return formatted(file, data) if canonical else data


def _is_canonical(file: str, data: bytes) -> bool:
    try:
        return formatted(file, data) == data
    except TasrihError:
        return False


def _spliced(text: str, remedies: list[Fix]) -> str:
    """A text with the remedies, but for those inside a value that another sets: they are found in it again."""
    parts, place = [], 0
    by_path = {fix.at: fix.value for fix in remedies}
    placed = zip(extents(text, list(by_path)), by_path.values(), strict=True)
    for (start, end), value in sorted(placed, key=lambda entry: (entry[0][0], -entry[0][1])):
        if start >= place:
            parts += [text[place:start], json.dumps(value, ensure_ascii=False)]
            place = end
    return "".join([*parts, text[place:]])
