"""`pytest --tasrih`: each record a test, with what is wrong with it as its failure."""

import json
import os
import subprocess
import sys
import tomllib
from importlib.metadata import entry_points

import own
import pytest
from conftest import ROOT

pytest_plugins = ["pytester"]

IS_INSTALLED = any(entry.name == "tasrih" for entry in entry_points(group="pytest11"))
PLUGIN = [] if IS_INSTALLED else ["-p", "tasrih.pytest_plugin"]


@pytest.fixture
def corpus(pytester):
    """A repository with a good record, one with an error, one with a warning, and JSON Lines with two good ones."""
    own.repository(pytester.path)
    wrong = own.record("2024-02-03-wrong", "الثانية وفيها كلام آخر طويل عن الميناء القديم وأهله الذين رحلوا")
    wrong["quotes"][0]["spans"][0]["start"] += 1
    own.add(pytester.path / "corpus", wrong)
    doubtful = own.record("2024-03-04-doubtful", "الثالثة وليس فيها شيء من ذلك بل حديث عن سوق السمك وأسعاره في الشتاء")
    doubtful["quotes"][0]["cue"]["kind"] = "noun"
    own.add(pytester.path / "corpus", doubtful)
    return pytester


def run(pytester, *arguments):
    return pytester.runpytest_inprocess(*PLUGIN, "-p", "no:cacheprovider", "-p", "no:xdist", *arguments)


def test_a_record_is_a_test_and_a_finding_its_failure(corpus):
    corpus.makepyfile("def test_own(): pass")
    done = run(corpus, "--tasrih", "corpus", "-v")
    done.assert_outcomes(passed=4, failed=1)
    done.stdout.fnmatch_lines(
        [
            "*::test_own PASSED*",
            "corpus/articles/harbour/2024-01-02-lights.json::2024-01-02-lights PASSED*",
            "corpus/articles/harbour/2024-02-03-wrong.json::2024-02-03-wrong FAILED*",
            "corpus/articles/harbour/2024-03-04-doubtful.json::2024-03-04-doubtful PASSED*",
            "corpus/entities.json::entities PASSED*",
            "*corpus/articles/harbour/2024-02-03-wrong.json:1:*: A104 error: *",
            "*1 record, 1 error, 0 warnings",
        ]
    )
    assert "Traceback" not in done.stdout.str()
    assert "pytest_plugin.py" not in done.stdout.str()


def test_a_warning_fails_when_it_is_to(corpus):
    run(corpus, "--tasrih", "corpus", "--tasrih-strict").assert_outcomes(passed=2, failed=2)
    (corpus.path / "pyproject.toml").write_text('[tool.tasrih]\npaths = ["corpus"]\nstrict = true\nignore = ["A104"]\n')
    run(corpus, "--tasrih").assert_outcomes(passed=3, failed=1)
    told = run(corpus, "--tasrih", "corpus/articles/harbour/2024-03-04-doubtful.json").stdout.str()
    assert "Q127 warning" in told


def test_records_are_selected_and_those_of_others_keep_their_findings(corpus):
    run(corpus, "--tasrih", "corpus", "-k", "lights or doubtful").assert_outcomes(passed=2, deselected=2)
    run(corpus, "--tasrih", "corpus", "-k", "wrong").assert_outcomes(failed=1, deselected=3)
    done = run(corpus, "--tasrih", "corpus", "--collect-only", "-q")
    assert "corpus/articles/harbour/2024-02-03-wrong.json::2024-02-03-wrong" in done.stdout.str()


def test_a_line_is_a_test(corpus):
    good, twice = own.record("2024-05-06-good", "الرابعة"), own.record("2024-05-06-good", "الخامسة")
    wrong = own.record("2024-06-07-bad", "السادسة")
    wrong["quotes"][0]["spans"][0]["start"] += 1
    lines = [json.dumps(good), "", json.dumps(wrong), "{", json.dumps(twice)]
    (corpus.path / "more.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run(corpus, "--tasrih", "more.jsonl", "--tasrih", "corpus", "-v")
    told = done.stdout.str()
    assert "more.jsonl::2024-06-07-bad FAILED" in told
    assert "more.jsonl::line-4 FAILED" in told
    assert "more.jsonl:3:" in told
    assert "more.jsonl::line-5 FAILED" in told  # its id is taken
    assert "C101" in told


def test_a_register_with_an_error_fails(corpus):
    (corpus.path / "corpus/entities.json").write_text("{", encoding="utf-8")
    done = run(corpus, "--tasrih", "corpus", "-v")
    assert "corpus/entities.json::entities FAILED" in done.stdout.str()


def test_what_is_not_there_is_told(corpus):
    done = run(corpus, "--tasrih", "nowhere")
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(["ERROR: *nowhere: no such file or folder*"])


def test_without_the_option_nothing_is_different(corpus):
    corpus.makepyfile("def test_own(): pass")
    run(corpus).assert_outcomes(passed=1)


CODE = """
import sys, pytest
code = pytest.main(sys.argv[1:])
print(sorted(name for name in sys.modules if name.partition(".")[0] in ("tasrih", "pydantic", "numpy", "pyarrow")))
sys.exit(code)
"""


@pytest.fixture
def installed(corpus):
    """Runs pytest in a process that finds the plugin by the entry point of pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    metadata = corpus.path / "site/tasrih_entry-1.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: tasrih-entry\nVersion: 1\n", encoding="utf-8")
    points = "".join(f"{name} = {value}\n" for name, value in project["entry-points"]["pytest11"].items())
    (metadata / "entry_points.txt").write_text(f"[pytest11]\n{points}", encoding="utf-8")
    corpus.makepyfile("def test_own(): pass")
    variables = os.environ | {"PYTHONPATH": f"{corpus.path / 'site'}:{ROOT / 'src'}", "PYTEST_ADDOPTS": ""}
    variables = {name: value for name, value in variables.items() if not name.startswith("PYTEST_XDIST")}

    def started(*arguments):
        command = [sys.executable, "-c", CODE, "-p", "no:cacheprovider", *arguments]
        return subprocess.run(command, cwd=corpus.path, env=variables, capture_output=True, text=True, check=False)

    return started


def test_it_costs_nothing_where_it_is_not_asked_for(installed):
    done = installed("-q")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == "['tasrih', 'tasrih.pytest_plugin', 'tasrih.version']"


def test_workers_share_one_validation(installed, corpus):
    (corpus.path / "conftest.py").write_text(
        "import tasrih.validation as validation\n"
        "from pathlib import Path\n"
        "real = validation.validate\n"
        "def counted(*given, **named):\n"
        "    with Path('asked').open('a') as file:\n"
        "        file.write('x')\n"
        "    return real(*given, **named)\n"
        "validation.validate = counted\n",
        encoding="utf-8",
    )
    done = installed("--tasrih", "corpus", "-n", "2", "-q")
    assert done.returncode == 1
    assert "1 failed, 4 passed" in done.stdout
    assert "2024-02-03-wrong.json:1:" in done.stdout
    assert (corpus.path / "asked").read_text() == "x"
