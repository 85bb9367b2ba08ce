"""Answers as rows, for programs, spreadsheets and shells: a line each, or one JSON document."""

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from typing import Any

from tasrih.article import Quote
from tasrih.choices import Rows
from tasrih.terminal import clean
from tasrih.text.cells import csv_line

Row = dict[str, Any]


def row(quote: Quote) -> Row:
    """What is told of a quote; its words and those of its cue are None where the article lacks them."""
    is_withheld = quote.article.is_withheld
    return {
        "article": quote.article.id,
        "quote": quote.id,
        "type": quote.type,
        "speaker": quote.speaker.name if quote.speaker else None,
        "cue": quote.cue.text if quote.cue and not is_withheld else None,
        "text": None if is_withheld else quote.text,
    }


def lines(rows: Iterable[Row], rendering: Rows) -> Iterator[str]:
    """The rows as they are read, one after the other; CSV begins with the names of the columns."""
    return _RENDERINGS[rendering](rows)


def _tsv(rows: Iterable[Row]) -> Iterator[str]:
    return ("\t".join(map(_cell, row.values())) for row in rows)


def _json(rows: Iterable[Row]) -> Iterator[str]:
    """One document, as `json.dumps` with an indent of 2 writes it."""
    found = iter(rows)
    first = next(found, None)
    if first is None:
        yield "[]"
        return
    yield "["
    for one, following in pairwise(chain([first], found, [None])):
        laid_out = json.dumps(one, ensure_ascii=False, indent=2).replace("\n", "\n  ")
        yield f"  {laid_out}" + ("," if following else "")
    yield "]"


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    for number, one in enumerate(rows):
        if number == 0:
            yield csv_line(one).removesuffix("\n")
        yield csv_line(map(_cell, one.values())).removesuffix("\n")


def _cell(value: object) -> str:
    return "" if value is None else clean(str(value))


_RENDERINGS: dict[Rows, Callable[[Iterable[Row]], Iterator[str]]] = {"tsv": _tsv, "json": _json, "csv": _csv}
