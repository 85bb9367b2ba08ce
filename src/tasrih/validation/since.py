"""Which files a branch touched, asked of git."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from tasrih.errors import ArgumentError, MissingError, UnavailableError


def touched(revision: str, paths: Iterable[Path]) -> frozenset[Path]:
    """The files that differ from where the branch left `revision`, committed or not, in the repositories of `paths`.

    Raises TasrihError when git, the repository or the revision is not there.
    """
    roots = {Path(_git(path if path.is_dir() else path.parent, "rev-parse", "--show-toplevel")[0]) for path in paths}
    if revision.startswith("-"):
        raise ArgumentError(f"--since {revision}: not a revision. Give a branch, a tag or a commit.")
    return frozenset(
        root / name
        for root in roots
        for name in (
            *_git(root, "diff", "--name-only", "-z", "--merge-base", revision, "--"),
            *_git(root, "ls-files", "--others", "--exclude-standard", "-z"),
        )
    )


def _git(folder: Path, *arguments: str) -> list[str]:
    try:
        done = subprocess.run(["git", "-C", folder, *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except FileNotFoundError as error:
        raise UnavailableError("--since asks git, and git is not installed.") from error
    if done.returncode:
        reason = done.stderr.decode(errors="replace").strip().partition("\n")[0]
        raise MissingError(f"--since: git says: {reason}. Is the whole history there (fetch-depth: 0)?")
    return [name for name in done.stdout.decode(errors="surrogateescape").replace("\n", "\0").split("\0") if name]
