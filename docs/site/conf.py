"""How Sphinx makes the site: `make site`. Pages stay where they are; contents.toml lists them in their order."""

import re
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # where Sphinx finds `pages` and `searching`

CONTENTS = tomllib.loads((HERE / "contents.toml").read_text(encoding="utf-8"))

project = "Tasrih"
author = "The Tasrih contributors"
language = "en"
root_doc = "docs/index"
PAGES = [re.sub(r"^.*<(.*)>$", r"\1", page) for part in CONTENTS.values() for page in part]
include_patterns = [f"{root_doc}.md", *PAGES]
exclude_patterns = [".*", "dist", "tests", "corpus/annotations", "corpus/articles", "corpus/sources"]
source_suffix = {".md": "markdown", ".ipynb": "markdown"}

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_click", "pages", "searching"]
myst_heading_anchors = 4
smartquotes = False  # `--option` stays what is typed
default_role = "code"  # docstrings say `name` for code
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
autodoc_default_options = {"exclude-members": "__init__, __new__"}  # nobody makes these objects by hand
autodoc_typehints = "description"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True

html_theme = "furo"
html_title = "Tasrih"
FONT = "../../src/tasrih/explorer/static/noto-naskh-arabic"
templates_path = ["templates"]
html_static_path = ["static", f"{FONT}.woff2", f"{FONT}.OFL.txt"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_search_summary = False  # it would be fetched, which no browser does from a folder
html_show_copyright = False
html_show_sphinx = False
