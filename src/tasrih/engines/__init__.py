"""Where the work runs: on processes of this machine, or on a Spark cluster. An engine only schedules."""

from collections.abc import Callable, Generator, Sequence
from importlib import import_module
from typing import Literal, TypeVar, get_args

from tasrih.arguments import number, one_of

Engine = Literal["local", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)
Given = TypeVar("Given")
Result = TypeVar("Result")


def check(engine: object, jobs: object) -> None:
    """Raises TasrihError when there is no such engine, or no such number of processes."""
    one_of("no such engine", engine, ENGINES)
    number("jobs", jobs, 1)


def scheduled(
    job: Callable[[Given], Result], given: Sequence[Given], jobs: int, engine: Engine = "local"
) -> Generator[Result, None, None]:
    """The results of a job for each thing given, in order; `jobs` is the number of processes. Closing it ends them."""
    results: Generator[Result, None, None] = import_module(f"tasrih.engines.{engine}").run(job, given, jobs)
    return results
