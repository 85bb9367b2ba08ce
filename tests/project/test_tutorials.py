"""The tutorials, done in order from an empty folder: every command succeeds, and prints what the page says."""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys

import pytest
from conftest import ROOT, invoke
from hub import serve
from huggingface_hub import constants

TUTORIALS = [*sorted((ROOT / "docs/tutorials").glob("*.md")), ROOT / "docs/ar/quickstart.md"]
BOX = re.compile(r"^```(python|sh)\n(.*?)^```\n(?:\n```text\n(.*?)^```$)?", re.DOTALL | re.MULTILINE)

SHELL = f'tasrih() {{ {shlex.quote(sys.executable)} -m tasrih "$@"; }}\n'


def done(language, lines, names):
    """What a box prints: Python, commands of tasrih in this process, or other lines of a shell."""
    if language == "python":
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(lines, names)  # noqa: S102
        return printed.getvalue()
    if not all(line.startswith(("tasrih ", "cd ")) for line in lines.splitlines()):
        shell = ["bash", "-euo", "pipefail", "-c", SHELL + lines]
        return subprocess.run(shell, capture_output=True, text=True, check=True).stdout
    return "".join(map(commanded, lines.splitlines()))


def commanded(line):
    name, *arguments = shlex.split(line)
    if name == "cd":
        os.chdir(*arguments)
        return ""
    ran = invoke(*arguments, COLUMNS="100")
    assert ran.exit_code == 0, (line, ran.output)
    return ran.output


def plain(text):
    """Without what sets directions in a terminal, and without space at the ends of lines."""
    return "\n".join(re.sub("[\u2066-\u2069]", "", line).rstrip() for line in text.strip().splitlines())


def fits(told, printed):
    """Whether what was printed is what the page says, where … stands for anything."""
    pattern = ".*?".join(map(re.escape, plain(told).split("…")))
    return re.fullmatch(pattern, plain(printed), re.DOTALL)


@pytest.mark.parametrize("page", TUTORIALS, ids=[page.stem for page in TUTORIALS])
def test_a_tutorial_does_what_it_says(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    boxes = BOX.findall(page.read_text(encoding="utf-8"))
    told, names = 0, {}
    for language, lines, expected in boxes:
        printed = done(language, lines, names)
        if expected:
            assert fits(expected, printed), f"{lines}\n---\n{printed}"
            told += 1
    assert told > 2


@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # of the client, over LFS
def test_a_corpus_of_ones_own_is_made_and_pushed_as_the_page_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setenv("HF_TOKEN", "hf_writer")
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "x")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "x@example.org")
    lines = re.findall(r"^\$ (.*)$", (ROOT / "docs/own-corpus.md").read_text(encoding="utf-8"), re.MULTILINE)
    with serve(tmp_path / "server") as hub:
        monkeypatch.setattr(constants, "ENDPOINT", hub.url)
        for line in lines:
            done("sh", line.replace("OWNER/", "tester/"), {})
    assert [line for line in lines if line.startswith("tasrih push")] == lines[-1:]
    assert len(list((tmp_path / "server").rglob("*"))) > 0
