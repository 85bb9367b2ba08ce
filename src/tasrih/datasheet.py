"""The figures of a datasheet: tables that are counted from the corpus, each between marks that say which it is."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from tasrih.corpus import Corpus, loaded
from tasrih.dataset.documents import DATASHEET
from tasrih.errors import InvalidError, MissingError, RefusedError, unreadable
from tasrih.identity import identity
from tasrih.scoring import agree
from tasrih.scoring.tables import agreement_tables
from tasrih.statistics import Statistics, statistics

_KINDS = {
    "paragraphs": "role of the paragraph",
    "quotes": "type of the quote",
    "cues": "kind of cue",
    "speakers": "form of the speaker",
    "terms": "kind of the term",
    "entities": "type of the entity",
    "mentions": "type of the entity mentioned",
    "forms": "form of the mention",
    "phenomena": "phenomenon",
    "origins": "origin",
    "annotators": "kind of annotator",
    "redistribution": "redistribution",
}
"""Fields of `Statistics` that are a table of counts, and what its rows are."""
Tables = Mapping[str, Callable[[], str]]
"""What makes each table, by its name."""


class Renewed(NamedTuple):
    """A datasheet, its bytes with the figures of today, and whether those that it has are others."""

    file: Path
    after: bytes
    is_stale: bool


def renewed(paths: Sequence[str | os.PathLike[str]], within: str | os.PathLike[str] | None = None) -> Renewed:
    """The datasheet of the records at some paths, with its figures. Raises TasrihError when there is none to fill."""
    known = identity(paths, within)
    if known.home and known.home.is_relative_to(Path(__file__).parent):
        raise RefusedError("that is the corpus of the package. Name one of your own, or work in its repository.")
    file = known.document(DATASHEET)
    if file is None:
        place = "" if known.home is None else f"; write one in {known.home} or beside it"
        raise MissingError(f"the corpus has no {DATASHEET}{place}. `tasrih new` lays one out.")
    try:
        before = file.read_bytes()
        sheet = before.decode("utf-8")
    except OSError as error:
        raise unreadable(file, error) from error
    except UnicodeDecodeError as error:
        raise InvalidError(f"not UTF-8 ({error.reason}).", path=file) from error
    newline = "\r\n" if "\r\n" in sheet else "\n"
    tables = figures(loaded(paths, within), known.home)
    after = filled(sheet.replace("\r\n", "\n"), tables, path=file).replace("\n", newline).encode()
    return Renewed(file, after, before != after)


def filled(sheet: str, tables: Tables, mark: str = "figures", path: Path | None = None) -> str:
    """The sheet with its tables between `<!-- figures:NAME -->` and `<!-- end -->`; those that it names are made.

    Raises TasrihError when no marks are in it, when it names a table that nobody makes, and when a mark is not closed.
    """
    begins = re.findall(rf"<!-- {mark}:(\S*) -->", sheet)
    place = re.compile(rf"(<!-- {mark}:(\w+) -->\n)(?:(?!<!-- \w+:).)*?(<!-- end -->)", re.DOTALL)
    if not begins:
        known = ", ".join(tables)
        raise InvalidError(f"has no place for a table. Put <!-- {mark}:NAME --> and <!-- end -->: {known}.", path=path)
    for name in begins:
        if name not in tables:
            raise InvalidError(f"there is no table {name!r}; there are {', '.join(tables)}.", path=path)
    if [match[2] for match in place.finditer(sheet)] != begins:
        raise InvalidError(f"a <!-- {mark}:NAME --> is not closed: put <!-- end --> on a line below.", path=path)
    return place.sub(lambda match: f"{match[1]}\n{tables[match[2]]()}\n{match[3]}", sheet)


def figures(corpus: Corpus, folder: Path | None) -> Tables:
    """The tables of a corpus: sizes, counts by collection, and how far the readings in `folder`/annotations agree."""
    names = sorted({article.metadata.collection for article in corpus}, reverse=True)
    sides = {
        name: statistics(article.record for article in corpus if article.metadata.collection == name) for name in names
    }
    counted = {name: partial(_counts, kind, name, sides) for name, kind in _KINDS.items()}
    return {"sizes": partial(_sizes, sides), **counted, "agreement": partial(_agreement, folder)}


def lines(rows: Iterable[Iterable[str]]) -> str:
    """The rows of a Markdown table."""
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _sizes(sides: Mapping[str, Statistics]) -> str:
    units = next(iter(sides.values())).sizes
    rows = [[unit, *(str(side.sizes[unit]) for side in sides.values())] for unit in units]
    return lines([["unit", *sides], ["---", *["---:"] * len(sides)], *rows])


def _counts(kind: str, field: str, sides: Mapping[str, Statistics]) -> str:
    """A row a kind, the most frequent first, then the total."""
    counters: dict[str, Counter[str]] = {name: getattr(side, field) for name, side in sides.items()}
    every = sum(counters.values(), Counter[str]())
    kinds = sorted(every, key=lambda name: (-every[name], name))
    rows = [[kind, *counters], ["---", *["---:"] * len(counters)]]
    rows += [[name, *(str(counter[name]) for counter in counters.values())] for name in kinds]
    rows.append(["**all**", *(f"**{counter.total()}**" for counter in counters.values())])
    return lines(rows)


def _agreement(folder: Path | None) -> str:
    """How far the two readings of each collection agree; that there are none, when there are none."""
    readings = [folder / "annotations" / reading for reading in ("first", "second")] if folder else []
    if not readings or not all(reading.is_dir() for reading in readings):
        return "There are no second readings to compare yet.\n"
    _, *tables = agreement_tables(agree(*readings, by="collection").groups)
    columns = [f"{found.title.partition(':')[0]}: {name}" for found in tables for name in found.columns[1:]]
    rows = [["layer", *columns], ["---", *["---:"] * len(columns)]]
    sides = zip(*(one.rows for one in tables), strict=True)
    rows += [[row[0][0], *(cell for part in row for cell in part[1:])] for row in sides]
    sizes = " and ".join(found.title.replace(":", ",") for found in tables)
    return f"Over {sizes}.\n\n{lines(rows)}"
