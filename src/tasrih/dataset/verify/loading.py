"""What `datasets` makes of a dataset folder."""

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from tasrih.dataset.features import features
from tasrih.dataset.manifest import Manifest

_CARD = "README.md"
_AT_ONCE = 1000


def unreadable(folder: Path, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Where `datasets` does not find the rows and features that there are: a file, and why.

    A config or split without rows must not be in the card, as `datasets` cannot load it.
    """
    due: dict[str, Counter[str]] = {}
    for file in manifest.files:
        due.setdefault(file.config, Counter())[file.split] += file.rows
    with tempfile.TemporaryDirectory(prefix="tasrih-") as cache:
        try:
            path = _plainly_named(folder, manifest.listed, Path(cache))
            yield from _listed(path, cache, {config: +rows for config, rows in due.items() if +rows})
        except Exception as error:  # noqa: BLE001  # it has no common kind of error
            yield _CARD, f"`datasets` cannot load the folder ({_told(error)})"


def _plainly_named(folder: Path, files: Iterable[str], scratch: Path) -> str:
    """A folder with links to the files, without signs in its name that `datasets` would take for a pattern."""
    place = folder.resolve()
    if re.fullmatch(r"[\w./-]+", place.as_posix().removeprefix(place.drive), re.ASCII):
        return str(folder)
    for path in files:
        (scratch / "links" / path).parent.mkdir(parents=True, exist_ok=True)
        _link((folder / path).resolve(), scratch / "links" / path)
    return str(scratch / "links")


def _link(file: Path, link: Path) -> None:
    try:
        link.symlink_to(file)
    except OSError:  # Windows lets not everybody make links
        shutil.copyfile(file, link)


def _listed(path: str, cache: str, due: dict[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    from datasets import get_dataset_config_names, load_dataset

    configs = get_dataset_config_names(path)
    if set(configs) != due.keys():
        yield _CARD, f"its configs are {', '.join(sorted(configs))}, and there are rows of {', '.join(sorted(due))}"
        return
    for config in configs:
        splits = load_dataset(path, config, streaming=True, cache_dir=cache)
        if any(split.features != features(config) for split in splits.values()):
            yield _CARD, f"its features of {config} are not those of the package"
        found = {
            name: sum(len(rows) for rows in split.with_format("arrow").iter(_AT_ONCE)) for name, split in splits.items()
        }
        if found != due[config]:
            yield _CARD, f"`datasets` finds {_counts(found)} rows of {config}, and not {_counts(due[config])}"


def _counts(rows: dict[str, int]) -> str:
    return ", ".join(f"{count} {split}" for split, count in sorted(rows.items()))


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
