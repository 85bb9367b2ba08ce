"""T: texts of ordinary letters."""

from tasrih.columnar import Flags
from tasrih.validation.fast.columns import Columns
from tasrih.validation.fast.doubts import vouches


@vouches(*(f"T{number}" for number in range(101, 114)))
def ordinary(columns: Columns) -> Flags:
    """Texts and names hold ordinary Arabic letters, digits, punctuation and single spaces, and are in NFC."""
    return columns.strange
