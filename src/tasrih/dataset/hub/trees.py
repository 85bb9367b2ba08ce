"""The files of a folder and of a repository on a hub, held against one another without sending them."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from huggingface_hub import HfApi, RepoFile

KEPT = ".gitattributes"  # the hub's own: which files are large
Tree = dict[str, RepoFile]


class Content(NamedTuple):
    """A file as a hub knows it: large ones by SHA-256, others by what git calls them."""

    bytes: int
    sha256: str
    oid: str


def content(path: Path) -> Content:
    """What a hub would know a file by."""
    size = path.stat().st_size
    sha256, oid = hashlib.sha256(), hashlib.sha1(b"blob %d\0" % size, usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            sha256.update(chunk)
            oid.update(chunk)
    return Content(size, sha256.hexdigest(), oid.hexdigest())


def tree(api: HfApi, repo_id: str, revision: str) -> Tree:
    """The files of a revision but the hub's own, by their paths."""
    items = api.list_repo_tree(repo_id, repo_type="dataset", revision=revision, recursive=True)
    return {item.path: item for item in items if isinstance(item, RepoFile) and item.path != KEPT}


def differing(files: Mapping[str, Content], tree: Tree) -> list[str]:
    """The paths at which a folder and a tree differ."""
    paths = sorted(files.keys() | tree.keys())
    return [path for path in paths if not _same(files.get(path), tree.get(path))]


def _same(content: Content | None, file: RepoFile | None) -> bool:
    if content is None or file is None:
        return False
    return file.lfs.sha256 == content.sha256 if file.lfs else file.blob_id == content.oid
