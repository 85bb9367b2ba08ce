"""What a push did to a repository, and the words for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasrih.terminal import clean


@dataclass(frozen=True)
class Push:
    """What a push did to a repository, or with `dry_run` would do; as text, a few lines that say so."""

    repo_id: str
    tag: str
    rights: str
    dry_run: bool
    creates: bool = False
    published: bool = False
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    bytes: int = 0
    commit_url: str | None = None
    anonymous: bool = False

    def __str__(self) -> str:
        if self.published:
            return f"{self.repo_id}: {self.tag} is published already, with this content. Nothing to do."
        return "\n".join(self._would() if self.dry_run else self._did())

    def _would(self) -> Iterator[str]:
        for verb, paths in (("add", self.added), ("change", self.changed), ("delete", self.deleted)):
            yield from (f"{verb} {clean(path)}" for path in paths)
        if self.creates and self.anonymous:
            yield "asked without a token: the hub shows no dataset of this name, nor would it show a private one"
        would = "would be created and get" if self.creates else "would get"
        yield f"{self.repo_id} {would} {self._counts()} and the tag {self.tag}."
        yield self._texts()

    def _did(self) -> Iterator[str]:
        yield f"{self.repo_id}: {'created, ' if self.creates else ''}{self._counts()}."
        yield f"commit {clean(self.commit_url)}" if self.commit_url else "no new commit: the content was there"
        yield f"tag {self.tag}"
        yield self._texts()

    def _texts(self) -> str:
        return f"texts: {'all' if self.rights == 'all' else 'only those that may be passed on'} (rights: {self.rights})"

    def _counts(self) -> str:
        counts = f"{len(self.added)} new, {len(self.changed)} changed, {len(self.deleted)} deleted files"
        return f"{counts} ({self.bytes:,} bytes)"
