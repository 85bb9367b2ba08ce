"""Jobs for processes, in a module of their own: each imports it, and so it needs neither pytest nor conftest."""

import os
import signal
from pathlib import Path

import tasrih


def squared(number):
    return number * number


def killed_once(folder, number):
    """Is killed the first time it is called with a number."""
    flag = Path(folder, str(number))
    if number % 3 == 0 and not flag.exists():
        flag.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def killed_always(number):
    if number == 5:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def failing(number):
    if number == 5:
        raise tasrih.TasrihError("five is no good")
    return number
