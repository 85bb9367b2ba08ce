"""A corpus as it was at a revision of git."""

import os
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tasrih.errors import InvalidError
from tasrih.resources import corpus_around
from tasrih.validation.since import git, root_of, without_option


@contextmanager
def at_revision(revision: str, paths: Sequence[str | os.PathLike[str]]) -> Iterator[list[str]]:
    """The same paths as they were at a revision, in a folder that goes when the work is done.

    The whole corpus folder around a path is there. Raises TasrihError when git, the repository, the revision or the
    path at that revision is not there.
    """
    without_option(revision)
    with tempfile.TemporaryDirectory(prefix="tasrih-") as folder:
        yield [_extracted(revision, Path(os.path.abspath(path)), Path(folder, str(n))) for n, path in enumerate(paths)]  # noqa: PTH100


def _extracted(revision: str, path: Path, folder: Path) -> str:
    root = root_of(path)
    wanted = corpus_around(path) or path
    inner = os.path.relpath(os.path.realpath(wanted), root)
    with tempfile.TemporaryFile(prefix="tasrih-") as packed:
        git(root, "archive", "--format=tar", revision, "--", inner, out=packed)
        packed.seek(0)
        try:
            with tarfile.open(fileobj=packed) as archive:
                archive.extractall(folder, filter="data")
        except tarfile.TarError as error:
            raise InvalidError(f"cannot be unpacked as it was at {revision} ({error}).", path=path) from error
    return str(folder / inner / os.path.relpath(path, wanted))
