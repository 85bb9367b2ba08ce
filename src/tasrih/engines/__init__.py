"""Where the work runs: on processes of this machine, or on a Spark cluster. An engine only schedules."""

from collections.abc import Callable, Generator, Sequence
from importlib import import_module
from typing import TypeVar

ENGINES = ("local", "spark")
Given = TypeVar("Given")
Result = TypeVar("Result")


def scheduled(
    job: Callable[[Given], Result], given: Sequence[Given], jobs: int, engine: str = "local"
) -> Generator[Result, None, None]:
    """The results of a job for each thing given, in order; `jobs` is the number of processes. Closing it ends them."""
    results: Generator[Result, None, None] = import_module(f"tasrih.engines.{engine}").run(job, given, jobs)
    return results
