"""What type checkers say of scripts that use the package."""

import re
import subprocess
import sys
import textwrap

from conftest import ROOT

RECIPES = "architecture.md"  # the boxes of which are parts of files, and are put into them by test_recipes.py
PAGES = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name != RECIPES)
DOCUMENTS = ["README.md", *(f"docs/{name}" for name in PAGES)]
SCRIPT = (ROOT / "tests/fixtures/user_script.py").read_text(encoding="utf-8")
WRONG = {
    'tasrih.load().quotes(type="dirct")': "arg-type",
    'tasrih.load().to_dataset("quote")': "arg-type",
    'tasrih.validate(engine="dask")': "arg-type",
    'tasrih.score("a", "b", by="author")': "arg-type",
    'tasrih.build("out", rights="none")': "arg-type",
    "print(tasrih.load()[0].quotes[0].speaker.name)": "union-attr",
    "print(tasrih.load()[0].quotes[0].cue.text)": "union-attr",
}


CONFIG = """[mypy]
strict = True
allow_untyped_defs = True
allow_untyped_calls = True
[mypy-datasets.*,pandas.*,polars.*,duckdb.*,pyarrow.*]
ignore_missing_imports = True
follow_imports = skip
"""


WALK = "docs/benchmark.md"  # the blocks of which are one script


def blocks(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    found = [textwrap.dedent(block) for block in re.findall(r"```python\n(.*?) *```", text, re.DOTALL)]
    return ["".join(found)] if name == WALK else found


def test_scripts_and_the_examples_of_the_documents_are_strictly_typed_and_what_would_fail_is_told(tmp_path):
    """All in one test, since the first look of mypy at the package takes the most of its time."""
    files = {f"{name}_{number}": block for name in DOCUMENTS for number, block in enumerate(blocks(name))}
    files |= {"script": SCRIPT, "wrong": "import tasrih\n" + "".join(f"{line}\n" for line in WRONG)}
    for name, code in files.items():
        (tmp_path / f"{re.sub(r'[^A-Za-z0-9]', '_', name)}.py").write_text(code, encoding="utf-8")
    (tmp_path / "mypy.ini").write_text(CONFIG, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--config-file", "mypy.ini", "."]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    told = re.findall(r"^(\w+)\.py:(\d+): error: .*\[([\w-]+)\]$", run.stdout, re.MULTILINE)
    expected = [("wrong", str(number), code) for number, code in enumerate(WRONG.values(), 2)]
    assert told == expected, run.stdout + run.stderr
