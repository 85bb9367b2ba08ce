"""The folder of a dataset: written beside, and put in place in one step."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasrih.dataset.exchange import exchange
from tasrih.errors import TasrihError


def refuse_other(target: Path) -> None:
    """Raises TasrihError when a folder exists and is not a dataset."""
    if target.exists() and not (target / "manifest.json").is_file():
        raise TasrihError(f"{target}: exists and is not a dataset. Choose another folder, or remove it.")


def visible(folder: Path) -> dict[str, Path]:
    """The files below a folder that are not hidden, by their paths in it."""
    below = {path.relative_to(folder): path for path in sorted(folder.rglob("*")) if path.is_file()}
    return {name.as_posix(): path for name, path in below.items() if not any(part[0] == "." for part in name.parts)}


@contextmanager
def beside(target: Path, *, keep: bool) -> Iterator[Path]:
    """A folder to work in, beside the target; in the end its folder `new` takes the target's place.

    With `keep` it has a name of its own, stays when the work is broken off, and is found again.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if keep:
        scratch = target.parent / f".{target.name}-unfinished"
        scratch.mkdir(exist_ok=True)
    else:
        scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    done = False
    try:
        yield scratch
        _put(scratch / "new", target, scratch / "old")
        done = True
    finally:
        if done or not keep:
            shutil.rmtree(scratch, ignore_errors=True)


def _put(new: Path, target: Path, old: Path) -> None:
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        _replace(target, new, old)


def _replace(target: Path, new: Path, old: Path) -> None:
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise
