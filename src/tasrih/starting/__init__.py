"""How a corpus repository begins: its files, laid out in a folder, each in use from the first day."""

import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from string import Template

from tasrih import arguments
from tasrih.dataset.card import cell
from tasrih.datasheet import renewed
from tasrih.errors import RefusedError, UnavailableError
from tasrih.files import replace
from tasrih.identity import name_of
from tasrih.terminal import one_line
from tasrih.version import __version__

_FILES = Path(__file__).parent / "files"
_SUFFIX, _DOT = ".in", "dot."  # so that no tool takes a template for what it will be
_KEPT = frozenset([".git"])  # what a folder may hold before


def new(folder: str | os.PathLike[str], title: str | None = None, authors: Sequence[str] = ()) -> Path:
    """Lays out a corpus repository in a folder that is new, or empty but for `.git`; all of it or nothing.

    The title is the folder's name when none is given, and the authors are then its contributors. Raises TasrihError
    for a folder that holds something, and when it cannot be written.
    """
    place = Path(os.path.abspath(arguments.path("folder", folder)))  # noqa: PTH100
    named = one_line(title or place.name) or "Corpus"
    values = _values(named, place.name, [told for author in authors if (told := one_line(author))])
    try:
        _refuse_full(place)
        _laid_out(Path(os.path.realpath(place)), values)
    except OSError as error:
        raise UnavailableError(f"cannot be written ({error.strerror}).", path=place) from error
    return place


def _values(title: str, folder: str, authors: Sequence[str]) -> Mapping[str, str]:
    """What stands in the place of the names in templates: `_quoted` as TOML and YAML have it, the rest as Markdown."""
    known = list(authors) or [f"The contributors of {title}"]
    return {
        "title": cell(title),
        "title_quoted": _quoted(title),
        "authors": "\n".join(f"  - name: {_quoted(author)}" for author in known),
        "authors_told": cell(", ".join(known)),
        "project": name_of(title, folder),
        "tasrih": __version__,
    }


def _quoted(text: str) -> str:
    """A text in double quotation marks, which mean the same in TOML, YAML and JSON."""
    return json.dumps(text, ensure_ascii=False)


def templates() -> Iterator[tuple[str, str]]:
    """The files of a repository: the path in it, and the text with names to be filled in."""
    for file in sorted(_FILES.rglob(f"*{_SUFFIX}")):
        inner = file.relative_to(_FILES).as_posix().removesuffix(_SUFFIX)
        yield re.sub(rf"(^|/){re.escape(_DOT)}", r"\1.", inner), file.read_text(encoding="utf-8")


def _refuse_full(place: Path) -> None:
    if not os.path.lexists(place):
        return
    if not place.is_dir():
        raise RefusedError("is there already, and is no folder. Give another name.", path=place)
    if others := sorted({entry.name for entry in place.iterdir()} - _KEPT):
        raise RefusedError(
            f"is not empty: {one_line(others[0])} is in it. Give a new folder, or an empty one.", path=place
        )


def _laid_out(place: Path, values: Mapping[str, str]) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    beside = place.parent / f".tasrih-{secrets.token_hex(8)}"
    try:
        for inner, text in templates():
            file = beside / inner
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(Template(text).substitute(values), encoding="utf-8", newline="\n")
        sheet = renewed([beside / "corpus"])
        replace(sheet.file, sheet.after)
        place.mkdir(exist_ok=True)
        for entry in sorted(beside.iterdir()):
            entry.rename(place / entry.name)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
