"""Where things are: the bundled corpus, the schemas, and of any corpus its folder and its documents."""

import os
from pathlib import Path

from tasrih.choices import Schema
from tasrih.errors import RefusedError

_PACKAGE = Path(__file__).parent
REGISTER = "entities.json"
DATASET_AT_URL = "a dataset at a URL is not read. Copy it to a folder, and give that."


def is_url(path: str | os.PathLike[str]) -> bool:
    """Whether a path leads elsewhere than to a disk: `s3://bucket/a.json`."""
    return "://" in os.fspath(path)


def _bundled(name: str) -> Path:
    installed = _PACKAGE / "data" / name
    return installed if installed.exists() else _PACKAGE.parents[1] / name


def corpus_folder() -> Path:
    """The folder of the bundled corpus: in the wheel, or in the checkout when it is editable."""
    return _bundled("corpus")


def schema_path(name: Schema) -> Path:
    """The published JSON Schema of that name."""
    return _bundled("schema") / "v1" / f"{name}.schema.json"


def corpus_in(folder: str | os.PathLike[str]) -> Path | None:
    """The corpus that a folder is, since it holds `articles/`, or has as its `corpus`: as `tasrih new` lays it out.

    None when there is none.
    """
    here = Path(folder)
    return next((place for place in (here, here / "corpus") if os.path.isdir(place / "articles")), None)  # noqa: PTH112


def corpus_around(path: str | os.PathLike[str]) -> Path | None:
    """The corpus that a path is, has as its `corpus`, or is in: the nearest folder that holds `articles/`.

    None when there is none. A URL is in none.
    """
    if is_url(path):
        return None
    here = Path(os.path.abspath(path))  # noqa: PTH100 - unlike resolve(), it keeps links as they were given
    return corpus_in(here) or next((around for around in here.parents if os.path.isdir(around / "articles")), None)  # noqa: PTH112


def corpus_for(path: str | os.PathLike[str]) -> Path:
    """The corpus that records at a path are held against: the one they are in, or else the bundled one."""
    return corpus_around(path) or corpus_folder()


def home_of(path: str | os.PathLike[str]) -> Path | None:
    """The folder that has the register and the documents of the records at a path.

    The corpus that they are in, or else the folder itself: of a dataset, say. Files and URLs in no corpus have none.
    """
    around = corpus_around(path)
    if around is not None and not (Path(path) / "manifest.json").is_file():
        return around
    return Path(os.path.abspath(path)) if os.path.isdir(path) else None  # noqa: PTH100, PTH112


def document(home: Path, *names: str) -> Path | None:
    """The document of that name, or the first there is of several: in the folder, or of a corpus also beside it.

    Beside a folder that is a repository by itself lies what belongs to another. Raises TasrihError for a link of a
    corpus that leads elsewhere: what it points at is perhaps not meant for the public.
    """
    places = _places(home)
    found = next((place / name for place in places for name in names if (place / name).is_file()), None)
    return _own(found, places) if found else None


def register_of(home: Path) -> Path | None:
    """The register of a corpus or a dataset. Raises TasrihError for a link of a corpus that leads elsewhere."""
    file = home / REGISTER
    return _own(file, (home,)) if file.is_file() else None


def _own(file: Path, places: tuple[Path, ...]) -> Path:
    real = Path(os.path.realpath(file))
    is_downloaded = (places[0] / "manifest.json").is_file()  # a hub's cache is made of links
    if not is_downloaded and not any(real.is_relative_to(os.path.realpath(place)) for place in places):
        raise RefusedError("is a link to a file elsewhere. Put a copy in its place.", path=file)
    return file


def _places(home: Path) -> tuple[Path, ...]:
    is_dataset = (home / "manifest.json").is_file()
    is_corpus = (home / "articles").is_dir() or (home / REGISTER).is_file()
    is_repository = any((home / name).exists() for name in (".git", "pyproject.toml"))
    if is_corpus and not is_dataset and not is_repository:
        return home, Path(os.path.abspath(home)).parent  # noqa: PTH100
    return (home,)
