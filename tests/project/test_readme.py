"""Every command and example of the documents runs, in a copy of the checkout that has few of the articles."""

import os
import re
import shutil
import subprocess
import sys
import textwrap

import pytest
from conftest import ROOT, commit, thin

import tasrih

RUN_BY_CI = {"make dataset", "make test", "python3 -m venv .venv", ".venv/bin/pip install ."}


def blocks(name, language):
    text = (ROOT / name).read_text(encoding="utf-8")
    return [textwrap.dedent(block) for block in re.findall(rf"```{language}\n(.*?) *```", text, re.DOTALL)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of the checkout whose .venv/bin calls this interpreter."""
    folder = tmp_path_factory.mktemp("checkout") / "tasrih"
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "dist", "__pycache__"))
    thin(folder / "corpus")
    commands = folder / ".venv" / "bin"
    commands.mkdir(parents=True)
    for name, call in {"python": "", "tasrih": "-c 'from tasrih.cli import main; main(prog_name=\"tasrih\")'"}.items():
        (commands / name).write_text(f'#!/bin/sh\nexec {sys.executable} {call} "$@"\n', encoding="utf-8")
        (commands / name).chmod(0o755)
    commit(folder)
    return folder


def run(command, checkout, tmp_path):
    environment = os.environ | {"PYTHONPATH": str(checkout / "src"), "HF_HOME": str(tmp_path), "HF_HUB_OFFLINE": "1"}
    return subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_commands_run(name, checkout, tmp_path):
    commands = [line for block in blocks(name, "sh") for line in block.splitlines()]
    assert set(commands) & RUN_BY_CI
    for command in commands:
        if command not in RUN_BY_CI:
            done = run(["sh", "-c", command], checkout, tmp_path)
            assert done.returncode == 0, f"{command}\n{done.stderr}"


def test_the_readme_examples_run(checkout, tmp_path):
    build = run([checkout / ".venv/bin/tasrih", "build", "--out", "dist/tasrih"], checkout, tmp_path)
    assert build.returncode == 0, build.stderr
    done = run([sys.executable, "-c", "".join(blocks("README.md", "python"))], checkout, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "سيرغي لافروف" in done.stdout
    assert re.search(r"train: Dataset\(\{.*?num_rows: [1-9]", done.stdout, re.DOTALL)


@pytest.mark.parametrize(("name", "count"), [("docs/tei.md", 3), ("docs/standoff.md", 4)])
def test_the_commands_of_a_manual_run(name, count, checkout, tmp_path):
    commands = [line for block in blocks(name, "sh") for line in block.splitlines()]
    assert len(commands) == count
    for command in commands:
        done = run(["sh", "-c", command], checkout, tmp_path)
        assert done.returncode == 0, f"{command}\n{done.stderr}"


def test_the_first_example_holds_for_every_article(capsys):
    loop = re.search(r"^for quote in .*\n(?:    .*\n)+", blocks("README.md", "python")[0], re.MULTILINE)[0]
    corpus = tasrih.load()
    for article in corpus:
        exec(loop, {"article": article})  # noqa: S102
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == sum(1 for _ in corpus.quotes())
    assert sum("(none)" in line for line in lines) == sum(quote.cue is None for quote in corpus.quotes())
