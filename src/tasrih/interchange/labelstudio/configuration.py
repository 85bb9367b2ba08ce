"""The labelling configuration: what the names of labels and fields in results refer to."""

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree as ET

from tasrih.interchange.formats import Files
from tasrih.interchange.labels import ATTRIBUTES, LABELS, LINKS, TYPES

LABEL, TEXT = "label", "text"
"""The names of the field of labels, and of the text that they are on, which is that of its key in the data too."""
PIECE = "PieceOf"
"""The relation from a further piece of a quote to its first."""
FIELDS: Mapping[str, str] = {
    "name": "Name",
    "value": "Date (EDTF)",
    "link": "Register",
    "wikidata": "Wikidata",
    "iso3166": "ISO 3166",
    "geonames": "GeoNames",
}
"""The fields in which is written what is said of an entity, by its attributes, with their headings."""
_COLORS = ("#b45309", "#1d4ed8", "#0e7490", "#6d28d9")  # those of mentions are the same, lest there be a fair of them
_MENTION = "#4d7c0f"
_TEXT_STYLE = "direction: rtl; text-align: right; white-space: pre-wrap; font-size: 1.2em; line-height: 2"


def configuration() -> Files:
    """The configuration, for the settings of a project: the text runs right to left, regions may begin in a word."""
    view = ET.Element("View")
    ET.SubElement(view, "Style").text = ".htx-text { white-space: pre-wrap; }"
    relations = ET.SubElement(view, "Relations")
    for label in (PIECE, *LINKS):
        ET.SubElement(relations, "Relation", value=label)
    labels = ET.SubElement(view, "Labels", name=LABEL, toName=TEXT)
    for label, color in (*zip(LABELS, _COLORS, strict=True), *((label, _MENTION) for label in TYPES)):
        ET.SubElement(labels, "Label", value=label, background=color)
    text = ET.SubElement(view, "View", style=_TEXT_STYLE)
    ET.SubElement(text, "Text", name=TEXT, value=f"${TEXT}", granularity="symbol")
    view.extend(_fields())
    ET.indent(view)
    return {"labeling.xml": ET.tostring(view, encoding="utf-8") + b"\n"}


def _fields() -> Iterator[ET.Element]:
    """What is asked about a region that is chosen, by its label."""
    of = {kind: [label] for label, kind in LABELS.items()} | {"mention": list(TYPES)}
    for name, (kind, _, values) in ATTRIBUTES.items():
        asked = _asked(name, of[kind])
        choices = ET.SubElement(asked, "Choices", _about(name, of[kind]), choice="single-radio", showInline="true")
        for value in values:
            ET.SubElement(choices, "Choice", value=value)
        yield asked
    for name, heading in FIELDS.items():
        asked = _asked(heading, of["mention"])
        ET.SubElement(asked, "TextArea", _about(name, of["mention"]), rows="1", maxSubmissions="1", editable="true")
        yield asked


def _asked(heading: str, labels: Sequence[str]) -> ET.Element:
    view = ET.Element("View", _when(labels), visibleWhen="region-selected")
    ET.SubElement(view, "Header", value=heading, size="5")
    return view


def _about(name: str, labels: Sequence[str]) -> dict[str, str]:
    return {"name": name, "toName": TEXT, "perRegion": "true"} | _when(labels)


def _when(labels: Sequence[str]) -> dict[str, str]:
    return {"whenTagName": LABEL, "whenLabelValue": ",".join(labels)}
