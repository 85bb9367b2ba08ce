"""What documents say of the house is there: rooms, modules, and what the recipes tell to touch."""

import re

import pytest
from conftest import ROOT

PACKAGE = ROOT / "src/tasrih"
DOCUMENTS = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
IN_CODE = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.(?:py|toml|tsv|txt|md|json))?)`")
TOLD = {"Q199", "<CODE>", "articles/", "sources/", "data/", "annotations/"}


def told(document):
    """The paths in a document that are of this repository; examples of other people's files are none."""
    paths = IN_CODE.findall(document.read_text(encoding="utf-8"))
    ours = {path.name for path in [*ROOT.iterdir(), *PACKAGE.iterdir()]}
    return [path for path in paths if path.split("/")[0] in ours and not any(example in path for example in TOLD)]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_in_a_document_is_there(document):
    missing = [path for path in told(document) if not any((root / path).exists() for root in (ROOT, PACKAGE))]
    assert missing == []


def test_the_page_names_paths():
    assert len(told(ROOT / "docs/architecture.md")) > 50


def test_recipes_stand_on_the_page_and_contributing_leads_to_it():
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    recipes = re.findall(r"^## Add an? (.*)$", page, re.MULTILINE)
    assert recipes == ["rule", "format", "config", "drafting rule", "phenomenon"]
    assert "docs/architecture.md" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
