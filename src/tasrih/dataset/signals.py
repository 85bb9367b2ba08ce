"""Work that is told to end tidies up first, as it does when it is interrupted."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class _Ended(BaseException):
    """A signal came that asks the process to end."""


@contextmanager
def tidily() -> Iterator[None]:
    """Lets SIGTERM and SIGHUP break off what is inside by an exception, and end the process when it has tidied up.

    Where a program has handlers of its own for them, or is in another thread than its first, those stay as they are.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    mine = [number for number in _SIGNALS if signal.getsignal(number) is signal.SIG_DFL]

    def end(number: int, _: object) -> None:
        for other in mine:
            signal.signal(other, signal.SIG_IGN)  # once is enough: tidying up is under way
        raise _Ended(number)

    for number in mine:
        signal.signal(number, end)
    told = None
    try:
        yield
    except _Ended as ended:
        told = ended.args[0]
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)
    if told is not None:
        signal.raise_signal(told)
