"""The dataset folder: Parquet for every config, a card and a manifest, written beside and renamed."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

import tasrih
from tasrih.dataset.card import card
from tasrih.dataset.exchange import exchange
from tasrih.dataset.tables import CONFIGS
from tasrih.errors import TasrihError

if TYPE_CHECKING:
    from tasrih.corpus import Corpus

_ROW_GROUP = 1 << 20  # rows; a shard is one group, since page indexes let readers skip within it


def build(out: str | os.PathLike[str], corpus: "Corpus | None" = None) -> Path:
    """Writes the dataset of a corpus (the bundled one by default) to the folder `out`, and returns it.

    An earlier dataset in `out` stays whole until the new one is complete. Raises TasrihError when `out` holds
    something that is not a dataset.
    """
    corpus = tasrih.load() if corpus is None else corpus
    target = Path(out)
    if target.exists() and not (target / "manifest.json").is_file():
        raise TasrihError(f"{target}: exists and is not a dataset. Choose another folder, or remove it.")
    with _beside(target) as folder:
        rows = {config: _write_table(corpus, config, folder) for config in CONFIGS}
        (folder / "README.md").write_text(card(corpus, rows), encoding="utf-8")
        manifest = {
            "version": tasrih.__version__,
            "files": [_listed(folder, config, rows[config]) for config in CONFIGS],
        }
        (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return target


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    new, old = scratch / "new", scratch / "old"
    new.mkdir()
    try:
        yield new
        if not target.exists():
            new.rename(target)
        elif not exchange(new, target):
            _replace(target, new, old)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _replace(target: Path, new: Path, old: Path) -> None:
    target.rename(old)
    try:
        new.rename(target)
    except BaseException:
        old.rename(target)
        raise


def _path(config: str) -> str:
    return f"data/{config}/train-00000-of-00001.parquet"


def _write_table(corpus: "Corpus", config: str, folder: Path) -> int:
    path = folder / _path(config)
    path.parent.mkdir(parents=True)
    table = corpus.to_dataset(config).data.table
    pq.write_table(
        table,
        path,
        row_group_size=_ROW_GROUP,
        compression="zstd",
        write_page_index=True,
        use_content_defined_chunking=True,
    )
    return int(table.num_rows)


def _listed(folder: Path, config: str, rows: int) -> dict[str, Any]:
    data = (folder / _path(config)).read_bytes()
    return {"path": _path(config), "rows": rows, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
