"""What a corpus repository has settled for all its contributors: `[tool.tasrih]` in its pyproject.toml."""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tasrih.errors import TasrihError


@dataclass(frozen=True)
class Settings:
    """What `validate` does when it is not told otherwise; paths are those of the repository."""

    paths: tuple[str, ...] = ()
    corpus: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    strict: bool = False


def settings(folder: Path) -> Settings:
    """The settings in the nearest pyproject.toml around a folder that has any. Raises TasrihError for wrong ones."""
    for around in (folder, *folder.parents):
        file = around / "pyproject.toml"
        table = _table(file) if file.is_file() else None
        if table is not None:
            return _settings(file, table)
    return Settings()


def _table(file: Path) -> dict[str, Any] | None:
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {}).get("tasrih")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TasrihError(f"{file}: not TOML ({error}).") from error
    if table is not None and not isinstance(table, dict):
        raise TasrihError(f"{file}: tool.tasrih is a table of settings.")
    return table


def _settings(file: Path, table: dict[str, Any]) -> Settings:
    known = {setting.name: setting.default for setting in fields(Settings)}
    for name, value in table.items():
        if name not in known:
            raise TasrihError(f"{file}: tool.tasrih has no setting {name!r}. Known: {', '.join(known)}.")
        if not _fits(value, known[name]):
            raise TasrihError(f"{file}: tool.tasrih.{name} is not {_EXPECTED[type(known[name])]}.")
    lists = {name: tuple(table.get(name, ())) for name in ("paths", "select", "ignore")}
    lists["paths"] = tuple(str(file.parent / path) for path in lists["paths"])
    corpus = str(file.parent / table["corpus"]) if "corpus" in table else None
    return Settings(**lists, corpus=corpus, strict=table.get("strict", False))


_EXPECTED = {tuple: "a list of texts", bool: "true or false", type(None): "a text"}


def _fits(value: Any, default: object) -> bool:
    if isinstance(default, tuple):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return isinstance(value, bool if isinstance(default, bool) else str)
