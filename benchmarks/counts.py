"""How many calls the package makes for its main works on a few made records: no later change may add a tenth unnoticed.

    python benchmarks/counts.py [--check | --write]

Seconds differ from run to run; calls are the same for a minor version of Python. counts.json has those of each.
A call is one of a function of the package, or one that such a function makes of anything else. Every work is warmed up
on records of other words first, so that neither imports nor what is made once is counted.

`--check` fails when a work makes over a tenth more calls than are stored, `--write` stores what is counted. With
neither, instructions are told too where valgrind is installed, which takes minutes.
"""

import argparse
import cProfile
import gc
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import CodeType
from typing import NamedTuple

import orjson

import tasrih
from tasrih.explorer.building import explore

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1] / "scripts")]
from make_corpus import articles
from processes import ENVIRONMENT
from validation import passed, published

STORED = Path(__file__).with_name("counts.json")
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
PACKAGE = str(Path(tasrih.__file__).parent)
CORPUS = Path(__file__).parents[1] / "corpus"
SOURCE = CORPUS / "sources/000_5342da39c5f54c5f.txt"
RECORDS, FEW = 50, 5
MORE = 1.1  # times as many calls as are stored, above which the check fails
WARM = 0  # the seed of the made records on which all works are warmed up; those of another seed have other words
ALONE = """
import sys
sys.path.insert(0, sys.argv[1])
from counts import WORKS, Inputs
name, *folders = sys.argv[2:]
for folder in folders:
    WORKS[name].work(Inputs.of(folder))
"""


class Inputs(NamedTuple):
    """What the works are done on, and the folder that they write to."""

    lines: Path
    few: Path
    files: Path
    published: Path
    texts: Path
    dataset: Path
    site: Path
    bundled: Path

    @classmethod
    def of(cls, folder: str | Path) -> "Inputs":
        names = ("lines.jsonl", "few.jsonl", "files", "published", "texts", "dataset", "site", "bundled")
        return cls(*(Path(folder) / name for name in names))


def prepared(folder: Path, seed: int) -> Inputs:
    """The inputs of a seed, all but the dataset, which a work makes.

    The texts are those of few, and an article. All are warmed up on few articles of the bundled corpus, which is not
    called `corpus`, so that what lies beside it is not taken for its own.
    """
    given = Inputs.of(folder)
    records = list(articles(RECORDS, seed))
    lines = [orjson.dumps(record) for record in records]
    given.files.mkdir(parents=True)
    given.texts.mkdir()
    given.lines.write_bytes(b"\n".join(lines) + b"\n")
    given.few.write_bytes(b"\n".join(lines[:FEW]) + b"\n")
    published(lines, given.published)
    for record, line in zip(records, lines, strict=True):
        (given.files / f"{record['id']}.json").write_bytes(line)
    for record in records[:FEW]:
        text = "\n".join(paragraph["text"] for paragraph in record["paragraphs"])
        (given.texts / f"{record['id']}.txt").write_text(text, encoding="utf-8")
    if seed != WARM:
        shutil.copy(SOURCE, given.texts)
    copy_bundled(given.bundled, FEW if seed == WARM else None)
    return given


def copy_bundled(folder: Path, most: int | None) -> None:
    """The bundled corpus, or so many articles of each collection: as it is cloned, without texts that lie beside it."""
    (folder / "sources").mkdir(parents=True)
    shutil.copy(SOURCE, folder / "sources")
    shutil.copy(CORPUS / "entities.json", folder)
    for collection in ("composed", "news"):
        copied = folder / "articles" / collection
        copied.mkdir(parents=True)
        for file in sorted((CORPUS / "articles" / collection).iterdir())[:most]:
            shutil.copy(file, copied)


def drafted(given: Inputs) -> None:
    for text in sorted(given.texts.iterdir()):
        tasrih.draft(text.name, text.read_bytes())


def built(given: Inputs) -> None:
    shutil.rmtree(given.dataset, ignore_errors=True)
    tasrih.build(given.dataset, given.lines)


def read(given: Inputs) -> None:
    for article in tasrih.load(given.dataset):
        assert article.headline
        assert all(quote.speaker.name for quote in article.quotes if quote.speaker)


def asked(given: Inputs) -> None:
    corpus = tasrih.load(given.dataset)
    name = next(iter(corpus)).quotes[0].speaker.name
    assert list(corpus.quotes(speaker=name))


class Work(NamedTuple):
    """A work, and the seed of its records: what is kept of words that an earlier work met must not help a later one."""

    seed: int
    work: Callable[[Inputs], object]


