"""Templates of the pages. What they are filled with is hostile: it is escaped, and nothing in it reorders a page."""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tasrih.explorer.marks import Opening, together
from tasrih.terminal import clean, counted
from tasrih.version import __version__

_BARE = re.compile(r"[\w+-]+", re.ASCII)
_SHORT = 32  # characters: longer text seldom comes again
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
    environment.globals |= {"policy": Markup(POLICY), "version": __version__, "together": together}  # noqa: S704 - ours
    environment.filters |= {"value": _value, "opened": _opened, "number": "{:,}".format, "counted": counted}
    environment.tests["web"] = _is_web
    return environment


def _shown(value: Any) -> Any:
    """Text as it can be shown, before it is escaped: with a sign for each character that steers or reorders."""
    if type(value) is not str:
        return value
    return _often(value) if len(value) < _SHORT else clean(value)


_often = lru_cache(maxsize=1 << 12)(clean)
"""The same of what stands in many places: names, ids, kinds."""


def _value(text: str) -> Markup:
    """The value of an attribute, in marks where it needs them: half of a page are attributes of marks."""
    return Markup(text) if _BARE.fullmatch(text) else Markup('"{}"').format(clean(text))  # noqa: S704 - see _BARE


@lru_cache(maxsize=1 << 12)
def _opened(piece: Opening, names: bool = True) -> Markup:
    """The tag with which a mark opens."""
    attributes = {"class": piece.classes, "data-of": piece.names if names else "", "data-label": piece.label}
    told = (Markup(" {}={}").format(name, _value(text)) for name, text in attributes.items() if text)
    return Markup("<b{}>").format(Markup("").join(told))


def _is_web(address: str) -> bool:
    """Whether an address may be a link."""
    return address.lower().startswith(("http://", "https://"))
