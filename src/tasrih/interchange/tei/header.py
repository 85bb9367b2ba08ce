"""The header: metadata, waivers and the list of entities."""

from tasrih.guidelines import VERSIONS
from tasrih.interchange.tei.markup import Complain, Element, complete, completed, ignore
from tasrih.interchange.tei.profile import LISTS, TEXTS
from tasrih.record import Json

_UNKNOWN = {"holder": None, "license": None, "redistribution": "unknown"}
_OPEN = {"holder": None, "license": "CC-BY-4.0", "redistribution": "permitted"}


def metadata(header: Element, complain: Complain) -> Json:
    """The metadata of a record, with defaults for what the header does not say."""
    said = {child.tag: child for child in header.elements}
    texts = {tag: child.words for tag, child in said.items() if tag in TEXTS}
    collection = texts.get("collection", "composed")
    origin = "composed" if collection == "composed" else "published"
    authors = [child.words for child in header.elements if child.tag == "author"]
    made = {
        "language": "ar",
        "collection": collection,
        "origin": origin,
        "published": None,
        "publisher": None,
        **texts,
        **{tag: child.words.split() for tag, child in said.items() if tag in LISTS},
        **({"authors": authors} if authors else {}),
        "rights": _rights(said.get("rights"), origin),
        "source": _source(said["source"], complain) if "source" in said else None,
        "annotation": _annotation(said.get("annotation", Element("annotation"))),
    }
    return completed(header, made, complain)


def _rights(element: Element | None, origin: str) -> Json:
    if element is None:
        return _OPEN if origin == "composed" else _UNKNOWN
    return {name: element.get(name) or default for name, default in _UNKNOWN.items()}


def _source(element: Element, complain: Complain) -> Json:
    lines = element.elements
    furniture = [{"line": _number(one.get("line")), "kind": one.get("kind"), "text": one.words} for one in lines]
    given = {name: element.get(name) for name in ("path", "sha256")}
    return completed(element, given | ({"furniture": furniture} if furniture else {}), complain)


def _number(text: str | None) -> int | str | None:
    return int(text) if text and text.isdecimal() and len(text) < 11 else text


def _annotation(element: Element) -> Json:
    return {
        "status": element.get("status") or "draft",
        "guidelines": element.get("guidelines") or VERSIONS[-1],
        "annotators": [{"id": child.words, "kind": child.get("kind")} for child in element.elements],
    }


def header(said: Json, waivers: list[Json], entities: list[Element]) -> Element:
    """The header that says the metadata and waivers of a record, and lists its entities."""
    made = Element("header")
    made.children += [_leaf(name, said[name]) for name in TEXTS if said.get(name)]
    made.children += [_leaf("author", author) for author in said.get("authors") or []]
    made.children += [_leaf(name, " ".join(said[name])) for name in LISTS if said.get(name)]
    made.children.append(Element("rights", {name: value for name, value in said["rights"].items() if value}))
    made.children += [_written_source(said["source"])] if said["source"] else []
    made.children.append(_written_annotation(said["annotation"]))
    made.children += entities
    made.children += [_leaf("waiver", waiver["reason"], rule=waiver["rule"], at=waiver["at"]) for waiver in waivers]
    complete(made, metadata(made, ignore), said)
    return made


def _leaf(tag: str, text: str, **attributes: str) -> Element:
    return Element(tag, attributes, [text])


def _written_source(source: Json) -> Element:
    element = Element("source", {"path": source["path"], "sha256": source["sha256"]})
    for line in source.get("furniture", []):
        element.children.append(_leaf("line", line["text"], line=str(line["line"]), kind=line["kind"]))
    complete(element, _source(element, ignore), source)
    return element


def _written_annotation(annotation: Json) -> Element:
    element = Element("annotation", {"status": annotation["status"], "guidelines": annotation["guidelines"]})
    element.children += [_leaf("annotator", each["id"], kind=each["kind"]) for each in annotation["annotators"]]
    return element


def waivers(header_element: Element) -> list[Json]:
    """The waivers of a header, with the places as it says them."""
    said = [child for child in header_element.elements if child.tag == "waiver"]
    return [{"rule": child.get("rule"), "at": child.get("at") or "", "reason": child.words} for child in said]
