"""Tables, words and JSON in Markdown that show what a record has, and nothing that it could do to a page."""

import json
import re
from typing import Any

from tasrih.terminal import clean

_ACTIVE = re.compile(r"[\\`*_\[\]|~$!#]|(?<=[a-z]):(?=//)|(?<=www)\.|@", re.IGNORECASE)


def counts_table(what: str, splits: list[str], rows: dict[str, dict[str, int]]) -> str:
    """A table of counts: a line for each of `rows`, a column for each of `splits`."""
    lines = [f"| {what} | {' | '.join(splits)} |", "| --- |" + " ---: |" * len(splits)]
    lines += [
        f"| {name} | {' | '.join(str(counts.get(split, 0)) for split in splits)} |" for name, counts in rows.items()
    ]
    return "\n".join(lines)


def cell(text: str) -> str:
    """Words of a record as a cell that shows them as they are, whatever Markdown or HTML they look like."""
    plain = clean(" ".join(text.split())).replace("&", "&amp;").replace("<", "&lt;")
    return _ACTIVE.sub(r"\\\g<0>", plain)


def as_json(value: Any) -> str:
    """JSON that ends no block of code, and reorders nothing around it."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return "".join(char if char == "\n" or clean(char) == char != "`" else f"\\u{ord(char):04x}" for char in text)
