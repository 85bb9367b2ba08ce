"""Builds to a URL: the same bytes, all of them or no dataset, and nothing lost that was there."""

import fsspec
import orjson
import pytest
from conftest import ROOT, invoke
from make_corpus import articles

import tasrih
from tasrih.dataset import building, remote

WITHIN = ROOT / "corpus"
STORE = fsspec.filesystem("memory")


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    made = list(articles(24, 1))
    for record in (made[0], made[-1]):  # in the first and the last shard, which are made again
        record["metadata"]["story"] = "bridge"
    made[0]["metadata"]["split"] = "test"
    path = tmp_path_factory.mktemp("remote") / "records.jsonl"
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in made))
    return path


@pytest.fixture(autouse=True)
def small_shards(monkeypatch):
    monkeypatch.setattr(building, "SHARD_BYTES", 2**17)


@pytest.fixture(scope="module")
def whole(records):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(building, "SHARD_BYTES", 2**17)
        out = tasrih.build(records.with_name("whole"), [records], within=WITHIN, sample=3)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture
def url():
    yield "memory://shelf/corpus"
    if STORE.exists("/shelf"):
        STORE.rm("/shelf", recursive=True)


def build(url, records, **given):
    return tasrih.build(url, [records], within=WITHIN, sample=3, **given)


def contents(url):
    root = STORE._strip_protocol(url)
    return {path[len(root) + 1 :]: STORE.cat_file(path) for path in STORE.find(root)}


@pytest.fixture
def made(monkeypatch):
    """The numbers of the shards that are made; the second breaks off with an error of the list."""
    numbers = []
    build_shard = remote.shards.build_shard

    def counted(schemas, target, source):
        if source.number == 1 and broken:
            raise broken.pop()
        numbers.append(source.number)
        return build_shard(schemas, target, source)

    broken = []
    monkeypatch.setattr(remote.shards, "build_shard", counted)
    return numbers, broken


def test_a_build_to_a_url_writes_the_bytes_of_one_to_a_folder(records, whole, url):
    assert build(f"{url}/", records) == f"{url}/"
    assert contents(url) == whole


def test_two_processes_write_to_a_url(records, whole, tmp_path):
    build(f"file://{tmp_path}/a/b", records, jobs=2)
    out = tmp_path / "a/b"
    assert {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()} == whole
    assert {path.name for path in out.iterdir()} == {name.partition("/")[0] for name in whole}


def test_a_build_that_breaks_off_leaves_nothing(records, url, made):
    made[1].append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        build(url, records)
    assert contents(url) == {}


def test_a_build_that_goes_on_makes_no_shard_twice(records, whole, url, made):
    numbers, broken = made
    broken.append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        build(url, records, resume=True)
    assert {name.split("/")[0] for name in contents(url)} == {"_unfinished"}
    with pytest.raises(tasrih.TasrihError, match=r"an unfinished build is there, .* Go on with --resume"):
        build(url, records)
    assert numbers == [0]
    build(url, records, resume=True)
    assert numbers == [0, 1, 2, 3, 0, 3]  # a story is in the first and the last
    assert contents(url) == whole


def test_a_shard_of_which_something_is_missing_is_made_again(records, whole, url, made):
    made[1].append(KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        build(url, records, resume=True)
    STORE.pipe_file(f"{url}/_unfinished/shards/00000/quotes-train.parquet", b"cut off")
    build(url, records, resume=True)
    assert made[0] == [0, 0, 1, 2, 3, 0, 3]
    assert contents(url) == whole


@pytest.mark.parametrize(("name", "resume"), [("manifest.json", True), ("data/terms/train", False)])
def test_what_is_broken_off_while_files_get_their_names_is_no_dataset(records, whole, url, monkeypatch, name, resume):
    def cut_off(method):
        def until(self, source, target, *given, **named):
            if f"/{name}" in target:
                raise ConnectionError("the line is cut")
            return method(self, source, target, *given, **named)

        return until

    with monkeypatch.context() as patched:
        for method in ("put_file", "cp_file"):
            patched.setattr(type(STORE), method, cut_off(getattr(type(STORE), method)))
        with pytest.raises(tasrih.TasrihError, match=r"cannot be reached \(the line is cut\)"):
            build(url, records, resume=resume)
    left = {path for path in contents(url) if not path.startswith("_unfinished/")}
    assert left == (whole.keys() - {name} if resume else set())
    build(url, records, resume=resume)
    assert contents(url) == whole


@pytest.mark.parametrize("name", ["manifest.json", "note.txt", "data/articles/x.parquet", "_unfinished/shards/a/b"])
@pytest.mark.parametrize("resume", [False, True])
def test_what_is_there_stays_and_is_told(records, url, name, resume):
    STORE.pipe_file(f"{url}/{name}", b"kept")
    with pytest.raises(tasrih.TasrihError, match="something is there") as told:
        build(url, records, resume=resume)
    assert name in str(told.value)
    assert contents(url) == {name: b"kept"}


def test_a_url_that_stores_take_for_a_pattern_is_refused(records, url):
    STORE.pipe_file(f"{url}/a/note.txt", b"kept")
    with pytest.raises(tasrih.TasrihError, match=r"has one of \* \? \[ \] in it"):
        build("memory://shelf/cor*", records)
    assert contents(url) == {"a/note.txt": b"kept"}


def test_a_url_that_nothing_answers_is_told(records):
    with pytest.raises(tasrih.TasrihError, match="nosuch://x: cannot be reached"):
        build("nosuch://x", records)


@pytest.mark.parametrize("out", ["s3:/shelf/corpus", "file://", "file:///", "memory://"])
def test_half_a_url_is_no_folder(records, out, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(tasrih.TasrihError, match="is no whole URL"):
        build(out, records)
    assert list(tmp_path.iterdir()) == []


def test_what_reads_no_dataset_at_a_url_says_so(records, url):
    build(url, records)
    for read in (tasrih.load, tasrih.verify, tasrih.validate, lambda url: tasrih.push("owner/name", url)):
        with pytest.raises(tasrih.ArgumentError, match=r"a dataset at a URL is not read\. Copy it to a folder") as told:
            read(url)
        assert told.value.path == url
    for command in (["verify", url], ["stats", url], ["push", "owner/name", "--dataset", url]):
        done = invoke(*command)
        assert done.exit_code == 2
        assert f"{url} is a URL, which this does not read. Copy it to a folder" in done.stderr
