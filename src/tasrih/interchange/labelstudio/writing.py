"""From a record to a task."""

import json
from collections.abc import Iterator
from typing import Any

from tasrih.interchange.formats import Files
from tasrih.interchange.labels import ATTRIBUTES, LINKS, label_of
from tasrih.interchange.labelstudio.configuration import FIELDS, LABEL, PIECE, TEXT
from tasrih.interchange.regions import Marked, Piece, Region, regions_of
from tasrih.record import Json
from tasrih.version import __version__


def written(article: Json) -> Files:
    """The task of a record, with a line for each result."""
    marked = regions_of(article)
    results = list(_results(marked, marked.text or ""))
    said: Json = {}
    is_draft = article["metadata"]["annotation"]["status"] == "draft"
    if is_draft:
        said = {"model_version": f"tasrih {__version__}"} | _score(marked)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in results)
    about = json.dumps(said | {"result": []}, ensure_ascii=False)
    filled = f"{about[:-2]}\n{lines}\n]}}" if results else about
    data = json.dumps({"id": marked.id, TEXT: marked.text}, ensure_ascii=False)
    annotations, predictions = ("", filled) if is_draft else (filled, "")
    task = f'[{{"data": {data},\n"annotations": [{annotations}],\n"predictions": [{predictions}]}}]\n'
    return {f"{marked.id}.json": task.encode()}


def _score(marked: Marked) -> Json:
    """How sure the drafter is of an article on average, for those who want to see the doubtful ones first."""
    sure = [float(region.attributes["confidence"]) for region in marked.regions if "confidence" in region.attributes]
    return {"score": round(sum(sure) / len(sure), 3)} if sure else {}


def _results(marked: Marked, text: str) -> Iterator[Json]:
    for region in marked.regions:
        if region.kind != "paragraph":
            yield from _region(region, text)
    labels = {kind: label for label, kind in LINKS.items()}
    for relation in marked.relations:
        if relation.kind in labels:
            yield _relation(labels[relation.kind], relation.source, relation.target)


def _region(region: Region, text: str) -> Iterator[Json]:
    """The region of the first piece with all that is said of it, and those of the other pieces, related to it."""
    sure = {"score": float(region.attributes["confidence"])} if "confidence" in region.attributes else {}
    for number, piece in enumerate(region.pieces, 1):
        name = region.id if number == 1 else f"{region.id}.{number}"
        yield _result(name, LABEL, "labels", piece, {"text": text[slice(*piece)], "labels": [label_of(region)]}) | sure
    first = region.pieces[0]
    for field, (kind, called, _) in ATTRIBUTES.items():
        if kind == region.kind:
            yield _result(region.id, field, "choices", first, {"choices": [region.attributes[called]]})
    for field in FIELDS:
        if field in region.attributes and region.kind == "mention":
            yield _result(region.id, field, "textarea", first, {"text": [region.attributes[field]]})
    for number in range(2, len(region.pieces) + 1):
        yield _relation(PIECE, f"{region.id}.{number}", region.id)


def _result(name: str, field: str, kind: str, piece: Piece, said: Json) -> Json:
    start, end = piece
    value: dict[str, Any] = {"start": start, "end": end, **said}
    return {"id": name, "from_name": field, "to_name": TEXT, "type": kind, "value": value}


def _relation(label: str, source: str, target: str) -> Json:
    return {"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": [label]}
