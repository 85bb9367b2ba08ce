"""A build by Spark to an object store: workers and the one who started them share no disk but the store."""

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from moto.server import ThreadedMotoServer
from test_engines import BRIEF

import tasrih

BUILD = """
import sys
import fsspec
import tasrih
from tasrih.dataset import building

building.SHARD_BYTES = 2**18
store, (records, here) = fsspec.filesystem("s3"), sys.argv[1:]
store.mkdir("shelf")
print(tasrih.build("s3://shelf/corpus/1", [records], engine="spark", jobs=2))
store.get("shelf/corpus/1", here, recursive=True)
print(store.find("shelf", prefix="_unfinished"))
"""


@pytest.fixture
def store(monkeypatch):
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    given = {"ENDPOINT_URL": f"http://{host}:{port}", "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}
    for name, value in {**given, "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "src"))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", BRIEF)
    yield
    server.stop()


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in Path(folder).rglob("*") if path.is_file()}


@pytest.mark.usefixtures("store")
def test_spark_writes_to_an_object_store_what_one_process_writes_to_a_folder(tmp_path, monkeypatch):
    from tasrih.dataset import building

    records = tmp_path / "records.jsonl"
    make = [sys.executable, ROOT / "scripts/make_corpus.py", "--articles", "60", "--out", records]
    subprocess.run(make, check=True)
    command = [sys.executable, "-c", BUILD, records, tmp_path / "fetched"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stdout.splitlines()[-2:] == ["s3://shelf/corpus/1", "[]"]
    monkeypatch.setattr(building, "SHARD_BYTES", 2**18)
    whole = tasrih.build(tmp_path / "whole", [records])
    assert contents(tmp_path / "fetched") == contents(whole)
    assert tasrih.verify(tmp_path / "fetched") == []