WORKS = {
    "validate, composed lines": Work(1, lambda given: passed(given.lines)),
    "validate, published lines": Work(2, lambda given: passed(given.published / "records.jsonl")),
    "validate, composed files": Work(3, lambda given: passed(given.files)),
    "validate, published files": Work(4, lambda given: passed(given.published)),
    "draft": Work(5, drafted),
    "build, one worker": Work(6, built),
    "load, headlines and speakers": Work(6, read),
    "load, quotes of a speaker": Work(6, asked),
    "explore, few articles": Work(7, lambda given: explore(tasrih.load(given.few), given.site)),
    "validate, the bundled corpus": Work(
        1, lambda given: passed(given.bundled)
    ),  # last: its words fill what others keep
}


def counts(folder: Path) -> dict[str, int]:
    """The calls of each work."""
    seeds = {WARM, *(seed for seed, _ in WORKS.values())}
    given = {seed: prepared(folder / str(seed), seed) for seed in seeds}
    return {name: calls(work, given[WARM], given[seed]) for name, (seed, work) in WORKS.items()}


def calls(work: Callable[[Inputs], object], warm: Inputs, given: Inputs) -> int:
    """The calls of a work, warmed up; the collector does not run, since what it ends may call too."""
    work(warm)
    profile = cProfile.Profile()
    gc.disable()
    with profile:
        work(given)
    gc.enable()
    own = [entry for entry in profile.getstats() if is_own(entry.code)]
    made = (call for entry in own for call in entry.calls or () if not is_own(call.code))
    return sum(entry.callcount for entry in own) + sum(call.callcount for call in made)


def is_own(code: CodeType | str) -> bool:
    """Whether code is of the package; what is written in C has a name only."""
    return isinstance(code, CodeType) and code.co_filename.startswith(PACKAGE)


def instructions(name: str, folder: Path) -> int:
    """Instructions of a work: of a process that warms up and works, less those of one that only warms up."""
    warm, given = (folder / str(seed) for seed in (WARM, WORKS[name].seed))
    once, twice = (executed(name, *folders) for folders in ([warm], [warm, given]))
    return twice - once


def executed(name: str, *folders: Path) -> int:
    """The instructions of a process that does a work on the inputs of folders."""
    counting = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    command = [*counting, sys.executable, "-c", ALONE, str(Path(__file__).parent), name, *folders]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return int(re.search(r"I *refs: +([\d,]+)", told)[1].replace(",", ""))


def stored() -> dict[str, dict[str, int]]:
    """The stored counts, by version of Python."""
    return json.loads(STORED.read_text(encoding="utf-8")) if STORED.is_file() else {}


def grown(found: dict[str, int], before: dict[str, int]) -> list[str]:
    """What to say of works that make over a tenth more calls than before, or of which nothing is stored."""
    unknown = [f"{name}: no count is stored" for name in found.keys() - before.keys()]
    return unknown + [
        f"{name}: {count:,} calls, and {before[name]:,} are stored ({count / before[name] - 1:+.0%})"
        for name, count in found.items()
        if count > MORE * before.get(name, count)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    way = parser.add_mutually_exclusive_group()
    way.add_argument(
        "--check", action="store_true", help="write nothing; fail when a work makes over a tenth more calls"
    )
    way.add_argument("--write", action="store_true", help="store the counts of this version of Python")
    chosen = parser.parse_args()
    if os.environ.get("PYTHONHASHSEED") != "0":  # the order of sets decides some calls
        os.execve(sys.executable, sys.orig_argv, ENVIRONMENT | {"PYTHONHASHSEED": "0"})  # noqa: S606
    with tempfile.TemporaryDirectory() as name:
        found = counts(Path(name))
        before = stored().get(VERSION, {})
        counting = shutil.which("valgrind") and not (chosen.check or chosen.write)
        print(f"{RECORDS} records, Python {VERSION}: calls, those stored{', million instructions' if counting else ''}")
        for work, count in found.items():
            told = f"{instructions(work, Path(name)) / 1e6:12,.0f}" if counting else ""
            print(f"{count:12,} {before.get(work, 0):12,}{told}  {work}", flush=True)
    if chosen.write:
        STORED.write_text(f"{json.dumps(stored() | {VERSION: found}, indent=1)}\n", encoding="utf-8")
    problems = grown(found, before) if chosen.check else []
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        print("Mend it; or run python benchmarks/counts.py --write, and say in the commit why.", file=sys.stderr)
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
