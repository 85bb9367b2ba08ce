"""Templates of the pages. What they are filled with is hostile: it is escaped, and nothing in it reorders a page."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tasrih.explorer.marks import together
from tasrih.terminal import clean
from tasrih.version import __version__

_FOLDER = Path(__file__).with_name("templates")
_OWN = "'self' file:"  # a page that is opened from a disk is of no origin in some browsers, so that 'self' is nothing
POLICY = (
    f"default-src 'none'; script-src {_OWN}; style-src {_OWN}; font-src {_OWN}; img-src {_OWN}; "
    f"form-action {_OWN}; base-uri 'none'"
)
"""What a page may load: files of the site. Nothing from elsewhere, and no code or style that stands in a page."""


def rendered(template: str, **values: Any) -> str:
    """A template of the folder, filled."""
    return _environment().get_template(template).render(values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {"policy": POLICY, "version": __version__, "together": together}
    environment.tests["web"] = _is_web
    return environment


def _shown(value: Any) -> Any:
    """Text as it can be shown: with a sign in the place of each character that steers or reorders."""
    return clean(value) if type(value) is str else value


def _is_web(address: str) -> bool:
    """Whether an address may be a link."""
    return address.lower().startswith(("http://", "https://"))
