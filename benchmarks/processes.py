"""Whole processes, and what the operating system says that they took."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

SCRIPTS = Path(__file__).parents[1] / "scripts"

# Where Python may not keep what it compiled, `import datasets` takes 2.6 s: no user works so.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


class Taken(NamedTuple):
    """Seconds of wall and processor time, the largest process in MiB, and what was printed."""

    wall: float
    processors: float
    memory: float
    printed: str


def measured(*arguments: object, **variables: str) -> Taken:
    """What `python *arguments` takes with these variables in its environment; the benchmark ends where it fails."""
    began = time.perf_counter()
    command = [sys.executable, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT | variables) as child:
        assert child.stdout
        printed = child.stdout.read()
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"failed: {' '.join(command)}")
    return Taken(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, printed)


def made(articles: int, out: Path) -> Path:
    """A corpus of that many made records: a file of lines, or a folder of files."""
    measured(SCRIPTS / "make_corpus.py", "--articles", articles, "--out", out)
    return out


def built(records: Path, out: Path) -> Path:
    """Their dataset."""
    measured("-m", "tasrih", "build", "--out", out, "--records", records)
    return out
