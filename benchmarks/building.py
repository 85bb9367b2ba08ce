"""How fast a dataset is built, beside what others need to write one unvalidated table of the same file.

    python benchmarks/building.py [--articles N] [--jobs N] [--only-tasrih]

Whole processes, in the same run, the fastest of three (with --only-tasrih one): wall time, processor time, the largest
process. Peers (`pip install 'tasrih[benchmarks]'`): pyarrow.json to Parquet, DuckDB's COPY with the schema given, and
`datasets.Dataset.from_json(...).to_parquet()` called plainly and with features given. They write the articles as they
are; `tasrih build` validates them by all rules, looks for doubles, splits, and writes all four configs.
"""

import argparse
import os
import tempfile
from pathlib import Path

from processes import Taken, made, measured

PEERS = {
    "pyarrow.json to Parquet, unvalidated": """
import sys
import pyarrow.json as json, pyarrow.parquet as parquet
from tasrih.columnar import schema
options = json.ParseOptions(explicit_schema=schema())
with parquet.ParquetWriter(sys.argv[2] + "/a.parquet", schema(), compression="zstd") as writer:
    for batch in json.open_json(sys.argv[1], json.ReadOptions(block_size=2**23), options):
        writer.write_batch(batch)
""",
    "DuckDB COPY, schema given, unvalidated": """
import sys
import duckdb
file, out = sys.argv[1:]
some = duckdb.sql(f"describe select * from read_json_auto('{file}', sample_size=2000)").fetchall()
columns = {name: kind for name, kind, *_ in some}
source = f"read_json('{file}', format='newline_delimited', columns={columns})"
duckdb.execute(f"copy (select * from {source}) to '{out}/a.parquet' (format parquet, compression zstd)")
""",
    "datasets from_json to_parquet, plainly": """
import sys
from datasets import Dataset
Dataset.from_json(sys.argv[1], cache_dir=sys.argv[2]).to_parquet(sys.argv[2] + "/a.parquet")
""",
    "datasets from_json to_parquet, features given": """
import sys
from datasets import Dataset
from tasrih.dataset.features import FEATURES
made = Dataset.from_json(sys.argv[1], cache_dir=sys.argv[2], features=FEATURES["articles"])
made.to_parquet(sys.argv[2] + "/a.parquet")
""",
}
OURS = """
import sys
from tasrih.cli import main
if __name__ == "__main__":
    file, out, jobs, engine = sys.argv[1:]
    main(["build", "--out", out + "/out", "--records", file, "--jobs", jobs, "--engine", engine])
"""


def run(code: str, *arguments: str, times: int) -> Taken:
    """The fastest of several runs of a script, each with an empty folder to write to."""
    return min(once(code, *arguments) for _ in range(times))


def once(code: str, file: str, *arguments: str) -> Taken:
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "script.py")
        script.write_text(code)
        quiet = {"HF_HOME": folder, "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}
        return measured(script, file, folder, *arguments, **quiet)


def told(name: str, taken: Taken) -> None:
    print(f"{taken.wall:9.1f} s  {taken.processors:9.1f} s of processors  {taken.memory:7.0f} MiB  {name}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--only-tasrih", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = made(given.articles, Path(folder, "records.jsonl"))
        print(f"{given.articles} records, {file.stat().st_size / 1e6:.0f} MB, {given.jobs} processes")
        ours = run(OURS, str(file), str(given.jobs), "local", times=1 if given.only_tasrih else 3)
        told("tasrih build, all rules, four configs", ours)
        told("the same on Spark, its start included", run(OURS, str(file), str(given.jobs), "spark", times=1))
        for name, code in {} if given.only_tasrih else PEERS.items():
            taken = run(code, str(file), times=3)
            told(name, taken)
            print(f"{ours.wall / taken.wall:22.2f} times its wall time", end="")
            print(f", {ours.processors / taken.processors:.2f} times its processor time")


if __name__ == "__main__":
    main()
