"""A: spans that select their text, in whole words, are seen to before anything else is."""

from tasrih.columnar import Flags
from tasrih.validation.fast.columns import Columns
from tasrih.validation.fast.doubts import vouches


@vouches("A101", "A102", "A103", "A104", "A105", "A106", "A107", "A108", "M120", "Q118")
def grounded(columns: Columns) -> Flags:
    """Ids count from 1, and spans select their text at the edges of words, or after one proclitic."""
    return columns.groundless
