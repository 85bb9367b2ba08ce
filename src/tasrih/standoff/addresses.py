"""Where on the network the file is that a locator names, and what it is called in a cache. A locator is hostile."""

import hashlib
import os
import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from tasrih.errors import ArgumentError, InvalidError, MissingError
from tasrih.record import Json
from tasrih.terminal import one_line

MIRROR = "TASRIH_MIRROR"
_REPOSITORY = re.compile(r"([a-z0-9.-]{1,100})/([\w.-]{1,100})/([\w.-]{1,100})", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_STEPS = {"", ".", ".."}
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]")
_FIELD = re.compile(r"\{(?:host|owner|name|commit|path)\}")
_MIRROR = re.compile(r"https?://[\w.{}-]+(?::[0-9]{1,5})?/[!-~]*", re.ASCII)  # no password: messages show it
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_PATH = 4096  # characters; what git and file systems take at most
_NAME_SHOWN = 40  # characters of a file's own name that its name in the cache ends with


class Address(NamedTuple):
    """A file at a commit: its URL, its name below a cache, and how messages name it."""

    url: str
    file: str
    place: str

    @property
    def host(self) -> str:
        """The server that is asked, with its port if that is not the usual one."""
        return urlsplit(self.url).netloc


def address(locator: Json) -> Address:
    """Where to ask for the file of a locator.

    Raises InvalidError for a locator that names no file of a repository, MissingError for a host that nothing is known
    of, and ArgumentError for a mirror that is none.
    """
    repository, commit, path = (_text(locator, key) for key in ("repository", "commit", "path"))
    named = _REPOSITORY.fullmatch(repository)
    if not named or _STEPS & {*named.groups()}:
        raise InvalidError(f"the repository “{one_line(repository)}” is not of the form github.com/owner/name.")
    if not _COMMIT.fullmatch(commit):
        raise InvalidError(f"the commit “{one_line(commit)}” is not the 40 or 64 digits of one.")
    if len(path) > _LONGEST_PATH or _CONTROLS.search(path) or "\\" in path or _STEPS & {*path.split("/")}:
        raise InvalidError(f"the path “{one_line(path)[:200]}” does not lead to a file of a repository.")
    host, owner, name = named.groups()
    parts = {"host": host, "owner": owner, "name": name, "commit": commit, "path": path}
    return Address(_filled(_template(host), parts), _file(repository, commit, path), f"{repository}/{path}")


def _text(locator: Json, key: str) -> str:
    value = locator.get(key)
    if not isinstance(value, str):
        raise InvalidError(f"the locator has no {key}.")
    return value


def _file(repository: str, commit: str, path: str) -> str:
    """A name that is safe in every file system, and no other file's; a reader can still tell what it is."""
    shown = _UNSAFE.sub("_", PurePosixPath(path).name)[-_NAME_SHOWN:]
    digest = hashlib.sha256(path.encode()).hexdigest()[:32]
    return f"{repository.replace('/', '+')}/{commit}/{digest}-{shown}"


def _template(host: str) -> str:
    mirror = os.environ.get(MIRROR)
    if mirror:
        if not _MIRROR.fullmatch(mirror) or not {"{commit}", "{path}"} <= {*_FIELD.findall(mirror)}:
            raise ArgumentError(
                f"{MIRROR} is no template of a URL such as http://127.0.0.1:8000/{{owner}}/{{name}}/{{commit}}/{{path}}."
            )
        return mirror
    if host not in _hosts():
        raise MissingError(
            f"{host} is not among the hosts that can be asked ({', '.join(_hosts())}). "
            f"Clone the repository and use --from, or set {MIRROR}."
        )
    return _hosts()[host]


@cache
def _hosts() -> dict[str, str]:
    hosts: dict[str, str] = tomllib.loads(files("tasrih.standoff").joinpath("hosts.toml").read_text("utf-8"))["hosts"]
    return hosts


def _filled(template: str, parts: dict[str, str]) -> str:
    return _FIELD.sub(lambda match: quote(parts[match[0][1:-1]]), template)
