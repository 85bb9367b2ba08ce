"""The description of a dataset in Croissant 1.1 with its vocabulary for responsible AI (RAI)."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from tasrih.cite import bibtex
from tasrih.dataset.configs import ARTICLES, NAMES, QUESTIONS, ROWS, SAMPLE, STANDOFF, WORDS, plain
from tasrih.dataset.description import Described, about, annotators, origins
from tasrih.dataset.manifest import File
from tasrih.dataset.schemas import columns, schema
from tasrih.dataset.splits import SPLITS
from tasrih.identity import Author, Citation

_TERMS = Path(__file__).with_name("croissant.json")
_TYPES = {pa.string(): "sc:Text", pa.int32(): "cr:Int32", pa.int64(): "sc:Integer", pa.float64(): "cr:Float64"}
_TABLE = "application/x-parquet"
_SPLIT = rf"^({'|'.join(SPLITS)})(?:-\d{{5}}-of-\d{{5}}\.parquet)?$"  # mlcroissant asks again of what it found
_SAID = WORDS["croissant"]
_DESCRIBED = {config: f"One row is {row}." for config, row in ROWS.items()}
_DESCRIBED |= {config: f"{_DESCRIBED[config]} {_SAID['nested']}" for config in ("articles", SAMPLE)}
_DESCRIBED |= {config: f"One row is {told['row']}." for config, told in QUESTIONS.items()}
_DESCRIBED |= {name: f"{_DESCRIBED[config]} {WORDS['standoff']['null']}" for config, name in STANDOFF.items()}
Node = dict[str, Any]


def croissant(files: Sequence[File], described: Described) -> str:
    """The description of these tables as JSON-LD.

    Title, authors, licence and date of release are those of the corpus; without a date, that of the newest article
    counts. What is not known is left out.
    """
    configs = [config for config in NAMES if any(file.config == config for file in files)]
    terms: Node = json.loads(_TERMS.read_text(encoding="utf-8"))
    splits = terms.pop("splits") | {"data": [{"splits/name": split} for split in SPLITS]}
    node = terms | _about(described) | _responsibly(described)
    node["distribution"] = [*map(_file, files), *map(_file_set, configs)]
    node["recordSet"] = [splits, *map(_record_set, configs)]
    return json.dumps(node, ensure_ascii=False, indent=2) + "\n"


def _about(described: Described) -> Node:
    """What is said of the dataset as a work."""
    identity, told = described.identity, described.identity.citation
    known: Node = {
        "name": identity.name,
        "alternateName": identity.title,
        "description": about(described),
        "url": "README.md",
        "datePublished": described.counted.newest,
    }
    if told:
        authors = [_author(author) for author in told.authors]
        known |= {
            "url": told.url or told.repository or told.repository_code or known["url"],
            "license": _licence(told),
            "creator": authors,
            "publisher": authors,
            "datePublished": told.date_released or known["datePublished"],
            "version": told.version,
            "keywords": list(told.keywords),
            "citeAs": bibtex(identity),
        }
    return {name: value for name, value in known.items() if value}


def _author(author: Author) -> Node:
    return {"@type": "sc:Organization" if author.name else "sc:Person", "name": author.shown}


def _licence(told: Citation) -> str | list[str] | None:
    """The address of the licence, or of each that may be chosen."""
    if told.license is None:
        return told.license_url
    every = [f"https://spdx.org/licenses/{name}" for name in told.license.split(" OR ")]
    return every if len(every) > 1 else every[0]


def _responsibly(described: Described) -> Node:
    """What the vocabulary for responsible AI asks for and the records tell."""
    counted = described.counted
    machines = counted.annotators["model"] + counted.annotators["rule"]
    told = {
        "rai:dataCollection": " ".join([_SAID["records"], *origins(counted)]),
        "rai:machineAnnotationTools": [_SAID["annotated"], *annotators(counted)] if machines else [],
        "rai:dataLimitations": [_SAID["uncorrected"]] if machines and not counted.annotators["human"] else [],
        "rai:personalSensitiveInformation": [_SAID["people"]] if counted.origins["published"] else [],
        "rai:dataReleaseMaintenancePlan": _SAID["versions"] if described.identity.document("CHANGELOG.md") else "",
    }
    if counted.origins["composed"]:
        told["rai:dataLimitations"] = [*told["rai:dataLimitations"], _SAID["invented"]]
    return {name: value for name, value in told.items() if value}


def _file(file: File) -> Node:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": _TABLE,
        "sha256": file.sha256,
    }


def _file_set(config: str) -> Node:
    name = f"tables-{config}"
    return {
        "@type": "cr:FileSet",
        "@id": name,
        "name": name,
        "encodingFormat": _TABLE,
        "includes": f"data/{config}/*.parquet",
    }


def _record_set(config: str) -> Node:
    split = {
        "@type": "cr:Field",
        "@id": f"{config}/split",
        "name": "split",
        "description": "The split of the row.",
        "dataType": "sc:Text",
        "references": {"field": {"@id": "splits/name"}},
        "source": {
            "fileSet": {"@id": f"tables-{config}"},
            "extract": {"fileProperty": "filename"},
            "transform": {"regex": _SPLIT},
        },
    }
    meanings = {column.name: column.meaning for column in columns(config)}
    fields = [_field(config, (field.name,), field.type, meanings) for field in schema(config)]
    described: Node = {"@type": "cr:RecordSet", "@id": config, "name": config, "description": _DESCRIBED[config]}
    described["field"] = [split, *fields]
    articles = ARTICLES[plain(config) != config]
    if config == articles:
        described["key"] = {"@id": f"{articles}/id"}
    for field in fields:
        if field["name"] == "article_id":
            field["references"] = {"field": {"@id": f"{articles}/id"}}
    return described


def _field(config: str, path: tuple[str, ...], kind: pa.DataType, meanings: dict[str, str]) -> Node:
    """A column, or a field inside one, with those inside it but lists in lists, which Croissant cannot extract."""
    described: Node = {"@type": "cr:Field", "@id": "/".join((config, *path)), "name": path[-1]}
    if ".".join(path) in meanings:
        described["description"] = meanings[".".join(path)]
    is_list = pa.types.is_list(kind)
    if is_list:
        described |= {"isArray": True, "arrayShape": "-1"}
        kind = kind.value_type
    if pa.types.is_struct(kind):
        inner = [field for field in kind if not (is_list and pa.types.is_list(field.type))]
        return described | {"subField": [_field(config, (*path, each.name), each.type, meanings) for each in inner]}
    source: Node = {"fileSet": {"@id": f"tables-{config}"}, "extract": {"column": path[0]}}
    if len(path) > 1:
        steps = [{"jsonPath": step} for step in path[1:]]
        source["transform"] = steps if len(steps) > 1 else steps[0]
    return described | {"dataType": _TYPES[kind], "source": source}
