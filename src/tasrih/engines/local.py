"""Work on one machine: in this process, or in several, each with a channel of its own.

Nothing is shared between the processes, so that one that is killed at whatever moment leaves the others working.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import Any, NamedTuple, TypeVar, cast

from tasrih.errors import UnavailableError

Given = TypeVar("Given")
Result = TypeVar("Result")


class _Worker(NamedTuple):
    process: BaseProcess
    channel: Connection


def run(job: Callable[[Given], Result], given: Sequence[Given], jobs: int) -> Iterator[Result]:
    """The results of a job for each thing given, in order. An interrupt ends all processes.

    A process that is killed costs what it worked on; that is tried once more. Raises TasrihError when it fails again.
    """
    if min(jobs, len(given)) < 2:
        yield from map(job, given)
        return
    idle = [_started(job) for _ in range(min(jobs, len(given)))]
    busy: dict[Connection, tuple[_Worker, int]] = {}
    try:
        yield from _results(job, given, idle, busy)
    finally:
        for worker in [*idle, *(worker for worker, _ in busy.values())]:
            _ended(worker)


def _results(
    job: Callable[[Given], Result],
    given: Sequence[Given],
    idle: list[_Worker],
    busy: dict[Connection, tuple[_Worker, int]],
) -> Iterator[Result]:
    """Hands out what is given, not too far ahead, and collects what comes back."""
    waiting, found, killed = list(range(len(given)))[::-1], dict[int, Result](), Counter[int]()
    ahead = 2 * len(idle)
    for number in range(len(given)):
        while number not in found:
            while idle and waiting and waiting[-1] < number + ahead:
                worker, place = idle.pop(), waiting.pop()
                busy[worker.channel] = worker, place
                _hand_over(worker, given[place])
            for channel in cast("list[Connection]", wait(list(busy))):
                worker, place = busy.pop(channel)
                idle.append(worker)
                outcome = _received(worker)
                if outcome is None:
                    _ended(idle.pop())
                    killed[place] += 1
                    _refuse_again(given[place], worker, killed[place])
                    waiting.append(place)
                    idle.append(_started(job))
                else:
                    found[place] = outcome[0]
        yield found.pop(number)


def _started(job: Callable[[Any], Any]) -> _Worker:
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_work, args=(there, job), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here)


def _ended(worker: _Worker) -> None:
    worker.process.kill()
    worker.process.join()
    worker.channel.close()


def _hand_over(worker: _Worker, item: object) -> None:
    try:
        worker.channel.send(item)
    except OSError:
        return  # it was killed: the channel tells when it is listened to


def _received(worker: _Worker) -> tuple[Any] | None:
    """What a process sent; None when it was killed. What its job raised is raised here."""
    try:
        fine, value = worker.channel.recv()
    except (EOFError, OSError):
        return None
    if not fine:
        raise value
    return (value,)


def _refuse_again(item: object, worker: _Worker, times: int) -> None:
    if times > 1:
        reason = f"the process that worked on it was killed twice (exit code {worker.process.exitcode})"
        raise UnavailableError(f"{item}: {reason}, perhaps for want of memory. Run again with fewer --jobs.")


def _end_with_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _work(channel: Connection, job: Callable[[Any], Any]) -> None:
    """What a process does: a job for each thing that comes. Interrupts are for the process that started it.

    When that is gone, it ends at once: somebody else may be at the same work by now.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    while True:
        try:
            item = channel.recv()
        except (EOFError, OSError):
            return
        try:
            outcome = True, job(item)
        except Exception as error:  # noqa: BLE001
            outcome = False, error
        try:
            channel.send(outcome)
        except OSError:
            return
