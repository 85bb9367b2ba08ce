"""Whether a dataset is what a build makes, and what is wrong with it."""

from dataclasses import dataclass

from tasrih.terminal import one_line


@dataclass(frozen=True, repr=False)
class Fault:
    """What is wrong with a dataset: the file, where it can be told the row (from 0) and the column, and why."""

    file: str
    why: str
    row: int | None = None
    column: str | None = None

    def __repr__(self) -> str:
        return one_line(f"<Fault {self}>")

    def __str__(self) -> str:
        row = "" if self.row is None else f", row {self.row}"
        column = "" if self.column is None else f", column {self.column}"
        return f"{self.file}{row}{column}: {self.why}"
