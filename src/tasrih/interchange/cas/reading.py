"""From a CAS to a record."""

import io
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from tasrih.arguments import shown
from tasrih.errors import TasrihError
from tasrih.interchange.cas.layers import (
    ABOUT,
    ARTICLE,
    IDENTIFIER,
    METADATA,
    PIECES,
    PREFIX,
    feature,
    layer,
    links,
    type_system,
)
from tasrih.interchange.cas.writing import TYPES
from tasrih.interchange.inputs import Source
from tasrih.interchange.readings import to_record
from tasrih.interchange.regions import KINDS, Marked, Piece, Region, Relation
from tasrih.record import Json

if TYPE_CHECKING:
    from cassis import Cas, TypeSystem


_TYPES = "%TYPES"
_UNKNOWN = re.compile(r"unexpected keyword argument '(\w+)'")
_KEPT = 8  # type systems, each of some hundred types; files of one folder share theirs


def from_xmi(source: Source) -> Iterator[Json | TasrihError]:
    """The record in an XMI file, by the type system beside it, or by ours where there is none."""
    from cassis import load_cas_from_xmi

    types = _types_beside(source)
    data = source.data()
    hint = "" if types is not type_system() else f" There is no {TYPES} beside it, which would describe its types."
    yield from _read(source, lambda: load_cas_from_xmi(io.BytesIO(data), typesystem=types, lenient=True), hint)


def from_json(source: Source) -> Iterator[Json | TasrihError]:
    """The record in a JSON file of a CAS, by the types that it describes."""
    text = source.text()
    yield from _read(source, lambda: _loaded(text))


def _loaded(text: str) -> "Cas":
    from cassis import load_cas_from_json

    described = orjson.dumps(orjson.loads(text).get(_TYPES) or {})
    return load_cas_from_json(text, typesystem=_described(described), merge_typesystem=False)


@lru_cache(maxsize=_KEPT)
def _described(types: bytes) -> "TypeSystem":
    """The types that JSON describes, with ours."""
    from cassis import load_cas_from_json

    empty = {_TYPES: orjson.loads(types), "%FEATURE_STRUCTURES": [], "%VIEWS": {}}
    return load_cas_from_json(orjson.dumps(empty).decode(), typesystem=type_system()).typesystem


def _types_beside(source: Source) -> "TypeSystem":
    beside = Path(source.path).with_name(TYPES)
    if source.path == "-" or not beside.is_file():
        return type_system()
    other = Source(str(beside))
    try:
        return _described_in_xml(other.data())
    except TasrihError:
        raise
    except Exception as error:
        raise other.error(f"it describes no types: {_why(error)}") from error


@lru_cache(maxsize=_KEPT)
def _described_in_xml(data: bytes) -> "TypeSystem":
    from cassis import load_typesystem, merge_typesystems

    return merge_typesystems(load_typesystem(io.BytesIO(data)), type_system())


def _why(error: Exception) -> str:
    """What a library says of a file."""
    said = str(error) or type(error).__name__
    if isinstance(error, KeyError):
        said = f"it refers to {said}, which is not there"
    if found := _UNKNOWN.search(said):
        said = f"the feature {found[1]} is of no type that is described"
    return f"{shown(said).rstrip('.')}."


def _read(source: Source, load: Callable[[], "Cas"], hint: str = "") -> Iterator[Json | TasrihError]:
    """The record that a CAS says; before it, errors for what of it is none of ours, or at no place.

    `hint` is what may help where it cannot be loaded.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # offsets that are none are told by the regions that have them
            made = load()
        text = made.sofa_string
    except Exception as error:
        raise source.error(f"it is no CAS: {_why(error)}{hint}", getattr(error, "lineno", None)) from error
    if not isinstance(text, str):
        raise source.error("it has no text in its first view.")
    yield from _unknown(source, made)
    yield from to_record(_marked(source, made, text), source)


def _unknown(source: Source, made: "Cas") -> Iterator[TasrihError]:
    """What is marked in layers of a user that are none of ours."""
    ours = {layer(kind) for kind in KINDS} | {ARTICLE, f"{PREFIX}QuotePiece"}
    found = Counter(one.type.name for one in made.select_all_annotations() if one.type.name.startswith(PREFIX))
    for name, count in found.items():
        if name not in ours:
            yield source.error(f"{count} of the layer {shown(name)} were left out: it is none of this package's.")


def _marked(source: Source, made: "Cas", text: str) -> Marked:
    every = [(kind, one) for kind in KINDS for one in sorted(made.select(layer(kind)), key=_order)]
    regions = {id(one): Region(_name(kind, one), kind, _pieces(one), _attributes(kind, one)) for kind, one in every}
    relations = [relation for kind, one in every for relation in _relations(kind, one, regions)]
    return Marked(_id(source, made), text, list(regions.values()), relations, _about(made))


def _order(one: Any) -> int:
    """Annotations at one place come in the order in which they were made."""
    return int(one.xmiID or 0)


def _name(kind: str, one: Any) -> str:
    """The id that an annotation has, or one of its own for what was new in a tool."""
    return getattr(one, IDENTIFIER, None) or f"{kind} {one.xmiID}"


def _pieces(one: Any) -> tuple[Piece, ...]:
    """The places of an annotation and of those that go on with it; of one whose offsets are none, no place."""
    more = [link.target for link in _elements(one, PIECES) if link.target is not None]
    return tuple((piece.begin, piece.end) for piece in (one, *more) if None not in (piece.begin, piece.end))


def _elements(one: Any, name: str) -> list[Any]:
    """What a feature links to, however a tool wrote its array."""
    found = getattr(one, name, None)
    elements = getattr(found, "elements", found) or []
    return [element for element in elements if element is not None]


def _attributes(kind: str, one: Any) -> dict[str, str]:
    values = {name: getattr(one, feature(name), None) for name in KINDS[kind]}
    return {name: str(value) for name, value in values.items() if value}


def _relations(kind: str, one: Any, regions: dict[int, Region]) -> Iterator[Relation]:
    source = regions[id(one)].id
    for link in links(kind):
        for element in _elements(one, link.feature):
            target = regions.get(id(element.target))
            yield Relation(link.relation, source, target.id if target else "nothing of these layers")


def _id(source: Source, made: "Cas") -> str:
    """The id of the article: as we wrote it, or after the name of the document.

    INCEpTION puts the annotator for the id of the document, and names the file after them too.
    """
    own = [getattr(one, IDENTIFIER, None) for one in made.select(ARTICLE)]
    about = made.select(METADATA)
    names = [getattr(one, feature, None) for feature in ("documentTitle", "documentId") for one in about]
    given = [str(name) for name in own if name] or [Source(str(name)).article_id for name in names if name]
    return next(iter(given), source.article_id)


def _about(made: "Cas") -> Json:
    """What is said of the article as a whole, where that is still there."""
    for one in made.select(ARTICLE):
        try:
            about = orjson.loads(getattr(one, ABOUT, None) or "")
        except orjson.JSONDecodeError:
            continue
        if isinstance(about, dict):
            return about
    return {}
