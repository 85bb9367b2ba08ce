"""The layers of a CAS: the type that each kind of region is, and the features that its attributes and relations are.

The names are those that INCEpTION gives to layers of its users. No feature may be called `type`, which is taken.
"""

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tasrih.interchange.regions import KINDS, RELATIONS

if TYPE_CHECKING:
    from cassis import TypeSystem

PREFIX = "webanno.custom."
PIECE, ARTICLE = f"{PREFIX}QuotePiece", f"{PREFIX}Article"
METADATA = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
IDENTIFIER, PIECES, ABOUT = "identifier", "pieces", "about"
_ANNOTATION, _STRING, _ARRAY, _TOP = "uima.tcas.Annotation", "uima.cas.String", "uima.cas.FSArray", "uima.cas.TOP"
_OTHER_NAMES = {"type": "label"}


class Links(NamedTuple):
    """A feature that holds links, the type of these, and the kind of relation that they are."""

    feature: str
    type: str
    relation: str


def layer(kind: str) -> str:
    """The type of a kind of region."""
    return PREFIX + kind.capitalize()


def feature(attribute: str) -> str:
    """The feature of an attribute."""
    return _OTHER_NAMES.get(attribute, attribute)


def links(kind: str) -> list[Links]:
    """The features for the relations that lead from a kind of region."""
    relations = [name for name, (sources, _) in RELATIONS.items() if kind in sources]
    return [_links(kind, name) for name in relations]


def _links(kind: str, relation: str) -> Links:
    first, *others = relation.split("-")
    name = first + "".join(map(str.capitalize, others))
    return Links(name, f"{layer(kind)}{name[0].upper()}{name[1:]}Link", relation)


@cache
def type_system() -> "TypeSystem":
    """The types of all layers."""
    from cassis import TypeSystem

    made = TypeSystem()
    for name in (PIECE, ARTICLE, METADATA, *map(layer, KINDS)):
        made.create_type(name, _ANNOTATION)
    for name in (IDENTIFIER, ABOUT):
        made.create_feature(ARTICLE, name, _STRING)
    made.create_feature(METADATA, "documentId", _STRING)
    made.create_feature(METADATA, "documentTitle", _STRING)
    for kind, attributes in KINDS.items():
        for name in (IDENTIFIER, *map(feature, attributes)):
            made.create_feature(layer(kind), name, _STRING)
        for one in links(kind):
            _create_links(made, layer(kind), one)
    _create_links(made, layer("quote"), Links(PIECES, f"{PIECE}Link", PIECES))
    return made


def _create_links(made: "TypeSystem", type_: str, one: Links) -> None:
    made.create_type(one.type, _TOP)
    made.create_feature(one.type, "role", _STRING)
    made.create_feature(one.type, "target", _ANNOTATION)
    made.create_feature(type_, one.feature, _ARRAY, elementType=one.type)
