"""Which elements there are, and where, with which attributes: those are in `attributes.toml`."""

import tomllib
from functools import cache
from pathlib import Path
from typing import get_args

from tasrih.interchange.tei.inline import INLINE
from tasrih.interchange.tei.markup import Complain, Element
from tasrih.record import EntityType, Identifiers

IDENTIFIERS = tuple(Identifiers.model_fields)
TEXTS = ("collection", "origin", "published", "publisher", "agency", "url", "image_credit", "story", "split")
LISTS = ("editions", "phenomena")
_EVERYWHERE = ("xml:id", "xml:lang", "more", "without")
_ONCE = (*TEXTS, *LISTS, "rights", "source", "annotation", "header")
_IN_TEXT = (*INLINE, "end")
_CHILDREN: dict[str, tuple[str, ...]] = {
    "TEI": ("header", "head", "p"),
    "header": (*TEXTS, *LISTS, "author", "rights", "source", "annotation", "entity", "waiver"),
    "source": ("line",),
    "annotation": ("annotator",),
    "head": _IN_TEXT,
    "p": _IN_TEXT,
    **dict.fromkeys(INLINE, _IN_TEXT),
}


def check(root: Element, complain: Complain) -> None:
    """Complains about elements and attributes that are not known, ids given twice, and text in the wrong place."""
    if root.tag != "TEI":
        complain(root, f"the document begins with <{root.tag}>. Begin with <TEI>.")
        return
    if not any(child.tag in ("head", "p") for child in root.elements):
        complain(root, "there is no text. Put the headline into <head> and each paragraph into <p>.")
    _check(root, set(), complain)


def _check(element: Element, ids: set[str], complain: Complain) -> None:
    _check_attributes(element, ids, complain)
    if element.tag in ("TEI", "header", "source", "annotation") and element.words:
        complain(element, f"there is text right in <{element.tag}>. Put it into an element.")
    known = _CHILDREN.get(element.tag, ())
    tags = [child.tag for child in element.elements]
    for child in element.elements:
        if child.tag in _ONCE and tags.count(child.tag) > 1:
            complain(child, f"<{child.tag}> is given more than once. Give it once.")
        if child.tag in known:
            _check(child, ids, complain)
        else:
            choice = f"There it is one of {', '.join(known)}." if known else "Nothing can."
            complain(child, f"<{child.tag}> cannot stand in <{element.tag}>. {choice}")


def _check_attributes(element: Element, ids: set[str], complain: Complain) -> None:
    identifiers = IDENTIFIERS if element.tag == "entity" else ()
    allowed = (*_listed("allowed", element), *identifiers, *_EVERYWHERE)
    for name in element.attributes.keys() - allowed:
        complain(element, f"<{element.tag}> has no attribute {name}. It has {', '.join(allowed)}.")
    for name in [name for name in _listed("required", element) if element.get(name) is None]:
        complain(element, f"<{element.tag}> needs {name}.")
    if element.tag == "entity" and element.get("type") not in (None, *get_args(EntityType)):
        complain(element, f"{element.get('type')} is no type. There are {', '.join(get_args(EntityType))}.")
    if xml_id := element.get("xml:id"):
        if xml_id in ids:
            complain(element, f'the xml:id "{xml_id}" is given twice. Give each element one of its own.')
        ids.add(xml_id)


def _listed(what: str, element: Element) -> list[str]:
    """The attributes that are listed for an element as allowed or required."""
    return _attributes()[what].get(element.tag, "").split()


@cache
def _attributes() -> dict[str, dict[str, str]]:
    return tomllib.loads(Path(__file__).with_name("attributes.toml").read_text(encoding="utf-8"))
