"""Work in several processes and on Spark: the same results in the same order, whatever happens to a process."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from conftest import ROOT
from jobs import failing, killed_always, killed_once, squared

import tasrih
from tasrih.engines import scheduled


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_order(jobs):
    assert list(scheduled(squared, range(20), jobs)) == [number * number for number in range(20)]


def test_what_a_killed_process_worked_on_is_done_again(tmp_path):
    assert list(scheduled(partial(killed_once, tmp_path), range(10), 2)) == list(range(10))
    assert len(list(tmp_path.iterdir())) == 4


def test_what_kills_two_processes_is_named():
    with pytest.raises(
        tasrih.TasrihError, match=r"^5: the process that worked on it was killed twice \(exit code -9\)"
    ):
        list(scheduled(killed_always, range(10), 2))


def test_errors_of_a_job_are_passed_on():
    with pytest.raises(tasrih.TasrihError, match="five is no good"):
        list(scheduled(failing, range(10), 2))


def alive(group):
    """The processes of a group that have not ended."""
    states = (file.read_text().rpartition(")")[2].split() for file in Path("/proc").glob("[0-9]*/stat"))
    return [state for state, _, pgrp, *_ in states if int(pgrp) == group and state != "Z"]


INTERRUPTED = """
import signal, sys, time
from pathlib import Path
from tasrih.engines import scheduled

def work(number):
    Path(sys.argv[1], str(number)).touch()
    while True:
        time.sleep(600)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    list(scheduled(work, range(4), 2))
"""


def test_an_interrupt_ends_every_process(tmp_path):
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED)
    (tmp_path / "begun").mkdir()
    run = subprocess.Popen([sys.executable, script, tmp_path / "begun"], stderr=subprocess.PIPE, start_new_session=True)
    while len(list((tmp_path / "begun").iterdir())) < 2:
        time.sleep(0.05)
    os.kill(run.pid, signal.SIGINT)
    assert b"KeyboardInterrupt" in run.communicate()[1]
    while alive(run.pid):
        time.sleep(0.02)


CLUSTER = """
import os, sys, time, zlib
from functools import partial
from pathlib import Path
from pyspark.sql import SparkSession
import tasrih
from tasrih.drafts import drafted_files
from tasrih.engines import scheduled

def who(begun, number):  # the worker that this runs on, once another has begun, too
    worker = os.environ["SPARK_EXECUTOR_DIRS"]
    Path(begun, f"{zlib.crc32(worker.encode())}").touch()
    while len(os.listdir(begun)) < 2:
        time.sleep(0.02)
    return worker

settings = {"spark.executorEnv.PYTHONPATH": os.environ["PYTHONPATH"], "spark.ui.enabled": "false"}
builder = SparkSession.builder.master("local-cluster[2,1,1024]")
for name, value in settings.items():
    builder = builder.config(name, value)
session = builder.getOrCreate()
begun, records, *outs = sys.argv[1:]
print(len(set(scheduled(partial(who, begun), range(8), 1, "spark"))), "workers")
tasrih.build(outs[0], [records], engine="spark")
tasrih.build(f"file://{outs[2]}", [records], engine="spark")
print(len(tasrih.validate([records], engine="spark")), "findings")
print(sum(1 for _ in drafted_files(["article.txt"], engine="spark")), "draft")
session.stop()
tasrih.build(outs[1], [records], engine="spark", jobs=2)
"""


BRIEF = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # Java that runs for seconds spends most of them on compiling


def test_spark_makes_the_bytes_that_one_process_makes(tmp_path):
    records = tmp_path / "records.jsonl"
    make = [sys.executable, ROOT / "scripts/make_corpus.py", "--articles", "700", "--out", records]
    subprocess.run(make, check=True)
    outs = [tmp_path / name for name in ("cluster", "machine", "url", "here")]
    (tmp_path / "begun").mkdir()
    (tmp_path / "article.txt").write_text("الجسر مفتوح\n\nقال الوزير إن الجسر مفتوح.\n", encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}", "PYSPARK_PYTHON": sys.executable}
    environment["JAVA_TOOL_OPTIONS"] = BRIEF
    run = subprocess.run(
        [sys.executable, "-c", CLUSTER, tmp_path / "begun", records, *outs[:3]],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert run.returncode == 0, run.stderr
    assert "2 workers" in run.stdout
    assert "0 findings" in run.stdout
    assert "1 draft" in run.stdout
    tasrih.build(outs[3], [records])
    contents = [{path.relative_to(out): path.read_bytes() for path in out.rglob("*.*")} for out in outs]
    assert contents[0] == contents[1] == contents[2] == contents[3]
