"""Whether what is tagged can be released: all places name the version, and the packages can be listed.

.venv/bin/python scripts/check_release.py v0.1.0 dist/release
"""

import argparse
import json
import re
import runpy
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.metadata import Metadata
from readme_renderer.markdown import render

ROOT = Path(__file__).parents[1]
DAY = r"## {} \(\d{{4}}-\d\d-\d\d\)$"
GIVEN = {"version", "doi"}  # by the archive, from the tag
KNOWN = {  # to the archive, of what fits a dataset
    *("title", "upload_type", "description", "creators", "contributors", "license", "language", "keywords"),
    *("access_right", "communities", "grants", "notes", "publication_date", "references", "related_identifiers"),
}


def version(root: Path = ROOT) -> str:
    """The version of a checkout."""
    return str(runpy.run_path(str(root / "src/tasrih/version.py"))["__version__"])


def faults_of_version(tag: str, root: Path = ROOT) -> Iterator[str]:
    """What names another version than the tag, or no day of its release."""
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    named = version(root)
    if tag != f"v{named}":
        yield f"the tag is {tag}, and the version v{named}: see src/tasrih/version.py"
    if citation["version"] != named:
        yield f"CITATION.cff names version {citation['version']}, and the package {named}"
    latest = re.search("^## .*$", (root / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    if not latest or not re.fullmatch(DAY.format(re.escape(named)), latest[0]):
        yield f"CHANGELOG.md does not begin with `## {named} (YYYY-MM-DD)`, the day of the release"


def faults_of_archive(root: Path = ROOT) -> Iterator[str]:
    """Where .zenodo.json is not what the archive reads, or says something else than CITATION.cff."""
    told: dict[str, Any] = json.loads((root / ".zenodo.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    wanted = {
        "title": citation["title"],
        "upload_type": citation["type"],
        "description": citation["abstract"].strip(),
        "creators": citation["authors"],
        "license": citation["license"].lower(),
        "keywords": citation["keywords"],
    }
    for field, value in wanted.items():
        if told.get(field) != value:
            yield f".zenodo.json and CITATION.cff differ in {field}"
    for field in sorted(told.keys() & GIVEN):
        yield f".zenodo.json has {field}, which the archive gives"
    for field in sorted(told.keys() - KNOWN - GIVEN):
        yield f".zenodo.json has {field}, which the archive does not know"


def faults_of_packages(folder: Path, named: str) -> Iterator[str]:
    """What an index would refuse, or show badly, of the sdist and the wheel in a folder."""
    wanted = {f"tasrih-{named}.tar.gz", f"tasrih-{named}-py3-none-any.whl"}
    there = {path.name for path in folder.iterdir() if path.suffix in (".gz", ".whl")}
    if there != wanted:
        yield f"{folder} holds {sorted(there)}, not {sorted(wanted)}"
    for name in sorted(wanted & there):
        try:
            metadata = Metadata.from_email(_told(folder / name, named), validate=True)
        except ExceptionGroup as group:
            yield from (f"{name}: {error}" for error in group.exceptions)
            continue
        if str(metadata.version) != named:
            yield f"{name} holds version {metadata.version}"
        if metadata.description_content_type != "text/markdown" or not render(metadata.description or ""):
            yield f"{name}: its README cannot be shown"


def _told(package: Path, named: str) -> bytes:
    """The metadata in a wheel or an sdist."""
    if package.suffix == ".whl":
        with zipfile.ZipFile(package) as archive:
            return archive.read(f"tasrih-{named}.dist-info/METADATA")
    with tarfile.open(package) as archive:
        member = archive.extractfile(f"tasrih-{named}/PKG-INFO")
        return member.read() if member else b""


def main() -> None:
    """Tells all faults, and fails when there are any."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tag", help="such as v0.1.0")
    parser.add_argument("folder", type=Path, nargs="?", help="where sdist and wheel are; without it, the files alone")
    given = parser.parse_args()
    faults = [*faults_of_version(given.tag), *faults_of_archive()]
    faults += faults_of_packages(given.folder, version()) if given.folder else []
    sys.exit("\n".join(faults) or None)


if __name__ == "__main__":
    main()
