"""Without Arrow, NumPy and Rensa, and without jsonschema-rs, validation finds the same."""

import copy
import json
import re
import subprocess
import sys
from dataclasses import asdict
from importlib.metadata import distribution

import pytest
from conftest import RECORD, ROOT

from tasrih import validate
from tasrih.validation.schemas import by_python, by_rust, published

FEW = ("pydantic", "orjson", "packaging", "jsonschema", "hijridate")
"""What one installs beside the package with --no-deps; each brings its own."""
BROUGHT = ("pydantic_core", "annotated-types", "typing_extensions", "typing-inspection")
BROUGHT += ("attrs", "referencing", "rpds-py", "jsonschema-specifications")
FIXTURES = sorted((ROOT / "tests/rules").glob("*/bad.json"))[::3]


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """A folder with nothing but these packages."""
    site = tmp_path_factory.mktemp("few")
    for name in (*FEW, *BROUGHT):
        installed = distribution(name)
        for top in {file.parts[0] for file in installed.files if file.parts[0] not in ("..", "__pycache__")}:
            (site / top).symlink_to(installed.locate_file(top))
    return site


def findings(few, *paths, ignore=""):
    code = (
        "import json, sys, tasrih\nfrom dataclasses import asdict\n"
        "assert not {'numpy', 'pyarrow', 'jsonschema_rs', 'rensa'} & set(sys.modules)\n"
        "found = tasrih.validate(sys.argv[2:], ignore=sys.argv[1].split())\n"
        "print(found.records, json.dumps([asdict(one) for one in (*found.findings, *found.waived)]))\n"
    )
    command = [sys.executable, "-S", "-s", "-c", code, ignore, *paths]
    done = subprocess.run(
        command, env={"PYTHONPATH": f"{few}:{ROOT / 'src'}"}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    records, _, told = done.stdout.partition(" ")
    return int(records), json.loads(told)


def here(*paths, ignore=""):
    found = validate(list(paths), ignore=ignore.split())
    return found.records, json.loads(json.dumps([asdict(one) for one in (*found.findings, *found.waived)]))


def test_every_rule_finds_the_same_without_arrow(few):
    """Doubles apart: fixtures nearly repeat one another."""
    assert len(FIXTURES) > 40
    assert findings(few, *FIXTURES, ignore="C101 C102") == here(*FIXTURES, ignore="C101 C102")


ALONE = """
import sys, tasrih
from dataclasses import asdict
import json
found = [tasrih.validate(path) for path in sys.argv[1:]]
few = tasrih.validate(sys.argv[1:20], ignore=["C101", "C102"])
assert {(one.file, one.code) for one in few} == {(one.file, one.code) for each in found[:19] for one in each}
assert not {"numpy", "pyarrow", "rensa"} & set(sys.modules)
print(json.dumps([asdict(one) for each in found for one in (*each.findings, *each.waived)]))
"""


def test_a_record_alone_and_few_are_told_the_same_and_import_no_arrow():
    command = [sys.executable, "-c", ALONE, *FIXTURES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    by_code = sorted(json.loads(done.stdout), key=lambda one: (one["file"], one["code"], one["pointer"]))
    _, together = here(*FIXTURES, ignore="C101 C102")
    assert by_code == sorted(together, key=lambda one: (one["file"], one["code"], one["pointer"]))


def test_doubles_are_the_same_without_arrow(few, tmp_path):
    """Three that repeat one another, two of them word by word, one id twice, and one that is like none."""
    nearly = copy.deepcopy(RECORD) | {"id": "2021-10-13-nearly"}
    records = [RECORD, RECORD | {"id": "2021-10-13-again"}, nearly, RECORD]
    nearly["paragraphs"][0]["text"] += " كلمة"
    lines = tmp_path / "lines.jsonl"
    lines.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    records, found = findings(few, lines)
    assert (records, found) == here(lines)
    assert {one["code"] for one in found} >= {"C101", "C102"}


def changed(value):
    """Copies of a value, in each of which one part is of another kind, away, unknown or out of bounds."""
    yield from (None, "", "x" * 300, "2021-13-45\n", -1, 1.5, [], {}, True, ["x"], {"x": 1})
    if isinstance(value, dict):
        yield value | {"odd": 1}
        for key, inner in value.items():
            yield {name: one for name, one in value.items() if name != key}
            if not isinstance(inner, list) or key in ("quotes", "entities", "terms"):
                yield from (value | {key: one} for one in changed(inner))
    if isinstance(value, list) and value:
        yield from ([one, *value[1:]] for one in changed(value[0]))


def told(violation):
    return violation._replace(branches=[sorted(map(told, branch), key=str) for branch in violation.branches])


def test_the_bundled_corpus_is_looked_through_without_arrow(few):
    found = findings(few, ROOT / "corpus")
    assert found == here(ROOT / "corpus")
    assert found[0] > 300


def test_both_validators_of_schemas_find_the_same():
    schema = published("article")
    rust, python = by_rust(schema), by_python(schema)
    tried = list(changed(RECORD | {"paragraphs": RECORD["paragraphs"][:1]}))
    assert len(tried) > 700
    for document in tried[::10]:
        assert rust.is_valid(document) == python.is_valid(document)
        both = [sorted(map(str, map(told, one.violations(document)))) for one in (rust, python)]
        assert both[0] == both[1]


WITHOUT_MORE = """
import os, sys, tasrih
os.chdir(sys.argv[1])
corpus = tasrih.load()
record = corpus["2019-10-08-port-salaries"]
calls = {name: lambda name=name: getattr(tasrih, name) for name in tasrih.__all__}
calls["to_pandas"], calls["to_dataset"] = corpus.to_pandas, corpus.to_dataset
calls["cite"], calls["identity"] = corpus.cite, lambda: corpus.identity
calls["a dataset"] = lambda: tasrih.load("dataset")
calls["a URL"] = lambda: tasrih.load("memory://a.json")
calls["zst"] = lambda: tasrih.load("a.jsonl.zst")
calls["agreement"] = lambda: tasrih.agree([record], [record])
calls["comparison"] = lambda: tasrih.compare([record], [record], [record])
calls["intervals"] = lambda: tasrih.score([record], [record]).groups["all"].estimates
for name, call in calls.items():
    try:
        call()
    except tasrih.UnavailableError as error:
        print(name, error, sep=": ")
"""


def test_a_function_that_needs_more_says_what_and_what_brings_it(few, tmp_path):
    (tmp_path / "dataset").mkdir()
    (tmp_path / "dataset/manifest.json").write_text("{}", encoding="utf-8")
    (tmp_path / "a.jsonl.zst").write_bytes(b"")
    command = [sys.executable, "-S", "-s", "-c", WITHOUT_MORE, tmp_path]
    path = {"PYTHONPATH": f"{few}:{ROOT / 'src'}"}
    done = subprocess.run(command, env=path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    told = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    read = {"to_pandas", "to_dataset", "cite", "identity", "a dataset", "a URL", "zst"}
    made = {"build", "draft", "hydrate", "push", "verify", "agreement", "comparison", "intervals"}
    assert told.keys() == read | made
    for line in told.values():
        assert re.search(
            r"this needs \w+, which is not installed here: `pip install tasrih`, without --no-deps, brings it\.", line
        )


def test_a_command_that_needs_more_says_what(few, tmp_path):
    command = [sys.executable, "-S", "-s", "-m", "tasrih", "build", "--out", tmp_path / "dataset"]
    (few / "click").symlink_to(distribution("click").locate_file("click"))
    path = {"PYTHONPATH": f"{few}:{ROOT / 'src'}"}
    done = subprocess.run(command, env=path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "which is not installed here" in done.stderr
    shown = [sys.executable, "-S", "-s", "-m", "tasrih", "validate", FIXTURES[0]]
    done = subprocess.run(shown, env=path, capture_output=True, text=True, check=False)
    assert (done.returncode, FIXTURES[0].parent.name in done.stdout) == (1, True)
