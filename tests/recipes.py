"""The recipes of docs/architecture.md, followed to the letter in a copy of the house."""

import os
import re
import shutil
import subprocess
import sys

from conftest import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
ELSEWHERE = ("tests/", "scripts/", "docs/", "corpus/", "README.md")
PART = re.compile(r"`((?:[\w<>-]+/)*[\w<>-]+\.\w+)`|^( *)```(\w+)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)


def at(house, path):
    """Where a path of the page is in a house."""
    return house / ("" if path.startswith(ELSEWHERE) else "src/tasrih") / path


def titles():
    """The headings of the recipes."""
    return re.findall(r"^## (Add .*)$", PAGE, re.MULTILINE)


def recipe(title):
    """The section of the page with this heading."""
    return re.search(rf"^## {title}\n(.*?)(?=^## )", PAGE, re.MULTILINE | re.DOTALL)[1]


def boxes(title):
    """The boxes of a recipe as (path, language, lines); a box is for the path with which its step begins."""
    for step in re.split(r"^(?=\d+\. )", recipe(title), flags=re.MULTILINE)[1:]:
        parts = [found.groups("") for found in PART.finditer(step)]
        path = parts[0][0]
        yield from ((path, language, _shifted(lines, indent)) for _, indent, language, lines in parts if language)


def _shifted(lines, indent):
    return re.sub(f"^{indent}", "", lines, flags=re.MULTILINE)


def paths(title):
    """Every path that a recipe names."""
    return {name for name, *_ in PART.findall(recipe(title)) if name}


def follow(house, title, *only):
    """Does to a house what the boxes of a recipe say, or those for some paths only."""
    for path, language, lines in boxes(title):
        if not only or path in only:
            _change(at(house, path), language, lines)


def _change(file, language, lines):
    if language == "diff":
        parts = [(line[:1], line[1:]) for line in lines.splitlines(keepends=True)]
        old, new = ("".join(line for sign, line in parts if sign != other) for other in "+-")
        text = file.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: the page tells to change what is not there: {old}"
        file.write_text(text.replace(old, new), encoding="utf-8")
    elif file.exists():
        apart = {"python": "\n\n", "toml": "\n"}.get(language, "")
        with file.open("a", encoding="utf-8") as opened:
            opened.write(apart + lines)
    else:
        file.write_text(lines, encoding="utf-8")


def copied(house, *names):
    """A house with copies of these files and folders."""
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, house / name, ignore=shutil.ignore_patterns("__pycache__", ".*_cache"))
        else:
            shutil.copy(ROOT / name, house)
    return house


def run(house, *arguments):
    """Python in a house."""
    environment = os.environ | {"PYTHONPATH": str(house / "src")}
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=house, env=environment, capture_output=True, check=False)
