"""Where the bundled corpus and the published schemas are: in the wheel, or in the checkout of an editable install."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _bundled(folder: str) -> Path:
    installed = _PACKAGE / "data" / folder
    return installed if installed.is_dir() else _PACKAGE.parents[1] / folder


def corpus_folder() -> Path:
    """The folder of the bundled corpus."""
    return _bundled("corpus")


def schema_path(name: str) -> Path:
    """The published JSON Schema of that name, `article` or `entities`."""
    return _bundled("schema") / "v1" / f"{name}.schema.json"
