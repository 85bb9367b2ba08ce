"""Pushing to a hub and loading from it, with the clients that users have and a stand-in for the server."""

import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import huggingface_hub
import pytest
import yaml
from conftest import ROOT, few_of_the_corpus
from hub import serve
from hub.faults import CLOSE, HANG, HOLD
from hypothesis import given
from hypothesis import strategies as st

import tasrih
from tasrih.dataset import manifest
from tasrih.dataset.configs import STANDOFF
from tasrih.dataset.features import FEATURES
from tasrih.standoff.models import withheld

pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # of the client, over LFS

NUMBERS = count(1)
TAG = f"v{tasrih.__version__}"
READ = """
import json, sys
import pandas
from datasets import load_dataset
from huggingface_hub import snapshot_download

repo, tag, *configs = sys.argv[1:]
def rows(splits):
    return [row for split in splits.values() for row in split]

def lists(splits):
    return [row for split in splits for row in split.to_list()]

read = {config: lists(load_dataset(repo, config, revision=tag).values()) for config in configs}
streamed = {config: rows(load_dataset(repo, config, revision=tag, streaming=True)) for config in configs}
folder = snapshot_download(repo, repo_type="dataset", revision=tag)
path = f"hf://datasets/{repo}@{tag}/data/quotes/train-00000-of-00001.parquet"
print(json.dumps([read, streamed, list(pandas.read_parquet(path)["text"])]))
"""
READ_OFFLINE = """
import json, sys
from datasets import load_dataset
from huggingface_hub import snapshot_download

repo, tag, *configs = sys.argv[1:]
folder = snapshot_download(repo, repo_type="dataset", revision=tag, local_files_only=True)
read = {config: load_dataset(folder, config).values() for config in configs}
print(json.dumps({config: [row for split in splits for row in split.to_list()] for config, splits in read.items()}))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hub")
    with pytest.MonkeyPatch.context() as patched, serve(folder / "server") as hub:
        patched.setenv("HF_HOME", str(folder / "home"))
        yield hub


@pytest.fixture
def hub(server):
    server.faults.clear()
    server.requests.clear()
    return server


@pytest.fixture
def repo():
    return f"tester/corpus-{next(NUMBERS)}"


@pytest.fixture
def dataset(repo, tmp_path):
    """A dataset of one article that the hub does not have yet."""
    return edition(tmp_path / "dataset", "1.0.0", [repo])


@pytest.fixture
def push(hub, monkeypatch):
    """Pushes from this process over LFS, with the token of the account that may write."""
    monkeypatch.setenv("HF_TOKEN", "hf_writer")
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_XET", True)
    return lambda repo, dataset, **options: tasrih.push(repo, dataset, endpoint=f"{hub.url}/", **options)


def account(hub, folder):
    """The environment of a user of the hub, with a cache in the folder."""
    own = {"HF_HOME": str(folder / "home"), "HF_ENDPOINT": hub.url, "HF_TOKEN": "hf_writer"}
    return os.environ | own | {"PYTHONPATH": os.pathsep.join(sys.path)}


@pytest.fixture
def started(hub, tmp_path):
    """Starts a Python of its own that knows the hub, with a cache of its own."""

    def start(*arguments, **variables):
        environment = account(hub, tmp_path) | variables
        command = [sys.executable, *map(str, arguments)]
        return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    return start


@pytest.fixture
def ran(started):
    """The output of a Python of its own that is to end well."""

    def run(*arguments, **variables):
        process = started(*arguments, **variables)
        out, err = process.communicate()
        assert process.returncode == 0, err
        assert "hf_writer" not in out + err
        return out

    return run


PUSH = ("-c", "from tasrih.cli import main; main()", "push")


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def edition(folder, version, texts):
    """A dataset with a shard for each text: an article of one paragraph, which may be passed on."""
    records = folder.with_name(f"{folder.name}-records")
    records.mkdir(parents=True)
    for number, text in enumerate(texts):
        (records / f"article-{number}.json").write_text(json.dumps(article(f"article-{number}", text)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tasrih.dataset.building.SHARD_BYTES", 1)
        patched.setattr("tasrih.dataset.splits._BOUNDS", (1, 1))
        tasrih.build(folder, [records])
    manifest.write(folder, version, "all", manifest.read(folder).files)
    return folder


def article(name, text):
    rights = {"holder": None, "license": "CC-BY-4.0", "redistribution": "permitted"}
    metadata = {"language": "ar", "collection": "composed", "origin": "composed", "published": None, "publisher": None}
    metadata |= {"rights": rights, "source": None}
    metadata |= {
        "annotation": {"status": "reviewed", "guidelines": "1.0", "annotators": [{"id": "tester", "kind": "rule"}]}
    }
    paragraphs = [{"id": "p1", "role": "body", "text": text}]
    record = {"schema_version": "1.0", "id": name, "metadata": metadata, "paragraphs": paragraphs}
    return record | {"quotes": [], "terms": [], "entities": []}


def following(repo, folder, version="2.0.0"):
    """The version after `dataset`: two shards instead of one."""
    return edition(folder, version, [f"{repo} {number}" for number in range(2)])


def paths(repository, revision="main"):
    return set(repository.tree(repository.resolve(revision))) - {".gitattributes"}


def below(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def size(folder):
    return sum((folder / path).stat().st_size for path in below(folder))


def holds(repository, revision, folder):
    """Whether a revision holds what a folder holds, and nothing else but the hub's own file."""
    tree = repository.tree(repository.resolve(revision))
    kept = {path: entry.sha256 for path, entry in tree.items() if path != ".gitattributes"}
    return kept == {path: sha256((folder / path).read_bytes()) for path in below(folder)}


