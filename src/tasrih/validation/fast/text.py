"""T: texts of ordinary letters."""

from tasrih.columnar import Flags, child, flags
from tasrih.validation.fast.columns import Columns, codes, repeated
from tasrih.validation.fast.doubts import vouches


@vouches(*(f"T{number}" for number in range(101, 114)))
def ordinary(columns: Columns) -> Flags:
    """Texts and names hold ordinary Arabic letters, digits, punctuation and single spaces, and are in NFC."""
    return columns.strange


@vouches("T114")
def paragraphs(columns: Columns) -> Flags:
    """No two paragraphs have the same text of ordinary letters."""
    values, owner = columns.layout.paragraphs
    return columns.strange | columns.rows(repeated(owner, codes(child(values, "text"))))


@vouches("T115", "T116")
def repeats(columns: Columns) -> Flags:
    """No paragraph is said again."""
    values, owner = columns.layout.paragraphs
    return columns.rows(owner[flags(child(values, "repeats").is_valid())])
