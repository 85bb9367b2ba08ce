"""How fast records are validated, beside what others need for less: the same records, the same run, one processor.

    python benchmarks/validation.py [--articles N]

Peers of `tasrih.validate` over JSON Lines: orjson, which only parses; orjson and jsonschema-rs, which check structure;
json and jsonschema, which check structure. Published records have the same sizes as the composed ones, and each a
source that it is held against. Peer of the command over a folder of files: check-jsonschema
(`pip install 'tasrih[benchmarks]'`), which checks structure. Best of three, in microseconds a record; whole
processes in seconds.
"""

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import jsonschema
import orjson
from processes import Taken, made, measured

import tasrih
from tasrih.resources import schema_path
from tasrih.validation.schemas import validator


def best(job: Callable[[], object], times: int = 3) -> float:
    """Seconds of the fastest of several runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        job()
        taken.append(time.perf_counter() - began)
    return min(taken)


def passed(source: Path) -> None:
    """Every record is looked through, and nothing found."""
    assert not tasrih.validate([source]).findings


def published(lines: list[bytes], corpus: Path) -> Path:
    """The same records as if they had appeared somewhere: lines and files of a corpus that has their sources."""
    for name in ("sources", "articles/news"):
        (corpus / name).mkdir(parents=True)
    with (corpus / "records.jsonl").open("wb") as file:
        for record in map(orjson.loads, lines):
            source = "\n\n".join(paragraph["text"] for paragraph in record["paragraphs"]).encode()
            path = f"sources/{record['id']}.txt"
            (corpus / path).write_bytes(source)
            told = {"path": path, "sha256": hashlib.sha256(source).hexdigest()}
            record["metadata"] |= {"collection": "news", "origin": "published", "source": told}
            file.write(orjson.dumps(record) + b"\n")
            (corpus / f"articles/news/{record['id']}.json").write_bytes(
                orjson.dumps(record, option=orjson.OPT_INDENT_2)
            )
    return corpus


def records(folder: Path, articles: int) -> None:
    """One processor over JSON Lines."""
    file = made(articles, folder / "records.jsonl")
    lines = file.read_bytes().splitlines()
    composed, news = made(articles, folder / "composed"), published(lines, folder / "news")
    few = lines[: max(1, articles // 20)]
    structure = jsonschema.Draft202012Validator(json.loads(schema_path("article").read_bytes()))
    fast = validator("article")
    jobs: dict[str, tuple[Callable[[], object], int]] = {
        "orjson, parsing only": (lambda: all(orjson.loads(line) for line in lines), len(lines)),
        "orjson + jsonschema-rs": (lambda: all(fast.is_valid(orjson.loads(line)) for line in lines), len(lines)),
        "tasrih, all rules": (lambda: passed(file), len(lines)),
        "tasrih, all rules, published": (lambda: passed(news / "records.jsonl"), len(lines)),
        "tasrih, all rules, files": (lambda: passed(composed), len(lines)),
        "tasrih, all rules, published files": (lambda: passed(news), len(lines)),
        "json + jsonschema": (lambda: all(structure.is_valid(json.loads(line)) for line in few), len(few)),
    }
    taken = {name: best(job) / count * 1e6 for name, (job, count) in jobs.items()}
    size = file.stat().st_size / articles
    print(f"{articles} records of {size:.0f} bytes, one processor")
    for name, microseconds in taken.items():
        print(f"{microseconds:9.0f} us  {name}")
    print(f"{taken['tasrih, all rules'] / taken['orjson, parsing only']:9.1f} times the time of orjson")
    for kind in ("", " files"):
        ratio = taken[f"tasrih, all rules, published{kind}"] / taken[f"tasrih, all rules{kind and ',' + kind}"]
        print(f"{ratio:9.2f} times the time of composed ones for published{kind or ' lines'}")
    print(f"{taken['json + jsonschema'] / taken['tasrih, all rules']:9.1f} times as fast as jsonschema")


def files(folder: Path) -> None:
    """Whole processes over 2,000 files."""
    corpus = made(2000, folder / "corpus")
    found = [str(file) for file in sorted(corpus.rglob("*.json"))]
    commands = {
        "check-jsonschema, 2,000 files, structure": ["-m", "check_jsonschema", "--schemafile", schema_path("article")],
        "tasrih validate, 2,000 files, all rules": ["-m", "tasrih", "validate", corpus],
        "tasrih validate, one file": ["-m", "tasrih", "validate", found[0]],
        "tasrih validate, the bundled corpus": ["-m", "tasrih", "validate"],
    }
    theirs, ours, *others = (fastest(call, found) for call in commands.values())
    print("whole processes")
    for name, taken in zip(commands, (theirs, ours, *others), strict=True):
        print(f"{taken.wall:9.2f} s, {taken.processors:6.2f} s of processors, {taken.memory:4.0f} MiB  {name}")
    print(f"{theirs.wall / ours.wall:9.1f} times as fast as check-jsonschema")


def fastest(call: list[object], found: list[str]) -> Taken:
    """The fastest of three runs; check-jsonschema takes the names of all files."""
    return min(measured(*call, *(found if "--schemafile" in call else ())) for _ in range(3))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=4000)
    with tempfile.TemporaryDirectory() as scratch:
        files(Path(scratch))  # first: a process counts as its own memory what its parent had when it began
        records(Path(scratch), parser.parse_args().articles)
