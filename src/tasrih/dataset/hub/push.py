"""Publishing a dataset folder on a hub: one commit that makes the repository equal to it, then a tag."""

import os
import re
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.errors import HFValidationError, RepositoryNotFoundError
from huggingface_hub.utils import validate_repo_id

from tasrih import arguments
from tasrih.dataset import RIGHTS, Rights
from tasrih.dataset import manifest as manifests
from tasrih.dataset.building import build
from tasrih.dataset.configs import ARTICLES
from tasrih.dataset.hub import client
from tasrih.dataset.hub.outcome import Push
from tasrih.dataset.hub.trees import KEPT, Content, Tree, content, differing, tree
from tasrih.dataset.manifest import Manifest
from tasrih.dataset.paths import visible
from tasrih.dataset.totals import totals
from tasrih.dataset.verify.folder import whole
from tasrih.errors import ArgumentError, InvalidError, RefusedError, UnavailableError
from tasrih.identity import CITATION, identity

_NEW = {KEPT, "README.md"}  # what a hub puts into a new repository
_VERSION = re.compile(r"\d+\.\d+\.\d+[\w.+-]*", re.ASCII)


class _Target(NamedTuple):
    """What goes where; `files` holds the content of every path below the folder."""

    api: HfApi
    repo_id: str
    private: bool
    tag: str
    rights: str
    folder: Path
    files: dict[str, Content]


class _Remote(NamedTuple):
    """A repository as it is: the newest commit (None when there is no repository), its files, those under the tag."""

    head: str | None
    files: Tree
    tagged: Tree | None


def push(  # noqa: PLR0913
    repo_id: str,
    dataset: str | os.PathLike[str] | None = None,
    *,
    private: bool = False,
    dry_run: bool = False,
    endpoint: str | None = None,
    rights: Rights = "redistributable",
    sources: Iterable[str | os.PathLike[str]] | None = None,
    within: str | os.PathLike[str] | None = None,
) -> Push:
    """Publishes a dataset folder as the dataset OWNER/NAME of a hub.

    Without a folder, that of the records in `sources` is built (of the bundled corpus by default), which belong to the
    corpus folder `within` if they are in none.

    One commit makes the repository, created if need be, hold what the folder holds and nothing else; then it gets the
    tag `vX.Y.Z` of the version of the corpus, which is in the manifest. When a push is cut off, the next one completes
    it. With `dry_run` nothing is sent; the hub is asked what is there, for which a token is
    needed only where that is private. With the rights `redistributable`, texts that may not be passed on stay at home:
    the corpus is built without them, and a folder that holds some is refused. `endpoint` is the address of a hub other
    than that of HF_ENDPOINT or huggingface.co.

    Raises TasrihError when the folder is no complete dataset, when the tag is there with other content, when somebody
    else pushes at the same time, and when the hub refuses, fails or cannot be reached.
    """
    _check_name(repo_id)
    arguments.one_of("no such rights", rights, RIGHTS)
    if dataset is None:
        with tempfile.TemporaryDirectory() as scratch:
            built = build(Path(scratch) / "dataset", sources, within=within, rights=rights)
            return push(repo_id, built, private=private, dry_run=dry_run, endpoint=endpoint, rights=rights)
    folder = arguments.dataset(dataset)
    manifest = _checked(folder, rights)
    files = {path: content(file) for path, file in visible(folder).items()}
    with client.connected(repo_id, endpoint, writes=not dry_run) as api:
        target = _Target(api, repo_id, private, f"v{manifest.version}", manifest.rights, folder, files)
        return _plan(target, _remote(target)) if dry_run else _push(target)


def _check_name(repo_id: str) -> None:
    try:
        validate_repo_id(repo_id)
    except HFValidationError as error:
        raise ArgumentError(f"{error} Write the name of the dataset as OWNER/NAME.") from error
    if "/" not in repo_id:
        raise ArgumentError(f"{repo_id}: write the name of the dataset as OWNER/NAME.")


def _checked(folder: Path, rights: str) -> Manifest:
    """The manifest of a dataset folder that may be pushed."""
    manifest = whole(folder)
    if rights == "all" and manifest.rights != "all":
        raise RefusedError("was built without some texts. Build it with --rights all, or push it without.", path=folder)
    restricted = totals(folder, manifest.files).restricted
    if rights != "all" and manifest.rights != "redistributable" and restricted:
        raise RefusedError(
            f"nothing permits passing on the texts of {restricted} articles, which are in it. Build it with "
            "--rights redistributable to leave them out, or push it with --rights all if you may.",
            path=folder,
        )
    if manifest.version is None or not _VERSION.fullmatch(manifest.version):
        said = "has no version" if manifest.version is None else f"{manifest.version!r} is not a version like 1.2.3"
        raise InvalidError(f"{said}. Build it again, with one in the {CITATION} of the corpus.", path=folder)
    return manifest


