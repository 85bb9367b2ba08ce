"""Work on one machine: in this process, or in several."""

import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from multiprocessing import get_context
from typing import TYPE_CHECKING, TypeVar

from tasrih.errors import TasrihError

if TYPE_CHECKING:
    from pebble import ProcessFuture

Given = TypeVar("Given")
Result = TypeVar("Result")


def run(job: Callable[[Given], Result], given: Sequence[Given], jobs: int) -> Iterator[Result]:
    """The results of a job for each thing given, in order. An interrupt ends all processes.

    A process that is killed costs what it worked on; that is tried once more. Raises TasrihError when it fails again.
    """
    if min(jobs, len(given)) < 2:
        yield from map(job, given)
        return
    from pebble import ProcessExpired, ProcessPool

    pool = ProcessPool(min(jobs, len(given)), context=get_context("spawn"), initializer=_leave_interrupts_to_the_parent)
    try:
        rest = iter(given)
        waiting = deque((item, pool.schedule(job, [item])) for item in islice(rest, 2 * jobs))
        while waiting:
            item, future = waiting.popleft()
            try:
                result = future.result()
            except ProcessExpired:
                result = _again(pool.schedule(job, [item]), item)
            yield result
            waiting.extend((item, pool.schedule(job, [item])) for item in islice(rest, 1))
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _again(future: "ProcessFuture[Result]", item: object) -> Result:
    from pebble import ProcessExpired

    try:
        return future.result()
    except ProcessExpired as error:
        reason = f"the process that worked on it was killed twice (exit code {error.exitcode})"
        raise TasrihError(f"{item}: {reason}, perhaps for want of memory. Run again with fewer --jobs.") from error


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
