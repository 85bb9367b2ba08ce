"""The description of a dataset in Croissant 1.1 with its vocabulary for responsible AI (RAI)."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from datasets import ClassLabel, List

import tasrih
from tasrih.corpus import citation
from tasrih.dataset.columns import ROWS, columns
from tasrih.dataset.features import ALL, SAMPLE
from tasrih.dataset.manifest import File
from tasrih.dataset.splits import SPLITS
from tasrih.errors import TasrihError

_TERMS = Path(__file__).with_name("croissant.json")
_TYPES = {"string": "sc:Text", "int32": "cr:Int32", "int64": "cr:Int64", "float64": "cr:Float64"}
_TABLE = "application/x-parquet"
_SPLIT = rf"^({'|'.join(SPLITS)})(?:-\d{{5}}-of-\d{{5}}\.parquet)?$"  # mlcroissant asks again of what it found
_NESTED = "Lists inside lists are left out: quotes has the spans of quotes, entities the mentions of entities."
_DESCRIBED = {config: f"One row is {row}." for config, row in ROWS.items()}
_DESCRIBED |= {config: f"{_DESCRIBED[config]} {_NESTED}" for config in ("articles", SAMPLE)}
Node = dict[str, Any]


def croissant(files: Sequence[File], citation_file: Path, newest: str | None) -> str:
    """The description of these tables as JSON-LD.

    Title, authors, licence and date of release are those of a CITATION.cff; without a date, that of the newest article
    counts, and when no article has one, there is none. Raises TasrihError when another of them is missing.
    """
    configs = [config for config in ALL if any(file.config == config for file in files)]
    terms: Node = json.loads(_TERMS.read_text(encoding="utf-8"))
    described = terms | _about(citation_file, newest)
    described["distribution"] = [*map(_file, files), *map(_file_set, configs)]
    described["recordSet"] = [_splits(), *map(_record_set, configs)]
    return json.dumps(described, ensure_ascii=False, indent=2) + "\n"


def _about(file: Path, newest: str | None) -> Node:
    """What is said of the dataset as a work, all of which Croissant asks for."""
    cited = yaml.safe_load(file.read_text(encoding="utf-8"))
    try:
        released = cited.get("date-released") or newest
        return {
            "name": "tasrih",
            "alternateName": cited["title"],
            "description": " ".join(cited["abstract"].split()),
            "url": cited.get("url", "README.md"),
            "license": f"https://spdx.org/licenses/{cited['license']}",
            "creator": [_author(author) for author in cited["authors"]],
            "publisher": [_author(author) for author in cited["authors"]],
            **({"datePublished": date.fromisoformat(str(released)).isoformat()} if released else {}),
            "version": tasrih.__version__,
            "keywords": cited.get("keywords", []),
            "citeAs": citation(),
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise TasrihError(
            f"{file}: needs a title, abstract, license, authors and dates like 2026-01-31 ({error!r})."
        ) from error


def _author(author: Node) -> Node:
    if "name" in author:
        return {"@type": "sc:Organization", "name": author["name"]}
    return {"@type": "sc:Person", "name": f"{author['given-names']} {author['family-names']}"}


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


def _splits() -> Node:
    """The names of the splits, which every row has in its field `split`."""
    return {
        "@type": "cr:RecordSet",
        "@id": "splits",
        "name": "splits",
        "dataType": "cr:Split",
        "key": {"@id": "splits/name"},
        "field": [{"@type": "cr:Field", "@id": "splits/name", "name": "name", "dataType": "sc:Text"}],
        "data": [{"splits/name": split} for split in SPLITS],
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
    fields = [_field(config, (name,), feature, meanings) for name, feature in ALL[config].items()]
    described: Node = {"@type": "cr:RecordSet", "@id": config, "name": config, "description": _DESCRIBED[config]}
    described["field"] = [split, *fields]
    if config == "articles":
        described["key"] = {"@id": "articles/id"}
    for field in fields:
        if field["name"] == "article_id":
            field["references"] = {"field": {"@id": "articles/id"}}
    return described


def _field(config: str, path: tuple[str, ...], feature: Any, meanings: dict[str, str]) -> Node:
    """A column, or a field inside one, with those inside it but lists in lists, which Croissant cannot extract."""
    described: Node = {"@type": "cr:Field", "@id": "/".join((config, *path)), "name": path[-1]}
    if ".".join(path) in meanings:
        described["description"] = meanings[".".join(path)]
    is_list = isinstance(feature, List)
    if is_list:
        described |= {"isArray": True, "arrayShape": "-1"}
        feature = feature.feature
    if isinstance(feature, dict):
        inner = {name: value for name, value in feature.items() if not (is_list and isinstance(value, List))}
        return described | {"subField": [_field(config, (*path, name), inner[name], meanings) for name in inner]}
    source: Node = {"fileSet": {"@id": f"tables-{config}"}, "extract": {"column": path[0]}}
    if len(path) > 1:
        steps = [{"jsonPath": step} for step in path[1:]]
        source["transform"] = steps if len(steps) > 1 else steps[0]
    return described | {"dataType": _type(feature), "source": source}


def _type(feature: Any) -> str:
    return "sc:Integer" if isinstance(feature, ClassLabel) else _TYPES[feature.dtype]
