"""What the documents point at is there."""

import re
import runpy
import subprocess
import sys

import pytest
from conftest import ROOT

import tasrih
from tasrih.guidelines import VERSIONS

PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    "DATASHEET.md",
    *(str(page.relative_to(ROOT)) for page in (ROOT / "docs").rglob("*.md")),
]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)]+)\)", text) if "://" not in link]
    for path, _, heading in (link.partition("#") for link in links):
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.is_file(), path
        text = target.read_text(encoding="utf-8") if heading else ""  # a picture has none
        headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
        assert not heading or heading in [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings]


def test_every_page_of_docs_is_linked_from_where_readers_begin():
    """From the README, from CONTRIBUTING, or from the home page of the documents, which the README links to."""
    begin = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "CONTRIBUTING.md"))
    home = (ROOT / "docs/index.md").read_text(encoding="utf-8")
    pages = [page.removeprefix("docs/") for page in PAGES if page.startswith("docs/")]
    assert [page for page in pages if f"(docs/{page}" not in begin and f"({page}" not in home] == []
    assert "(docs/index.md)" in begin


def test_every_generating_script_is_named_and_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:python |`)scripts/(\w+\.py)", text)) - {"corruptions.py"}
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "scripts").glob("*.py")}
    checking = {name for name, text in texts.items() if "from generated import" in text}
    assert named == checking


SCRIPTS = sorted(path for path in (ROOT / "scripts").glob("*.py") if "__main__" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.name for script in SCRIPTS])
def test_scripts_explain_themselves_and_refuse_what_they_do_not_know(script, monkeypatch, capsys):
    told = {}
    for option, code in (("--help", 0), ("--chekc", 2)):
        monkeypatch.setattr(sys, "argv", [str(script), option])
        with pytest.raises(SystemExit) as ended:
            runpy.run_path(str(script), run_name="__main__")
        assert ended.value.code == code
        told[option] = capsys.readouterr()
    assert told["--help"].out.startswith(f"usage: {script.name}")
    assert "usage:" in told["--chekc"].err


def test_a_released_version_has_its_entry_in_the_changelog():
    entries = re.findall(r"^## (\S+)(?: \((.*)\))?$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    tags = subprocess.check_output(["git", "-C", ROOT, "tag", "--list", "v*"], text=True).split()
    versions = dict(entries)
    assert next(iter(versions)) == tasrih.__version__
    assert {tag.removeprefix("v") for tag in tags} <= versions.keys()
    assert all(told == "unreleased" or re.fullmatch(r"\d{4}-\d\d-\d\d", told) for told in versions.values())
    assert all(versions[tag.removeprefix("v")] != "unreleased" for tag in tags)


def test_the_guidelines_name_their_version_and_the_package_knows_it():
    heading = (ROOT / "corpus/GUIDELINES.md").read_text(encoding="utf-8").splitlines()[0]
    assert heading == f"# Annotation guidelines, version {VERSIONS[-1]}"
