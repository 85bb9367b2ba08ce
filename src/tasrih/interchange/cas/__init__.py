"""UIMA CAS, which INCEpTION and other tools of UIMA read and write: as XMI with a type system beside, and as JSON."""

from tasrih.interchange.cas.reading import from_json, from_xmi
from tasrih.interchange.cas.writing import to_json, to_xmi, type_systems
from tasrih.interchange.formats import Format

_ABOUT = (
    "Each kind of what is marked is a layer of INCEpTION (`webanno.custom.Quote`, `Cue`, …), each relation a link "
    "feature; offsets are UTF-16."
)
XMI = Format(
    "UIMA CAS XMI",
    f"{_ABOUT} `TypeSystem.xml` belongs to all files.",
    (".xmi",),
    read=from_xmi,
    write=to_xmi,
    common=type_systems,
    extra="formats",
    modules=("cassis",),
)
JSON = Format(
    "UIMA CAS JSON",
    f"{_ABOUT} The type system is in each file.",
    (".json",),
    read=from_json,
    write=to_json,
    printed="json",
    extra="formats",
    modules=("cassis",),
)
