"""Builds in parts: the same bytes whoever does the work, groups that stay together, and builds that break off."""

import copy
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import chain
from pathlib import Path

import fsspec
import orjson
import pyarrow.parquet as pq
import pytest
from conftest import RECORD, ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from make_corpus import articles

import tasrih
from tasrih.dataset import building
from tasrih.dataset.splits import SPLITS, Member, merged, split_of

WITHIN = ROOT / "corpus"
SMALL = 2**19  # bytes, of which the records fill some seven
PUT_DOWN = 60  # files and folders of an unfinished build of two shards, at least


def contents(out):
    return {path.relative_to(out): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def splits(out):
    """The split of every article by its id."""
    files = (out / "data/articles").glob("*.parquet")
    return {
        name: file.name.partition("-")[0]
        for file in files
        for name in pq.read_table(file, columns=["id"])["id"].to_pylist()
    }


def write(path, records):
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    return path


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    return write(tmp_path_factory.mktemp("shards") / "records.jsonl", [RECORD, *articles(225, 1)])


@pytest.fixture(scope="module")
def whole(records):
    """The dataset of the records."""
    return tasrih.build(records.with_name("whole"), [records], within=WITHIN)


@pytest.fixture(scope="module")
def whole_in_shards(records):
    """The dataset of the records in small shards."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "SHARD_BYTES", SMALL)
        return tasrih.build(records.with_name("shards"), [records], within=WITHIN)


@pytest.fixture
def small_shards(monkeypatch):
    monkeypatch.setattr(building, "SHARD_BYTES", SMALL)


@settings(deadline=None)
@given(sizes=st.lists(st.integers(1, 400), min_size=1, max_size=5), most=st.integers(50, 2_000))
def test_lines_fall_into_shards_of_one_size_and_none_is_lost(tmp_path_factory, sizes, most):
    folder = tmp_path_factory.mktemp("even")
    files = [folder / f"{number}.jsonl" for number in range(len(sizes))]
    for file, size in zip(files, sizes, strict=True):
        file.write_bytes(b"1" * size)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "SHARD_BYTES", most)
        cut = building._sources(list(map(str, files)), None)
    shares = [sum(part.size for part in portion.parts) for portion in cut]
    assert sum(shares) == sum(sizes)
    assert max(shares) <= most
    assert max(shares) - min(shares) <= 1
    assert len(cut) == 1 or len(cut) % 4 == 0
    parts = [part for portion in cut for part in portion.parts]
    for file, size in zip(files, sizes, strict=True):
        mine = [part for part in parts if part.file == str(file)]
        assert [part.start for part in mine] == [0, *(part.end for part in mine[:-1])]
        assert mine[-1].end == size


@pytest.mark.usefixtures("small_shards")
def test_workers_change_nothing(records, whole_in_shards, tmp_path):
    for jobs in (2, 4):
        tasrih.build(tmp_path / str(jobs), [records], within=WITHIN, jobs=jobs)
    assert len(list((whole_in_shards / "data/quotes").glob("train-*"))) > 4
    assert contents(whole_in_shards) == contents(tmp_path / "2") == contents(tmp_path / "4")


@pytest.mark.usefixtures("small_shards")
def test_where_the_records_lie_changes_no_split(tmp_path):
    folder = tmp_path / "corpus/articles"
    folder.mkdir(parents=True)
    for record in articles(100, 1):
        (folder / f"{record['id']}.json").write_bytes(orjson.dumps(record))
    tasrih.build(tmp_path / "files", [tmp_path / "corpus"])
    lines = write(tmp_path / "lines.jsonl", articles(100, 1))
    tasrih.build(tmp_path / "lines", [lines], within=WITHIN)
    assert splits(tmp_path / "files") == splits(tmp_path / "lines")
    assert set(splits(tmp_path / "lines").values()) == set(SPLITS)


def test_records_are_read_by_url(records, whole, tmp_path):
    with fsspec.open("memory://there/records.jsonl", "wb") as file:
        file.write(records.read_bytes())
    tasrih.build(tmp_path / "remote", ["memory://there/records.jsonl"], within=WITHIN)
    assert contents(tmp_path / "remote") == contents(whole)
    with pytest.raises(tasrih.TasrihError, match="there is nothing"):
        tasrih.build(tmp_path / "none", ["memory://nowhere/x.jsonl"])
    with pytest.raises(tasrih.TasrihError, match="cannot be reached"):
        tasrih.build(tmp_path / "none", ["nosuch://x.jsonl"])


def doubled(record, number, more):
    """The record under another id, with a paragraph of so many words more."""
    double = copy.deepcopy(record) | {"id": f"double-{number}"}
    text = " ".join(f"كلمة {number} {place}" for place in range(more))
    paragraph = {"id": f"p{len(double['paragraphs']) + 1}", "role": "body", "text": text}
    return double | {"paragraphs": [*double["paragraphs"], paragraph]}


@pytest.mark.usefixtures("small_shards")
def test_doubles_and_stories_stay_in_one_split(tmp_path):
    made = list(articles(400, 2))
    for number, record in enumerate(made[:60]):
        record["metadata"]["story"] = f"story-{number % 20}"
    doubles = [doubled(record, number, 20) for number, record in enumerate(made[100:160])]
    out = tasrih.build(tmp_path / "out", [write(tmp_path / "a.jsonl", made + doubles)], within=WITHIN)
    found = splits(out)
    assert len(found) == 460
    assert all(found[f"double-{number}"] == found[record["id"]] for number, record in enumerate(made[100:160]))
    for story in range(20):
        assert len({found[record["id"]] for record in made[story:60:20]}) == 1


def test_another_article_moves_none(tmp_path):
    before = splits(tasrih.build(tmp_path / "a", [write(tmp_path / "a.jsonl", articles(200, 4))], within=WITHIN))
    more = [doubled(record, number, 20) for number, record in enumerate(articles(20, 4))]
    for record in more:
        record["metadata"]["published"] = "2025-01-01"
    every = [*more, *articles(230, 4)]
    after = splits(tasrih.build(tmp_path / "b", [write(tmp_path / "b.jsonl", every)], within=WITHIN))
    assert {name: after[name] for name in before} == before


MEMBERS = st.lists(
    st.builds(Member, st.uuids().map(str), st.none() | st.sampled_from("abc"), st.none() | st.dates().map(str)),
    min_size=1,
    max_size=12,
    unique_by=lambda member: member.id,
)


@given(MEMBERS, st.data())
def test_what_belongs_together_has_one_group(members, data):
    near = data.draw(st.lists(st.tuples(st.sampled_from(members), st.sampled_from(members)), max_size=6))
    names = merged(near)
    assert all(names[one.name] == names[other.name] for one, other in near)
    assert set(names) == {member.name for pair in near for member in pair}
    assert set(names.values()) <= set(names)
    stories = {name for name in names if name.startswith("story")}
    assert all(names[name].startswith("story") for name in stories)


def test_a_group_is_called_by_its_story_or_its_earliest_article():
    old, new, told = Member("b", None, "2020-01-01"), Member("a", None, "2021-01-01"), Member("c", "x", None)
    assert merged([(new, old)]) == {"article a": "article b", "article b": "article b"}
    assert set(merged([(new, old), (told, new)]).values()) == {"story x"}
    assert merged([]) == {}


def test_a_single_group_is_not_divided(tmp_path):
    made = list(articles(3, 8))
    for record in made:
        record["metadata"]["story"] = "story-6"
    one = tasrih.build(tmp_path / "one", [write(tmp_path / "a.jsonl", made)], within=WITHIN)
    assert split_of("story story-6") != "train"
    assert set(splits(one).values()) == {"train"}
    doubles = [made[0], doubled(made[0], 1, 10)]
    for record in doubles:
        record["metadata"]["story"] = None
    two = tasrih.build(tmp_path / "two", [write(tmp_path / "b.jsonl", doubles)], within=WITHIN)
    assert set(splits(two).values()) == {"train"}


def test_names_fall_into_splits_as_told():
    found = [split_of(f"article {number}") for number in range(10_000)]
    assert [round(found.count(split), -3) for split in SPLITS] == [8000, 1000, 1000]


def test_records_with_errors_are_not_built_and_an_earlier_dataset_stays(whole, tmp_path):
    out = shutil.copytree(whole, tmp_path / "out")
    before = contents(out)
    faulty = copy.deepcopy(RECORD)
    faulty["quotes"][0]["speaker"]["entity"] = "e99"
    bad = write(tmp_path / "bad.jsonl", [faulty])
    with pytest.raises(tasrih.TasrihError, match=r"Q113.*\(/quotes/0/speaker/entity\)"):
        tasrih.build(out, [bad], within=WITHIN)
    with pytest.raises(tasrih.TasrihError, match="made-1 is taken twice"):
        tasrih.build(out, [write(tmp_path / "twice.jsonl", [*articles(9, 0), *articles(7, 0)])], within=WITHIN)
    (tmp_path / "none").mkdir()
    with pytest.raises(tasrih.TasrihError, match="no records"):
        tasrih.build(out, [tmp_path / "none"])
    assert contents(out) == before
    assert {path.name for path in tmp_path.iterdir()} == {"out", "bad.jsonl", "twice.jsonl", "none"}


BUILD = """
import signal, sys
from tasrih.dataset import building

building.SHARD_BYTES = SMALL
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out, records, within, resume = sys.argv[1:]
    building.build(out, [records], within=within, jobs=2, resume=resume == "resume")
"""


@pytest.fixture
def command(tmp_path, records):
    """A build of small shards in two processes, as a command."""
    (tmp_path / "build.py").write_text(BUILD.replace("SMALL", str(SMALL)))
    return lambda resume: [sys.executable, tmp_path / "build.py", tmp_path / "out", records, WITHIN, resume]


def shards_done(folder):
    return sorted(folder.glob(".out-*/shards/*/row.json"))


def shards_written(folder):
    return sorted(folder.glob(".out-*/shards/*/members.keys"))


def started(call, folder, count, found=shards_done):
    """A process that has finished some shards, or made so many other files, unless it ends before."""
    run = subprocess.Popen(call, stderr=subprocess.PIPE, start_new_session=True)
    while run.poll() is None and len(found(folder)) < count:
        time.sleep(0.005)
    return run


def kill(run):
    """Ends a process and those it started, if they have not ended."""
    with suppress(ProcessLookupError):
        os.killpg(run.pid, signal.SIGKILL)
    run.communicate()


def unfinished(folder):
    """What a build has put down so far; while it moves things, some are not there any more."""
    return [path for around, *names in os.walk(folder) if "/.out-" in around for path in chain(*names)]


@pytest.mark.usefixtures("small_shards")
def test_a_build_that_was_killed_goes_on_where_it_was(tmp_path, records, whole_in_shards, command):
    run = started(command("resume"), tmp_path, 2)
    kill(run)
    kept = {file: file.stat().st_mtime_ns for file in shards_done(tmp_path)}
    assert kept
    torn = next(iter(kept)).with_name("quotes-train.parquet")
    torn.write_bytes(torn.read_bytes()[:-1])
    tasrih.build(tmp_path / "out", [records], within=WITHIN, resume=True)
    assert contents(tmp_path / "out") == contents(whole_in_shards)
    assert {path.name for path in tmp_path.iterdir()} == {"build.py", "out"}


@pytest.mark.usefixtures("small_shards")
def test_finished_shards_are_kept_only_for_the_same_records(tmp_path, command):
    run = started(command("resume"), tmp_path, 6)
    kill(run)
    other = write(tmp_path / "other.jsonl", articles(100, 9))
    tasrih.build(tmp_path / "out", [other], within=WITHIN, resume=True)
    assert set(splits(tmp_path / "out")) == {record["id"] for record in articles(100, 9)}


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("seed", range(6))
def test_a_build_killed_at_any_moment_leaves_the_earlier_dataset_whole(tmp_path, records, command, seed):
    earlier = write(tmp_path / "earlier.jsonl", articles(5, 9))
    tasrih.build(tmp_path / "out", [earlier], within=WITHIN)
    before = contents(tmp_path / "out")
    run = started(command("no"), tmp_path, random.Random(seed).randrange(PUT_DOWN), unfinished)
    kill(run)
    after = contents(tmp_path / "out")
    assert after == before or set(splits(tmp_path / "out")) >= {"made-225"}
    tasrih.build(tmp_path / "out", [records], within=WITHIN)
    assert "made-225" in splits(tmp_path / "out")


def test_an_interrupt_leaves_nothing(tmp_path, command):
    run = started(command("no"), tmp_path, 1, shards_written)
    os.kill(run.pid, signal.SIGINT)
    assert b"KeyboardInterrupt" in run.communicate()[1]
    assert {path.name for path in tmp_path.iterdir()} == {"build.py"}


def test_a_killed_worker_costs_its_shard(tmp_path, whole_in_shards, command):
    run = started(command("no"), tmp_path, 1, shards_written)
    children = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    workers = [pid for pid in children if "spawn_main" in Path(f"/proc/{pid}/cmdline").read_text()]
    os.kill(int(workers[0]), signal.SIGKILL)
    assert run.wait() == 0, run.stderr.read()
    run.stderr.close()
    assert contents(tmp_path / "out") == contents(whole_in_shards)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_a_full_disk_leaves_the_earlier_dataset_whole(tmp_path, records):
    out = tasrih.build(tmp_path / "out", [write(tmp_path / "few.jsonl", articles(5, 9))], within=WITHIN)
    before = contents(out)
    limited = f"ulimit -f 200; exec {sys.executable} -c '{FULL}' {out} {records} {WITHIN}"
    run = subprocess.run(["bash", "-c", limited], capture_output=True, text=True, check=False)
    assert run.returncode == 2, run.stderr
    assert "cannot be written (File too large)" in run.stderr
    assert "Traceback" not in run.stderr
    assert contents(out) == before
    assert {path.name for path in tmp_path.iterdir()} == {"out", "few.jsonl"}


FULL = """
import signal, sys
from tasrih.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
out, records, within = sys.argv[1:]
main(["build", "--out", out, "--records", records, "--corpus", within, "--jobs", "1"])
"""


def test_the_manifest_counts_and_hashes(whole):
    manifest = json.loads((whole / "manifest.json").read_text())
    counts = dict.fromkeys(SPLITS, 0)
    for file in manifest["files"]:
        counts[file["split"]] += file["rows"] if file["config"] == "articles" else 0
        assert len(file["digest"]) == 32
    assert sum(counts.values()) == 226


def test_articles_are_in_the_split_that_they_are_given(tmp_path):
    made = list(articles(12, 3))
    for number, record in enumerate(made):
        record["schema_version"], record["metadata"]["split"] = "1.1", SPLITS[number % 3]
    out = tasrih.build(tmp_path / "out", [write(tmp_path / "a.jsonl", made)], within=WITHIN)
    assert splits(out) == {record["id"]: record["metadata"]["split"] for record in made}
    assert list(tasrih.verify(out)) == []
    alone = tasrih.build(tmp_path / "alone", [write(tmp_path / "b.jsonl", made[2:3])], within=WITHIN)
    assert set(splits(alone).values()) == {"test"}
