"""What the documents point at is there."""

import re

import pytest
from conftest import ROOT

from tasrih.validation.rules.metadata import GUIDELINES


@pytest.mark.parametrize(
    "name", ["README.md", "CONTRIBUTING.md", "DATASHEET.md", "docs/drafting.md", "docs/hub.md", "docs/scale.md"]
)
def test_links_lead_somewhere(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert links
    for path, _, heading in (link.partition("#") for link in links):
        target = (ROOT / name).parent / path if path else ROOT / name
        assert target.is_file(), path
        headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
        assert not heading or heading in [re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in headings]


def test_every_generating_script_is_named_and_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"scripts/(\w+\.py)", text))
    checking = {path.name for path in (ROOT / "scripts").glob("*.py") if "--check" in path.read_text(encoding="utf-8")}
    assert named == checking


def test_the_guidelines_name_their_version_and_the_package_knows_it():
    heading = (ROOT / "corpus/GUIDELINES.md").read_text(encoding="utf-8").splitlines()[0]
    assert heading == f"# Annotation guidelines, version {GUIDELINES[-1]}"
