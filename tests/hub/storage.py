"""Contents by hash, and repositories as commits and refs: all of it files, as in git."""

import hashlib
import json
import threading
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from hub import xet

MAIN = "main"


class StaleError(Exception):
    """The branch has moved on since the parent of a commit."""


@dataclass(frozen=True)
class Entry:
    """A file in a commit; `oid` is what git would call it, of a large file that of its pointer."""

    oid: str
    size: int
    sha256: str
    pointer: int | None = None
    xet: str | None = None


def git_oid(data):
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


class Storage:
    def __init__(self, root):
        self.contents, self.repositories, self.cas = root / "contents", root / "repositories", root / "cas"
        self.contents.mkdir(parents=True)
        self.lock = threading.RLock()

    def path(self, sha256):
        return self.contents / sha256

    def put(self, data):
        sha256 = hashlib.sha256(data).hexdigest()
        beside = self.contents / f".{uuid.uuid4().hex}"
        beside.write_bytes(data)
        beside.rename(self.path(sha256))
        return sha256

    def regular(self, data):
        return Entry(git_oid(data), len(data), self.put(data))

    def large(self, sha256, over_xet):
        """The entry of a file that was uploaded before; FileNotFoundError when it was not."""
        xet_hash, size = over_xet.get(sha256) or (None, self.path(sha256).stat().st_size)
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()
        return Entry(git_oid(pointer), size, sha256, len(pointer), xet_hash)

    def content(self, entry):
        """The file that holds what an entry means."""
        path = self.path(entry.sha256)
        if not path.exists():
            xet.download(self.cas, entry.xet, entry.size, path)
        return path

    def create(self, repo_id, *, private):
        folder = self.repositories / repo_id
        folder.mkdir(parents=True)
        for name in ("commits", "branches", "tags"):
            (folder / name).mkdir()
        repository = Repository(repo_id, folder, private)
        (folder / "private").write_text(json.dumps(private))
        attributes = self.regular(b"*.parquet filter=lfs diff=lfs merge=lfs -text\n")
        repository.commit({".gitattributes": attributes}, "initial commit")
        return repository

    def repository(self, repo_id):
        folder = self.repositories / repo_id
        if not (folder / "branches" / MAIN).exists():
            return None
        return Repository(repo_id, folder, json.loads((folder / "private").read_text()))


@dataclass(frozen=True)
class Repository:
    id: str
    folder: Path
    private: bool

    def refs(self, kind):
        return {path.name: path.read_text() for path in sorted((self.folder / kind).iterdir())}

    def point(self, kind, name, commit):
        """Makes a new branch or tag; FileExistsError when it is there already."""
        with (self.folder / kind / name).open("x") as file:
            file.write(commit)

    def resolve(self, revision):
        """The id of the commit that a branch, a tag or an id means; None when there is none."""
        named = self.refs("tags") | self.refs("branches")
        is_commit = (self.folder / "commits" / revision).is_file()
        return named.get(revision) or (revision if is_commit else None)

    def read(self, commit):
        return json.loads((self.folder / "commits" / commit).read_text())

    def tree(self, commit):
        return {path: Entry(**entry) for path, entry in self.read(commit)["tree"].items()}

    def history(self, revision=MAIN):
        """The ids of the commits, the newest first."""
        commit, commits = self.resolve(revision), []
        while commit:
            commits.append(commit)
            commit = self.read(commit)["parent"]
        return commits

    def commit(self, tree, title, branch=MAIN, parent=None):
        """A commit on a branch. Raises StaleError when a parent is named and the branch does not point at it."""
        head = self.refs("branches").get(branch)
        if parent and parent != head:
            raise StaleError
        date = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        entries = {path: asdict(entry) for path, entry in sorted(tree.items())}
        text = json.dumps({"parent": head, "title": title, "date": date, "tree": entries})
        commit = hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
        (self.folder / "commits" / commit).write_text(text)
        (self.folder / "branches" / branch).write_text(commit)
        return commit
