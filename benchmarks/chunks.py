"""How much is uploaded anew when one article is put into the middle of N (1,000, or the number that is given).

Both datasets go to a Xet store in a local folder by the client that `tasrih push` uses: it cuts files into chunks by
their content, and tells how many bytes it did not have yet.
"""

import os
import sys
import tempfile
from pathlib import Path

import orjson
from make_corpus import articles

import tasrih


def built(folder: Path, name: str, records: list[bytes]) -> Path:
    (folder / f"{name}.jsonl").write_bytes(b"\n".join(records) + b"\n")
    return tasrih.build(folder / name, [folder / f"{name}.jsonl"], jobs=os.cpu_count() or 1)


def uploaded(dataset: Path, store: Path) -> tuple[int, int]:
    """How many bytes the files of a dataset have, and how many of them the store did not have."""
    import hf_xet  # noqa: PLC0415 - it writes to HF_HOME at once

    commit = hf_xet.XetSession().new_upload_commit(endpoint=f"local://{store}")
    for file in sorted(dataset.rglob("*.parquet")):
        commit.start_upload_file(str(file))
    metrics = commit.wait_to_finish().dedup_metrics
    return metrics.total_bytes, metrics.new_bytes


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        os.environ["HF_HOME"] = str(folder / "home")
        *records, one = map(orjson.dumps, articles(count + 1, 0))
        before = built(folder, "before", records)
        after = built(folder, "after", [*records[: count // 2], one, *records[count // 2 :]])
        (folder / "store").mkdir()
        uploaded(before, folder / "store")
        every, new = uploaded(after, folder / "store")
    print(f"{count} articles and one more: {new:,} of {every:,} bytes are new ({new / every:.1%})")


if __name__ == "__main__":
    main()
