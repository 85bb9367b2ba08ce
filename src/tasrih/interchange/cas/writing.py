"""From a record to a CAS."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import orjson

from tasrih.errors import InvalidError
from tasrih.interchange.cas.layers import (
    ABOUT,
    ARTICLE,
    IDENTIFIER,
    METADATA,
    PIECE,
    PIECES,
    feature,
    layer,
    links,
    type_system,
)
from tasrih.interchange.formats import Files
from tasrih.interchange.regions import Marked, Region, regions_of
from tasrih.record import Json

if TYPE_CHECKING:
    from cassis import Cas

TYPES = "TypeSystem.xml"


def to_xmi(record: Json) -> Files:
    """The XMI of a record. Raises TasrihError for letters that XML cannot hold."""
    try:
        return {f"{record['id']}.xmi": _cas(record).to_xmi(pretty_print=True).encode()}
    except ValueError as error:
        raise InvalidError("there is a letter in it that XML cannot hold.") from error


def to_json(record: Json) -> Files:
    """The JSON of a record."""
    return {f"{record['id']}.json": _cas(record).to_json(pretty_print=True).encode()}


def type_systems() -> Files:
    """The types of all layers, as UIMA describes them."""
    return {TYPES: type_system().to_xml().encode()}


def _cas(record: Json) -> "Cas":
    from cassis import Cas

    marked = regions_of(record)
    made = Cas(type_system(), sofa_string=marked.text, sofa_mime="text/plain", document_language="ar")
    end = len(marked.text or "")
    _add(made, METADATA, (0, end), documentId=marked.id, documentTitle=marked.id)
    _add(made, ARTICLE, (0, end), **{IDENTIFIER: marked.id, ABOUT: orjson.dumps(marked.about).decode()})
    added = {region.id: _region(made, region) for region in marked.regions}
    _relate(made, marked, added)
    return made


def _add(made: "Cas", type_: str, piece: tuple[int, int], **features: Any) -> Any:
    one = made.typesystem.get_type(type_)(begin=piece[0], end=piece[1], **features)
    made.add(one)
    return one


def _region(made: "Cas", region: Region) -> Any:
    """The annotation of a region; further pieces of a quote are annotations that it links to."""
    first, *others = region.pieces
    features = {feature(name): value for name, value in region.attributes.items()}
    added = _add(made, layer(region.kind), first, **{IDENTIFIER: region.id}, **features)
    if others:
        pieces = [_add(made, PIECE, piece) for piece in others]
        setattr(added, PIECES, _linked(made, f"{PIECE}Link", PIECES, pieces))
    return added


def _relate(made: "Cas", marked: Marked, added: dict[str, Any]) -> None:
    for region in marked.regions:
        for one in links(region.kind):
            targets = [r.target for r in marked.relations if (r.kind, r.source) == (one.relation, region.id)]
            if targets:
                found = [added[target] for target in targets]
                setattr(added[region.id], one.feature, _linked(made, one.type, one.relation, found))


def _linked(made: "Cas", type_: str, role: str, targets: Iterable[Any]) -> Any:
    link, array = made.typesystem.get_type(type_), made.typesystem.get_type("uima.cas.FSArray")
    return array(elements=[link(role=role, target=target) for target in targets])
