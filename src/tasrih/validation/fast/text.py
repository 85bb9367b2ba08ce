"""T: texts of ordinary letters."""

from tasrih.columnar import Flags, child
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
