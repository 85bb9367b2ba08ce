"""The package as it is installed: whole, offline and light."""

import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import datasets
import pytest
from conftest import ROOT
from find_news import files, found, withheld_texts
from long_description import address, described
from packaging.metadata import Metadata

import tasrih

OFFLINE = """
import socket
def refuse(*_):
    raise AssertionError("the network was used")
socket.socket.connect = socket.getaddrinfo = refuse
"""


def packed(house, folder):
    """The wheel of a checkout."""
    command = [sys.executable, "-m", "pip", "wheel", house, "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run([*command, "--wheel-dir", folder], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    return packed(ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_corpus_the_schemas_and_the_licences(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name.removeprefix("tasrih/data/") for name in archive.namelist()}
    assert {name for name, _ in files(ROOT) if name.startswith(("corpus/", "schema/"))} <= names
    assert "tasrih/py.typed" in names
    assert {Path(name).name for name in names} >= {
        "LICENSE",
        "cues.tsv",
        "card.md",
        "croissant.json",
        "dot.gitignore.in",
    }
    assert {"CHANGELOG.md", "CITATION.cff", "DATASHEET.md", "LICENSE-DATA.md"} <= names
    assert not any(name.startswith("tests") for name in names)


def test_its_metadata_are_valid_and_have_the_readme_as_the_build_writes_it(wheel):
    with zipfile.ZipFile(wheel) as archive:
        told = archive.read(f"tasrih-{tasrih.__version__}.dist-info/METADATA")
    metadata = Metadata.from_email(told, validate=True)
    written = described((ROOT / "README.md").read_text(encoding="utf-8"), address(), f"v{tasrih.__version__}")
    assert (metadata.name, str(metadata.version)) == ("tasrih", tasrih.__version__)
    assert (metadata.description_content_type, metadata.description) == ("text/markdown", written)


def test_no_withheld_text_stands_in_the_wheel(wheel):
    texts = [path.read_bytes() for path in withheld_texts(ROOT / "corpus")]
    if not texts:
        pytest.skip("no text of a stand-off record lies in corpus/sources or in TASRIH_TEXTS")
    assert found(texts, [(wheel.name, wheel.read_bytes())]) == []


def test_what_git_ignores_is_not_packed(tmp_path):
    house = tmp_path / "house"
    for name in (
        "src/tasrih/version.py",
        "src/tasrih/__init__.py",
        "corpus/entities.json",
        "schema/v1/article.schema.json",
        "scripts/long_description.py",
    ):
        (house / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, house / name)
    for path in (ROOT / ".gitignore", *ROOT.glob("*.toml"), *ROOT.glob("*.md"), *ROOT.glob("*.cff"), ROOT / "LICENSE"):
        shutil.copy(path, house)
    (house / "corpus/sources/news").mkdir(parents=True)
    (house / "corpus/sources/news/withheld.txt").write_text("its words", encoding="utf-8")
    with zipfile.ZipFile(packed(house, tmp_path)) as archive:
        assert {name for name in archive.namelist() if "/corpus/" in name} == {"tasrih/data/corpus/entities.json"}


def test_the_installed_package_loads_its_corpus_offline(wheel, tmp_path):
    venv.create(tmp_path / "empty", with_pip=False)
    python = tmp_path / "empty/bin/python"
    packages = next((tmp_path / "empty/lib").glob("*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    dependencies = Path(datasets.__file__).parents[1]
    (packages / "dependencies.pth").write_text(str(dependencies), encoding="utf-8")
    code = (
        f"{OFFLINE}\nimport tasrih; print(tasrih.__file__); corpus = tasrih.load(); print(len(corpus))\n"
        "print(len(list(corpus.quotes()))); print(tasrih.validate().by_code())\n"
        "print(len(tasrih.verify(tasrih.build('dataset', sample=1))))"
    )
    done = subprocess.run([python, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
    home, articles, quotes, findings, faults = done.stdout.splitlines()
    assert Path(home).is_relative_to(packages)
    assert int(articles) == len(list((ROOT / "corpus/articles").rglob("*.json")))
    assert int(quotes) > 0
    assert findings == "{}"
    assert faults == "0"
    assert (tmp_path / "dataset/LICENSE").read_bytes() == (ROOT / "LICENSE-DATA.md").read_bytes()
    assert "## How it was annotated" in (tmp_path / "dataset/README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("module", ["tasrih", "tasrih.cli"])
def test_importing_is_light(module):
    code = f"import sys, {module}; print(*({{'datasets', 'pyarrow', 'pandas', 'pydantic', 'rich'}} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
