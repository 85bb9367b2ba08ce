"""Which elements and attributes there are, and where."""

from typing import get_args

from tasrih.interchange.tei.inline import INLINE
from tasrih.interchange.tei.markup import Complain, Element
from tasrih.record import EntityType, Identifiers

IDENTIFIERS = tuple(Identifiers.model_fields)
TEXTS = ("collection", "origin", "published", "publisher", "agency", "url", "image_credit", "story")
LISTS = ("editions", "phenomena")
_EVERYWHERE = ("xml:id", "xml:lang", "more", "without")
_ITEM = ("n", "end", "rule", "confidence")
_MENTION = ("ref", "form", *_ITEM)
_LINKS = ("who", "by", "cue", "addressee", "to", "parent", "continues", "part")
_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "TEI": ("id",),
    "rights": ("holder", "license", "redistribution"),
    "source": ("path", "sha256"),
    "line": ("line", "kind"),
    "annotation": ("status", "guidelines"),
    "annotator": ("kind",),
    "waiver": ("rule", "at"),
    "entity": ("type", "name", "value", "link", *IDENTIFIERS),
    "head": ("xml:space",),
    "p": ("type", "xml:space"),
    "said": ("type", *_LINKS, *_ITEM),
    "cue": ("kind", "end"),
    "speaker": ("form", "end"),
    "addressee": ("form", "end"),
    "term": ("kind", "ref", *_ITEM),
    "persName": _MENTION,
    "orgName": _MENTION,
    "placeName": ("type", *_MENTION),
    "date": ("when", *_MENTION),
    "rs": ("type", *_MENTION),
}
_REQUIRED = {"entity": ("xml:id", "type"), "end": ("xml:id",), "waiver": ("rule", "at")}
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
    allowed = (*_ATTRIBUTES.get(element.tag, ()), *_EVERYWHERE)
    for name in element.attributes.keys() - allowed:
        complain(element, f"<{element.tag}> has no attribute {name}. It has {', '.join(allowed)}.")
    for name in [name for name in _REQUIRED.get(element.tag, ()) if element.get(name) is None]:
        complain(element, f"<{element.tag}> needs {name}.")
    if element.tag == "entity" and element.get("type") not in (None, *get_args(EntityType)):
        complain(element, f"{element.get('type')} is no type. There are {', '.join(get_args(EntityType))}.")
    if xml_id := element.get("xml:id"):
        if xml_id in ids:
            complain(element, f'the xml:id "{xml_id}" is given twice. Give each element one of its own.')
        ids.add(xml_id)