def ordered(configs):
    """The rows of each config and its stand-off one in one order, whatever split they are in."""
    every = {config: [*configs[config], *configs.get(STANDOFF.get(config), [])] for config in FEATURES}
    return {config: sorted(map(str, rows)) for config, rows in every.items()}


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A copy of the corpus with few of its articles, and their dataset."""
    folder = tmp_path_factory.mktemp("few")
    few_of_the_corpus(folder / "corpus")
    return folder / "corpus", tasrih.build(folder / "out", [folder / "corpus/articles"], within=ROOT / "corpus")


@pytest.mark.parametrize("protocol", ["lfs", "xet"])
def test_what_comes_back_is_what_was_built(protocol, few, hub, repo, ran):
    records, folder = few
    said = ran(*PUSH, repo, "--dataset", folder, "--rights", "all", HF_HUB_DISABLE_XET=str(int(protocol == "lfs")))
    assert f"tag {TAG}" in said
    assert (hub.asked("lfs_upload") > 0, hub.asked("xet_token") > 0) == (protocol == "lfs", protocol == "xet")

    built = ordered({config: tasrih.load(records).to_dataset(config).to_list() for config in FEATURES})
    names = [*FEATURES, *STANDOFF.values()]
    read, streamed, texts = json.loads(ran("-c", READ, repo, TAG, *names))
    assert ordered(read) == built
    assert ordered(streamed) == built
    assert texts == [row["text"] for row in read["quotes"][: len(texts)]]
    assert ordered(json.loads(ran("-c", READ_OFFLINE, repo, TAG, *names, HF_HUB_OFFLINE="1"))) == built


def test_texts_that_may_not_be_passed_on_stay_at_home(hub, repo, push, public_dataset):
    done = push(repo, None)
    assert "only those that may be passed on" in str(done)
    assert holds(hub.repository(repo), TAG, public_dataset)


def test_a_folder_with_such_texts_is_refused_unless_told_otherwise(hub, repo, push, whole_dataset, public_dataset):
    with pytest.raises(tasrih.TasrihError, match=r"texts of 1 articles.*--rights redistributable"):
        push(repo, whole_dataset)
    assert hub.requests == []
    assert "texts: all" in str(push(repo, whole_dataset, rights="all"))
    assert holds(hub.repository(repo), TAG, whole_dataset)
    with pytest.raises(tasrih.TasrihError, match="without some texts"):
        push(repo, public_dataset, rights="all")


def test_the_next_version_replaces_the_shards_and_keeps_the_old_tag(hub, repo, push, dataset, tmp_path):
    push(repo, dataset)
    first = hub.repository(repo).resolve("v1.0.0")
    hub.requests.clear()
    done = push(repo, following(repo, tmp_path / "next"))
    repository = hub.repository(repo)
    assert done.deleted == tuple(f"data/{config}/train-00000-of-00001.parquet" for config in sorted(FEATURES))
    assert "manifest.json" in done.changed
    assert {path.rpartition("/")[0] for path in done.added} == {f"data/{config}" for config in FEATURES}
    assert hub.asked("lfs_upload") > 1
    assert holds(repository, "main", tmp_path / "next")
    assert holds(repository, "v1.0.0", dataset)
    assert repository.refs("tags") == {"v1.0.0": first, "v2.0.0": repository.resolve("main")}
    assert len(repository.history()) == 3


def test_many_files_are_one_commit(hub, repo, ran, tmp_path):
    folder = edition(tmp_path / "many", "1.0.0", [repo])
    for number in range(620):
        (folder / f"{number:03}.parquet").write_text(f"{repo} {number}")
    manifest.write(folder, "1.0.0", "all", manifest.read(folder).files)
    ran(*PUSH, repo, "--dataset", folder)
    repository = hub.repository(repo)
    assert holds(repository, "v1.0.0", tmp_path / "many")
    assert len(repository.history()) == 2


@pytest.mark.parametrize(("moment", "committed"), [("commit", False), ("tag", True)])
def test_a_push_that_was_killed_is_completed_by_the_next(moment, committed, hub, repo, started, ran, dataset):
    hub.faults.plan(moment, HANG)
    killed = started(*PUSH, repo, "--dataset", dataset)
    hub.faults.wait()
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    repository = hub.repository(repo)
    assert paths(repository) == (below(dataset) if committed else set())
    assert repository.refs("tags") == {}

    said = ran(*PUSH, repo, "--dataset", dataset)
    assert ("no new commit" in said) == committed
    assert holds(repository, "v1.0.0", dataset)
    assert len(repository.history()) == 2


def test_of_two_pushes_at_once_one_is_refused(hub, repo, started, ran, dataset, tmp_path):
    other = following(repo, tmp_path / "other")
    hub.faults.plan("commit", HOLD)
    late = started(*PUSH, repo, "--dataset", dataset)
    hub.faults.wait()
    ran(*PUSH, repo, "--dataset", other)
    hub.faults.release()
    _, said = late.communicate()
    assert late.returncode == 2
    assert "somebody else pushed at the same time" in said
    repository = hub.repository(repo)
    assert holds(repository, "main", other)
    assert set(repository.refs("tags")) == {"v2.0.0"}


def test_a_tag_that_somebody_else_made_meanwhile_stays(hub, repo, push, dataset):
    hub.faults.plan("tag", HOLD)
    with ThreadPoolExecutor() as pool:
        late = pool.submit(push, repo, dataset)
        hub.faults.wait()
        repository = hub.repository(repo)
        initial = repository.history()[-1]
        repository.point("tags", "v1.0.0", initial)
        hub.faults.release()
        with pytest.raises(tasrih.TasrihError, match="Raise the version"):
            late.result()
    assert repository.resolve("v1.0.0") == initial


def test_a_folder_that_changes_meanwhile_gets_no_tag(hub, repo, push, dataset):
    hub.faults.plan("preupload", HOLD)
    with ThreadPoolExecutor() as pool:
        pushed = pool.submit(push, repo, dataset)
        hub.faults.wait()
        card = (dataset / "README.md").read_bytes()
        (dataset / "README.md").write_text("changed")
        hub.faults.release()
        with pytest.raises(tasrih.TasrihError, match=r"README\.md.*no tag"):
            pushed.result()
    assert hub.repository(repo).refs("tags") == {}
    (dataset / "README.md").write_bytes(card)
    push(repo, dataset)
    assert holds(hub.repository(repo), "v1.0.0", dataset)


def test_a_hub_that_answers_late_is_waited_for(hub, repo, push, dataset):
    hub.faults.plan("commit", HOLD)
    with ThreadPoolExecutor() as pool:
        pushed = pool.submit(push, repo, dataset)
        hub.faults.wait()
        assert not pushed.done()
        hub.faults.release()
        assert pushed.result().tag == "v1.0.0"


def test_a_passing_failure_is_not_noticed(hub, repo, push, dataset):
    hub.faults.plan("preupload", 500)
    assert len(push(repo, dataset).added) == len(below(dataset))


@pytest.mark.parametrize(
    ("endpoint", "fault", "told"),
    [
        ("info", 401, "HF_TOKEN"),
        ("info", 404, "Check the name"),
        ("info", 500, "goes on where it stopped"),
        ("info", HANG, "timed out"),
        ("create", 403, "no right"),
        ("preupload", 403, "no right"),
        ("lfs_batch", 413, "status 413"),
        ("lfs_upload", 403, "no right"),
        ("commit", 412, "somebody else"),
        ("commit", 429, "Wait some minutes"),
        ("commit", 500, "goes on where it stopped"),
        ("commit", CLOSE, "broke off"),
        ("commit", HANG, "timed out"),
        ("tag", 500, "goes on where it stopped"),
    ],
)
def test_a_fault_is_explained_and_mended_by_pushing_again(endpoint, fault, told, hub, repo, push, dataset, monkeypatch):
    hub.faults.plan(endpoint, fault)
    with monkeypatch.context() as patched:
        patched.setattr("tasrih.dataset.hub.client.PATIENCE", 0.5 if fault == HANG else 60)
        with pytest.raises(tasrih.TasrihError, match=told) as refused:
            push(repo, dataset)
    assert "hf_writer" not in str(refused.value)
    hub.faults.clear()  # an impatient push on a busy machine may not get as far as the fault
    repository = hub.repository(repo)
    assert repository is None or paths(repository) == (below(dataset) if endpoint == "tag" else set())
    push(repo, dataset)
    assert holds(hub.repository(repo), "v1.0.0", dataset)


@pytest.mark.parametrize(
    ("token", "told"),
    [("", "no token"), ("hf_unknown", "not accept"), ("hf_reader", "no right"), ("hf_wri\u200bter", "characters")],
)
def test_tokens_that_do_not_do(token, told, hub, repo, started, dataset):
    process = started(*PUSH, repo, "--dataset", dataset, HF_TOKEN=token)
    out, err = process.communicate()
    assert (process.returncode, out) == (2, "")
    assert told in err
    assert "Traceback" not in err
    assert not token or token not in err
    assert hub.repository(repo) is None


def test_a_stored_login_is_used_and_nothing_but_the_result_is_printed(hub, repo, started, dataset, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/token").write_text("hf_writer")
    out, err = started(*PUSH, repo, "--dataset", dataset, HF_TOKEN="").communicate()
    assert err == ""
    assert (
        out.splitlines()[0]
        == f"{repo}: created, {len(below(dataset))} new, 0 changed, 0 deleted files ({size(dataset):,} bytes)."
    )
    assert holds(hub.repository(repo), "v1.0.0", dataset)


def test_a_dry_run_tells_and_sends_nothing(hub, repo, push, dataset, tmp_path):
    second = following(repo, tmp_path / "next")
    told = str(push(repo, dataset, dry_run=True))
    assert "would be created" in told
    assert "add README.md" in told
    assert hub.repository(repo) is None

    push(repo, dataset)
    hub.requests.clear()
    told = str(push(repo, second, dry_run=True))
    assert "delete data/articles/train-00000-of-00001.parquet" in told
    assert "v2.0.0" in told
    assert set(hub.requests) == {"info", "refs", "tree"}
    assert holds(hub.repository(repo), "main", dataset)


def test_a_dry_run_needs_no_token_and_tells_what_it_cannot_see_without(hub, repo, push, ran, dataset, tmp_path):
    dry = (*PUSH, repo, "--dataset", dataset, "--dry-run")
    told = ran(*dry, HF_TOKEN="")
    assert "asked without a token" in told
    assert f"{repo} would be created" in told
    assert told.count("\nadd ") + 1 == len(below(dataset))

    push(repo, dataset)
    assert ran(*dry, HF_TOKEN="") == ran(*dry)
    assert "published already" in ran(*dry)

    second = following(repo, tmp_path / "next")
    assert "change README.md" in ran(*PUSH, repo, "--dataset", second, "--dry-run", HF_TOKEN="")
    assert holds(hub.repository(repo), "main", dataset)


def test_stand_off_records_alone_are_published_whatever_the_rights_in_their_texts(hub, repo, push, tmp_path):
    for version, texts in (("1.0.0", [repo]), ("2.0.0", [repo, "كلام آخر"])):
        records = tmp_path / version
        records.mkdir()
        for number, text in enumerate(texts):
            record = article(f"article-{number}", text)
            record["metadata"]["rights"] |= {"redistribution": "forbidden"}
            (records / f"article-{number}.json").write_text(json.dumps(withheld(record)))
        out = tasrih.build(tmp_path / f"built-{version}", [records])
        manifest.write(out, version, "all", manifest.read(out).files)
        push(repo, out)
        assert holds(hub.repository(repo), "main", out)


def test_a_version_is_published_once(hub, repo, push, dataset, tmp_path):
    push(repo, dataset)
    repository = hub.repository(repo)
    history = repository.history()
    assert "published already" in str(push(repo, dataset))
    changed = following(repo, tmp_path / "changed", "1.0.0")
    for dry_run in (True, False):
        with pytest.raises(tasrih.TasrihError, match="Raise the version"):
            push(repo, changed, dry_run=dry_run)
    assert repository.history() == history
    assert repository.refs("tags") == {"v1.0.0": history[0]}


def test_private_repositories(hub, repo, push, dataset):
    push(repo, dataset, private=True)
    assert hub.repository(repo).private
    push(f"{repo}-public", dataset)
    with pytest.raises(tasrih.TasrihError, match="public already"):
        push(f"{repo}-public", dataset, private=True)


def test_a_repository_of_something_else_is_left_alone(hub, repo, push, dataset):
    foreign = hub.storage.create(repo, private=False)
    foreign.commit({"data.csv": hub.storage.regular(b"a,b\n")}, "something else")
    with pytest.raises(tasrih.TasrihError, match="something else"):
        push(repo, dataset)
    assert paths(foreign) == {"data.csv"}


def damage(folder, how):
    shard, listing = folder / "data/articles/train-00000-of-00001.parquet", folder / "manifest.json"
    if how == "changed":
        shard.write_bytes(b"changed")
    elif how == "missing":
        shard.unlink()
    elif how == "unlisted":
        shutil.copy(shard, folder / "data/more.parquet")
    elif how == "no manifest":
        listing.unlink()
    elif how == "no version":
        manifest.write(folder, "../x", "all", manifest.read(folder).files)
    else:
        listing.write_text(how)


@pytest.mark.parametrize("how", ["changed", "missing", "unlisted", "no manifest", "no version", "{", "[]", "{}"])
def test_a_damaged_dataset_is_not_pushed(how, hub, repo, push, dataset):
    damage(dataset, how)
    with pytest.raises(tasrih.TasrihError, match="Build"):
        push(repo, dataset)
    assert hub.requests == []


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.just("data/articles/train-00000-of-00001.parquet")
)
JSON = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["version", "rights", "files", "documents", "path", "bytes", "sha256"]), inner, max_size=5
        )
    ),
    max_leaves=12,
)


@pytest.fixture(scope="module")
def some_dataset(tmp_path_factory):
    return edition(tmp_path_factory.mktemp("some") / "dataset", "1.0.0", ["some"])


MANIFESTS = st.builds(lambda files: {"version": "1.0.0", "rights": "all", "files": files, "documents": []}, JSON)


@given(JSON | MANIFESTS)
def test_no_manifest_breaks_the_check(some_dataset, value):
    (some_dataset / "manifest.json").write_text(json.dumps(value))
    with pytest.raises(tasrih.TasrihError, match="Build"):
        tasrih.push("tester/corpus", some_dataset)


def test_hidden_files_stay_at_home(hub, repo, push, dataset):
    expected = below(dataset)
    (dataset / ".env").write_text("secret")
    (dataset / ".git").mkdir()
    (dataset / ".git/config").write_text("secret")
    push(repo, dataset)
    assert paths(hub.repository(repo)) == expected


@pytest.mark.parametrize("name", ["", "corpus", "a/b/c", "a b/c", "datasets/a/b", "a/b.git", "../x", "a/b\n"])
def test_names_that_no_dataset_has(name, hub, push, dataset):
    with pytest.raises(tasrih.TasrihError, match="OWNER/NAME"):
        push(name, dataset)
    assert hub.requests == []


@pytest.mark.parametrize("address", ["hub.example.org", "ftp://hub.example.org", "https://", "http://[::1"])
def test_addresses_that_no_hub_has(address, dataset, repo, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_writer")
    with pytest.raises(tasrih.TasrihError, match="not the address of a hub"):
        tasrih.push(repo, dataset, endpoint=address)


def test_a_hub_that_is_not_there(dataset, repo, monkeypatch):
    monkeypatch.setenv("HF_TOKEN", "hf_writer")
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        with pytest.raises(tasrih.TasrihError, match="connection failed"):
            tasrih.push(repo, dataset, endpoint=f"http://127.0.0.1:{silent.getsockname()[1]}")


def test_offline_is_said_so(repo, started, dataset):
    process = started(*PUSH, repo, "--dataset", dataset, HF_HUB_OFFLINE="1")
    _, err = process.communicate()
    assert process.returncode == 2
    assert "HF_HUB_OFFLINE" in err


@pytest.fixture
def checkout(tmp_path):
    """A folder whose .venv/bin calls this interpreter."""
    (tmp_path / ".venv/bin").mkdir(parents=True)
    for name, call in {"python": "", "tasrih": "-c 'from tasrih.cli import main; main()'"}.items():
        (tmp_path / ".venv/bin" / name).write_text(f'#!/bin/sh\nexec {sys.executable} {call} "$@"\n')
        (tmp_path / ".venv/bin" / name).chmod(0o755)
    return tmp_path


def run_in(folder, hub, command, **variables):
    environment = account(hub, folder) | variables
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_release_job_publishes_the_version_that_was_tagged(hub, repo, checkout, public_dataset):
    job = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text())["jobs"]["dataset"]
    compare, publish = [
        step
        for step in job["steps"]
        if step.get("name") in ("Refuse a tag that is not the version", "Publish the dataset")
    ]
    assert run_in(checkout, hub, ["bash", "-c", compare["run"]], GITHUB_REF_NAME="v0.0.0").returncode == 1
    assert run_in(checkout, hub, ["bash", "-c", compare["run"]], GITHUB_REF_NAME=TAG).returncode == 0
    values = {"${{ secrets.HF_TOKEN }}": "hf_writer", "${{ vars.HF_REPOSITORY }}": repo}
    variables = {name: values[expression] for name, expression in publish["env"].items()}
    done = run_in(checkout, hub, ["bash", "-c", publish["run"]], **variables)
    assert done.returncode == 0, done.stderr
    assert holds(hub.repository(repo), TAG, public_dataset)


def blocks(name, language, repo):
    text = (ROOT / name).read_text(encoding="utf-8").replace("OWNER/tasrih", repo).replace("v0.1.0", TAG)
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "docs/hub.md"])
def test_the_documented_commands_publish(name, hub, repo, checkout, public_dataset):
    commands = "".join(blocks(name, "console", repo)).replace("$ ", "")
    done = run_in(checkout, hub, ["bash", "-ec", commands])
    assert done.returncode == 0, done.stderr
    assert holds(hub.repository(repo), TAG, public_dataset)


def test_the_documented_ways_to_load_work(repo, push, ran):
    push(repo, None)
    online, download, offline = blocks("docs/hub.md", "python", repo)
    found = ran("-c", f"{online}\n{download}\nprint(len(quotes))").splitlines()[-1]
    assert int(found) > 500
    assert ran("-c", f"{offline}\nprint(len(quotes))", HF_HUB_OFFLINE="1").splitlines()[-1] == found
