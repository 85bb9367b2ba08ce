"""What a corpus repository has settled for all its contributors: `[tool.tasrih]` in its pyproject.toml."""

import os
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple

from tasrih.errors import InvalidError, MissingError, unreadable
from tasrih.resources import corpus_folder, is_url


@dataclass(frozen=True)
class Settings:
    """Which records a repository is about, and what `validate` does when it is not told otherwise.

    Paths are those of the repository; `file` is its pyproject.toml, None when nothing is settled.
    """

    paths: tuple[str, ...] = ()
    corpus: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False
    file: Path | None = None


class Chosen(NamedTuple):
    """The records that a command works on, the corpus folder that they belong to if it was named, and why these.

    `reason` is for whoever gave the command; None when the paths are what was typed.
    """

    paths: tuple[str, ...]
    within: str | None = None
    reason: str | None = None


def chosen_corpus(given: Iterable[str | os.PathLike[str]] = (), within: str | os.PathLike[str] | None = None) -> Chosen:
    """The one way to find the corpus: what was given, or the settings of the repository, or the bundled corpus.

    What was given needs no settings, and they are not read. Raises TasrihError for settings that are wrong or name
    what is not there.
    """
    typed, folder = tuple(os.fspath(path) for path in given), None if within is None else os.fspath(within)
    if typed:
        return Chosen(typed, folder)
    settled = settings(Path.cwd())
    paths = settled.paths or ((settled.corpus,) if settled.corpus else ())
    if not paths:
        why = f"{settled.file} names no paths" if settled.file else "no [tool.tasrih] in a pyproject.toml around here"
        return Chosen((str(corpus_folder()),), folder, f"The bundled corpus: {why}.")
    for path in filter(None, (*paths, settled.corpus)):
        if not is_url(path) and not os.path.lexists(path):
            raise MissingError(f"tool.tasrih names {path}, which is not there.", path=settled.file)
    return Chosen(paths, folder or settled.corpus, f"{', '.join(paths)}: by {settled.file}.")


def settings(folder: Path) -> Settings:
    """The settings in the nearest pyproject.toml around a folder that has any. Raises TasrihError for wrong ones.

    From inside somebody's home, nothing above it is looked at.
    """
    for around in _around(folder):
        file = around / "pyproject.toml"
        table = _table(file) if os.path.isfile(file) else None  # noqa: PTH113
        if table is not None:
            return _settings(file, table)
    return Settings()


def _around(folder: Path) -> Iterator[Path]:
    home = os.path.realpath(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises an error where there is none
    for around in (folder, *folder.parents):
        yield around
        if os.path.realpath(around) == home:
            return


def _table(file: Path) -> dict[str, Any] | None:
    try:
        tool = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidError(f"not TOML ({error}). Mend it, or name the records to work on.", path=file) from error
    except OSError as error:
        raise unreadable(file, error) from error
    table = tool.get("tasrih") if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise InvalidError("tool.tasrih is a table of settings.", path=file)
    return table


def _settings(file: Path, table: dict[str, Any]) -> Settings:
    known = {setting.name: setting.default for setting in fields(Settings) if setting.name != "file"}
    for name, value in table.items():
        if name not in known:
            raise InvalidError(f"tool.tasrih has no setting {name!r}. Known: {', '.join(known)}.", path=file)
        if not _fits(value, known[name]):
            raise InvalidError(f"tool.tasrih.{name} is not {_EXPECTED[type(known[name])]}.", path=file)
    lists = {name: tuple(table.get(name, ())) for name in ("paths", "select", "ignore")}
    lists["paths"] = tuple(_placed(file, path) for path in lists["paths"])
    corpus = _placed(file, table["corpus"]) if "corpus" in table else None
    return Settings(**lists, corpus=corpus, strict=table.get("strict", False), file=file)


def _placed(file: Path, path: str) -> str:
    return path if is_url(path) else str(file.parent / path)


_EXPECTED = {tuple: "a list of texts", bool: "true or false", type(None): "a text"}


def _fits(value: Any, default: object) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, bool if isinstance(default, bool) else str)
