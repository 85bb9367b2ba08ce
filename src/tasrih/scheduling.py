"""Work on one processor or several."""

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from tasrih.errors import TasrihError

Given = TypeVar("Given")
Result = TypeVar("Result")


def scheduled(job: Callable[[Given], Result], batches: Sequence[Given], jobs: int) -> Iterator[Result]:
    """The results of a job for each batch, in their order, from as many processes. An interrupt ends them all."""
    if min(jobs, len(batches)) < 2:
        yield from map(job, batches)
        return
    workers = ProcessPoolExecutor(min(jobs, len(batches)), get_context("spawn"), _leave_interrupts_to_the_parent)
    try:
        yield from workers.map(job, batches)
    except BrokenProcessPool as error:
        raise TasrihError("A worker was killed, perhaps for want of memory. Run again with fewer --jobs.") from error
    finally:
        workers.shutdown(cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
