"""Which files a branch touched, asked of git."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from tasrih.errors import ArgumentError, MissingError, UnavailableError


def touched(revision: str, paths: Iterable[Path]) -> frozenset[Path]:
    """The files that differ from where the branch left `revision`, committed or not, in the repositories of `paths`.

    Raises TasrihError when git, the repository or the revision is not there.
    """
    roots = {root_of(path) for path in paths}
    without_option(revision)
    return frozenset(
        root / name
        for root in roots
        for name in (
            *_names(root, "diff", "--name-only", "-z", "--merge-base", revision, "--"),
            *_names(root, "ls-files", "--others", "--exclude-standard", "-z"),
        )
    )


def root_of(path: Path) -> Path:
    """The repository that a path is in. Raises TasrihError when it is in none."""
    return Path(_names(path if path.is_dir() else path.parent, "rev-parse", "--show-toplevel")[0])


def without_option(revision: str) -> None:
    """Raises TasrihError for a revision that git would take for an option."""
    if revision.startswith("-"):
        raise ArgumentError(f"--since {revision}: not a revision. Give a branch, a tag or a commit.")


def _names(folder: Path, *arguments: str) -> list[str]:
    names = git(folder, *arguments).decode(errors="surrogateescape").replace("\n", "\0").split("\0")
    return [name for name in names if name]


def git(folder: Path, *arguments: str, out: IO[bytes] | int = subprocess.PIPE) -> bytes:
    """What git answers in a folder, or writes to a file. Raises TasrihError when it cannot."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, stdout=out, stderr=subprocess.PIPE, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise UnavailableError("--since asks git, and git is not installed.") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise MissingError(f"--since: git says: {reason}. Is the whole history there (fetch-depth: 0)?")
    return done.stdout or b""
