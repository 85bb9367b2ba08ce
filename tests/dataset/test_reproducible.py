"""The same records, the same bytes; a build that breaks off spoils nothing; another article moves none."""

import json
import os
import subprocess
import sys
from random import Random

import pyarrow.parquet as pq
import pytest
from conftest import ROOT
from make_corpus import articles

import tasrih
from tasrih.dataset.splits import split_of

SMALL_SHARDS = """
import os, sys
os.umask(int(sys.argv[1], 8))
import tasrih
from tasrih.dataset import building

if __name__ == "__main__":
    building.SHARD_BYTES = 100_000
    out, jobs, *records = sys.argv[2:]
    tasrih.build(out, records, jobs=int(jobs))
"""


def write(file, records):
    file.write_text("".join(json.dumps(record) + "\n" for record in records))
    return file


def contents(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def splits(out):
    """The split of every article."""
    paths = sorted((out / "data/articles").iterdir())
    return {
        name: path.name.partition("-")[0]
        for path in paths
        for name in pq.read_table(path, columns=["id"])["id"].to_pylist()
    }


def test_workers_places_and_people_make_no_difference(tmp_path):
    made = list(articles(40, 5))
    records = [write(tmp_path / f"{name}.jsonl", part) for name, part in (("a", made[:15]), ("b", made[15:]))]
    (tmp_path / "build.py").write_text(SMALL_SHARDS)
    ways = [
        ("022", 1, {"TZ": "UTC", "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "PYTHONHASHSEED": "0"}),
        ("077", 2, {"TZ": "Asia/Riyadh", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}),
        ("000", 5, {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2"}),
    ]
    outs = []
    for number, (umask, jobs, variables) in enumerate(ways):
        outs.append(tmp_path / str(number))
        given = records if number else records[::-1]
        command = [sys.executable, tmp_path / "build.py", umask, outs[-1], str(jobs), *given]
        subprocess.run(command, env=os.environ | variables, check=True)
    assert len(list((outs[0] / "data/articles").glob("train-*"))) > 3
    assert contents(outs[0]) == contents(outs[1]) == contents(outs[2])
    assert tasrih.verify(outs[0]) == []


KILLED = """
import itertools, os, random, shutil, signal, sys
from pathlib import Path
import tasrih

folder = Path(sys.argv[1])
first, second = (folder / f"{name}.jsonl" for name in ("first", "second"))


def contents(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def whole(out):
    try:
        return tasrih.verify(out) == []
    except tasrih.TasrihError:
        return False


earlier, new = (contents(tasrih.build(folder / f"{file.stem}-once", [file])) for file in (first, second))
steps = itertools.count()
last = sys.maxsize


def step(event, _):  # counts what is done to files, and ends a child there
    if event.startswith(("open", "os.", "shutil.")) and next(steps) == last and os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


parent = os.getpid()
sys.addaudithook(step)
first_step = next(steps)
tasrih.build(folder / "counted", [second])
taken = next(steps) - first_step
rng = random.Random(0)
killed = 0
for number in range(20):
    out = folder / str(number) / "out"
    if number % 2:
        shutil.copytree(folder / "first-once", out)
    moment = rng.randrange(taken)
    child = os.fork()
    if not child:
        steps, last = itertools.count(), moment
        tasrih.build(out, [second])
        os._exit(0)
    killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
    if number % 2:
        assert contents(out) in (earlier, new), number
    else:
        assert not out.exists() or contents(out) == new, number
    for unfinished in (folder / str(number)).glob(".out-*/*"):
        assert not whole(unfinished) or contents(unfinished) in (earlier, new), (number, unfinished)
    assert contents(tasrih.build(out, [second])) == new, number
print(killed)
"""


def test_a_build_killed_at_any_moment_leaves_the_old_dataset_or_the_new_one(tmp_path):
    for name, seed in (("first", 6), ("second", 7)):
        write(tmp_path / f"{name}.jsonl", articles(10, seed))
    run = subprocess.run([sys.executable, "-c", KILLED, tmp_path], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert int(run.stdout) > 0


@pytest.fixture(scope="module")
def planted():
    """Articles with ten that nearly repeat another, and ten stories of three."""
    made = list(articles(120, 8))
    for number in range(10):
        double = json.loads(json.dumps(made[number])) | {"id": f"double-{number}"}
        double["paragraphs"].append({"id": f"p{len(double['paragraphs']) + 1}", "role": "body", "text": "خبر عاجل"})
        made.append(double)
        for place in range(20 + 3 * number, 23 + 3 * number):
            made[place]["metadata"]["story"] = f"story-{number}"
    Random(1).shuffle(made)
    return made


def test_what_belongs_together_is_in_one_split(planted, tmp_path):
    out = tasrih.build(tmp_path / "out", [write(tmp_path / "made.jsonl", planted)])
    found = splits(out)
    assert set(found.values()) == {"train", "validation", "test"}
    assert all(found[f"double-{number}"] == found[f"made-{number + 1}"] for number in range(10))
    stories = {}
    for record in planted:
        if "story" in record["metadata"]:
            stories.setdefault(record["metadata"]["story"], set()).add(found[record["id"]])
    assert len(stories) == 10
    assert all(len(where) == 1 for where in stories.values())
    assert tasrih.verify(out) == []


def test_another_article_moves_none(planted, tmp_path):
    before = splits(tasrih.build(tmp_path / "before", [write(tmp_path / "before.jsonl", planted)]))
    double = json.loads(json.dumps(planted[0])) | {"id": "zz-late"}
    double["metadata"]["published"] = "2026-01-01"
    more = [*planted, double, *(record | {"id": f"new-{record['id']}"} for record in articles(20, 9))]
    after = splits(tasrih.build(tmp_path / "after", [write(tmp_path / "after.jsonl", more)]))
    assert {name: after[name] for name in before} == before
    assert after["zz-late"] == before[planted[0]["id"]]


@pytest.fixture(scope="module")
def made():
    return list(articles(1400, 11))


@pytest.fixture(scope="module")
def built(made, tmp_path_factory):
    """The dataset of so many articles that they fill several row groups."""
    folder = tmp_path_factory.mktemp("built")
    return tasrih.build(folder / "out", [write(folder / "made.jsonl", made)])


def test_another_article_changes_one_row_group(made, built, tmp_path):
    def groups(out):
        file = pq.ParquetFile(out / "data/articles/train-00000-of-00001.parquet")
        return [tuple(file.read_row_group(number)["id"].to_pylist()) for number in range(file.num_row_groups)]

    before = groups(built)
    late = next(record for record in articles(2000, 12) if split_of(f"article {record['id']}x") == "train")
    more = write(tmp_path / "more.jsonl", [*made[:400], late | {"id": f"{late['id']}x"}, *made[400:]])
    after = groups(tasrih.build(tmp_path / "after", [more]))
    assert len(before) > 2
    assert 1 <= sum(group not in before for group in after) <= 2


def test_row_groups_stay_small_and_side_by_side(built):
    groups = {}
    for config in ("articles", "quotes", "terms", "entities", "tokens"):
        metadata = pq.read_metadata(built / f"data/{config}/train-00000-of-00001.parquet")
        groups[config] = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
        assert all(group.total_byte_size < 16 * 2**20 for group in groups[config])
        assert all(group.column(0).has_column_index and group.column(0).has_offset_index for group in groups[config])
    assert len({len(found) for found in groups.values()}) == 1
    assert len(groups["articles"]) > 1
    assert max(group.num_rows for group in groups["articles"]) <= 2048


@pytest.mark.skipif(not (ROOT / "benchmarks").is_dir(), reason="the benchmarks are in the repository only")
def test_the_benchmark_of_uploads_runs(tmp_path):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)}
    command = [sys.executable, ROOT / "benchmarks/chunks.py", "40"]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "40 articles and one more" in run.stdout
