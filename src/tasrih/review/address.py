"""Where the desk of a folder was last: its port and token, so that a page that was left open finds it again.

They are kept for this user alone, away from the folder: what comes with a folder could be known to whoever made it.
"""

import hashlib
import os
import re
from contextlib import suppress
from pathlib import Path

import platformdirs

from tasrih.review.guard import token

_KEPT = re.compile(r"([0-9]{1,5}) ([A-Za-z0-9_-]{32})")


def last(folder: Path) -> tuple[int, str]:
    """The port and the token of the last desk on a folder; 0 and a new token where there was none."""
    with suppress(OSError, UnicodeDecodeError):
        file = _file(folder)
        kept = _KEPT.fullmatch(file.read_text(encoding="ascii"))
        if kept and int(kept[1]) < 2**16 and _is_ours_alone(file):
            return int(kept[1]), kept[2]
    return 0, token()


def keep(folder: Path, port: int, secret: str) -> None:
    """Keeps them for the next desk; where that cannot be written, the next one has another address."""
    file = _file(folder)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.unlink(missing_ok=True)
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as stream:
            stream.write(f"{port} {secret}")


def _file(folder: Path) -> Path:
    name = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()
    return platformdirs.user_state_path("tasrih", appauthor=False) / "desks" / name


def _is_ours_alone(file: Path) -> bool:
    status = file.stat()
    return os.name == "nt" or (status.st_uid == os.getuid() and not status.st_mode & 0o077)
