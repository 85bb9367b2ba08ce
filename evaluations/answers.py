"""Questions of a dataset, answers to them without a model, and the share of those that are right."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

Question = dict[str, Any]
TASKS = ("speech", "speaker", "type")
ANSWERS: dict[str, Callable[[Question], int]] = {
    "gold": lambda question: int(question["answer"]),
    "floor": lambda _: 0,  # always speech, always the first name, always direct
}
"""The place of an answer among the choices of a question, by who gives it."""


def questions(dataset: Path, task: str) -> list[Question]:
    """The questions of a task in a folder that `tasrih build` wrote."""
    return pq.read_table(dataset / f"data/{task}_questions").to_pylist()  # type: ignore[no-any-return]


def share(asked: list[Question], answer: Callable[[Question], int]) -> float:
    """The share of questions to which an answer is the right one, from 0 to 1."""
    return sum(answer(question) == question["answer"] for question in asked) / len(asked)
