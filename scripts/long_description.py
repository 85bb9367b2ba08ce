"""The README as those read it who find the package in an index, where no file lies beside it.

Hatchling runs this when it makes sdist or wheel. The workflow of releases tells it the address of the repository: links
and pictures are then those of the tag. Built elsewhere, the package has no address: of links the words are left, of
pictures nothing.
"""

import os
import re
import runpy
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

BOX = re.compile(r"(^ *```.*?^ *```$)", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"(!?)\[([^\]]*)\]\((?!\w+:)([^)\s]+)\)")
PAGES = {"Documentation": "README.md", "Changelog": "CHANGELOG.md", "Citation": "CITATION.cff"}


def address() -> str | None:
    """Where the repository is, as who builds a release tells it."""
    return os.environ.get("TASRIH_REPOSITORY") or None


def described(readme: str, home: str | None, tag: str) -> str:
    """A README whose links lead to the files of a tag of the repository at `home`, or without them."""

    def led(link: re.Match[str]) -> str:
        picture, words, path = link.groups()
        if home is None:
            return "" if picture else words
        kind, file = ("raw", path) if picture else ("blob", f"README.md{path}" if path.startswith("#") else path)
        return f"{picture}[{words}]({home}/{kind}/{tag}/{file})"

    parts = BOX.split(readme)  # every second is a box, whose brackets are code
    parts[::2] = [LINK.sub(led, part) for part in parts[::2]]
    return "".join(parts)


class LongDescription(MetadataHookInterface):
    """Gives the fields that pyproject.toml calls dynamic: `readme`, and `urls` where there is an address."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Adds the fields, in place."""
        root, home = Path(self.root), address()
        tag = "v" + runpy.run_path(str(root / "src/tasrih/version.py"))["__version__"]
        text = described((root / "README.md").read_text(encoding="utf-8"), home, tag)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        pages = {label: f"{home}/blob/{tag}/{file}" for label, file in PAGES.items()}
        metadata["urls"] = {"Repository": home, "Issues": f"{home}/issues"} | pages if home else {}
