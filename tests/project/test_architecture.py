"""What documents say of the house is there: rooms, modules, functions, and what the recipes tell to touch."""

import ast
import importlib
import re

import pytest
import recipes
from conftest import ROOT

PACKAGE = ROOT / "src/tasrih"
HOUSE = ROOT / "docs/architecture.md"
FOLDERS = ("docs", "corpus", "benchmarks", "src", ".github")
DOCUMENTS = [
    path
    for path in sorted([*ROOT.glob("*.md"), *(page for name in FOLDERS for page in (ROOT / name).rglob("*.md"))])
    if path.name != "CHANGELOG.md"
]
IN_CODE = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.(?:py|toml|tsv|txt|md|json))?|\w+\.py)`")
TOLD = {"<CODE>", "articles/", "sources/", "data/", "annotations/"}
MODULES = {path.name for folder in ("src", "scripts", "tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")}
MADE = {path for title in recipes.titles() for path, *_ in recipes.boxes(title)}


def told(document):
    """The paths in a document that are of this repository; examples of other people's files are none."""
    paths = IN_CODE.findall(document.read_text(encoding="utf-8"))
    ours = {path.name for path in [*ROOT.iterdir(), *PACKAGE.iterdir()]}
    return [
        path
        for path in paths
        if (path.split("/")[0] in ours or "/" not in path) and not any(example in path for example in TOLD)
    ]


def is_there(path):
    return path in MODULES or any((root / path).exists() for root in (ROOT, PACKAGE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_in_a_document_is_there(document):
    made = MADE if document == HOUSE else set()
    assert [path for path in told(document) if not is_there(path) and path not in made] == []


def test_the_page_names_paths():
    assert len(told(HOUSE)) > 100


def found(dotted):
    """What a dotted name stands for."""
    first, *rest = dotted.split(".")
    value = importlib.import_module(first)
    for name in rest:
        if not hasattr(value, name):
            importlib.import_module(f"{value.__name__}.{name}")
        value = getattr(value, name)
    return value


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_name_of_the_package_in_a_document_leads_to_something(document):
    names = re.findall(r"\btasrih(?:\.[A-Za-z]\w*)+", document.read_text(encoding="utf-8"))
    made = {f"tasrih.{path.removesuffix('.py').replace('/', '.')}" for path in MADE}
    assert all(found(name) is not None for name in names if name not in made)


def test_every_function_that_the_page_names_is_in_the_module_beside_it():
    named = re.findall(r"`(\w+)` in `([\w/]+\.py)`", HOUSE.read_text(encoding="utf-8"))
    assert len(named) > 10
    missing = []
    for name, path in named:
        tree = ast.parse((PACKAGE / path).read_text(encoding="utf-8"))
        targets = [
            node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)] for node in tree.body
        ]
        defined = {getattr(node, "name", None) for node in tree.body}
        defined |= {target.id for several in targets for target in several if isinstance(target, ast.Name)}
        missing += [] if name in defined else [f"{name} in {path}"]
    assert missing == []


def test_contributing_and_the_front_page_lead_to_the_house():
    for name in ("CONTRIBUTING.md", "README.md"):
        assert "(docs/architecture.md" in (ROOT / name).read_text(encoding="utf-8")
