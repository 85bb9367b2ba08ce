"""Where the bundled corpus, its documents and the schemas are: in the wheel, or in the checkout when it is editable."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def _bundled(name: str) -> Path:
    installed = _PACKAGE / "data" / name
    return installed if installed.exists() else _PACKAGE.parents[1] / name


def corpus_folder() -> Path:
    """The folder of the bundled corpus."""
    return _bundled("corpus")


def schema_path(name: str) -> Path:
    """The published JSON Schema of that name, `article` or `entities`."""
    return _bundled("schema") / "v1" / f"{name}.schema.json"


def document(name: str, corpus: Path | None = None) -> Path:
    """A document of a corpus, such as CITATION.cff: the one beside its folder, or else that of the bundled corpus."""
    beside = corpus.parent / name if corpus else None
    return beside if beside and beside.is_file() else _bundled(name)
