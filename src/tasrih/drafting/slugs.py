"""What a draft is called, and where its source is expected: from names of any kind to those that a record may have."""

import hashlib
import os
import re
from pathlib import PurePath, PurePosixPath
from typing import NamedTuple

_SAFE = re.compile("[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_SUFFIX = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,8}\Z", re.DOTALL)
_DEVICES = re.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[.].*)?", re.IGNORECASE)  # no names of files on Windows
_LONGEST, _SHORT = 80, 60


class DraftName(NamedTuple):
    """The id of a draft, still without its day, the path of its source, and whether that keeps the name as given."""

    id: str
    source: str
    kept: bool


def of_file(path: str) -> DraftName:
    """The naming after a file: its name, and the folders below the last one called `sources`.

    A name that a record cannot have is spelt in Latin letters, with a hash of it behind, so that two never become one.
    """
    parts = [_decoded(part) for part in PurePath(os.path.normpath(path)).parts] or [""]
    folders = len(parts) - 1 - parts[-2::-1].index("sources") if "sources" in parts[:-1] else len(parts) - 1
    safe = [_file(part) for part in parts[folders:]]
    return DraftName(_id(parts[-1]), f"sources/{'/'.join(safe)}", safe == parts[folders:])


def of_text(title: str) -> DraftName:
    """The naming after an id as given, which is no path; its source is expected in a plain text."""
    name = f"{title}.txt"
    return DraftName(_id(name), f"sources/{_file(name)}", _is_safe(name))


def marked(name: str, mark: str) -> str:
    """The path of a source, or an id, with a mark before its suffix that tells it from another of the name."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{mark}{path.suffix}"))


def _id(name: str) -> str:
    stem = PurePath(name).stem if "/" not in name else name.removesuffix(".txt")
    slug = _slug(stem)
    if _is_safe(name) and slug and len(slug) <= _LONGEST:
        return slug
    return _hashed(slug, name)


def _file(name: str) -> str:
    if _is_safe(name):
        return name
    suffix = _SUFFIX.search(name)
    ending = suffix[0] if suffix else ""
    return f"{_hashed(_slug(name.removesuffix(ending)), name)}{ending}"


def _is_safe(name: str) -> bool:
    return bool(_SAFE.fullmatch(name)) and len(name) <= 255 and not _DEVICES.fullmatch(name)


def _hashed(slug: str, name: str) -> str:
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{slug[:_SHORT].strip('-') or 'draft'}-{digest[:8]}"


def _slug(text: str) -> str:
    """The words of a name in lower-case Latin letters and digits, joined by hyphens."""
    latin = text if text.isascii() else _latin(text)
    return "-".join(re.findall("[a-z0-9]+", latin.lower()))


def _latin(text: str) -> str:
    from anyascii import anyascii

    return re.sub("[`']", "", anyascii(text[:_LONGEST].encode(errors="ignore").decode()))


def _decoded(name: str) -> str:
    """The name of a file as its bytes say it in UTF-8, where the locale does not know UTF-8."""
    try:
        return name.encode(errors="surrogateescape").decode(errors="surrogateescape")
    except UnicodeEncodeError:
        return name
