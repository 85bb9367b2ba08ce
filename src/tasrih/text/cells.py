"""Cells of tables that people open in a spreadsheet."""

import csv
import io
from collections.abc import Iterable

_FORMULA = ("=", "+", "-", "@")
"""With these a spreadsheet begins to reckon."""


def guarded(cell: str) -> str:
    """A cell that stays a text: one that a spreadsheet would take for a formula gets an apostrophe before it.

    White space before the sign does not keep a spreadsheet from reckoning.
    """
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


def csv_line(cells: Iterable[str]) -> str:
    """A line of CSV with its end, in which no cell is a formula."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(map(guarded, cells))
    return buffer.getvalue()
