"""Two folders change places in one step, where the system can do that."""

import ctypes
import os
import sys
from pathlib import Path

_CALL = "renameatx_np" if sys.platform == "darwin" else "renameat2"
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS
_NO_FOLDER = -1  # where relative paths would start; these are absolute


def swap(one: Path, other: Path) -> bool:
    """Lets two existing paths of one file system change places, so that neither is missing at any moment.

    False, with both where they were, when the system or the file system cannot do it.
    """
    try:
        call = getattr(ctypes.CDLL(None), _CALL)
    except (AttributeError, OSError, TypeError):
        return False
    here, there = os.fsencode(one.absolute()), os.fsencode(other.absolute())
    return bool(call(_NO_FOLDER, here, _NO_FOLDER, there, _EXCHANGE) == 0)