def _remote(target: _Target) -> _Remote:
    try:
        info = target.api.dataset_info(target.repo_id, timeout=client.PATIENCE)
    except RepositoryNotFoundError as error:
        if error.response.status_code != 404 and target.api.token:  # without one, a hub says 401 of what is not there
            raise
        return _Remote(None, {}, None)
    if target.private and not info.private:
        raise RefusedError(f"{target.repo_id}: is public already. Make it private in its settings, then push again.")
    tags = target.api.list_repo_refs(target.repo_id, repo_type="dataset").tags
    tagged = tree(target.api, target.repo_id, target.tag) if target.tag in {tag.name for tag in tags} else None
    return _Remote(info.sha, tree(target.api, target.repo_id, str(info.sha)), tagged)


def _plan(target: _Target, remote: _Remote) -> Push:
    plan = Push(target.repo_id, target.tag, target.rights, dry_run=True, anonymous=not target.api.token)
    if remote.tagged is not None:
        _check_tagged(target, remote.tagged)
        return replace(plan, published=True)
    if not (remote.files.keys() <= _NEW or _is_ours(remote.files)):
        raise RefusedError(
            f"{target.repo_id}: holds files of something else, which would be deleted. Choose a new name."
        )
    different = differing(target.files, remote.files)
    sent = [path for path in different if path in target.files]
    return replace(
        plan,
        creates=remote.head is None,
        added=tuple(path for path in sent if path not in remote.files),
        changed=tuple(path for path in sent if path in remote.files),
        deleted=tuple(path for path in different if path not in target.files),
        bytes=sum(target.files[path].bytes for path in sent),
    )


def _is_ours(files: Tree) -> bool:
    """Whether a repository holds a dataset, and not another thing with a manifest."""
    has_articles = any(path.startswith(f"data/{config}/") for path in files for config in ARTICLES)
    return has_articles and {manifests.NAME, "README.md"} <= files.keys()


def _check_tagged(target: _Target, files: Tree) -> None:
    different = differing(target.files, files)
    if different:
        raise RefusedError(
            f"{target.repo_id}: the tag {target.tag} is there with other content ({different[0]}), and a published "
            "version never changes. Raise the version, build again and push that."
        )


def _push(target: _Target) -> Push:
    remote = _remote(target)
    creates = remote.head is None
    if creates:
        target.api.create_repo(target.repo_id, repo_type="dataset", private=target.private, exist_ok=True)
        remote = _remote(target)
    plan = replace(_plan(target, remote), dry_run=False, creates=creates)
    if plan.published:
        return plan
    commit, url = _committed(target, plan, remote.head)
    _check_committed(target, commit)
    target.api.create_tag(target.repo_id, repo_type="dataset", tag=target.tag, revision=commit, exist_ok=True)
    _check_tagged(target, tree(target.api, target.repo_id, target.tag))
    return replace(plan, commit_url=url)


def _committed(target: _Target, plan: Push, head: str | None) -> tuple[str, str | None]:
    """The commit that holds the folder, and its address if it is new."""
    additions = [CommitOperationAdd(path, target.folder / path) for path in (*plan.added, *plan.changed)]
    deletions = [CommitOperationDelete(path, is_folder=False) for path in plan.deleted]
    if not (additions or deletions):
        return str(head), None
    made = target.api.create_commit(
        target.repo_id,
        [*additions, *deletions],
        repo_type="dataset",
        commit_message=f"{identity([target.folder]).short} {target.tag}",
        parent_commit=head,
    )
    return made.oid, made.commit_url


def _check_committed(target: _Target, commit: str) -> None:
    """Only what is known to be whole gets the tag: a file may have changed meanwhile, or the hub have left one out."""
    different = differing(target.files, tree(target.api, target.repo_id, commit))
    if different:
        raise UnavailableError(
            f"{target.repo_id}: the commit {commit} does not hold the folder as it was ({different[0]}), so it got no "
            "tag. Leave the folder alone while it is pushed, and push again."
        )
